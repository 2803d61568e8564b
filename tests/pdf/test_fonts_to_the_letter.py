"""Every glyph that is drawn, in the written file, against the face as another library reads it (PR-62 to PR-69)."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont, newTable

from layout_engine.base.units import mm
from layout_engine.checks.readback import read_regions
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.subset import cut_subset
from layout_engine.scene.items import GlyphRun
from tests.faces.made import cff2_variable_face
from tests.kit.face import plain_face
from tests.pdf.made_faces import (
    a_cff2_face,
    a_cff_face,
    a_cid_keyed_face,
    a_face,
    a_face_of_another_em,
    a_face_of_many_forms,
    a_face_without_vertical_tables,
    a_variable_face,
    a_vertical_face,
)
from tests.pdf.scenes import a_page, a_region, a_run, opened, written
from tests.pdf.test_fonts import columns, fonts_of, mapped, program_of

Axes = tuple[tuple[str, float], ...]
Look = tuple[float, tuple[float, ...] | None, float]  # advance, bounds and area, in thousandths of the em


def look(glyphs: Any, name: str, upem: int) -> Look:
    """What a glyph measures and looks like, as fontTools draws it."""
    bounds, area = ControlBoundsPen(glyphs), AreaPen(glyphs)
    glyphs[name].draw(bounds)
    glyphs[name].draw(area)
    em = 1000 / upem
    box = None if bounds.bounds is None else tuple(one * em for one in bounds.bounds)
    return glyphs[name].width * em, box, abs(area.value) * em * em


def looks_of_program(font: pikepdf.Object) -> list[Look]:
    """By code, what the embedded program draws."""
    data = program_of(font)
    if data[:1] == b"\x01":
        program = CFFFontSet()
        program.decompile(BytesIO(data), None)
        strings = program[0].CharStrings
        scale = round(1 / program[0].FontMatrix[0])
        return [look(strings, name, scale) for name in program[0].charset]
    true_type = TTFont(BytesIO(data))
    glyphs = true_type.getGlyphSet()
    return [look(glyphs, name, true_type["head"].unitsPerEm) for name in true_type.getGlyphOrder()]


def codes_drawn(file: pikepdf.Pdf) -> dict[str, set[int]]:
    """The codes of each font in the content."""
    drawn: dict[str, set[int]] = {}
    font = ""
    for one in pikepdf.parse_content_stream(file.pages[0]):
        operands, operator = one.operands, one.operator
        if str(operator) == "Tf":
            font = str(operands[0])
        if str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            text = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
            drawn.setdefault(font, set()).update(int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))
    return drawn


def audit(data: bytes, faces: Faces, *runs: GlyphRun, axes: Axes = ()) -> bytes:
    """The runs as a file, every glyph of which is held against the face in `data`, at its axes."""
    pdf = written(a_page(a_region("lead", *runs)), faces=faces)
    whole = TTFont(BytesIO(data))
    glyphs, order, upem = whole.getGlyphSet(location=dict(axes)), whole.getGlyphOrder(), whole["head"].unitsPerEm
    wanted = {gid for run in runs for gid in run.gids}
    gids = cut_subset(faces.face("song"), wanted, None).gids
    seen: set[int] = set()
    with opened(pdf) as file:
        fonts = fonts_of(file)
        for key, codes in codes_drawn(file).items():
            descendant, texts = fonts[key].DescendantFonts[0], mapped(fonts[key])
            widths, looks = columns(descendant.W, 1), looks_of_program(fonts[key])
            for code in codes:
                advance, box, area = looks[code]
                theirs, their_box, their_area = look(glyphs, order[gids[code]], upem)
                assert texts[code]  # PR-67
                assert widths.get(code, (int(descendant.DW),))[0] == pytest.approx(advance, abs=1)  # PR-62
                assert advance == pytest.approx(theirs, abs=1)
                assert (box is None) == (their_box is None)
                assert box is None or box == pytest.approx(their_box, abs=1.1)
                assert area == pytest.approx(their_area, rel=0.02)
                seen.add(gids[code])
    assert seen == wanted
    return pdf


KINDS: dict[str, tuple[Callable[[], bytes], Axes]] = {
    "TrueType": (a_vertical_face, ()),
    "TrueType, 1024 to the em": (lambda: a_face_of_another_em(1024), ()),
    "TrueType, 2048 to the em": (lambda: a_face_of_another_em(2048), ()),
    "CFF": (a_cff_face, ()),
    "CFF, keyed by CIDs": (a_cid_keyed_face, ()),
    "CFF2": (a_cff2_face, ()),
    "CFF2 at 100": (lambda: cff2_variable_face("AB"), (("wght", 100.0),)),
    "CFF2 at 500": (lambda: cff2_variable_face("AB"), (("wght", 500.0),)),
    "CFF2 at 900": (lambda: cff2_variable_face("AB"), (("wght", 900.0),)),
    "variable TrueType at 400": (a_variable_face, (("wght", 400.0),)),
    "variable TrueType at 650": (a_variable_face, (("wght", 650.0),)),
}


@pytest.mark.parametrize(("make", "axes"), KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_widths_and_outlines_are_those_of_the_face_at_its_axes(
    make: Callable[[], bytes], axes: Axes, direction: str, tmp_path: Path
) -> None:
    data = make()
    faces = a_face(tmp_path, data, axes, TTFont(BytesIO(data))["head"].unitsPerEm)
    audit(data, faces, a_run("AB", faces=faces, direction=direction, x=mm(100)), axes=axes)


def test_an_instance_is_named_by_its_axes_and_the_same_each_time(tmp_path: Path) -> None:
    names = {}
    for weight in (100.0, 500.0, 512.5, 900.0):
        made = []
        for run in range(2):
            folder = tmp_path / f"{weight:g}-{run}"
            folder.mkdir()
            faces = a_face(folder, cff2_variable_face("AB"), (("wght", weight),))
            with opened(written(a_page(a_region("lead", a_run("AB", faces=faces))), faces=faces)) as file:
                made.append(str(fonts_of(file)["/F0"].DescendantFonts[0].BaseFont))
        assert made[0] == made[1]
        assert made[0].endswith(f"_{weight:g}wght")
        names[weight] = made[0]
    assert len({name[:7] for name in names.values()}) == len(names)


@pytest.mark.parametrize(("weight", "right", "stem"), [(400.0, 400, 87), (650.0, 400, 150), (900.0, 600, 241)])
def test_the_descriptor_of_an_instance_is_the_instances(weight: float, right: int, stem: int, tmp_path: Path) -> None:
    """Its box holds the ink that grew with the axis (B, past A at last), and its stems are those of its weight."""
    faces = a_face(tmp_path, a_variable_face(), (("wght", weight),))
    with opened(written(a_page(a_region("lead", a_run("AB", faces=faces))), faces=faces)) as file:
        descriptor = fonts_of(file)["/F0"].DescendantFonts[0].FontDescriptor
        assert [int(one) for one in descriptor.FontBBox] == [0, 0, right, 700]
        assert int(descriptor.StemV) == stem
    assert faces.face("song").descriptor.weight == weight


# Vertical measures.


def heights_of(data: bytes, folder: Path, text: str = "AB") -> dict[str, tuple[int, ...]]:
    """By character, W2 of a vertical run: downward advance, origin to the right and up."""
    faces = a_face(folder, data)
    with opened(written(a_page(a_region("lead", a_run(text, faces=faces, direction="vertical"))), faces=faces)) as file:
        (font,) = fonts_of(file).values()
        descendant = font.DescendantFonts[0]
        assert [int(one) for one in descendant.DW2] == [880, -1000]
        widths, heights = columns(descendant.W, 1), columns(descendant.W2, 3)
        return {
            said: heights.get(code, (-1000, widths.get(code, (1000,))[0] // 2, 880))
            for code, said in mapped(font).items()
        }


def test_vertical_measures_are_those_of_vmtx(tmp_path: Path) -> None:
    assert heights_of(a_vertical_face(), tmp_path) == {"A": (-700, 200, 810), "B": (-1000, 250, 880)}


@pytest.mark.parametrize("make", [a_face_without_vertical_tables, a_cff_face, a_cff2_face])
def test_a_face_without_vertical_tables_hangs_in_the_em_box(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Not in the height that its lines have by `hhea`, by which characters would stand far apart."""
    assert heights_of(make(), tmp_path) == {"A": (-1000, 250, 880), "B": (-1000, 250, 880)}


