"""How do letters, digits and marks stand in a vertical line (直排)? TY-81 to TY-84, by rule and arithmetic alone.

One letter, or an abbreviation of up to three capitals, stands upright, letter under letter. Two or three digits stand
side by side in one em (纵中横). All other words and numbers are turned to the right (侧转).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

import msgspec

from layout_engine.typography import classes as k
from layout_engine.typography.model import UPRIGHT, Posture, Stance

_LONGEST_UPRIGHT: Final = 3  # TY-83: capitals
_LONGEST_ACROSS: Final = 3  # TY-83 allows four digits; four in one em are too thin to read
_LEAST_OF_TWO: Final = 50  # percent: TY-83
_LEAST_OF_MORE: Final = 60  # percent: TY-83 “if narrow”: with the face's half-width digits, not without

# TY-81: in vertical setting these fill their cell from top to foot, and have no blank to give.
_WHOLE_CELLS: Final = frozenset("：；？！")
_TURNED_BY_US: Final = frozenset((k.HYPHEN, k.SOLIDUS))  # TY-81: faces have no vertical form of them
_ALNUM: Final = frozenset((k.LETTER, k.DIGIT))

# TY-82: “” take the vertical forms of 『』 and ‘’ those of 「」, or the other way round in older usage.
DOUBLE_OUTSIDE: Final = dict(zip(map(ord, "“”‘’"), map(ord, "『』「」"), strict=True))
CORNER_FIRST: Final = dict(zip(map(ord, "“”‘’"), map(ord, "「」『』"), strict=True))


class Across(msgspec.Struct, frozen=True):
    """Glyphs side by side in one em: percent of their width, and the place of each from the middle of the line (su)."""

    narrow: int
    asides: tuple[int, ...]


def posture_of(word: str) -> Posture:
    """How a western word or number stands: letters, digits and their marks without a space."""
    if len(word) == 1 or (len(word) <= _LONGEST_UPRIGHT and _is_capital(word)):
        return "upright"
    digits = word.isascii() and word.isdigit()
    code = len(word) == 2 and all(_is_capital(one) or one.isdigit() for one in word)  # 5G, A4
    return "across" if code or (digits and len(word) <= _LONGEST_ACROSS) else "turned"


def _is_capital(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.isupper()


def fit_across(widths: Sequence[int], em: int) -> Across | None:
    """Glyphs of these widths (su) set across a line in one em; None where they would be too thin."""
    width = sum(widths)
    narrow = min(100, em * 100 // max(width, 1))
    if narrow < (_LEAST_OF_TWO if len(widths) <= 2 else _LEAST_OF_MORE):
        return None
    begin = -(width * narrow // 200)
    return Across(narrow, tuple(begin + before * narrow // 100 for before in accumulate(widths[:-1], initial=0)))


def spaced_kinds(kinds: bytes, text: str, starts: Sequence[int], stances: dict[int, Stance]) -> bytes:
    """The kinds as spacing must take them: letters that are not turned have no autospace (TY-84), ： no blank."""
    spaced = bytearray(kinds)
    for i, kind in enumerate(kinds):
        if kind in _ALNUM:
            if stances.get(i, UPRIGHT).posture != "turned":
                spaced[i] = k.WESTERN_MARK
        elif text[starts[i]] in _WHOLE_CELLS:
            spaced[i] = k.BANGS
    return bytes(spaced)


def must_turn(kinds: bytes) -> list[int]:
    """The marks between Han that no face turns: the short hyphen and the solidus."""
    return [i for i, kind in enumerate(kinds) if kind in _TURNED_BY_US]


def stances_of(stances: dict[int, Stance], count: int) -> tuple[tuple[int, Stance], ...]:
    """As ShapedParagraph.stances has them: where each stretch of one stance begins; none where all stand upright."""
    if not stances:
        return ()
    found: list[tuple[int, Stance]] = []
    for i in range(count):
        stance = stances.get(i, UPRIGHT)
        if not found or found[-1][1] is not stance:
            found.append((i, stance))
    return tuple(found)


def heads(stances: dict[int, Stance]) -> Iterable[int]:
    """The clusters across a line that are not the last of their em."""
    return [i for i, stance in stances.items() if stance.posture == "across" and stances.get(i + 1) is stance]
