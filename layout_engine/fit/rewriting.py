"""A story as it would be read after an editor's changes (改稿): shorter, longer, joined or parted paragraphs.

Which characters go, or come, the editor decides. So a change is tried in several ways (`Way`): at the paragraph's
end, at its start, in its middle; only Chinese characters, or whatever stands there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, Literal

import msgspec

from layout_engine.base.source import SourcedText, join_texts, read_at
from layout_engine.content.characters import CLOSERS, OPENERS, PAUSES, STOPS, is_han, needs_space_between
from layout_engine.content.model import Emphasis, Part, Story

Place = Literal["end", "start", "middle", "all over"]

_LEAST_LEFT: Final = 8  # Chinese characters that a paragraph keeps: less is no paragraph
_NEUTRAL: Final = "文"  # stands for whatever Chinese character an editor adds: all are an em wide
_PROSE: Final = "记者昨日从主管部门了解到这项工作正在按照计划稳步推进"  # of words, which lines do not part anywhere


Made = dict[tuple[object, ...], tuple[Part, Part]]  # a change → what it was made to, and what came of it


class Way(msgspec.Struct, frozen=True):
    """Where in a paragraph characters go or come.

    `plain`: Chinese characters next to there go, or come one like the other; else a stretch of text, or of words.
    """

    place: Place
    plain: bool = True


WAYS: Final = (
    Way("end"),
    Way("start"),
    Way("middle"),
    Way("all over"),
    Way("end", plain=False),
    Way("start", plain=False),
    Way("middle", plain=False),
)


class Rewrite(msgspec.Struct, frozen=True):
    """What to do with a story's paragraphs, which are counted from 1 as they stand now."""

    cuts: tuple[tuple[int, int], ...] = ()  # paragraph, characters
    adds: tuple[tuple[int, int], ...] = ()
    drops: tuple[tuple[int, int], ...] = ()  # paragraph, sentence
    joins: tuple[int, ...] = ()  # with the next
    splits: tuple[tuple[int, int], ...] = ()  # paragraph, after sentence


def paragraphs(story: Story) -> tuple[Part, ...]:
    """The paragraphs, without crossheads and byline."""
    return tuple(part for part in story.parts if part.kind == "body")


