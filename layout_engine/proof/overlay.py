"""What is laid over a proof for its readers (校样标记): line numbers, change bars, findings at their places, a stamp.

All of it stands in a layer of its own; switched off, the final page is left. Blue is for what helps to read, red for
what is wrong, magenta for what changed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Fill, Picture, Rule
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.faces.face import Face
from layout_engine.faces.fallback import Faces
from layout_engine.proof.placing import Line, Places
from layout_engine.proof.stamp import Stamp, draw_sheet
from layout_engine.scene.items import Overlay, SceneItem
from layout_engine.scene.plain import plain_width, set_plain
from layout_engine.scene.record import PageRecord
from layout_engine.spec.resolved import Ink

TITLE: Final = "校样标记 proof marks"
MARGIN: Final = pt(74)  # about 26 mm, in whole points, so that the page keeps its pixels

_BLUE, _RED, _MAGENTA, _WHITE = "proof/blue", "proof/red", "proof/magenta", "proof/white"
INKS: Final = {
    _BLUE: Ink(_BLUE, 8_000, 3_000, 0, 0, False),
    _RED: Ink(_RED, 0, 10_000, 10_000, 0, False),
    _MAGENTA: Ink(_MAGENTA, 0, 10_000, 0, 0, False),
    _WHITE: Ink(_WHITE, 0, 0, 0, 0, False),
}
_NUMBER_SIZE: Final = pt(4)
_TAG_SIZE: Final = pt(6)
_EVERY: Final = 5  # lines between two numbers
_GAP: Final = pt(2)
_BAR: Final = SU_PER_PT * 3 // 5
# A bar after one column and a number before the next have a gutter of 8 pt together, less where points hang into it.
_BAR_OFF: Final = SU_PER_PT * 2 // 5
_NUMBER_OFF: Final = SU_PER_PT * 3 // 4
_FRAME: Final = SU_PER_PT * 2 // 5
_INDENT_AT_MOST: Final = 6  # 字 between a line's beginning and its column's edge
_BODY: Final = ("body", "crosshead", "byline")
_WEIGHT: Final = ("error", "warning", "info")
_OF_FACES: Final = "face/"  # only a note, and yet to be looked at: does the character suit its neighbours?
_PICTURED: Final = ("photo",)


class Noted(msgspec.Struct, frozen=True):
    """A finding with its number on the proof and where it stands; None where it has no place on the page."""

    number: int
    finding: Diagnostic
    place: Rect | None


def draw_overlay(
    record: PageRecord,
    faces: Faces,
    stamp: Stamp,
    changed: Sequence[Rect] = (),
    lang: Lang = "zh",
    taken: int = 0,
) -> Overlay:
    """The layer over one page. `changed` are the lines that are not as they were in the revision compared with.

    Printer's marks around the trim have `taken` as much paper on each side; the proof's own stand outside them.
    """
    places = Places(record)
    letters = _letters(faces)
    noted = note_findings(record, places)
    items = () if stamp.clean else _on_page(record, places, noted, changed, _Artist(letters), lang)
    margin = MARGIN - -taken // SU_PER_PT * SU_PER_PT  # upwards to whole points
    sheet = draw_sheet(record, stamp, noted, letters, margin, taken, lang)
    return Overlay(TITLE, margin, (*items, *sheet), INKS)


def _on_page(
    record: PageRecord,
    places: Places,
    noted: Sequence["Noted"],
    changed: Sequence[Rect],
    artist: "_Artist",
    lang: Lang,
) -> Iterator[SceneItem]:
    yield from artist.line_numbers(places.lines)
    for line in changed:
        yield Rule(Rect(_column_end(line, places.lines) + _BAR_OFF, line.y, _BAR, line.height), _MAGENTA)
    for region in record.page.regions:
        if region.kind in _PICTURED and not any(isinstance(item, Picture) for item in region.items):
            yield from artist.missing_picture(region.rect, lang)
    for one in noted:
        if one.place is not None:
            yield from artist.tag(one.number, one.place)


def note_findings(record: PageRecord, places: Places) -> tuple[Noted, ...]:
    """The page's errors, warnings, and characters from other faces, in this order, each with number and place."""
    told = [one for one in record.findings if one.severity != "info" or one.code.startswith(_OF_FACES)]
    told.sort(key=lambda one: _WEIGHT.index(one.severity))
    return tuple(Noted(number, one, places.of_span(one.span)) for number, one in enumerate(told, start=1))


