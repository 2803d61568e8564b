"""Faces in the file: subsets of every kind of outline, exact widths, names and texts (PR-60 to PR-69)."""

import os
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from layout_engine.base.diagnostics import Span
from layout_engine.base.units import mm, pt
from layout_engine.checks.readback import read_regions
from layout_engine.faces.face import Face, FaceEntry
from layout_engine.faces.fallback import FaceChain, Faces
from layout_engine.pdf.subset import cut_subset
from tests.pdf.scenes import a_page, a_region, a_run, opened, real_faces, written

TEXT = "我市召开——会议，18.4%"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return written(a_page(a_region("lead", a_run(TEXT), a_run("新——（墨）", direction="vertical", x=mm(200)))))


def fonts_of(file: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(key): font for key, font in file.pages[0].Resources.Font.items()}


def program_of(font: pikepdf.Object) -> bytes:
    descriptor = font.DescendantFonts[0].FontDescriptor
    stream = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    assert isinstance(stream, pikepdf.Object)
    return bytes(stream.read_bytes())


def mapped(font: pikepdf.Object) -> dict[int, str]:
    blocks = b"".join(re.findall(rb"(?s)beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes()))
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", blocks)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def test_horizontal_and_vertical_share_program_and_texts(pdf: bytes) -> None:
    with opened(pdf) as file:
        fonts = fonts_of(file)
        assert {str(font.Encoding) for font in fonts.values()} == {"/Identity-H", "/Identity-V"}
        assert len({font.DescendantFonts[0].objgen for font in fonts.values()}) == 1
        assert len({font.ToUnicode.objgen for font in fonts.values()}) == 1


def test_the_descriptor_is_complete(pdf: bytes) -> None:
    with opened(pdf) as file:
        font = next(iter(fonts_of(file).values()))
        descriptor = font.DescendantFonts[0].FontDescriptor
        needed = {"/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"}
        assert needed <= set(descriptor.keys())
        symbolic, nonsymbolic = int(descriptor.Flags) & 4, int(descriptor.Flags) & 32
        assert bool(symbolic) != bool(nonsymbolic)
        assert "/CIDSet" not in descriptor


def test_names_agree_and_bear_a_tag(pdf: bytes) -> None:
    with opened(pdf) as file:
        for font in fonts_of(file).values():
            descendant = font.DescendantFonts[0]
            names = {str(font.BaseFont), str(descendant.BaseFont), str(descendant.FontDescriptor.FontName)}
            assert len(names) == 1
            assert re.fullmatch(r"/[A-Z]{6}\+NotoSerifSC-Regular", names.pop())


def test_two_subsets_of_a_face_have_two_tags() -> None:
    face = real_faces().face("song")
    assert cut_subset(face, [100], None).tag != cut_subset(face, [101], None).tag


def test_widths_are_those_of_the_program(pdf: bytes) -> None:
    with opened(pdf) as file:
        font = next(iter(fonts_of(file).values()))
        descendant = font.DescendantFonts[0]
        program = TTFont(BytesIO(program_of(font)))
        widths = {}
        entries = list(descendant.W)
        for first, row in zip(entries[::2], entries[1::2], strict=True):
            widths.update({int(first) + at: int(width) for at, width in enumerate(row)})
        for code, glyph in enumerate(program.getGlyphOrder()):
            assert widths.get(code, int(descendant.DW)) == program["hmtx"][glyph][0]


def test_the_vertical_dash_keeps_its_double_advance(pdf: bytes) -> None:
    with opened(pdf) as file:
        (vertical,) = [one for one in fonts_of(file).values() if one.Encoding == "/Identity-V"]
        dash = next(code for code, text in mapped(vertical).items() if text == "——")
        descendant = vertical.DescendantFonts[0]
        assert [int(one) for one in descendant.DW2] == [880, -1000]
        flat = str([[int(one) for one in row] if isinstance(row, pikepdf.Array) else int(row) for row in descendant.W2])
        assert "-2000, 500, 1380" in flat
        assert dash > 0


def test_every_glyph_drawn_has_a_text_and_none_is_notdef(pdf: bytes) -> None:
    with opened(pdf) as file:
        font = next(iter(fonts_of(file).values()))
        texts = mapped(font)
        assert 0 not in texts
        assert "".join(sorted(set("".join(texts.values())))) == "".join(sorted(set(TEXT + "新（墨）")))


def test_a_mapping_block_has_a_hundred_entries_at_most() -> None:
    text = "".join(chr(0x4E00 + index) for index in range(0, 3000, 9))
    font = real_faces().face("song")
    text = "".join(one for one in text if font.glyph(ord(one)))
    with opened(written(a_page(a_region("lead", a_run(text))))) as file:
        cmap = next(iter(fonts_of(file).values())).ToUnicode.read_bytes().decode()
    blocks = re.findall(r"(\d+) beginbfchar\n(.*?)endbfchar", cmap, re.DOTALL)
    assert len(blocks) > 1
    assert all(int(count) == len(lines.splitlines()) <= 100 for count, lines in blocks)


def test_the_program_holds_outlines_and_measures_only(pdf: bytes) -> None:
    with opened(pdf) as file:
        program = TTFont(BytesIO(program_of(next(iter(fonts_of(file).values())))))
    assert {"glyf", "loca", "head", "hhea", "hmtx", "maxp"} == set(program.keys()) - {"GlyphOrder"}


# Other kinds of outline, made here: the repository's own faces are all TrueType.

BOXES = {"A": (0, 0, 400, 700), "B": (100, 0, 300, 700)}


def a_face(folder: Path, data: bytes, axes: tuple[tuple[str, float], ...] = ()) -> Faces:
    """The face in `data` behind the key `song`."""
    path = folder / "made.otf"
    path.write_bytes(data)
    entry = FaceEntry(
        key="song", file="made.otf", licence="made by the test", credit="", span=Span("fonts.yaml"), axes=axes
    )
    return Faces([FaceChain("song", "宋", (Face(entry, path, 1000),))])


def a_builder(*, is_true_type: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=is_true_type)
    builder.setupGlyphOrder([".notdef", *BOXES])
    builder.setupCharacterMap({ord(name): name for name in BOXES})
    return builder


def finished(builder: FontBuilder) -> bytes:
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *BOXES), (500, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def char_strings(*, cff2: bool = False) -> dict[str, object]:
    strings = {}
    for name, (left, bottom, right, top) in {".notdef": (0, 0, 100, 100), **BOXES}.items():
        pen = T2CharStringPen(None if cff2 else 500, None, CFF2=cff2)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        strings[name] = pen.getCharString()
    return strings


def a_cff_face() -> bytes:
    builder = a_builder(is_true_type=False)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"}, mac=False)
    builder.setupCFF("Made-Regular", {}, char_strings(), {})
    return finished(builder)


def a_cff2_face() -> bytes:
    builder = a_builder(is_true_type=False)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"}, mac=False)
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    builder.setupCFF2(char_strings(cff2=True), regions=[{"wght": (0.0, 1.0, 1.0)}])
    return finished(builder)


def a_variable_face() -> bytes:
    """A TrueType face whose B grows by 400 units to the right over the weight axis."""
    builder = a_builder(is_true_type=True)
    glyphs = {}
    for name, (left, bottom, right, top) in {".notdef": (0, 0, 100, 100), **BOXES}.items():
        pen = TTGlyphPen(None)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"}, mac=False)
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (400, 0), (400, 0), (0, 0), (400, 0), (0, 0), (0, 0)]
    builder.setupGvar({"A": [], "B": [TupleVariation({"wght": (0, 1, 1)}, wider)], ".notdef": []})
    return finished(builder)


def width_of_ink(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=1, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    box = image.point(lambda value: 255 - value).getbbox()
    assert box is not None
    return int(box[2] - box[0])


@pytest.mark.parametrize("make", [a_cff_face, a_cff2_face])
def test_a_face_with_cubic_outlines_is_embedded_as_cid_keyed(make: object, tmp_path: Path) -> None:
    assert callable(make)
    faces = a_face(tmp_path, make())
    page = a_page(a_region("lead", a_run("B", faces=faces, size=pt(100), y=mm(100))))
    pdf = written(page, faces=faces)
    with opened(pdf) as file:
        (font,) = fonts_of(file).values()
        descendant = font.DescendantFonts[0]
        assert descendant.Subtype == "/CIDFontType0"
        assert descendant.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
        assert "/CIDToGIDMap" not in descendant
        assert str(font.BaseFont) == f"{descendant.BaseFont}-Identity-H"
        CFFFontSet().decompile(BytesIO(program_of(font)), None)
    assert width_of_ink(pdf) == pytest.approx(20, abs=1)
    assert read_regions(pdf, page) == {"lead": "B"}


@pytest.mark.parametrize(("weight", "width"), [(400, 20), (900, 60)])
def test_a_variable_face_is_pinned_to_its_axes(weight: int, width: int, tmp_path: Path) -> None:
    faces = a_face(tmp_path, a_variable_face(), (("wght", float(weight)),))
    pdf = written(a_page(a_region("lead", a_run("B", faces=faces, size=pt(100), y=mm(100)))), faces=faces)
    assert width_of_ink(pdf) == pytest.approx(width, abs=1)
    with opened(pdf) as file:
        (font,) = fonts_of(file).values()
        assert "fvar" not in TTFont(BytesIO(program_of(font)))


def test_a_kept_subset_gives_the_same_file(tmp_path: Path) -> None:
    page = a_page(a_region("lead", a_run(TEXT)))
    first = written(page, folder=tmp_path)
    assert any(tmp_path.iterdir())
    assert written(page, folder=tmp_path) == first == written(page)


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100])
def test_a_damaged_cache_is_made_again(damage: bytes, tmp_path: Path) -> None:
    page = a_page(a_region("lead", a_run(TEXT)))
    first = written(page, folder=tmp_path)
    for kept in tmp_path.iterdir():
        kept.write_bytes(damage)
    assert written(page, folder=tmp_path) == first


def test_a_changed_face_is_cut_anew_although_a_subset_is_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = a_face(tmp_path, a_variable_face(), (("wght", 400.0),))
    cut_subset(before.face("song"), [2], cache)
    os.utime(tmp_path / "made.otf", ns=(1, 1))
    cut_subset(before.face("song"), [2], cache)
    assert len(list(cache.iterdir())) == 2
