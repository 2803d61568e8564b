"""Break line after line, looking no further than the next (逐行断行): squeeze first, then stretch (TY-54).

The last resort where no better setting exists, and the yardstick that the optimum is held against.
"""

from bisect import bisect_right
from collections.abc import Sequence

from layout_engine.typography.edges import HARMS_SENSE, MUST
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import BrokenParagraph, ShapedParagraph
from layout_engine.typography.sums import LineSums


def first_fit(shaped: ShapedParagraph, measures: Sequence[int], indent: int = 0) -> list[Stretch]:
    """The lines of a paragraph for these measures; the last measure repeats."""
    if not len(shaped):
        return []
    sums = LineSums(shaped, narrowest_room(measures, indent))
    at, ends, begins, levels = sums.at, sums.ends, sums.begins, sums.levels
    fits, final = sums.fits, len(sums.at) - 1
    musts = iter(sums.musts)
    must = next(musts)
    lines: list[Stretch] = []
    p = 0
    while p < final:
        room = measures[min(len(lines), len(measures) - 1)] - (0 if lines else indent)
        limit = room + begins[p]
        q = max(p + 1, min(bisect_right(fits, limit) - 1, must))
        if q < must and ends[q] != limit and levels[q + 1] >= HARMS_SENSE and _squeezes(sums, p, q + 1, limit):
            q += 1
        if levels[q] < HARMS_SENSE:
            q = next((r for r in range(q - 1, p, -1) if levels[r] >= HARMS_SENSE), q)
        lines.append(Stretch(at[p], at[q], last=q == final, last_resort=levels[q] < HARMS_SENSE))
        if q == must and q < final:
            must = next(musts)
        p = q
    return lines


def narrowest_room(measures: Sequence[int], indent: int) -> int:
    """The width of the narrowest line that may come."""
    return min(min(measures), measures[0] - indent)


def _squeezes(sums: LineSums, p: int, q: int, limit: int) -> bool:
    """Whether the line from break p to break q can be squeezed to its limit (推入)."""
    return sums.ends[q] - limit <= sums.end_shrinks[q] - sums.begin_shrinks[p]


def set_first_fit(
    shaped: ShapedParagraph, measures: Sequence[int], *, indent: int = 0, justify: bool = True
) -> BrokenParagraph:
    """The paragraph set line after line; its cost says nothing."""
    lines = []
    for number, stretch in enumerate(first_fit(shaped, measures, indent)):
        measure = measures[min(number, len(measures) - 1)]
        fill = justify and shaped.breaks[stretch.end - 1] != MUST
        lines.append(set_line(shaped, stretch, measure, 0 if number else indent, fill=fill))
    return BrokenParagraph(shaped, tuple(lines), 0)
