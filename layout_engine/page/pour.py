"""Pour a story's text through a chain of line slots (走文), keeping lines together where a column ends.

The chain is a plain sequence of slots, so columns of unequal width and frames far apart are all the same to it.
A paragraph may be set a line shorter or longer than is best for it, or a row left empty, where that saves a
widow (栏首孤行) or an orphan (栏末孤行) at a column's joint (TY-63). The cheapest way through is found by a
best-first search: where no joint is in trouble, it walks straight down and nothing else is ever set.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, Literal

import msgspec

from layout_engine.page.model import LineSlot
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import BrokenParagraph, SetLine, ShapedParagraph

Way = Literal["best", "shorter", "longer", "foot left free"]

# What a night editor would rather accept, from the mildest to the worst. Their order and rough ratio matter.
_ORPHAN: Final = 30  # TY-63: SHOULD NOT
_LOOSE_LINE: Final = 40  # TY-53, beyond what the paragraph's best setting has
_ROW_EMPTY: Final = 45
_BYLINE_ALONE: Final = 60
_WIDOW: Final = 150  # TY-63: MUST NOT
_OVER: Final = 1_000
_WAY_COST: Final[dict[Way, int]] = {"best": 0, "shorter": 8, "longer": 12, "foot left free": _ROW_EMPTY}

_ROWS_UNDER_CROSSHEAD: Final = 2  # TY-63
_MEASURE_OF_NOTHING: Final = 10  # 字: where there is no column at all, to say how much is over
_MARGIN_OF_REACH: Final = 6  # lines that a paragraph may take more than it has 字 for
_MAX_STEPS: Final = 4_000  # of the search; then the straight way is taken, and `gave_up` says so


class Block(msgspec.Struct, frozen=True):
    """One part of a story on its way into the columns, with its style; the last paragraph takes the byline along."""

    paragraph: ShapedParagraph
    style: TextStyle
    byline: ShapedParagraph | None = None
    byline_ink: str = ""
    more_rows: int = 0  # of a crosshead, beyond the least of its style

    @property
    def rows(self) -> int:
        """占行 of a crosshead."""
        return self.style.rows_least + self.more_rows


class PouredLine(msgspec.Struct, frozen=True):
    """A set line and its slot, None where the chain had none left; it takes `rows` slots from there.

    A line `beside` stands at the right end of the line before it: a byline after the last words.
    """

    paragraph: ShapedParagraph
    style: TextStyle
    ink: str
    line: SetLine
    slot: LineSlot | None
    rows: int = 1
    beside: bool = False


class Poured(msgspec.Struct, frozen=True):
    """A story's lines in reading order; those over have no slot. `used` counts the slots up to the last one taken.

    `cost` compares pours of the same story."""

    lines: tuple[PouredLine, ...]
    used: int
    lines_over: int
    cost: int
    gave_up: bool = False
    first_fit: frozenset[str] = frozenset()  # keys of paragraphs too long to be searched, set line after line


class _Step(msgspec.Struct, frozen=True):
    """One block's way into the slots: its lines, the slot after them, and what the way costs."""

    lines: tuple[PouredLine, ...]
    after: int
    cost: int
    first_fit: bool = False


_Trail = tuple["_Trail | None", _Step]


class Settings:
    """Each paragraph's settings made so far, so that none is made twice while several chains are tried."""

    def __init__(self) -> None:
        # by a paragraph's identity: it is kept beside its setting, so that no other can come to have the same
        self._made: dict[tuple[int, int, tuple[int, ...]], tuple[ShapedParagraph, BrokenParagraph | None]] = {}

    def set(self, block: Block, measures: tuple[int, ...], looseness: int) -> BrokenParagraph | None:
        """The paragraph in lines of these measures, `looseness` lines longer than is best; None if it cannot."""
        key = (id(block.paragraph), looseness, measures)
        kept = self._made.get(key)
        if kept is None:
            broken = break_paragraph(
                block.paragraph,
                measures,
                indent=block.style.indent,
                justify=block.style.align == "justify",
                looseness=looseness,
            )
            kept = self._made[key] = block.paragraph, broken
        return kept[1]


def pour(blocks: Sequence[Block], chain: Sequence[LineSlot], settings: Settings | None = None) -> Poured:
    """The blocks set into the chain's slots, in order. Never loses a line: what finds no slot is over.

    Pours of the same blocks into several chains share their `settings`.
    """
    desk = _Desk(blocks, chain, settings or Settings())
    serial = 0
    heap: list[tuple[int, int, int, int, Way | None, _Trail | None]] = [(0, 0, 0, 0, None, None)]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MAX_STEPS):
        cost, minus_block, _, slot, way, trail = heappop(heap)
        block = -minus_block
        if way is not None:  # a way that only now looks cheap enough to be set
            step = desk.step(block, slot, way)
            if step is not None:
                serial += 1
                heappush(
                    heap,
                    (cost - _WAY_COST[way] + step.cost, -(block + 1), serial, step.after, None, (trail, step)),
                )
        elif block == len(blocks):
            return _collect(trail, chain, cost)
        elif (block, slot) not in seen:
            seen.add((block, slot))
            for one in desk.ways(block, slot):
                serial += 1
                heappush(heap, (cost + _WAY_COST[one], minus_block, serial, slot, one, trail))
    return desk.straight_down()


