"""The store itself (版次库): put contents, make a revision of them, find it again.

    store = open_store(Path("output/2024-05-21/revisions")).value
    made = store.record(lambda number: NewRevision(..., files=(store.put_as("pages/01.pdf", draw(number)),)))

A revision is finished, whole and forced to the disk, when `add` or `record` returns it; whatever happens before
leaves nothing but contents that nobody refers to.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, Self

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.revisions.durable import make_folder
from layout_engine.revisions.index import NAME, SCHEMA, Index, NewerError, Row
from layout_engine.revisions.lock import Lock
from layout_engine.revisions.model import (
    FORMAT,
    Event,
    Manifest,
    NewRevision,
    Revision,
    StoredFile,
    faults_of,
    revision_of,
)
from layout_engine.revisions.records import (
    Records,
    agree,
    catch_up,
    encode,
    event_in,
    next_number,
    pointer_to,
    revision_in,
    write_event,
)
from layout_engine.revisions.refused import RefusedError, refusing

PATIENCE: Final = 30.0  # seconds that a writer waits for one who clears away


class TakenError(Exception):
    """Another process took the number that a revision was made for."""


class Store:
    """An open store, for one process and one thread. To be closed, or used in a `with`."""

    def __init__(self, folder: Path, index: Index, records: Records) -> None:
        self.folder: Final = folder
        self.index: Final = index
        self.records: Final = records
        self.lock: Final = Lock(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index and the lock. What was put and not recorded may then be cleared away."""
        self.index.close()
        self.lock.release()

    def put(self, data: bytes) -> str:
        """Keep a content; its SHA-256. RefusedError where the disk is full."""
        with refusing(self.folder):
            self._hold()
            return self.records.objects.put(data)

    def put_file(self, path: Path) -> str:
        """Keep the content of a file; its SHA-256."""
        with refusing(self.folder):
            self._hold()
            return self.records.objects.put_file(path)[0]

    def put_as(self, name: str, content: bytes | Path) -> StoredFile:
        """Keep a content, or that of a file, as file `name` of a revision to come."""
        if isinstance(content, bytes):
            return StoredFile(name, self.put(content), len(content))
        with refusing(self.folder):
            self._hold()
            return StoredFile(name, *self.records.objects.put_file(content))

    def read(self, sha256: str) -> Outcome[bytes]:
        """A content, its hash verified; or what is wrong with it."""
        return self.records.objects.read(sha256)

    def next_number(self) -> int:
        """The number that the next revision gets, if no other process is quicker."""
        with refusing(self.folder):
            return next_number(self.index, self.records, "revision")

    def add(self, new: NewRevision, expected: int | None = None) -> Revision:
        """Make a revision of contents that were put; TakenError if its number would not be the `expected` one."""
        if faults := faults_of(new):
            raise ValueError(f"no revision can hold: {'; '.join(faults)}")
        with refusing(self.folder):
            self._hold()
            try:
                with self.index.writing() as undo:
                    return self._add(new, expected, undo)
            finally:
                if expected is None:
                    self.lock.release()

    def record(self, make: Callable[[int], NewRevision]) -> Outcome[Revision]:
        """Make a revision whose files bear its number; `make` is called again if another process took that.

        What the disk refuses is told as a finding.
        """
        try:
            while True:
                number = self.next_number()
                with suppress(TakenError):  # each time another revision was finished: it cannot go on for ever
                    return Outcome(self.add(make(number), number))
        except RefusedError as refused:
            return Outcome(None, (refused.diagnostic,))
        finally:
            self.lock.release()

    def revisions(self) -> tuple[Revision, ...]:
        """All revisions, by number. What cannot be read is left out here and told by `check`."""
        with refusing(self.folder):
            found = (revision_in(row).value for row in self.index.rows("revision"))
            return tuple(one for one in found if one is not None)

    def append_event(
        self, kind: str, at: str, by: str, text: str, revision: int | None = None, facts: dict[str, str] | None = None
    ) -> Event:
        """Write a line into the log: of one revision, or of the whole issue."""
        with refusing(self.folder), self.index.writing() as undo:
            catch_up(self.index, self.records)
            number = next_number(self.index, self.records, "event")
            event = Event(number, kind, at, by, text, revision, facts or {})
            write_event(self.index, self.records, event, undo)
            return event

    def events(self) -> tuple[Event, ...]:
        """The log, in the order in which it was written."""
        with refusing(self.folder):
            found = (event_in(row).value for row in self.index.rows("event"))
            return tuple(one for one in found if one is not None)

    def _hold(self) -> None:
        if not self.lock.is_held:
            self.lock.take(alone=False, patience=PATIENCE)

    def _add(self, new: NewRevision, expected: int | None, undo: list[Callable[[], None]]) -> Revision:
        catch_up(self.index, self.records)
        number = next_number(self.index, self.records, "revision")
        if expected is not None and number != expected:
            raise TakenError
        for one in new.files:
            if self.records.objects.size(one.sha256) != one.size:
                raise ValueError(f"{one.name} was not put, or is not of {one.size} bytes")
        manifest = Manifest(FORMAT, number, new)
        body = encode(manifest)
        digest = self.records.objects.put(body)
        self.index.insert("revision", Row(number, digest, body))
        self.records.pointers.write(number, pointer_to(number, digest))
        undo.append(partial(self.records.pointers.drop, number))
        return revision_of(manifest, digest)


def open_store(folder: Path) -> Outcome[Store]:
    """The store in `folder`, which is made if there is none; what a killed process left half done is finished."""
    try:
        with refusing(folder):
            make_folder(folder)
            records = Records(folder)
            index = Index(folder / NAME)
            found = () if agree(index, records) else _catch_up(index, records)
    except RefusedError as refused:
        return Outcome(None, (refused.diagnostic,))
    except NewerError as newer:
        return Outcome(None, (diagnose("store/newer", file=NAME, version=newer.args[0], known=SCHEMA),))
    return Outcome(Store(folder, index, records), found)


def _catch_up(index: Index, records: Records) -> tuple[Diagnostic, ...]:
    with index.writing():
        return catch_up(index, records)
