"""A content stream is read as any reader reads it, whatever bytes stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.adverts.limits import BeyondLimitError
from layout_engine.adverts.tokens import operations


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b"1 0 0 1 5 -.5 cm", [("cm", [1, 0, 0, 1, 5, -0.5])]),
        (b"/Im1 Do%comment\nq", [("Do", ["/Im1"]), ("q", [])]),
        (b"[(a\\)b(c)d) -20 <0a>] TJ", [("TJ", [[b"a\\)b(c)d", -20, b"<0a>"]])]),
        (b"/OC /MC0 BDC", [("BDC", ["/OC", "/MC0"])]),
        (b"/Span<</ActualText(x)/A[1 2]>>BDC", [("BDC", ["/Span", {"/ActualText": b"x", "/A": [1, 2]}])]),
        (b"true false null x", [("x", [True, False, None])]),
        (b"--5 1.2.3 1e999 w", [("w", [0, 0, 0])]),
        (b"BI /W 2/H 2/BPC 8 ID \x00EI\xff\nEI Q", [("BI", [{"/W": 2, "/H": 2, "/BPC": 8}]), ("Q", [])]),
        (b"BI /W 2 ID \x00\x01", [("BI", [{"/W": 2}])]),
        (b"(never closed", []),
        (b"] >> ) } f", [("f", [])]),
        (b"", []),
    ],
)
def test_operators_come_with_their_operands(data: bytes, read: list[tuple[str, list[object]]]) -> None:
    assert list(operations(data)) == read


@given(st.binary(max_size=400))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    assert len(list(operations(data))) <= len(data)


@given(st.lists(st.sampled_from([b"q", b"Q", b"(", b")", b"[", b"]", b"<<", b">>", b"BI", b"ID", b"EI", b"/N", b"1"])))
def test_signs_in_any_order_are_read_to_their_end(signs: list[bytes]) -> None:
    assert len(list(operations(b" ".join(signs)))) <= len(signs)


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(BeyondLimitError):
        list(operations(b"[<<" * 1000))
