"""How a picture meets its space (裁切): filled or fitted by an explicit rule, never distorted."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture
from layout_engine.base.units import SU_PER_PT

_PT_PER_INCH: Final = 72


def place_picture(
    file: str, pixels: tuple[int, int], room: Rect, crop: str, focus: tuple[float, float], span: Span
) -> Picture:
    """The picture in `room`: `fill` cuts around the focus (percent), `fit` leaves space at two sides."""
    wide, high = pixels
    if crop == "fit":
        scale = min(Fraction(room.width, wide), Fraction(room.height, high))
        width, height = int(wide * scale), int(high * scale)
        rect = Rect(room.x + (room.width - width) // 2, room.y + (room.height - height) // 2, width, height)
        return Picture(rect, file, (0, 0, wide, high), span)
    scale = max(Fraction(room.width, wide), Fraction(room.height, high))
    cut_wide = min(wide, max(1, round(room.width / scale)))
    cut_high = min(high, max(1, round(room.height / scale)))
    left = _around(focus[0], wide, cut_wide)
    top = _around(focus[1], high, cut_high)
    return Picture(room, file, (left, top, left + cut_wide, top + cut_high), span)


def resolution_of(picture: Picture) -> int:
    """Pixels to the inch at the placed size, rounded down."""
    across = picture.crop[2] - picture.crop[0]
    return across * _PT_PER_INCH * SU_PER_PT // max(1, picture.rect.width)


def check_resolution(pictures: Iterable[Picture], wanted: int, least: int) -> tuple[Diagnostic, ...]:
    """The pictures that have fewer pixels to the inch than `wanted`: an error where they have less than `least`."""
    findings = Findings()
    for picture in pictures:
        ppi = resolution_of(picture)
        if ppi < least:
            findings.add("page/too-low-resolution", picture.span, file=picture.file, ppi=ppi, least=least)
        elif ppi < wanted:
            findings.add("page/low-resolution", picture.span, file=picture.file, ppi=ppi, least=wanted)
    return findings.all()


def _around(focus_percent: float, whole: int, part: int) -> int:
    """Where a cut of `part` begins so that the focus is as near its middle as the edges allow."""
    middle = round(whole * focus_percent / 100)
    return min(max(0, middle - part // 2), whole - part)
