"""A piece of work done in a process of its own (另起进程): begun now, waited for when its fruit is wanted.

Meant for work that leaves what it made in the cache: whoever waits looks there, and does the work himself if the
process could not. So nothing is sent, and nothing is lost by a process that dies.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress


def can_fork() -> bool:
    """Forking is safe on Linux alone: macOS has libraries that do not survive it, Windows has none."""
    return sys.platform == "linux"


def begin_apart(work: Callable[[], object]) -> Callable[[], None] | None:
    """Begin `work` in a forked process and give what waits for its end; None where processes cannot be forked."""
    if not can_fork():
        return None
    pid = os.fork()
    if pid == 0:
        _work_and_leave(work)

    def wait() -> None:
        with suppress(ChildProcessError):  # somebody else has waited for every child
            os.waitpid(pid, 0)

    return wait


def _work_and_leave(work: Callable[[], object]) -> None:
    """Do it and end at once: nothing of the process that asked is closed, flushed or taken down."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that asked
        work()
    finally:
        os._exit(0)
