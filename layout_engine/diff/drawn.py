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
    for marks in _pairs(pair.old, pair.new):
        facts = list(_facts(marks, pair, inks, files, follows))
        for kind in ("style", "geometry", "picture"):
            of_kind = tuple(fact for found, fact in facts if found == kind)
            if of_kind:
                yield _change(kind, pair, marks, of_kind)


def _change(kind: ChangeClass, pair: RegionPair, marks: MarkPair, facts: tuple[Fact, ...]) -> Change:
    op: Op = "replace"
    if marks.old is None or marks.new is None:
        op = "insert" if marks.old is None else "delete"
    elif {fact.topic for fact in facts} == {_TOPICS[type(marks.new)], "place"}:
        op = "move"
    return Change(kind, op, _side(pair.page, pair.old, marks.old), _side(pair.page, pair.new, marks.new), facts)


def _side(page: int, region: SceneRegion | None, mark: Mark | None) -> Side | None:
    if region is None or mark is None:
        return None
    text = mark.file if isinstance(mark, Picture | PlacedPage) else ""
    span = mark.span if isinstance(mark, Picture | PlacedPage) else None
    return Side(
        f"page-{page}/{region.id}", region.kind, text=text, places=(Place(page, region.id, (mark.rect,)),), span=span
    )


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
