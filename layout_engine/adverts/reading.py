"""Look into an advertisement that came as PDF (收件): the door of the package, for sizes and for the objects.

`read_advert` tells everything that is wrong with it for any press; what depends on the press is in its facts
(judging.py). `copy_advert` gives the objects of a page that was read.
"""

from pathlib import Path
from typing import Any

import msgspec
import pikepdf

from layout_engine.adverts.baggage import check_layers, condition_of, look_into_baggage, version_of
from layout_engine.adverts.converting import convert_colours
from layout_engine.adverts.copying import content_streams, copy_form, joined_content, uses_lzw
from layout_engine.adverts.frames import read_frame
from layout_engine.adverts.measuring import measured_pictures
from layout_engine.adverts.model import BOXES, NOTHING, OF_COLOUR, Advert, Choice, CopiedForm, Fact
from layout_engine.adverts.objects import inherited
from layout_engine.adverts.opening import RefusedError, opened
from layout_engine.adverts.painting import Painting
from layout_engine.adverts.rasters import Gauge
from layout_engine.adverts.structure import Structure
from layout_engine.adverts.ways import Press, StuckError
from layout_engine.base.diagnostics import Findings, Outcome, Span, has_errors
from layout_engine.base.units import SU_PER_PT


def read_advert(
    path: Path, file: str, asked_at: Span, page: int | None = None, box: str | None = None
) -> Outcome[Advert]:
    """The page of the PDF at `path` that is to be placed, and what is wrong with it whatever the press.

    `file` is its name for people. Without a `page` there may be one only; without a `box` it is the TrimBox, or the
    CropBox. None where the page cannot be placed.
    """
    found = Findings()
    value: Advert | None = None
    try:
        with opened(path, file, asked_at, found) as (pdf, digest):
            chosen = _choose(pdf, file, asked_at, page, found)
            value = _look(pdf, digest, chosen, file, asked_at, box, found)
    except RefusedError:
        value = None
    return Outcome(None if has_errors(found.all()) else value, found.all())


def copy_advert(
    path: Path,
    advert: Advert,
    asked_at: Span,
    press: Press | None = None,
    choice: Choice = NOTHING,
    gauge: Gauge | None = None,
) -> Outcome[CopiedForm]:
    """The objects of the page that `advert` was read from, its colours in the inks of `press` where `choice` says so.

    With a `gauge`, the ink of its pictures is measured as they are printed.
    None where the file is another one by now, or a colour cannot be converted by rule.
    """
    found = Findings()
    try:
        with opened(path, advert.file, asked_at, found) as (pdf, digest):
            if digest != advert.sha256:
                found.add("ad/changed", asked_at, file=advert.file)
                raise RefusedError
            page = pdf.pages[advert.page - 1].obj
            changes: tuple[tuple[str, int], ...] = ()
            facts: tuple[Fact, ...] = ()
            painting = _paint(page, advert)
            if press is not None:
                sizes = {number: drawn.size for number, drawn in painting.pictures.items()}
                changes = convert_colours(pdf, page, press, choice, sizes)
                painting = _check_converted(page, advert, asked_at, choice)
                facts = tuple(one for one in painting.facts() if one.kind in OF_COLOUR)
                if press.ignored:
                    facts = (*facts, Fact("profile-ignored", measure=press.ignored))
            if gauge is not None:
                facts = (*facts, *measured_pictures(painting.pictures.values(), gauge))
            spots = _spots(advert, None if press is None else choice)
            form = msgspec.structs.replace(copy_form(page, advert), changes=changes, facts=facts, spots=spots)
    except StuckError as stuck:
        found.add("ad/not-converted", asked_at, file=advert.file, reason=stuck.reason)
        return Outcome(None, found.all())
    except RefusedError:
        return Outcome(None, found.all())
    return Outcome(form, found.all())


def _paint(page: Any, advert: Advert) -> Painting:
    origin = (advert.frame.left / SU_PER_PT, advert.frame.bottom / SU_PER_PT)
    painting = Painting(origin, advert.frame.unit / 1000)
    painting.paint(joined_content(content_streams(page)), inherited(page, "/Resources") or pikepdf.Dictionary())
    return painting


def _spots(advert: Advert, choice: Choice | None) -> tuple[str, ...]:
    """The spot inks that it prints in, those that were converted left out."""
    spots = dict.fromkeys(one.what for one in advert.facts if one.kind == "spot")
    return tuple(one for one in spots if choice is None or one in choice.kept)


def _check_converted(page: Any, advert: Advert, asked_at: Span, choice: Choice) -> Painting:
    """Nothing is left of what was to be converted, wherever it hid; the page is as whole as it was."""
    scratch = Findings()
    resources = inherited(page, "/Resources") or pikepdf.Dictionary()
    structure = Structure(advert.file, asked_at, scratch)
    structure.look(page, resources)
    painting = _paint(page, advert)
    for fact in (*structure.facts(), *painting.facts()):
        if (fact.kind == "rgb" and choice.rgb) or (fact.kind == "spot" and fact.what not in choice.kept):
            raise StuckError(fact.what)
    for _, what in painting.faults():
        raise StuckError(what)
    return painting


def _choose(pdf: pikepdf.Pdf, file: str, asked_at: Span, page: int | None, found: Findings) -> int:
    count = len(pdf.pages)
    if page is None and count != 1:
        found.add("ad/which-page", asked_at, file=file, count=count)
        raise RefusedError
    if page is not None and page > count:
        found.add("ad/no-such-page", asked_at, file=file, page=page, count=count)
        raise RefusedError
    return page or 1


def _look(
    pdf: pikepdf.Pdf, digest: str, number: int, file: str, asked_at: Span, box: str | None, found: Findings
) -> Advert:
    page: Any = pdf.pages[number - 1].obj
    framed = read_frame(page, box)
    if framed is None:
        found.add("ad/no-box", asked_at, file=file, box=BOXES[box or "trim"])
        raise RefusedError
    chosen_box, frame = framed
    resources = inherited(page, "/Resources") or pikepdf.Dictionary()
    streams = content_streams(page)
    look_into_baggage(pdf, page, file, asked_at, found)
    structure = Structure(file, asked_at, found)
    structure.look(page, resources)
    check_layers(pdf, structure.layers, file, asked_at, found)
    origin = (frame.left / SU_PER_PT, frame.bottom / SU_PER_PT)
    painting = Painting(origin, frame.unit / 1000)
    painting.paint(joined_content(streams), resources)
    for code, what in painting.faults():
        found.add(code, asked_at, file=file, what=what)
    if structure.lzw or any(uses_lzw(one) for one in streams):
        found.add("ad/repacked", asked_at, file=file)
    if len(streams) > 1:
        found.add("ad/content-joined", asked_at, file=file, count=len(streams))
    major, minor = version_of(pdf)
    facts = (Fact("version", f"{major}.{minor}", 10 * major + minor), *condition_of(pdf), *structure.facts())
    drawn = [one for one in painting.facts() if one not in facts]
    return Advert(file, digest, number, chosen_box, frame, (*facts, *drawn), structure.live)
