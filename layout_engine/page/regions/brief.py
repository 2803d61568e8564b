"""简讯: a short story whose headline stands in front of its first paragraph, in one column."""

import msgspec

from layout_engine.page.accounts import account_for
from layout_engine.page.body import (
    BodyStyles,
    body_columns,
    set_body,
    used_rect,
)
from layout_engine.page.dress import dress, inside
from layout_engine.page.model import PlacedLine, RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import baseline_in_row
from layout_engine.spec.model_regions import BriefRegion
from layout_engine.spec.resolved import Region
from layout_engine.typography.headline import fit_headline


def compose_brief(region: Region, desk: Composing) -> RegionLayout:
    """The headline flush on the column's first rows, in its own style, and the text in the rows under it."""
    spec = region.spec
    assert isinstance(spec, BriefRegion)
    grid = desk.page.grid
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=dress(grid, region, region.rect))
    content = inside(grid, region, region.rect)
    columns = body_columns(story.id, content, 1, region.span, desk)
    first_row = columns[0].first_row if columns else 1
    lines: list[PlacedLine] = []
    accounts = []
    headline = story.part("headline")
    if headline is not None:
        style = desk.style(spec.headline)
        fitted = fit_headline(headline, style, content.width, desk.names, desk.faces, desk.findings)
        rows_taken = -(-fitted.size // grid.row)
        for line in fitted.lines:
            baseline = baseline_in_row(grid, first_row, fitted.size, rows_taken)
            x = columns[0].x if columns else content.x
            lines.append(PlacedLine(fitted.paragraph, line, x, baseline, style.ink))
            first_row += rows_taken
        accounts.append(account_for(headline, story.id, [(fitted.paragraph, line) for line in fitted.lines]))
    styles = BodyStyles(desk.style(spec.style), desk.style(spec.style), desk.style(spec.byline))
    columns = tuple(msgspec.structs.replace(one, first_row=first_row) for one in columns)
    body = set_body(story, styles, columns, desk, open_ended=region.open_ended)
    rect = used_rect(grid, region, body.poured, region.rect.y) if region.open_ended else region.rect
    return RegionLayout(
        region,
        rect,
        lines=(*lines, *body.lines),
        behind=dress(grid, region, rect),
        accounts=(*accounts, *body.accounts),
        fullness=body.fullness,
    )
