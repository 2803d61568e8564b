"""Faces in the file: subsets of every kind of outline, exact widths, names and texts (PR-60 to PR-69)."""

import importlib.util
import os
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from layout_engine.base.units import mm, pt
from layout_engine.checks.readback import read_regions
from layout_engine.faces.opening import open_faces
from layout_engine.pdf.cff import renamed
from layout_engine.pdf.fonts import _cid_set
from layout_engine.pdf.subset import cut_subset
from tests.kit.face import plain_face
from tests.pdf.made_faces import (
    a_cff2_face,
    a_cff_face,
    a_cid_keyed_face,
    a_face,
    a_face_of_many,
    a_true_type,
    a_variable_face,
    a_vertical_face,
    finished,
)
from tests.pdf.scenes import a_page, a_region, a_run, an_x1a_profile, opened, real_faces, written

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


def columns(array: pikepdf.Object, count: int) -> dict[int, tuple[int, ...]]:
    """W or W2 as code → numbers."""
    found = {}
    entries = list(array)
    for first, row in zip(entries[::2], entries[1::2], strict=True):
        numbers = [int(one) for one in row]
        for at in range(0, len(numbers), count):
            found[int(first) + at // count] = tuple(numbers[at : at + count])
    return found


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


def test_a_ligature_reads_as_all_its_characters() -> None:
    page = a_page(a_region("lead", a_run("office", features={"liga": True})))
    pdf = written(page)
    with opened(pdf) as file:
        (font,) = fonts_of(file).values()
        assert "ffi" in mapped(font).values() or "fi" in mapped(font).values()
    assert read_regions(pdf, page) == {"lead": "office"}


def test_a_vertical_form_reads_as_the_character_in_the_copy() -> None:
    page = a_page(a_region("lead", a_run("（新）。", direction="vertical", x=mm(100)), a_run("（新）。")))
    pdf = written(page)
    with opened(pdf) as file:
        texts = list(mapped(next(iter(fonts_of(file).values()))).values())
    assert sorted(texts) == sorted("（新）。" + "（）。")  # two glyphs each, one text
    assert read_regions(pdf, page) == {"lead": "（新）。（新）。"}


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


# Other kinds of outline: the repository's own faces are all TrueType.


def width_of_ink(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=1, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    box = image.point(lambda value: 255 - value).getbbox()
    assert box is not None
    return int(box[2] - box[0])


CFF_FACES: list[Callable[[], bytes]] = [a_cff_face, a_cff2_face, a_cid_keyed_face]


@pytest.mark.parametrize("make", CFF_FACES)
def test_a_face_with_cubic_outlines_is_embedded_as_cid_keyed(make: Callable[[], bytes], tmp_path: Path) -> None:
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
    assert width_of_ink(pdf) == pytest.approx(20, abs=1)
    assert read_regions(pdf, page) == {"lead": "B"}


@pytest.mark.parametrize("make", CFF_FACES)
def test_the_name_inside_a_cff_program_is_that_of_its_dictionaries(make: Callable[[], bytes], tmp_path: Path) -> None:
    faces = a_face(tmp_path, make())
    with opened(written(a_page(a_region("lead", a_run("AB", faces=faces))), faces=faces)) as file:
        (font,) = fonts_of(file).values()
        program = CFFFontSet()
        program.decompile(BytesIO(program_of(font)), None)
        assert f"/{program.fontNames[0]}" == str(font.DescendantFonts[0].BaseFont)
        assert re.fullmatch(r"[A-Z]{6}\+Made-Regular", program.fontNames[0])


def test_a_collection_of_characters_is_given_up_for_glyph_numbers(tmp_path: Path) -> None:
    faces = a_face(tmp_path, a_cid_keyed_face())
    with opened(written(a_page(a_region("lead", a_run("B", faces=faces))), faces=faces)) as file:
        (font,) = fonts_of(file).values()
        about = font.DescendantFonts[0].CIDSystemInfo
        program = CFFFontSet()
        program.decompile(BytesIO(program_of(font)), None)
        assert (str(about.Registry), str(about.Ordering), int(about.Supplement)) == program[0].ROS
        assert program[0].ROS == ("Adobe", "Identity", 0)
        assert program[0].charset == [".notdef", "cid00001"]


@pytest.mark.parametrize("name", ["X", "ABCDEF+Made-Regular", "ABCDEF+" + "N" * 120])
def test_another_name_changes_nothing_else_in_a_program(name: str, tmp_path: Path) -> None:
    subset = cut_subset(a_face(tmp_path, a_cid_keyed_face()).face("song"), [1, 2], None)
    drawn = []
    for program in (zlib.decompress(subset.program), renamed(zlib.decompress(subset.program), name)):
        font = CFFFontSet()
        font.decompile(BytesIO(program), None)
        pens = {glyph: RecordingPen() for glyph in font[0].charset}
        for glyph, pen in pens.items():
            font[0].CharStrings[glyph].draw(pen)
        drawn.append({glyph: pen.value for glyph, pen in pens.items()})
    assert drawn[0] == drawn[1]
    assert font.fontNames == [name]


@pytest.mark.parametrize(("weight", "width"), [(400, 20), (900, 60)])
def test_a_variable_face_is_pinned_to_its_axes(weight: int, width: int, tmp_path: Path) -> None:
    faces = a_face(tmp_path, a_variable_face(), (("wght", float(weight)),))
    pdf = written(a_page(a_region("lead", a_run("B", faces=faces, size=pt(100), y=mm(100)))), faces=faces)
    assert width_of_ink(pdf) == pytest.approx(width, abs=1)
    with opened(pdf) as file:
        (font,) = fonts_of(file).values()
        program = TTFont(BytesIO(program_of(font)))
        assert "fvar" not in program
        (wide,) = columns(font.DescendantFonts[0].W, 1).get(1, (1000,))
        assert wide == program["hmtx"][program.getGlyphOrder()[1]][0] == 500 + 400 * (weight == 900)
        assert str(font.BaseFont).endswith(f"+Made-Regular_{weight}wght")


@pytest.mark.parametrize("make", [*CFF_FACES, a_variable_face, a_vertical_face])
def test_widths_and_drops_are_those_of_the_face_in_every_kind_of_program(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    data = make()
    face = TTFont(BytesIO(data))
    faces = a_face(tmp_path, data)
    both = (a_run("AB", faces=faces), a_run("AB", faces=faces, direction="vertical", x=mm(200)))
    with opened(written(a_page(a_region("lead", *both)), faces=faces)) as file:
        fonts = fonts_of(file)
        descendant = fonts["/F0"].DescendantFonts[0]
        widths, heights = columns(descendant.W, 1), columns(descendant.W2, 3)
        codes = {text: code for code, text in mapped(fonts["/F0"]).items()}
    for text, code in codes.items():
        glyph = face.getBestCmap()[ord(text)]
        assert widths.get(code, (1000,)) == (face["hmtx"][glyph][0],)
        if "vmtx" in face:
            advance, top = face["vmtx"][glyph]
            origin = face["glyf"][glyph].yMax + top  # OpenType: the top side bearing counts from the origin
            own = (-advance, face["hmtx"][glyph][0] // 2, origin)
            assert heights.get(code, (-1000, widths[code][0] / 2, 880)) == own


def test_no_array_of_widths_is_too_long_for_an_old_reader(tmp_path: Path) -> None:
    faces = a_face(tmp_path, a_face_of_many(9000))
    run = a_run("".join(chr(0x4E00 + number) for number in range(9000)), faces=faces)
    with opened(written(a_page(a_region("lead", run)), faces=faces)) as file:
        (font,) = fonts_of(file).values()
        array = font.DescendantFonts[0].W
        assert len(array) <= 8191
        assert all(len(one) <= 8191 for one in list(array)[1::2])
        widths = columns(array, 1)
    assert [widths.get(code, (1000,))[0] for code in range(9001)] == [500, *[1000, 500] * 4500]


@pytest.mark.parametrize(("count", "bits"), [(1, b"\x80"), (8, b"\xff"), (9, b"\xff\x80"), (23, b"\xff\xff\xfe")])
def test_a_cid_set_marks_each_code_and_no_other(count: int, bits: bytes) -> None:
    assert _cid_set(count) == bits


@pytest.mark.parametrize("make", [*CFF_FACES, a_variable_face])
def test_x_1a_tells_which_codes_a_program_has_and_x_4_does_not(make: Callable[[], bytes], tmp_path: Path) -> None:
    faces = a_face(tmp_path, make())
    page = a_page(a_region("lead", a_run("AB", faces=faces)))
    with opened(written(page, faces=faces, profile=an_x1a_profile())) as file:
        (font,) = fonts_of(file).values()
        assert bytes(font.DescendantFonts[0].FontDescriptor.CIDSet.read_bytes()) == b"\xe0"  # .notdef, A, B
    with opened(written(page, faces=faces)) as file:
        (font,) = fonts_of(file).values()
        assert "/CIDSet" not in font.DescendantFonts[0].FontDescriptor


RARE_CATALOG = """
faces:
  song: {file: song.ttf, licence: made by the test}
  rare: {file: rare.ttf, licence: made by the test}
roles:
  song: {title: 书宋, faces: [song, rare]}
"""
RARE = "㐂㐱䶮𠂇𠂉𠃌"


def test_rare_characters_come_from_a_fallback_face_and_read_back_whole(tmp_path: Path) -> None:
    """The chain of a role: Song for what it has, and another face for the rest, outside the first plane too."""
    (tmp_path / "song.ttf").write_bytes(plain_face("即墨", "Kit Song"))
    (tmp_path / "rare.ttf").write_bytes(plain_face(RARE, "Kit Rare"))
    (tmp_path / "fonts.yaml").write_text(RARE_CATALOG, encoding="utf-8")
    faces = open_faces(tmp_path, ["song"]).value
    assert faces is not None
    chain = faces.chain("song")
    chosen = [face.key for one in "即墨" + RARE if (face := chain.face_for(one)) is not None]
    assert chosen == ["song"] * 2 + ["rare"] * len(RARE)
    downward = a_run(RARE, face="rare", x=mm(200), y=mm(40), faces=faces, direction="vertical")
    page = a_page(
        a_region("lead", a_run("即墨", faces=faces), a_run(RARE, face="rare", y=mm(40), faces=faces)),
        a_region("aside", downward),
    )
    pdf = written(page, faces=faces, profile=an_x1a_profile())
    with opened(pdf) as file:
        texts = [set(mapped(font).values()) for font in fonts_of(file).values()]
    assert texts == [{"即", "墨"}, set(RARE), set(RARE)]
    assert read_regions(pdf, page) == {"lead": "即墨" + RARE, "aside": RARE}


def test_the_faces_for_rare_characters_that_can_be_installed_set_them() -> None:
    package = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if package is None:
        pytest.skip("the faces for rare characters are not installed: layout-engine[rare]")
    faces = real_faces()
    rare = next(face for face in faces.all() if face.key == "song-rare")
    assert all(rare.glyph(ord(one)) for one in RARE)
    page = a_page(a_region("lead", a_run("即墨"), a_run(RARE, face="song-rare", y=mm(40))))
    pdf = written(page, profile=an_x1a_profile())
    with opened(pdf) as file:
        texts = [set(mapped(font).values()) for font in fonts_of(file).values()]
    assert texts == [{"即", "墨"}, set(RARE)]
    assert read_regions(pdf, page) == {"lead": "即墨" + RARE}


def test_a_character_beyond_the_first_plane_is_one_mapping_of_two_units(tmp_path: Path) -> None:
    builder = a_true_type()
    builder.setupCharacterMap({0x20BB7: "A", 0x2A6A5: "B"})
    faces = a_face(tmp_path, finished(builder))
    page = a_page(a_region("lead", a_run("\U00020bb7\U0002a6a5", faces=faces)))
    pdf = written(page, faces=faces)
    with opened(pdf) as file:
        (font,) = fonts_of(file).values()
        assert b"<0001> <D842DFB7>\n<0002> <D869DEA5>\n" in font.ToUnicode.read_bytes()
    assert read_regions(pdf, page) == {"lead": "\U00020bb7\U0002a6a5"}


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
