"""稿件: a headline group and the text under or beside it, in one span of columns: the normal unit of make-up."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.page.balance import pour_level
from layout_engine.page.body import BodyStyles, body_accounts, fullness, placed_lines, report_body, shape_body
from layout_engine.page.dress import column_rules, dress, inside
from layout_engine.page.headline_group import HeadlineGroup, fit_group
from layout_engine.page.model import LineSlot, RegionLayout
from layout_engine.page.pour import Block, Poured, pour
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import TextColumn, column_slots, rows_within, text_columns
from layout_engine.spec.model import FrameRule, HeadlineSpec, StoryRegion
from layout_engine.spec.resolved import Grid, Region


def compose_story(region: Region, desk: Composing) -> RegionLayout:
    """The story's headline group at its place, its text in what is left, columns level if wanted."""
    spec = region.spec
    assert isinstance(spec, StoryRegion)
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=dress(desk.page.grid, region, region.rect))
    grid = desk.page.grid
    content = inside(grid, region, region.rect)
    wanted = spec.text_columns if isinstance(spec.text_columns, int) else _own_columns(region)
    group, group_rect, columns = _divide(region, spec, wanted, content, desk)
    styles = BodyStyles(desk.style(spec.style), desk.style(spec.crosshead), desk.style(spec.byline))
    blocks = shape_body(story, styles, desk)
    poured, chain = _pour(grid, blocks, columns, level=spec.balance)
    whole = column_slots(grid, columns)
    full = fullness(story, poured, chain if region.open_ended else whole)
    report_body(story, poured, full, len(columns), desk)
    rect = _used(grid, region, columns, poured) if region.open_ended else region.rect
    rules = column_rules(grid, columns, spec.column_rules) if isinstance(spec.column_rules, FrameRule) else ()
    return RegionLayout(
        region,
        rect,
        lines=(*(group.placed(group_rect) if group else ()), *placed_lines(grid, poured)),
        behind=(*dress(grid, region, rect), *rules),
        accounts=(*(group.accounts(story.id) if group else ()), *body_accounts(story, poured)),
        fullness=(full,),
    )


def _own_columns(region: Region) -> int:
    return region.columns[1] - region.columns[0] + 1 if region.columns else 1


def _divide(
    region: Region, spec: StoryRegion, wanted: int, content: Rect, desk: Composing
) -> tuple[HeadlineGroup | None, Rect, tuple[TextColumn, ...]]:
    """The headline group with its space, and the text columns in what it leaves of `content`."""
    grid = desk.page.grid
    story = desk.copy.stories[spec.story]
    headline = spec.headline
    if not isinstance(headline, HeadlineSpec):
        return None, content, text_columns(grid, content, wanted)
    if headline.place != "top":
        return _beside(region, headline, spec, wanted, content, desk)
    all_columns = text_columns(grid, content, wanted)
    spanned = len(all_columns) if headline.over == "all" else min(headline.over, len(all_columns))
    last = all_columns[spanned - 1]
    left, width = (
        (content.x, content.width)
        if spanned == len(all_columns)
        else (all_columns[0].x, last.x + last.width - all_columns[0].x)
    )
    room = width if headline.direction == "horizontal" else _height(headline, content, grid)
    group = fit_group(story, headline, room, desk)
    first, last_row = rows_within(grid, content.y, content.bottom)
    rows = _rows_for(group, headline, grid) if headline.direction == "horizontal" else (headline.rows or 1)
    assert isinstance(rows, int)
    if rows > last_row - first + 1 or (isinstance(headline.rows, int) and group.depth > headline.rows * grid.row):
        desk.findings.add(
            "page/headline-too-tall",
            region.spans.get("headline.rows", region.span),
            story=spec.story,
            rows=headline.rows if isinstance(headline.rows, int) else last_row - first + 1,
            needs=_rows_needed(group, grid),
        )
    top, _ = grid.rows_rect(first, first)
    space = Rect(left, top, width, rows * grid.row - (grid.row - grid.em) // 2)
    columns = tuple(
        msgspec.structs.replace(column, first_row=column.first_row + (rows if number < spanned else 0))
        for number, column in enumerate(all_columns)
    )
    return group, space, columns


def _beside(
    region: Region, headline: HeadlineSpec, spec: StoryRegion, wanted: int, content: Rect, desk: Composing
) -> tuple[HeadlineGroup, Rect, tuple[TextColumn, ...]]:
    """A headline at the left or right of its text, over the whole height."""
    grid = desk.page.grid
    taken = headline.columns if isinstance(headline.columns, int) else 1
    width = taken * grid.measure + (taken - 1) * grid.gutter
    if headline.width is not msgspec.UNSET:
        width = headline.width.su(grid.em, grid.row)
    text_width = content.width - width - grid.gutter
    at_left = headline.place == "left"
    space = Rect(content.x if at_left else content.right - width, content.y, width, content.height)
    text = Rect(content.x + (width + grid.gutter if at_left else 0), content.y, text_width, content.height)
    room = content.height if headline.direction == "vertical" else width
    group = fit_group(desk.copy.stories[spec.story], headline, room, desk)
    across = space.width if headline.direction == "vertical" else space.height
    if group.depth > across:
        desk.findings.add("page/headline-too-wide", region.spans.get("headline", region.span), story=spec.story)
    count = wanted if isinstance(spec.text_columns, int) else max(1, wanted - taken)
    return group, space, text_columns(grid, text, count)


def _height(headline: HeadlineSpec, content: Rect, grid: Grid) -> int:
    return grid.rows_height(headline.rows) if isinstance(headline.rows, int) else content.height


def _rows_needed(group: HeadlineGroup, grid: Grid) -> int:
    """Whole rows for the group and half an em of air below it."""
    return -(-(group.depth + grid.em // 2) // grid.row)


def _rows_for(group: HeadlineGroup, headline: HeadlineSpec, grid: Grid) -> int:
    return headline.rows if isinstance(headline.rows, int) else _rows_needed(group, grid)


def _pour(
    grid: Grid, blocks: tuple[Block, ...], columns: tuple[TextColumn, ...], *, level: bool
) -> tuple[Poured, tuple[LineSlot, ...]]:
    if level:
        return pour_level(grid, blocks, columns)
    chain = column_slots(grid, columns)
    return pour(blocks, chain), chain


def _used(grid: Grid, region: Region, columns: tuple[TextColumn, ...], poured: Poured) -> Rect:
    """The part of an open-ended region that its text takes."""
    last = max((one.slot.row + one.rows - 1 for one in poured.lines if one.slot), default=columns[0].first_row)
    top, height = grid.rows_rect(last, last)
    below = region.rect.bottom - inside(grid, region, region.rect).bottom
    return msgspec.structs.replace(region.rect, height=top + height + below - region.rect.y)
