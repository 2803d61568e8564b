"""Why does a line end where it does (为什么断在这里)? The search's own numbers, for one line that was set.

Nothing is weighed in another way here: prices come from weighing.py, what follows a line from the search itself.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from layout_engine.typography.breaker import Search, contrast
from layout_engine.typography.classes import kind_table
from layout_engine.typography.edges import FORBIDDEN, HARMS_SENSE, MUST
from layout_engine.typography.justify import line_text
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.spacing import FIRST_SHRINK_STEP
from layout_engine.typography.weighing import GOOD_COST, NORMAL, Weighing

Why = Literal["TY-30", "TY-31", "TY-36", "TY-38", "TY-62", ""]

_BEFORE, _AFTER = 2, 3  # em: how far from a full line the places lie that are told of
_PERCENT: Final = 100
_LEVEL: Final = "strict"  # whatever the level, a forbidden place is forbidden for what stands there


class Step(msgspec.Struct, frozen=True):
    """A step of TY-51 (squeezed) or TY-52 (opened) and what it gave, in su."""

    rule: Literal["TY-51", "TY-52"]
    number: int
    space: int


class Alternative(msgspec.Struct, frozen=True):
    """Another end of the same line. `cost` and `total` are None where no such line can be.

    `gap` is what the room is wider than the line by nature, below 0 where the line is longer; `squeezable` what it
    could give. Costs are in hundredths of a line opened by an eighth of an em; `total` is the least that a paragraph
    costs that has this line.
    """

    end: int
    text: str
    gap: int
    squeezable: int
    spread: int
    why: Why  # the rule that forbids the end, or makes it dearer
    cost: int | None
    total: int | None
    chosen: bool


class LineExplanation(msgspec.Struct, frozen=True):
    """One line as it was set, and what else it could have been. Lengths in su, costs as in `Alternative`."""

    text: str
    em: int
    room: int  # measure less indent
    natural: int
    hung: int
    spread: int
    joints: int
    steps: tuple[Step, ...]
    total: int | None  # of the paragraph as set
    best: int  # of its best setting
    lines: int
    best_lines: int
    last: bool
    alternatives: tuple[Alternative, ...]


def explain_line(shaped: ShapedParagraph, lines: Sequence[SetLine], number: int) -> LineExplanation:
    """Line `number` (from 0) of the paragraph's set lines."""
    line = lines[number]
    search = Search(shaped, [one.measure for one in lines], lines[0].indent)
    weighing, sums = search.weighing, search.weighing.sums
    best, ends = search.best()
    before, fitness = _before(weighing, lines[:number])
    natural = sums.ends[line.end] - sums.begins[line.start]
    after, _ = _before(weighing, lines)
    return LineExplanation(
        text=line_text(shaped, line),
        em=shaped.size,
        room=line.measure - line.indent,
        natural=natural,
        hung=line.hung,
        spread=line.spread,
        joints=sums.end_joints[line.end] - sums.begin_joints[line.start],
        steps=tuple(_steps(shaped, line, 0 if line.spread == 0 else sum(line.advances) + line.hung - natural)),
        total=None if after is None or lines[-1].end < sums.count else _told(after),
        best=_told(best),
        lines=len(lines),
        best_lines=len(ends),
        last=line.last,
        alternatives=tuple(_alternatives(shaped, search, line, number, before, fitness)),
    )


def _before(weighing: Weighing, lines: Sequence[SetLine]) -> tuple[int | None, int]:
    """What these lines cost together, and how the last of them is fitted; None where a line has no price."""
    total, fitness = 0, NORMAL
    for number, line in enumerate(lines):
        priced = weighing.candidates(line.start, weighing.room(number))
        found = next(((cost, fit) for end, cost, fit in priced if end == line.end), None)
        if found is None:
            return None, fitness
        total += found[0] + contrast(fitness, found[1])
        fitness = found[1]
    return total, fitness


def _alternatives(
    shaped: ShapedParagraph, search: Search, line: SetLine, number: int, before: int | None, fitness: int
) -> Iterator[Alternative]:
    """The places near the line's end, the shortest line first."""
    weighing, sums = search.weighing, search.weighing.sums
    start, room = line.start, weighing.room(number)
    priced = {end: (cost, fit) for end, cost, fit in weighing.candidates(start, room)}
    must = sums.levels.find(MUST, start + 1)
    for q in range(start + 1, must + 1):
        gap = room + sums.begins[start] - sums.ends[q]
        if not -_BEFORE * shaped.size <= gap <= _AFTER * shaped.size and q != line.end:
            continue
        cost = total = None
        if q in priced:
            cost, fit = priced[q]
            if before is not None:
                total = before + contrast(fitness, fit) + cost + search.best(q, number + 1, fit)[0]
        joints = sums.end_joints[q] - sums.begin_joints[start]
        yield Alternative(
            end=q,
            text=shaped.text[shaped.starts[start] : shaped.starts[q]],
            gap=gap,
            squeezable=sums.end_shrinks[q] - sums.begin_shrinks[start],
            spread=gap // max(1, joints),
            why=_why(shaped, weighing, start, q),
            cost=None if cost is None else _told(cost),
            total=None if total is None else _told(total),
            chosen=q == line.end,
        )


def _why(shaped: ShapedParagraph, weighing: Weighing, start: int, q: int) -> Why:
    """The rule that speaks against a line's end before cluster q."""
    level = weighing.sums.levels[q]
    if q < len(shaped) and level < HARMS_SENSE:
        left, right = shaped.text[shaped.starts[q] - 1], shaped.text[shaped.starts[q]]
        table = kind_table()
        after, before = table.kinds[table[ord(right)]], table.kinds[table[ord(left)]]
        if level > FORBIDDEN or left == right or (after.latin and before.latin):
            return "TY-36"
        if not after.may_start(_LEVEL):
            return "TY-30"
        if not before.may_end(_LEVEL):
            return "TY-31"
        return "TY-36"
    if level == HARMS_SENSE:
        return "TY-38"
    if q == len(shaped) and 0 < weighing.runt_from <= start:
        return "TY-62"
    return ""


def _steps(shaped: ShapedParagraph, line: SetLine, change: int) -> Iterator[Step]:
    """How much each step took or gave: each is used up before the next."""
    squeezed = change < 0
    left = abs(change)
    if squeezed:
        for number, row in enumerate(shaped.shrinks, FIRST_SHRINK_STEP):
            first, last = shaped.edge[line.start][0], shaped.edge[line.drawn - 1][1]
            inner = slice(line.start + (first > 0), line.drawn - (last > 0 or line.hung > 0))
            share = min(left, sum(row[inner]))
            if share:
                yield Step("TY-51", number, share)
            left -= share
        return
    for number, row in enumerate(shaped.stretches[:2], 1):
        share = min(left, sum(row[line.start : line.drawn - 1]))
        if share:
            yield Step("TY-52", number, share)
        left -= share
    if left:
        yield Step("TY-52", 3, left)


def _told(cost: int) -> int:
    return cost * _PERCENT // GOOD_COST
