"""What stands behind and around a region (框与底纹): its tint, its frame, and the space left inside them."""

from itertools import pairwise

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.page.slots import TextColumn, rows_touched
from layout_engine.spec.model_regions import FrameRule, TintSpec
from layout_engine.spec.resolved import Grid, Obstacle, Region

Mark = Fill | Picture | Rule | Art | PlacedPage


def dress(grid: Grid, region: Region, rect: Rect) -> tuple[Mark, ...]:
    """The tint and the frame of a region whose space is `rect`, in paint order."""
    marks: list[Mark] = []
    if isinstance(region.spec.tint, TintSpec):
        marks.append(Fill(rect, region.spec.tint.ink, round(region.spec.tint.percent * 100)))
    if isinstance(region.spec.frame, FrameRule):
        marks += frame_rules(rect, weight(grid, region.spec.frame), region.spec.frame.ink)
    return tuple(marks)


def inside(grid: Grid, region: Region, rect: Rect) -> Rect:
    """What a region's frame and its padding leave of `rect` for the content."""
    frame = region.spec.frame
    if not isinstance(frame, FrameRule):
        return rect
    padding = grid.em // 2 if frame.padding is msgspec.UNSET else frame.padding.su(grid.em, grid.row)
    return rect.inset(weight(grid, frame) + padding)


def weight(grid: Grid, rule: FrameRule) -> int:
    """A rule's weight in su."""
    return rule.rule.su(grid.em, grid.row)


def frame_rules(rect: Rect, weight: int, ink: str) -> tuple[Rule, ...]:
    """Four rules inside the edges of `rect`; they meet at the corners without overlap, so that no ink doubles."""
    side = rect.height - 2 * weight
    return (
        Rule(Rect(rect.x, rect.y, rect.width, weight), ink),
        Rule(Rect(rect.x, rect.bottom - weight, rect.width, weight), ink),
        Rule(Rect(rect.x, rect.y + weight, weight, side), ink),
        Rule(Rect(rect.right - weight, rect.y + weight, weight, side), ink),
    )


def column_rules(
    grid: Grid, columns: tuple[TextColumn, ...], rule: FrameRule, obstacles: tuple[Obstacle, ...] = ()
) -> tuple[Rule, ...]:
    """栏线 in the middle of each gutter, as deep as the deeper of the two columns beside it.

    A rule stops at an obstacle that stands across its gutter, and goes on under it.
    """
    thick = weight(grid, rule)
    rules = []
    for left, right in pairwise(columns):
        first, last = max(left.first_row, right.first_row), max(left.last_row, right.last_row)
        if last < first or right.x <= left.x + left.width:
            continue
        x = (left.x + left.width + right.x) // 2 - thick // 2
        for start, end in _clear_rows(grid, (first, last), (x, x + thick), obstacles):
            top, height = grid.rows_rect(start, end)
            rules.append(Rule(Rect(x, top, thick, height), rule.ink))
    return tuple(rules)


def _clear_rows(
    grid: Grid, rows: tuple[int, int], ends: tuple[int, int], obstacles: tuple[Obstacle, ...]
) -> list[tuple[int, int]]:
    """The stretches of `rows` in which nothing stands nearer than half an em to a rule from `ends[0]` to `ends[1]`."""
    clear = grid.em // 2  # TY-76, at the least
    covered = sorted(
        rows_touched(grid, one.rect)
        for one in obstacles
        if one.rect.x - clear < ends[1] and ends[0] < one.rect.right + clear
    )
    stretches, start = [], rows[0]
    for first, last in covered:
        if start < first:
            stretches.append((start, min(first - 1, rows[1])))
        start = max(start, last + 1)
    if start <= rows[1]:
        stretches.append((start, rows[1]))
    return [one for one in stretches if one[0] <= one[1]]
