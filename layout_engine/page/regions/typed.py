"""The typed lines of a masthead or an advertisement, read from their region for stacking (文字行)."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.page.regions.kind import Composing
from layout_engine.page.stack import Stacked, StackLine, stack_lines, typed_part
from layout_engine.spec.model_regions import TypedLine
from layout_engine.spec.model_values import Align
from layout_engine.spec.resolved import Region


def stack_typed(region: Region, lines: tuple[TypedLine, ...], rect: Rect, align: Align, desk: Composing) -> Stacked:
    """The region's `lines` stacked in `rect`; `align` holds where neither the line nor anything else says."""
    return stack_lines(
        [
            StackLine(
                typed_part(desk.page.number, region.id, path, region.texts[path]),
                desk.style(line.style),
                align if line.align is msgspec.UNSET else line.align,
                line.place,
                region.spans.get(path, region.span),
            )
            for path, line in ((f"lines.{number}.text", line) for number, line in enumerate(lines))
        ],
        rect,
        region.id,
        desk,
    )
