"""What a story says differently (文字): each edit at the character, told with its phrase; what moved is told once."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from layout_engine.diff.align import Alignment, Edit, align
from layout_engine.diff.copies import PartCopy, StoryCopy, places_of
from layout_engine.diff.model import Change, Fact, Op, Side
from layout_engine.diff.parts import pair_parts
from layout_engine.diff.passages import passages
from layout_engine.diff.tidy import PART_END, is_tied

_SHORT_MOVE: Final = 4  # characters that went as a whole and came as a whole
_OLD_MARKS: Final = 0xF0000  # private use, in which no paper prints
_NEW_MARKS: Final = 0x100000
_MARKS_COUNT: Final = 0xFFFE
_CONTEXT: Final = 16  # characters around a change at most, where its phrase is longer
_PHRASE_ENDS: Final = frozenset("。！？；：，、…")


class LaidStory(msgspec.Struct, frozen=True):
    """A story in both editions, laid beside itself."""

    old: StoryCopy
    new: StoryCopy
    alignment: Alignment

    @property
    def changed(self) -> frozenset[int]:
        """The characters of the new text that are in an edit."""
        return frozenset(at for edit in self.alignment.edits for at in range(edit.b, edit.b_end))


class Spot(msgspec.Struct, frozen=True):
    """A place between two characters of a story's text."""

    story: StoryCopy
    at: int


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a story's text that only one side has; `across`: where it would stand on the other one."""

    story: StoryCopy
    start: int
    end: int
    across: Spot | None = None

    @property
    def text(self) -> str:
        return self.story.text[self.start : self.end]


def lay_story(old: StoryCopy, new: StoryCopy) -> LaidStory:
    """The parts first, then passages and characters within those that are alike."""
    return LaidStory(old, new, align(old.text, new.text, pair_parts(old, new)))


def text_changes(laid: Sequence[LaidStory], gone: Sequence[StoryCopy], come: Sequence[StoryCopy]) -> list[Change]:
    """All text changes of two editions: in their stories, between them, and whole stories gone and come."""
    changes: list[Change] = []
    removed = [Stretch(story, 0, len(story.text)) for story in gone]
    added = [Stretch(story, 0, len(story.text)) for story in come]
    for story in laid:
        changes += [_moved(story.old, story.new, one) for one in story.alignment.moves]
        for edit in story.alignment.edits:
            if _passes_by(story, edit):
                continue
            if edit.a == edit.a_end:
                added.append(Stretch(story.new, edit.b, edit.b_end, Spot(story.old, edit.a)))
            elif edit.b == edit.b_end:
                removed.append(Stretch(story.old, edit.a, edit.a_end, Spot(story.new, edit.b)))
            else:
                changes += _replaced(story, edit)
    across = _across(removed, added)
    changes += across.moves
    changes += [change for one in across.removed for change in _one_sided(one, "delete")]
    changes += [change for one in across.added for change in _one_sided(one, "insert")]
    return changes


def _passes_by(story: LaidStory, edit: Edit) -> bool:
    """Whether whole parts only passed on from or to a page that neither edition has: the story runs on there."""
    old, new = story.old, story.new
    ends = edit.a_end == len(old.text) and edit.b_end == len(new.text) and old.ends_elsewhere and new.ends_elsewhere
    begins = edit.a == edit.b == 0 and old.begins_elsewhere and new.begins_elsewhere
    whole = edit.a in (*old.starts, len(old.text)) and edit.b in (*new.starts, len(new.text))
    one_sided = edit.a == edit.a_end or edit.b == edit.b_end
    return one_sided and whole and (ends or begins)


class _Across(msgspec.Struct, frozen=True):
    moves: tuple[Change, ...]
    removed: tuple[Stretch, ...]
    added: tuple[Stretch, ...]


def _across(removed: Sequence[Stretch], added: Sequence[Stretch]) -> _Across:
    """What was deleted in one place and inserted in another has moved; the rest remains as it is."""
    found = passages(_joined(removed, _OLD_MARKS), _joined(added, _NEW_MARKS))
    moves: list[Change] = []
    for one in found:
        (from_, at), (to, to_at) = _stretch_at(removed, one.a), _stretch_at(added, one.b)
        moves.append(_moved(from_.story, to.story, _span(from_.start + at, to.start + to_at, one.length)))
    old = list(_rest(removed, [(one.a, one.length) for one in found]))
    new = list(_rest(added, sorted((one.b, one.length) for one in found)))
    for gone in tuple(old):
        twin = next((one for one in new if one.text == gone.text and len(gone.text) >= _SHORT_MOVE), None)
        if twin is not None:
            moves.append(_moved(gone.story, twin.story, _span(gone.start, twin.start, len(gone.text))))
            old.remove(gone)
            new.remove(twin)
    return _Across(tuple(moves), tuple(old), tuple(new))


def _joined(stretches: Sequence[Stretch], marks: int) -> str:
    """All of them as one text; a mark after each that is nowhere else, so that nothing is found across two."""
    return "".join(one.text + chr(marks + index % _MARKS_COUNT) for index, one in enumerate(stretches))


def _stretch_at(stretches: Sequence[Stretch], at: int) -> tuple[Stretch, int]:
    for one in stretches:
        if at < len(one.text):
            return one, at
        at -= len(one.text) + 1
    raise AssertionError("a passage lies within the stretches that it was found in")


