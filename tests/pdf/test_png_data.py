"""PNG 码流: a file that ends early, however properly, is not printed with a black rest."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layout_engine.base.diagnostics import Findings
from layout_engine.pdf.decode import Target, decode
from layout_engine.pdf.png_data import is_whole

MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: int, interlaced: int = 0) -> bytes:
    """A sound file in all but that it has only so many rows."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes(1 + -(-width * depth * channels // 8))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * rows)) + chunk(b"IEND", b"")


@given(st.sampled_from(MODES), st.integers(1, 40), st.integers(1, 40))
def test_what_another_library_wrote_is_whole(mode: str, width: int, height: int) -> None:
    written = BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG")
    assert is_whole(written.getvalue())


@given(
    st.sampled_from(((1, 0), (8, 0), (16, 0), (8, 2), (16, 2), (4, 3), (8, 4), (8, 6))),
    st.integers(1, 40),
    st.integers(2, 40),
    st.data(),
)
def test_a_row_too_few_is_seen(kind: tuple[int, int], width: int, height: int, data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, height - 1))
    assert is_whole(png(width, height, *kind, rows=height))
    assert not is_whole(png(width, height, *kind, rows=rows))


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (8, 8), (17, 9)])
def test_the_passes_of_an_interlaced_file_are_counted(size: tuple[int, int]) -> None:
    width, height = size
    rows = 0
    for left, top, right, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                                   (0, 1, 1, 2)):  # fmt: skip
        columns = len(range(left, width, right))
        rows += len(range(top, height, down)) * (1 + columns) if columns else 0
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    for missing, whole in ((0, True), (1, False)):
        data = zlib.compress(bytes(rows - missing))
        file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
        assert is_whole(file) is whole


def test_a_file_that_ends_early_and_properly_is_told_and_not_printed() -> None:
    found = Findings()
    assert decode(png(60, 40, 8, 2, rows=20), Target("short.png", None, (60, 40), None), found) is None
    assert [one.code for one in found.all()] == ["photo/truncated"]
