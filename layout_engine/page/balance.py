"""Columns that end level (各栏拉平): the least depth at which a story still fits its frame (TY-75)."""

from collections.abc import Sequence

from layout_engine.page.model import LineSlot
from layout_engine.page.pour import Block, Poured, pour
from layout_engine.page.slots import TextColumn, column_slots, shortened
from layout_engine.spec.resolved import Grid

_MAX_TRIES = 12  # rows added back to the depth that simple division gives; keeps seldom need more than two


def pour_level(grid: Grid, blocks: Sequence[Block], columns: Sequence[TextColumn]) -> tuple[Poured, Sequence[LineSlot]]:
    """The blocks poured into columns that end on one row, or step down by one; and the slots that these had.

    A story that is over, or fills its columns, is poured as it stands.
    """
    chain = column_slots(grid, columns)
    full = pour(blocks, chain)
    spare = len(chain) - full.used
    if full.lines_over or spare == 0 or len(columns) == 1:
        return full, chain
    for less in range(spare, max(0, spare - _MAX_TRIES), -1):
        level_chain = column_slots(grid, shortened(columns, less))
        level = pour(blocks, level_chain)
        if not level.lines_over:
            return level, level_chain
    return full, chain
