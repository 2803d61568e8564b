"""The head of a story's part on a later page (续题): the headline that the spec types for it, in whole rows."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.page.headline_group import GroupPart, HeadlineGroup
from layout_engine.page.model import Account, PlacedLine
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import rows_within
from layout_engine.page.stack import typed_part
from layout_engine.spec.model_regions import ContinuedTitle, FlowingRegion
from layout_engine.spec.resolved import Region
from layout_engine.typography.headline import fit_headline

_PATH = "continued_title.text"


class ContinuedHead(msgspec.Struct, frozen=True):
    """The headline's lines at their places, and what is left under it of the space that it was given."""

    below: Rect
    lines: tuple[PlacedLine, ...] = ()
    accounts: tuple[Account, ...] = ()


def continued_head(region: Region, space: Rect, desk: Composing) -> ContinuedHead:
    """The headline over the whole width of `space`, at its top; `space` as it is where none is typed."""
    spec = region.spec
    if not (isinstance(spec, FlowingRegion) and isinstance(spec.continued_title, ContinuedTitle)):
        return ContinuedHead(space)
    grid, title = desk.page.grid, spec.continued_title
    style = desk.style(title.style)
    part = typed_part(desk.page.number, region.id, _PATH, region.texts[_PATH])
    fitted = fit_headline(part, style, space.width, desk.names, desk.faces, desk.findings)
    group = HeadlineGroup((GroupPart(part, style.ink, fitted),), "horizontal", title.align)
    first, last = rows_within(grid, space.y, space.bottom)
    rows = group.rows_needed(grid)
    if rows >= last - first + 1:
        desk.findings.add("page/text-too-tall", region.spans.get("continued_title", region.span), region=region.id)
    top, _ = grid.rows_rect(first, first)
    under, _ = grid.rows_rect(first + rows, first + rows)
    stands = Rect(space.x, top, space.width, rows * grid.row - (grid.row - grid.em) // 2)
    below = Rect(space.x, under, space.width, max(0, space.bottom - under))
    return ContinuedHead(below, group.placed(stands), group.accounts(region.id))
