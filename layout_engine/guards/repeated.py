"""Has this been printed already (重复稿件)? Twice in a story, twice in an issue, or in an earlier issue.

Stories are compared by their shingles: every stretch of eight characters, marks and blanks left out. What most of the
shorter story's shingles have in common with another's is the same story, whatever was changed at its ends.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Story
from layout_engine.guards.guard import Sheet

_SHINGLE: Final = 8
_MOST: Final = 60  # percent of the shorter story's shingles
_LEAST_TEXT: Final = 40  # characters: shorter briefs are alike by nature
_LEAST_PARAGRAPH: Final = 16


class RepeatedGuard:
    """Stories with mostly the same text, and paragraphs that stand twice in one story."""

    name = "repeated"

    def look(self, sheet: Sheet, found: Findings) -> None:
        stories = [_Shingled.of(one, "") for one in sheet.copy.stories.values()]
        earlier = [_Shingled.of(one.story, one.date) for one in sheet.earlier]
        stories = [one for one in stories if one.shingles]
        for at, one in enumerate(stories):
            _paragraphs_twice(one.story, found)
            for other in stories[:at]:
                _told_if_alike(one, other, found)
        index = _index(earlier)
        for one in stories:
            for number in _candidates(one, index):
                _told_if_alike(one, earlier[number], found)


class _Shingled(msgspec.Struct, frozen=True):
    story: Story
    date: str
    shingles: frozenset[str]

    @staticmethod
    def of(story: Story, date: str) -> "_Shingled":
        text = _plain("".join(one.text for one in story.body if one.kind != "byline"))
        count = len(text) - _SHINGLE + 1 if len(text) >= _LEAST_TEXT else 0
        return _Shingled(story, date, frozenset(text[at : at + _SHINGLE] for at in range(count)))


def _plain(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _told_if_alike(one: _Shingled, other: _Shingled, found: Findings) -> None:
    least = min(len(one.shingles), len(other.shingles))
    if not least:
        return
    share = 100 * len(one.shingles & other.shingles) // least
    if share < _MOST:
        return
    code = "guard/printed-before" if other.date else "guard/story-twice"
    first = next(part for part in one.story.body)
    related = () if other.date else (next(part for part in other.story.body).copy.span(0),)
    values = {"date": other.date} if other.date else {}
    found.add(
        code, first.copy.span(0), related=related, story=one.story.id, other=other.story.id, percent=share, **values
    )


def _index(earlier: Sequence[_Shingled]) -> Mapping[str, list[int]]:
    """Which earlier stories have a shingle, so that not every story is held against every other."""
    index: dict[str, list[int]] = {}
    for number, one in enumerate(earlier):
        for shingle in one.shingles:
            index.setdefault(shingle, []).append(number)
    return index


def _candidates(one: _Shingled, index: Mapping[str, list[int]]) -> list[int]:
    return sorted({number for shingle in one.shingles for number in index.get(shingle, ())})


def _paragraphs_twice(story: Story, found: Findings) -> None:
    first: dict[str, int] = {}
    for at, part in enumerate(story.body):
        plain = _plain(part.text)
        if len(plain) < _LEAST_PARAGRAPH:
            continue
        if plain in first:
            before = story.body[first[plain]].copy.span(0)
            found.add(
                "guard/paragraph-twice", part.copy.span(0), related=(before,), start=part.text[:12], line=before.line
            )
        first.setdefault(plain, at)
