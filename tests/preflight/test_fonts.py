"""PR-60 to PR-70: fonts. Each fault is found in what the file says, in the program, and between the two."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, String

from tests.pdfx.clause import Fault
from tests.pdfx.faults import a_shorter_program, in_font, other_texts
from tests.preflight.bad import Case, codes, only, painting, spoiled

PROGRAM = ("DescendantFonts", "FontDescriptor")
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def _pen(pen: Any) -> Any:
    for at, point in enumerate(((100, 0), (600, 0), (600, 700), (100, 700))):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    return pen


def a_truetype(fs_type: int = 0, advance: int = 700) -> bytes:
    """A font of `.notdef`, a space and an A."""
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "space", "A"])
    build.setupCharacterMap({32: "space", 65: "A"})
    drawn = _pen(TTGlyphPen(None)).glyph()
    build.setupGlyf({".notdef": drawn, "space": TTGlyphPen(None).glyph(), "A": drawn})
    build.setupHorizontalMetrics({".notdef": (500, 0), "space": (250, 0), "A": (advance, 100)})
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"})
    build.setupOS2(fsType=fs_type)
    build.setupPost()
    return _saved(build)


def a_cff() -> bytes:
    """The bare CFF of such a font."""
    build = FontBuilder(1000, isTTF=False)
    build.setupGlyphOrder([".notdef", "space", "A"])
    build.setupCharacterMap({32: "space", 65: "A"})
    drawn = {name: _pen(T2CharStringPen(width, {})).getCharString() for name, width in ((".notdef", 500), ("A", 700))}
    empty = T2CharStringPen(250, {}).getCharString()
    build.setupCFF("Made-Regular", {}, {**drawn, "space": empty}, {})
    build.setupHorizontalMetrics({".notdef": (500, 0), "space": (250, 0), "A": (700, 100)})
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({})
    build.setupOS2()
    build.setupPost()
    made: bytes = build.font.getTableData("CFF ")
    return made


def _saved(build: FontBuilder) -> bytes:
    out = BytesIO()
    build.save(out)
    return out.getvalue()


def a_descriptor(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    about = {
        "Type": Name.FontDescriptor, "FontName": Name("/Made-Regular"), "Flags": 32,
        "FontBBox": Array([0, -200, 1000, 800]),
        "ItalicAngle": 0, "Ascent": 800, "Descent": -200, "CapHeight": 700, "StemV": 80, **entries,
    }  # fmt: skip
    return pdf.make_indirect(Dictionary(**about))


def simple(program: bytes, key: str = "FontFile2", subtype: str = "TrueType", **entries: Any) -> Callable[..., Any]:
    """A simple font with this program."""

    def make(pdf: pikepdf.Pdf) -> Any:
        about = {"Length1": len(program)} if key == "FontFile2" else {"Subtype": Name.Type1C}
        stream = pdf.make_indirect(pdf.make_stream(program, **about))
        font = {
            "Type": Name.Font, "Subtype": Name(f"/{subtype}"), "BaseFont": Name("/Made-Regular"), "FirstChar": 32,
            "LastChar": 65, "Widths": Array([250] + [0] * 32 + [700]), "Encoding": Name.WinAnsiEncoding,
            "FontDescriptor": a_descriptor(pdf, **{key: stream}), **entries,
        }  # fmt: skip
        return pdf.make_indirect(Dictionary(**font))

    return make


def showing(font: Callable[..., Any], words: str = "(A A)") -> Fault:
    return painting(f"0 0 0 1 k BT /F9 20 Tf 1 0 0 1 300 300 Tm {words} Tj ET", Font={"F9": font})


def another_program(data: bytes) -> Fault:
    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        font.DescendantFonts[0].FontDescriptor.FontFile2.write(data)

    return plant


def a_cid_set(change: int) -> Fault:
    """The CIDSet of a font with one bit turned."""

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        descriptor = font.DescendantFonts[0].FontDescriptor
        bits = bytearray(descriptor.CIDSet.read_bytes())
        bits[0] ^= change
        descriptor.CIDSet = pdf.make_stream(bytes(bits))

    return plant


def a_written_cid_set(pdf: pikepdf.Pdf) -> None:
    font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
    font.DescendantFonts[0].FontDescriptor.CIDSet = pdf.make_stream(b"\xff")


def no_descriptor_key(key: str) -> Fault:
    return in_font(key, None, *PROGRAM)


CASES = {
    "not embedded": Case("font-missing", painting("", Font={"F9": HELVETICA})),
    "embedded": Case("font-missing", showing(lambda _: HELVETICA), showing(simple(a_truetype()))),
    "invisible and not embedded": Case("font-missing", showing(lambda _: HELVETICA, "3 Tr (A)")),
    "Type 3": Case("type3", painting("", Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.Type3)})),
    "a program cut off": Case("font-broken", a_shorter_program),
    "a program that is none": Case("font-broken", another_program(b"none")),
    "a program without its glyphs": Case("font-broken", another_program(b"\0\1\0\0" + bytes(8))),
    "CFF where TrueType is said": Case("font-kind", showing(simple(a_cff(), "FontFile3", "TrueType"))),
    "a descriptor without its stems": Case("descriptor", no_descriptor_key("StemV")),
    "symbolic and not": Case("font-flags", in_font("Flags", 36, *PROGRAM), in_font("Flags", 32, *PROGRAM)),
    "false widths": Case("widths", in_font("W", Array([1, Array([777])]), "DescendantFonts")),
    "widths of a range": Case(
        "widths",
        in_font("W", Array([0, 9, 990]), "DescendantFonts"),
        in_font("W", Array([0, 9, 1000]), "DescendantFonts"),
    ),
    "false widths of a simple font": Case(
        "widths", showing(simple(a_truetype(advance=720))), showing(simple(a_truetype()))
    ),
    "the missing glyph": Case(
        "notdef",
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm <0000> Tj ET"),
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm <0001> Tj ET"),
    ),
    "the missing glyph, not painted": Case("notdef", painting("BT 3 Tr /F0 20 Tf 1 0 0 1 300 300 Tm <0000> Tj ET")),
    "a letter that the font lacks": Case(
        "notdef", showing(simple(a_truetype()), "(AB)"), showing(simple(a_truetype()))
    ),
    "a letter that a CFF lacks": Case(
        "notdef",
        showing(simple(a_cff(), "FontFile3", "Type1"), "(AB)"),
        showing(simple(a_cff(), "FontFile3", "Type1")),
    ),
    "a glyph past the last": Case("no-glyph", painting("BT /F0 20 Tf 1 0 0 1 300 300 Tm <0FFF> Tj ET")),
    "two descendants": Case("composite-font", lambda pdf: _two(pdf)),
    "characters of no collection": Case(
        "composite-font", in_font("CIDSystemInfo", Dictionary(Registry=String("Adobe")), "DescendantFonts")
    ),
    "two names": Case("composite-font", in_font("BaseFont", Name("/Another"))),
    "no map to glyphs": Case("cid-to-gid", in_font("CIDToGIDMap", None, "DescendantFonts")),
    "a wrong CIDSet": Case("cid-set", a_cid_set(0x20), standard="X1a"),
    "no CIDSet": Case("cid-set-missing", in_font("CIDSet", None, *PROGRAM), standard="X1a"),
    "a CIDSet in X-4": Case("cid-set-written", a_written_cid_set),
    "no text": Case("no-text", in_font("ToUnicode", None)),
    "a glyph without text": Case("glyph-without-text", other_texts),
    "another name in the descriptor": Case("font-names", in_font("FontName", Name("/ABCDEF+Another"), *PROGRAM)),
    "restricted": Case("font-licence", showing(simple(a_truetype(fs_type=2))), showing(simple(a_truetype(fs_type=4)))),
    "bitmaps only": Case("font-licence", showing(simple(a_truetype(fs_type=0x200)))),
    "a subset that may not be one": Case(
        "font-licence",
        showing(simple(a_truetype(fs_type=0x100), BaseFont=Name("/ABCDEF+Made-Regular"))),
        showing(simple(a_truetype(fs_type=0x100))),
    ),
}


def _two(pdf: pikepdf.Pdf) -> None:
    font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
    font.DescendantFonts.append(font.DescendantFonts[0])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_a_font_is_found(case: Case) -> None:
    case.check()


def test_a_cff_is_measured_by_its_outlines() -> None:
    narrow = simple(a_cff(), "FontFile3", "Type1", Widths=Array([250] + [0] * 32 + [650]))
    one = only("widths", spoiled(showing(narrow)))
    assert "650 in the file, 700 in the program" in one.diagnostic.message("en")


def test_a_map_from_cids_to_glyphs_is_followed() -> None:
    """CID 1 leads to glyph 0: `.notdef` is drawn."""

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(2) + bytes(2) + b"\0\2" * 9)

    assert "notdef" in codes(spoiled(plant))


def test_an_embedded_encoding_is_followed() -> None:
    """Code 41 of one byte stands for CID 0."""
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 begincidrange <41> <42> 0 endcidrange"

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        other = pdf.make_indirect(Dictionary(dict(font.items())))
        other.Encoding = pdf.make_stream(cmap, Type=Name.CMap, WMode=0)
        painting("BT /F9 20 Tf 1 0 0 1 300 300 Tm (A) Tj ET", Font={"F9": other})(pdf)

    one = only("notdef", spoiled(plant))
    assert "such as 0041" in one.diagnostic.message("en")


def test_a_font_in_a_large_stream_is_bounded() -> None:
    bomb = zlib.compress(bytes(64 << 20))

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        font.DescendantFonts[0].FontDescriptor.FontFile2.write(bomb, filter=Name.FlateDecode)

    assert "larger than 16 MB" in only("font-broken", spoiled(plant)).diagnostic.message("en")


def test_a_font_named_in_gbk_is_named_in_chinese() -> None:
    """What old Chinese software writes: the name's bytes are GBK."""
    data = spoiled(painting("", Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.SONGTI)}))
    one = only("font-missing", data.replace(b"/SONGTI", b"/#CB#CE#CC#E5"))
    assert "宋体" in one.diagnostic.message("zh")


def test_a_key_that_is_no_text_hides_nothing() -> None:
    data = spoiled(lambda pdf: pdf.Root.__setitem__("/Extra", Dictionary(JS=String("x"), ODDKEY=1)))
    assert "action" in codes(data.replace(b"/ODDKEY", b"/#CB#CE"))
