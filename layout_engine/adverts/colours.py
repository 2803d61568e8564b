"""In which colour space something is said (色彩空间), and how much ink a colour in it is."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
import pikepdf

Family = Literal["gray", "cmyk", "rgb", "managed", "inks", "indexed", "pattern", "unknown"]

_DEEPEST: Final = 6  # Pattern on Indexed on Separation on ICCBased on its alternate
_PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_CMYK: Final = 4


class Space(msgspec.Struct, frozen=True):
    """色彩空间: its family, what people call it, how many components a colour has, and the inks that it names.

    `rgb` is everything that is not ink and holds no gray or CMYK numbers either: RGB, calibrated RGB, Lab. `managed`
    are gray and CMYK numbers with a profile of their own.
    """

    family: Family
    name: str
    components: int
    inks: tuple[str, ...] = ()
    base: "Space | None" = None

    def printed(self) -> "Space":
        """The space of the colours that an index or an uncoloured pattern stands for."""
        return self.base.printed() if self.base is not None and self.family in ("indexed", "pattern") else self


GRAY: Final = Space("gray", "DeviceGray", 1)
CMYK: Final = Space("cmyk", "DeviceCMYK", 4)
RGB: Final = Space("rgb", "DeviceRGB", 3)
PATTERN: Final = Space("pattern", "Pattern", 0)
_UNKNOWN: Final = Space("unknown", "?", 0)

# Names of spaces, those of inline images too (ISO 32000-1, table 94).
_PLAIN: Final = {
    "/DeviceGray": GRAY,
    "/G": GRAY,
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/Pattern": PATTERN,
}


class Colour(msgspec.Struct, frozen=True):
    """A colour that something is painted with."""

    space: Space
    values: tuple[float, ...]

    def plates(self) -> dict[str, float]:
        """How much of each ink it is, from 0 to 1; nothing where its numbers are not ink."""
        space = self.space
        if space.family == "gray" or (space.family == "managed" and space.components == 1):
            return {"Black": 1 - self.values[0]} if self.values else {}
        if space.components == _CMYK and space.family in ("cmyk", "managed"):
            return dict(zip(_PROCESS, self.values, strict=False))
        if space.family == "inks":
            return dict(zip(space.inks, self.values, strict=False))
        return {}


def space_of(value: Any, named: Any = None, depth: int = 0) -> Space:
    """The space that a name or an array of the file stands for; `named` are the resources' own names for spaces."""
    if depth > _DEEPEST or value is None:
        return _UNKNOWN
    if isinstance(value, pikepdf.Name):
        return _named(str(value), named, depth)
    if not isinstance(value, pikepdf.Array) or len(value) == 0:
        return _UNKNOWN
    head = str(value[0])
    inner: Any = value[1] if len(value) > 1 else None
    if len(value) == 1:
        return _named(head, None, depth)
    match head:
        case "/ICCBased":
            return _profiled(inner)
        case "/CalRGB" | "/Lab":
            return Space("rgb", head[1:], 3)
        case "/CalGray":
            return Space("managed", "CalGray", 1)
        case "/Separation":
            return Space("inks", "Separation", 1, (str(inner)[1:],), space_of(value[2], None, depth + 1))
        case "/DeviceN":
            inks = tuple(str(one)[1:] for one in inner)
            return Space("inks", "DeviceN", len(inks), inks, space_of(value[2], None, depth + 1))
        case "/Indexed" | "/I":
            return Space("indexed", "Indexed", 1, (), space_of(inner, named, depth + 1))
        case "/Pattern":
            base = space_of(inner, named, depth + 1)
            return Space("pattern", "Pattern", base.components, (), base)
    return _UNKNOWN


def initial_colour(space: Space) -> Colour:
    """What is painted with where a space was chosen and no colour yet (ISO 32000-1, 8.6.3)."""
    black = (0.0, 0.0, 0.0, 1.0) if space.components == _CMYK and space.family != "inks" else None
    return Colour(space, black or ((1.0,) if space.family == "inks" else (0.0,)) * space.components)


def colour_in(space: Space, operands: Sequence[object]) -> Colour:
    """A colour of these numbers; what is not a number (a pattern's name) is left out."""
    return Colour(space, tuple(one for one in operands if isinstance(one, float)))


def _named(name: str, named: Any, depth: int) -> Space:
    if name in _PLAIN:
        return _PLAIN[name]
    if isinstance(named, pikepdf.Dictionary) and name in named:
        return space_of(named[name], None, depth + 1)
    return _UNKNOWN


def _profiled(profile: Any) -> Space:
    components = int(profile.get("/N", 0)) if isinstance(profile, pikepdf.Stream) else 0
    match components:
        case 1:
            return Space("managed", "ICC Gray", 1)
        case 4:
            return Space("managed", "ICC CMYK", 4)
        case 3:
            return Space("rgb", "ICC RGB", 3)
    return _UNKNOWN
