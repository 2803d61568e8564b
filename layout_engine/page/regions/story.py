"""稿件: a headline group and the text under or beside it, in one span of columns: the normal unit of make-up."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.content.model import Story
from layout_engine.page.body import (
    BodyStyles,
    body_columns,
    columns_within,
    set_body,
    used_rect,
)
from layout_engine.page.continued import continued_head
from layout_engine.page.dress import column_rules, dress, inside
from layout_engine.page.fill import NO_HEADROOM, Headroom
from layout_engine.page.headline_group import HeadlineGroup, fit_group
from layout_engine.page.jumped import set_jumped
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import TextColumn, rows_within
from layout_engine.spec.headlines import columns_spanned, rows_given
from layout_engine.spec.model_regions import FrameRule, HeadlineSpec, StoryRegion
from layout_engine.spec.resolved import Region


class _Division(msgspec.Struct, frozen=True):
    """How a region's space is divided: the headline group, its space, and the columns for the text."""

    columns: tuple[TextColumn, ...]
    group: HeadlineGroup | None = None
    space: Rect = Rect(0, 0, 0, 0)
    headroom: Headroom = NO_HEADROOM


def compose_story(region: Region, desk: Composing) -> RegionLayout:
    """The story's headline group at its place, its text in what is left, columns level if wanted."""
    spec = region.spec
    assert isinstance(spec, StoryRegion)
    grid = desk.page.grid
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=dress(grid, region, region.rect))
    head = continued_head(region, inside(grid, region, region.rect), desk)
    divided = _divide(region, spec, story, head.below, desk)
    group, space, columns = divided.group, divided.space, divided.columns
    for one in region.obstacles:
        if group is not None and one.rect.overlaps(space):
            desk.findings.add("page/headline-covered", region.span, id=one.id, story=story.id)
    styles = BodyStyles(desk.style(spec.style), desk.style(spec.crosshead), desk.style(spec.byline))
    if region.parts:
        body = set_jumped(region, story, styles, columns, desk)
    else:
        body = set_body(
            story,
            styles,
            columns,
            desk,
            obstacles=region.obstacles,
            level=spec.balance,
            open_ended=region.open_ended,
            headroom=divided.headroom,
        )
    space = msgspec.structs.replace(space, height=space.height + body.headline_rows * grid.row)
    columns = divided.headroom.lowered(columns, body.headline_rows)
    rect = region.rect
    if region.open_ended:
        rect = used_rect(grid, region, body.poured, space.y + group.height if group else rect.y)
        space = msgspec.structs.replace(space, height=min(space.height, inside(grid, region, rect).bottom - space.y))
        columns = columns_within(grid, columns, rect)
    rules = (
        column_rules(grid, columns, spec.column_rules, region.obstacles)
        if isinstance(spec.column_rules, FrameRule)
        else ()
    )
    return RegionLayout(
        region,
        rect,
        lines=(*head.lines, *(group.placed(space) if group else ()), *body.lines),
        behind=(*dress(grid, region, rect), *rules),
        accounts=(*head.accounts, *(group.accounts(story.id) if group else ()), *body.accounts),
        fullness=body.fullness,
    )


def story_columns(region: Region, desk: Composing) -> tuple[TextColumn, ...]:
    """The columns that the headline group leaves for the text."""
    spec = region.spec
    assert isinstance(spec, StoryRegion)
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return ()
    head = continued_head(region, inside(desk.page.grid, region, region.rect), desk)
    return _divide(region, spec, story, head.below, desk).columns


def _divide(region: Region, spec: StoryRegion, story: Story, content: Rect, desk: Composing) -> _Division:
    if not isinstance(spec.headline, HeadlineSpec):
        return _Division(body_columns(story.id, content, _wanted(region, spec), region.span, desk))
    if spec.headline.place == "top":
        return _under(region, spec.headline, story, content, desk)
    return _beside(region, spec.headline, story, content, desk)


def _wanted(region: Region, spec: StoryRegion) -> int:
    """The text columns asked for; without a word the columns of the grid."""
    if isinstance(spec.text_columns, int):
        return spec.text_columns
    return region.columns[1] - region.columns[0] + 1 if region.columns else 1


