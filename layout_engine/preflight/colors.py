"""In which colour space is something painted, and on which plates does it fall (颜色空间)?"""

from typing import Final

import msgspec

from layout_engine.preflight.limits import MAX_DEPTH
from layout_engine.preflight.raw import Raw, entry, is_array, is_stream, items, name, object_number, whole

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
ALL: Final = "All"
NO_INK: Final = "None"
RGB_FAMILIES: Final = frozenset(("DeviceRGB", "CalRGB", "Lab"))

_COMPONENTS: Final = {
    "DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3, "Pattern": 0,
}  # fmt: skip
_SHORT: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_MAX_INKS: Final = 32


class Space(msgspec.Struct, frozen=True, eq=False):
    """A colour space. `base` is that of Indexed and Pattern, and the alternate of Separation and DeviceN."""

    family: str
    components: int
    inks: tuple[str, ...] = ()
    base: "Space | None" = None
    tint: Raw = None
    icc: Raw = None
    object: int | None = None

    @property
    def is_rgb(self) -> bool:
        """Whether light and not ink is meant, here or underneath."""
        if self.family in RGB_FAMILIES or (self.family == "ICCBased" and self.components == 3):
            return True
        return self.base is not None and self.base.is_rgb

    @property
    def title(self) -> str:
        """As a finding names it."""
        if self.family == "ICCBased":
            return f"ICCBased ({self.components})"
        return f"{self.family} ({', '.join(self.inks)})" if self.inks else self.family


GRAY: Final = Space("DeviceGray", 1)
RGB: Final = Space("DeviceRGB", 3)
CMYK: Final = Space("DeviceCMYK", 4)
PATTERN: Final = Space("Pattern", 0)
DEVICE: Final = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK, "Pattern": PATTERN}


class Color(msgspec.Struct, frozen=True, eq=False):
    """A colour: values in a space, or a pattern. `plates` is the ink of each plate from 0 to 1; None: not known."""

    space: Space
    values: tuple[float, ...]
    pattern: Raw = None
    plates: tuple[tuple[str, float], ...] | None = None

    def ink(self, plate: str) -> float:
        """What falls on one plate."""
        return next((amount for one, amount in self.plates or () if one == plate), 0.0)

    @property
    def total(self) -> float:
        """The sum of all plates."""
        return sum(amount for _, amount in self.plates or ())

    @property
    def printing(self) -> int:
        """On how many plates there is anything."""
        return sum(amount > 0 for _, amount in self.plates or ())

    @property
    def is_white(self) -> bool:
        """All inks zero: bare paper."""
        return self.plates is not None and not self.printing


def color(space: Space, values: tuple[float, ...], pattern: Raw = None) -> Color:
    """A colour with its plates."""
    return Color(space, values, pattern, _plates(space, values))


def first_color(space: Space) -> Color:
    """What a space begins with (ISO 32000-1, 8.6.8): black, or full ink."""
    match space.family:
        case "DeviceCMYK":
            return BLACK_CMYK
        case "Separation" | "DeviceN":
            return color(space, (1.0,) * space.components)
        case "ICCBased" if space.components == 4:
            return color(space, (0.0, 0.0, 0.0, 1.0))
        case _:
            return color(space, (0.0,) * space.components)


def _plates(space: Space, values: tuple[float, ...]) -> tuple[tuple[str, float], ...] | None:
    if len(values) != space.components:
        return None
    within = tuple(min(1.0, max(0.0, value)) for value in values)
    match space.family:
        case "DeviceGray":
            return (("Black", 1.0 - within[0]),)
        case "DeviceCMYK":
            return tuple(zip(PROCESS, within, strict=True))
        case "Separation" | "DeviceN":
            return tuple(zip(space.inks, within, strict=True))
        case _:
            return None


BLACK_GRAY: Final = color(GRAY, (0.0,))
BLACK_CMYK: Final = color(CMYK, (0.0, 0.0, 0.0, 1.0))


def read_space(value: Raw, resources: Raw, depth: int = 0) -> Space | None:
    """The colour space that `value` names or describes; None where it is none. `resources` resolve names."""
    if depth > MAX_DEPTH:
        return None
    named = name(value)
    if named is not None:
        named = _SHORT.get(named, named)
        if named in DEVICE:
            return DEVICE[named]
        found = entry(entry(resources, "/ColorSpace"), f"/{named}")
        return None if found is None or name(found) == named else read_space(found, resources, depth + 1)
    if not is_array(value) or not len(value):
        return None
    return _described(value, resources, depth)


def _described(value: Raw, resources: Raw, depth: int) -> Space | None:
    parts = items(value, 5)
    family = name(parts[0]) or ""
    family = _SHORT.get(family, family)
    number = object_number(value)
    if family in DEVICE and len(parts) == 1:
        return DEVICE[family]
    match family, parts:
        case (("CalGray" | "CalRGB" | "Lab"), _):
            return Space(family, _COMPONENTS[family], object=number)
        case "ICCBased", (_, profile, *_) if is_stream(profile):
            return Space(family, whole(entry(profile, "/N")) or 0, icc=profile, object=object_number(profile))
        case "Indexed", (_, base, *_):
            return Space(family, 1, base=read_space(base, resources, depth + 1), object=number)
        case "Pattern", (_, base, *_):
            under = read_space(base, resources, depth + 1)
            return Space(family, under.components if under else 0, base=under, object=number)
        case "Separation", (_, ink, base, tint, *_) if name(ink) is not None:
            alternate = read_space(base, resources, depth + 1)
            return Space(family, 1, (str(name(ink)),), alternate, tint=tint, object=number)
        case "DeviceN", (_, inks, base, tint, *_):
            names = tuple(name(one) or "" for one in items(inks, _MAX_INKS + 1))
            alternate = read_space(base, resources, depth + 1)
            return Space(family, len(names), names, alternate, tint=tint, object=number)
        case _:
            return None
