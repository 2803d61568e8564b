"""Is everything still there, and as it was (清点版次库): every hash, every file of every revision, the index."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.revisions.durable import left_aside
from layout_engine.revisions.index import TABLES, Index, Row
from layout_engine.revisions.objects import State
from layout_engine.revisions.records import Records, removed_in, revision_in

_MOST_GAPS: Final = 20  # told one by one


def check(index: Index, records: Records) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a store; orphans and leavings are told as notes, for they do no harm."""
    found: list[Diagnostic] = []
    try:
        found += [diagnose("store/index-damaged", reason=one[:200]) for one in index.faults()]
        rows, gone = index.rows("revision"), removed_in(index)
        found += _records(index, records)
    except sqlite3.DatabaseError as error:
        return (*found, diagnose("store/index-damaged", reason=error))
    numbers = {*(row.number for row in rows), *records.pointers.numbers(), *gone}
    missing = (number for number in range(1, max(numbers, default=0)) if number not in numbers)
    found += [diagnose("store/gap", revision=number) for number in islice(missing, _MOST_GAPS)]
    found += _contents(records, rows)
    found += [diagnose("store/stranger", file=f"objects/{name[:100]}") for name in records.objects.strangers()]
    if left := left_aside(records.folder):
        found.append(diagnose("store/leavings", count=len(left)))
    return tuple(found)


def _records(index: Index, records: Records) -> Iterator[Diagnostic]:
    """Pointers and events that cannot be read, or say something else than the index."""
    for table in TABLES:
        by_number = {row.number: row for row in index.rows(table)}
        for number in sorted({*by_number, *records.files(table).numbers()}):
            read, known = records.row(table, number), by_number.get(number)
            yield from read.diagnostics
            if read.value and known and (read.value.manifest, read.value.body) != (known.manifest, known.body):
                yield diagnose("store/index-differs", record=records.name(table, number))


def _contents(records: Records, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    """Files of revisions that are gone or changed, and what nothing refers to."""
    states: dict[str, State] = {}
    for row in rows:
        revision = revision_in(row).value
        if revision is None:  # told already
            continue
        for file in revision.files:
            state = states.get(file.sha256) or records.objects.state(file.sha256)
            states[file.sha256] = state
            if state != "whole":
                code = "store/missing-file" if state == "missing" else "store/damaged-file"
                yield diagnose(code, revision=revision.number, name=file.name, hash=file.sha256)
            elif records.objects.size(file.sha256) != file.size:
                yield diagnose("store/damaged-file", revision=revision.number, name=file.name, hash=file.sha256)
    used = {*states, *(row.manifest for row in rows)}
    orphans = [one for one in records.objects.all() if one not in used]
    yield from (diagnose("store/damaged-object", hash=one) for one in orphans if records.objects.state(one) != "whole")
    if orphans:
        size = sum(records.objects.size(one) or 0 for one in orphans)
        yield diagnose("store/orphans", count=len(orphans), bytes=size)
