"""Columns filled down to their last row (纵向拉齐) with the rows that headline and crossheads may take more.

Leading never changes: whole rows are given, within the ranges that the spec writes (`rows: 6..8` of a headline,
`rows: 2..3` of a crosshead's style). The order is fixed:

1. the headline, as many rows as it may and as all the columns under it can spare;
2. crossheads, a row each time: for the column that ends highest, the leftmost of such, the crosshead in it that has
   got the least so far, the upper first; where it has none, one in the nearest column to its left, from which text
   moves on. Where crossheads cannot fill all that is free, they only make the columns level;
3. what stands inside the text, a row at a time, under it and above it in turn (`space: 2` of a picture): the one
   that has got the least so far, the first of such.

A row left free weighs as much as in balancing: rows are given only where the joints between columns do not suffer
more than that is worth.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from layout_engine.page.balance import ROW_GIVEN_BACK, pour_level
from layout_engine.page.model import LineSlot
from layout_engine.page.pour import Block, Poured, Settings, pour
from layout_engine.page.slots import TextColumn, column_slots, shortened
from layout_engine.spec.resolved import Grid, Obstacle

_MAX_HEADLINE_TRIES: Final = 3  # depths of the headline tried, the deepest first
_MAX_SPACE_TRIES: Final = 4  # rows tried around what stands inside the text


class Headroom(msgspec.Struct, frozen=True):
    """What a headline may take beyond its least: so many `rows` off the columns `first` to `last`, from 0."""

    first: int
    last: int
    rows: int

    def lowered(self, columns: Sequence[TextColumn], rows: int) -> tuple[TextColumn, ...]:
        """The columns, those under the headline beginning so many rows lower."""
        return tuple(
            msgspec.structs.replace(one, first_row=one.first_row + rows) if self.first <= at <= self.last else one
            for at, one in enumerate(columns)
        )


NO_HEADROOM: Final = Headroom(0, -1, 0)


class Flow(msgspec.Struct, frozen=True):
    """A story's blocks and the columns they run through; `level` columns end on one row, one with a foot is filled."""

    grid: Grid
    blocks: tuple[Block, ...]
    columns: tuple[TextColumn, ...]
    obstacles: tuple[Obstacle, ...] = ()
    level: bool = False
    open_ended: bool = False
    headroom: Headroom = NO_HEADROOM
    settings: Settings | None = None

    def chain(self, rows: int = 0) -> tuple[LineSlot, ...]:
        """The slots under a headline that takes so many rows more."""
        columns = self.headroom.lowered(self.columns, rows) if rows else self.columns
        return column_slots(self.grid, columns, self.obstacles)


class Filled(msgspec.Struct, frozen=True):
    """A pour, the chain it was made for, and the rows that were given beyond the least."""

    poured: Poured
    chain: tuple[LineSlot, ...]
    headline_rows: int = 0
    crosshead_rows: int = 0
    space_rows: int = 0  # around what stands inside the text

    @property
    def free(self) -> int:
        """Slots left at the ends of the columns."""
        return len(self.chain) - self.poured.used

    @property
    def empty(self) -> int:
        """Slots without text, those left free within the columns among them."""
        return len(self.chain) - sum(one.rows for one in self.poured.lines if one.slot and not one.beside)

    @property
    def cost(self) -> int:
        return self.poured.cost + self.free * ROW_GIVEN_BACK


