"""Fill one line exactly (两端对齐): what each cluster gives or takes, in whole su, in the order of TY-51 and TY-52.

Equal shares inside a step; what cannot be shared goes one su each to the joints on the left.

`SetLine.spread` is the mean space added to a joint that may open, below 0 where the line was squeezed: the page
compares it with an eighth and a quarter of the size (TY-53) and tells of loose lines.
"""

from collections.abc import Sequence
from itertools import accumulate
from operator import add

from layout_engine.typography.classes import OPEN_CLASS
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.sums import CELL_KEEPERS, VANISHING


class Stretch:
    """Clusters `start` up to `end` of a paragraph as one line to be set."""

    __slots__ = ("end", "last", "last_resort", "start")

    def __init__(self, start: int, end: int, last: bool = False, last_resort: bool = False) -> None:
        self.start = start
        self.end = end
        self.last = last
        self.last_resort = last_resort


def set_single_line(shaped: ShapedParagraph, start: int = 0, end: int | None = None) -> SetLine:
    """One line at its natural width, edges trimmed (TY-57): for centred and right-aligned lines and headlines."""
    stop = len(shaped) if end is None else end
    return set_line(shaped, Stretch(start, stop, last=stop == len(shaped)), None, 0, fill=False)


def line_text(shaped: ShapedParagraph, line: SetLine) -> str:
    """The characters that a line shows: without the spaces that vanish at its end."""
    return shaped.text[shaped.starts[line.start] : shaped.starts[line.drawn]]


def set_line(shaped: ShapedParagraph, stretch: Stretch, measure: int | None, indent: int, *, fill: bool) -> SetLine:
    """A line of `measure` (None: as wide as it is). It is squeezed if it is too long, and stretched to `fill`."""
    start, end = stretch.start, stretch.end
    classes = shaped.classes
    drawn = end
    while drawn > start and classes[drawn - 1] in VANISHING:
        drawn -= 1
    advances = list(shaped.advances[start:drawn])
    dx: Sequence[int] = shaped.dx[start:drawn]
    first = last = 0
    if advances:
        first, last = shaped.edge[start][0], shaped.edge[drawn - 1][1]
        if first:
            advances[0] -= first
            dx = (dx[0] - first, *dx[1:])
        advances[-1] -= last
    width = indent + sum(advances)
    spread = hung = 0
    if measure is not None and advances and shaped.line_end != "half":
        given = _last_mark(shaped, drawn - 1, width - measure, last, advances[-1])
        advances[-1] += given
        width += given
        hung = max(0, -given)
    last_resort = stretch.last_resort
    if measure is None:
        measure = width
    elif width > measure:
        trims = (first > 0, last > 0 or hung > 0)
        taken, dx = _shrink(shaped, start, drawn, trims, advances, dx, width - measure)
        spread = -taken // max(1, _count_joints(shaped, start, drawn))
        width -= taken
        last_resort = last_resort or width > measure
    elif fill and width < measure and advances:
        gap = measure - width
        joints = _count_joints(shaped, start, drawn)
        spread = gap // max(1, joints)
        if joints:
            _stretch(shaped, start, drawn, advances, gap)
            width = measure
        else:
            last_resort = True  # a western word alone on its line: never letter-spaced (TY-45)
    pens = accumulate(advances[:-1], initial=indent) if advances else ()
    return SetLine(start, end, drawn, tuple(map(add, pens, dx)), tuple(advances), indent, width, measure, spread,
                   stretch.last, last_resort, hung)  # fmt: skip


def _last_mark(shaped: ShapedParagraph, at: int, over: int, trimmed: int, advance: int) -> int:
    """What the style gives back to the mark at the line's end (TY-25, grid), or takes as it hangs out (TY-26)."""
    if over > 0:
        return -min(over, advance) if shaped.hangs and shaped.hangs[at] else 0
    if shaped.line_end == "grid" and -over == trimmed and shaped.classes[at] in CELL_KEEPERS:
        return trimmed
    return 0


def _count_joints(shaped: ShapedParagraph, start: int, drawn: int) -> int:
    """The joints that may open, as TY-53 counts them."""
    return sum(map(any, zip(*(row[start : drawn - 1] for row in shaped.stretches), strict=True)))


def _shrink(
    shaped: ShapedParagraph,
    start: int,
    drawn: int,
    trims: tuple[bool, bool],
    advances: list[int],
    dx: Sequence[int],
    need: int,
) -> tuple[int, Sequence[int]]:
    """TY-51: each step used up before the next. An opening mark gives at its left, so its glyph moves."""
    taken = 0
    moved = list(dx)
    for row in shaped.shrinks:
        room = list(row[start:drawn])
        if not any(room):
            continue
        if trims[0]:
            room[0] = 0
        if trims[1]:
            room[-1] = 0
        for i, share in _share(room, need - taken):
            advances[i] -= share
            taken += share
            if shaped.classes[start + i] == OPEN_CLASS:
                moved[i] -= share
        if taken == need:
            break
    return taken, moved


def _stretch(shaped: ShapedParagraph, start: int, drawn: int, advances: list[int], gap: int) -> None:
    """TY-52: word spaces, then autospace, each to its limit; then equally over the joints that open."""
    words, autos, opens, opens_last = (row[start : drawn - 1] for row in shaped.stretches)
    for row in (words, autos):
        if gap and any(row):
            for i, share in _share(row, gap):
                advances[i] += share
                gap -= share
    if not gap:
        return
    joints = [i for i, one in enumerate(opens) if one] or [i for i, one in enumerate(opens_last) if one]
    if not joints:
        joints = [i for i, (word, auto) in enumerate(zip(words, autos, strict=True)) if word or auto]
    share, rest = divmod(gap, len(joints))
    for i in joints:
        advances[i] += share
    for i in joints[:rest]:
        advances[i] += 1


def _share(room: Sequence[int], need: int) -> list[tuple[int, int]]:
    """`need` in equal shares over the places with room, none beyond its own; less where the room is less."""
    places = [(i, most) for i, most in enumerate(room) if most]
    if sum(most for _, most in places) <= need:
        return places
    shares = []
    ordered = sorted(places, key=lambda one: (one[1], -one[0]))  # the narrow ones first, the left ones last
    for left, (i, most) in zip(range(len(ordered), 0, -1), ordered, strict=True):
        share = min(most, need // left)
        shares.append((i, share))
        need -= share
    return shares
