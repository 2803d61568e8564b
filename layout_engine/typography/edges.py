"""May a line end here (避头尾)? And may the joint be opened to fill the line?

Both depend on the two kinds that meet, so they are one table of joints, made from the rows of classes.txt; what
needs to see further (a number and its measure word, a title in 《》) is put on top.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.typography import classes as k
from layout_engine.typography.classes import kind_table

# Break levels, as in ShapedParagraph.breaks.
FORBIDDEN: Final = 0
LAST_RESORT: Final = 1  # TY-35
HARMS_SENSE: Final = 2  # TY-38
ALLOWED: Final = 3
MUST: Final = 4

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

_SHORT_BRACKET: Final = 4  # TY-38, clusters inside
_BRACKETS: Final = {"《": "》", "（": "）"}
_ORDINAL: Final = "第"


class Joints(msgspec.Struct, frozen=True):
    """After cluster i: may a line end there; does the joint open (1 or 0), with the others or only when none can?"""

    breaks: bytes
    opens: bytes
    opens_last: bytes


def find_joints(text: str, starts: list[int], kinds: bytes, level: str) -> Joints:
    """The joints after each cluster by a level of 避头尾; the one after the last must be a break, and does not open."""
    if not kinds:
        return Joints(b"", b"", b"")
    table = _joint_table(level)
    pairs = bytes([table[left << _LEFT_SHIFT | right] for left, right in pairwise(kinds)])
    breaks = bytearray(pairs.translate(_BREAK_OF))
    breaks.append(MUST)
    _keep_spaces_behind_openers(kinds, breaks, level)
    _keep_numbers_with_words(text, starts, kinds, breaks)
    _keep_short_brackets(text, starts, kinds, breaks)
    return Joints(bytes(breaks), pairs.translate(_OPENS) + b"\0", pairs.translate(_OPENS_LAST) + b"\0")


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


def _keep_numbers_with_words(text: str, starts: list[int], kinds: bytes, breaks: bytearray) -> None:
    """TY-38: 30|家, 第|30, 3～|5 are broken only at a cost."""
    last = len(kinds) - 1
    at = kinds.find(k.DIGIT)
    while at >= 0:
        if at and breaks[at - 1] == ALLOWED:
            before = kinds[at - 1]
            is_range = before == k.LONG and at > 1 and kinds[at - 2] in (k.DIGIT, k.POSTFIX, k.POSTFIX_CELL)
            if is_range or (before == k.HAN and text[starts[at - 1]] == _ORDINAL):
                breaks[at - 1] = HARMS_SENSE
        while at < last and kinds[at + 1] in (k.DIGIT, k.GLUE):
            at += 1
        if at < last and breaks[at] == ALLOWED and text[starts[at + 1]] in _measure_words():
            breaks[at] = HARMS_SENSE
        at = kinds.find(k.DIGIT, at + 1)


def _keep_short_brackets(text: str, starts: list[int], kinds: bytes, breaks: bytearray) -> None:
    """TY-38: what stands in 《》 or （） is kept together where it is four characters or fewer."""
    at = kinds.find(k.OPEN)
    while at >= 0:
        closing = _BRACKETS.get(text[starts[at]])
        if closing:
            limit = min(at + _SHORT_BRACKET + 2, len(kinds))
            end = next((i for i in range(at + 1, limit) if text[starts[i]] == closing), at)
            for i in range(at + 1, end):
                if breaks[i] == ALLOWED:
                    breaks[i] = HARMS_SENSE
        at = kinds.find(k.OPEN, at + 1)


@cache
def _measure_words() -> frozenset[str]:
    lines = Path(__file__).with_name("measure_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("# ")).replace(" ", ""))
