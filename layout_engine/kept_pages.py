"""Pages out of the store (存档版面): a revision's records, and which lines of a page are not as they were in it."""

from collections.abc import Sequence
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.base.geometry import Rect
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Edition
from layout_engine.proof.placing import lines_of
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store
from layout_engine.scene.record import PageRecord, decode_record

PAGES: Final = "pages"
_RECORD: Final = ".json"


def record_name(page: int) -> str:
    """The name of a page's record in a revision."""
    return f"{PAGES}/{page:02}{_RECORD}"


def kept_record(store: Store, revision: Revision, page: int) -> Outcome[PageRecord]:
    """The record of a page in a revision; None without a finding where the revision does not have the page."""
    file = revision.file(record_name(page))
    if file is None:
        return Outcome(None)
    data = store.read(file.sha256)
    if data.value is None:
        return Outcome(None, data.diagnostics)
    return decode_record(data.value)


def kept_records(store: Store, revision: Revision) -> Outcome[tuple[PageRecord, ...]]:
    """The records of all pages of a revision, by number; what cannot be read is told and left out."""
    found: list[Diagnostic] = []
    records = []
    for number in pages_of(revision):
        record = kept_record(store, revision, number)
        found += record.diagnostics
        records += [record.value] if record.value is not None else []
    return Outcome(tuple(records), tuple(found))


def pages_of(revision: Revision) -> tuple[int, ...]:
    """The numbers of the pages that the revision has."""
    return tuple(sorted(int(stem) for one in revision.files if (stem := _stem(one.name)).isdecimal()))


def _stem(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return file.removesuffix(_RECORD) if folder == PAGES and file.endswith(_RECORD) else ""


def last_proof_of(revisions: Sequence[Revision], page: int) -> Revision | None:
    """The latest proof that has the page."""
    having = [one for one in revisions if one.kind == "proof" and one.file(record_name(page)) is not None]
    return max(having, key=lambda one: one.number, default=None)


def proof_of(store: Store, number: int) -> Outcome[Revision]:
    """The proof of this number; None, and why, where there is none, or the revision is something else."""
    found = store.find(str(number))
    if found.value is None or found.value.kind == "proof":
        return found
    return Outcome(None, (diagnose("store/not-a-proof", None, revision=number),))


def changed_lines(old: PageRecord, new: PageRecord) -> tuple[Rect, ...]:
    """The lines of the new page in which words are not as they were, each once, in reading order."""
    compared = compare(Edition("", (old,)), Edition("", (new,)))
    rects = [
        rect
        for change in compared.of_class("text")
        if change.new is not None
        for place in change.new.places
        if place.page == new.page.number
        for rect in place.rects
    ]
    return tuple(line.rect for line in lines_of(new) if any(_is_on(rect, line.rect) for rect in rects))


def _is_on(rect: Rect, line: Rect) -> bool:
    """Whether the middle of the rectangle lies on the line; at a line's end it may be a point."""
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    return line.x <= x <= line.right and line.y <= y <= line.bottom
