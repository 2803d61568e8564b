"""行位: columns of whole 字, rows on the base grid, and how columns are shortened."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from layout_engine.base.geometry import Rect
from layout_engine.base.units import mm
from layout_engine.page.slots import (
    TextColumn,
    baseline_in_row,
    column_slots,
    rows_within,
    shortened,
    text_columns,
)
from tests.kit.pages import EM, GRID, ROW

WIDTHS = st.integers(12 * EM, GRID.type_area.width)


def rect_of_rows(first: int, last: int, columns: tuple[int, int] = (1, 5)) -> Rect:
    (x, width), (y, height) = GRID.columns_rect(*columns), GRID.rows_rect(first, last)
    return Rect(x, y, width, height)


@given(WIDTHS, st.integers(1, 6))
def test_columns_are_whole_characters_wide_and_gutters_an_em_or_more(width: int, count: int) -> None:
    measure, gutter = GRID.columns_in(width, count)
    if measure < EM:
        return
    assert measure % EM == 0
    assert count == 1 or gutter >= EM
    assert 0 <= width - (count * measure + (count - 1) * gutter) < max(count - 1, 1) or count == 1


@given(WIDTHS, st.integers(2, 5))
def test_columns_fill_their_span_to_the_last_su_that_can_be_shared_and_gutters_of_two_characters(
    width: int, count: int
) -> None:
    columns = text_columns(GRID, Rect(1000, GRID.type_area.y, width, 10 * ROW), count)
    left, right = columns[0].x - 1000, 1000 + width - (columns[-1].x + columns[-1].width)
    gutter = columns[1].x - columns[0].x - columns[0].width
    assert EM <= gutter <= 2 * EM
    if left:
        assert gutter == 2 * EM
        assert 0 <= right - left <= 1
    else:
        assert 0 <= right < count


def test_as_many_columns_as_the_grid_has_are_the_columns_of_the_grid() -> None:
    columns = text_columns(GRID, rect_of_rows(3, 9), 5)
    assert [(one.x, one.width) for one in columns] == [GRID.columns_rect(n, n) for n in range(1, 6)]


def test_one_column_in_a_wider_space_stands_in_its_middle() -> None:
    (column,) = text_columns(GRID, Rect(0, GRID.type_area.y, 20 * EM + EM // 2, 10 * ROW), 1)
    assert (column.x, column.width) == (EM // 4, 20 * EM)


def test_a_region_of_rows_holds_just_these_rows() -> None:
    rect = rect_of_rows(10, 34)
    assert rows_within(GRID, rect.y, rect.bottom) == (10, 34)


def test_a_row_is_not_lost_by_what_a_ruler_cannot_measure() -> None:
    rect, tenth = rect_of_rows(10, 34), mm(Fraction(1, 10))
    for hair in (-tenth, 1, tenth):
        assert rows_within(GRID, rect.y + hair, rect.bottom - hair) == (10, 34)
    assert rows_within(GRID, rect.y + tenth + 1, rect.bottom - tenth - 1) == (11, 33)


def test_no_row_is_within_what_lies_outside_the_grid() -> None:
    first, last = rows_within(GRID, 0, GRID.type_area.y - 1)
    assert last < first


def test_every_slot_stands_on_the_baseline_of_its_row() -> None:
    slots = column_slots(GRID, text_columns(GRID, rect_of_rows(2, 4), 2))
    assert [(one.column, one.row) for one in slots] == [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)]
    for one in slots:
        assert one.baseline == GRID.type_area.y + (one.row - 1) * ROW + EM * 880 // 1000


def test_larger_type_stands_in_the_middle_of_the_rows_it_takes() -> None:
    size = 14 * 65_536
    top = baseline_in_row(GRID, 5, size, rows=2) - size * 880 // 1000
    y, height = GRID.rows_rect(5, 6)
    assert abs((top - y) - (y + height - top - size)) <= 1


COLUMNS = st.lists(st.tuples(st.integers(1, 20), st.just(30)), min_size=1, max_size=5).map(
    lambda ends: [TextColumn(at * 20 * EM, 12 * EM, first, last) for at, (first, last) in enumerate(ends)]
)


@given(COLUMNS, st.integers(0, 200))
def test_a_shortened_chain_loses_exactly_so_many_slots_and_ends_level_or_a_row_higher_at_the_right(
    columns: list[TextColumn], slots: int
) -> None:
    chain = column_slots(GRID, columns)
    short = shortened(chain, slots)
    assert len(short) == max(0, len(chain) - slots)
    feet = {one.column: one.row for one in short}
    rows = [feet[column] for column in sorted(feet)]
    assert rows == sorted(rows, reverse=True)
    assert not rows or rows[0] - rows[-1] <= 1
    for number, before in enumerate(columns):
        kept = [one.row for one in short if one.column == number]
        assert kept == list(range(before.first_row, before.first_row + len(kept)))
        assert kept or before.first_row >= max(rows, default=0), "only what starts below the foot is empty"
