"""The planted faults, counted, and those that printers meet most often by name, with the rule that finds each."""

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art
from layout_engine.base.units import mm
from layout_engine.pdf.profile import MODEL_ICC
from layout_engine.plates.check import ink_findings
from layout_engine.preflight.rules import boxes, color, font, structure, type
from layout_engine.preflight.rules.every import RULES
from tests.pdf.scenes import a_page, a_profile, a_region, a_run, content_of, written
from tests.pdfx.clause import Fault
from tests.pdfx.faults import in_font, on_page
from tests.plates.sheets import needs_ghostscript
from tests.preflight.bad import TEXT, Case, a_form, an_image, codes, found, painting, saved, sound, spoiled

LEAST = 40  # faults that a check must be held against

BOX = "300 300 40 40 re f"
RGB_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 50, 50]))
HEAVY = bytes([200, 180, 180, 220])  # 306 % ink


class Named(msgspec.Struct, frozen=True):
    """A file with a fault, and the code, rule and function that tell it."""

    data: Callable[[], bytes]
    code: str
    rule: str
    finder: Callable[..., None]


def with_fault(*faults: Fault) -> Callable[[], bytes]:
    return lambda: spoiled(*faults)


def figures(*faults: Fault) -> Callable[[], bytes]:
    """A page of figures, which are no em wide."""

    def make() -> bytes:
        with pikepdf.open(BytesIO(written(a_page(a_region("lead", a_run("18.4%")))))) as pdf:
            for fault in faults:
                fault(pdf)
            return saved(pdf)

    return make


def encrypted() -> bytes:
    with pikepdf.open(BytesIO(sound())) as pdf:
        return saved(pdf, static_id=False, encryption=pikepdf.Encryption(owner="x", user=""))


def in_a_form(code: str, **entries: Any) -> Fault:
    """A form that draws another form, of these entries."""
    inner = a_form(code, **entries)
    outer = a_form("/F8 Do", Resources=lambda pdf: Dictionary(XObject=Dictionary(F8=inner(pdf))))
    return painting("/F9 Do", XObject={"F9": outer})


def a_picture(pixel: bytes) -> Fault:
    """A picture of flat ink, 20 mm across."""
    image = an_image(200, 200, pixel * 40_000, ColorSpace=Name.DeviceCMYK)
    return painting("/Knock gs q 56.7 0 0 56.7 300 300 cm /Im9 Do Q", XObject={"Im9": image})


NAMED = {
    "RGB in a nested group": Named(
        with_fault(in_a_form(f"0 0 0 1 k {BOX}", Group=RGB_GROUP)), "rgb", "PR-41", color.check_rgb
    ),
    "RGB painted in a nested form": Named(with_fault(in_a_form(f"1 0 0 rg {BOX}")), "rgb", "PR-41", color.check_rgb),
    "four-colour black text": Named(
        with_fault(painting("0.7 0.6 0.6 1 k " + TEXT.format(size=9))),
        "rich-black-text",
        "PR-43",
        type.check_rich_black,
    ),
    "white type in overprint": Named(
        with_fault(painting("/Over gs 0 0 0 0 k " + TEXT.format(size=20))),
        "white-overprint",
        "PR-44",
        color.check_white,
    ),
    "a white panel in overprint": Named(
        with_fault(painting(f"/Over gs 0 0 0 0 k {BOX}")), "white-overprint", "PR-44", color.check_white
    ),
    "a fill over the ink limit": Named(
        with_fault(painting(f"0.8 0.8 0.8 0.8 k {BOX}")), "ink", "PR-48", color.check_ink
    ),
    "a glyph width that is missing": Named(
        figures(in_font("W", None, "DescendantFonts")), "widths", "PR-62", font.check_widths
    ),
    "an empty list of widths": Named(
        figures(in_font("W", Array(), "DescendantFonts")), "widths", "PR-62", font.check_widths
    ),
    "a glyph width that is false": Named(
        figures(in_font("W", Array([1, Array([777] * 4)]), "DescendantFonts")), "widths", "PR-62", font.check_widths
    ),
    "an annotation inside the trim": Named(
        with_fault(on_page("Annots", Array([LINK]))), "annotation", "PR-07", structure.check_annotations
    ),
    "encryption": Named(encrypted, "encrypted", "PR-04", structure.check_encryption),
    "no TrimBox": Named(with_fault(on_page("TrimBox", None)), "box-missing", "PR-20", boxes.check_boxes),
    "a font that is not embedded": Named(
        with_fault(painting("", Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)})),
        "font-missing",
        "PR-60",
        font.check_embedded,
    ),
}


