"""A picture file opened (读图): JPEG, PNG or TIFF to upright pixels in grey, RGB, Lab or CMYK. Hostile until checked.

The three plug-ins of Pillow are called by the file's first bytes and not through `Image.open`, which loads all of them,
and whose guard against bombs is a warning. The guard here is `MAX_PIXELS`, asked before anything is decoded.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import msgspec
from PIL import Image, ImageChops, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.pdf.images import Crop

MAX_PIXELS: Final = 120_000_000  # 400 dpi over a broadsheet's whole page are about 60 million; decoded some 500 MB

# What Pillow's decoders raise on damage, beside OSError. Warnings are raised where they are made into errors.
DAMAGE: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError,
    MemoryError, RuntimeError, struct.error, zlib.error, Warning,
)  # fmt: skip

_OPENERS: Final = (
    (b"\xff\xd8", JpegImageFile),
    (b"\x89PNG\r\n\x1a\n", PngImageFile),
    (b"II*\x00", TiffImageFile),
    (b"MM\x00*", TiffImageFile),
)
_ORIENTATION: Final = 0x0112  # EXIF 2.3
_LYING: Final = frozenset(range(5, 9))  # orientations that swap width and height
_DEPTH_16: Final = frozenset(("I;16", "I;16L", "I;16B", "I;16N"))
_WHITE: Final = 255
_SPARE: Final = 2  # a JPEG is decoded at no less than this many times the size wanted, for the filter to weigh


class Target(msgspec.Struct, frozen=True):
    """What will be made of the file: its name and who asks, the crop (upright pixels) and its greatest size."""

    name: str
    crop_px: Crop | None
    target_px: tuple[int, int]
    span: Span | None


class Decoded(msgspec.Struct, frozen=True):
    """Upright pixels, perhaps fewer than in the file (JPEG); `upright` is the whole size that crops refer to."""

    picture: Image.Image
    upright: tuple[int, int]
    embedded: bytes | None
    adobe: bool
    may_pass: bool  # a grey or CMYK JPEG that could be placed as it is


def decode(source: bytes, target: Target, found: Findings) -> Decoded | None:
    """The pixels of the file, or None and the reason among the findings."""
    opener = next((opener for magic, opener in _OPENERS if source.startswith(magic)), None)
    if opener is None:
        found.add("photo/unreadable", target.span, name=target.name, reason="JPEG, PNG, TIFF")
        return None
    try:
        file = opener(BytesIO(source))
        if file.width * file.height > MAX_PIXELS:
            size = f"{file.width} × {file.height} px"
            found.add("photo/too-large", target.span, name=target.name, size=size)
            return None
        return _load(file, source, target, found)
    except DAMAGE as error:
        if "truncated" in str(error).lower():
            found.add("photo/truncated", target.span, name=target.name)
        else:
            found.add("photo/unreadable", target.span, name=target.name, reason=str(error) or type(error).__name__)
        return None


def _load(file: ImageFile, source: bytes, target: Target, found: Findings) -> Decoded | None:
    turns_itself = isinstance(file, TiffImageFile)
    orientation = 1 if turns_itself else file.getexif().get(_ORIENTATION, 1)
    stored = file.size
    upright = stored[::-1] if orientation in _LYING else stored
    if isinstance(file, JpegImageFile):
        _draft(file, upright, target)
    drafted = file.size != stored
    file.load()
    if file.mode not in _MODES:
        found.add("photo/unreadable", target.span, name=target.name, reason=file.mode)
        return None
    picture: Image.Image = file
    adobe = "adobe" in file.info
    if isinstance(file, JpegImageFile) and file.mode == "CMYK" and not adobe:
        picture = ImageChops.invert(file)  # Pillow takes every CMYK JPEG for Adobe's, whose numbers are upside down
    if orientation != 1:
        picture = ImageOps.exif_transpose(file)
    may_pass = (
        isinstance(file, JpegImageFile)
        and picture.mode in ("L", "CMYK")
        and orientation == 1
        and not drafted
        and _is_one_picture(source)
    )
    return Decoded(picture, upright, file.info.get("icc_profile"), adobe, may_pass)


def _draft(file: JpegImageFile, upright: tuple[int, int], target: Target) -> None:
    """Let the JPEG decoder skip detail that will not print: a large photograph opens several times faster."""
    left, top, right, bottom = target.crop_px or (0, 0, *upright)
    needless = min((right - left) / target.target_px[0], (bottom - top) / target.target_px[1]) / _SPARE
    if needless >= 2:
        file.draft(file.mode, (int(file.width / needless), int(file.height / needless)))


_MODES: Final = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB")) | _DEPTH_16


def plain(picture: Image.Image) -> Image.Image:
    """The same picture in one of the four modes that have a way to the plate: L, RGB, LAB, CMYK; opaque, eight bits."""
    if picture.mode in ("L", "RGB", "CMYK", "LAB") and "transparency" not in picture.info:
        return picture
    if picture.mode in _DEPTH_16:
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode == "LA" or (picture.mode in ("1", "L") and "transparency" in picture.info):
        return _on_white(picture.convert("LA"), "L")
    if picture.mode in ("RGBA", "PA") or "transparency" in picture.info:
        return _on_white(picture.convert("RGBA"), "RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _on_white(picture: Image.Image, mode: str) -> Image.Image:
    """A picture with transparency, laid on white paper."""
    paper = Image.new(mode, picture.size, _WHITE if mode == "L" else (_WHITE,) * 3)
    paper.paste(picture.convert(mode), mask=picture.getchannel("A"))
    return paper


# The segments of a JPEG: ITU-T T.81, annex B.
_SCAN, _END, _START = 0xDA, b"\xff\xd9", b"\xff\xd8"
_KEPT_APPLICATION: Final = frozenset((0xE0, 0xEE))  # JFIF, and Adobe's marker, which says how the inks are coded
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE


def without_metadata(jpeg: bytes) -> bytes:
    """The same compressed data without EXIF, thumbnails, profiles and comments (PR-82)."""
    kept = [_START]
    rest = len(jpeg)
    for marker, start, end in _segments(jpeg):
        if marker == _SCAN:
            rest = start
            break
        if marker in _KEPT_APPLICATION or (marker not in _APPLICATION and marker != _COMMENT):
            kept.append(jpeg[start:end])
    return b"".join((*kept, jpeg[rest:]))


def _is_one_picture(jpeg: bytes) -> bool:
    """Whether the file ends with its picture: no second one (a phone's depth map) and no data behind it."""
    scan = next((start for marker, start, _ in _segments(jpeg) if marker == _SCAN), len(jpeg))
    return jpeg.endswith(_END) and _START not in jpeg[scan:]


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
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
