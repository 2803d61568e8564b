"""正文: a story's text through n columns, or through several frames in a chain."""

from layout_engine.base.geometry import Rect
from layout_engine.page.body import (
    BodyStyles,
    body_columns,
    columns_within,
    set_body,
    used_rect,
)
from layout_engine.page.continued import continued_head
from layout_engine.page.dress import column_rules, dress, inside
from layout_engine.page.jumped import set_jumped
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import TextColumn
from layout_engine.spec.model_regions import ArticleRegion, Frame, FrameRule
from layout_engine.spec.resolved import Grid, Region


def compose_article(region: Region, desk: Composing) -> RegionLayout:
    """The story's body poured through the region's frames, in their order."""
    spec = region.spec
    assert isinstance(spec, ArticleRegion)
    grid = desk.page.grid
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=dress(grid, region, region.rect))
    rects = frame_rects(grid, region, spec)
    head = continued_head(region, rects[0], desk)
    frames = _frames(region, spec, (head.below, *rects[1:]), desk)
    columns = tuple(column for frame in frames for column in frame)
    styles = BodyStyles(desk.style(spec.style), desk.style(spec.crosshead), desk.style(spec.byline))
    level = spec.balance and len(frames) == 1
    if region.parts:
        body = set_jumped(region, story, styles, columns, desk)
    else:
        body = set_body(
            story, styles, columns, desk, obstacles=region.obstacles, level=level, open_ended=region.open_ended
        )
    rect = region.rect
    if region.open_ended:
        rect = used_rect(grid, region, body.poured, rect.y)
        frames = tuple(columns_within(grid, frame, rect) for frame in frames)
    rules = (
        tuple(rule for frame in frames for rule in column_rules(grid, frame, spec.column_rules, region.obstacles))
        if isinstance(spec.column_rules, FrameRule)
        else ()
    )
    return RegionLayout(
        region,
        rect,
        lines=(*head.lines, *body.lines),
        behind=(*dress(grid, region, rect), *rules),
        accounts=(*head.accounts, *body.accounts),
        fullness=body.fullness,
    )


def article_columns(region: Region, desk: Composing) -> tuple[TextColumn, ...]:
    """The columns of all frames, one after another."""
    spec = region.spec
    assert isinstance(spec, ArticleRegion)
    rects = frame_rects(desk.page.grid, region, spec)
    head = continued_head(region, rects[0], desk)
    return tuple(column for frame in _frames(region, spec, (head.below, *rects[1:]), desk) for column in frame)


def frame_rects(grid: Grid, region: Region, spec: ArticleRegion) -> tuple[Rect, ...]:
    """The rectangles of the chain's frames; one, the region's own, where it has no chain."""
    if not isinstance(spec.chain, tuple):
        return (inside(grid, region, region.rect),)
    return tuple(_rect(grid, frame) for frame in spec.chain)


def _rect(grid: Grid, frame: Frame) -> Rect:
    x, width = grid.columns_rect(*ends(frame.columns))
    y, height = grid.rows_rect(*ends(frame.rows))
    return Rect(x, y, width, height)


def ends(span: int | str) -> tuple[int, int]:
    """First and last of a checked span: `3` or `1-3`."""
    first, _, last = str(span).partition("-")
    return int(first), int(last or first)


def _frames(
    region: Region, spec: ArticleRegion, rects: tuple[Rect, ...], desk: Composing
) -> tuple[tuple[TextColumn, ...], ...]:
    """The columns of each frame, in what of its rectangle is free for text."""
    if not isinstance(spec.chain, tuple):
        own = region.columns[1] - region.columns[0] + 1 if region.columns else 1
        count = spec.text_columns if isinstance(spec.text_columns, int) else own
        return (body_columns(spec.story, rects[0], count, region.span, desk),)
    frames = []
    for number, (frame, rect) in enumerate(zip(spec.chain, rects, strict=True)):
        first, last = ends(frame.columns)
        count = frame.text_columns if isinstance(frame.text_columns, int) else last - first + 1
        span = region.spans.get(f"chain.{number}", region.span)
        frames.append(body_columns(spec.story, rect, count, span, desk))
    return tuple(frames)