def _letters(faces: Faces) -> tuple[Face, ...]:
    """The faces for marks: a plain one first (黑), then whatever has the character."""
    first = faces.chain("hei").faces if "hei" in faces.roles else ()
    return (*first, *(face for face in faces.all() if face not in first))


class _Artist:
    def __init__(self, letters: tuple[Face, ...]) -> None:
        self._letters = letters

    def line_numbers(self, lines: Sequence[Line]) -> Iterator[SceneItem]:
        """The number of the first line of each column and of every fifth, counted through each story."""
        body = [line for line in lines if line.kind in _BODY]
        counts: dict[str, int] = {}
        for _, group in groupby(body, key=lambda line: line.region):
            of_region = list(group)
            edges = sorted({line.rect.x for line in of_region})
            before = None
            for line in of_region:
                number = counts[line.story] = counts.get(line.story, 0) + 1
                edge = _column_edge(line, edges)
                if number == 1 or number % _EVERY == 0 or edge != before:
                    yield from self._number(number, line, edge)
                before = edge

    def _number(self, number: int, line: Line, edge: int) -> Iterator[SceneItem]:
        text = str(number)
        width = plain_width(text, self._letters, _NUMBER_SIZE)
        run = line.runs[0]
        if run.direction == "vertical":
            at = (line.rect.x + (line.rect.width - width) // 2, line.rect.y - _GAP)
        else:
            at = (edge - _NUMBER_OFF - width, run.y)
        yield from set_plain(text, self._letters, _NUMBER_SIZE, _BLUE, at)[0]

    def tag(self, number: int, place: Rect) -> Iterator[SceneItem]:
        """A frame around the place, and the finding's number in a red field at its upper right."""
        yield from _frame(place, _RED)
        text = str(number)
        width = plain_width(text, self._letters, _TAG_SIZE) + _GAP
        field = Rect(place.right, place.y - _TAG_SIZE, width, _TAG_SIZE + SU_PER_PT)
        yield Fill(field, _RED)
        at = (field.x + _GAP // 2, field.bottom - pt(3) // 2)
        yield from set_plain(text, self._letters, _TAG_SIZE, _WHITE, at)[0]

    def missing_picture(self, rect: Rect, lang: Lang) -> Iterator[SceneItem]:
        """A framed hole that says what is missing."""
        yield from _frame(rect, _RED)
        text = "缺图" if lang == "zh" else "picture missing"
        size = min(pt(24), max(_TAG_SIZE, rect.width // 8))
        width = plain_width(text, self._letters, size)
        at = (rect.x + (rect.width - width) // 2, rect.y + (rect.height + size) // 2)
        yield from set_plain(text, self._letters, size, _RED, at)[0]


def _column_edge(line: Line, edges: Sequence[int]) -> int:
    """The left edge of the line's column: where the leftmost lines near it begin."""
    x, near = line.rect.x, _INDENT_AT_MOST * line.runs[0].size
    return next(edge for edge in edges if x - near <= edge <= x)


def _column_end(rect: Rect, lines: Sequence[Line]) -> int:
    """The right edge of the column that a line stands in: where most lines above and below it end, or the longest.

    A line with a point that hangs out ends there by itself.
    """
    region = next((one.region for one in lines if one.rect == rect), "")
    alike = (one.rect for one in lines if one.region == region and one.rect.height == rect.height)
    ends = [one.right for one in alike if abs(one.x - rect.x) <= _INDENT_AT_MOST * rect.height] or [rect.right]
    end, count = Counter(ends).most_common(1)[0]
    return max(end, rect.right) if count * 2 >= len(ends) else max(ends)


def _frame(rect: Rect, ink: str) -> Iterator[Rule]:
    yield Rule(Rect(rect.x, rect.y, rect.width, _FRAME), ink)
    yield Rule(Rect(rect.x, rect.bottom - _FRAME, rect.width, _FRAME), ink)
    yield Rule(Rect(rect.x, rect.y, _FRAME, rect.height), ink)
    yield Rule(Rect(rect.right - _FRAME, rect.y, _FRAME, rect.height), ink)
