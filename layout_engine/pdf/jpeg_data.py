"""A JPEG as data (JPEG 码流): may it pass into the PDF as it came? Its segments are read, not its pixels.

Source: ITU-T T.81, annex B.
"""

from collections.abc import Iterator
from typing import Final

_SCAN, _END, _START = 0xDA, b"\xff\xd9", b"\xff\xd8"
_KEPT: Final = ((0xE0, b"JFIF\0"), (0xEE, b"Adobe"))  # the latter says how the inks are coded
_THUMBNAIL_FROM: Final = 18  # bytes of a JFIF segment: what is longer has a thumbnail in it
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_READ_BY_PDF: Final = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive (ISO 32000-1, 7.4.8)


def is_plain(jpeg: bytes) -> bool:
    """Whether every PDF reader knows it: one picture (no phone's depth map behind it), coded as PDF allows."""
    frame, scan = 0, len(jpeg)
    for marker, start, _ in segments(jpeg):
        if marker in _FRAMES:
            frame = marker
        if marker == _SCAN:
            scan = start
    return frame in _READ_BY_PDF and jpeg.endswith(_END) and _START not in jpeg[scan:]


def without_metadata(jpeg: bytes) -> bytes:
    """The same compressed data without EXIF, thumbnails, profiles and comments (PR-82)."""
    kept = [_START]
    rest = len(jpeg)
    for marker, start, end in segments(jpeg):
        if marker == _SCAN:
            rest = start
            break
        if marker in _APPLICATION:
            named = any((marker, jpeg[start + 4 : start + 4 + len(kind)]) == (known, kind) for known, kind in _KEPT)
            if named and end - start <= _THUMBNAIL_FROM:
                kept.append(jpeg[start:end])
        elif marker != _COMMENT:
            kept.append(jpeg[start:end])
    return b"".join((*kept, jpeg[rest:]))


def segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment up to the first scan."""
    at = len(_START)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        if jpeg[at + 1] == 0xFF:  # fill
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        yield jpeg[at + 1], at, end
        if jpeg[at + 1] == _SCAN:
            return
        at = end