def can_lose(part: Part, *, deep: bool = False) -> int:
    """How many Chinese characters may go out of a paragraph: half of them, or if it must be all but a few."""
    count = len(_plain(part))
    return max(0, min(count if deep else count // 2, count - _LEAST_LEFT))


def joinable(story: Story) -> tuple[int, ...]:
    """The paragraphs that another follows with no crosshead between, and no marked words at its head."""
    found, number = [], 0
    for part, following in zip(story.parts, story.parts[1:], strict=False):
        if part.kind == "body":
            number += 1
            if following.kind == "body" and not any(one.start == 0 for one in following.emphasis):
                found.append(number)
    return tuple(found)


def sentence_ends(part: Part) -> tuple[int, ...]:
    """Where sentences end within the paragraph, the last one's end left out; closing marks belong to them."""
    text, ends, depth = part.text, list[int](), 0
    for at, one in enumerate(text):
        depth += (one in OPENERS) - (one in CLOSERS)
        following = text[at + 1 : at + 2]
        closes = one in STOPS or (one in CLOSERS and at > 0 and text[at - 1] in STOPS)
        if closes and depth <= 0 and following and following not in CLOSERS and following not in STOPS:
            ends.append(at + 1)
    return tuple(ends)


def droppable(part: Part) -> Iterator[tuple[int, int, int]]:
    """The sentences that may be left out (number, first character, end): not all, nor one with marked words.

    Only those that stand in the source as they are read: what an editor sees is what goes.
    """
    ends = (*sentence_ends(part), len(part.text))
    for number, (start, end) in enumerate(pairwise((0, *ends)), start=1):
        first, last = part.copy.span(start), part.copy.span(end - 1)
        marked = any(one.start < end and start < one.end for one in part.emphasis)
        plain = first.line == last.line and last.column - first.column == end - 1 - start
        if len(ends) > 1 and plain and not marked and is_balanced(part.text[start:end]):
            yield number, start, end


def without_sentence(part: Part, sentence: int, made: Made) -> Part:
    """The paragraph without this sentence."""
    return _once(made, (part.key, "drop", sentence), part, partial(_dropped, part, sentence))


def shortened(part: Part, count: int, way: Way, made: Made) -> Part:
    """The paragraph without `count` characters."""
    return _once(made, (part.key, _shorter.__name__, count, way), part, partial(_shorter, part, count, way))


def lengthened(part: Part, count: int, way: Way, made: Made) -> Part:
    """The paragraph with `count` characters more."""
    return _once(made, (part.key, _longer.__name__, count, way), part, partial(_longer, part, count, way))


def rewritten(story: Story, rewrite: Rewrite, way: Way, made: Made) -> Story:
    """The story as it would be read with these changes, each made in this `way`.

    `made` keeps every part that was changed once: the same change gives the very same part, which is shaped once.
    """
    parts = list(story.parts)
    at = [number for number, part in enumerate(parts) if part.kind == "body"]
    for number, count in rewrite.cuts:
        parts[at[number - 1]] = shortened(parts[at[number - 1]], count, way, made)
    for number, count in rewrite.adds:
        parts[at[number - 1]] = lengthened(parts[at[number - 1]], count, way, made)
    for number, sentence in rewrite.drops:
        parts[at[number - 1]] = without_sentence(parts[at[number - 1]], sentence, made)
    parted = {at[number - 1]: sentence for number, sentence in rewrite.splits}
    joined = {at[number - 1] for number in rewrite.joins}
    pieces: list[Part] = []
    open_end = False
    for index, part in enumerate(parts):
        here = _parted(part, parted[index], made) if index in parted else (part,)
        if open_end:
            here = (_joined(pieces.pop(), here[0], made), *here[1:])
        pieces += here
        open_end = index in joined
    return msgspec.structs.replace(story, parts=_numbered(story.id, pieces, made))


def _once(made: Made, change: tuple[object, ...], part: Part, make: Callable[[], Part]) -> Part:
    """The part changed so: as it was made before from this very part, or now."""
    kept = made.get(change)
    if kept is None or kept[0] is not part:
        kept = made[change] = part, make()
    return kept[1]


def _numbered(story: str, parts: Sequence[Part], made: Made) -> tuple[Part, ...]:
    """The parts with the keys that they would be read under."""
    numbered, count = [], 0
    for part in parts:
        key = part.key
        if part.kind == "body":
            count += 1
            key = f"{story}/body-{count}"
        if key != part.key:
            part = _once(made, (part.key, key), part, partial(msgspec.structs.replace, part, key=key))
        numbered.append(part)
    return tuple(numbered)


def _shorter(part: Part, count: int, way: Way) -> Part:
    stretch = None if way.plain else _stretch(part, count, way.place)
    gone = stretch or _nearest(_plain(part), count, way.place)
    left = [at for at in range(len(part.text)) if at not in gone]
    moved = {0: 0}
    for at in range(len(part.text)):
        moved[at + 1] = moved[at] + (at not in gone)
    return _with(part, _kept(part.copy, left), moved)


def _longer(part: Part, count: int, way: Way) -> Part:
    first, last = _bounds(part)
    joints = [at for at in range(first + 1, last) if is_han(part.text[at - 1]) and is_han(part.text[at])]
    middle = joints[len(joints) // 2] if joints else first
    here = {"end": last, "start": joints[0] if joints else first}.get(way.place, middle)
    moved = {index: index + count * (index > here) for index in range(len(part.text) + 1)}
    text = _NEUTRAL * count if way.plain else (_PROSE * (count // len(_PROSE) + 1))[:count]
    return _with(part, part.copy.replaced(here, here, text), moved)


def _dropped(part: Part, sentence: int) -> Part:
    ends = (0, *sentence_ends(part), len(part.text))
    start, end = ends[sentence - 1], ends[sentence]
    moved = {at: at if at <= start else max(start, at - (end - start)) for at in range(len(part.text) + 1)}
    return _with(part, join_texts((part.copy.slice(0, start), part.copy.slice(end, len(part.text)))), moved)


def _parted(part: Part, sentence: int, made: Made) -> tuple[Part, Part]:
    end = sentence_ends(part)[sentence - 1]
    length = len(part.text)
    start = end + (len(part.text[end:]) - len(part.text[end:].lstrip()))
    first = {at: min(at, end) for at in range(length + 1)}
    second = {at: max(0, at - start) for at in range(length + 1)}
    before = partial(_with, part, part.copy.slice(0, end), first)
    after = partial(_with, part, part.copy.slice(start, length), second)
    return (
        _once(made, (part.key, "before", sentence), part, before),
        _once(made, (part.key, "after", sentence), part, after),
    )


def _joined(first: Part, second: Part, made: Made) -> Part:
    """Two paragraphs as one: as the reader joins two lines of the source."""
    made[second.key, "kept", id(second)] = second, second  # so that no other can come to have its identity
    return _once(made, (first.key, "join", id(second)), first, partial(_one_of, first, second))


def _one_of(first: Part, second: Part) -> Part:
    between = read_at(" " if needs_space_between(first.text[-1:], second.text[:1]) else "", first.copy.file, 1, 1)
    moved = len(first.text) + len(between.text)
    return msgspec.structs.replace(
        first,
        copy=join_texts((first.copy, between, second.copy)),
        emphasis=(*first.emphasis, *(_moved(one, moved) for one in second.emphasis)),
        edits=(*first.edits, *second.edits),
        dropped=(*first.dropped, *second.dropped),
    )


def _moved(one: Emphasis, by: int) -> Emphasis:
    return Emphasis(one.start + by, one.end + by, one.strength)


def _with(part: Part, copy: SourcedText, moved: Mapping[int, int]) -> Part:
    """The part with another text; `moved` says where each border between its characters has come to."""
    emphasis = (Emphasis(moved[one.start], moved[one.end], one.strength) for one in part.emphasis)
    return msgspec.structs.replace(part, copy=copy, emphasis=tuple(one for one in emphasis if one.start < one.end))


def _kept(copy: SourcedText, left: Sequence[int]) -> SourcedText:
    runs: list[list[int]] = []
    for at in left:
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
    return join_texts([copy.slice(first, last) for first, last in runs])


def _bounds(part: Part) -> tuple[int, int]:
    """Where an editor would begin and stop to change a paragraph: after its run-in head, before its closing mark."""
    text = part.text
    first = next((one.end for one in part.emphasis if one.start == 0 and one.end < len(text) // 2), 0)
    while first < len(text) and text[first] in PAUSES:
        first += 1
    last = len(text)
    while last > first and (text[last - 1] in STOPS or text[last - 1] in CLOSERS or text[last - 1] in PAUSES):
        last -= 1
    return first, last


def _plain(part: Part) -> list[int]:
    """The places of the Chinese characters that may go, two of each clause left, so that no two marks meet."""
    first, last = _bounds(part)
    found: list[int] = []
    kept = 0
    for at in range(first, last):
        if not is_han(part.text[at]):
            kept = 0
        elif kept < 2:
            kept += 1
        else:
            found.append(at)
    return found


def _nearest(places: Sequence[int], count: int, place: Place) -> frozenset[int]:
    """`count` of the places: the last, the first, those in the middle, or every so many."""
    if place == "all over":
        return frozenset(places[:: max(1, len(places) // max(1, count))][:count])
    start = {"end": len(places) - count, "start": 0, "middle": (len(places) - count) // 2}[place]
    return frozenset(places[max(0, start) : max(0, start) + count])


def _stretch(part: Part, count: int, place: Place) -> frozenset[int] | None:
    """`count` characters side by side, whatever they are; None where one mark of a pair, or half a word, would go."""
    first, last = _bounds(part)
    start = {"end": last - count, "start": first, "middle": (first + last - count) // 2}[place]
    gone = part.text[max(first, start) : start + count]
    if start < first or start + count > last or not is_balanced(gone):
        return None
    for border in (start, start + count):
        before, after = part.text[border - 1 : border], part.text[border : border + 1]
        if before.isascii() and after.isascii() and before.strip() and after.strip():
            return None
    return frozenset(range(start, start + count))


def is_balanced(text: str) -> bool:
    """Whether every bracket and quote that opens in it closes in it."""
    depth = 0
    for one in text:
        depth += (one in OPENERS) - (one in CLOSERS)
        if depth < 0:
            return False
    return depth == 0
