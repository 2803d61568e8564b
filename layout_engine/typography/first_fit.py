"""Break line after line, looking no further than the next (逐行断行): squeeze first, then stretch (TY-54).

The last resort where no better setting exists, and the yardstick that the optimum is held against.
"""

from bisect import bisect_right
from collections.abc import Sequence

from layout_engine.typography.edges import HARMS_SENSE, MUST
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import BrokenParagraph, ShapedParagraph
from layout_engine.typography.sums import LineSums, narrowest_room


def first_fit(shaped: ShapedParagraph, measures: Sequence[int], indent: int = 0) -> list[Stretch]:
    """The lines of a paragraph for these measures; the last measure repeats."""
    if not len(shaped):
        return []
    sums = LineSums(shaped, narrowest_room(measures, indent))
    ends, begins, levels, allowed = sums.ends, sums.begins, sums.levels, sums.allowed
    fits, count = sums.fits(), sums.count
    lines: list[Stretch] = []
    p = 0
    while p < count:
        room = measures[min(len(lines), len(measures) - 1)] - (0 if lines else indent)
        limit = room + begins[p]
        must = levels.find(MUST, p + 1)
        q = allowed.rfind(1, p + 1, min(bisect_right(fits, limit), must + 1))
        further = allowed.find(1, max(q, p) + 1)
        if q < 0 or (q < must and sums.fitting_gap(q, limit - ends[q]) and levels[further] >= HARMS_SENSE):
            q = further if q < 0 or _squeezes(sums, p, further, limit) else q
        if levels[q] < HARMS_SENSE:
            q = next((r for r in range(q - 1, p, -1) if levels[r] >= HARMS_SENSE), q)
        last_resort = levels[q] < HARMS_SENSE
        lines.append(Stretch(p, q, last=q == count, last_resort=last_resort))
        p = q
    return lines


def _squeezes(sums: LineSums, p: int, q: int, limit: int) -> bool:
    """Whether the line from p to q can be squeezed to its limit (推入)."""
    need = -sums.fitting_gap(q, limit - sums.ends[q])
    return need <= sums.end_shrinks[q] - sums.begin_shrinks[p]


def set_first_fit(
    shaped: ShapedParagraph, measures: Sequence[int], *, indent: int = 0, justify: bool = True
) -> BrokenParagraph:
    """The paragraph set line after line; its cost says nothing."""
    lines = []
    for number, stretch in enumerate(first_fit(shaped, measures, indent)):
        measure = measures[min(number, len(measures) - 1)]
        fill = justify and shaped.breaks[stretch.end - 1] != MUST
        lines.append(set_line(shaped, stretch, measure, 0 if number else indent, fill=fill))
    return BrokenParagraph(shaped, tuple(lines), 0, first_fit=True)
