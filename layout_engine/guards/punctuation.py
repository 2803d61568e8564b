"""Faults of punctuation that the intake check has no edit for (标点用法), after GB/T 15834-2011."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.content.characters import has_han
from layout_engine.content.pairing import pair_marks
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import printed_parts, shown_at

_FIGURES: Final = "一二三四五六七八九"
_SENTENCE_ENDS: Final = "。！？\n"
_PREFIX_COLON_MOST: Final = 6  # characters before a label's colon: 问：, 记者：, 第一条：


class PunctuationGuard:
    """One finding for each, with what the standard has."""

    name = "punctuation"

    def look(self, sheet: Sheet, found: Findings) -> None:
        for part in printed_parts(sheet):
            text = part.text
            if not has_han(text):
                continue
            for code, at, length, after in _faults(text):
                marks = text[at : at + length]
                found.add(code, part.copy.span(at), marks=marks, after=after, context=shown_at(text, at, length))


def _faults(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Code, place, length and what should stand there."""
    for one in _reversed_marks().finditer(text):  # GB/T 15834-2011 4.3.3.3
        yield "guard/marks-order", one.start(), len(one[0]), "？！"
    for one in _approximate().finditer(text):  # 4.5.3.5: adjacent figures of an approximate number
        yield "guard/pause-in-number", one.start(), len(one[0]), one[0].replace("、", "")
    for one in _listed_dots().finditer(text):  # 4.11.3.4: ellipsis and 等 say the same
        yield "guard/ellipsis-and-others", one.start(), len(one[0]), "等"
    for one in _stop_twice().finditer(text):
        yield "guard/stop-at-quote", one.start(), len(one[0]), _mended(one[0])
    yield from _colons(text)


def _mended(marks: str) -> str:
    """What stays of a mark inside a quotation and another after it: one of them."""
    return f"{marks[1]}{marks[2]}" if marks[2] in "，、；" else f"{marks[0]}{marks[1]}"


def _colons(text: str) -> Iterator[tuple[str, int, int, str]]:
    """4.7.3.3: two colons in one sentence, none of them in quotes or brackets, and the first no label."""
    if text.count("：") < 2:
        return
    covered = pair_marks(text).pairs
    start = 0
    for end in [*(at for at, one in enumerate(text) if one in _SENTENCE_ENDS), len(text)]:
        colons = [
            at
            for at in range(start, end)
            if text[at] == "："
            and at - start > _PREFIX_COLON_MOST
            and not any(first < at < last for first, last in covered)
            and not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())
            and not _follows_semicolon(text, start, at)
        ]
        if len(colons) > 1:
            yield "guard/colon-twice", colons[1], 1, "，"
        start = end + 1


def _follows_semicolon(text: str, start: int, at: int) -> bool:
    """Whether another colon is an item of a list: 蔬菜：…；水产：…"""
    return "；" in text[start:at]


@cache
def _reversed_marks() -> re.Pattern[str]:
    return re.compile(r"！+？+")


@cache
def _approximate() -> re.Pattern[str]:
    """三、四十人, 七、八个; but 一、二年级 and 三、四版, which are two things."""
    pairs = "|".join(f"{a}、{b}" for a, b in pairwise(_FIGURES))
    return re.compile(
        rf"(?<![{_FIGURES}十百千、第])(?:{pairs})(?=[十百千万个名位岁多天斤里米])(?![十百千万个名位岁多天斤里米]?、)"
    )


@cache
def _listed_dots() -> re.Pattern[str]:
    return re.compile(r"(?:……|…|\.{3,})等(?![待到候于级])|(?<=、)[^，。、；\n]{1,12}等等?……")


@cache
def _stop_twice() -> re.Pattern[str]:
    """A stop before a closing quote and another point after it: 。”。 and 。”，"""
    return re.compile(r"[。，；][”’][。，；、]")
