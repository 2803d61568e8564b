"""The index of a store (索引): SQLite, so that many read while one writes, and two writers get two numbers.

It holds nothing that the files beside it do not hold too, and can be made from them at any time.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Final, Literal

Table = Literal["revision", "event"]

TABLES: Final[tuple[Table, ...]] = ("event", "revision")  # what was removed is known before what is there
NAME: Final = "index.sqlite"
SIDE_FILES: Final = ("", "-wal", "-shm")
SCHEMA: Final = 1  # in the database's user_version
_PATIENCE: Final = 30.0  # seconds to wait for another writer
_PAUSE: Final = 0.02  # seconds
PRIMARY: Final = 0xFF  # extended codes of results keep the primary one in the low byte
BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_MODE: Final = 0o666  # less the user's mask; SQLite's own choice would shut colleagues out
_COLUMNS: Final = "number INTEGER PRIMARY KEY, manifest TEXT NOT NULL, body BLOB NOT NULL"


class NewerError(Exception):
    """The index was written by a later version, whose number of the schema is `args[0]`."""


class Row:
    """One line of a table: a number, the hash of what it stands for, and that itself."""

    __slots__ = ("body", "manifest", "number")

    def __init__(self, number: int, manifest: str, body: bytes) -> None:
        self.number: Final = number
        self.manifest: Final = manifest
        self.body: Final = body


class Index:
    """An open index. What SQLite refuses comes out as its own errors: see refused.py."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the index at `path`; in memory without one."""
        if path is not None:
            _make(path)
        self._db: Final = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
        try:
            self._prepare_patiently()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[list[Callable[[], None]]]:
        """One transaction, alone; undone if anything goes wrong inside, with what is in the list that it gives."""
        self._db.execute("BEGIN IMMEDIATE")
        undo: list[Callable[[], None]] = []
        try:
            yield undo
            self._db.execute("COMMIT")
        except BaseException:
            for one in reversed(undo):
                with suppress(OSError):
                    one()
            with suppress(sqlite3.Error):  # SQLite has undone it by itself when the disk was full
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            raise

    def numbers(self, table: Table) -> tuple[int, ...]:
        """The numbers in a table, in order."""
        return tuple(number for (number,) in self._db.execute(f"SELECT number FROM {table} ORDER BY number"))

    def rows(self, table: Table) -> tuple[Row, ...]:
        """The lines of a table, by number."""
        found = self._db.execute(f"SELECT number, manifest, body FROM {table} ORDER BY number")
        return tuple(Row(int(number), str(manifest), bytes(body)) for number, manifest, body in found)

    def insert(self, table: Table, row: Row) -> None:
        """Add a line."""
        values = (row.number, row.manifest, row.body)
        self._db.execute(f"INSERT INTO {table} (number, manifest, body) VALUES (?, ?, ?)", values)

    def delete(self, table: Table, number: int) -> None:
        """Take a line out."""
        self._db.execute(f"DELETE FROM {table} WHERE number = ?", (number,))

    def faults(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with the file."""
        said = [str(text) for (text,) in self._db.execute("PRAGMA integrity_check(20)")]
        return () if said == ["ok"] else tuple(said)

    def _prepare_patiently(self) -> None:
        """SQLite does not wait by itself while another process makes the same new file."""
        for _ in range(round(_PATIENCE / _PAUSE)):
            try:
                return self._prepare()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & PRIMARY not in BUSY:
                    raise
            sleep(_PAUSE)
        return self._prepare()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA trusted_schema = OFF")  # the file may come from anywhere
        self._db.execute("PRAGMA cell_size_check = ON")
        version = self._version()
        if version > SCHEMA:
            raise NewerError(version)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if version == SCHEMA:
            return
        with self.writing():
            if self._version() == SCHEMA:  # another process was quicker
                return
            for table in TABLES:
                self._db.execute(f"CREATE TABLE {table} ({_COLUMNS})")
            self._db.execute(f"PRAGMA user_version = {SCHEMA}")

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])


def _make(path: Path) -> None:
    """Make an empty index, or see that what is there is a file.

    One that is there is not opened: whoever closes a file lets go of all locks that his process has on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _MODE))
    for side in SIDE_FILES:
        beside = path.with_name(path.name + side)
        if os.path.lexists(beside) and (beside.is_symlink() or not beside.is_file()):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(beside))
