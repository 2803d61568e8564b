"""Picture files that are made to take time or memory (图片陷阱), told before any decoder sees them.

Millions of empty chunks, of passes over the picture, of places where a strip should lie: each is legal, and each
would keep a library busy that walks over them one by one. The bounds are far above what any program writes.
"""

import struct
from typing import Final

from layout_engine.pdf.jpeg_data import segments

_MOST_PASSES: Final = 100  # the finest progression of libjpeg has 10 to 12; each goes over the whole picture
_MOST_SEGMENTS: Final = 4_000  # of a JPEG before its first scan; real ones have some twenty, profiles in pieces 255
_MOST_CHUNKS: Final = 100_000  # of a PNG; the data of 200 MB in pieces of 8 kB are 25,000
_MOST_PLACES: Final = 200_000  # strips or tiles of a TIFF, and the numbers of any other tag
_MOST_ENTRIES: Final = 1_000  # of a TIFF's directory; real ones have some thirty
_BYTE_KINDS: Final = frozenset((1, 2, 6, 7))  # BYTE, ASCII, SBYTE, UNDEFINED: data, not numbers
_SHORT: Final = 3
_LARGEST: Final = {277: 64, 322: 1 << 14, 323: 1 << 14}  # channels; the sides of a tile


def find_trap(source: bytes) -> str | None:
    """What would take too long, in a few words; None where nothing does."""
    if source.startswith(b"\x89PNG"):
        return _png_trap(source)
    return _jpeg_trap(source) if source.startswith(b"\xff\xd8") else _tiff_trap(source)


def _jpeg_trap(source: bytes) -> str | None:
    if source.count(b"\xff\xda") > _MOST_PASSES:  # in coded data FF is never followed by it
        return f"JPEG, > {_MOST_PASSES} scans"
    for number, _ in enumerate(segments(source)):
        if number > _MOST_SEGMENTS:
            return f"JPEG, > {_MOST_SEGMENTS} segments"
    return None


def _png_trap(source: bytes) -> str | None:
    at = 8
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(source):
            return None
        at += 12 + int.from_bytes(source[at : at + 4])
    return f"PNG, > {_MOST_CHUNKS} chunks"


def _tiff_trap(source: bytes) -> str | None:
    order = "<" if source.startswith(b"II") else ">"
    try:
        (at,) = struct.unpack_from(f"{order}L", source, 4)
        (count,) = struct.unpack_from(f"{order}H", source, at)
        if count > _MOST_ENTRIES:
            return f"TIFF, > {_MOST_ENTRIES} tags"
        for number in range(count):
            tag, kind, values, first = struct.unpack_from(f"{order}HHLL", source, at + 2 + 12 * number)
            if values > _MOST_PLACES and kind not in _BYTE_KINDS:
                return f"TIFF, tag {tag}: {values} values"
            value = (first >> 16 if order == ">" else first & 0xFFFF) if kind == _SHORT else first
            if value > _LARGEST.get(tag, value):
                return f"TIFF, tag {tag}: {value}"
    except struct.error:
        return None  # the reader tells what is missing
    return None
