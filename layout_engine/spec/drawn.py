"""Whether what a region draws can be printed (线与框): rules neither too thin nor too thick, frames that leave room."""

from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT, Length, format_mm, pt
from layout_engine.spec.model_regions import FrameRule
from layout_engine.spec.places import Written
from layout_engine.spec.references import steps_of
from layout_engine.spec.resolved import Grid

THINNEST: Final = SU_PER_PT // 4  # PR-49: what a plate still holds
THICKEST: Final = pt(36)  # a bar; what is meant as a field is a tint


def check_drawn(one: Written, rect: Rect, grid: Grid, found: Findings) -> None:
    """Report each rule of the region, and a frame's padding, that cannot be meant; `rect` is the region's space."""
    for path, weight in _weights(one.spec):
        if not THINNEST <= weight.su(grid.em, grid.row) <= THICKEST:
            span = one.document.span((*one.path, *steps_of(path)))
            found.add("spec/rule-weight", span, weight=weight.text, region=one.spec.id)
    frame = one.spec.frame
    if not isinstance(frame, FrameRule) or not isinstance(frame.padding, Length):
        return
    padding = frame.padding.su(grid.em, grid.row)
    taken = 2 * (padding + frame.rule.su(grid.em, grid.row))
    if padding < 0 or min(rect.width, rect.height) <= taken:
        span = one.document.span((*one.path, "frame", "padding"))
        width, height = format_mm(rect.width), format_mm(rect.height)
        found.add("spec/padding", span, padding=frame.padding.text, region=one.spec.id, width=width, height=height)


def _weights(spec: msgspec.Struct) -> Iterator[tuple[str, Length]]:
    """Every weight that the region writes, with its path."""
    for field in spec.__struct_fields__:
        value = getattr(spec, field)
        if field == "weight" and isinstance(value, Length):
            yield field, value
        elif isinstance(value, FrameRule):
            yield f"{field}.rule", value.rule
