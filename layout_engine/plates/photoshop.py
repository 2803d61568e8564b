"""The file in which Ghostscript hands over its plates (分色文件): a PSD of 8 bits, unpacked, a channel an ink.

It comes from a program that has read a hostile file, so nothing in it is believed without looking.
"""

from collections.abc import Iterator
from struct import Struct, error
from typing import BinaryIO, Final

import msgspec

from layout_engine.plates.model import FULL, PROCESS, Color, Plate

MAX_CHANNELS: Final = 24  # C, M, Y, K and twenty spot inks

_HEAD: Final = Struct(">4sH6xHIIHH")
_LENGTH: Final = Struct(">I")
_KIND: Final = Struct(">H")
_RESOURCE: Final = Struct(">4sHB")
_SHOWN: Final = Struct(">H4HHBx")
_SIGNATURE: Final = b"8BPS"
_CMYK: Final = 4
_NAMES, _COLORS = 1006, 1007  # of the channels after the process inks
_MOST_ABOUT: Final = 16 << 20  # bytes before the pixels: an ICC profile and some names
_WORD: Final = 0xFFFF
_PROCESS_COLORS: Final[tuple[Color, ...]] = ((0, 158, 224), (230, 0, 126), (255, 222, 0), (29, 29, 27))
_ANY_SPOT: Final[Color] = (120, 90, 160)
_INVERTED: Final = bytes(range(FULL, -1, -1))  # the file has 0 for a solid


class DamagedError(Exception):
    """It is not the file that was asked for."""


class Channels(msgspec.Struct, frozen=True):
    """What it holds: width and height in pixels, and the plates."""

    width: int
    height: int
    plates: tuple[Plate, ...]


def read_channels(file: BinaryIO, most_bytes: int) -> Channels:
    """The plates in a PSD. Raises DamagedError."""
    try:
        signature, version, channels, height, width, depth, mode = _HEAD.unpack(file.read(_HEAD.size))
        if (signature, version, depth, mode) != (_SIGNATURE, 1, 8, _CMYK):
            raise DamagedError("another kind of file")
        if not len(PROCESS) <= channels <= MAX_CHANNELS or not 0 < channels * width * height <= most_bytes:
            raise DamagedError(f"{channels} plates of {width} × {height} pixels")
        _section(file)
        about = dict(_resources(_section(file)))
        _section(file)
        if _KIND.unpack(file.read(_KIND.size)) != (0,):
            raise DamagedError("packed pixels")
    except error:
        raise DamagedError("cut off") from None
    spots = channels - len(PROCESS)
    names = (*PROCESS, *_names(about.get(_NAMES, b""), spots))
    colors = (*_PROCESS_COLORS, *_colors(about.get(_COLORS, b""), spots))
    plates = tuple(Plate(name, color, _pixels(file, width * height)) for name, color in zip(names, colors, strict=True))
    own, added = plates[: len(PROCESS)], plates[len(PROCESS) :]
    return Channels(width, height, (*own, *sorted(added, key=lambda one: one.name)))


def _section(file: BinaryIO) -> bytes:
    """A part that tells its length."""
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    if length > _MOST_ABOUT:
        raise DamagedError("too much before the pixels")
    return file.read(length)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The image resources by their numbers; each of the parts is filled up to an even length."""
    at = 0
    while at + _RESOURCE.size <= len(data):
        _, kind, name = _RESOURCE.unpack_from(data, at)
        at += _KIND.size + len(_SIGNATURE) + ((name + 2) & ~1)
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        yield kind, data[at : at + length]
        at += (length + 1) & ~1


def _names(data: bytes, count: int) -> tuple[str, ...]:
    """The names of the spot inks, each once; one that is missing or no text gets a number."""
    names: list[str] = []
    at = 0
    for number in range(1, count + 1):
        length = data[at] if at < len(data) else 0
        name = "".join(filter(str.isprintable, _text(data[at + 1 : at + 1 + length]))).strip() or f"Spot {number}"
        names.append(f"{name} {number}" if name in names or name in PROCESS else name)
        at += 1 + length
    return tuple(names)


def _text(name: bytes) -> str:
    """Chinese names are often bytes of GBK, whatever the standard says."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gbk", "replace")


def _colors(data: bytes, count: int) -> Iterator[Color]:
    """How a screen shows the spot inks: their alternates in CMYK, inverted, as the file has them."""
    for number in range(count):
        if (number + 1) * _SHOWN.size > len(data):
            yield _ANY_SPOT
            continue
        _, *parts, _, _ = _SHOWN.unpack_from(data, number * _SHOWN.size)
        cyan, magenta, yellow, black = parts
        red, green, blue = (FULL * part * black // (_WORD * _WORD) for part in (cyan, magenta, yellow))
        yield red, green, blue


def _pixels(file: BinaryIO, count: int) -> bytes:
    pixels = file.read(count)
    if len(pixels) != count:
        raise DamagedError("cut off")
    return pixels.translate(_INVERTED)
