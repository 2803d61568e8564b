"""How many pixels a picture has (图片尺寸), from its head alone: JPEG, PNG, TIFF; nothing is decoded.

Written by hand because a build whose pictures are converted already needs no imaging library at all.
"""

from typing import BinaryIO, Final

import msgspec

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_TIFF: Final = {b"II*\x00": "little", b"MM\x00*": "big"}
_MAX_SEGMENTS: Final = 2_000  # of a JPEG before its frame; real ones have some twenty
_MAX_TAGS: Final = 500

# Frame headers SOF0–SOF15 without DHT, JPG and DAC (ITU-T T.81, table B.1).
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LYING: Final = frozenset(range(5, 9))  # EXIF orientations that swap width and height
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_EXIF: Final = b"Exif\x00\x00"
_TAG_WIDTH, _TAG_HEIGHT, _TAG_ORIENTATION = 256, 257, 274  # TIFF 6.0
_NEXT: Final = -1  # no tag: where the next directory lies, 0 after the last
_SHORT, _LONG = 3, 4
_PNG_AFTER_HEAD: Final = 33  # signature, and the first chunk with its length, name and sum
_PNG_SUM: Final = 4

START_BYTES: Final = 64  # of a file tell what it is

# Files that are sent for pictures and are none that can be printed, by their first bytes.
_FOREIGN: Final = (
    (b"%PDF", 0, "PDF"), (b"%!PS", 0, "EPS"), (b"\xc5\xd0\xd3\xc6", 0, "EPS"), (b"GIF8", 0, "GIF"), (b"BM", 0, "BMP"),
    (b"8BPS", 0, "PSD"), (b"WEBP", 8, "WebP"), (b"II+\x00", 0, "BigTIFF"), (b"MM\x00+", 0, "BigTIFF"),
    (b"\x00\x00\x00\x0cjP  ", 0, "JPEG 2000"), (b"\xff\x4f\xff\x51", 0, "JPEG 2000"), (b"<svg", 0, "SVG"),
    (b"<?xml", 0, "XML"), (b"PK\x03\x04", 0, "ZIP"), (b"\xd0\xcf\x11\xe0", 0, "Microsoft Office"),
    (b"<!DOC", 0, "HTML"),
)  # fmt: skip
_BOXED: Final = {
    b"avif": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"crx ": "Canon RAW",
}  # fmt: skip


class PictureHead(msgspec.Struct, frozen=True):
    """`format`, size in pixels as stored, the EXIF orientation (1: upright), and whether more pictures follow."""

    format: str
    width: int
    height: int
    orientation: int = 1
    more: bool = False

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as one sees the picture: what crops are measured on."""
        return (self.height, self.width) if self.orientation in _LYING else (self.width, self.height)


def read_picture_head(stream: BinaryIO) -> PictureHead | None:
    """The head of the picture in `stream`, or None where it is none of ours or is damaged."""
    start = stream.read(8)
    if start == _PNG:
        return _read_png(stream)
    if start[:2] == _JPEG:
        stream.seek(2)
        return _read_jpeg(stream)
    if start[:4] in _TIFF:
        stream.seek(0)
        tags = _read_tags(stream, 0)
        width, height = tags.get(_TAG_WIDTH, 0), tags.get(_TAG_HEIGHT, 0)
        return _head("TIFF", width, height, tags.get(_TAG_ORIENTATION, 1), more=tags.get(_NEXT, 0) != 0)
    return None


def foreign_format(start: bytes) -> str | None:
    """What a file is that is none of ours, by its first bytes; None for what nobody knows."""
    if start[4:8] == b"ftyp":
        return _BOXED.get(start[8:12], "MP4")
    return next((name for magic, at, name in _FOREIGN if start[at : at + len(magic)] == magic), None)


def _read_png(stream: BinaryIO) -> PictureHead | None:
    head = stream.read(16)
    if len(head) < 16 or head[4:8] != b"IHDR":
        return None
    width, height = int.from_bytes(head[8:12]), int.from_bytes(head[12:16])
    stream.seek(_PNG_AFTER_HEAD)
    orientation, more = 1, False
    for _ in range(_MAX_SEGMENTS):
        chunk = stream.read(8)
        size, kind = int.from_bytes(chunk[:4]), chunk[4:]
        if len(chunk) < 8 or kind == b"IDAT":
            break
        after = stream.tell() + size + _PNG_SUM
        if kind == b"eXIf":
            orientation = _read_tags(stream, stream.tell()).get(_TAG_ORIENTATION, 1)
        more = more or kind == b"acTL"
        stream.seek(after)
    else:
        return None
    return _head("PNG", width, height, orientation, more=more)


def _read_jpeg(stream: BinaryIO) -> PictureHead | None:
    orientation = 1
    for _ in range(_MAX_SEGMENTS):
        mark = stream.read(2)
        while mark[:1] == b"\xff" and mark[1:] == b"\xff":  # fill bytes
            mark = b"\xff" + stream.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:
            return None
        if mark[1] in _ALONE:
            continue
        size = int.from_bytes(stream.read(2))
        if size < 2:
            return None
        after = stream.tell() + size - 2
        if mark[1] in _FRAMES:
            frame = stream.read(5)
            if len(frame) < 5:
                return None
            return _head("JPEG", int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]), orientation)
        if mark[1] == 0xE1 and size > len(_EXIF) + 2 and stream.read(len(_EXIF)) == _EXIF:
            orientation = _read_tags(stream, stream.tell()).get(_TAG_ORIENTATION, 1)
        stream.seek(after)
    return None


def _read_tags(stream: BinaryIO, base: int) -> dict[int, int]:
    """The whole numbers of the first directory of a TIFF structure that starts at `base`.

    At `_NEXT` stands where the next directory lies.
    """
    order = _TIFF.get(stream.read(4))
    if order is None:
        return {}
    little = order == "little"

    def number(data: bytes) -> int:
        return int.from_bytes(data, "little" if little else "big")

    stream.seek(base + number(stream.read(4)))
    tags: dict[int, int] = {}
    count = number(stream.read(2))
    for _ in range(min(count, _MAX_TAGS)):
        entry = stream.read(12)
        if len(entry) < 12:
            return tags
        kind = number(entry[2:4])
        if kind in (_SHORT, _LONG) and number(entry[4:8]) == 1:
            tags[number(entry[:2])] = number(entry[8 : 10 if kind == _SHORT else 12])
    if count <= _MAX_TAGS:
        tags[_NEXT] = number(stream.read(4))
    return tags


def _head(kind: str, width: int, height: int, orientation: int, *, more: bool = False) -> PictureHead | None:
    if width <= 0 or height <= 0:
        return None
    return PictureHead(kind, width, height, orientation if orientation in range(1, 9) else 1, more)