def _collect(trail: _Trail | None, chain: Sequence[LineSlot], cost: int, gave_up: bool = False) -> Poured:
    steps: list[_Step] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    lines = tuple(line for step in reversed(steps) for line in step.lines)
    place = {(slot.column, slot.row): number for number, slot in enumerate(chain)}
    used = max((place[one.slot.column, one.slot.row] + one.rows for one in lines if one.slot), default=0)
    over = sum(one.rows for one in lines if one.slot is None and not one.beside)
    first_fit = frozenset(step.lines[0].paragraph.key for step in steps if step.first_fit)
    return Poured(lines, used, over, cost, gave_up, first_fit)


class _Desk:
    """The blocks and slots of one pour."""

    def __init__(self, blocks: Sequence[Block], chain: Sequence[LineSlot], settings: Settings) -> None:
        self._blocks = blocks
        self._chain = chain
        self._foot = _feet(chain)
        self._narrowest = min((slot.width for slot in chain), default=1)
        self._settings = settings

    def ways(self, block: int, slot: int) -> tuple[Way, ...]:
        """The ways in which this block may be set from this slot on."""
        if self._blocks[block].paragraph.kind == "crosshead" or slot >= len(self._chain):
            return ("best",)
        return ("best", "shorter", "longer", "foot left free")

    def step(self, block: int, slot: int, way: Way) -> _Step | None:
        """This block set from this slot on, or None where there is no such way of setting it."""
        if self._blocks[block].paragraph.kind == "crosshead":
            return self._crosshead(self._blocks[block], slot)
        return self._body(block, slot, way)

    def straight_down(self) -> Poured:
        """Every block set its best way, joints as they fall."""
        trail: _Trail | None = None
        slot = cost = 0
        for block in range(len(self._blocks)):
            step = self.step(block, slot, "best")
            if step is None:
                raise AssertionError("the best way to set a block always exists")
            trail, slot, cost = (trail, step), step.after, cost + step.cost
        return _collect(trail, self._chain, cost, gave_up=True)

    def _crosshead(self, one: Block, slot: int) -> _Step:
        """小标题: its rows stand together, equally wide, with two rows of text under them in the same run (TY-63)."""
        line = set_single_line(one.paragraph)
        rows, cost = one.rows, 0
        while skipped := self._no_crosshead(slot, rows):
            slot, cost = slot + skipped, cost + skipped * _ROW_EMPTY
        if slot >= len(self._chain):
            return _Step(
                (PouredLine(one.paragraph, one.style, one.style.ink, line, None, rows),), slot, cost + _OVER * rows
            )
        return _Step(
            (PouredLine(one.paragraph, one.style, one.style.ink, line, self._chain[slot], rows),), slot + rows, cost
        )

    def _no_crosshead(self, slot: int, rows: int) -> int:
        """How many slots must stay empty from this one on, as no crosshead of so many rows can stand here."""
        if slot >= len(self._chain):
            return 0
        left = self._foot[slot] - slot + 1
        if left < rows + _ROWS_UNDER_CROSSHEAD:
            return left
        width = self._chain[slot].width
        return next((n for n in range(1, rows) if self._chain[slot + n].width != width), 0)

    def _body(self, block: int, slot: int, way: Way) -> _Step | None:
        one = self._blocks[block]
        free, skipped = self._chain[slot:], 0
        foot = self._foot[slot] if slot < len(self._chain) else slot
        if way == "foot left free":
            if foot + 1 >= len(self._chain):
                return None
            free, skipped = [*self._chain[slot:foot], *self._chain[foot + 1 :]], 1
        broken = self._set(block, free, {"shorter": -1, "longer": 1}.get(way, 0))
        if broken is None:
            return None
        lines = [PouredLine(one.paragraph, one.style, one.style.ink, line, None) for line in broken.lines]
        if one.byline is not None:
            lines += _byline(one.byline, one, broken.lines[-1])
        rows = [line for line in lines if not line.beside]
        if skipped and len(rows) <= foot - slot:
            return None  # it never reached the foot that it was to leave free
        placed = iter([*free[: len(rows)], *[None] * (len(rows) - len(free))])
        here: LineSlot | None = None
        for number, line in enumerate(lines):
            here = here if line.beside else next(placed)
            lines[number] = msgspec.structs.replace(line, slot=here)
        cost = _WAY_COST[way] + _joint_cost(lines) + self._loosened(block, free, broken)
        return _Step(tuple(lines), min(slot + len(rows) + skipped, len(self._chain)), cost, broken.first_fit)

    def _set(self, block: int, free: Sequence[LineSlot], looseness: int) -> BrokenParagraph | None:
        one = self._blocks[block]
        if not free:
            width = self._chain[-1].width if self._chain else one.paragraph.size * _MEASURE_OF_NOTHING
            return self._settings.set(one, (width,), looseness)
        # What lies beyond the paragraph's reach must not make its setting another one.
        reach = len(one.paragraph) * one.paragraph.size // self._narrowest + _MARGIN_OF_REACH
        broken = self._settings.set(one, _measures(free[:reach]), looseness)
        if broken is not None and len(broken.lines) > reach:
            return self._settings.set(one, _measures(free), looseness)
        return broken

    def _loosened(self, block: int, free: Sequence[LineSlot], broken: BrokenParagraph) -> int:
        """What it costs that this setting has a looser line than the paragraph's best one (TY-53)."""
        best = self._set(block, free, 0)
        if best is None or best is broken:
            return 0
        limit = max(broken.paragraph.size // 8, max(line.spread for line in best.lines))
        return _LOOSE_LINE if max(line.spread for line in broken.lines) > limit else 0


def _byline(byline: ShapedParagraph, block: Block, before: SetLine) -> Iterator[PouredLine]:
    """署名: at the right of the last line if an em stays free before it, else on lines of its own (TY-64)."""
    line = set_single_line(byline)
    if before.width + byline.size + line.width <= before.measure:
        yield PouredLine(byline, block.style, block.byline_ink, line, None, beside=True)
        return
    broken = None if line.width <= before.measure else break_paragraph(byline, (before.measure,), justify=False)
    for one in broken.lines if broken else (line,):
        yield PouredLine(byline, block.style, block.byline_ink, one, None)


def _joint_cost(lines: Sequence[PouredLine]) -> int:
    """What it costs how these lines of one paragraph fall at the ends of columns, and that some find no slot."""
    rows = [line for line in lines if not line.beside]
    cost = 0
    for number, (above, below) in enumerate(pairwise(rows), start=1):
        if not _is_joint(above, below):
            continue
        if number == 1:
            cost += _ORPHAN
        if number == len(rows) - 1 and below.paragraph is not above.paragraph:
            cost += _BYLINE_ALONE
        elif number == len(rows) - 1 and is_widow(below):
            cost += _WIDOW
        elif number == len(rows) - 1 and _is_jump(above, below):
            cost += _ORPHAN  # a last line alone on another page, however long
    return cost + _OVER * sum(line.slot is None for line in rows)


def _is_joint(above: PouredLine, below: PouredLine) -> bool:
    return above.slot is not None and below.slot is not None and above.slot.run != below.slot.run


def _is_jump(above: PouredLine, below: PouredLine) -> bool:
    """Whether the story goes on to another page between these lines."""
    return above.slot is not None and below.slot is not None and above.slot.part != below.slot.part


def is_widow(line: PouredLine) -> bool:
    """Whether this line is too short to stand alone at the head of a column as its paragraph's last (TY-63)."""
    return line.line.last and 3 * line.line.width < 2 * line.line.measure


def widows(poured: Poured) -> list[PouredLine]:
    """栏首孤行: the last lines of paragraphs that stand alone at a column's head after all."""
    rows = [line for line in poured.lines if not line.beside]
    return [
        below
        for above, below in pairwise(rows)
        if _is_joint(above, below) and below.paragraph is above.paragraph and is_widow(below)
    ]


def orphans(poured: Poured) -> list[PouredLine]:
    """栏末孤行: the first lines of paragraphs that stand alone at a column's foot after all."""
    rows = [line for line in poured.lines if not line.beside]
    return [
        above
        for above, below in pairwise(rows)
        if _is_joint(above, below) and below.paragraph is above.paragraph and not above.line.start
    ]


def _measures(slots: Sequence[LineSlot]) -> tuple[int, ...]:
    """The slots' widths, without the repeats at the end, which the breaker repeats by itself."""
    widths = [slot.width for slot in slots]
    while len(widths) > 1 and widths[-1] == widths[-2]:
        widths.pop()
    return tuple(widths)


def _feet(chain: Sequence[LineSlot]) -> list[int]:
    """For each slot the number of the last slot of its run."""
    feet = [0] * len(chain)
    for number in range(len(chain) - 1, -1, -1):
        same = number + 1 < len(chain) and chain[number + 1].run == chain[number].run
        feet[number] = feet[number + 1] if same else number
    return feet
