"""Who is named in a byline, and where does the dateline at a paragraph's start end (署名、电头)? TY-64.

Both are read from the copy as it stands: a name is Chinese between spaces and marks that is no word of
credit_words.txt. No character is changed; what is put between the two of a short name is an advance.
"""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.content.model import Emphasis, Part

_SHORT_NAME: Final = 2
_FULL_NAME: Final = 3  # what a short name is padded to
_LONGEST_NAME: Final = 4  # 欧阳 and the like

_OWN_DATELINE: Final = "本报讯"
_AGENCIES: Final = ("本报", "本刊", "新华社", "据新华社", "中新社", "据中新社")
_DATELINE_ENDS: Final = "电讯"
_AFTER_DATELINE: Final = frozenset(" \u3000（")
_LONGEST_DATELINE: Final = 24


class Name(msgspec.Struct, frozen=True):
    """Characters `start` up to `end` of a byline; `padded` where one em stands in the middle (王　静)."""

    start: int
    end: int
    padded: bool


def names_in(text: str) -> list[Name]:
    """The names of a byline; those of two characters are padded where another has three."""
    found = [(start, end) for start, end in _words(text) if _SHORT_NAME <= end - start <= _LONGEST_NAME]
    pads = any(end - start == _FULL_NAME for start, end in found)
    return [Name(start, end, pads and end - start == _SHORT_NAME) for start, end in found]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Each stretch of Han that is no word of credit, without the one that it begins with."""
    credits = _credit_words()
    at = 0
    for is_han, stretch in groupby(text, _is_han):
        end = at + len(list(stretch))
        if is_han and not text[at:end].endswith(credits):
            said = next((word for word in credits if text.startswith(word, at)), "")
            yield at + len(said), end
        at = end


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or c >= "\U00020000"


@cache
def _credit_words() -> tuple[str, ...]:
    """The longest first."""
    lines = Path(__file__).with_name("credit_words.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return tuple(sorted(words, key=len, reverse=True))


def with_strong_dateline(part: Part) -> Part:
    """A paragraph whose dateline (本报讯, 新华社北京5月20日电) is strong; any other as it is."""
    end = dateline_end(part.text)
    if not end or any(one.start < end for one in part.emphasis):  # the copy says how it is set
        return part
    return msgspec.structs.replace(part, emphasis=(Emphasis(0, end, "strong"), *part.emphasis))


def dateline_end(text: str) -> int:
    """How many characters of the paragraph are its dateline; 0 where it has none."""
    if text.startswith(_OWN_DATELINE):
        return len(_OWN_DATELINE)
    agency = next((one for one in _AGENCIES if text.startswith(one)), "")
    if not agency:
        return 0
    for end in range(len(agency) + 1, min(len(text), _LONGEST_DATELINE + 1)):
        if text[end - 1] in _DATELINE_ENDS and text[end] in _AFTER_DATELINE:
            return end
    return 0