@pytest.mark.parametrize("fault", NAMED.values(), ids=NAMED)
def test_a_fault_that_printers_meet_is_found_by_its_rule(fault: Named) -> None:
    told = {one.diagnostic.code: one.rule for one in found(fault.data())}
    assert told.get(f"preflight/{fault.code}") == fault.rule
    assert fault.finder in [one.check for one in RULES if one.number == fault.rule]


def test_the_same_page_without_them_is_clean() -> None:
    assert codes(sound()) == []
    assert codes(figures()()) == ["identifier-changed"]
    assert codes(spoiled(in_a_form(f"0 0 0 1 k {BOX}"))) == ["identifier-changed"]


@needs_ghostscript
def test_a_picture_over_the_ink_limit_is_found_on_the_plates_alone() -> None:
    """The preflight decodes no picture; `--plates`, and every final, measures what is rendered (PR-48)."""
    press = msgspec.structs.replace(a_profile(), icc=MODEL_ICC.read_bytes())
    heavy, light = spoiled(a_picture(HEAVY)), spoiled(a_picture(bytes([100, 90, 90, 200])))
    assert "ink" not in codes(heavy)
    assert [one.diagnostic.code for one in ink_findings(heavy, press)] == ["plates/total-ink"]
    assert list(ink_findings(light, press)) == []


@pytest.mark.parametrize(("width", "height"), [(40, 20), (80, 20), (40, 60)])
def test_an_emblem_is_not_stretched_whatever_room_it_is_given(width: int, height: int) -> None:
    """Outlines are scaled evenly by the writer itself: a region that hands it another shape leaves room beside them."""
    view = (0, 0, 40_000, 20_000)
    path = (("M", (0, 0)), ("L", (40_000, 0)), ("L", (40_000, 20_000)), ("L", (0, 20_000)), ("Z", ()))
    emblem = Art(Rect(mm(20), mm(20), mm(width), mm(height)), "red", view, path)
    words = content_of(written(a_page(a_region("head", emblem)))).split()
    corners = [(float(words[at - 2]), float(words[at - 1])) for at, word in enumerate(words) if word in ("m", "l")]
    across = max(x for x, _ in corners) - min(x for x, _ in corners)
    assert across == pytest.approx(2 * (max(y for _, y in corners) - min(y for _, y in corners)), abs=0.02)
    assert corners[0][0] < corners[1][0]  # not mirrored


def _planted() -> dict[str, int]:
    """How many faults the tests of this folder plant, by file."""
    counts = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        tables = vars(import_module(f"tests.preflight.{file.stem}")).values()
        cases = [one for table in tables if isinstance(table, dict) for one in table.values()]
        counts[file.stem] = sum(isinstance(one, Case | Named) for one in cases)
    return {name: count for name, count in counts.items() if count}


def test_more_than_forty_faults_are_planted_in_every_corner_of_a_file() -> None:
    counts = _planted()
    assert sum(counts.values()) >= 4 * LEAST
    assert {
        "test_structure",
        "test_metadata",
        "test_boxes",
        "test_color",
        "test_fonts",
        "test_type",
        "test_pictures",
    } <= set(counts)
