"""PR-85, PR-86: clean content streams."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from layout_engine.preflight.lexer import Lexer, Operation
from tests.preflight.bad import Case, a_form, codes, only, painting, spoiled


def _loop(pdf: pikepdf.Pdf) -> Any:
    form = a_form("/F9 Do")(pdf)
    form.Resources = Dictionary(XObject=Dictionary(F9=form))
    return form


CASES = {
    "an operator that nobody knows": Case("unknown-operator", painting("12 xyz")),
    "one behind a compatibility mark": Case("unknown-operator", painting("BX 12 xyz EX"), painting("BX EX")),
    "PostScript": Case("unknown-operator", painting("300 300 moveto")),
    "q without Q": Case("unbalanced", painting("q"), painting("q Q")),
    "Q without q": Case("unbalanced", painting("Q"), painting("q q Q Q")),
    "BT without ET": Case("unbalanced", painting("BT"), painting("BT ET")),
    "text in text": Case("unbalanced", painting("BT BT ET ET")),
    "text outside": Case("unbalanced", painting("/F0 9 Tf <0001> Tj")),
    "a mark left open": Case("unbalanced", painting("/A BMC"), painting("/A BMC EMC")),
    "a mark that was never opened": Case("unbalanced", painting("EMC")),
    "q in a form without Q": Case("unbalanced", painting("/F9 Do", XObject={"F9": a_form("q")})),
    "no such font": Case("resource-missing", painting("BT /F99 9 Tf ET")),
    "no such picture": Case("resource-missing", painting("/Im99 Do")),
    "no such state": Case("resource-missing", painting("/Gs99 gs")),
    "no such space": Case("resource-missing", painting("/Cs99 cs")),
    "no such shading": Case("resource-missing", painting("/Sh99 sh")),
    "operands missing": Case("syntax", painting("1 2 cm"), painting("1 0 0 1 0 0 cm")),
    "operands of another kind": Case("syntax", painting("(a) w")),
    "operands alone": Case("syntax", painting("1 2 3")),
    "a string without its end": Case("syntax", painting("BT (abc ET")),
    "q too deep": Case("limit", painting("q " * 29 + "Q " * 29), painting("q " * 28 + "Q " * 28)),
    "a long string": Case(
        "limit", painting(f"BT /F0 9 Tf <{'0001' * 16_384}> Tj ET"), painting(f"BT /F0 9 Tf <{'0001' * 1_000}> Tj ET")
    ),
    "a long name": Case("limit", painting(f"/{'a' * 128} BMC EMC"), painting(f"/{'a' * 127} BMC EMC")),
    "a long array in X-1a": Case(
        "limit", painting(f"BT /F0 9 Tf [{'0 ' * 8_192}] TJ ET"), painting(f"BT /F0 9 Tf [{'0 ' * 8_191}] TJ ET"), "X1a"
    ),
    "decimals without end": Case("decimals", painting("1.123456 w"), painting("1.12345 w")),
    "a form that draws itself": Case("content-loop", painting("/F9 Do", XObject={"F9": _loop})),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_the_content_is_found(case: Case) -> None:
    case.check()


def test_the_operator_is_named() -> None:
    assert '"xyz"' in only("unknown-operator", spoiled(painting("12 xyz"))).diagnostic.message("en")


def test_content_in_pieces_is_one_content() -> None:
    """An array of streams counts as one: q in the first and Q in the last are a pair."""

    def split(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        parts = (b"q", page.Contents.read_bytes(), b"Q")
        page.Contents = Array([pdf.make_indirect(pdf.make_stream(part)) for part in parts])

    assert codes(spoiled(split)) == ["identifier-changed"]


def read(data: bytes) -> list[Operation]:
    return list(Lexer(data).operations())


@pytest.mark.parametrize(
    ("written", "operands"),
    [
        (b"1 -2 +3 .5 -.5 4. Tj", [1.0, -2.0, 3.0, 0.5, -0.5, 4.0]),
        (b"(a(b)c) Tj", [b"a(b)c"]),
        (rb"(\101\12\n\)\\\8) Tj", [b"A\n\n)\\8"]),
        (b"(a\\\nb\rc\r\nd) Tj", [b"ab\nc\nd"]),
        (b"<4 1 4> Tj", [b"A@"]),
        (b"/A#20B /C Tj", ["A B", "C"]),
        (b"[1[2(x)]<41>]Tj", [[1.0, [2.0, b"x"], b"A"]]),
        (b"<</A 1/B[2]/C<</D(x)>>>> Tj", [{"A": 1.0, "B": [2.0], "C": {"D": b"x"}}]),
        (b"true false null Tj", [True, False, None]),
        (b"1 % a comment ( [\n2 Tj", [1.0, 2.0]),
        (b"1(a)2/B<41>Tj", [1.0, b"a", 2.0, "B", b"A"]),
    ],
)
def test_operands_are_read_as_written(written: bytes, operands: list[object]) -> None:
    assert read(written) == [("Tj", operands)]


def test_the_data_of_an_inline_picture_is_passed_over() -> None:
    assert read(b"BI /W 2 /H 2 ID ) ] EIx >> EI Q") == [("BI", [{"W": 2.0, "H": 2.0}]), ("Q", [])]


@pytest.mark.parametrize("data", [b")", b"]", b">>", b"(", b"[", b"<<", b"<", b"{1}", b"BI", b"[" * 500, b"<<" * 500])
def test_what_is_no_content_is_told_and_ends(data: bytes) -> None:
    lexer = Lexer(data)
    list(lexer.operations())
    assert lexer.broken or lexer.unfinished
