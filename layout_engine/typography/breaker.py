"""Where do the lines of a paragraph end, seen as a whole (整段断行)? The setting with the most even colour.

Every way to break the paragraph is weighed: each line pays its own price (weighing.py), and two neighbours pay where
one is set much wider than the other. The dynamic programme runs over the places where a line may end; where lines
differ in width, or are counted, the line's number is part of the state. A quick setting found beforehand bounds what
is worth following; the answer is still the least of all.
The idea is Knuth and Plass, *Breaking Paragraphs into Lines* (1981); the order of squeezing is TY-51.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from layout_engine.typography.edges import HARMS_SENSE, MUST
from layout_engine.typography.first_fit import set_first_fit
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import BrokenParagraph, SetLine, ShapedParagraph
from layout_engine.typography.weighing import (
    BEYOND,
    CONTRAST,
    GOOD_COST,
    MOST_ACCEPTED,
    NORMAL,
    RUNT_FROM_EMS,
    Candidate,
    TooLongError,
    Weighing,
    runt_from,
)

_FITNESSES: Final = range(4)


def break_paragraph(
    shaped: ShapedParagraph, measures: Sequence[int], *, indent: int = 0, justify: bool = True, looseness: int = 0
) -> BrokenParagraph | None:
    """The paragraph in lines: `measures[i]` is the width of line i, the last repeats.

    `looseness` asks for so many lines more (or fewer) than are best; None if no setting has that many.
    A paragraph that is too much to search is set line after line, and says so (`first_fit`).
    """
    if not len(shaped):
        return BrokenParagraph(shaped, (), 0) if not looseness else None
    search = Search(shaped, measures, indent)
    try:
        found = search.best() if not looseness else search.counted(looseness)
    except TooLongError:
        return None if looseness else set_first_fit(shaped, measures, indent=indent, justify=justify)
    if found is None:
        return None
    cost, ends = found
    levels = search.weighing.sums.levels
    lines = []
    p = 0
    for number, q in enumerate(ends):
        stretch = Stretch(p, q, last=q == len(shaped), last_resort=levels[q] < HARMS_SENSE)
        measure = measures[min(number, len(measures) - 1)]
        fill = justify and levels[q] != MUST
        lines.append(set_line(shaped, stretch, measure, 0 if number else indent, fill=fill))
        p = q
    return BrokenParagraph(shaped, tuple(lines), cost)


def is_runt(shaped: ShapedParagraph, line: SetLine) -> bool:
    """Whether this last line is too short (孤字, TY-62), though another setting would have cost the paragraph more."""
    if not line.last or not line.start or not shaped.avoids_runts or line.measure < RUNT_FROM_EMS * shaped.size:
        return False
    return 0 < runt_from(shaped) <= line.start


def contrast(before: int, after: int) -> int:
    """What two neighbours pay for being fitted unlike."""
    return CONTRAST * max(0, abs(before - after) - 1)


# What is known of a place: for each fitness of the line that ends there the least cost, then for each the state that
# this line began from, then the place itself. A list, because this is where the time goes.
_State = list[Any]
_FROM, _PLACE = 4, 8
_Layer = dict[int, _State]
_Weigh = Callable[[int, int, int], list[Candidate]]


class Search:
    """One paragraph and its measures: the least setting of all, or of those with so many lines."""

    __slots__ = ("_known", "weighing")

    def __init__(self, shaped: ShapedParagraph, measures: Sequence[int], indent: int) -> None:
        self.weighing = Weighing(shaped, measures, indent)
        self._known: dict[tuple[int, int], list[Candidate]] = {}

    def best(self, start: int = 0, line: int = 0, fitness: int = NORMAL) -> tuple[int, list[int]]:
        """The best setting from this place and line on, after a line so fitted: its cost, and where its lines end."""
        weighing = self.weighing
        final = weighing.sums.count
        bound, ends = self._quick(start, line, fitness)
        if not bound:
            return bound, ends
        layer: _Layer = {start: _start(start, fitness)}
        uneven = weighing.uneven_lines()
        while line < uneven and layer.keys() != {final}:
            after = {final: layer[final]} if final in layer else {}
            _extend(layer, sorted(layer.keys() - {final}), after, weighing.room(line), weighing.candidates, bound)
            layer = after
            line += 1
        _extend(layer, range(min(layer), final), layer, weighing.room(line), weighing.candidates, bound)
        return _least(layer[final])

    def counted(self, looseness: int) -> tuple[int, list[int]] | None:
        """The best setting with `looseness` lines more than the best of all."""
        wanted = len(self.best()[1]) + looseness
        final = self.weighing.sums.count
        layer: _Layer = {0: _start(0, NORMAL)}
        for line in range(wanted):
            after: _Layer = {}
            _extend(layer, sorted(layer.keys() - {final}), after, self.weighing.room(line), self._accepted, BEYOND)
            layer = after
        return _least(layer[final]) if wanted > 0 and final in layer else None

    def _quick(self, p: int, line: int, fitness: int) -> tuple[int, list[int]]:
        """A setting made line by line, each the cheapest: no other need cost more than this one."""
        weighing = self.weighing
        final = weighing.sums.count
        cost = 0
        ends: list[int] = []
        while p < final:
            room = weighing.room(line + len(ends))
            lines = weighing.candidates(p, room, GOOD_COST) or weighing.candidates(p, room)
            p, own, after = min(lines, key=_own_cost)
            cost += own + contrast(fitness, after)
            fitness = after
            ends.append(p)
        return cost, ends

    def _accepted(self, p: int, room: int, _: int) -> list[Candidate]:
        """The lines from here that are no looser than TY-53 accepts; where there is none, the best that there is."""
        key = (p, room)
        found = self._known.get(key)
        if found is None:
            weigh = self.weighing.candidates
            found = self._known[key] = weigh(p, room, MOST_ACCEPTED) or [min(weigh(p, room), key=_own_cost)]
        else:  # known lines are followed once more for each number that they may have: that too has a bound
            self.weighing.count(len(found))
        return found


def _extend(layer: _Layer, places: Iterable[int], after: _Layer, room: int, weigh: _Weigh, bound: int) -> None:
    """Weigh every line that begins at one of these places of the layer, as far as the bound allows."""
    for p in places:
        state = layer.get(p)
        if state is None:
            continue
        squeezed, normal, stretched, loose = state[:_FROM]
        before = (
            min(squeezed, normal, stretched + CONTRAST, loose + 2 * CONTRAST),
            min(squeezed, normal, stretched, loose + CONTRAST),
            min(squeezed + CONTRAST, normal, stretched, loose),
            min(squeezed + 2 * CONTRAST, normal + CONTRAST, stretched, loose),
        )
        for q, cost, fitness in weigh(p, room, bound - min(before)):
            total = before[fitness] + cost
            if total <= bound:
                reached = after.get(q)
                if reached is None:
                    reached = after[q] = [BEYOND, BEYOND, BEYOND, BEYOND, None, None, None, None, q]
                if total <= reached[fitness]:  # a tie goes to the fuller lines before (TY-55)
                    reached[fitness] = total
                    reached[_FROM + fitness] = state


def _start(p: int, fitness: int) -> _State:
    costs = [BEYOND] * len(_FITNESSES)
    costs[fitness] = 0
    return [*costs, None, None, None, None, p]


def _least(state: _State) -> tuple[int, list[int]]:
    """The least cost at this place, and where the lines that lead to it end; a tie goes to the fuller lines (TY-55)."""
    cost = min(state[:_FROM])
    ends: list[int] = []
    after: int | None = None
    while True:
        fitness = min(_FITNESSES, key=lambda one: _rank(state, one, after))
        before = state[_FROM + fitness]
        if before is None:
            return cost, ends[::-1]
        ends.append(state[_PLACE])
        state, after = before, fitness


def _rank(state: _State, fitness: int, after: int | None) -> tuple[int, int]:
    """What it costs to come here by a line so fitted, and how early that line begins."""
    before = state[_FROM + fitness]
    cost = state[fitness] if after is None else state[fitness] + contrast(fitness, after)
    return cost, -before[_PLACE] if before else 0


def _own_cost(candidate: Candidate) -> int:
    return candidate[1]
