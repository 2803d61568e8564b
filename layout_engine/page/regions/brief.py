"""简讯: a short story whose headline stands in front of its first paragraph, in one column."""

import msgspec

from layout_engine.page.accounts import account_for
from layout_engine.page.body import BodyStyles, body_accounts, fullness, placed_lines, report_body, shape_body
from layout_engine.page.dress import dress, inside
from layout_engine.page.model import PlacedLine, RegionLayout
from layout_engine.page.pour import pour
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import baseline_in_row, column_slots, text_columns
from layout_engine.spec.model import BriefRegion
from layout_engine.spec.resolved import Region
from layout_engine.typography.headline import fit_headline


def compose_brief(region: Region, desk: Composing) -> RegionLayout:
    """The headline flush on the column's first rows, in its own style, and the text in the rows under it."""
    spec = region.spec
    assert isinstance(spec, BriefRegion)
    grid = desk.page.grid
    marks = dress(grid, region, region.rect)
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=marks)
    (column,) = text_columns(grid, inside(grid, region, region.rect), 1)
    lines: list[PlacedLine] = []
    accounts = []
    headline = story.part("headline")
    if headline is not None:
        style = desk.style(spec.headline)
        fitted = fit_headline(headline, style, column.width, desk.names, desk.faces, desk.findings)
        for line in fitted.lines:
            baseline = baseline_in_row(grid, column.first_row, fitted.size)
            lines.append(PlacedLine(fitted.paragraph, line, column.x, baseline, style.ink))
            column = msgspec.structs.replace(column, first_row=column.first_row + 1)
        accounts.append(account_for(headline, story.id, [(fitted.paragraph, line) for line in fitted.lines]))
    styles = BodyStyles(desk.style(spec.style), desk.style(spec.style), desk.style(spec.byline))
    chain = column_slots(grid, (column,))
    poured = pour(shape_body(story, styles, desk), chain)
    full = fullness(story, poured, chain)
    report_body(story, poured, full, 1, desk)
    accounts += body_accounts(story, poured)
    return RegionLayout(
        region,
        region.rect,
        lines=(*lines, *placed_lines(grid, poured)),
        behind=marks,
        accounts=tuple(accounts),
        fullness=(full,),
    )
