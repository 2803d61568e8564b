"""Fonts, what is drawn with them, pictures, hygiene: PR-60 to PR-87."""

import re
import shutil
import subprocess
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.kit.reference import FONTS
from tests.pdfx.clause import clause
from tests.pdfx.faults import (
    a_shorter_program,
    a_smaller_image,
    an_unclean_text,
    in_font,
    in_image,
    other_texts,
    painting,
)
from tests.pdfx.measure import OPERATORS, names_in
from tests.pdfx.samples import PROFILES, Written, samples

DESCRIPTOR = {"/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"}


@cache
def program(data: bytes) -> TTFont:
    return TTFont(BytesIO(data))


def descendants(file: Written) -> dict[str, pikepdf.Object]:
    return {key: font.DescendantFonts[0] for key, font in file.fonts.items()}


def program_of(descendant: pikepdf.Object) -> TTFont:
    return program(bytes(descendant.FontDescriptor.FontFile2.read_bytes()))


def drawn(file: Written) -> dict[str, set[int]]:
    """The codes that are drawn, by font."""
    codes: dict[str, set[int]] = {}
    for one in file.painted:
        if one.kind == "text":
            codes.setdefault(one.font, set()).update(one.codes)
    return codes


def mapped(font: pikepdf.Object) -> dict[int, str]:
    blocks = re.findall(rb"(?s)(\d+) beginbfchar\n(.*?)endbfchar", font.ToUnicode.read_bytes())
    assert all(int(count) == len(lines.splitlines()) <= 100 for count, lines in blocks)
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", b"".join(lines for _, lines in blocks))
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def columns(array: pikepdf.Object, count: int) -> dict[int, list[float]]:
    entries = list(array)
    found = {}
    for first, row in zip(entries[::2], entries[1::2], strict=True):
        numbers = [float(one) for one in row]
        for at in range(0, len(numbers), count):
            found[int(first) + at // count] = numbers[at : at + count]
    return found


@clause(
    "PR-60", fault=painting("", Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)})
)
def test_pr60_every_font_is_composite_and_embedded(file: Written) -> None:
    for font in file.fonts.values():
        assert font.Subtype == "/Type0"
        assert isinstance(font.DescendantFonts[0].FontDescriptor.FontFile2, pikepdf.Stream)


@clause("PR-61", fault=a_shorter_program)
def test_pr61_the_program_parses_and_is_of_its_kind(file: Written) -> None:
    for descendant in descendants(file).values():
        assert descendant.Subtype == "/CIDFontType2"
        font = program_of(descendant)
        assert font["glyf"].keys()
        assert int(descendant.FontDescriptor.FontFile2.Length1) == len(descendant.FontDescriptor.FontFile2.read_bytes())


@clause("PR-61", fault=in_font("StemV", None, "DescendantFonts", "FontDescriptor"))
def test_pr61_the_descriptor_is_complete(file: Written) -> None:
    for descendant in descendants(file).values():
        assert set(descendant.FontDescriptor.keys()) >= DESCRIPTOR
        flags = int(descendant.FontDescriptor.Flags)
        assert bool(flags & 4) != bool(flags & 32)


@clause("PR-62", fault=in_font("W", Array([1, Array([777])]), "DescendantFonts"))
def test_pr62_widths_are_the_programs(file: Written) -> None:
    for key, codes in drawn(file).items():
        descendant = file.fonts[key].DescendantFonts[0]
        font = program_of(descendant)
        glyphs, upem = font.getGlyphOrder(), font["head"].unitsPerEm
        widths = columns(descendant.W, 1)
        for code in codes:
            wanted = font["hmtx"][glyphs[code]][0] * 1000 / upem
            assert widths.get(code, [float(descendant.DW)])[0] == pytest.approx(wanted, abs=1)


@clause("PR-62", fault=in_font("Encoding", Name("/Identity-V")))
def test_pr62_vertical_fonts_have_vertical_measures(file: Written) -> None:
    for font in file.fonts.values():
        if font.Encoding == "/Identity-V":
            assert {"/DW2", "/W2"} <= set(font.DescendantFonts[0].keys())


@clause("PR-63", fault=painting("BT /F0 9 Tf 0 0 0 1 k 1 0 0 1 300 300 Tm <0000> Tj ET"))
def test_pr63_every_code_drawn_has_a_glyph_and_none_is_notdef(file: Written) -> None:
    for key, codes in drawn(file).items():
        assert 0 not in codes
        assert max(codes) < len(program_of(file.fonts[key].DescendantFonts[0]).getGlyphOrder())