def test_a_table_of_origins_is_minded(tmp_path: Path) -> None:
    """VORG of a CFF face: A hangs 700 above the base line, all others 850."""
    font = TTFont(BytesIO(a_cff_face()))
    builder = FontBuilder(font=font)
    builder.setupVerticalHeader(ascent=500, descent=-500)
    builder.setupVerticalMetrics({".notdef": (1000, 0), "A": (900, 0), "B": (1000, 0)})
    font["VORG"] = origins = newTable("VORG")
    origins.majorVersion, origins.minorVersion, origins.defaultVertOriginY = 1, 0, 850
    origins.VOriginRecords = {"A": 700}
    origins.numVertOriginYMetrics = 1
    out = BytesIO()
    font.save(out)
    assert heights_of(out.getvalue(), tmp_path) == {"A": (-900, 250, 700), "B": (-1000, 250, 850)}


# What each glyph reads as.

FORMS = {
    "a ligature of two": ("fi", "horizontal", {"fi"}),
    "a ligature of three": ("ffi", "horizontal", {"ffi"}),
    "ligatures beside their letters": ("fiif ffi", "horizontal", {"fi", "i", "f", " ", "ffi"}),
    "a vertical form": ("，，", "vertical", {"，"}),
    "a variant by selector": ("葛\U000e0101", "horizontal", {"葛\U000e0101"}),
    "the plain form by selector": ("葛\U000e0100", "horizontal", {"葛\U000e0100"}),
    "beyond the first plane": ("\U0002000b", "horizontal", {"\U0002000b"}),
    "beyond the first plane, vertical": ("\U0002000b，", "vertical", {"\U0002000b", "，"}),
    "a glyph without outline": ("A A", "horizontal", {"A", " "}),
    "an ideographic space": ("A\u3000A", "horizontal", {"A", "\u3000"}),
}


