"""When the disk says no (写不进去): the one exception that the store raises, and the finding that it carries.

Bad content never raises; this does, because nothing sensible can follow: whoever writes must stop.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.revisions.index import BUSY, PRIMARY

_NO_WRITING: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_TROUBLE: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})  # what SQLite says of a full disk, too
_LITTLE: Final = 1 << 17  # bytes that SQLite needs beside its file to work at all
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class RefusedError(OSError):
    """The store could not do what it was asked for; everything that it held before it holds still."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message("en"))
        self.diagnostic: Final = diagnostic


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Whatever the disk or the index refuses inside becomes a `RefusedError`."""
    try:
        yield
    except RefusedError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise RefusedError(refusal(folder, error)) from error


def refusal(folder: Path, error: OSError | sqlite3.Error) -> Diagnostic:
    """What an error of the disk or of the index says to a person."""
    return _of_disk(folder, error) if isinstance(error, OSError) else _of_index(folder, error)


def _of_disk(folder: Path, error: OSError) -> Diagnostic:
    if error.errno in _FULL:
        return diagnose("store/disk-full", folder=folder)
    if error.errno in _NO_WRITING:
        return diagnose("store/read-only", folder=folder)
    return diagnose("store/cannot-write", folder=folder, reason=error.strerror or type(error).__name__)


def _of_index(folder: Path, error: sqlite3.Error) -> Diagnostic:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code == sqlite3.SQLITE_FULL or (code in _TROUBLE and _is_full(folder)):
        return diagnose("store/disk-full", folder=folder)
    if code == sqlite3.SQLITE_READONLY:
        return diagnose("store/read-only", folder=folder)
    if code in BUSY:
        return diagnose("store/busy", folder=folder)
    return diagnose("store/cannot-write", folder=folder, reason=error)


def _is_full(folder: Path) -> bool:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LITTLE
