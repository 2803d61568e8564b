"""How wide is any stretch of a paragraph as a line (行长试算)? Sums made once, so that each question is a subtraction.

A line from break p to break q is `ends[q] - begins[p]` wide at its natural width, edge trims in it, and gives
`end_shrinks[q] - begin_shrinks[p]`. Break 0 is the paragraph's start.
"""

from itertools import accumulate
from typing import Final

from layout_engine.typography.classes import INVISIBLE_CLASS, SPACE_CLASS
from layout_engine.typography.edges import FORBIDDEN, HARMS_SENSE, LAST_RESORT, MUST
from layout_engine.typography.model import ShapedParagraph

VANISHING: Final = frozenset((SPACE_CLASS, INVISIBLE_CLASS))  # TY-43: at a line's end


class LineSums:
    """The places where a line may end, in columns, and prefix sums up to each.

    Where a unit is wider than the narrowest line, the places of last resort inside it are among them (TY-35):
    those between western letters, and where these do not help, all.
    """

    __slots__ = (
        "at", "begin_joints", "begin_shrinks", "begins", "end_joints", "end_shrinks", "ends", "fits", "levels",
        "limits", "musts",
    )  # fmt: skip

    def __init__(self, paragraph: ShapedParagraph, narrowest: int) -> None:
        breaks, classes = paragraph.breaks, paragraph.classes
        sums = _Prefixes(paragraph)
        self.at = [0, *(i + 1 for i, level in enumerate(breaks) if level >= HARMS_SENSE)]
        self._place(paragraph, sums)
        for level in (LAST_RESORT, FORBIDDEN):
            extra = [i for p in self._too_wide(narrowest) for i in range(self.at[p] + 1, self.at[p + 1])]
            if extra:
                self.at = sorted(
                    (*self.at, *(i for i in extra if breaks[i - 1] >= level and classes[i] not in VANISHING))
                )
                self._place(paragraph, sums)
        self.levels = [MUST, *(breaks[i - 1] for i in self.at[1:])]
        self.musts = [p for p, level in enumerate(self.levels) if level == MUST and p]
        # Both rise, so that the last break that can be reached is found by bisection: naturally, and squeezed.
        self.fits = _least_from_here(self.ends)
        self.limits = _least_from_here([a - b for a, b in zip(self.ends, self.end_shrinks, strict=True)])

    def _place(self, paragraph: ShapedParagraph, sums: "_Prefixes") -> None:
        """Fill the columns for the breaks `at`."""
        widths, given, joints, shrinks = sums.widths, sums.given, sums.joints, sums.shrinks
        edge, classes = paragraph.edge, paragraph.classes
        begins, begin_shrinks = [], []
        for i in self.at[:-1]:
            first = edge[i][0]
            begins.append(widths[i] + first)
            begin_shrinks.append(given[i] + shrinks[i] if first else given[i])
        ends, end_shrinks, end_joints = [0], [0], [0]
        for i in self.at[1:]:
            while i and classes[i - 1] in VANISHING:
                i -= 1
            last = edge[i - 1][1] if i else 0
            ends.append(widths[i] - last)
            end_shrinks.append(given[i] - shrinks[i - 1] if last else given[i])
            end_joints.append(joints[i - 1] if i else 0)
        self.begins, self.begin_shrinks = begins, begin_shrinks
        self.begin_joints = [joints[i] for i in self.at[:-1]]
        self.ends, self.end_shrinks, self.end_joints = ends, end_shrinks, end_joints

    def _too_wide(self, narrowest: int) -> list[int]:
        """The breaks after which a unit begins that no line can hold."""
        return [
            p for p, (end, begin) in enumerate(zip(self.ends[1:], self.begins, strict=True)) if end - begin > narrowest
        ]


class _Prefixes:
    """Sums over the clusters before each."""

    __slots__ = ("given", "joints", "shrinks", "widths")

    def __init__(self, paragraph: ShapedParagraph) -> None:
        self.shrinks = list(map(sum, zip(*paragraph.shrinks, strict=True)))
        self.widths = [0, *accumulate(paragraph.advances)]
        self.given = [0, *accumulate(self.shrinks)]
        self.joints = [0, *accumulate(map(any, zip(*paragraph.stretches, strict=True)))]


def _least_from_here(values: list[int]) -> list[int]:
    return list(accumulate(reversed(values), min))[::-1]
