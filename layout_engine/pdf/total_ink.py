"""The ink that lies on one spot of a picture (总墨量): how much there is at most, and no more than the press takes.

Measured and held in Pillow's C code, on half sums: sums of four inks do not fit in eight bits. Half sums do, and lose
one bit in each pair, which is counted as ink, so that nothing is ever told too low.
"""

from collections.abc import Iterator
from typing import Final

import msgspec
from PIL import Image, ImageChops

FULL: Final = 255  # a solid, in eight bits
FEW_TONES: Final = 64  # so few stand in drawings and emblems, whose solids are meant
BLACK_MOST: Final = 242  # PR-48: 95 % of black in a picture; above it a screen closes

_LOST_BITS: Final = 2
# What each of C, M and Y gives of an excess counted in halves. Where only one of them is left, the excess shrinks
# by a third a pass: from 400 % to 100 % in fewer than twenty.
_THIRDS: Final = tuple(-(-2 * halves // 3) for halves in range(FULL + 1))
_MAX_PASSES: Final = 20
_BLEND: Final = 20  # halves, some 16 % of ink, over which a mended part passes into what stays as it is


class Held(msgspec.Struct, frozen=True):
    """A picture within the limit, and the most ink on one spot of it before and after, in per cent."""

    picture: Image.Image
    before: int
    after: int


def hold_ink(picture: Image.Image, percent: int) -> Held:
    """The CMYK picture with no spot of more ink than `percent` (over 100): see `limit_ink`."""
    inks = picture.split()
    before = _most(inks)
    if before <= percent:
        return Held(picture, before, before)
    held = _reduced(inks, percent)
    return Held(picture, before, before) if held is None else Held(Image.merge("CMYK", held), before, _most(held))


def limit_ink(picture: Image.Image, percent: int) -> Image.Image:
    """No spot with more ink than `percent` (over 100): the excess goes out of C, M and Y alike, so grey stays grey.

    Black carries the drawing and is not touched (PR-48).
    """
    return hold_ink(picture, percent).picture


def max_ink_percent(picture: Image.Image) -> int:
    """The most ink that lies on one spot of a CMYK or grey (K) picture, in per cent, rounded up."""
    if picture.mode == "CMYK":
        return _most(picture.split())
    return _percent(FULL - _extrema(picture.convert("L"))[0])


def hold_black(picture: Image.Image) -> Image.Image:
    """The picture (CMYK, or grey as K) with no more black than a screen keeps open (PR-48)."""
    if picture.mode != "CMYK":
        return picture.point([max(grey, FULL - BLACK_MOST) for grey in range(FULL + 1)])
    inks = picture.split()
    if _extrema(inks[-1])[1] <= BLACK_MOST:
        return picture
    return Image.merge("CMYK", (*inks[:-1], inks[-1].point([min(ink, BLACK_MOST) for ink in range(FULL + 1)])))


def black_of_shades(picture: Image.Image, square: int) -> int:
    """The most black, in per cent, on any square of a photograph (CMYK, or grey as K) that is `square` pixels wide.

    None (0) where it has few tones: in a drawing solids are meant.
    """
    black = picture.getchannel("K") if picture.mode == "CMYK" else ImageChops.invert(picture)
    if sum(1 for tone in black.histogram() if tone) <= FEW_TONES:
        return 0
    half = max(1, square // 2)
    small = black.reduce(half) if half > 1 else black
    return _percent(max(_extrema(one)[1] for (one,) in squares([small], min(2, half))))


def squares(inks: list[Image.Image], side: int) -> Iterator[list[Image.Image]]:
    """The means of all squares of `side` pixels, in as many passes as there are places for the first of them."""
    width, height = inks[0].size
    for left in range(min(side, width)):
        for top in range(min(side, height)):
            across, down = max(1, (width - left) // side), max(1, (height - top) // side)
            part = (left, top, min(width, left + across * side), min(height, top + down * side))
            yield [ink.crop(part).reduce(side) if side > 1 else ink for ink in inks]


def mend_heavy(picture: Image.Image, mended: Image.Image, percent: int) -> Image.Image:
    """The CMYK picture, and `mended` wherever it has more ink than `percent`, with a soft passage between them."""
    sums = ImageChops.add(*_half_sums(picture.split()), offset=_BLEND - _halves_allowed(percent))
    mask = sums.point([min(FULL, value * FULL // _BLEND) for value in range(FULL + 1)])
    return Image.composite(mended, picture, mask)


def _reduced(inks: tuple[Image.Image, ...], percent: int) -> tuple[Image.Image, ...] | None:
    """The four inks within the limit, or None where black alone is over it."""
    cyan, magenta, yellow, black = inks
    allowed = _halves_allowed(percent)
    for _ in range(_MAX_PASSES):
        excess = ImageChops.add(*_half_sums((cyan, magenta, yellow, black)), offset=-allowed)
        if not _extrema(excess)[1]:
            return cyan, magenta, yellow, black
        share = excess.point(_THIRDS)
        cyan, magenta, yellow = (ImageChops.subtract(ink, share) for ink in (cyan, magenta, yellow))
    return None


def _most(inks: tuple[Image.Image, ...]) -> int:
    two, other_two = _half_sums(inks)
    above = _extrema(ImageChops.add(two, other_two, offset=-FULL))[1]
    halves = above + FULL if above else _extrema(ImageChops.add(two, other_two))[1]
    if halves <= 1 and max(_extrema(ink)[1] for ink in inks) <= 1:  # a trace that half sums would lose
        return _percent(sum(_extrema(ink)[1] for ink in inks))
    return _percent(2 * halves + _LOST_BITS)


def _halves_allowed(percent: int) -> int:
    return (percent * FULL // 100 - _LOST_BITS) // 2


def _half_sums(inks: tuple[Image.Image, ...]) -> tuple[Image.Image, Image.Image]:
    cyan, magenta, yellow, black = inks
    return ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)


def _percent(value: int) -> int:
    return -(-value * 100 // FULL)


def _extrema(band: Image.Image) -> tuple[int, int]:
    low, high = band.getextrema()
    return int(low), int(high)  # type: ignore[arg-type]  # a single band has numbers