@clause(
    "PR-64",
    fault=in_font("CIDSystemInfo", Dictionary(Registry="Adobe", Ordering="GB1", Supplement=5), "DescendantFonts"),
)
def test_pr64_composite_fonts_are_put_together_rightly(file: Written) -> None:
    for font in file.fonts.values():
        assert len(font.DescendantFonts) == 1
        about = font.DescendantFonts[0].CIDSystemInfo
        assert (str(about.Registry), str(about.Ordering), int(about.Supplement)) == ("Adobe", "Identity", 0)
        assert str(font.Encoding) in ("/Identity-H", "/Identity-V")


@clause("PR-65", fault=in_font("CIDToGIDMap", None, "DescendantFonts"))
def test_pr65_true_type_has_its_map_of_codes_to_glyphs(file: Written) -> None:
    assert all(one.CIDToGIDMap == "/Identity" for one in descendants(file).values())


@clause("PR-66", fault=in_font("CIDSet", None, "DescendantFonts", "FontDescriptor"))
def test_pr66_only_x_1a_tells_the_codes_of_a_program_and_rightly(file: Written) -> None:
    for descendant in descendants(file).values():
        assert ("/CIDSet" in descendant.FontDescriptor) == file.old
        if file.old:
            count = len(program_of(descendant).getGlyphOrder())
            bits = "".join(f"{byte:08b}" for byte in descendant.FontDescriptor.CIDSet.read_bytes())
            assert bits == ("1" * count).ljust(len(bits), "0")
            assert len(bits) - count < 8


@clause("PR-67", fault=other_texts)
def test_pr67_every_glyph_drawn_has_its_text(file: Written) -> None:
    for key, codes in drawn(file).items():
        texts = mapped(file.fonts[key])
        assert all(texts.get(code) for code in codes)


def test_pr68_the_outline_under_a_code_is_that_of_its_character() -> None:
    """Of the face's own glyph for the character, or of a form that the face's GSUB gives for it."""
    file = samples()[0]
    checked = 0
    for key, codes in drawn(file).items():
        font = file.fonts[key]
        name = str(font.BaseFont).partition("+")[2]
        (path,) = FONTS.glob(f"*/{name}.ttf")
        face, subset, texts = whole_face(path), program_of(font.DescendantFonts[0]), mapped(font)
        cmap, order = face.getBestCmap(), subset.getGlyphOrder()
        for code in sorted(codes)[::7]:
            if len(texts[code]) == 1 and texts[code] in map(chr, cmap):
                mine = outline(subset, order[code])
                assert any(outline(face, one) == mine for one in forms(face, cmap[ord(texts[code])])), texts[code]
                checked += 1
    assert checked > 100


def outline(font: TTFont, glyph: str) -> object:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.value


