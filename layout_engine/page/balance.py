"""Columns that end level (各栏拉平): the least depth at which a story still fits its frame (TY-75)."""

from collections.abc import Sequence

from layout_engine.page.pour import Block, Poured, Settings, pour
from layout_engine.page.slots import TextColumn, column_slots, shortened
from layout_engine.spec.resolved import Grid

_ROW_GIVEN_BACK = 10  # a row less level costs as much as setting a paragraph a line longer, about
_MAX_TRIES = 6  # depths tried; keeps seldom need more than two rows


def pour_level(grid: Grid, blocks: Sequence[Block], columns: Sequence[TextColumn]) -> Poured:
    """The blocks poured into columns that end on one row, or step down by one.

    A story that is over, or fills its columns, is poured as it stands. Else the least depth is taken at which the
    columns' joints are clean: a row given back is cheaper than a widow.
    """
    settings = Settings()
    chain = column_slots(grid, columns)
    full = pour(blocks, chain, settings)
    spare = len(chain) - full.used
    if full.lines_over or spare == 0 or len(columns) == 1:
        return full
    best, least = full, full.cost + spare * _ROW_GIVEN_BACK
    for back in range(min(spare, _MAX_TRIES)):
        if back * _ROW_GIVEN_BACK >= least:
            break
        level = pour(blocks, column_slots(grid, shortened(columns, spare - back)), settings)
        cost = level.cost + back * _ROW_GIVEN_BACK
        if not level.lines_over and cost < least:
            best, least = level, cost
    return best