def _under(region: Region, headline: HeadlineSpec, story: Story, content: Rect, desk: Composing) -> _Division:
    """A headline over all text columns or some of them; those beside it reach up to the region's head (破栏)."""
    grid, spec = desk.page.grid, region.spec
    assert isinstance(spec, StoryRegion)
    columns = body_columns(story.id, content, _wanted(region, spec), region.span, desk)
    first_column, last_column = _spanned(region, headline, story, len(columns), desk)
    left, width = content.x, content.width
    if last_column - first_column + 1 < len(columns):
        left = columns[first_column].x
        width = columns[last_column].x + columns[last_column].width - left
    given = rows_given(headline)
    downward = grid.rows_height(given[0]) if given else content.height
    group = fit_group(story, headline, width if headline.direction == "horizontal" else downward, desk)
    first, last = rows_within(grid, content.y, content.bottom)
    needs = group.rows_needed(grid)
    rows = max(given[0], min(needs, given[1])) if given else needs
    top, _ = grid.rows_rect(first, first)
    deep = rows * grid.row - (grid.row - grid.em) // 2  # half of the blank before the text is the group's
    space = Rect(left, top, width, min(deep, content.bottom - top))
    if not group.overruns_foot and (rows > last - first + 1 or group.height > space.height):
        had = min(rows, last - first + 1)
        _too_tall(region, "headline.rows", story, had, max(needs, rows if rows > had else 0), desk)
    _check_width(region, group, space, story, desk)
    headroom = Headroom(first_column, last_column, given[1] - rows if given else 0)
    return _Division(headroom.lowered(columns, rows), group, space, headroom)


def _spanned(region: Region, headline: HeadlineSpec, story: Story, columns: int, desk: Composing) -> tuple[int, int]:
    """The first and last text column that the headline stands over, from 0."""
    spanned = columns_spanned(headline)
    if spanned is None or not columns:
        return 0, columns - 1
    first, last = spanned
    if not 1 <= first <= last <= columns:
        span = region.spans.get("headline.over", region.span)
        desk.findings.add("page/headline-over", span, over=headline.over, story=story.id, columns=columns)
        return 0, columns - 1
    return first - 1, last - 1


def _beside(region: Region, headline: HeadlineSpec, story: Story, content: Rect, desk: Composing) -> _Division:
    """A headline at the left or right of its text, over the whole height."""
    grid, spec = desk.page.grid, region.spec
    assert isinstance(spec, StoryRegion)
    taken = headline.columns if isinstance(headline.columns, int) else 1
    width = taken * grid.measure + (taken - 1) * grid.gutter
    if headline.width is not msgspec.UNSET:
        width = headline.width.su(grid.em, grid.row)
    gutter = max(grid.gutter, grid.em)  # a page of one column has no gutter of its own
    at_left = headline.place == "left"
    space = Rect(content.x if at_left else content.right - width, content.y, width, content.height)
    text_x = content.x + width + gutter if at_left else content.x
    text = Rect(text_x, content.y, content.width - width - gutter, content.height)
    group = fit_group(story, headline, content.height if headline.direction == "vertical" else width, desk)
    if not group.overruns_foot and group.height > space.height:
        _too_tall(region, "headline", story, space.height // grid.row + 1, group.rows_needed(grid), desk)
    _check_width(region, group, space, story, desk)
    count = spec.text_columns if isinstance(spec.text_columns, int) else max(1, _wanted(region, spec) - taken)
    return _Division(body_columns(story.id, text, count, region.span, desk), group, space)


def _too_tall(region: Region, field: str, story: Story, rows: int, needs: int, desk: Composing) -> None:
    span = region.spans.get(field, region.span)
    desk.findings.add("page/headline-too-tall", span, story=story.id, rows=max(0, rows), needs=needs)


def _check_width(region: Region, group: HeadlineGroup, space: Rect, story: Story, desk: Composing) -> None:
    """A vertical group is as wide as its lines side by side; a horizontal one was fitted to the width."""
    if group.direction == "vertical" and group.depth > space.width:
        span = region.spans.get("headline", region.span)
        desk.findings.add("page/headline-too-wide", span, story=story.id)
