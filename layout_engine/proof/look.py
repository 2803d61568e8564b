"""How a picture looks at a glance (图样): a few hundred pixels of it, by which two versions are told apart.

By content any saved copy is another file; by look a swapped picture, one with other colours, and the same one saved
again are three things.
"""

import warnings
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Final

import msgspec
from PIL import Image, ImageOps

COLUMNS: Final = 24
MAX_PIXELS: Final = 400_000_000
_SMALL: Final = 2 * COLUMNS * 8  # JPEG is decoded at a fraction of its size where it is larger


class Look(msgspec.Struct, frozen=True):
    """A picture in `size` columns and rows of RGB, from the top left."""

    size: tuple[int, int]
    rgb: bytes


NO_LOOK: Final = Look((0, 0), b"")


def look_at(path: Path) -> Look:
    """The look of the picture in `path`, upright; NO_LOOK where it cannot be opened, which is told elsewhere."""
    try:
        with warnings.catch_warnings(), Image.open(path) as opened:
            warnings.simplefilter("ignore")
            if opened.width * opened.height > MAX_PIXELS or min(opened.size) < 1:
                return NO_LOOK
            opened.draft("RGB", (_SMALL, _SMALL))
            image = ImageOps.exif_transpose(opened)
            rows = max(1, min(4 * COLUMNS, round(COLUMNS * image.height / image.width)))
            small = image.convert("RGB").resize((COLUMNS, rows), Image.Resampling.BOX)
            return Look(small.size, small.tobytes())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return NO_LOOK


class Likeness(msgspec.Struct, frozen=True):
    """How near two looks are: `structure` in thousandths (1000: lights and darks lie alike), `colour` 0 to 255."""

    structure: int
    colour: int


def compare_looks(old: Look, new: Look) -> Likeness | None:
    """None where one of them is no look, or they have other proportions."""
    if not old.rgb or old.size != new.size:
        return None
    apart = sum(abs(a - b) for a, b in zip(old.rgb, new.rgb, strict=True)) // len(old.rgb)
    return Likeness(_correlation(_grey(old.rgb), _grey(new.rgb)), apart)


def _grey(rgb: bytes) -> list[int]:
    return [(299 * r + 587 * g + 114 * b) // 1000 for r, g, b in zip(rgb[::3], rgb[1::3], rgb[2::3], strict=True)]


def _correlation(one: Sequence[int], other: Sequence[int]) -> int:
    """Pearson's, in thousandths; two pictures of one flat tone each are alike."""
    count = len(one)
    mean, other_mean = sum(one) / count, sum(other) / count
    mine, others = [value - mean for value in one], [value - other_mean for value in other]
    spread = sum(value * value for value in mine) * sum(value * value for value in others)
    if spread <= 0:
        return 1000 if one == other or not (any(mine) or any(others)) else 0
    together = sum(a * b for a, b in zip(mine, others, strict=True))
    return round(1000 * together / sqrt(spread))
