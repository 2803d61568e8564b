"""Does a word stand twice where once was meant (衍字)? 的的, 我们我们, the the; across a paragraph's end too."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import SourcedText
from layout_engine.content.characters import is_han
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import printed_parts, shown_at

# Single words that never stand twice, but in 的的确确 and the like, where another pair follows or goes before.
_SINGLES: Final = "的了是在和与及并而但且或也其"
# What the second of the two may begin a word with: 这里的的士, 来了了解情况, 正在在建项目.
_BEGINS: Final = {
    "的": "士确哥",
    "了": "解结却断然",
    "是": "否非",
    "在": "建职线校岗押场野编册家",
    "和": "平谐睦气约美解",
    "与": "会众",
    "及": "时格早",
    "并": "排列购轨网肩联",
    "而": "且今后",
    "或": "许者",
    "其": "他它余中实次",
}
_MAY: Final = ("不甚了了", "了了分明", "小时了了", "草草了了", "一了百了了")
# Words of two that Chinese never doubles for effect, as it does 研究研究 and 一个一个.
_PAIRS: Final = (
    "我们|你们|他们|她们|它们|咱们|我国|我市|我区|全国|全省|全市|全区|本报|记者|目前|今年|去年|昨日|昨天|今日|今天|"
    "因为|所以|但是|如果|虽然|而且|并且|以及|或者|由于|为了|关于|对于|通过|根据|按照|已经|可以|能够|应当|没有|进行|"
    "有关|其中|同时|此外|据悉|据了解|表示|指出|强调|要求|认为|工作|会议|发展|项目|企业|建设|问题|群众|社会|经济|情况"
)
_LATIN_MAY: Final = frozenset({"had", "that", "bye", "ha", "no", "so", "very", "knock", "tut"})
_LONG: Final = 3  # characters and more: nobody doubles such a word
_JOINT_MOST: Final = 6  # characters compared across the end of a paragraph
_STOPS: Final = frozenset("。！？…”’》）；：")


class DoubledGuard:
    """One finding for each word that stands twice."""

    name = "doubled"

    def look(self, sheet: Sheet, found: Findings) -> None:
        for part in printed_parts(sheet):
            for start, length in _doubled(part.text):
                _tell(part.copy, start, length, found)
        for story in sheet.copy.stories.values():
            body = [one for one in story.body if one.kind == "body"]
            for one, following in pairwise(body):
                length = _over_joint(one.text, following.text)
                if length:
                    word = following.text[:length]
                    found.add(
                        "guard/word-twice",
                        following.copy.span(0),
                        related=(one.copy.span(len(one.text) - length),),
                        word=word,
                        context=f"{one.text[-length - 4 :]}⏎{following.text[: length + 4]}",
                    )


def _tell(copy: SourcedText, start: int, length: int, found: Findings) -> None:
    """The finding at the second of the two, which is the one to delete."""
    word = copy.text[start : start + length].strip()
    context = shown_at(copy.text, start, 2 * length)
    found.add("guard/word-twice", copy.span(start + length), related=(copy.span(start),), word=word, context=context)


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    """Where a doubled word stands first, and how far it is to its second."""
    for found in _pattern().finditer(text):
        word, latin = found["word"], found["latin"]
        if latin:
            if latin.casefold() not in _LATIN_MAY:
                yield found.start("latin"), found.start("latin_again") - found.start("latin")
        elif len(word) > 1 or not _is_of_pairs(text, found.start()):
            yield found.start(), len(word)


@cache
def _pattern() -> re.Pattern[str]:
    long = rf"[\u4e00-\u9fff]{{{_LONG},8}}"
    latin = r"(?<![A-Za-z'’-])[A-Za-z]{2,}"
    return re.compile(
        rf"(?P<word>[{_SINGLES}]|(?:{_PAIRS})|{long})(?P<again>(?P=word))"
        rf"|(?P<latin>{latin})\s+(?P<latin_again>(?i:(?P=latin)))(?![A-Za-z'’-])"
    )


def _is_of_pairs(text: str, at: int) -> bool:
    """Whether 的的 at `at` is half of 的的确确 or 实实在在, of a phrase that has it, or begins another word."""
    before, after = text[max(0, at - 2) : at], text[at + 2 : at + 4]
    if after[:1] and after[0] in _BEGINS.get(text[at], ""):
        return True
    if any(len(pair) == 2 and pair[0] == pair[1] for pair in (before, after)):
        return True
    return any(one in text[max(0, at - 4) : at + 6] for one in _MAY)


def _over_joint(before: str, after: str) -> int:
    """How many characters at the end of one paragraph stand again at the start of the next."""
    if not before or before[-1] in _STOPS:
        return 0
    for length in range(min(_JOINT_MOST, len(before), len(after)), 1, -1):
        word = before[-length:]
        if after.startswith(word) and all(is_han(one) for one in word):
            return length
    return 0