def _rest(stretches: Sequence[Stretch], taken: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """What is left of each stretch; `taken` are places in the joined text, in order."""
    at = 0
    for one in stretches:
        start = one.start
        for first, length in taken:
            if at <= first < at + len(one.text):
                yield from _unless_empty(one, start, one.start + first - at)
                start = one.start + first - at + length
        yield from _unless_empty(one, start, one.end)
        at += len(one.text) + 1


def _unless_empty(one: Stretch, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        yield Stretch(one.story, start, end, one.across)


def _span(a: int, b: int, length: int) -> Edit:
    return Edit(a, a + length, b, b + length)


def _moved(old: StoryCopy, new: StoryCopy, one: Edit) -> Change:
    whole = _whole(old, one.a, one.a_end)
    return Change("text", "move", _side(old, one.a, one.a_end), _side(new, one.b, one.b_end), whole)


def _one_sided(one: Stretch, op: Op) -> Iterator[Change]:
    """An insertion or deletion, a change for each part that it reaches into; a whole story is one change."""
    if one.start == 0 and one.end == len(one.story.text) and len(one.story.parts) > 1:
        side = msgspec.structs.replace(_side(one.story, one.start, one.end), part="", paragraph=None)
        yield _change(op, side, one.across, (_fact_of_whole(op, len(one.story.parts)),))
        return
    pieces = list(one.story.pieces(one.start, one.end))
    for part, start, end in pieces:
        if _is_break(part, start, end):
            continue
        first = one.story.starts[one.story.parts.index(part)]
        whole = (_fact_of_whole(op, 1),) if (start, end) == (0, len(part.text)) else ()
        yield _change(op, _side(one.story, first + start, first + end), one.across, whole)
    if not pieces:
        yield _change(op, _side(one.story, one.start, one.end), one.across, (Fact("break"),))


def _change(op: Op, side: Side, across: Spot | None, facts: tuple[Fact, ...]) -> Change:
    other = _side(across.story, across.at, across.at) if across is not None else None
    return Change("text", op, side, other, facts) if op == "delete" else Change("text", op, other, side, facts)


def _fact_of_whole(op: Op, parts: int) -> Fact:
    return Fact("whole", str(parts), "") if op == "delete" else Fact("whole", "", str(parts))


def _whole(story: StoryCopy, start: int, end: int) -> tuple[Fact, ...]:
    """The fact that whole paragraphs are meant, where they are."""
    pieces = list(story.pieces(start, end))
    if pieces and all((low, high) == (0, len(part.text)) for part, low, high in pieces):
        return (Fact("whole", str(len(pieces)), str(len(pieces))),)
    return ()


def _is_break(part: PartCopy, start: int, end: int) -> bool:
    """Whether only a line break that was typed lies here."""
    return not part.source.text[start:end].strip(" \n") and "\n" in part.source.text[start:end]


def _replaced(story: LaidStory, edit: Edit) -> Iterator[Change]:
    """A replacement, part by part where both sides have as many parts; else what went and what came."""
    old_texts = story.old.text[edit.a : edit.a_end].split(PART_END)
    new_texts = story.new.text[edit.b : edit.b_end].split(PART_END)
    if len(old_texts) != len(new_texts):
        yield from _one_sided(Stretch(story.old, edit.a, edit.a_end, Spot(story.new, edit.b)), "delete")
        yield from _one_sided(Stretch(story.new, edit.b, edit.b_end, Spot(story.old, edit.a)), "insert")
        return
    a, b = edit.a, edit.b
    for old, new in zip(old_texts, new_texts, strict=True):
        if old and new:
            if old.strip() or new.strip():
                yield Change("text", "replace", _side(story.old, a, a + len(old)), _side(story.new, b, b + len(new)))
        elif old:
            yield from _one_sided(Stretch(story.old, a, a + len(old), Spot(story.new, b)), "delete")
        elif new:
            yield from _one_sided(Stretch(story.new, b, b + len(new), Spot(story.old, a)), "insert")
        a, b = a + len(old) + 1, b + len(new) + 1


def _side(story: StoryCopy, start: int, end: int) -> Side:
    part, at = story.part_at(start)
    if at >= len(part.text) and end > start + 1:  # only the end of this part: what is meant is the next one
        part, at = story.part_at(start + 1)
        start += 1
    places = tuple(
        place for piece, low, high in story.pieces(start, end) for place in places_of(piece, low, high)
    ) or places_of(part, at, at)
    last, last_at = story.part_at(max(start, end - 1))
    return Side(
        story=story.id,
        part=part.kind,
        paragraph=part.number,
        text=story.text[start:end].strip(PART_END),
        before=_before(part.text[: max(0, at)]),
        after=_after(last.text[min(len(last.text), last_at + 1) :] if end > start else last.text[last_at:]),
        places=places,
        span=part.source.span(at),
        at=start,
    )


def _before(text: str) -> str:
    """The end of `text` from the beginning of its phrase; no number is cut."""
    start = len(text)
    while start > 0 and (len(text) - start < _CONTEXT or is_tied(text[start - 1 : start + 1])):
        if text[start - 1] in _PHRASE_ENDS and start < len(text):
            break
        start -= 1
    return text[start:]


def _after(text: str) -> str:
    """The beginning of `text` up to the end of its phrase; no number is cut."""
    end = 0
    while end < len(text) and (end < _CONTEXT or is_tied(text[end - 1 : end + 1])):
        end += 1
        if text[end - 1] in _PHRASE_ENDS and end > 1:
            break
    return text[:end]