@pytest.mark.parametrize(("text", "direction", "texts"), FORMS.values(), ids=FORMS)
def test_every_form_of_a_glyph_reads_as_what_the_copy_has(
    text: str, direction: str, texts: set[str], tmp_path: Path
) -> None:
    data = a_face_of_many_forms()
    faces = a_face(tmp_path, data)
    run = a_run(text, faces=faces, direction=direction, features={"liga": True}, x=mm(100))
    pdf = audit(data, faces, run)
    with opened(pdf) as file:
        assert set(mapped(fonts_of(file)["/F0V" if direction == "vertical" else "/F0"]).values()) == texts
    assert read_regions(pdf, a_page(a_region("lead", run)))["lead"].replace(" ", "") == text.replace(" ", "")


def test_a_glyph_that_serves_two_characters_reads_as_each_in_its_place(tmp_path: Path) -> None:
    """One code has one text; where the copy has the other, the content says so (ActualText)."""
    faces = a_face(tmp_path, a_face_of_many_forms())
    page = a_page(a_region("lead", a_run("AΑA", faces=faces)))
    pdf = written(page, faces=faces)
    with opened(pdf) as file:
        assert set(mapped(fonts_of(file)["/F0"]).values()) == {"A"}
        assert b"/ActualText <FEFF0391>" in file.pages[0].Contents.read_bytes()
    assert read_regions(pdf, page) == {"lead": "AΑA"}


def test_a_face_made_in_code_keeps_every_measure_of_its_punctuation(tmp_path: Path) -> None:
    data = plain_face("即墨，。“”（）——……Az19 ")
    faces = a_face(tmp_path, data)
    across = a_run("即墨，。“”（）——……Az19", faces=faces)
    audit(data, faces, across, a_run("即墨，。“”（）——……", faces=faces, direction="vertical", x=mm(200)))
