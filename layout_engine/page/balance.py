"""Columns that end level (各栏拉平): the least depth at which a story still fits its frame (TY-75)."""

from collections.abc import Sequence

from layout_engine.page.model import LineSlot
from layout_engine.page.pour import Block, Poured, Settings, pour
from layout_engine.page.slots import shortened

ROW_GIVEN_BACK = 10  # a row less level costs as much as setting a paragraph a line longer, about
_MAX_TRIES = 6  # depths tried; keeps seldom need more than two rows


def pour_level(
    blocks: Sequence[Block], chain: Sequence[LineSlot], settings: Settings | None = None, filled: int = 0
) -> Poured:
    """The blocks poured into the chain's columns so that these end on one row, or step down by one.

    The first `filled` slots are no matter of choice: they stand on other pages of a story that runs over several.

    A story that is over, or fills its columns, is poured as it stands. Else the least depth is taken at which the
    columns' joints are clean: a row given back is cheaper than a widow.
    """
    settings = settings or Settings()
    full = pour(blocks, chain, settings)
    if full.lines_over or full.used == len(chain) or chain[filled].column == chain[-1].column:
        return full
    before, free = chain[:filled], chain[filled:]
    spare = _as_many_at_the_feet(free, max(0, full.used - filled))
    best, least = full, full.cost + spare * ROW_GIVEN_BACK
    for back in range(min(spare, _MAX_TRIES)):
        if back * ROW_GIVEN_BACK >= least:
            break
        level = pour(blocks, (*before, *shortened(free, spare - back)), settings)
        cost = level.cost + back * ROW_GIVEN_BACK
        if not level.lines_over and cost < least:
            best, least = level, cost
    return best


def _as_many_at_the_feet(chain: Sequence[LineSlot], used: int) -> int:
    """How many slots at the feet of the columns hold as much text as those left free at the chain's end.

    As many as these, but where text runs around something and slots differ in width.
    """
    free = sum(slot.width for slot in chain[used:])
    count = 0
    for slot in sorted(chain, key=lambda slot: (-slot.row, -slot.column)):
        free -= slot.width
        if free < 0:
            break
        count += 1
    return count
