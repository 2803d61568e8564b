"""The places for lines (行位): columns of text cut out of a frame, row by row of the base grid."""

from collections.abc import Sequence

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.page.model import LineSlot
from layout_engine.spec.resolved import Grid

ASCENT_PERMILLE = (
    880  # the em box reaches so far above the baseline in every face of ours (TY-121, "first baseline 0.88 em")
)


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
    """The first and last row whose em boxes lie wholly between `top` and `bottom`; last < first where none does."""
    first = -(-(top - grid.type_area.y) // grid.row) + 1
    last = (bottom - grid.em - grid.type_area.y) // grid.row + 1
    return max(first, 1), min(last, grid.rows)


def text_columns(grid: Grid, rect: Rect, count: int) -> tuple[TextColumn, ...]:
    """`count` columns of whole 字 that share the width of `rect`, over the rows that lie inside it (TY-71, TY-72)."""
    first, last = rows_within(grid, rect.y, rect.bottom)
    measure, gutter = grid.columns_in(rect.width, count)
    left = rect.x if count > 1 else rect.x + (rect.width - measure) // 2
    return tuple(TextColumn(left + number * (measure + gutter), measure, first, last) for number in range(count))


def column_slots(grid: Grid, columns: Sequence[TextColumn]) -> tuple[LineSlot, ...]:
    """The columns' rows as one chain of slots."""
    return tuple(
        LineSlot(
            column=number,
            row=row,
            x=column.x,
            baseline=baseline_in_row(grid, row, grid.em),
            width=column.width,
        )
        for number, column in enumerate(columns)
        for row in range(column.first_row, column.last_row + 1)
    )


def shortened(columns: Sequence[TextColumn], rows: int) -> tuple[TextColumn, ...]:
    """The columns with `rows` rows taken off their feet, each off the deepest, the last of those first (TY-75)."""
    feet = [column.last_row for column in columns]
    for _ in range(rows):
        filled = [(foot, number) for number, foot in enumerate(feet) if foot >= columns[number].first_row]
        if not filled:
            break
        feet[max(filled)[1]] -= 1
    return tuple(msgspec.structs.replace(one, last_row=foot) for one, foot in zip(columns, feet, strict=True))
