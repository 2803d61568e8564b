"""各栏拉平: columns of one story end on one row, or step down by one (TY-75)."""

import pytest

from layout_engine.page.balance import pour_level
from layout_engine.page.slots import TextColumn, column_slots
from tests.kit.pages import EM, GRID, Newsroom
from tests.page.test_pour import blocks_of, han, lines_of


def columns_of(count: int, rows: int, first_rows: tuple[int, ...] = ()) -> tuple[TextColumn, ...]:
    return tuple(TextColumn(20 * EM * at, 12 * EM, first_rows[at] if first_rows else 1, rows) for at in range(count))


def ends(newsroom: Newsroom, columns: tuple[TextColumn, ...], *paragraphs: str) -> list[int]:
    """The last row of text in each column, 0 where it has none."""
    poured = pour_level(blocks_of(newsroom, *paragraphs), column_slots(GRID, columns))
    assert not poured.lines_over
    feet = [0] * len(columns)
    for one in poured.lines:
        assert one.slot is not None
        feet[one.slot.column] = max(feet[one.slot.column], one.slot.row + one.rows - 1)
    return feet


@pytest.mark.parametrize("lines", range(12, 40))
def test_columns_end_level_or_the_last_ones_a_row_higher(newsroom: Newsroom, lines: int) -> None:
    feet = ends(newsroom, columns_of(4, 20), lines_of(lines))
    assert feet == sorted(feet, reverse=True)
    assert feet[0] - feet[-1] <= 1


def test_columns_that_begin_under_a_headline_end_level_with_those_beside_it(newsroom: Newsroom) -> None:
    assert ends(newsroom, columns_of(4, 30, (7, 7, 1, 1)), lines_of(40)) == [13, 13, 13, 13]


def test_a_story_too_short_to_come_under_its_headline_stands_level_beside_it(newsroom: Newsroom) -> None:
    assert ends(newsroom, columns_of(4, 30, (20, 20, 1, 1)), lines_of(10)) == [0, 0, 5, 5]


def test_a_story_that_fills_its_columns_is_left_as_it_stands(newsroom: Newsroom) -> None:
    assert ends(newsroom, columns_of(3, 6), lines_of(18)) == [6, 6, 6]


def test_a_story_that_is_over_is_poured_to_the_last_row(newsroom: Newsroom) -> None:
    poured = pour_level(blocks_of(newsroom, lines_of(20)), column_slots(GRID, columns_of(3, 6)))
    assert (poured.lines_over, poured.used) == (2, 18)


def test_levelling_never_makes_a_widow(newsroom: Newsroom) -> None:
    for tail in range(1, 8):
        chain = column_slots(GRID, columns_of(2, 20))
        poured = pour_level(blocks_of(newsroom, lines_of(3), han(10 + 24 + tail), lines_of(4)), chain)
        heads = [one for one in poured.lines if one.slot and one.slot.column == 1]
        assert not heads[0].line.last or heads[0].line.start == 0, f"{tail} characters on the last line"
