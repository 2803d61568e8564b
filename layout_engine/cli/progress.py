"""A sign of life for whoever waits at a terminal (进度); nothing in a pipe, nothing within the first second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final

from layout_engine.cli.console import Console

QUIET_SECONDS: Final = 1.0
_STEP_SECONDS: Final = 0.5
_CLEAR_LINE: Final = "\r\033[K"


@contextmanager
def progress(console: Console, quiet: float = QUIET_SECONDS) -> Iterator[None]:
    """While the work inside takes longer than `quiet` seconds, show for how long it has been going on."""
    if not console.is_watched:
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(console, done, quiet), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(console: Console, done: Event, quiet: float) -> None:
    begin = monotonic()
    if done.wait(quiet):
        return
    while not done.wait(_STEP_SECONDS):
        seconds = round(monotonic() - begin)
        console.err.write(_CLEAR_LINE + console.words(f"正在排版…… {seconds} 秒", f"setting pages ... {seconds} s"))
        console.err.flush()
    console.err.write(_CLEAR_LINE)
    console.err.flush()
