"""A picture file opened (读图): JPEG, PNG or TIFF to upright pixels in grey, RGB, Lab or CMYK. Hostile until checked.

The three plug-ins of Pillow are called by the file's first bytes and not through `Image.open`, which loads all of them,
and whose guard against bombs is a warning. The guard here is `MAX_PIXELS`, asked before anything is decoded. How a
picture lies is read by the same function that told the page its size, so that a crop means the same to both.
"""

import struct
import zlib
from io import BytesIO
from typing import Final

import msgspec
from PIL import Image, ImageChops
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.content.picture_head import PictureHead, foreign_format, read_picture_head
from layout_engine.pdf.images import Crop
from layout_engine.pdf.jpeg_data import is_plain
from layout_engine.pdf.png_data import is_whole
from layout_engine.pdf.traps import find_trap

MAX_PIXELS: Final = 120_000_000  # 400 dpi over a broadsheet's whole page are about 60 million; decoded some 500 MB

# What Pillow's decoders raise on damage, beside OSError. Warnings are raised where they are made into errors.
DAMAGE: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError,
    MemoryError, RuntimeError, ZeroDivisionError, struct.error, zlib.error, Warning,
)  # fmt: skip

_OPENERS: Final = (
    (b"\xff\xd8", JpegImageFile),
    (b"\x89PNG\r\n\x1a\n", PngImageFile),
    (b"II*\x00", TiffImageFile),
    (b"MM\x00*", TiffImageFile),
)
_TURNS: Final = {  # what makes each EXIF orientation upright (EXIF 2.3, tag 274)
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_TIFF_PHOTOMETRIC, _TIFF_WHITE_IS_ZERO = 262, 0
_DEPTH_16: Final = frozenset(("I;16", "I;16L", "I;16B", "I;16N"))
_MODES: Final = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB")) | _DEPTH_16
_WHITE: Final = 255
_OPAQUE: Final = 255
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
    refused = find_trap(source) if opener else foreign_format(source) or "JPEG, PNG, TIFF"
    head = read_picture_head(BytesIO(source))
    if refused is not None or opener is None or head is None:
        _unreadable(refused or "0 px", target, found)
        return None
    try:
        file = opener(BytesIO(source))
        if file.width * file.height > MAX_PIXELS:
            size = f"{file.width} × {file.height} px"
            found.add("photo/too-large", target.span, name=target.name, size=size)
            return None
        return _load(file, head, source, target, found)
    except DAMAGE as error:
        if "truncated" in str(error).lower():
            found.add("photo/truncated", target.span, name=target.name)
        else:
            _unreadable(str(error) or type(error).__name__, target, found)
        return None


def _load(file: ImageFile, head: PictureHead, source: bytes, target: Target, found: Findings) -> Decoded | None:
    if file.mode not in _MODES:
        _unreadable(file.mode, target, found)
        return None
    orientation = head.orientation
    stored, upright = file.size, head.upright
    negative = isinstance(file, TiffImageFile) and file.tag_v2.get(_TIFF_PHOTOMETRIC) == _TIFF_WHITE_IS_ZERO
    if isinstance(file, JpegImageFile):
        _draft(file, upright, target)
    drafted = file.size != stored
    file.load()
    if isinstance(file, PngImageFile) and not is_whole(source):
        found.add("photo/truncated", target.span, name=target.name)
        return None
    picture: Image.Image = file
    adobe = "adobe" in file.info
    if isinstance(file, JpegImageFile) and file.mode == "CMYK" and not adobe:
        picture = ImageChops.invert(file)  # Pillow takes every CMYK JPEG for Adobe's, whose numbers are upside down
    if negative and file.mode in _DEPTH_16:
        picture = ImageChops.invert(_narrowed(file))  # Pillow turns eight bits round, but not sixteen
    if orientation in _TURNS and not isinstance(file, TiffImageFile):  # a TIFF's plug-in turns it by itself
        picture = picture.transpose(_TURNS[orientation])
    if head.more:
        found.add("photo/first-of-several", target.span, name=target.name)
    may_pass = (
        isinstance(file, JpegImageFile)
        and picture.mode in ("L", "CMYK")
        and orientation == 1
        and not drafted
        and is_plain(source)
    )
    return Decoded(picture, upright, file.info.get("icc_profile"), adobe, may_pass)


def _unreadable(reason: str, target: Target, found: Findings) -> None:
    found.add("photo/unreadable", target.span, name=target.name, reason=reason)


def _draft(file: JpegImageFile, upright: tuple[int, int], target: Target) -> None:
    """Let the JPEG decoder skip detail that will not print: a large photograph opens several times faster."""
    left, top, right, bottom = target.crop_px or (0, 0, *upright)
    needless = min((right - left) / target.target_px[0], (bottom - top) / target.target_px[1]) / _SPARE
    if needless >= 2:
        file.draft(file.mode, (int(file.width / needless), int(file.height / needless)))


def plain(picture: Image.Image) -> Image.Image:
    """The same picture in one of the four modes that have a way to the plate: L, RGB, LAB, CMYK; opaque, eight bits."""
    if picture.mode in ("L", "RGB", "CMYK", "LAB") and "transparency" not in picture.info:
        return picture
    if picture.mode in _DEPTH_16:
        return _narrowed(picture)
    if picture.mode == "LA" or (picture.mode in ("1", "L") and "transparency" in picture.info):
        return _on_white(picture.convert("LA"), "L")
    if picture.mode in ("RGBA", "PA") or "transparency" in picture.info:
        return _on_white(picture.convert("RGBA"), "RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def is_see_through(picture: Image.Image) -> bool:
    """Whether any of its pixels lets the paper through."""
    if picture.mode in ("LA", "PA", "RGBA"):
        return picture.getchannel("A").getextrema()[0] != _OPAQUE
    if picture.mode in _DEPTH_16 or "transparency" not in picture.info:
        return False
    return picture.convert("LA" if picture.mode in ("1", "L") else "RGBA").getchannel("A").getextrema()[0] != _OPAQUE


def _narrowed(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight, rounded."""
    return picture.convert("I").point([(value + 128) // 257 for value in range(1 << 16)], "L")


def _on_white(picture: Image.Image, mode: str) -> Image.Image:
    """A picture with transparency, laid on white paper."""
    paper = Image.new(mode, picture.size, _WHITE if mode == "L" else (_WHITE,) * 3)
    paper.paste(picture.convert(mode), mask=picture.getchannel("A"))
    return paper