@cache
def whole_face(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


def forms(face: TTFont, glyph: str) -> list[str]:
    """The glyph and what single substitutions make of it."""
    found = [glyph]
    for lookup in face["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            if inner.LookupType == 1 and glyph in inner.mapping:
                found.append(inner.mapping[glyph])
    return found


@clause("PR-69", fault=in_font("BaseFont", Name("/NotoSerifSC-Regular")))
def test_pr69_names_bear_a_tag_and_agree(file: Written) -> None:
    tags = {}
    for key, font in file.fonts.items():
        descendant = font.DescendantFonts[0]
        names = {str(font.BaseFont), str(descendant.BaseFont), str(descendant.FontDescriptor.FontName)}
        assert len(names) == 1, names
        tag, plus, _ = names.pop()[1:].partition("+")
        assert plus
        assert re.fullmatch("[A-Z]{6}", tag)
        tags[key] = (tag, descendant.objgen)
    assert len({tag for tag, _ in tags.values()}) == len({program for _, program in tags.values()})


@clause("PR-72", fault=painting("BT /F0 9 Tf 0 0 0 1 k 1 0 0.3 1 300 300 Tm <0001> Tj ET"))
def test_pr72_no_style_is_false(file: Written) -> None:
    for one in file.painted:
        if one.kind == "text":
            assert one.matrix[:4] in ((1, 0, 0, 1), (0, -1, 1, 0))
            assert 80 <= one.width <= 120


@clause("PR-78", fault=an_unclean_text)
def test_pr78_characters_are_clean(file: Written) -> None:
    for font in file.fonts.values():
        for text in mapped(font).values():
            for c in text:
                assert unicodedata.category(c) not in ("Co", "Cn", "Cc", "Cs"), f"U+{ord(c):04X}"
                assert c != "\ufffd"
                assert not "\uf900" <= c <= "\ufaff"


@clause("PR-80", fault=a_smaller_image())
def test_pr80_pictures_have_their_resolution(file: Written) -> None:
    for one in file.painted:
        if one.kind == "image":
            image = file.page.Resources.XObject[one.name]
            across = int(image.Width) / (one.matrix[0] / 72)
            down = int(image.Height) / (one.matrix[3] / 72)
            assert min(across, down) >= 150
            assert max(across, down) <= 4 * 300 + 5  # line art


@clause("PR-82", fault=in_image("Height", 1))
def test_pr82_pictures_decode_to_what_they_declare(file: Written) -> None:
    for image in file.page.Resources.get("/XObject", {}).values():
        assert image.BitsPerComponent == 8
        bands = {"/DeviceGray": 1, "/DeviceCMYK": 4}[str(image.ColorSpace)]
        if image.Filter == "/DCTDecode":
            with Image.open(BytesIO(image.read_raw_bytes())) as picture:
                picture.load()
                assert (*picture.size, len(picture.getbands())) == (image.Width, image.Height, bands)
                assert "exif" not in picture.info
                assert "icc_profile" not in picture.info
                inverted = "adobe" in picture.info and bands == 4
            assert [int(one) for one in image.get("/Decode", [])] == ([1, 0] * 4 if inverted else [])
        else:
            assert len(image.read_bytes()) == int(image.Width) * int(image.Height) * bands


@clause("PR-82", fault=in_image("SMask", Dictionary()))
def test_pr82_a_picture_has_nothing_beside_its_data(file: Written) -> None:
    known = {
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Decode",
        "/Filter",
        "/Length",
    }
    for image in file.page.Resources.get("/XObject", {}).values():
        assert set(image.keys()) <= known


def test_pr83_no_page_is_larger_than_twenty_megabytes() -> None:
    assert max(len(file.data) for file in samples()) <= 20_000_000


@clause("PR-85", fault=painting("/Sh0 sh"))
def test_pr85_the_content_holds_known_operators_in_balance(file: Written) -> None:
    depth = {"q": 0, "BT": 0, "BMC": 0}
    opens, closes = {"q": "q", "BT": "BT", "BMC": "BMC", "BDC": "BMC"}, {"Q": "q", "ET": "BT", "EMC": "BMC"}
    for _, operator in pikepdf.parse_content_stream(file.pdf.pages[0]):
        word = str(operator)
        assert word in OPERATORS
        if word in opens:
            depth[opens[word]] += 1
        elif word in closes:
            depth[closes[word]] -= 1
        assert min(depth.values()) >= 0
        assert depth["q"] <= 28
        assert depth["BT"] <= 1
    assert set(depth.values()) == {0}


@clause("PR-85", fault=painting("/Im77 Do"))
def test_pr85_every_resource_is_there(file: Written) -> None:
    resources = file.page.Resources
    for one in file.painted:
        if one.kind == "image":
            assert one.name in resources.XObject
        if one.kind == "text":
            assert one.font in resources.Font


@clause("PR-86", fault=painting("300.1234567 300 1 1 re f"))
def test_pr86_numbers_in_the_content_have_five_decimals_at_most(file: Written) -> None:
    content = file.page.Contents.read_bytes().decode("ascii")
    assert not re.search(r"\.\d{6}", content)
    assert max(map(len, re.findall(r"<([0-9a-fA-F]*)>", content))) <= 2 * 32_767


@pytest.mark.parametrize("profile", PROFILES)
def test_pr87_ghostscript_makes_plates_of_a_page_in_silence(profile: str, tmp_path: Path) -> None:
    tool = shutil.which("gs")
    if tool is None:
        pytest.skip("Ghostscript is not installed")
    file = next(one for one in samples() if one.profile == profile)
    (tmp_path / "page.pdf").write_bytes(file.data)
    done = subprocess.run(
        [
            tool,
            "-q",
            "-dNOPAUSE",
            "-dBATCH",
            "-dSAFER",
            "-sDEVICE=tiffsep",
            "-r36",
            "-sOutputFile=page.tif",
            "page.pdf",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    plates = {path.name.partition("(")[2].rstrip(").tif") for path in tmp_path.glob("page(*.tif")}
    assert plates == {"Cyan", "Magenta", "Yellow", "Black"}


def test_no_font_of_another_kind_is_in_any_file() -> None:
    for file in samples():
        assert not {"/Type1", "/Type3", "/TrueType", "/MMType1", "/OpenType"} & names_in(file.pdf)
