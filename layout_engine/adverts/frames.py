"""Which part of an advertiser's page is the advertisement (取框): its TrimBox, else its CropBox, as one sees it."""

from fractions import Fraction
from typing import Any, Final, Literal

import pikepdf

from layout_engine.adverts.model import BOXES, Frame
from layout_engine.adverts.objects import inherited
from layout_engine.base.units import format_pt, pt

# ISO 32000-1, annex C: 14,400 units a side.
_LONGEST: Final = 14_400
_SHORTEST: Final = 3
_MOST_UNIT: Final = 75

_Edges = tuple[Fraction, Fraction, Fraction, Fraction]


def read_frame(page: Any, box: str | None) -> tuple[str, Frame] | None:
    """The box that was asked for, or the TrimBox, else the CropBox (PR-90), within the media; None where it is none.

    A box that the page does not have is not put in place of another.
    """
    media = _edges(inherited(page, "/MediaBox"))
    if media is None:
        return None
    crop = _edges(inherited(page, "/CropBox")) or media
    own = _edges(page.get(f"/{BOXES[box]}")) if box is not None else _edges(page.get("/TrimBox"))
    if box is None:
        box, edges = ("trim", own) if own is not None else ("crop", crop)
    elif box in ("media", "crop"):
        edges = media if box == "media" else crop
    elif own is None:
        return None
    else:
        edges = own
    left, bottom, right, top = (
        max(edges[0], media[0]), max(edges[1], media[1]), min(edges[2], media[2]), min(edges[3], media[3])
    )  # fmt: skip
    unit = _unit(page)
    turn = _turn(page)
    if turn is None or not all(_SHORTEST <= side * unit / 1000 <= _LONGEST for side in (right - left, top - bottom)):
        return None
    return box, Frame(pt(left), pt(bottom), pt(right), pt(top), turn, unit)


def matrix(frame: Frame) -> str:
    """The six numbers that put the frame, turned as one sees it, with its lower left corner at the origin."""
    one = frame.unit
    left, bottom, right, top = (edge * one // 1000 for edge in (frame.left, frame.bottom, frame.right, frame.top))
    turned = {
        0: (one, 0, 0, one, -left, -bottom),
        90: (0, -one, one, 0, -bottom, right),
        180: (-one, 0, 0, -one, right, top),
        270: (0, one, -one, 0, top, -left),
    }[frame.turn]
    scales = " ".join(format_pt(pt(Fraction(one, 1000))) for one in turned[:4])
    return f"{scales} {format_pt(turned[4])} {format_pt(turned[5])}"


def bounds(frame: Frame) -> str:
    """The frame's edges in the page's own units."""
    return " ".join(format_pt(edge) for edge in (frame.left, frame.bottom, frame.right, frame.top))


def _edges(value: Any) -> _Edges | None:
    """Left, bottom, right, top of a rectangle, whichever two corners it gives."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    numbers = [_number(one) for one in value]
    if any(one is None for one in numbers):
        return None
    x0, y0, x1, y1 = (one or Fraction(0) for one in numbers)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _number(value: Any) -> Fraction | None:
    if not isinstance(value, (pikepdf.Integer, pikepdf.Real)):
        return None
    number = Fraction(value.unparse().decode("ascii"))
    return number if abs(number) <= 100 * _LONGEST else None


def _unit(page: Any) -> int:
    """The page's unit in thousandths of a point."""
    written = _number(page.get("/UserUnit"))
    return 1000 if written is None or not 0 < written <= _MOST_UNIT else max(1, round(written * 1000))


def _turn(page: Any) -> Literal[0, 90, 180, 270] | None:
    written = inherited(page, "/Rotate")
    degrees = int(written) % 360 if isinstance(written, pikepdf.Integer) else 0
    return {0: 0, 90: 90, 180: 180, 270: 270}.get(degrees)  # type: ignore[return-value]
