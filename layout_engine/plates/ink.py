"""How much ink lies on the page (总墨量, PR-48): the sum of the plates, as the mean over any square millimetre.

Any one, not those of a fixed grid: a square as wide as a whole number of pixels is moved over the page pixel by pixel.
All is counted in whole numbers, by Pillow's C code: sums of bytes, never means of means.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from PIL import Image, ImageChops, ImageMath

from layout_engine.plates.model import FULL, Plate, Plates

TOLERANCE: Final = 0.75  # per cent, PR-48
HISTOGRAM_STEP: Final = 10  # per cent of ink
MOST_PATCHES: Final = 12  # places over the limit that are told one by one
SQUARE_MM: Final = 1  # PR-48

_CELL_MM: Final = 5  # what lies nearer together than this is one place


class Square(msgspec.Struct, frozen=True):
    """A square of the page: its left upper corner in mm from the trim's, and the ink on it in per cent, by plate."""

    x_mm: float
    y_mm: float
    side_mm: int
    percent: float
    parts: tuple[tuple[str, float], ...]


class InkMap(msgspec.Struct, frozen=True):
    """墨量图: where the page has how much ink, all inks together, in per cent.

    `over_mm2` is the area of all squares over the limit taken together, and `patches` the worst square of each place
    that is over it, the worst first. `histogram` has the share of squares, in per cent, that have 0 to 10 % of ink,
    10 to 20 % and so on. `sums` holds the sum of bytes of the square that begins at each pixel, 32 bits each.
    """

    limit: float
    side: int
    mean: float
    means: tuple[tuple[str, float], ...]
    worst: Square
    over_mm2: float
    patches: tuple[Square, ...]
    histogram: tuple[float, ...]
    sums_size: tuple[int, int]
    sums: bytes

    @property
    def is_over(self) -> bool:
        """Whether some square has more ink than the limit, and more than measuring may be off."""
        return bool(self.patches)


def measure_ink(plates: Plates, limit: float, square_mm: int = SQUARE_MM) -> InkMap:
    """The ink on any square of `square_mm` of the page against `limit`, both in per cent and mm."""
    side = min(square_mm * plates.per_mm, plates.width, plates.height)
    sums = _moving_sums(_total(plates), side)
    heavy = over(sums, most_of(limit, side))
    is_over = heavy.getbbox() is not None
    means = tuple((plate.short, _mean(plate)) for plate in plates.plates)
    return InkMap(
        limit=limit,
        side=side,
        mean=round(sum(mean for _, mean in means), 2),
        means=means,
        worst=_square(plates, side, _darkest(sums, (0, 0, *sums.size))),
        over_mm2=_covered(heavy, side) / plates.per_mm**2 if is_over else 0.0,
        patches=tuple(_patches(plates, sums, heavy, side)) if is_over else (),
        histogram=_histogram(sums, side),
        sums_size=sums.size,
        sums=sums.tobytes(),
    )


def sums_of(ink: InkMap) -> Image.Image:
    """The sums as a picture of whole numbers."""
    return Image.frombytes("I", ink.sums_size, ink.sums)


def percent_of(value: int, side: int) -> float:
    """A sum of bytes over a square of `side` pixels, in per cent of a solid."""
    return round(100 * value / (FULL * side * side), 1)


def _total(plates: Plates) -> Image.Image:
    """All inks of each pixel."""
    size = plates.width, plates.height
    first, *others = (Image.frombytes("L", size, one.ink).convert("I") for one in plates.plates)
    for other in others:
        first = _add(first, other)
    return first


def _moving_sums(picture: Image.Image, side: int) -> Image.Image:
    """At each pixel, the sum over the square of `side` that has it at its left upper corner."""
    return _runs(_runs(picture, side, across=True), side, across=False)


def _runs(picture: Image.Image, count: int, *, across: bool) -> Image.Image:
    """At each pixel, the sum of `count` of them, across or down, put together from runs of 1, 2, 4, 8 …"""
    run, length = picture, 1  # each run of `length`
    whole: Image.Image | None = None
    done = 0
    while True:
        if count & length:
            whole = run if whole is None else _add(whole, _moved(run, done, across))
            done += length
        if done == count:
            assert whole is not None
            return whole
        run, length = _add(run, _moved(run, length, across)), 2 * length


def _moved(picture: Image.Image, by: int, across: bool) -> Image.Image:
    return picture.crop((by, 0, *picture.size) if across else (0, by, *picture.size))


def _add(one: Image.Image, other: Image.Image) -> Image.Image:
    """The sum of two, as far as both go."""
    return _computed(lambda given: given["one"] + given["other"], one=one, other=other)


