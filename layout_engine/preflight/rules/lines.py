"""Lines that print (线): PR-49. Strokes, and filled rectangles as thin as lines."""

from typing import Final

from layout_engine.base.units import SU_PER_PT
from layout_engine.preflight.colors import ALL, Color
from layout_engine.preflight.findings import Found
from layout_engine.preflight.painted import Paint, Path
from layout_engine.preflight.plane import Box

_EPSILON: Final = 0.002  # pt: places are written with four decimals, and the matrix has its own
_SOLID: Final = 1.0
_LINE: Final = 4  # a rectangle so many times longer than wide is a line


def check_lines(one: Path, found: Found) -> None:
    """PR-49: no line thinner than the press prints."""
    if one.where.within == "mask" or one.shown is None:
        return
    if one.stroke is not None:
        _tell(one, one.stroke, one.line_pt, one.box, found)
    if one.fill is not None and one.stroke is None:
        for part in one.parts:
            width, length = sorted((part[2] - part[0], part[3] - part[1]))
            if length > _LINE * width:
                _tell(one, one.fill, width, part, found)


def _tell(one: Path, paint: Paint, width: float, box: Box, found: Found) -> None:
    color = paint.color
    mixed = _is_delicate(color)
    least = (found.profile.rule_least_mixed if mixed else found.profile.rule_least) / SU_PER_PT
    if ALL in color.space.inks:
        least = found.profile.rule_least / SU_PER_PT  # marks, which are to be seen on every plate and no more
    if width < least - _EPSILON:
        code = "preflight/hairline-mixed" if mixed else "preflight/hairline"
        found.add(code, one.where, box, width=f"{width:.3g}", least=f"{least:g}")


def _is_delicate(color: Color) -> bool:
    """White, tinted or of several inks: broken up by the screen, or out of register."""
    if color.plates is None:
        return True
    return color.printing != 1 or color.total < _SOLID
