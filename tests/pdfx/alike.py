"""Whether several readers see one page (所见是否一致): a measure that stands each one's own way from inks to a screen.

Screen colours differ by design: some readers use the output intent, some a formula. So pictures are compared by
*structure*, the contrast and structure terms of SSIM without its brightness: in every square about as large as a
character, the covariance of two pictures against their variances. It is 1 where both show the same shapes, whatever the
tone; about 0 where one shows what the other does not. The reference is the median of all readers, pixel by pixel: the
page as most of them see it. Plates need no such care: they are compared in per cent of ink.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tests.pdfx.readers import Inks

DPI: Final = 100
BLUR: Final = 1.2  # px: hinting and anti-aliasing differ by less
SQUARE: Final = 16  # px: 4 mm, a little more than a character of body type
AREA: Final = 12  # px: a fault is no single odd square, but many that overlap
NOISE: Final = 0.002  # of ink², so that two nearly flat tints are alike

LEAST_ALIKE: Final = 0.55  # the worst place of a page
MEAN_ALIKE: Final = 0.95  # all of the page
PLATE_DPI: Final = 72
PLATE_SQUARE: Final = 12  # px: 4.2 mm
MOST_INK_APART: Final = 0.2  # the worst square of a plate; Ghostscript draws small type bolder than the others
MEAN_INK_APART: Final = 0.03  # a whole plate

Grey = NDArray[np.float32]


class Alike(msgspec.Struct, frozen=True):
    """How like the reference a picture is: on the whole, and at the worst place (x, y in mm from the left and top)."""

    mean: float
    worst: float
    place: tuple[float, float]

    @property
    def agrees(self) -> bool:
        return self.worst >= LEAST_ALIKE and self.mean >= MEAN_ALIKE


class Apart(msgspec.Struct, frozen=True):
    """By how much ink the plates of two readers differ: on the whole, and in the worst square."""

    mean: float
    worst: float

    @property
    def agrees(self) -> bool:
        return self.worst <= MOST_INK_APART and self.mean <= MEAN_INK_APART


def consensus(pictures: Sequence[Grey]) -> Grey:
    """The page as most readers see it."""
    return np.median(np.stack(cut_alike(pictures)), axis=0).astype(np.float32)


def grey(picture: Image.Image) -> Grey:
    """The picture in grey, a little blurred: 0 is black, 1 is white."""
    blurred = picture.convert("L").filter(ImageFilter.GaussianBlur(BLUR))
    return np.asarray(blurred, dtype=np.float32) / np.float32(255)


def alike(one: Grey, other: Grey) -> Alike:
    """How like each other two pictures are."""
    one, other = cut_alike((one, other))
    mean_one, mean_other = _means(one, SQUARE), _means(other, SQUARE)
    variances = _means(one * one, SQUARE) - mean_one**2 + _means(other * other, SQUARE) - mean_other**2
    covariance = _means(one * other, SQUARE) - mean_one * mean_other
    structure = (2 * covariance + NOISE) / (variances + NOISE)
    areas = _means(structure, AREA)
    row, column = np.unravel_index(int(areas.argmin()), areas.shape)
    middle = (SQUARE + AREA) / 2
    place = (round((float(column) + middle) * 25.4 / DPI, 1), round((float(row) + middle) * 25.4 / DPI, 1))
    return Alike(float(structure.mean()), float(areas.min()), place)


def all_alike(pictures: Mapping[str, Image.Image]) -> dict[str, Alike]:
    """Each reader's picture against what most of them see."""
    seen = {name: grey(picture) for name, picture in pictures.items()}
    reference = consensus(list(seen.values()))
    return {name: alike(one, reference) for name, one in seen.items()}


def apart(one: Inks, other: Inks) -> Apart:
    """By how much ink two readers' plates differ."""
    one, other = cut_alike((one, other))
    squares = np.abs(_squares(one) - _squares(other))
    whole = np.abs(one.mean(axis=(0, 1)) - other.mean(axis=(0, 1)))
    return Apart(float(whole.max()), float(squares.max()))


def cut_alike(pictures: Sequence[Grey]) -> list[Grey]:
    """To one size. A page of no whole number of pixels is rounded up by some readers and down by others: one pixel."""
    height, width = (min(one.shape[side] for one in pictures) for side in (0, 1))
    for one in pictures:
        assert max(one.shape[0] - height, one.shape[1] - width) <= 1, "pages of different sizes"
    return [one[:height, :width] for one in pictures]


def _squares(inks: Inks) -> Inks:
    height, width = (inks.shape[side] // PLATE_SQUARE for side in (0, 1))
    whole = inks[: height * PLATE_SQUARE, : width * PLATE_SQUARE]
    means: Inks = whole.reshape(height, PLATE_SQUARE, width, PLATE_SQUARE, -1).mean(axis=(1, 3))
    return means


def _means(values: NDArray[np.floating], side: int) -> NDArray[np.float64]:
    """The mean of every square of the picture, by sums of sums."""
    sums = np.pad(values.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    totals: NDArray[np.float64] = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return totals / side**2
