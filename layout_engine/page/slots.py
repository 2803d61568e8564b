"""The places for lines (行位): columns of text cut out of a frame, row by row of the base grid.

What stands inside the text (图文绕排) takes whole rows: those that it touches become narrower on the side where it
stands. Where it stands amid a column, the wider side holds the text; where less than six 字 are left, no text stands.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import mm
from layout_engine.page.model import LineSlot
from layout_engine.spec.resolved import Grid, Obstacle

ASCENT_PERMILLE = (
    880  # the em box reaches so far above the baseline in every face of ours (TY-121, "first baseline 0.88 em")
)


LEAST_MEASURE: Final = 6  # 字, TY-76
_WIDEST_GUTTER: Final = 2  # 字, TY-72
_HAIR: Final = mm(Fraction(1, 10))  # places measured on a sheet are no more exact: no row is lost by less


class TextColumn(msgspec.Struct, frozen=True):
    """栏: one column of a frame, from the top of its first row to the em foot of its last. In su; rows from 1."""

    x: int
    width: int
    first_row: int
    last_row: int

    @property
    def rows(self) -> int:
        return max(0, self.last_row - self.first_row + 1)


def baseline_in_row(grid: Grid, row: int, size: int, rows: int = 1) -> int:
    """The baseline of type of `size` whose em box stands in the middle of `rows` rows from `row` on."""
    top, height = grid.rows_rect(row, row + rows - 1)
    return top + (height - size) // 2 + size * ASCENT_PERMILLE // 1000


def rows_within(grid: Grid, top: int, bottom: int) -> tuple[int, int]:
    """The first and last row whose em boxes lie between `top` and `bottom`, to a hair; last < first where none does."""
    first = -(-(top - _HAIR - grid.type_area.y) // grid.row) + 1
    last = (bottom + _HAIR - grid.em - grid.type_area.y) // grid.row + 1
    return max(first, 1), min(last, grid.rows)


def text_columns(grid: Grid, rect: Rect, count: int) -> tuple[TextColumn, ...]:
    """`count` columns of whole 字 that share the width of `rect`, over the rows that lie inside it (TY-71, TY-72).

    What whole 字 leave over goes to the gutters, up to two 字 each; the rest of it to both sides.
    """
    first, last = rows_within(grid, rect.y, rect.bottom)
    measure, gutter = grid.columns_in(rect.width, count)
    gutter = min(gutter, _WIDEST_GUTTER * grid.em)
    aside = rect.width - count * measure - (count - 1) * gutter
    left = rect.x + (aside // 2 if aside >= count else 0)  # a su that cannot be shared moves nothing
    return tuple(TextColumn(left + number * (measure + gutter), measure, first, last) for number in range(count))


def column_slots(grid: Grid, columns: Sequence[TextColumn], obstacles: Sequence[Obstacle] = ()) -> tuple[LineSlot, ...]:
    """The columns' rows as one chain of slots, clear of the obstacles."""
    if obstacles:
        return tuple(_slots_around(grid, columns, obstacles))
    return tuple(
        LineSlot(
            column=number,
            row=row,
            x=column.x,
            baseline=baseline_in_row(grid, row, grid.em),
            width=column.width,
            run=number,
        )
        for number, column in enumerate(columns)
        for row in range(column.first_row, column.last_row + 1)
    )


def rows_touched(grid: Grid, rect: Rect) -> tuple[int, int]:
    """The first and last row whose em box comes nearer to `rect` than the blank between two rows."""
    from_top, from_bottom = rect.y - grid.type_area.y, rect.bottom - grid.type_area.y
    return from_top // grid.row + 1, -(-(from_bottom + grid.row - grid.em) // grid.row)


def shortened(chain: Sequence[LineSlot], slots: int) -> tuple[LineSlot, ...]:
    """The chain with `slots` slots taken off the feet of its columns: the deepest, the last of those first (TY-75)."""
    kept = sorted(chain, key=lambda slot: (slot.row, slot.column))[: max(0, len(chain) - slots)]
    return tuple(sorted(kept, key=lambda slot: (slot.column, slot.row)))


def _slots_around(grid: Grid, columns: Sequence[TextColumn], obstacles: Sequence[Obstacle]) -> Iterator[LineSlot]:
    touched = [(*rows_touched(grid, one.rect), one) for one in obstacles]
    run = -1
    for number, column in enumerate(columns):
        row_before = None
        for row in range(column.first_row, column.last_row + 1):
            beside = [one for first, last, one in touched if first <= row <= last]
            x, width = _widest_free(grid, column, beside) if beside else (column.x, column.width)
            if width < LEAST_MEASURE * grid.em and beside:
                continue
            run += row_before != row - 1
            row_before = row
            yield LineSlot(number, row, x, baseline_in_row(grid, row, grid.em), width, run)


def _widest_free(grid: Grid, column: TextColumn, obstacles: Sequence[Obstacle]) -> tuple[int, int]:
    """Left end and width, in whole 字, of the widest stretch that the obstacles leave of a column's row.

    Text keeps to the edge of its column; what is less than a 字 stays beside the obstacle.
    """
    right_edge = column.x + column.width
    starts = [column.x, *(one.rect.right + one.gap for one in obstacles)]
    ends = [right_edge, *(one.rect.x - one.gap for one in obstacles)]
    found = (0, column.x)
    for start in sorted(starts):
        if not column.x <= start < right_edge or any(
            one.rect.x - one.gap <= start < one.rect.right + one.gap for one in obstacles
        ):
            continue
        end = min(end for end in ends if end > start)
        width = (end - start) // grid.em * grid.em
        at = start if start == column.x else end - width if end == right_edge else start + (end - start - width) // 2
        found = max(found, (width, at), key=lambda one: one[0])
    return found[1], found[0]
