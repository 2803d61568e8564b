"""The store itself (版次库): put contents, make a revision of them, find it again.

    store = open_store(Path("output/2024-05-21/revisions")).value
    made = store.record(lambda number: NewRevision(..., files=(store.put_as("pages/01.pdf", draw(number)),)))

A revision is finished, whole and forced to the disk, when `add` or `record` returns it; whatever happens before
leaves nothing but contents that nobody refers to.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, Self

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.revisions.checking import check
from layout_engine.revisions.collecting import KEPT, Collected, carry_out, plan
from layout_engine.revisions.index import NAME, SCHEMA, NewerError, Row
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
from layout_engine.revisions.opening import PATIENCE, Opened, open_index
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
from layout_engine.revisions.references import find
from layout_engine.revisions.refused import RefusedError, refusing

_PATIENCE_ALONE: Final = 5.0  # seconds; who clears away can come back later


class TakenError(Exception):
    """Another process took the number that a revision was made for."""


class Store:
    """An open store, for one process and one thread. To be closed, or used in a `with`."""

    def __init__(self, folder: Path, records: Records, opened: Opened) -> None:
        self.folder: Final = folder
        self.records: Final = records
        self.index: Final = opened.index
        self._refusal: Final = opened.refusal
        self._lock: Final = Lock(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index and the lock. What was put and not recorded may then be cleared away."""
        self.index.close()
        self._lock.release()

    def put(self, data: bytes) -> str:
        """Keep a content; its SHA-256. RefusedError where the disk is full."""
        with refusing(self.folder):
            self._hold()
            return self.records.objects.put(data)

    def put_file(self, path: Path) -> str:
        """Keep the content of a file as it is while it is copied; its SHA-256. OSError where it cannot be read."""
        return self.put_as(path.name, path).sha256

    def put_as(self, name: str, content: bytes | Path) -> StoredFile:
        """Keep a content, or that of a file, as file `name` of a revision to come."""
        if isinstance(content, bytes):
            return StoredFile(name, self.put(content), len(content))
        with content.open("rb", buffering=0) as stream, refusing(self.folder):
            self._hold()
            return StoredFile(name, *self.records.objects.put_stream(stream))

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
                while True:
                    with suppress(FileExistsError), self.index.writing() as undo:  # one whose index was replaced
                        return self._add(new, expected, undo)
            finally:
                if expected is None:
                    self._lock.release()

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
            self._lock.release()

    def revisions(self) -> tuple[Revision, ...]:
        """All revisions, by number. What cannot be read is left out here and told by `check`."""
        with refusing(self.folder):
            found = (revision_in(row).value for row in self.index.rows("revision"))
            return tuple(one for one in found if one is not None)

    def find(self, reference: str) -> Outcome[Revision]:
        """The revision that `3`, `r3`, `latest`, `latest~1` or the beginning of an id means."""
        return find(reference, self.revisions(), self.events())

    def append_event(
        self, kind: str, at: str, by: str, text: str, revision: int | None = None, facts: dict[str, str] | None = None
    ) -> Event:
        """Write a line into the log: of one revision, or of the whole issue."""
        self._must_be_writable()
        with refusing(self.folder), self._holding(), self.index.writing() as undo:
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

    def check(self) -> tuple[Diagnostic, ...]:
        """Whether everything is still there and as it was: every hash, every file of every revision, the index."""
        with refusing(self.folder), self._holding():
            self._catch_up()
            return check(self.index, self.records)

    def collect(self, *, keep: int = KEPT, at: str = "", by: str = "", dry_run: bool = False) -> Collected:
        """Clear away all but the last `keep` proofs and galleys, and every content that nothing refers to.

        What was signed, released or has facts stays. The log says of each revision who cleared it away and when;
        its number is not given again. With `dry_run` nothing is touched. RefusedError while somebody writes.
        """
        if dry_run:
            with refusing(self.folder), self._holding():
                return plan(self.index, self.records, keep)
        self._must_be_writable()
        with refusing(self.folder), self._holding(alone=True):
            self._catch_up()
            planned = plan(self.index, self.records, keep)
            carry_out(planned, self.index, self.records, at, by)
            return planned

    @contextmanager
    def _holding(self, *, alone: bool = False) -> Iterator[None]:
        """Hold the store while inside, so that nothing is cleared away; `alone`, that nobody writes either."""
        if self._refusal or (self._lock.is_held and not alone):
            yield
            return
        self._lock.take(alone=alone, patience=_PATIENCE_ALONE if alone else PATIENCE)
        try:
            yield
        finally:
            self._lock.release()

    def _catch_up(self) -> None:
        if self._refusal is None and not agree(self.index, self.records):
            with self.index.writing():
                catch_up(self.index, self.records)

    def _hold(self) -> None:
        """Hold it from the first content that is put until the revision is made, or the store is closed."""
        self._must_be_writable()
        if not self._lock.is_held:
            self._lock.take(alone=False, patience=PATIENCE)

    def _must_be_writable(self) -> None:
        if self._refusal is not None:
            raise RefusedError(self._refusal)

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
    """The store in `folder`, which is made if there is none; what a killed process left half done is finished.

    A lost or damaged index is made anew and told as a warning. Where nothing can be written, on a full disk
    say, the store opens to be read, and refuses what would be written.
    """
    records = Records(folder)
    try:
        with refusing(folder):
            opened = open_index(folder, records)
    except RefusedError as refused:
        return Outcome(None, (refused.diagnostic,))
    except NewerError as newer:
        return Outcome(None, (diagnose("store/newer", file=NAME, version=newer.args[0], known=SCHEMA),))
    return Outcome(Store(folder, records, opened), opened.found)
