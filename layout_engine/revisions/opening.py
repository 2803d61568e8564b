"""Open the index of a store (开库), whatever became of it: new, lost, damaged, or on a disk that takes no writing."""

import os
import sqlite3
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.revisions.durable import make_folder
from layout_engine.revisions.index import NAME, PRIMARY, SIDE_FILES, Index
from layout_engine.revisions.lock import Lock
from layout_engine.revisions.records import Records, agree, catch_up
from layout_engine.revisions.refused import RefusedError, refusal

PATIENCE: Final = 30.0  # seconds to wait for another process that writes or clears away
_DAMAGED: Final = "damaged-index.sqlite"  # where an index goes that cannot be read
_UNREADABLE: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})


class Opened(msgspec.Struct, frozen=True):
    """An open index that says what the files say, why nothing can be written, and what was found on the way."""

    index: Index
    refusal: Diagnostic | None
    found: tuple[Diagnostic, ...]


def open_index(folder: Path, records: Records) -> Opened:
    """The index of the store in `folder`; what the disk refuses comes out as the errors of OSError and SQLite."""
    try:
        return _open_to_write(folder, records)
    except (OSError, sqlite3.Error) as error:
        if not folder.is_dir() or isinstance(error, RefusedError):
            raise
        index = Index(None)  # nothing can be written: everything can be read all the same
        return Opened(index, refusal(folder, error), _catch_up(index, records))


def _open_to_write(folder: Path, records: Records) -> Opened:
    make_folder(folder)
    Lock(folder).make()
    try:
        return _open(folder, records)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    lock = Lock(folder)
    lock.take(alone=True, patience=PATIENCE)
    try:
        return _open_anew(folder, records)
    finally:
        lock.release()


def _open(folder: Path, records: Records) -> Opened:
    path = folder / NAME
    was_there = os.path.lexists(path)
    index = Index(path)
    try:
        found = () if agree(index, records) else _catch_up(index, records)
        index.rows("revision"), index.rows("event")  # a damaged page shows itself now
    except BaseException:
        index.close()
        raise
    lost = not was_there and records.pointers.numbers()
    return Opened(index, None, (_rebuilt(index), *found) if lost else found)


def _open_anew(folder: Path, records: Records) -> Opened:
    """Put the damaged index aside and make another from the files."""
    try:
        return _open(folder, records)  # another process may have done it while this one waited
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    for side in SIDE_FILES:
        path = folder / f"{NAME}{side}"
        if os.path.lexists(path):
            os.replace(path, folder / f"{_DAMAGED}{side}")
    opened = _open(folder, records)
    found = tuple(one for one in opened.found if one.code != "store/index-rebuilt")
    return Opened(opened.index, None, (_rebuilt(opened.index, folder / _DAMAGED), *found))


def _catch_up(index: Index, records: Records) -> tuple[Diagnostic, ...]:
    with index.writing():
        return catch_up(index, records)


def _rebuilt(index: Index, kept: Path | str = "") -> Diagnostic:
    return diagnose("store/index-rebuilt", revisions=len(index.numbers("revision")), kept=kept)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    return code in _UNREADABLE or code == sqlite3.SQLITE_ERROR  # the latter: tables that are not ours
