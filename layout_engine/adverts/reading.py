"""Look into an advertisement that came as PDF (收件): the door of the package, for sizes and for the objects.

`read_advert` tells everything that is wrong with it for any press; what depends on the press is in its facts
(judging.py). `copy_advert` gives the objects of a page that was read.
"""

from pathlib import Path
from typing import Any

import pikepdf

from layout_engine.adverts.baggage import check_layers, condition_of, look_into_baggage, version_of
from layout_engine.adverts.copying import content_streams, copy_form, joined_content, uses_lzw
from layout_engine.adverts.frames import read_frame
from layout_engine.adverts.model import BOXES, Advert, CopiedForm, Fact
from layout_engine.adverts.objects import inherited
from layout_engine.adverts.opening import RefusedError, opened
from layout_engine.adverts.painting import Painting
from layout_engine.adverts.structure import Structure
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


def copy_advert(path: Path, advert: Advert, asked_at: Span) -> Outcome[CopiedForm]:
    """The objects of the page that `advert` was read from; None where the file is another one by now."""
    found = Findings()
    try:
        with opened(path, advert.file, asked_at, found) as (pdf, digest):
            if digest != advert.sha256:
                found.add("ad/changed", asked_at, file=advert.file)
                raise RefusedError
            form = copy_form(pdf.pages[advert.page - 1].obj, advert)
    except RefusedError:
        return Outcome(None, found.all())
    return Outcome(form, found.all())


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
