"""A proof with people's marks on it, read (批注归稿): each remark with the file, paragraph and characters it means."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import msgspec
import pikepdf

from layout_engine.adverts.limits import qpdf_bounded
from layout_engine.base.diagnostics import Outcome, Span, diagnose
from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT
from layout_engine.proof.carried import WRONG_KIND, record_of
from layout_engine.proof.placing import lines_of
from layout_engine.remarks.annotations import MAX_ANNOTATIONS, Annotation, Box, Kind, annotations_of
from layout_engine.remarks.marking import Cell, Marked, cells_of, gap_at, marked_by
from layout_engine.scene.record import PageRecord

_CONTEXT: Final = 8  # characters on either side
_MARKUP: Final = ("highlight", "underline", "squiggly", "strike-out")
_POINTS: Final = ("caret", "note")


class Passage(msgspec.Struct, frozen=True):
    """文段: characters `start` up to `end` (from 0; equal: a place between two) of one part of the copy.

    `paragraph` counts a story's body paragraphs from 1. `first` and `last` are where its first and last character were
    read; `before` and `after` are what stands on either side.
    """

    key: str
    story: str
    kind: str
    paragraph: int | None
    start: int
    end: int
    text: str
    before: str
    after: str
    first: Span
    last: Span


class Remark(msgspec.Struct, frozen=True):
    """批注: what somebody marked and wrote. `passages` is empty where the mark lies on no text; `region` says where.

    `place` is from the trim's top left, in su; `answers` the number of the remark that it replies to, from 1.
    """

    number: int
    kind: Kind
    page: int
    says: str
    by: str
    at: str
    passages: tuple[Passage, ...]
    region: str | None
    place: Rect
    answers: int | None = None


class Remarks(msgspec.Struct, frozen=True):
    """All remarks on a proof, in the order in which they were made, and the page that they were made on."""

    record: PageRecord
    remarks: tuple[Remark, ...]


def read_remarks(data: bytes) -> Outcome[Remarks]:
    """The remarks on the proof `data`. None where it is no proof of ours: without its record a mark has no meaning."""
    with qpdf_bounded():
        try:
            with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
                return _read(pdf)
        except pikepdf.PasswordError:
            return Outcome(None, (diagnose("record/not-a-pdf", None, reason="encrypted"),))
        except (pikepdf.PikepdfError, *WRONG_KIND) as error:
            return Outcome(None, (diagnose("record/not-a-pdf", None, reason=type(error).__name__),))


def _read(pdf: pikepdf.Pdf) -> Outcome[Remarks]:
    carried = record_of(pdf)
    record = carried.value
    if record is None:
        return Outcome(None, carried.diagnostics or (diagnose("remarks/no-record", None),))
    page: Any = pdf.pages[0]
    left, _, _, top = (float(edge) for edge in page.trimbox)
    annotations = annotations_of(page)
    too_many = len(annotations) >= MAX_ANNOTATIONS
    found = (diagnose("remarks/too-many", None, most=MAX_ANNOTATIONS),) if too_many else ()
    kept = [(at, one) for at, one in enumerate(annotations) if one is not None]
    numbers = {at: number for number, (at, _) in enumerate(kept, start=1)}
    reader = _Reader(record, left, top)
    remarks = tuple(
        reader.remark(numbers[at], one, None if one.answers is None else numbers.get(one.answers)) for at, one in kept
    )
    return Outcome(Remarks(record, remarks), found)


class _Reader:
    def __init__(self, record: PageRecord, left: float, top: float) -> None:
        self._record = record
        self._left, self._top = left, top
        self._cells = cells_of(lines_of(record))
        self._entries = {entry.key: entry for entry in record.entries}

    def remark(self, number: int, annotation: Annotation, answers: int | None) -> Remark:
        boxes = [self._on_page(box) for box in annotation.boxes]
        place = _around(boxes)
        region = self._region_at(place)
        marked = self._marked(annotation.kind, boxes, place)
        return Remark(
            number,
            annotation.kind,
            self._record.page.number,
            annotation.says,
            annotation.by,
            annotation.at,
            tuple(self._passage(one) for one in marked),
            region,
            place,
            answers,
        )

    def _marked(self, kind: Kind, boxes: Sequence[Rect], place: Rect) -> tuple[Marked, ...]:
        if kind in _POINTS:
            return self._at_point(place)
        marked = marked_by(boxes, self._cells, by_hand=kind not in _MARKUP)
        return marked if marked or kind in _MARKUP else self._at_point(place)

    def _at_point(self, place: Rect) -> tuple[Marked, ...]:
        """The gap beside the middle of the mark, if the mark lies in a region that has text."""
        x, y = place.x + place.width // 2, place.y + place.height // 2
        region = self._region_at(place)
        cells = [cell for cell in self._cells if self._region_of(cell) == region] if region else []
        gap = gap_at(x, y, cells)
        return (gap,) if gap else ()

    def _region_of(self, cell: Cell) -> str | None:
        return self._region_at(cell.rect)

    def _region_at(self, place: Rect) -> str | None:
        """The smallest region that the middle of the place lies in."""
        x, y = place.x + place.width // 2, place.y + place.height // 2
        around = [
            (region.rect.width * region.rect.height, region.id)
            for region in self._record.page.regions
            if region.rect.x <= x <= region.rect.right and region.rect.y <= y <= region.rect.bottom
        ]
        return min(around)[1] if around else None

    def _on_page(self, box: Box) -> Rect:
        left, low, right, high = box
        x, y = round((left - self._left) * SU_PER_PT), round((self._top - high) * SU_PER_PT)
        return Rect(x, y, round((right - left) * SU_PER_PT), round((high - low) * SU_PER_PT))

    def _passage(self, marked: Marked) -> Passage:
        source = self._record.sources[marked.key]
        entry = self._entries.get(marked.key)
        text, start, end = source.text, marked.start, marked.end
        name = marked.key.rpartition("/")[2]
        kind = entry.kind if entry else "typed"
        paragraph = name.rpartition("-")[2]
        return Passage(
            marked.key,
            entry.story if entry else "",
            kind,
            int(paragraph) if kind == "body" and paragraph.isdecimal() else None,
            start,
            end,
            text[start:end],
            text[max(0, start - _CONTEXT) : start],
            text[end : end + _CONTEXT],
            source.span(start),
            source.span(max(start, end - 1)),
        )


def _around(boxes: Sequence[Rect]) -> Rect:
    if not boxes:
        return Rect(0, 0, 0, 0)
    x, y = min(one.x for one in boxes), min(one.y for one in boxes)
    return Rect(x, y, max(one.right for one in boxes) - x, max(one.bottom for one in boxes) - y)
