"""The plates of one page (分色版): for each ink how much of it lies where, as the plate-setter would burn it."""

from typing import Final, TypeAlias

import msgspec

FULL: Final = 255  # a solid, in eight bits
PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")

_SHORT: Final = dict(zip(PROCESS, "CMYK", strict=True))

Color: TypeAlias = tuple[int, int, int]  # red, green, blue, as a screen shows the ink


class Plate(msgspec.Struct, frozen=True):
    """One ink: its name as in the file, how a screen shows it, and a byte a pixel, row by row, FULL for a solid."""

    name: str
    color: Color
    ink: bytes

    @property
    def short(self) -> str:
        """C, M, Y, K; a spot ink by its name."""
        return _SHORT.get(self.name, self.name)

    @property
    def is_blank(self) -> bool:
        """Whether no ink lies anywhere on it."""
        return not any(self.ink)


class Plates(msgspec.Struct, frozen=True):
    """All plates of a page within its trim: C, M, Y, K first, then the spot inks by name.

    `page` is one of `pages` in the file. `per_mm` is a whole number of pixels, so that a square millimetre is a whole
    number of them too. The page stands as it is seen; `turned` is by how many degrees the file turns it for that.
    """

    page: int
    pages: int
    width: int
    height: int
    per_mm: int
    turned: int
    plates: tuple[Plate, ...]

    @property
    def size_mm(self) -> tuple[float, float]:
        return self.width / self.per_mm, self.height / self.per_mm

    @property
    def ppi(self) -> float:
        """Pixels to the inch."""
        return round(self.per_mm * 25.4, 1)


def changed_plates(old: Plates, new: Plates) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """换版: the names of the plates that must be made again, and of those that may stay on the press.

    A plate that one page has and the other has not is changed unless it carries no ink.
    """
    if (old.width, old.height, old.per_mm) != (new.width, new.height, new.per_mm):
        return tuple(dict.fromkeys(one.name for one in (*new.plates, *old.plates))), ()
    before, after = ({one.name: one for one in plates.plates} for plates in (old, new))
    changed = tuple(name for name in after | before if not _is_same(before.get(name), after.get(name)))
    return changed, tuple(name for name in after | before if name not in changed)


def _is_same(one: Plate | None, other: Plate | None) -> bool:
    if one is None or other is None:
        there = one or other
        return there is None or there.is_blank
    return one.ink == other.ink
