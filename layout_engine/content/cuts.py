"""Where a paragraph was cut in the middle (断段), as a column break does to text that a machine read: TY-109.

A paragraph is cut where it is running text, does not come to an end, and the next goes on with running text;
or where the next begins with a mark that can only follow something. Headlines, captions, addresses, bylines,
verse and items of a list do not come to an end either, and are sound.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from layout_engine.content.characters import CLOSERS, POINTS, STOPS, is_digit, is_han

_ENDS: Final = STOPS | frozenset("：…—:.!?")
_CLOSING: Final = CLOSERS | frozenset("\"'")
_PAUSES: Final = frozenset("，、；,;")
_GOES_ON: Final = frozenset("，、,")  # no paragraph ends so, but a line of verse does
_NEVER_FIRST: Final = CLOSERS | POINTS
_NEVER_FIRST_TEXT: Final = "".join(sorted(_NEVER_FIRST))
_NUMERALS: Final = frozenset("一二三四五六七八九十")
_ITEM_MARKS: Final = frozenset("、.．是要：，")
_BULLETS: Final = frozenset("●■◆▲★○□◇△☆•①②③④⑤⑥⑦⑧⑨⑩")
_STARTS: Final = ("本报讯", "新华社", "据新华社", "本报")  # a new story
_CREDITS: Final = ("记者", "通讯员", "本报", "责编", "编辑", "摄影", "摄", "图/", "文/", "据")
_CREDIT_ENDS: Final = ("摄", "供图", "报道", "整理")

_MIN_PROSE: Final = 20  # shorter, without a sentence's end inside, it may be a slogan or a line of verse
_MIN_SENTENCE: Final = 25  # an unended sentence so long, with two pauses, among paragraphs, is no deck
_MAX_CREDIT: Final = 16
_MAX_CLAUSE_OF_VERSE: Final = 9
_MAX_BRACKET: Final = 60  # names and sources in brackets after the last stop


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph and whether it is certain to be no running text: a heading, a line of its own."""

    text: str
    heading: bool = False


class Cut(msgspec.Struct, frozen=True):
    """Paragraph `index` does not come to an end; `joins`: the next one goes on with it."""

    index: int
    joins: bool


def find_cuts(paragraphs: Sequence[Paragraph], *, all_body: bool) -> list[Cut]:
    """The paragraphs that were cut. `all_body`: they are known to be body text, so no deck is among them."""
    cuts = []
    among_prose = all_body
    for at, one in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        text = one.text.strip()
        if text and not one.heading:
            after = following.text.strip() if following and not following.heading else ""
            if _is_cut(text, after, among_prose):
                cuts.append(Cut(at, joins=True))
            elif _breaks_off(text, after):
                cuts.append(Cut(at, joins=False))
        among_prose = all_body or (not one.heading and _is_running(text))
    return cuts


def _is_cut(text: str, after: str, among_prose: bool) -> bool:
    if not after:
        return False
    if after[0] in _NEVER_FIRST:
        return True
    if _comes_to_an_end(text) or _opens_item(after) or after.startswith(_STARTS) or _ends_with_credit(text):
        return False
    if not _is_running(after) or _is_verse(text, after):
        return False
    if text[-1] in _GOES_ON:
        return True
    sentence = among_prose and len(text) >= _MIN_SENTENCE and sum(one in _PAUSES for one in text) >= 2
    return sentence or _has_sentence_inside(text)


def _breaks_off(text: str, after: str) -> bool:
    """Whether running text stops in the middle of a sentence and nothing goes on with it."""
    if _comes_to_an_end(text) or _ends_with_credit(text) or len(text) < _MIN_PROSE or _opens_item(after):
        return False
    return _has_sentence_inside(text) and (is_han(text[-1]) or text[-1] in _GOES_ON) and not _is_running(after)


def _comes_to_an_end(text: str) -> bool:
    """Whether a stop, a colon, an ellipsis or a dash ends it, behind closing marks and a bracket of names."""
    end = len(text)
    while end and text[end - 1] in _CLOSING:
        if text[end - 1] in "）)":
            opening = max(text.rfind(one, max(0, end - _MAX_BRACKET), end) for one in "（(")
            if opening >= 0 and text[end - 2] not in _ENDS:
                end = opening
                continue
        end -= 1
        if end and text[end - 1] in _ENDS:
            return True
    return not text[:end].rstrip() or text[:end].rstrip()[-1] in _ENDS


def _is_running(text: str) -> bool:
    """Whether this is prose: a sentence's end inside, or a pause and either an end or some length."""
    if _has_sentence_inside(text):
        return True
    pauses = any(one in _PAUSES for one in text)
    return pauses and (len(text) >= _MIN_PROSE or (_comes_to_an_end(text) and text[-1] in STOPS | _CLOSING))


def _has_sentence_inside(text: str) -> bool:
    """Whether a stop stands before the last character that is no mark."""
    bare = text.rstrip(_NEVER_FIRST_TEXT)
    return any(one in STOPS for one in bare)


def _opens_item(text: str) -> bool:
    """Whether this begins as an item does: 一、 二是 （三） 1. ① ●."""
    if not text:
        return False
    if text[0] in _BULLETS:
        return True
    rest = text.lstrip("（(第")
    digits = 0
    while digits < len(rest) and digits < 3 and (rest[digits] in _NUMERALS or is_digit(rest[digits])):
        digits += 1
    return digits > 0 and (rest[digits : digits + 1] in _ITEM_MARKS or text[0] in "（(") and digits < len(rest)


def _ends_with_credit(text: str) -> bool:
    """Whether what follows the last stop is a byline or a credit: 本报记者 王静 摄."""
    last = max(text.rfind(one) for one in STOPS)
    tail = text[last + 1 :].strip("”’ 　")
    if last < 0 or not tail or len(tail) > _MAX_CREDIT or any(one in _PAUSES for one in tail):
        return False
    return " " in tail or "　" in tail or tail.startswith(_CREDITS) or tail.endswith(_CREDIT_ENDS)


def _is_verse(text: str, after: str) -> bool:
    """Whether all clauses of both are of one length, as in 五言 and 七言."""
    lengths = set()
    for one in (text, after):
        clause = 0
        for character in one:
            if character in POINTS or character == " ":
                lengths.add(clause)
                clause = 0
            else:
                clause += 1
        lengths.add(clause)
    lengths.discard(0)
    return len(lengths) == 1 and max(lengths) <= _MAX_CLAUSE_OF_VERSE
