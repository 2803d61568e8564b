"""A PNG as data (PNG 码流): does it hold every row that its head speaks of?

Where the packed data ends early and properly, decoders fill the rest with black and say nothing.
Source: PNG (third edition), 7.2, 8.1 and 11.2.
"""

import zlib
from collections.abc import Iterator
from typing import Final

_START: Final = 8  # the signature
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
# Adam7: first column and row of each pass, and the steps to the next.
_PASSES: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
)  # fmt: skip
_ALL: Final = ((0, 0, 1, 1),)
_PIECE: Final = 1 << 20


def is_whole(png: bytes) -> bool:
    """Whether its data unpacks to as many bytes as its size, depth and colour type ask for. Raises zlib.error."""
    head = next((data for kind, data in _chunks(png) if kind == b"IHDR"), b"")
    if len(head) < 13 or head[9] not in _CHANNELS:
        return False
    wanted = _unpacked_size(head)
    unpacking, got = zlib.decompressobj(), 0
    for data in (data for kind, data in _chunks(png) if kind == b"IDAT"):
        while data and got < wanted and not unpacking.eof:
            got += len(unpacking.decompress(data, _PIECE))
            data = unpacking.unconsumed_tail
        if got >= wanted or unpacking.eof:
            break
    return got + len(unpacking.flush()) >= wanted


def _unpacked_size(head: bytes) -> int:
    width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
    bits = head[8] * _CHANNELS[head[9]]
    size = 0
    for left, top, right, down in _PASSES if head[12] else _ALL:
        columns, rows = -(-(width - left) // right), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            size += rows * (1 + -(-columns * bits // 8))  # a filter's byte before each row
    return size


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _START
    while at + 8 <= len(png):
        length = int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length
