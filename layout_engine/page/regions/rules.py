"""线 and 框: drawn rules on the grid, and boxes that other regions may stand on."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.page.dress import dress
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.spec.model import RuleRegion
from layout_engine.spec.resolved import Region


def compose_rule(region: Region, desk: Composing) -> RegionLayout:
    """A horizontal rule in the middle of its rows, or a vertical one in the middle of its width or of a gutter."""
    spec = region.spec
    assert isinstance(spec, RuleRegion)
    grid, rect = desk.page.grid, region.rect
    weight = spec.weight.su(grid.em, grid.row)
    if spec.direction == "horizontal":
        middle = rect.y + (rect.height - weight) // 2
        one = Rect(rect.x, middle, rect.width, weight)
        two = Rect(rect.x, middle + 3 * weight, rect.width, weight)
    else:
        middle = rect.x + (rect.width - weight) // 2
        short = (grid.em - weight) // 2 if spec.ends == "rules" else 0  # to the rules in its first and last row
        one = Rect(middle, rect.y + short, weight, rect.height - 2 * short)
        two = msgspec.structs.replace(one, x=middle + 3 * weight)
    drawn = (one, two) if spec.double else (one,)
    return RegionLayout(region, rect, behind=tuple(Rule(each, spec.ink) for each in drawn))


def compose_box(region: Region, desk: Composing) -> RegionLayout:
    """The tint and frame that every region may have, and nothing else."""
    return RegionLayout(region, region.rect, behind=dress(desk.page.grid, region, region.rect))
