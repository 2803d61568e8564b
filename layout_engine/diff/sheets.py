"""Pages as sheets (版面): their size, pages that only one edition has, what a page says of itself besides its ink."""

from collections.abc import Iterator

from layout_engine.base.units import format_mm
from layout_engine.diff.geometry import extent
from layout_engine.diff.model import Change, Edition, Fact, Place, Side
from layout_engine.scene.items import ScenePage
from layout_engine.scene.record import PageRecord


def sheet_changes(old: PageRecord, new: PageRecord, near: int = 0) -> Iterator[Change]:
    """The page's own size, where it differs by more than `near`."""
    facts = []
    before, after = old.page.trim, new.page.trim
    if max(abs(before.width - after.width), abs(before.height - after.height)) > near:
        facts.append(Fact("trim", extent(old.page.trim), extent(new.page.trim)))
    if old.page.bleed != new.page.bleed:
        facts.append(Fact("bleed", format_mm(old.page.bleed), format_mm(new.page.bleed)))
    if facts:
        yield Change("geometry", "replace", _sheet(old.page), _sheet(new.page), tuple(facts))


def _sheet(page: ScenePage) -> Side:
    return Side("", places=(Place(page.number, "", (page.trim,)),))


def sheets_of_one_side(old: Edition, new: Edition) -> Iterator[Change]:
    """Pages that are gone or have come; what they say is told by stories."""
    before, after = ({record.page.number: record for record in edition.pages} for edition in (old, new))
    for number in sorted(before.keys() ^ after.keys()):
        if number in before:
            fact = Fact("page", extent(before[number].page.trim))
            yield Change("geometry", "delete", _sheet(before[number].page), None, (fact,))
        else:
            fact = Fact("page", "", extent(after[number].page.trim))
            yield Change("geometry", "insert", None, _sheet(after[number].page), (fact,))


def imprint_changes(old: Edition, new: Edition) -> Iterator[Change]:
    """Paper, date, number and name of a page where nothing that is printed says so: they stand in the file's record."""
    after = {record.page.number: record for record in new.pages}
    for record in old.pages:
        other = after.get(record.page.number)
        if other is None or old.words_only:
            continue
        was, is_now = _said(record), _said(other)
        if was != is_now:
            fact = Fact("imprint", was, is_now)
            yield Change("text", "replace", _sheet(record.page), _sheet(other.page), (fact,))


def _said(record: PageRecord) -> str:
    imprint = record.imprint
    return f"{imprint.paper} {imprint.date} {imprint.issue_number} {record.page.name}"
