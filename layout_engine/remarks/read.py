"""A proof with people's marks on it, read (批注归稿): each remark with the file, paragraph and characters it means."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import msgspec
import pikepdf

from layout_engine.adverts.limits import WRONG_KIND, qpdf_bounded
from layout_engine.base.diagnostics import Outcome, Span, diagnose
from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.proof.carried import record_of
from layout_engine.proof.placing import lines_of
from layout_engine.remarks.annotations import MAX_ANNOTATIONS, MAX_BOXES, Annotation, Box, Kind, annotations_of
from layout_engine.remarks.marking import Cell, Marked, cells_of, gap_at, marked_by, rows_of
from layout_engine.scene.record import PageRecord

_CONTEXT: Final = 8  # characters on either side
_MARKUP: Final = ("highlight", "underline", "squiggly", "strike-out")
_POINTS: Final = ("caret", "note")
_ANSWERS: Final = ("note", "text")
_MOST_BY_HAND: Final = 8  # a stroke over more passages means the region, not their words
_BESIDE: Final = pt(6)
_MOST_PAGES: Final = 50


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
    found = []
    sheet, others = _sheet_of(pdf, record)
    if others:
        found.append(diagnose("remarks/other-pages", None, pages=", ".join(map(str, others))))
    annotations = annotations_of(sheet.page)
    kept = _bounded(annotations)
    if len(annotations) >= MAX_ANNOTATIONS or len(kept) < sum(one is not None for one in annotations):
        found.append(diagnose("remarks/too-many", None, most=len(kept)))
    numbers = {at: number for number, at in enumerate(kept, start=1)}
    reader = _Reader(record, sheet.left, sheet.top)
    remarks = tuple(
        reader.remark(numbers[at], one, _answered(kept, at), None if one.answers is None else numbers.get(one.answers))
        for at, one in kept.items()
    )
    return Outcome(Remarks(record, remarks), tuple(found))


class _Sheet(msgspec.Struct, frozen=True):
    """The page of the file that is the proof, and where on it the trim begins at its top left, in points."""

    page: Any
    left: float
    top: float


def _sheet_of(pdf: pikepdf.Pdf, record: PageRecord) -> tuple[_Sheet, list[int]]:
    """The proof's page, which may stand behind others in the file, and the numbers of other pages that have remarks."""
    pages: list[Any] = [pdf.pages[at] for at in range(min(len(pdf.pages), _MOST_PAGES))]
    trims = [_trim_of(page, record.page.trim) for page in pages]
    number = next((at for at, trim in enumerate(trims) if trim is not None), 0)
    others = [at + 1 for at, page in enumerate(pages) if at != number and any(annotations_of(page))]
    bleed, height = (one / SU_PER_PT for one in (record.page.bleed, record.page.trim.height))
    left, top = trims[number] or (bleed, bleed + height)  # another program took the trim away: as it was written
    return _Sheet(pages[number], left, top), others


def _trim_of(page: Any, trim: Rect) -> tuple[float, float] | None:
    """Left and top of the TrimBox, if it has the size of the page that was set."""
    try:
        edges = [float(page.obj.TrimBox[at]) for at in range(4)]
    except WRONG_KIND:
        return None
    (left, right), (low, top) = sorted(edges[::2]), sorted(edges[1::2])
    wanted = trim.width / SU_PER_PT, trim.height / SU_PER_PT
    return (left, top) if max(abs(right - left - wanted[0]), abs(top - low - wanted[1])) < 1 else None


def _bounded(annotations: Sequence[Annotation | None]) -> dict[int, Annotation]:
    """The annotations that are remarks, by their place in the list, while their boxes are not too many."""
    kept: dict[int, Annotation] = {}
    boxes = 0
    for at, one in enumerate(annotations):
        boxes += len(one.boxes) if one is not None else 0
        if boxes > MAX_BOXES:
            break
        if one is not None:
            kept[at] = one
    return kept


def _answered(kept: dict[int, Annotation], at: int) -> Annotation:
    """What an answer is about: the first remark of its conversation. Viewers put answers anywhere on the page."""
    seen = {at}
    while (one := kept[at]).answers is not None and not one.grouped and one.kind in _ANSWERS:
        at = one.answers
        if at not in kept or at in seen:
            return one
        seen.add(at)
    return one


class _Reader:
    def __init__(self, record: PageRecord, left: float, top: float) -> None:
        self._record = record
        self._left, self._top = left, top
        cells = cells_of(lines_of(record))
        self._rows = rows_of(cells)
        self._in_region: dict[str | None, list[Cell]] = {}
        for cell in cells:
            self._in_region.setdefault(self._region_at(cell.rect), []).append(cell)
        self._entries = {entry.key: entry for entry in record.entries}

    def remark(self, number: int, annotation: Annotation, about: Annotation, answers: int | None) -> Remark:
        boxes = [self._on_page(box) for box in about.boxes]
        place = _around(boxes)
        region = self._region_at(place)
        marked = self._marked(about.kind, boxes, place)
        if about.kind not in _MARKUP and len(marked) > _MOST_BY_HAND:
            region, marked = region if self._fills(place, region) else None, ()
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
            return self._at_point(place) or (self._beside(place) if kind == "caret" else ())
        marked = marked_by(boxes, self._rows, by_hand=kind not in _MARKUP)
        if kind in _MARKUP:
            return marked
        return marked or self._at_point(place)

    def _at_point(self, place: Rect) -> tuple[Marked, ...]:
        """The gap beside the middle of the mark, if the mark lies in a region that has text."""
        x, y = place.x + place.width // 2, place.y + place.height // 2
        region = self._region_at(place)
        gap = gap_at(x, y, self._in_region.get(region, ())) if region else None
        return (gap,) if gap else ()

    def _beside(self, place: Rect) -> tuple[Marked, ...]:
        """The gap that a caret stands at just outside its region: before a line's beginning or behind its end."""
        x, y = place.x + place.width // 2, place.y + place.height // 2
        gap = gap_at(x, y, [cell for row in self._rows for cell in row.cells], within=_BESIDE)
        return (gap,) if gap else ()

    def _region_at(self, place: Rect) -> str | None:
        """The smallest region that the middle of the place lies in."""
        x, y = place.x + place.width // 2, place.y + place.height // 2
        around = [
            (region.rect.width * region.rect.height, region.id)
            for region in self._record.page.regions
            if region.rect.x <= x <= region.rect.right and region.rect.y <= y <= region.rect.bottom
        ]
        return min(around)[1] if around else None

    def _fills(self, place: Rect, name: str | None) -> bool:
        """Whether a region is at least half as large as the mark."""
        sizes = (one.rect.width * one.rect.height for one in self._record.page.regions if one.id == name)
        return any(2 * size >= place.width * place.height for size in sizes)

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
