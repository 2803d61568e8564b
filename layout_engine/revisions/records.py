"""The index and the numbered files say the same (对账): what a killed process left half done is finished here.

A revision is finished once its pointer file is there. Whatever the index lacks is read from the files, and a
pointer that was lost is written again from the index.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.revisions.index import TABLES, Index, Row, Table
from layout_engine.revisions.model import (
    FORMAT,
    Event,
    EventFile,
    Manifest,
    Pointer,
    Revision,
    faults_of,
    is_sha256,
    revision_of,
)
from layout_engine.revisions.numbered import Numbered
from layout_engine.revisions.objects import Objects

REMOVED: Final = "removed"  # the kind of event that clears a revision away

_Struct = TypeVar("_Struct", Manifest, Pointer, EventFile)


class Records:
    """The numbered files of a store as rows of its index."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        self.objects: Final = Objects(folder)
        self.pointers: Final = Numbered(folder, folder)
        self.event_files: Final = Numbered(folder, folder / "events")

    def files(self, table: Table) -> Numbered:
        """The numbered files that a table stands for."""
        return self.pointers if table == "revision" else self.event_files

    def name(self, table: Table, number: int) -> str:
        """What the numbered file is called as seen from the store."""
        return self.files(table).path(number).relative_to(self.folder).as_posix()

    def row(self, table: Table, number: int) -> Outcome[Row]:
        """One numbered file as a row of the index, or what is wrong with it."""
        file = self.name(table, number)
        try:
            data = self.files(table).read(number)
        except FileNotFoundError:
            return Outcome(None, (diagnose("store/lost-record", file=file),))
        except OSError as error:
            return Outcome(None, (_damaged(file, error.strerror or str(error)),))
        return self._row_of_revision(number, file, data) if table == "revision" else _row_of_event(number, file, data)

    def _row_of_revision(self, number: int, file: str, data: bytes) -> Outcome[Row]:
        pointer = decode(Pointer, data, file)
        if pointer.value is None:
            return Outcome(None, pointer.diagnostics)
        if pointer.value.number != number or not is_sha256(pointer.value.manifest):
            return Outcome(None, (_damaged(file, "number or hash"),))
        found = self.objects.read(pointer.value.manifest)
        if found.value is None:
            return Outcome(None, found.diagnostics)
        row = Row(number, pointer.value.manifest, found.value)
        revision = revision_in(row)
        return Outcome(row if revision.value else None, revision.diagnostics)


def catch_up(index: Index, records: Records) -> tuple[Diagnostic, ...]:
    """Make the index say what the files say; to be called inside a transaction. What cannot be read is told."""
    found: list[Diagnostic] = []
    for table in TABLES:
        written, known = set(records.files(table).numbers()), set(index.numbers(table))
        for number in sorted(written - known):
            row = records.row(table, number)
            found += row.diagnostics
            if row.value is not None:
                index.insert(table, row.value)
        gone = removed_in(index) if table == "revision" else frozenset()
        for row_lost in (row for row in index.rows(table) if row.number in known - written):
            if row_lost.number in gone:
                index.delete(table, row_lost.number)
            else:
                records.files(table).write(row_lost.number, _file_of(table, row_lost))
    return tuple(found)


def write_event(index: Index, records: Records, event: Event, undo: list[Callable[[], None]]) -> None:
    """Write a line of the log, inside a transaction; `undo` gets what takes it back."""
    body = encode(EventFile(FORMAT, event))
    index.insert("event", Row(event.number, sha256(body).hexdigest(), body))
    records.event_files.write(event.number, body)
    undo.append(partial(records.event_files.drop, event.number))


def agree(index: Index, records: Records) -> bool:
    """Whether index and files hold the same numbers."""
    return all(records.files(table).numbers() == index.numbers(table) for table in TABLES)


def next_number(index: Index, records: Records, table: Table) -> int:
    """The number after all that were ever given."""
    gone = removed_in(index) if table == "revision" else frozenset()
    return max((0, *records.files(table).numbers(), *index.numbers(table), *gone)) + 1


def removed_in(index: Index) -> frozenset[int]:
    """The numbers of the revisions that were cleared away."""
    events = (event_in(row).value for row in index.rows("event"))
    return frozenset(one.revision for one in events if one and one.kind == REMOVED and one.revision is not None)


def revision_in(row: Row) -> Outcome[Revision]:
    """The revision that a row tells of; the row may come from anywhere."""
    file = f"manifest {row.manifest[:12]}"
    manifest = decode(Manifest, row.body, file)
    if manifest.value is None:
        return Outcome(None, manifest.diagnostics)
    if manifest.value.number != row.number or sha256(row.body).hexdigest() != row.manifest:
        return Outcome(None, (_damaged(file, "number or hash"),))
    if faults := faults_of(manifest.value.revision):
        return Outcome(None, (_damaged(file, "; ".join(faults[:3])),))
    return Outcome(revision_of(manifest.value, row.manifest))


def event_in(row: Row) -> Outcome[Event]:
    """The event that a row tells of."""
    decoded = decode(EventFile, row.body, f"events/{row.number}")
    return Outcome(decoded.value.event if decoded.value else None, decoded.diagnostics)


def encode(value: Manifest | Pointer | EventFile) -> bytes:
    """A value as canonical JSON: equal values give equal bytes."""
    return msgspec.json.encode(value, order="sorted")


def decode(kind: type[_Struct], data: bytes, file: str) -> Outcome[_Struct]:
    """A value from its JSON, or what is wrong with it."""
    try:
        value = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Outcome(None, (_damaged(file, str(error)[:200]),))
    if value.format != FORMAT:
        return Outcome(None, (diagnose("store/newer", file=file, version=value.format, known=FORMAT),))
    return Outcome(value)


def pointer_to(number: int, manifest: str) -> bytes:
    """The bytes of a pointer file."""
    return encode(Pointer(FORMAT, number, manifest))


def _row_of_event(number: int, file: str, data: bytes) -> Outcome[Row]:
    decoded = decode(EventFile, data, file)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    if decoded.value.event.number != number:
        return Outcome(None, (_damaged(file, "number"),))
    return Outcome(Row(number, sha256(data).hexdigest(), data))


def _file_of(table: Table, row: Row) -> bytes:
    return pointer_to(row.number, row.manifest) if table == "revision" else row.body


def _damaged(file: str, reason: str) -> Diagnostic:
    return diagnose("store/damaged-record", file=file, reason=reason)
