"""When the disk says no (写不进去): the one exception that the store raises, and the finding that it carries.

Bad content never raises; this does, because nothing sensible can follow: whoever writes must stop.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, diagnose

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PRIMARY: Final = 0xFF  # SQLite's extended codes keep the primary one in the low byte


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
    except OSError as error:
        raise RefusedError(_of_disk(folder, error)) from error
    except sqlite3.Error as error:
        raise RefusedError(_of_index(folder, error)) from error


def _of_disk(folder: Path, error: OSError) -> Diagnostic:
    if error.errno in _FULL:
        return diagnose("store/disk-full", folder=folder)
    return diagnose("store/cannot-write", folder=folder, reason=error.strerror or type(error).__name__)


def _of_index(folder: Path, error: sqlite3.Error) -> Diagnostic:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code == sqlite3.SQLITE_FULL:
        return diagnose("store/disk-full", folder=folder)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return diagnose("store/busy", folder=folder)
    return diagnose("store/cannot-write", folder=folder, reason=error)
