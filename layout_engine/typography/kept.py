"""What should stay together on one line, though it may be parted (不宜分开)? TY-38.

A number and what it counts, a person's name, a short title in 《》. Each break that would part them has a rank of
harm, which the breaker pays for. What must never be parted is in edges.py.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from layout_engine.typography import classes as k
from layout_engine.typography.edges import ALLOWED, HARMS_SENSE

# How much a break harms the sense, in the order of TY-38.
IN_BRACKETS: Final = 1
IN_NAME: Final = 2
AFTER_NUMBER: Final = 3
BEFORE_MYRIAD: Final = 4

_SHORT_BRACKET: Final = 4  # em inside
_BRACKETS: Final = {"《": "》", "（": "）"}
_ORDINAL: Final = "第"
_MYRIADS: Final = frozenset("亿万")
_MULTIPLIERS: Final = frozenset("百千万亿多余几")  # 5|万, 30|多: between a number and what it counts
_NUMBER: Final = frozenset((k.DIGIT, k.GLUE))
_RANGE_ENDS: Final = frozenset((k.DIGIT, k.POSTFIX, k.POSTFIX_CELL))
_SPACES: Final = frozenset((k.SPACE, k.FIXED_SPACE))


class Clusters:
    """What is asked of a paragraph's clusters: their text, kinds and widths."""

    __slots__ = ("advances", "em", "kinds", "starts", "text")

    def __init__(self, text: str, starts: list[int], kinds: bytes, advances: list[int], em: int) -> None:
        self.text = text
        self.starts = starts  # n + 1
        self.kinds = kinds
        self.advances = advances
        self.em = em


def keep_together(clusters: Clusters, breaks: bytearray, names: tuple[str, ...] = ()) -> dict[int, int]:
    """Mark in `breaks` where a line's end harms the sense, and say how much: cluster before the break → rank.

    `names` are the people and places of the house's list.
    """
    harms: dict[int, int] = {}
    kinds = clusters.kinds
    if k.OPEN in kinds:
        _mark(breaks, harms, _in_short_brackets(clusters), IN_BRACKETS)
    if names:
        _mark(breaks, harms, _in_names(clusters, names), IN_NAME)
    if k.DIGIT in kinds:
        for at, rank in _around_numbers(clusters):
            _mark(breaks, harms, (at,), rank)
    return harms


def _mark(breaks: bytearray, harms: dict[int, int], places: "Iterator[int] | tuple[int, ...]", rank: int) -> None:
    """The later rank is the greater one."""
    for at in places:
        if breaks[at] in (ALLOWED, HARMS_SENSE):
            breaks[at] = HARMS_SENSE
            harms[at] = rank


def _around_numbers(clusters: Clusters) -> Iterator[tuple[int, int]]:
    """30|家, 5.2|亿|元, 第|30|期, 3～|5: the cluster before each such place, and the rank."""
    text, starts, kinds = clusters.text, clusters.starts, clusters.kinds
    last = len(kinds) - 1
    at = kinds.find(k.DIGIT)
    while at >= 0:
        if at:
            before = kinds[at - 1]
            if (before == k.LONG and at > 1 and kinds[at - 2] in _RANGE_ENDS) or text[starts[at - 1]] == _ORDINAL:
                yield at - 1, AFTER_NUMBER
        while at < last and kinds[at + 1] in _NUMBER:
            at += 1
        following = at + 1
        if following < last and kinds[following] in _SPACES:
            following += 1
        yield from _before_counted(clusters, following)
        at = kinds.find(k.DIGIT, at + 1)


def _before_counted(clusters: Clusters, at: int) -> Iterator[tuple[int, int]]:
    """The places before and inside what is counted from cluster `at` on: 亿, then 元; 平方米."""
    text, starts, last = clusters.text, clusters.starts, len(clusters.kinds) - 1
    if at > last:
        return
    if text[starts[at]] in _MYRIADS:
        yield at - 1, BEFORE_MYRIAD
        at += 1
    while at <= last and text[starts[at]] in _MULTIPLIERS:
        yield at - 1, AFTER_NUMBER
        at += 1
    if at > last:
        return
    for word in _measure_words().get(text[starts[at]], ()):
        if text.startswith(word, starts[at]):
            yield from ((i, AFTER_NUMBER) for i in range(at - 1, min(at + len(word) - 1, last)))
            return


def _in_short_brackets(clusters: Clusters) -> Iterator[int]:
    """Each place inside 《》 or （） whose content is at most four em wide."""
    text, starts, kinds, most = clusters.text, clusters.starts, clusters.kinds, _SHORT_BRACKET * clusters.em
    at = kinds.find(k.OPEN)
    while at >= 0:
        closing = _BRACKETS.get(text[starts[at]])
        if closing:
            width = 0
            for end in range(at + 1, len(kinds)):
                if text[starts[end]] == closing:
                    yield from range(at + 1, end)
                    break
                width += clusters.advances[end]
                if width > most:
                    break
        at = kinds.find(k.OPEN, at + 1)


def _in_names(clusters: Clusters, names: tuple[str, ...]) -> Iterator[int]:
    """Each place inside a name, and between a name and the title beside it: 书记|王|静, 王|静|市长."""
    text, starts = clusters.text, clusters.starts
    titles = _titles()
    for name in names:
        found = text.find(name) if name else -1
        while found >= 0:
            end = found + len(name)
            first, last = bisect_left(starts, found), bisect_left(starts, end)
            yield from range(first, last - 1)
            if first and any(text.endswith(title, 0, found) for title in titles):
                yield first - 1
            if last < len(clusters.kinds) and text.startswith(titles, end):
                yield last - 1
            found = text.find(name, end)


@cache
def _measure_words() -> dict[str, tuple[str, ...]]:
    """By their first character, the longest first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(_words_of("measure_words.txt"), key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in by_first.items()}


@cache
def _titles() -> tuple[str, ...]:
    return tuple(_words_of("titles.txt"))


def _words_of(file: str) -> list[str]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
