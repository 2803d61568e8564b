"""What the HTML report knows (报告数据): changes in words of both languages, and where they stand, in points."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT
from layout_engine.diff.model import CLASSES, Change, Comparison, Edition, Op, Place, Side, Verdict
from layout_engine.diff.words import place_words, story_words, what_words
from layout_engine.diff_report.shown import Pictures

Both = tuple[str, str]  # Chinese, English

MOST_CHANGES: Final = 3_000  # that a browser lists at ease
MOST_MARKS: Final = 20_000  # rectangles
_LONGEST: Final = 600  # characters of a text that is shown
_DECIMALS: Final = 2  # of a point
_NO_PICTURE: Final = -1
_FAR: Final = 20_000 * SU_PER_PT


class PageSide(msgspec.Struct, frozen=True, rename={"width": "w", "height": "h"}):
    """A page of one edition: trim in points, the picture's number, and the outlines of its regions for want of one."""

    width: float
    height: float
    picture: int
    regions: tuple[tuple[float, float, float, float], ...] = ()


class PageFacts(msgspec.Struct, frozen=True):
    """A page on both sides; None where an edition does not have it."""

    number: int
    name: str
    old: PageSide | None
    new: PageSide | None


class Mark(msgspec.Struct, frozen=True):
    """Rectangles of a change on one page. `caret`: nothing is there, it would stand at their left."""

    page: int
    rects: tuple[tuple[float, float, float, float], ...]
    caret: bool


class SideFacts(msgspec.Struct, frozen=True):
    """One side of a change: the text in its phrase, and where."""

    before: str
    text: str
    after: str
    marks: tuple[Mark, ...]


class ChangeFacts(msgspec.Struct, frozen=True):
    """A change as it is listed. `kind` is the class, counted from 0 in the order of classes."""

    number: int
    kind: int
    op: Op
    story: int
    page: int
    where: Both
    what: Both
    source: str
    old: SideFacts | None
    new: SideFacts | None


class StoryFacts(msgspec.Struct, frozen=True):
    """A story, and what became of it."""

    name: Both
    verdict: Verdict | None


class ReportFacts(msgspec.Struct, frozen=True):
    """All of it. `left_out` changes are not listed, for there are too many."""

    old: str
    new: str
    imprint: str
    classes: tuple[str, ...]
    pages: tuple[PageFacts, ...]
    stories: tuple[StoryFacts, ...]
    changes: tuple[ChangeFacts, ...]
    left_out: int
    words_only: bool


def gather_facts(comparison: Comparison, old: Edition, new: Edition, pictures: Pictures) -> ReportFacts:
    """The comparison as the report tells it."""
    stories = _story_names(comparison)
    listed = comparison.changes[:MOST_CHANGES]
    room = _Room(MOST_MARKS)
    changes = tuple(_change(number, change, comparison, stories, room) for number, change in enumerate(listed, start=1))
    names = comparison.names
    return ReportFacts(
        _shown(comparison.old),
        _shown(comparison.new),
        _imprint(old, new),
        CLASSES,
        tuple(_pages(comparison, old, new, pictures)),
        tuple(
            StoryFacts(_both(story_words(one, names, "zh"), story_words(one, names, "en")), comparison.stories.get(one))
            for one in stories
        ),
        changes,
        len(comparison.changes) - len(listed),
        old.words_only or new.words_only,
    )


def _imprint(old: Edition, new: Edition) -> str:
    for record in (*new.pages, *old.pages):
        return _shown(f"{record.imprint.paper} {record.imprint.date}")
    return ""


def _story_names(comparison: Comparison) -> dict[str, int]:
    """Every story and region that something is told of, numbered."""
    named = (*comparison.stories, *(change.story for change in comparison.changes))
    return {name: number for number, name in enumerate(dict.fromkeys(named))}


def _pages(comparison: Comparison, old: Edition, new: Edition, pictures: Pictures) -> Iterable[PageFacts]:
    before, after = _sides(old, pictures.old), _sides(new, pictures.new)
    names = {record.page.number: record.page.name for record in (*old.pages, *new.pages)}
    for number in comparison.pages:
        yield PageFacts(number, _shown(names.get(number, "")), before.get(number), after.get(number))


def _sides(edition: Edition, pictures: Mapping[int, int]) -> dict[int, PageSide]:
    sides: dict[int, PageSide] = {}
    for record in edition.pages:
        page, picture = record.page, pictures.get(record.page.number, _NO_PICTURE)
        outlines = () if picture != _NO_PICTURE else tuple(_rect(region.rect) for region in page.regions)
        sides[page.number] = PageSide(
            max(1.0, _pt(page.trim.width)), max(1.0, _pt(page.trim.height)), picture, outlines
        )
    return sides


class _Room:
    """How many rectangles may still be drawn."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, rects: tuple[Rect, ...]) -> tuple[Rect, ...]:
        taken = rects[: self._left]
        self._left -= len(taken)
        return taken


def _change(
    number: int, change: Change, comparison: Comparison, stories: Mapping[str, int], room: _Room
) -> ChangeFacts:
    names, side = comparison.names, change.side
    return ChangeFacts(
        number,
        CLASSES.index(change.kind),
        change.op,
        stories[change.story],
        side.places[0].page if side.places else 0,
        _both(place_words(side, names, "zh"), place_words(side, names, "en")),
        _both(what_words(change, names, "zh"), what_words(change, names, "en")),
        _shown(str(side.span)) if side.span is not None and side.span.file else "",
        _side(change.old, change.kind == "text" and change.op == "insert", room),
        _side(change.new, change.kind == "text" and change.op == "delete", room),
    )


def _side(side: Side | None, absent: bool, room: _Room) -> SideFacts | None:
    if side is None:
        return None
    marks = tuple(_mark(place, absent, room) for place in side.places)
    return SideFacts(_shown(side.before), _shown(side.text), _shown(side.after), marks)


def _mark(place: Place, absent: bool, room: _Room) -> Mark:
    return Mark(place.page, tuple(map(_rect, room.take(place.rects))), absent)


def _rect(rect: Rect) -> tuple[float, float, float, float]:
    return _pt(rect.x), _pt(rect.y), _pt(rect.width), _pt(rect.height)


def _pt(su: int) -> float:
    """In points; a record may say anything, and no sheet is larger than `_FAR`."""
    return round(max(-_FAR, min(su, _FAR)) / SU_PER_PT, _DECIMALS)


def _both(zh: str, en: str) -> Both:
    return _shown(zh), _shown(en)


def _shown(text: str) -> str:
    """As much of it as is read in a list, and only what UTF-8 can say."""
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}……{text[-_LONGEST // 4 :]}"
    return cut.encode("utf-8", "replace").decode()
