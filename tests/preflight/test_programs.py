"""PR-61, PR-62, PR-68: Type 1 programs, vertical measures, and what glyphs read as, against the program."""

from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.programs import Cff, open_program
from layout_engine.preflight.type1 import Type1
from layout_engine.preflight.vertical import VerticalMeasures
from tests.pdf.made_faces import a_vertical_face
from tests.pdfx.clause import Fault
from tests.preflight.bad import Case, codes, only, painting, spoiled
from tests.preflight.made_type1 import a_type1, in_hex, in_segments
from tests.preflight.test_fonts import a_descriptor, a_truetype

TOWER = tuple(f"{number + 1} callsubr {number + 1} callsubr return" for number in range(40))


def a_type1_font(program: bytes, **entries: Any) -> Callable[..., Any]:
    """A simple font of the kind Type1 with this program."""

    def make(pdf: pikepdf.Pdf) -> Any:
        stream = pdf.make_indirect(pdf.make_stream(program, Length1=10, Length2=10, Length3=0))
        about = {
            "Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name("/Made-Regular"), "FirstChar": 32,
            "LastChar": 65, "Widths": Array([250] + [0] * 32 + [700]), "Encoding": Name.WinAnsiEncoding,
            "FontDescriptor": a_descriptor(pdf, FontFile=stream), **entries,
        }  # fmt: skip
        return pdf.make_indirect(Dictionary(**about))

    return make


def showing(font: Callable[..., Any], words: str = "(A A)", size: int = 20) -> Fault:
    return painting(f"0 0 0 1 k BT /F9 {size} Tf 1 0 0 1 300 300 Tm {words} Tj ET", Font={"F9": font})


def composite(program: bytes, texts: dict[int, str], *, vertical: bool = False, **entries: Any) -> Callable[..., Any]:
    """A composite font with a TrueType program, whose codes are glyph numbers and read as `texts`."""
    lines = "\n".join(f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items())
    cmap = f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(texts)} beginbfchar {lines} endbfchar"

    def make(pdf: pikepdf.Pdf) -> Any:
        stream = pdf.make_indirect(pdf.make_stream(program, Length1=len(program)))
        descendant = {
            "Type": Name.Font, "Subtype": Name.CIDFontType2, "BaseFont": Name("/Made-Regular"),
            "CIDSystemInfo": Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            "CIDToGIDMap": Name.Identity, "FontDescriptor": a_descriptor(pdf, FontFile2=stream), **entries,
        }  # fmt: skip
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Made-Regular"),
                Encoding=Name("/Identity-V" if vertical else "/Identity-H"),
                DescendantFonts=Array([Dictionary(**descendant)]), ToUnicode=pdf.make_stream(cmap.encode()),
            )
        )  # fmt: skip

    return make


def upright(dw2: list[int], w2: list[Any]) -> Fault:
    """Two glyphs set downward: A drops by 700 and hangs from 810, B by 1000 and from 880."""
    font = composite(
        a_vertical_face(),
        {1: "A", 2: "B"},
        vertical=True,
        DW2=Array(dw2),
        W2=Array(w2),
        W=Array([1, Array([400, 500])]),
    )
    return showing(font, "<00010002>")


def reading(texts: dict[int, str]) -> Fault:
    """The made TrueType face, whose cmap says that glyph 2 is an A."""
    return showing(composite(a_truetype(), texts, W=Array([1, Array([250, 700])])), "<0002>")


def _with_text(text: str) -> Fault:
    """The made Type 1 font, whose code 41 reads as `text`."""

    def plant(pdf: pikepdf.Pdf) -> None:
        cmap = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <{ord(text):04X}> endbfchar"
        showing(a_type1_font(a_type1(), ToUnicode=pdf.make_stream(cmap.encode())), "(A)")(pdf)

    return plant


