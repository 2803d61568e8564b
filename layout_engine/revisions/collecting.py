"""Clear old proofs away (清理): by a rule that never touches what was signed, released or noted."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from layout_engine.base.diagnostics import diagnose
from layout_engine.revisions.durable import left_aside
from layout_engine.revisions.index import Index
from layout_engine.revisions.model import Event, Kind, Revision
from layout_engine.revisions.records import (
    REMOVED,
    Records,
    event_in,
    next_number,
    removed_in,
    revision_in,
    write_event,
)
from layout_engine.revisions.refused import RefusedError

KEPT: Final = 20  # revisions of each kind, where nobody says otherwise
_CLEARED: Final[tuple[Kind, ...]] = ("proof", "galley")  # releases and replacements stay for good


class Collected(msgspec.Struct, frozen=True):
    """What was cleared away, or would be: revisions, contents that nothing refers to, and their bytes."""

    revisions: tuple[int, ...]
    kept: tuple[int, ...]
    objects: tuple[str, ...]
    bytes: int
    bytes_kept: int


def plan(index: Index, records: Records, keep: int) -> Collected:
    """What would go: all but the last `keep` proofs and galleys, and every content that nothing refers to.

    The latest that has a file of some name stays too: the last proof of a page, however often others were proved
    since. RefusedError where a revision cannot be read: nobody knows then which contents are that one's.
    """
    rows = index.rows("revision")
    revisions = [one for row in rows if (one := revision_in(row).value)]
    readable = {one.number for one in revisions}
    for number in (*records.pointers.numbers(), *(row.number for row in rows)):
        if number not in readable:
            raise RefusedError(diagnose("store/not-cleared", revision=number))
    going = _going(revisions, index, max(1, keep))
    used = {file.sha256 for one in revisions if one.number not in going for file in one.files}
    used |= {row.manifest for row in rows if row.number not in going}
    unused = tuple(one for one in records.objects.all() if one not in used)
    return Collected(
        tuple(sorted(going)),
        tuple(sorted(readable - going)),
        unused,
        _bytes(records, unused),
        _bytes(records, used),
    )


def carry_out(planned: Collected, index: Index, records: Records, at: str, by: str) -> None:
    """Clear away what was planned, while nobody writes. Killed at any moment, it is finished the next time."""
    going = frozenset(planned.revisions)
    already = removed_in(index)
    for row in index.rows("revision"):  # first the log, so that a missing number is always accounted for
        one = revision_in(row).value
        if one and one.number in going - already:
            with index.writing() as undo:
                number = next_number(index, records, "event")
                event = Event(number, REMOVED, at, by, one.note, one.number, {"id": one.id, "kind": one.kind})
                write_event(index, records, event, undo)
    with index.writing():
        for number in planned.revisions:
            records.pointers.drop(number)
            index.delete("revision", number)
    for digest in planned.objects:
        records.objects.drop(digest)
    for path in left_aside(records.folder):
        path.unlink(missing_ok=True)


def _going(revisions: Sequence[Revision], index: Index, keep: int) -> frozenset[int]:
    """The revisions that may go: old, and nobody has put a name or a fact to them."""
    events = (event_in(row).value for row in index.rows("event"))
    named = {one.revision for one in events if one and one.kind != REMOVED}
    last = {number for kind in _CLEARED for number in [one.number for one in revisions if one.kind == kind][-keep:]}
    last |= set({(one.kind, file.name): one.number for one in revisions for file in one.files}.values())
    return frozenset(
        one.number
        for one in revisions
        if one.kind in _CLEARED and not one.facts and one.number not in named and one.number not in last
    )


def _bytes(records: Records, hashes: Iterable[str]) -> int:
    return sum(records.objects.size(one) or 0 for one in hashes)
