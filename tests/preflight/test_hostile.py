"""Files that mean harm: whatever they hold, there is a report, within bounds of time and memory, and no traceback."""

import random
import tracemalloc
import zlib
from time import process_time
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from layout_engine.preflight import inspect_file
from layout_engine.preflight.cmaps import read_cmap
from layout_engine.preflight.inspect_file import preflight
from tests.pdfx.clause import Fault
from tests.pdfx.faults import in_catalog, on_page
from tests.preflight.bad import PROFILES, a_form, codes, found, painting, sound, spoiled

SECONDS = 5.0
MEGABYTES = 200


def content(data: bytes, **entries: Any) -> Fault:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(data, **entries)

    return plant


def a_tower(depth: int, times: int) -> Fault:
    """Forms in forms: each draws the next so many times."""

    def plant(pdf: pikepdf.Pdf) -> None:
        form = a_form("0 0 1 1 re f")(pdf)
        for _ in range(depth):
            inner = form
            form = a_form("/F Do " * times, Resources=Dictionary(XObject=Dictionary(F=inner)))(pdf)
        painting("/F9 Do", XObject={"F9": form})(pdf)

    return plant


def a_deep_array(pdf: pikepdf.Pdf) -> None:
    deep = Array([])
    for _ in range(300):
        deep = Array([deep])
    pdf.Root.Extra = deep


def a_page_loop(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Parent = pdf.Root.Pages
    del pdf.pages[0].obj[Name.Resources]


HOSTILE = {
    "a bomb of content": content(zlib.compress(bytes(64 << 20)), Filter=Name.FlateDecode),
    "a bomb in a bomb": content(
        zlib.compress(zlib.compress(bytes(64 << 20))), Filter=Array([Name.FlateDecode, Name.FlateDecode])
    ),
    "a bomb of runs": content(b"\x81a" * 500_000, Filter=Name.RunLengthDecode),
    "a bomb with a predictor": content(
        zlib.compress(bytes(64 << 20)), Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=12, Columns=4)
    ),
    "ten to the ninth forms": a_tower(9, 10),
    "forms too deep": a_tower(60, 1),
    "arrays too deep": a_deep_array,
    "brackets too deep": content(b"[" * 100_000),
    "parentheses without end": content(b"(" * 100_000),
    "states without end": content(b"q " * 20_000),
    "operands without end": content(b"1 " * 200_000),
    "a loop of parents": a_page_loop,
    "no resources": on_page("Resources", None),
    "resources of another kind": on_page("Resources", Array([1, 2])),
    "content of another kind": on_page("Contents", Array([1, Name.a, Dictionary()])),
    "boxes of another kind": on_page("TrimBox", Array([Name.a, Name.b, Name.c, Name.d])),
    "annotations of another kind": on_page("Annots", Array([1, Name.a, Dictionary(AP=3, Rect=3)])),
    "intents of another kind": in_catalog("OutputIntents", Array([1, Dictionary(S=Name.GTS_PDFX, Info=3)])),
    "a font of another kind": painting("BT /F9 9 Tf (a) Tj ET", Font={"F9": Array([])}),
    "a font of nothing": painting("BT /F9 9 Tf (a) Tj ET", Font={"F9": Dictionary()}),
    "a font that is all wrong": painting(
        "BT /F9 9 Tf (a) Tj ET",
        Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([Dictionary(
            W=Array([1, 2, Name.a, Array([Name.a])]), W2=Array([1, 900_000_000, 1, 1, 1]), DW2=3)]), ToUnicode=4)},
    ),
    "widths without end": painting(
        "BT /F9 9 Tf (a) Tj ET",
        Font={"F9": Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([Dictionary(
            W=Array([0, 900_000_000, 1]))]))},
    ),
    "spaces of another kind": painting(
        "/Cs9 cs /Cs8 cs /Cs7 cs /Cs6 cs",
        ColorSpace={"Cs9": Array([Name.ICCBased]), "Cs8": Array([Name.Separation, 1, 2]), "Cs7": Array([]),
                    "Cs6": Array([Name.Indexed, Array([Name.Indexed, Name.DeviceN])])},
    ),
    "letters all in one place": painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm " + "<0001> Tj " * 9_000 + "ET"),
    "letters as large as the page": painting("0 0 0 1 k BT /F0 900 Tf " + "1 0 0 1 9 9 Tm <0001> Tj " * 9_000 + "ET"),
    "panels over type without end": painting(
        "0 0 0 1 k " + "BT /F0 9 Tf 1 0 0 1 300 300 Tm <0001> Tj ET 0 1 0 0 k 9 9 9 9 re f " * 5_000
    ),
    "numbers beyond reason": painting("1e9 0 0 1 0 0 cm 99999999999999999999999 0 m 9e99 w 1 1 l S"),
    "a matrix of nothing": painting("q 0 0 0 0 0 0 cm 0 0 9 9 re f BT /F0 9 Tf <0001> Tj ET Q"),
}  # fmt: skip