CASES = {
    "a Type 1 program": Case("font-broken", showing(a_type1_font(b"%!PS none")), showing(a_type1_font(a_type1()))),
    "a Type 1 program of Windows": Case(
        "font-broken", showing(a_type1_font(in_segments(a_type1())[:90])), showing(a_type1_font(in_segments(a_type1())))
    ),
    "a Type 1 program in digits": Case(
        "widths", showing(a_type1_font(in_hex(a_type1(720)))), showing(a_type1_font(in_hex(a_type1())))
    ),
    "TrueType where Type 1 is said": Case(
        "font-broken", showing(a_type1_font(a_truetype())), showing(a_type1_font(a_type1()))
    ),
    "Type 1 where TrueType is said": Case(
        "font-kind",
        showing(a_type1_font(a_type1(), Subtype=Name.TrueType)),
        showing(a_type1_font(a_type1())),
    ),
    "false widths of a Type 1 font": Case(
        "widths", showing(a_type1_font(a_type1(720))), showing(a_type1_font(a_type1(700)))
    ),
    "a letter that a Type 1 font lacks": Case(
        "notdef", showing(a_type1_font(a_type1()), "(AB)"), showing(a_type1_font(a_type1()), "(A)")
    ),
    "another name in a Type 1 font": Case(
        "font-names",
        showing(a_type1_font(a_type1().replace(b"/Made-Regular", b"/Makd-Regular"))),
        showing(a_type1_font(a_type1())),
    ),
    "a Type 1 font that may not be embedded": Case(
        "font-licence", showing(a_type1_font(a_type1(fs_type=2))), showing(a_type1_font(a_type1(fs_type=8)))
    ),
    "a false drop": Case(
        "heights",
        upright([880, -1000], [1, [900, 200, 810]]),
        upright([880, -1000], [1, Array([-700, 200, 810])]),
    ),
    "a false origin": Case(
        "heights",
        upright([880, -1000], [1, Array([-700, 200, 880])]),
        upright([880, -1000], [1, Array([-700, 200, 810])]),
    ),
    "a false drop by default": Case(
        "heights",
        upright([880, -900], [1, Array([-700, 200, 810])]),
        upright([880, -1000], [1, Array([-700, 200, 810])]),
    ),
    "a glyph that reads as another": Case("false-text", reading({2: "B"}), reading({2: "A"})),
    "a glyph that reads as its full width form": Case("false-text", reading({2: "Ｂ"}), reading({2: "Ａ"})),
    "a Type 1 glyph that reads as another": Case("false-text", _with_text("B"), _with_text("A")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_a_program_is_found(case: Case) -> None:
    case.check()


def test_a_false_text_is_told_with_both_characters() -> None:
    assert "it reads as B and shows A" in only("false-text", spoiled(reading({2: "B"}))).diagnostic.message("en")


def test_a_vertical_measure_is_told_with_both_numbers() -> None:
    one = only("heights", spoiled(upright([880, -1000], [1, Array([-700, 200, 880])])))
    assert "such as 0001: 700/880 in the file, 700/810 in the program" in one.diagnostic.message("en")


def test_one_han_outline_reads_as_one_character_in_all_subsets() -> None:
    """The same box as 日 in one font and as 曰 in another of the same name."""
    day, said = composite(_without_cmap(), {2: "日"}), composite(_without_cmap(), {2: "曰"})

    def plant(second: Callable[..., Any]) -> Fault:
        return painting(
            "0 0 0 1 k BT /F8 20 Tf 1 0 0 1 300 300 Tm <0002> Tj /F9 20 Tf 1 0 0 1 300 400 Tm <0002> Tj ET",
            Font={"F8": day, "F9": second},
        )

    assert "two-texts" in codes(spoiled(plant(said)))
    assert "two-texts" not in codes(spoiled(plant(day)))


def _without_cmap() -> bytes:
    font = TTFont(BytesIO(a_truetype()))
    del font["cmap"]
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def test_a_type1_program_is_measured_by_its_charstrings() -> None:
    program = open_program(a_type1(), "FontFile", None)
    assert isinstance(program, Type1)
    gid = program.gids["A"]
    assert (program.advance(gid), program.bounds(gid)) == (700.0, (100.0, 0.0, 600.0, 700.0))
    assert program.glyph_names == (".notdef", "space", "A")
    assert program.outline(gid) != program.outline(program.gids["space"])


def test_origins_of_a_cff_font_come_from_its_own_table() -> None:
    measures = VerticalMeasures(1000, (1000,), (100,))
    assert measures.origin(0, 700.0) == 800.0
    measures.read_origins(b"\0\1\0\0" + (880).to_bytes(2) + (1).to_bytes(2) + (7).to_bytes(2) + (810).to_bytes(2))
    assert (measures.origin(7, 700.0), measures.origin(8, 700.0)) == (810.0, 880.0)


@pytest.mark.parametrize("at", [0, 30, 120, 300, 500])
def test_a_type1_program_cut_off_is_broken_or_read(at: int) -> None:
    try:
        Type1(a_type1()[:at])
    except BrokenFontError:
        return


def test_subroutines_that_call_one_another_without_end_take_no_time() -> None:
    program = Type1(a_type1(outline="0 callsubr endchar", subrs=TOWER))
    begin = process_time()
    assert program.advance(program.gids["A"]) is None
    assert process_time() - begin < 1.0


def test_subroutines_of_a_cff_that_call_one_another_take_no_time() -> None:
    """Forty levels, each of which calls the next twice: 2⁴⁰ calls."""
    begin = process_time()
    program = open_program(_a_cff_tower(), "FontFile3", "Type1C")
    assert isinstance(program, Cff)
    assert program.advance(program.gid_of_cid(1)) is None
    assert process_time() - begin < 1.0


def _a_cff_tower() -> bytes:
    build = FontBuilder(1000, isTTF=False)
    build.setupGlyphOrder([".notdef", "A"])
    build.setupCharacterMap({65: "A"})
    glyphs = {name: T2CharString(program=[-107, "callgsubr", "endchar"]) for name in (".notdef", "A")}
    build.setupCFF("Made-Regular", {}, glyphs, {})
    cff = build.font["CFF "].cff
    for number in range(40):
        call = [number + 1 - 107, "callgsubr"]
        cff.GlobalSubrs.append(T2CharString(program=[*call, *call, "return"]))
    cff.GlobalSubrs.append(T2CharString(program=["return"]))
    build.setupHorizontalMetrics({".notdef": (500, 0), "A": (700, 0)})
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({})
    build.setupOS2()
    build.setupPost()
    build.font.recalcBBoxes = False  # which would run the tower
    made: bytes = build.font["CFF "].compile(build.font)
    return made
