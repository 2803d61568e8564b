"""Who may clear away while others write (锁): many writers at once, or one that clears away, never both.

Contents are put before the revision that names them; without this, clearing away would take them for orphans.
"""

import errno
import fcntl
import os
from pathlib import Path
from time import sleep
from typing import Final

from layout_engine.base.diagnostics import diagnose
from layout_engine.revisions.refused import RefusedError

_NAME: Final = "lock"
_PAUSE: Final = 0.02  # seconds between two attempts
_MODE: Final = 0o666  # less the user's mask: colleagues share a store
_TAKEN: Final = frozenset({errno.EAGAIN, errno.EACCES})


class Lock:
    """The lock of one store as held by one process. The system lets go of it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this process holds it."""
        return self._handle is not None

    def make(self) -> None:
        """Make its file, where it is not there: so a disk that takes no writing shows itself."""
        os.close(self._open())

    def take(self, *, alone: bool, patience: float) -> None:
        """Take it, with others or alone; `store/busy` when it cannot be had within `patience` seconds."""
        handle = self._open()
        attempts = max(1, round(patience / _PAUSE))
        for attempt in range(attempts):
            try:
                fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in _TAKEN:
                    os.close(handle)
                    raise
                if attempt + 1 < attempts:
                    sleep(_PAUSE)
            else:
                self._handle = handle
                return
        os.close(handle)
        raise RefusedError(diagnose("store/busy", folder=self._folder))

    def release(self) -> None:
        """Let go of it."""
        if self._handle is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)  # a forked child may hold the file open still
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        return os.open(self._folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _MODE)
