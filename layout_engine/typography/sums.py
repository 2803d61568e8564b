"""How wide is any stretch of a paragraph as a line (行长试算)? Sums made once, so that each question is a subtraction.

A line of clusters p up to q is `ends[q] - begins[p]` wide at its natural width, edge trims in it; it can be squeezed
by `end_shrinks[q] - begin_shrinks[p]`, its last mark may hang out by `hangs[q]` (TY-26) or take back `keeps[q]` (TY-25,
grid) where the style has it, and it has `end_joints[q] - begin_joints[p]` joints that open.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from typing import Final

from layout_engine.typography.classes import CLASS_NAMES, INVISIBLE_CLASS, SPACE_CLASS
from layout_engine.typography.edges import ADDRESS, FORBIDDEN, HARMS_SENSE, LAST_RESORT, MUST
from layout_engine.typography.model import ShapedParagraph

CELL_KEEPERS: Final = frozenset(map(CLASS_NAMES.index, ("stop", "pause", "close")))  # TY-25
VANISHING: Final = frozenset((SPACE_CLASS, INVISIBLE_CLASS))  # TY-43: at a line's end
_ALLOWED: Final = bytes(level >= HARMS_SENSE for level in range(256))


def narrowest_room(measures: Sequence[int], indent: int) -> int:
    """The width of the narrowest line that may come."""
    return min(min(measures), measures[0] - indent)


class LineSums:
    """Sums up to each place 0..n between the clusters of a paragraph that is not empty.

    `levels[q]` is the break level of the place, and `allowed[q]` is 1 where a line may end. Where a unit is wider than
    the narrowest line, the places of last resort inside it are allowed too (TY-35): the marks of an address, those
    between western letters, and where these do not help, all.
    """

    __slots__ = (
        "allowed",
        "begin_joints",
        "begin_shrinks",
        "begins",
        "count",
        "end_joints",
        "end_shrinks",
        "ends",
        "hangs",
        "keeps",
        "levels",
    )

    def __init__(self, paragraph: ShapedParagraph, narrowest: int) -> None:
        count = self.count = len(paragraph)
        firsts, lasts = zip(*paragraph.edge, strict=True)
        widths = list(accumulate(paragraph.advances, initial=0))
        self.begins = list(map(add, widths, firsts))
        self.ends = [0, *map(sub, widths[1:], lasts)]
        shrinks = _add_rows([row for row in paragraph.shrinks if any(row)], count)
        self.begin_shrinks = list(accumulate(shrinks, initial=0))
        self.end_shrinks = list(self.begin_shrinks)
        for i, (first, last) in enumerate(paragraph.edge):
            if first or last:  # what is trimmed can give no more
                self.begin_shrinks[i] += shrinks[i] if first else 0
                self.end_shrinks[i + 1] -= shrinks[i] if last else 0
        opens = _add_rows(paragraph.stretches, count)
        self.begin_joints = list(accumulate(map(bool, opens), initial=0))
        self.end_joints = [0, *self.begin_joints[:-1]]
        self.hangs: list[int] = []
        self.keeps: list[int] = []
        if paragraph.hangs:
            trimmed = map(sub, paragraph.advances, lasts)
            self.hangs = [0, *(width if one else 0 for width, one in zip(trimmed, paragraph.hangs, strict=True))]
        elif paragraph.line_end == "grid":
            marks = zip(paragraph.classes, lasts, strict=True)
            self.keeps = [0, *(last if one in CELL_KEEPERS else 0 for one, last in marks)]
        self._let_spaces_vanish(paragraph.classes)
        self.levels = bytes((MUST, *paragraph.breaks[:-1], MUST))
        self.allowed = bytearray(self.levels.translate(_ALLOWED))
        self._allow_last_resorts(paragraph, narrowest)

    def fits(self) -> list[int]:
        """For each place the narrowest natural end from there on: it rises, so that a place is found by bisection."""
        return _least_from_here(self._unhung(self.ends))

    def limits(self) -> list[int]:
        """The same for lines squeezed as far as they can be."""
        return _least_from_here(self._unhung(list(map(sub, self.ends, self.end_shrinks))))

    def fitting_gap(self, q: int, gap: int) -> int:
        """What is left to fit of `gap`, the room less the width of a line that ends at q, after its last mark."""
        if gap < 0 and self.hangs:
            return min(0, gap + self.hangs[q])
        if self.keeps and gap == self.keeps[q]:
            return 0
        return gap

    def _unhung(self, ends: list[int]) -> list[int]:
        return list(map(sub, ends, self.hangs)) if self.hangs else ends

    def _let_spaces_vanish(self, classes: bytes) -> None:
        """TY-43: a line that ends with spaces ends before them."""
        if SPACE_CLASS in classes or INVISIBLE_CLASS in classes:
            for i, one in enumerate(classes):
                if one in VANISHING:
                    for ends in (self.ends, self.end_shrinks, self.end_joints, self.hangs, self.keeps):
                        if ends:
                            ends[i + 1] = ends[i]

    def _allow_last_resorts(self, paragraph: ShapedParagraph, narrowest: int) -> None:
        longest = max(map(len, self.allowed.split(b"\1"))) + 1
        if longest * max(paragraph.advances) <= narrowest:
            return
        for level in (ADDRESS, LAST_RESORT, FORBIDDEN):
            for start, end in list(self._units_wider_than(narrowest)):
                for q in range(start + 1, end):
                    if self.levels[q] >= level and paragraph.classes[q] not in VANISHING:
                        self.allowed[q] = 1

    def _units_wider_than(self, narrowest: int) -> Iterator[tuple[int, int]]:
        start = 0
        while start < self.count:
            end = self.allowed.find(1, start + 1)
            if self.ends[end] - self.begins[start] > narrowest:
                yield start, end
            start = end


def _add_rows(rows: Sequence[Sequence[int]], count: int) -> Sequence[int]:
    total: Sequence[int] = rows[0] if rows else [0] * count
    for row in rows[1:]:
        total = list(map(add, total, row))
    return total


def _least_from_here(values: list[int]) -> list[int]:
    return list(accumulate(reversed(values), min))[::-1]
