"""What is drawn in a region besides its text (线、底、图): rules, tints, outlines and pictures on both sides."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import format_mm
from layout_engine.diff.geometry import RegionPair, rect_facts
from layout_engine.diff.inks import Inks
from layout_engine.diff.model import Change, ChangeClass, Fact, Op, Place, Side, Topic
from layout_engine.diff.pictures import PictureFiles, picture_facts
from layout_engine.scene.items import SceneRegion

Mark = Rule | Fill | Art | Picture | PlacedPage
M = TypeVar("M", Rule, Fill, Art, Picture, PlacedPage)
_TOPICS: Final[dict[type, Topic]] = {Rule: "rule", Fill: "fill", Art: "art", Picture: "picture", PlacedPage: "picture"}


class MarkPair(msgspec.Struct, frozen=True):
    """The same mark in both editions; one side is None where it is gone or has come."""

    old: Mark | None
    new: Mark | None


def drawn_changes(pair: RegionPair, inks: Inks, files: PictureFiles, rewritten: bool) -> Iterator[Change]:
    """What is drawn otherwise in a region; what follows from its new text or its new size is not told."""
    if pair.old is None or pair.new is None:
        return
    follows = rewritten or pair.is_resized
    folded: dict[tuple[ChangeClass, Op, Topic], list[tuple[MarkPair, tuple[Fact, ...]]]] = {}
    for marks in _pairs(pair.old, pair.new):
        facts = list(_facts(marks, pair, inks, files, follows))
        for kind in ("style", "geometry", "picture"):
            of_kind = tuple(fact for found, fact in facts if found == kind)
            if of_kind:
                topic = of_kind[0].topic
                folded.setdefault((kind, _op(marks, of_kind), topic), []).append((marks, of_kind))
    for (kind, op, _), found in folded.items():
        yield _change(kind, op, pair, [marks for marks, _ in found], found[0][1])


def _op(marks: MarkPair, facts: tuple[Fact, ...]) -> Op:
    if marks.old is None or marks.new is None:
        return "insert" if marks.old is None else "delete"
    return "move" if {fact.topic for fact in facts} == {_TOPICS[type(marks.new)], "place"} else "replace"


def _change(kind: ChangeClass, op: Op, pair: RegionPair, found: list[MarkPair], facts: tuple[Fact, ...]) -> Change:
    """One change of all marks of a region that changed in the same way: the sides of a frame are one frame."""
    count = (Fact("whole", str(len(found)), str(len(found))),) if len(found) > 1 else ()
    return Change(
        kind,
        op,
        _side(pair.page, pair.old, [marks.old for marks in found]),
        _side(pair.page, pair.new, [marks.new for marks in found]),
        (*facts, *count),
    )


def _side(page: int, region: SceneRegion | None, found: Sequence[Mark | None]) -> Side | None:
    marks = [mark for mark in found if mark is not None]
    if region is None or not marks:
        return None
    first = marks[0]
    text = first.file if isinstance(first, Picture | PlacedPage) else ""
    span = first.span if isinstance(first, Picture | PlacedPage) else None
    place = Place(page, region.id, tuple(mark.rect for mark in marks))
    return Side(f"page-{page}/{region.id}", region.kind, text=text, places=(place,), span=span)


def _facts(
    marks: MarkPair, pair: RegionPair, inks: Inks, files: PictureFiles, follows: bool
) -> Iterator[tuple[ChangeClass, Fact]]:
    old, new = marks.old, marks.new
    if old is None or new is None:
        mark = old or new
        assert mark is not None, "a pair has at least one side"
        if not (follows and _stands_for_glyph(mark)):
            yield _class_of(mark), Fact(_TOPICS[type(mark)], _size(old), _size(new))
        return
    if not isinstance(old, Picture | PlacedPage) and not isinstance(new, Picture | PlacedPage):
        was, is_now = inks.old_keys[pair.page].get(old.ink, old.ink), inks.new_keys[pair.page].get(new.ink, new.ink)
        if was != is_now:
            yield "style", Fact(_TOPICS[type(new)])
            yield "style", Fact("ink", was, is_now)
    if isinstance(old, Fill) and isinstance(new, Fill) and old.percent != new.percent:
        yield "style", Fact("tint", f"{old.percent / 100:g}%", f"{new.percent / 100:g}%")
    if isinstance(old, Art) and isinstance(new, Art) and (old.path, old.view) != (new.path, new.view):
        yield "picture", Fact("swapped")
    if isinstance(old, Picture | PlacedPage) and isinstance(new, Picture | PlacedPage):
        yield from (("picture", fact) for fact in picture_facts(old, new, files))
    if not follows:
        moved = list(rect_facts(_within(old.rect, pair.old), _within(new.rect, pair.new)))
        if moved:
            yield "geometry", Fact(_TOPICS[type(new)])
            yield from (("geometry", fact) for fact in rect_facts(old.rect, new.rect))


def _class_of(mark: Mark) -> ChangeClass:
    return "picture" if isinstance(mark, Picture | PlacedPage) else "geometry"


def _stands_for_glyph(mark: Mark) -> bool:
    """Whether this may be a side of the box that stands for a character without a face (scene/draw.py)."""
    if not isinstance(mark, Rule):
        return False
    weight, length = sorted((mark.rect.width, mark.rect.height))
    return weight * 14 <= length <= weight * 17


def _size(mark: Mark | None) -> str:
    return f"{format_mm(mark.rect.width)} × {format_mm(mark.rect.height)}" if mark else ""


def _within(rect: Rect, region: SceneRegion | None) -> Rect:
    """The rectangle as seen from its region's corner: what moves along with a region has not moved in it."""
    assert region is not None
    return Rect(rect.x - region.rect.x, rect.y - region.rect.y, rect.width, rect.height)


def _pairs(old: SceneRegion, new: SceneRegion) -> Iterator[MarkPair]:
    for kind in (Rule, Fill, Art, PlacedPage, Picture):
        before = [item for item in old.items if isinstance(item, kind)]
        after = [item for item in new.items if isinstance(item, kind)]
        yield from _paired(before, after, old, new)


def _paired(before: Sequence[Mark], after: Sequence[Mark], old: SceneRegion, new: SceneRegion) -> Iterator[MarkPair]:
    """What is quite the same first, then what is the same file, the same place, the same shape; the rest in order."""
    left, right = list(before), list(after)
    measures: tuple[Callable[[Mark, SceneRegion], object], ...] = (
        lambda mark, region: (_within(mark.rect, region), _content(mark)),
        lambda mark, _: mark.file if isinstance(mark, Picture | PlacedPage) else mark,
        lambda mark, region: _within(mark.rect, region),
        lambda mark, _: (mark.rect.width, mark.rect.height),
        lambda mark, _: mark.rect.width >= mark.rect.height,
    )
    for measure in measures:
        waiting: dict[object, list[Mark]] = {}
        for mark in left:
            waiting.setdefault(measure(mark, old), []).append(mark)
        rest: list[Mark] = []
        for mark in right:
            same = waiting.get(measure(mark, new))
            if same:
                yield MarkPair(same.pop(0), mark)
            else:
                rest.append(mark)
        left, right = [mark for same in waiting.values() for mark in same], rest
    yield from (MarkPair(mark, None) for mark in left)
    yield from (MarkPair(None, mark) for mark in right)


def _content(mark: Mark) -> object:
    if isinstance(mark, Picture):
        return mark.file, mark.crop
    if isinstance(mark, PlacedPage):
        return mark.key
    return mark.ink
