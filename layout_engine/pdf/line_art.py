"""Line art (线条图): black and white and nothing between, kept at one bit to the pixel, in K alone (PR-81)."""

import zlib
from io import BytesIO
from typing import Final, Literal

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

_FLATE_LEVEL: Final = 6  # PR-14: the level is part of the bytes
_ROWS_TO_A_STRIP, _STRIP_OFFSETS, _STRIP_BYTES = 278, 273, 279  # TIFF 6.0
_HALF: Final = 128
_BLACK_AND_WHITE: Final = frozenset((0, 255, (0, 0, 0), (255, 255, 255), (0, 0, 0, 0), (0, 0, 0, 255)))


def is_line_art(picture: Image.Image) -> bool:
    """Whether a picture of one of the modes 1, L, RGB, CMYK has no tone but black and white, and has both."""
    if picture.mode == "1":
        return True
    colours = picture.getcolors(2)
    return colours is not None and len(colours) == 2 and all(colour in _BLACK_AND_WHITE for _, colour in colours)


def as_line_art(picture: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]) -> Image.Image:
    """The part `box` of it at `size`, one bit to the pixel: what was black by half stays black."""
    grey = picture.convert("L")
    if grey.size != size or box != (0, 0, *grey.size):
        grey = grey.resize(size, Image.Resampling.BOX, box=box)
    return grey.point(lambda value: 255 if value >= _HALF else 0).convert("1", dither=Image.Dither.NONE)


def pack_line_art(picture: Image.Image) -> tuple[bytes, Literal["CCITTFaxDecode", "FlateDecode"]]:
    """The pixels of a picture of mode 1 as data, by whichever of the two makes less of them, and by which it was.

    CCITT is Group 4 with ones for black, Flate is plain rows with noughts for black.
    """
    stream = BytesIO()
    picture.save(stream, "TIFF", compression="group4", tiffinfo={_ROWS_TO_A_STRIP: picture.height})
    tags = TiffImageFile(BytesIO(stream.getvalue())).tag_v2
    (start,), (length,) = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
    fax = stream.getvalue()[start : start + length]
    flate = zlib.compress(picture.tobytes(), _FLATE_LEVEL)
    return (fax, "CCITTFaxDecode") if len(fax) <= len(flate) else (flate, "FlateDecode")