@pytest.mark.parametrize("fault", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_reported_in_time(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_file, "MAX_OPERATORS", 100_000)
    data = spoiled(fault)
    begin = process_time()
    assert codes(data)
    assert process_time() - begin < SECONDS


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if name.startswith(("a bomb", "states", "operands", "widths"))]
)
def test_a_hostile_file_takes_no_memory(name: str) -> None:
    data = spoiled(HOSTILE[name])
    tracemalloc.start()
    codes(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEGABYTES << 20


def test_what_was_not_checked_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_file, "MAX_OPERATORS", 10_000)
    assert "too-much" in codes(spoiled(a_tower(9, 10)))
    assert "content-deep" in codes(spoiled(a_tower(60, 1)))
    assert "content-large" in codes(spoiled(HOSTILE["a bomb of content"]))


def test_too_many_objects_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.preflight.document.MAX_OBJECTS", 5)
    assert "too-much" in codes(sound())


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.6", b"\0" * 100, b"%PDF-1.6\n1 0 obj\n<<", b"%PDF-1.6\ntrailer<<>>\n%%EOF"]
)
def test_what_is_no_pdf_is_one_finding(data: bytes) -> None:
    assert codes(data) == ["unreadable"]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_reported(seed: int) -> None:
    """Bytes changed, taken out, put in: at places drawn by a fixed seed."""
    chance = random.Random(seed)
    data = bytearray(sound("X1a" if seed % 2 else "X4"))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case _:
                data[at:at] = chance.choice((b"<<", b">>", b"[", b"]", b"/A", b" 0 R ", b"obj", b"null", b"-1", b"("))
    assert preflight(bytes(data), PROFILES["X4"]).value is not None


OPERATORS = "q Q cm gs w m l c re f S B n W BT ET Tf Td Tm Tj TJ ' Tr Tz Tc cs scn k g rg sh Do BI EI BMC EMC BDC d0"
OPERANDS = "/F0 /Over /Im0 /Cs /A 0 1 -1 9 0.5 300 99999999 (a) <0001> <00> [ ] << >> [<0001>5] true"
WORDS = st.sampled_from([*OPERATORS.split(), *OPERANDS.split()])


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60))
def test_any_content_is_reported(words: list[str]) -> None:
    assert found(spoiled(content(" ".join(words).encode()))) is not None


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_as_content_are_reported(data: bytes) -> None:
    assert found(spoiled(content(data))) is not None


def test_fonts_without_end_take_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.preflight.interpreter.MAX_FONT_BYTES", 1000)
    assert "font-broken" in codes(sound())


def test_a_name_among_the_strings_of_a_line_is_a_fault_of_its_operator() -> None:
    assert "syntax" in codes(spoiled(painting("BT /F0 9 Tf [(a) /Name] TJ ET")))


def test_a_vertical_tab_within_the_digits_of_a_cmap_is_passed_over() -> None:
    assert read_cmap(b"1 beginbfchar <00\x0b41> <0\x0b042> endbfchar").texts == {0x41: "B"}


def test_a_zone_that_is_none_and_a_key_that_is_no_text_are_told() -> None:
    """What random changes of bytes brought to light: neither may end the check."""
    data = sound().replace(b"+08'00'", b"+88'00'")
    assert "date" in codes(data)
    spoilt = spoiled(lambda pdf: pdf.trailer.Info.__setitem__("/Trapped", Name.ODDKEY))
    assert "trapped" in codes(spoilt.replace(b"/ODDKEY", b"/#CB#CE"))
    assert "trapped" in codes(spoiled(lambda pdf: pdf.trailer.Info.__setitem__("/Trapped", Array([1]))))


def test_what_qpdf_says_aloud_is_a_finding_and_not_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """A page that is no object belongs to no file of qpdf's, so that its fault is not among the file's warnings."""
    data = spoiled().replace(b"/Kids [ ", b"/Kids [ 9")
    assert "mended" in codes(data)
    assert capfd.readouterr().err == ""
