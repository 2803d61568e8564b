"""What does a line cost, if it begins here and ends there (逐行计价)? One price list for all who ask.

A line pays for the mean space that is added to its joints or taken from them, by the square, so that two lines a
little off are better than one far off. Steps stand where TY-53 has its limits. What is wrong with a line's end is
paid beside it: sense harmed (TY-38), a last line too short (TY-62), no allowed break at all (TY-35).
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from layout_engine.typography.classes import CLASS_NAMES
from layout_engine.typography.edges import HARMS_SENSE, MUST
from layout_engine.typography.model import ShapedParagraph
from layout_engine.typography.sums import LineSums, narrowest_room

# Costs are squares of a mean space a joint in 1024ths of an em.
PARTS_OF_EM: Final = 1024
GOOD: Final = PARTS_OF_EM // 8  # TY-53
ACCEPTED: Final = PARTS_OF_EM // 4  # TY-53
GOOD_COST: Final = GOOD * GOOD  # a line at the end of what is good: the unit in which costs are told
_SQUEEZE_NUMERATOR, _SQUEEZE_RAISE = 3, 2  # squeezing costs three quarters of stretching: it comes first (TY-54)
_HARM_BASE: Final = GOOD_COST // 8  # TY-38: twice as much for the least harm, five times for the worst
_USUAL_HARM: Final = 3  # a number and its word
_RUNT: Final = GOOD_COST * 3  # TY-62: worth three lines at the end of what is good
_LOOSE: Final = _RUNT  # TY-53, TY-62: a line looser than good is never the lesser evil beside a runt
_TOO_LOOSE: Final = 4 * _LOOSE  # TY-53: beyond what is accepted
MOST_ACCEPTED: Final = ACCEPTED * ACCEPTED + _LOOSE
_LAST_RESORT: Final = 1 << 40  # TY-35: never to save a loose line, however loose
BEYOND: Final = 1 << 60  # more than any setting costs

# How a line is fitted, from narrow to wide: neighbours that stand apart on this scale show, and pay for it.
SQUEEZED, NORMAL, STRETCHED, LOOSE = range(4)
_EVEN: Final = PARTS_OF_EM // 64  # up to this much a joint a line counts as set normally
CONTRAST: Final = GOOD_COST * 3 // 8  # a squeezed line beside a stretched one, a normal one beside a loose one

_RUNT_LEAST: Final = 2  # TY-62: Han on the last line
RUNT_FROM_EMS: Final = 8  # TY-62: in measures of at least so many em

_HAN_CLASS: Final = CLASS_NAMES.index("han")
_WESTERN_CLASS: Final = CLASS_NAMES.index("western")

MOST_WEIGHED: Final = 400_000  # places looked at in one search: a page's worth of text takes about a tenth

Candidate = tuple[int, int, int]  # the place where the line ends, what it costs, how it is fitted


class TooLongError(Exception):
    """More lines were weighed than any paragraph of a newspaper asks for."""


class Weighing:
    """The lines that one paragraph may have in its measures; the last measure repeats."""

    __slots__ = ("em", "harms", "indent", "limits", "measures", "runt_from", "sums", "weighed")

    def __init__(self, shaped: ShapedParagraph, measures: Sequence[int], indent: int) -> None:
        self.sums = LineSums(shaped, narrowest_room(measures, indent))
        self.limits = self.sums.limits()
        self.measures = measures
        self.indent = indent
        self.em = shaped.size
        self.harms = shaped.harms
        self.runt_from = runt_from(shaped) if shaped.avoids_runts else len(shaped)
        self.weighed = 0  # how many lines so far: the search has a bound

    def room(self, line: int) -> int:
        """The width of line number `line`, indent taken off."""
        return self.measures[min(line, len(self.measures) - 1)] - (0 if line else self.indent)

    def count(self, lines: int) -> None:
        """Count lines looked at; a search that looks at too many ends here."""
        self.weighed += lines
        if self.weighed > MOST_WEIGHED:
            raise TooLongError

    def uneven_lines(self) -> int:
        """After how many lines do all have one room?"""
        even = len(self.measures) - 1
        while even and self.measures[even - 1] == self.measures[-1]:
            even -= 1
        return max(even, 1 if self.indent else 0)

    def candidates(self, p: int, room: int, most: int = BEYOND) -> list[Candidate]:
        """Each line from place p that costs no more than `most`, the longest first.

        Where no line fits, the unit that is too wide is a line by itself: nothing is lost, and it is told.
        """
        sums = self.sums
        ends, end_shrinks, end_joints = sums.ends, sums.end_shrinks, sums.end_joints
        levels, allowed, harms = sums.levels, sums.allowed, self.harms
        begin_shrink, begin_joint = sums.begin_shrinks[p], sums.begin_joints[p]
        limit = room + sums.begins[p]
        em = self.em
        must = levels.find(MUST, p + 1)
        q = longest = min(bisect_right(self.limits, limit - begin_shrink) - 1, must)
        found: list[Candidate] = []
        fits = False
        by_the_mark = sums.fitting_gap if sums.hangs or sums.keeps else None
        while q > p:
            gap = limit - ends[q]
            if by_the_mark:
                gap = by_the_mark(q, gap)
            if not allowed[q] or (gap < 0 and -gap > end_shrinks[q] - begin_shrink):
                q -= 1
                continue
            fits = True
            if gap < 0:
                t = -gap * PARTS_OF_EM // (em * ((end_joints[q] - begin_joint) or 1))
                cost = _SQUEEZE_NUMERATOR * t * t >> _SQUEEZE_RAISE
                fitness = NORMAL if t <= _EVEN else SQUEEZED
            elif q == must:
                cost, fitness = 0, NORMAL
            else:
                t = gap * PARTS_OF_EM // (em * ((end_joints[q] - begin_joint) or 1))
                cost = t * t
                if t <= _EVEN:
                    fitness = NORMAL
                elif t <= GOOD:
                    fitness = STRETCHED
                else:
                    cost += _LOOSE if t <= ACCEPTED else _TOO_LOOSE
                    fitness = LOOSE
                if cost > most:
                    break  # shorter lines are looser still
            level = levels[q]
            if level <= HARMS_SENSE:
                cost += _HARM_BASE * (1 + harms.get(q - 1, _USUAL_HARM)) if level == HARMS_SENSE else _LAST_RESORT
            if cost <= most:
                found.append((q, cost, fitness))
            if q == must:
                break  # the rest fits this line, squeezed if need be: no line more is made of it (TY-56)
            q -= 1
        self.weighed += longest - q + 1  # as `count` does: a call would show here
        if self.weighed > MOST_WEIGHED:
            raise TooLongError
        if not fits and most >= _LAST_RESORT:
            return [(allowed.find(1, p + 1), _LAST_RESORT, SQUEEZED)]
        if p >= self.runt_from and p and found and found[0][0] == sums.count and room >= RUNT_FROM_EMS * em:
            end, cost, fitness = found[0]
            found[0] = (end, cost + _RUNT, fitness)
        return found


def runt_from(shaped: ShapedParagraph) -> int:
    """The first cluster from which the paragraph's end would be a runt (孤字): fewer than two Han, no western word."""
    han = 0
    for i in range(len(shaped) - 1, -1, -1):
        if shaped.classes[i] == _WESTERN_CLASS and shaped.text[shaped.starts[i]].isalnum():
            return i + 1
        han += shaped.classes[i] == _HAN_CLASS
        if han == _RUNT_LEAST:
            return i + 1
    return len(shaped)
