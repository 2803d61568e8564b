"""线 and 框: drawn rules on the grid, and boxes that other regions may stand on."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.page.dress import dress
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.spec.model_regions import RuleRegion
from layout_engine.spec.resolved import Region

_DOUBLE_APART = 3  # weights from one rule of a pair to the other


def compose_rule(region: Region, desk: Composing) -> RegionLayout:
    """A horizontal rule in the middle of its rows, or a vertical one in the middle of its width or of a gutter."""
    spec = region.spec
    assert isinstance(spec, RuleRegion)
    grid, rect = desk.page.grid, region.rect
    weight = spec.weight.su(grid.em, grid.row)
    apart = _DOUBLE_APART * weight
    thick = weight + apart if spec.double else weight
    if spec.direction == "horizontal":
        one = Rect(rect.x, rect.y + (rect.height - thick) // 2, rect.width, weight)
        two = msgspec.structs.replace(one, y=one.y + apart)
    else:
        short = (grid.em - weight) // 2 if spec.ends == "rules" else 0  # to the rules in its first and last row
        one = Rect(rect.x + (rect.width - thick) // 2, rect.y + short, weight, rect.height - 2 * short)
        two = msgspec.structs.replace(one, x=one.x + apart)
    drawn = (one, two) if spec.double else (one,)
    return RegionLayout(region, rect, behind=tuple(Rule(each, spec.ink) for each in drawn))


def compose_box(region: Region, desk: Composing) -> RegionLayout:
    """The tint and frame that every region may have, and nothing else."""
    return RegionLayout(region, region.rect, behind=dress(desk.page.grid, region, region.rect))
