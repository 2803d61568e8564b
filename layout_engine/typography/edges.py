"""May a line end here (避头尾)? And may the joint be opened to fill the line?

Both depend on the two kinds that meet, so they are one table of joints, made from the rows of classes.txt, for each
level of 避头尾; what needs to see further is put on top: here what an address allows, in kept.py what harms the sense.
"""

from functools import cache
from itertools import pairwise
from typing import Final

import msgspec

from layout_engine.typography import classes as k
from layout_engine.typography.classes import kind_table

# Break levels, as in ShapedParagraph.breaks.
FORBIDDEN: Final = 0
LAST_RESORT: Final = 1  # TY-35
ADDRESS: Final = 2  # a last resort too, before all others: at the marks of a web or mail address (TY-37)
HARMS_SENSE: Final = 3  # TY-38: kept.py
ALLOWED: Final = 4
MUST: Final = 5

# How a joint opens (TY-52): not at all, with all others, or only where no other can.
RIGID: Final = 0
OPENS: Final = 1
OPENS_LAST: Final = 2

_STRETCH_SHIFT: Final = 3
_LEFT_SHIFT: Final = 6  # a joint's index is left kind * 64 + right kind
_BREAK_OF: Final = bytes(joint & 7 for joint in range(256))
_OPENS: Final = bytes(joint >> _STRETCH_SHIFT == OPENS for joint in range(256))
_OPENS_LAST: Final = bytes(joint >> _STRETCH_SHIFT == OPENS_LAST for joint in range(256))

_TAILS: Final = frozenset((k.DASH_TAIL, k.ELLIPSIS_TAIL))
_GLUING: Final = frozenset((k.INVISIBLE, k.FIXED_SPACE))  # TY-36 k
_SPACES: Final = frozenset((k.SPACE, k.CELL_SPACE))
_VANISHING: Final = _SPACES | {k.NEWLINE, k.BREAK_HERE}
_WESTERN: Final = frozenset(
    (
        k.LETTER, k.DIGIT, k.WESTERN_OPEN, k.WESTERN_CLOSE, k.WESTERN_MARK, k.GLUE, k.WORD_HYPHEN,
        k.PREFIX, k.POSTFIX,
    )
)  # fmt: skip
_PREFIXES: Final = frozenset((k.PREFIX, k.PREFIX_CELL))
_POSTFIXES: Final = frozenset((k.POSTFIX, k.POSTFIX_CELL))
_BANGS: Final = frozenset((k.BANG, k.BANGS))
_CONNECTORS: Final = frozenset((k.LONG, k.HYPHEN, k.HYPHEN_OWN, k.SOLIDUS))  # TY-52: rigid on both sides
_LAST_RESORT_PAIRS: Final = frozenset(
    (left, right)
    for left in (k.LETTER, k.WESTERN_MARK, k.WORD_HYPHEN)
    for right in (k.LETTER, k.WESTERN_MARK, k.WORD_HYPHEN)
)  # TY-35: first between western letters; TY-37: an address

_JOINER: Final = "\u200d"  # TY-36 j: it is inside the cluster before it
_ADDRESS_SIGNS: Final = ("://", "www.", "@")
_BREAKS_AFTER: Final = frozenset("/?&=-")
_BREAKS_BEFORE: Final = frozenset(".#@")


class Joints(msgspec.Struct, frozen=True):
    """After cluster i: may a line end there; does the joint open (1 or 0), with the others or only when none can?"""

    breaks: bytearray
    opens: bytes
    opens_last: bytes


def find_joints(text: str, starts: list[int], kinds: bytes, level: str) -> Joints:
    """The joints after each cluster by a level of 避头尾; the one after the last must be a break, and does not open."""
    if not kinds:
        return Joints(bytearray(), b"", b"")
    table = _joint_table(level)
    pairs = bytes([table[left << _LEFT_SHIFT | right] for left, right in pairwise(kinds)])
    breaks = bytearray(pairs.translate(_BREAK_OF))
    opens, opens_last = pairs.translate(_OPENS) + b"\0", pairs.translate(_OPENS_LAST) + b"\0"
    breaks.append(MUST)
    if _JOINER in text:
        joined = {i for i in range(len(kinds) - 1) if text[starts[i + 1] - 1] == _JOINER}
        for i in joined:
            breaks[i] = FORBIDDEN
        opens = bytes(0 if i in joined else one for i, one in enumerate(opens))
        opens_last = bytes(0 if i in joined else one for i, one in enumerate(opens_last))
    _keep_spaces_behind_openers(kinds, breaks, level)
    if any(sign in text for sign in _ADDRESS_SIGNS):
        _open_addresses(text, starts, kinds, breaks)
    return Joints(breaks, opens, opens_last)


@cache
def _joint_table(level: str) -> bytes:
    count = len(k.KIND_NAMES)
    table = bytearray(count << _LEFT_SHIFT)
    for left in range(count):
        for right in range(count):
            breaks, opens = _joint(left, right, level)
            table[left << _LEFT_SHIFT | right] = breaks | opens << _STRETCH_SHIFT
    return bytes(table)


def _joint(left: int, right: int, level: str) -> tuple[int, int]:
    """Break level and stretch of the joint between two kinds. The order of the questions is the rule."""
    kinds = kind_table().kinds
    if left == k.NEWLINE:
        return MUST, RIGID
    if right in _VANISHING:
        return FORBIDDEN, RIGID  # a space hangs on what precedes it, and vanishes at the line's end (TY-43)
    if right in _TAILS or (left in _BANGS and right in _BANGS):
        return FORBIDDEN, RIGID  # TY-36 a, b
    if left in _GLUING or right in _GLUING:
        return FORBIDDEN, RIGID
    if left in _WESTERN and right in _WESTERN:
        if left == k.WORD_HYPHEN:
            return ALLOWED, RIGID  # TY-37
        return (LAST_RESORT if (left, right) in _LAST_RESORT_PAIRS else FORBIDDEN), RIGID
    if left in _PREFIXES or right in _POSTFIXES:
        return FORBIDDEN, RIGID  # TY-36 e, f
    may = kinds[right].may_start(level) and kinds[left].may_end(level)  # TY-30, TY-31
    breaks = ALLOWED if may else FORBIDDEN
    if left in _CONNECTORS or right in _CONNECTORS:
        return breaks, RIGID
    if left == k.OPEN or right == k.CLOSE:
        return breaks, OPENS_LAST
    return breaks, OPENS


def _keep_spaces_behind_openers(kinds: bytes, breaks: bytearray, level: str) -> None:
    """A space does not make a line's end of what may not stand there (TY-31)."""
    if k.SPACE not in kinds and k.CELL_SPACE not in kinds:
        return
    rows = kind_table().kinds
    held = False
    for at, kind in enumerate(kinds[:-1]):
        if kind not in _SPACES:
            held = not rows[kind].may_end(level)
        elif held:
            breaks[at] = FORBIDDEN


def _open_addresses(text: str, starts: list[int], kinds: bytes, breaks: bytearray) -> None:
    """TY-37: a web or mail address breaks at its marks rather than between its letters, where it must."""
    count = len(kinds)
    start = 0
    while start < count:
        end = start
        while end < count and kinds[end] in _WESTERN:
            end += 1
        address = text[starts[start] : starts[end]]
        if any(sign in address for sign in _ADDRESS_SIGNS):
            for i in range(start, end - 1):
                left, right = text[starts[i]], text[starts[i + 1]]
                if (left in _BREAKS_AFTER and right not in _BREAKS_AFTER) or right in _BREAKS_BEFORE:
                    breaks[i] = ADDRESS
        start = end + 1
