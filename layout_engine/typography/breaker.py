"""Where do the lines of a paragraph end, seen as a whole (整段断行)? The setting with the most even colour.

Every way to break the paragraph is weighed: each line pays for what is added to or taken from its joints, and two
neighbours pay where one is squeezed and the other stretched. The dynamic programme runs over the places where a
line may end; where lines differ in width, the line's number is part of the state until they do so no longer.
The idea is Knuth and Plass, *Breaking Paragraphs into Lines* (1981); the order of squeezing is TY-51.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from layout_engine.typography.classes import CLASS_NAMES
from layout_engine.typography.edges import HARMS_SENSE, MUST
from layout_engine.typography.first_fit import narrowest_room
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import BrokenParagraph, SetLine, ShapedParagraph
from layout_engine.typography.sums import LineSums

# Costs. A line whose joints grow by an eighth of an em, the end of what is good (TY-53), costs 1024.
_PARTS_OF_EM: Final = 1024
_RAISE: Final = 4  # (1024 / 8)² >> 4 is 1024
_SQUEEZE_NUMERATOR, _SQUEEZE_RAISE = 3, 6  # squeezing costs three quarters of stretching: it comes first (TY-54)
_EVEN: Final = 48  # up to this many 1024ths of an em a joint a line counts as set normally
_CONTRAST: Final = 400  # a squeezed line beside a stretched one
_HARM: Final = 500  # TY-38
_RUNT: Final = 1500  # TY-62: worth a line at the end of what is good, not a loose one
_LAST_RESORT: Final = 1_000_000  # TY-35
_UNREACHED: Final = 1 << 60

_WINDOW_PART: Final = 6  # a line that would be stretched by more than this part of its room is tried only if it must
_RUNT_LEAST: Final = 2  # TY-62: Han on the last line
_RUNT_FROM_EMS: Final = 8  # TY-62: in measures of at least so many em

_SQUEEZED, _NORMAL, _STRETCHED = range(3)

_HAN_CLASS: Final = CLASS_NAMES.index("han")
_WESTERN_CLASS: Final = CLASS_NAMES.index("western")

# The line ends chosen up to a place, the last first: (place, the ends before it).
_Ends = tuple[int, "_Ends | None"]


def break_paragraph(
    shaped: ShapedParagraph, measures: Sequence[int], *, indent: int = 0, justify: bool = True, looseness: int = 0
) -> BrokenParagraph | None:
    """The paragraph in lines: `measures[i]` is the width of line i, the last repeats.

    `looseness` asks for so many lines more (or fewer) than are best; None if no setting has that many.
    """
    if not len(shaped):
        return BrokenParagraph(shaped, (), 0) if not looseness else None
    search = _Search(shaped, measures, indent)
    found = search.run() if not looseness else search.run_counted(looseness)
    if found is None:
        return None
    cost, ends = found
    levels = search.sums.levels
    lines = []
    p = 0
    for number, q in enumerate(_in_order(ends)):
        stretch = Stretch(p, q, last=q == len(shaped), last_resort=levels[q] < HARMS_SENSE)
        measure = measures[min(number, len(measures) - 1)]
        fill = justify and levels[q] != MUST
        lines.append(set_line(shaped, stretch, measure, 0 if number else indent, fill=fill))
        p = q
    return BrokenParagraph(shaped, tuple(lines), cost)


def is_runt(shaped: ShapedParagraph, line: SetLine) -> bool:
    """Whether this last line is too short (孤字, TY-62), though another setting would have cost the paragraph more."""
    return line.last and 0 < _runt_from(shaped) <= line.start


def _in_order(ends: _Ends | None) -> list[int]:
    chosen = []
    while ends is not None:
        chosen.append(ends[0])
        ends = ends[1]
    return chosen[::-1]


class _Places:
    """For each place and each fitness of the line that ends there: the least cost, and the ends that lead to it."""

    __slots__ = ("costs", "ends")

    def __init__(self, count: int) -> None:
        self.costs = tuple([_UNREACHED] * count for _ in range(3))
        self.ends: tuple[list[_Ends | None], ...] = tuple([None] * count for _ in range(3))

    def reached(self, p: int) -> bool:
        squeezed, normal, stretched = self.costs
        return squeezed[p] < _UNREACHED or normal[p] < _UNREACHED or stretched[p] < _UNREACHED

    def best(self, p: int) -> tuple[int, _Ends | None]:
        """The least cost of a setting whose last line ends at p."""
        cost = min(costs[p] for costs in self.costs)
        return next((cost, ends[p]) for costs, ends in zip(self.costs, self.ends, strict=True) if costs[p] == cost)

    def keep_best(self, other: "_Places", p: int) -> None:
        """Take over what `other` found for p."""
        for costs, ends, more, through in zip(self.costs, self.ends, other.costs, other.ends, strict=True):
            costs[p], ends[p] = more[p], through[p]


class _Search:
    """One paragraph and its measures: what a line from one place to another costs."""

    def __init__(self, shaped: ShapedParagraph, measures: Sequence[int], indent: int) -> None:
        self.sums = LineSums(shaped, narrowest_room(measures, indent))
        self.limits = self.sums.limits()
        self.measures = measures
        self.indent = indent
        self.em = shaped.size
        self.runt_from = _runt_from(shaped)
        self.weighed: dict[tuple[int, int], list[tuple[int, int, int]]] = {}

    def room(self, line: int) -> int:
        return self.measures[min(line, len(self.measures) - 1)] - (0 if line else self.indent)

    def candidates(self, p: int, room: int) -> list[tuple[int, int, int]]:
        """Each line worth weighing from cluster p: (cluster before which it ends, cost, fitness)."""
        key = (p, room)  # the same line is weighed again for another number of lines
        found = self.weighed.get(key)
        if found is None:
            found = self.weighed[key] = self._weigh(p, room)
        return found

    def _weigh(self, p: int, room: int) -> list[tuple[int, int, int]]:
        sums = self.sums
        ends, end_shrinks, end_joints = sums.ends, sums.end_shrinks, sums.end_joints
        levels, allowed = sums.levels, sums.allowed
        begin_shrink, begin_joint = sums.begin_shrinks[p], sums.begin_joints[p]
        limit = room + sums.begins[p]
        window = room // _WINDOW_PART
        must = levels.find(MUST, p + 1)
        q = min(bisect_right(self.limits, limit - begin_shrink) - 1, must)
        em = self.em
        found: list[tuple[int, int, int]] = []
        sensible = False
        while q > p:
            if not allowed[q]:
                q -= 1
                continue
            gap = limit - ends[q]
            if gap < 0:
                if -gap > end_shrinks[q] - begin_shrink:
                    q -= 1
                    continue
                t = -gap * _PARTS_OF_EM // (em * max(1, end_joints[q] - begin_joint))
                cost = _SQUEEZE_NUMERATOR * t * t >> _SQUEEZE_RAISE
                fitness = _SQUEEZED if t > _EVEN else _NORMAL
            elif q == must:
                cost, fitness = 0, _NORMAL
            else:
                if gap > window and sensible:
                    break
                t = gap * _PARTS_OF_EM // (em * max(1, end_joints[q] - begin_joint))
                cost = t * t >> _RAISE
                fitness = _STRETCHED if t > _EVEN else _NORMAL
            level = levels[q]
            if level <= HARMS_SENSE:
                cost += _HARM if level == HARMS_SENSE else _LAST_RESORT
            sensible = sensible or level >= HARMS_SENSE
            found.append((q, cost, fitness))
            if q == must:
                break  # the rest fits this line, squeezed if need be: no line more is made of it (TY-56)
            q -= 1
        if not found:
            end = allowed.find(1, p + 1)
            return [(end, _LAST_RESORT, _SQUEEZED)]  # wider than the line: nothing is lost, and it is told
        if p and found[0][0] == sums.count and p >= self.runt_from and room >= _RUNT_FROM_EMS * em:
            found[0] = (found[0][0], found[0][1] + _RUNT, found[0][2])
        return found

    def run(self) -> tuple[int, _Ends | None]:
        """The best setting: cost, and where its lines end."""
        final = self.sums.count
        places = _Places(final + 1)
        places.costs[_NORMAL][0] = 0
        reached = [0]
        line = 0
        while reached and line < self._uneven_lines():
            after = _Places(final + 1)
            after.keep_best(places, final)
            reached = self._next_line(places, after, reached, line)
            places = after
            line += 1
        room = self.room(line)
        for p in range(reached[0] if reached else final, final):
            self._extend(places, places, p, room)
        return places.best(final)

    def run_counted(self, looseness: int) -> tuple[int, _Ends | None] | None:
        """The best setting with `looseness` lines more than the best of all."""
        wanted = len(_in_order(self.run()[1])) + looseness
        final = self.sums.count
        places = _Places(final + 1)
        places.costs[_NORMAL][0] = 0
        reached = [0]
        for line in range(wanted):
            after = _Places(final + 1)
            reached = self._next_line(places, after, reached, line)
            places = after
        found = places.best(final)
        return found if wanted > 0 and found[0] < _UNREACHED else None

    def _next_line(self, places: _Places, after: _Places, reached: list[int], line: int) -> list[int]:
        """Weigh line number `line` from every place reached; the places that it reaches, but for the final one."""
        room = self.room(line)
        for p in reached:
            self._extend(places, after, p, room)
        final = self.sums.count
        return [q for q in range(reached[0] + 1, final) if after.reached(q)] if reached else []

    def _uneven_lines(self) -> int:
        """After how many lines do all have one room?"""
        even = len(self.measures) - 1
        while even and self.measures[even - 1] == self.measures[-1]:
            even -= 1
        return max(even, 1 if self.indent else 0)

    def _extend(self, places: _Places, after: _Places, p: int, room: int) -> None:
        """Weigh every line that begins at p."""
        costs = places.costs
        squeezed, normal, stretched = costs[0][p], costs[1][p], costs[2][p]
        if squeezed == normal == stretched == _UNREACHED:
            return
        for q, cost, fitness in self.candidates(p, room):
            if fitness == _SQUEEZED:
                before = (squeezed, normal, stretched + _CONTRAST)
            elif fitness == _STRETCHED:
                before = (squeezed + _CONTRAST, normal, stretched)
            else:
                before = (squeezed, normal, stretched)
            least = min(before)
            total = least + cost
            if total < after.costs[fitness][q]:
                after.costs[fitness][q] = total
                after.ends[fitness][q] = (q, places.ends[before.index(least)][p])


def _runt_from(shaped: ShapedParagraph) -> int:
    """The first cluster from which the paragraph's end would be a runt (孤字): fewer than two Han, no western word."""
    han = 0
    for i in range(len(shaped) - 1, -1, -1):
        if shaped.classes[i] == _WESTERN_CLASS:
            return i + 1
        han += shaped.classes[i] == _HAN_CLASS
        if han == _RUNT_LEAST:
            return i + 1
    return len(shaped)
