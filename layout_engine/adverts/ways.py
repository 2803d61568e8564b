"""The way from a colour space to the inks of the press (转墨之路): which are converted, and how.

RGB goes through the press's profile, a spot ink through its alternate; whatever the press prints as it is has no way.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, Protocol

import msgspec
import pikepdf

from layout_engine.adverts.colours import space_of
from layout_engine.adverts.model import Choice
from layout_engine.adverts.rasters import Raster
from layout_engine.adverts.tints import tint_function

Values = tuple[float, ...]
Inks = tuple[float, float, float, float]

_PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_DEVICE_RGB: Final = ("/DeviceRGB", "/RGB")
_DEEPEST: Final = 4  # a spot on a spot on ...


class PrintedPicture(msgspec.Struct, frozen=True):
    """A picture in CMYK as it goes into the file; `inverted` asks for Decode [1 0 ...]."""

    width: int
    height: int
    data: bytes
    packing: Literal["DCTDecode", "FlateDecode"]
    inverted: bool


class Press(Protocol):
    """What a conversion asks of the press. Colours and inks from 0 to 1, Lab in its own numbers.

    Raises ValueError for what it cannot convert. A profile that it cannot convert by is passed over and counted.
    """

    @property
    def ignored(self) -> int:
        """How many profiles were passed over, whose colours were read as sRGB."""

    def colours(self, colours: Sequence[Values], icc: bytes | None) -> list[Inks]:
        """RGB in ink: greys in black alone."""

    def lab_colours(self, colours: Sequence[Values]) -> list[Inks]:
        """Lab in ink."""

    def picture(self, raster: Raster, icc: bytes | None, size: tuple[float, float] | None) -> PrintedPicture:
        """An RGB picture in ink; `size` is the largest that it has in print, in points, where that is known."""

    def tinted(self, raster: Raster, tables: Sequence[bytes]) -> PrintedPicture:
        """A picture in one ink, of whose amounts `tables` say how much of C, M, Y and K each is."""


class StuckError(Exception):
    """What is there cannot be converted by rule; `reason` says what it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Way(msgspec.Struct, frozen=True):
    """How colours of a space become ink. `icc` is the profile of its RGB pictures, `plain` whether it is RGB at all."""

    convert: Callable[[Sequence[Values]], list[Inks]]
    components: int
    start: Values
    rgb: bool = False
    icc: bytes | None = None
    what: str = "RGB"


def find_way(value: Any, named: Any, press: Press, choice: Choice, depth: int = 0) -> Way | None:
    """The way for a space (a name or an array of the file), None where it stays as it is."""
    if depth > _DEEPEST:
        raise StuckError("colour space")
    listed = named if isinstance(named, pikepdf.Dictionary) else pikepdf.Dictionary()
    if isinstance(value, pikepdf.Array) and len(value) == 1:
        value = value[0]
    if isinstance(value, pikepdf.Name):
        if str(value) in _DEVICE_RGB:
            default = listed.get("/DefaultRGB")
            return _rgb(None, press, choice) if default is None else find_way(default, None, press, choice, depth + 1)
        found = listed.get(str(value))
        return None if found is None else find_way(found, None, press, choice, depth + 1)
    if not isinstance(value, pikepdf.Array):
        return None
    match str(value[0]):
        case "/ICCBased" if int(value[1].get("/N", 0)) == 3:
            return _rgb(value[1].read_bytes(), press, choice)
        case "/CalRGB" if choice.rgb:
            return Way(_calibrated(value[1], press), 3, (0.0, 0.0, 0.0), what="CalRGB")
        case "/Lab" if choice.rgb:
            return Way(press.lab_colours, 3, (0.0, 0.0, 0.0), what="Lab")
        case "/Separation":
            return _spot(value, [str(value[1])[1:]], press, choice, depth)
        case "/DeviceN":
            return _spot(value, [str(one)[1:] for one in value[1]], press, choice, depth)
    return None


def _rgb(icc: bytes | None, press: Press, choice: Choice) -> Way | None:
    if not choice.rgb:
        return None
    return Way(lambda colours: press.colours(colours, icc), 3, (0.0, 0.0, 0.0), rgb=True, icc=icc)


def _spot(value: Any, inks: list[str], press: Press, choice: Choice, depth: int) -> Way | None:
    alternate = find_way(value[2], None, press, choice, depth + 1)
    if alternate is None and all(one in choice.kept or one in (*_PROCESS, "None") for one in inks):
        return None
    if "All" in inks:
        raise StuckError("Separation All")
    if any(one in choice.kept for one in inks):
        raise StuckError(f"{'/'.join(inks)[:60]}: DeviceN")  # some of it has a plate, some has none
    printed = space_of(value[2])
    if alternate is None and printed.family not in ("cmyk", "gray"):
        raise StuckError(f"{'/'.join(inks)[:60]}: {printed.name}")
    transform = tint_function(value[3])

    def converted(colours: Sequence[Values]) -> list[Inks]:
        if all(one in (*_PROCESS, "None") for one in inks):
            return [_process(dict(zip(inks, colour, strict=True))) for colour in colours]
        meant = [tuple(transform(colour)) for colour in colours]
        if alternate is not None:
            return alternate.convert(meant)
        return [_four(one) for one in meant]

    return Way(converted, len(inks), (1.0,) * len(inks), what=", ".join(inks)[:60])


def _process(amounts: dict[str, float]) -> Inks:
    cyan, magenta, yellow, black = (amounts.get(one, 0.0) for one in _PROCESS)
    return cyan, magenta, yellow, black


def _four(numbers: Values) -> Inks:
    if len(numbers) == 1:
        return 0.0, 0.0, 0.0, 1 - numbers[0]
    cyan, magenta, yellow, black = numbers
    return cyan, magenta, yellow, black


def _calibrated(entries: Any, press: Press) -> Callable[[Sequence[Values]], list[Inks]]:
    """CalRGB by way of Lab, relative to its own white (ISO 32000-1, 8.6.5.3)."""
    white = [float(one) for one in entries["/WhitePoint"]]
    gamma = [float(one) for one in entries.get("/Gamma", [1, 1, 1])]
    matrix = [float(one) for one in entries.get("/Matrix", [1, 0, 0, 0, 1, 0, 0, 0, 1])]
    if len(white) != 3 or len(gamma) != 3 or len(matrix) != 9 or min(white) <= 0:
        raise StuckError("CalRGB")

    def lab(colour: Values) -> Values:
        linear = [max(0.0, one) ** power for one, power in zip(colour, gamma, strict=True)]
        xyz = [sum(linear[row] * matrix[3 * row + column] for row in range(3)) for column in range(3)]
        x, y, z = (_root(one / most) for one, most in zip(xyz, white, strict=True))
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    return lambda colours: press.lab_colours([lab(one) for one in colours])


def _root(share: float) -> float:
    """The f of CIE 1976 L*a*b*."""
    return float(share ** (1 / 3)) if share > (6 / 29) ** 3 else share / (3 * (6 / 29) ** 2) + 4 / 29