def fill_columns(flow: Flow) -> Filled:
    """The flow's blocks poured, rows that stay free given away as far as its ranges allow."""
    settings = flow.settings or Settings()
    plain = _poured(flow, 0, settings)
    spaces = any(one.space for one in flow.obstacles)
    takes = spaces or flow.headroom.rows or any(map(_may_take, flow.blocks))
    if plain.poured.lines_over or not plain.empty or not takes:
        return plain
    under = flow.headroom.last - flow.headroom.first + 1
    most = 0 if flow.open_ended or not under else min(flow.headroom.rows, plain.empty // under)
    best = plain
    for rows in range(most, max(-1, most - _MAX_HEADLINE_TRIES), -1):
        lowered = _poured(flow, rows, settings) if rows else plain
        for tried in (_with_crossheads(flow, lowered, settings), lowered):
            if not tried.poured.lines_over and tried.cost < best.cost:
                best = tried
    return _with_space(flow, best, settings) if spaces and best.empty else best


def _poured(flow: Flow, rows: int, settings: Settings) -> Filled:
    """The blocks as they are, under a headline of so many rows more."""
    chain = flow.chain(rows)
    poured = pour_level(flow.blocks, chain, settings) if flow.level else pour(flow.blocks, chain, settings)
    return Filled(poured, chain, headline_rows=rows)


def _may_take(block: Block) -> bool:
    return block.paragraph.kind == "crosshead" and block.rows < block.style.rows_most


def _with_crossheads(flow: Flow, level: Filled, settings: Settings) -> Filled:
    """Free rows of this pour given to crossheads, all of them or as many as make the columns level."""
    wanted = _wanted(flow, level)
    if not wanted or level.poured.lines_over:
        return level
    blocks, given = _given(flow.blocks, level.poured, shortened(level.chain, level.free - wanted), wanted)
    if not given:
        return level
    poured = pour(blocks, shortened(level.chain, level.free - given), settings)
    return msgspec.structs.replace(level, poured=poured, crosshead_rows=given)


def _with_space(flow: Flow, best: Filled, settings: Settings) -> Filled:
    """Rows left free around what stands inside the text, as many as make the columns end better."""
    rows = [0] * len(flow.obstacles)
    for given in range(1, _MAX_SPACE_TRIES + 1):
        growing = [at for at, one in enumerate(flow.obstacles) if rows[at] < one.space]
        if not growing or not best.empty:
            break
        rows[min(growing, key=lambda at: (rows[at], at))] += 1
        grown = tuple(_grown(one, more, flow.grid) for one, more in zip(flow.obstacles, rows, strict=True))
        spaced = msgspec.structs.replace(flow, obstacles=grown)
        level = _poured(spaced, best.headline_rows, settings)
        for tried in (_with_crossheads(spaced, level, settings), level):
            if not tried.poured.lines_over and tried.cost < best.cost:
                best = msgspec.structs.replace(tried, space_rows=given)
    return best


def _grown(obstacle: Obstacle, rows: int, grid: Grid) -> Obstacle:
    """The obstacle with so many rows more that lines keep clear of: under it and above it in turn."""
    above, rect = rows // 2 * grid.row, obstacle.rect
    grown = msgspec.structs.replace(rect, y=rect.y - above, height=rect.height + rows * grid.row)
    return msgspec.structs.replace(obstacle, rect=grown)


def _wanted(flow: Flow, level: Filled) -> int:
    most = sum(one.style.rows_most - one.rows for one in flow.blocks if _may_take(one))
    if level.free <= most and not flow.open_ended:
        return level.free
    step = level.free % max(1, len(flow.columns)) if flow.level else 0
    return step if step <= most else 0


def _given(
    blocks: Sequence[Block], level: Poured, target: Sequence[LineSlot], rows: int
) -> tuple[tuple[Block, ...], int]:
    """The blocks with up to `rows` rows more for their crossheads, so that each column reaches its foot in `target`."""
    changed = list(blocks)
    stands = {one.paragraph.key: one.slot.column for one in level.lines if one.slot is not None}
    lacks = _lacks(level, target)
    for given in range(rows):
        column = max(lacks, key=lambda at: (lacks[at], -at))
        chosen = min(
            (
                (column - stands[one.paragraph.key], one.more_rows, at)
                for at, one in enumerate(changed)
                if _may_take(one) and stands.get(one.paragraph.key, column + 1) <= column
            ),
            default=None,
        )
        if chosen is None:
            return tuple(changed), given
        at = chosen[-1]
        changed[at] = msgspec.structs.replace(changed[at], more_rows=changed[at].more_rows + 1)
        lacks[column] -= 1
    return tuple(changed), rows


def _lacks(level: Poured, target: Sequence[LineSlot]) -> dict[int, int]:
    """For each column of `target` the slots under its last line."""
    feet: dict[int, int] = {}
    for one in level.lines:
        if one.slot is not None:
            feet[one.slot.column] = max(feet.get(one.slot.column, 0), one.slot.row + one.rows - 1)
    lacks: dict[int, int] = {}
    for slot in target:
        lacks[slot.column] = lacks.get(slot.column, 0) + (slot.row > feet.get(slot.column, 0))
    return lacks