def most_of(limit: float, side: int) -> int:
    """The sum of bytes that a square of `side` pixels may have, with what measuring may be off."""
    return int((limit + TOLERANCE) * FULL * side * side / 100)


def over(sums: Image.Image, most: int) -> Image.Image:
    """FULL where a square begins that has more than `most`."""
    return _computed(lambda given: given["convert"]((given["sums"] > most) * FULL, "L"), sums=sums)


def spread(mask: Image.Image, side: int) -> Image.Image:
    """All pixels of the squares of `side` that begin in the mask, as a mask of the whole page."""
    wide = Image.new("L", (mask.width + side - 1, mask.height + side - 1))
    wide.paste(mask, (0, 0))
    for across in (True, False):
        done = 1
        while done < side:
            by = min(done, side - done)
            shifted = Image.new("L", wide.size)
            shifted.paste(wide, (by, 0) if across else (0, by))
            wide, done = ImageChops.lighter(wide, shifted), done + by
    return wide


def _covered(heavy: Image.Image, side: int) -> int:
    return spread(heavy, side).histogram()[FULL]


def _darkest(sums: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int]:
    """The first pixel, in rows from the top, at which the darkest square in `box` begins."""
    part = sums.crop(box)
    most = int(part.getextrema()[1])  # type: ignore[arg-type]  # a single band has numbers
    at = over(part, most - 1)
    _, top, _, _ = at.getbbox() or (0, 0, 0, 0)
    left, _, _, _ = at.crop((0, top, at.width, top + 1)).getbbox() or (0, 0, 0, 0)
    return box[0] + left, box[1] + top


def _square(plates: Plates, side: int, at: tuple[int, int]) -> Square:
    x, y = at
    found = [(plate.short, _sum(plate.ink, plates.width, x, y, side)) for plate in plates.plates]
    return Square(
        round(x / plates.per_mm, 2),
        round(y / plates.per_mm, 2),
        side // plates.per_mm,
        percent_of(sum(value for _, value in found), side),
        tuple((name, percent_of(value, side)) for name, value in found),
    )


def _sum(ink: bytes, width: int, x: int, y: int, side: int) -> int:
    return sum(sum(ink[row * width + x : row * width + x + side]) for row in range(y, y + side))


def _patches(plates: Plates, sums: Image.Image, heavy: Image.Image, side: int) -> Iterator[Square]:
    """The worst square of each place over the limit; places are told apart on a coarse grid."""
    cell = _CELL_MM * plates.per_mm
    columns = -(-heavy.width // cell)
    coarse = heavy.convert("F").reduce(cell).tobytes()  # only whether a cell has any
    marked = {at for at in range(len(coarse) // 4) if any(coarse[4 * at : 4 * at + 4])}
    found = []
    while marked:
        cells = _together(marked, columns)
        across, down = [at % columns for at in cells], [at // columns for at in cells]
        box = min(across) * cell, min(down) * cell, (max(across) + 1) * cell, (max(down) + 1) * cell
        box = *box[:2], min(box[2], sums.width), min(box[3], sums.height)
        found.append(_square(plates, side, _darkest(sums, box)))
    found.sort(key=lambda one: (-one.percent, one.y_mm, one.x_mm))
    yield from dict.fromkeys(found[:MOST_PATCHES])


def _together(marked: set[int], columns: int) -> list[int]:
    """One cell, and all that hang together with it, taken out of `marked`."""
    waiting, cells = [min(marked)], []
    marked.discard(waiting[0])
    while waiting:
        at = waiting.pop()
        cells.append(at)
        for row in (-1, 0, 1):
            for column in (-1, 0, 1):
                beside = at + row * columns + column
                if beside in marked and 0 <= at % columns + column < columns:
                    marked.discard(beside)
                    waiting.append(beside)
    return cells


def _histogram(sums: Image.Image, side: int) -> tuple[float, ...]:
    """The share of squares, in per cent, in each step of ink; the last step is the last that occurs."""
    step = FULL * side * side * HISTOGRAM_STEP
    steps = _computed(lambda given: given["convert"](given["sums"] * 100 / step, "L"), sums=sums)
    counts = steps.histogram()
    last = max(at for at, count in enumerate(counts) if count)
    whole = sums.width * sums.height
    return tuple(round(100 * count / whole, 2) for count in counts[: last + 1])


def _mean(plate: Plate) -> float:
    counts = Image.frombytes("L", (len(plate.ink), 1), plate.ink).histogram()
    return round(100 * sum(value * count for value, count in enumerate(counts)) / (FULL * len(plate.ink)), 2)


def _computed(formula: Callable[[dict[str, Any]], Any], **pictures: Image.Image) -> Image.Image:
    """What the formula gives for each pixel."""
    found: Image.Image = ImageMath.lambda_eval(formula, **pictures)
    return found
