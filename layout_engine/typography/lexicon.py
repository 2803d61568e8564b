"""Where do the words of a headline end (分词)? The likeliest division into words of the bundled list.

The list (words/) is read at the first headline that needs it and searched by bisection, first character by first
character: nothing is built of it. ADR 9 tells why.
"""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

_NOUGHT: Final = ord("0")
_LONGEST: Final = 5  # characters of a listed word
_UNKNOWN: Final = 78  # how rare a character is that no list has as a word: ~ less 0
_COUNTED: Final = 40  # how rare a number in Chinese figures with its measure word is (五十六万亩): rarer than 一下子
FIGURES: Final = frozenset("〇零一二两三四五六七八九十百千万亿几数半")

Range = tuple[int, int]


class Manners(msgspec.Struct, frozen=True):
    """How words behave at the ends of lines; joints.txt says what each set is."""

    opens: frozenset[str]
    verbs: frozenset[str]
    ties: frozenset[str]
    closes: frozenset[str]
    ends: frozenset[str]
    counts: frozenset[str]
    units: frozenset[str]


@cache
def manners() -> Manners:
    """The sets of joints.txt."""
    text = (Path(__file__).parent / "words" / "joints.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return Manners(**{name: frozenset(members) for name, *members in rows})


def word_ends(text: str, whole: Iterable[Range] = ()) -> tuple[int, ...]:
    """The ends of the words of `text`, in order; the ranges `whole` are words for sure.

    Among all divisions into words it is the one whose words are the likeliest together (dynamic programming from
    the end); marks, spaces and other characters that are no Chinese stand by themselves, western words whole.
    """
    certain: dict[int, int] = {}
    for start, end in whole:
        certain[start] = max(end, certain.get(start, 0))
    count = len(text)
    best = [0] * (count + 1)  # how rare the words from here to the end are
    ends = [count] * count
    for at in range(count - 1, -1, -1):
        words = _words_at(text, at)
        if at in certain:
            words[certain[at]] = 0
        best[at], ends[at] = min((rarity + best[end], -end) for end, rarity in words.items())
        ends[at] = -ends[at]
    found = []
    at = 0
    while at < count:
        at = ends[at]
        found.append(at)
    return tuple(found)


def _words_at(text: str, at: int) -> dict[int, int]:
    """The ends of all words that begin here, and how rare each is."""
    first = text[at]
    if not _is_han(first):
        return {_western_end(text, at): 0}
    listed = _listed(first)
    words = {at + 1: listed.get("", _UNKNOWN)}
    for end in range(at + 2, min(at + _LONGEST, len(text)) + 1):
        rarity = listed.get(text[at + 1 : end])
        if rarity is not None:
            words[end] = rarity
    if first in FIGURES:
        words = {_counted_end(text, at): _COUNTED} | words
    return words


def _counted_end(text: str, at: int) -> int:
    """The end of the number in Chinese figures that begins here and of what it counts: 六分钟, 三千多位, 三条."""
    while at < len(text) and text[at] in FIGURES:
        at += 1
    units = (text[at : at + length] for length in range(_LONGEST, 1, -1))
    unit = next((unit for unit in units if unit in manners().units), text[at : at + 1])
    return at + len(unit) if unit and _is_han(unit[0]) else at


def _western_end(text: str, at: int) -> int:
    if not (text[at].isascii() and text[at].isalnum()):
        return at + 1
    while at < len(text) and text[at].isascii() and text[at].isalnum():
        at += 1
    return at


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character == "〇"


@cache
def _lines() -> list[bytes]:
    """One line a first character, in the order of their bytes, which is that of their codes; comments before all."""
    return (Path(__file__).parent / "words" / "words.txt").read_bytes().splitlines()


@cache
def _listed(first: str) -> dict[str, int]:
    """The words that begin with `first`: what follows it, and how rare the word is."""
    lines, begin = _lines(), first.encode()
    at = bisect_left(lines, begin)
    if at == len(lines) or not lines[at].startswith(begin):
        return {}
    return {entry[:-1]: ord(entry[-1]) - _NOUGHT for entry in lines[at].decode().removeprefix(first).split(" ")}
