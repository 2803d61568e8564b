"""Has this been printed already (重复稿件)? Twice in a story, twice in an issue, or in an earlier issue.

Stories are compared by their shingles: stretches of eight characters, marks and blanks left out, of which every fourth
is kept, chosen by its first character so that the same text keeps the same ones. A story most of whose shingles
stand in another's is the same story, whatever was changed at its ends.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Story
from layout_engine.guards.guard import Sheet

_SHINGLE: Final = 8
_KEPT: Final = 4  # one in so many
_MOST: Final = 60  # percent of the shorter story's shingles
_LEAST_TEXT: Final = 40  # characters: shorter briefs are alike by nature
_LEAST_SHINGLES: Final = 5
_ASKED: Final = 20  # stories that one shingle is looked for in: a phrase that all stories have says nothing
_LEAST_PARAGRAPH: Final = 16


class RepeatedGuard:
    """Stories with mostly the same text, and paragraphs that stand twice in one story."""

    name = "repeated"

    def look(self, sheet: Sheet, found: Findings) -> None:
        own = [_Shingled.of(one, "") for one in sheet.copy.stories.values()]
        index = _index(own)
        for at, one in enumerate(own):
            _paragraphs_twice(one.story, found)
            for number, shared in _shared(one, index):
                if number < at:
                    _tell_if_alike(one, own[number], shared, found)
        for earlier in sheet.earlier:
            other = _Shingled.of(earlier.story, earlier.date)
            for number, shared in _shared(other, index):
                _tell_if_alike(own[number], other, shared, found)


class _Shingled(msgspec.Struct, frozen=True):
    story: Story
    date: str
    shingles: frozenset[str]

    @staticmethod
    def of(story: Story, date: str) -> "_Shingled":
        text = _plain("".join(one.text for one in story.body if one.kind != "byline"))
        starts = range(len(text) - _SHINGLE + 1) if len(text) >= _LEAST_TEXT else ()
        kept = frozenset(text[at : at + _SHINGLE] for at in starts if ord(text[at]) % _KEPT == 0)
        return _Shingled(story, date, kept)


def _plain(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _index(stories: Sequence[_Shingled]) -> Mapping[str, list[int]]:
    """Which stories of this issue have a shingle."""
    index: dict[str, list[int]] = {}
    for number, one in enumerate(stories):
        for shingle in one.shingles:
            have = index.setdefault(shingle, [])
            if len(have) < _ASKED:
                have.append(number)
    return index


def _shared(one: _Shingled, index: Mapping[str, list[int]]) -> list[tuple[int, int]]:
    """The stories of this issue that share shingles with `one`, and how many, in order."""
    counts = Counter(number for shingle in one.shingles for number in index.get(shingle, ()))
    return sorted(counts.items())


def _tell_if_alike(one: _Shingled, other: _Shingled, shared: int, found: Findings) -> None:
    least = min(len(one.shingles), len(other.shingles))
    if least < _LEAST_SHINGLES or 100 * shared < _MOST * least:
        return
    before = other.story.body[0].copy.span(0)
    found.add(
        "guard/printed-before" if other.date else "guard/story-twice",
        one.story.body[0].copy.span(0),
        related=() if other.date else (before,),
        story=one.story.id,
        other=other.story.id,
        percent=100 * shared // least,
        date=other.date,
    )


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
