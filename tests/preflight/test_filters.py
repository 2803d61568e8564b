"""What is packed in a stream is read by ourselves, as pikepdf reads it, and within bounds."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Name

from layout_engine.preflight.filters import DamagedError, TooLargeError, unfilter
from tests.preflight.bad import codes, spoiled

MOST = 1 << 20


def undone(data: bytes, *chain: str) -> bytes:
    return b"".join(unfilter(data, chain, MOST))


def lzw(data: bytes) -> bytes:
    """Packed the plain way: codes of 9 to 12 bits, one code early."""
    table = {bytes((one,)): one for one in range(256)}
    codes_written, width, held = [(256, 9)], 9, b""
    count = 258
    for byte in data:
        one = bytes((byte,))
        if held + one in table:
            held += one
            continue
        codes_written.append((table[held], width))
        table[held + one] = count
        count += 1
        width = min(12, max(9, count.bit_length()))
        if count >= 4094:
            codes_written.append((256, width))
            table = {bytes((one,)): one for one in range(256)}
            count, width = 258, 9
        held = one
    if held:
        codes_written.append((table[held], width))
        count += 1
        width = min(12, max(9, count.bit_length()))
    codes_written.append((257, width))
    bits = "".join(f"{code:0{size}b}" for code, size in codes_written)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8)


def by_pikepdf(data: bytes, name: Name) -> bytes:
    """What another library makes of it."""
    with pikepdf.new() as pdf:
        return pdf.make_stream(data, Filter=name).read_bytes()


@given(st.binary(max_size=3000))
def test_lzw_is_read_as_another_library_reads_it(data: bytes) -> None:
    packed = lzw(data)
    assert undone(packed, "LZWDecode") == data
    assert by_pikepdf(packed, Name.LZWDecode) == data


def test_long_lzw_runs_over_its_table() -> None:
    data = bytes(range(256)) * 60 + b"abcabcabd" * 900
    assert undone(lzw(data), "LZWDecode") == data


@pytest.mark.parametrize(
    ("packed", "name", "data"),
    [
        (b'<~87cURD]i,"Ebo7~>'.lstrip(b"<~"), "ASCII85Decode", b"Hello World"),
        (b"48 65\n6C 6c 6>", "ASCIIHexDecode", b"Hell`"),
        (b"\x02abc\xfed\x80rest", "RunLengthDecode", b"abcddd"),
        (zlib.compress(b"abc" * 99), "FlateDecode", b"abc" * 99),
    ],
)
def test_a_filter_is_undone(packed: bytes, name: str, data: bytes) -> None:
    assert undone(packed, name) == data


def test_filters_are_undone_in_their_order() -> None:
    packed = zlib.compress(b"abc" * 99).hex().encode() + b">"
    assert undone(packed, "ASCIIHexDecode", "FlateDecode") == b"abc" * 99


@pytest.mark.parametrize("name", ["FlateDecode", "RunLengthDecode", "LZWDecode"])
def test_a_bomb_is_stopped(name: str) -> None:
    bombs = {"FlateDecode": zlib.compress(bytes(8 << 20)), "RunLengthDecode": b"\x81a" * 60_000,
             "LZWDecode": lzw(bytes(2 << 20))}  # fmt: skip
    with pytest.raises(TooLargeError):
        undone(bombs[name], name)


DAMAGED = [
    (b"x", "FlateDecode"),
    (b"zz", "ASCIIHexDecode"),
    (b"\xff", "ASCII85Decode"),
    (b"\x80\x7f\xff", "LZWDecode"),
    (b"x", "DCTDecode"),
]


@pytest.mark.parametrize(("data", "name"), DAMAGED)
def test_what_is_damaged_is_told(data: bytes, name: str) -> None:
    with pytest.raises(DamagedError):
        undone(data, name)


def test_content_behind_lzw_and_ascii_is_checked_all_the_same() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(
            lzw(b"1 0 0 rg 300 300 9 9 re f").hex().encode() + b">", Filter=Array([Name.ASCIIHexDecode, Name.LZWDecode])
        )

    data = spoiled(plant, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/LZWDecode" in str(pdf.pages[0].obj.Contents.Filter)
    assert {"rgb", "filter"} <= set(codes(data))
