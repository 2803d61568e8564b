"""报眼: a slogan or notice beside the masthead; each written line is one line."""

from layout_engine.page.dress import dress, inside
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.stack import StackLine, stack_lines, typed_part
from layout_engine.spec.model_regions import EarRegion
from layout_engine.spec.resolved import Region


def compose_ear(region: Region, desk: Composing) -> RegionLayout:
    """The text in the middle of the region, as large as the style's range allows."""
    spec = region.spec
    assert isinstance(spec, EarRegion)
    part = typed_part(desk.page.number, region.id, "text", region.texts["text"])
    line = StackLine(part, desk.style(spec.style), spec.align, "block", region.spans.get("text", region.span))
    stacked = stack_lines((line,), inside(desk.page.grid, region, region.rect), region.id, desk)
    return RegionLayout(
        region,
        region.rect,
        lines=stacked.lines,
        behind=dress(desk.page.grid, region, region.rect),
        accounts=stacked.accounts,
    )
