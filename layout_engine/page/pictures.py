"""How a picture meets its space (裁切): filled or fitted by an explicit rule, never distorted."""

from fractions import Fraction
from typing import Final

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture
from layout_engine.base.units import SU_PER_PT

_LEAST_PPI: Final = 200  # PR-80, at the placed size
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


def report_resolution(picture: Picture, findings: Findings) -> None:
    """Say so where the picture has too few pixels for its size on paper (PR-80)."""
    across = picture.crop[2] - picture.crop[0]
    ppi = across * _PT_PER_INCH * SU_PER_PT // max(1, picture.rect.width)
    if ppi < _LEAST_PPI:
        findings.add("page/low-resolution", picture.span, file=picture.file, ppi=ppi, least=_LEAST_PPI)


def _around(focus_percent: float, whole: int, part: int) -> int:
    """Where a cut of `part` begins so that the focus is as near its middle as the edges allow."""
    middle = round(whole * focus_percent / 100)
    return min(max(0, middle - part // 2), whole - part)
