"""Many pages on all cores (并行): the same pages in the same order, whatever the number of cores.

Pages are independent once the inputs are read, so they are dealt out to forked processes, which share what has been
read without copying it. Few pages are quicker alone: a process costs some twenty milliseconds.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from layout_engine.base.stopwatch import Stopwatch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LEAST_PAGES: Final = 4

P = TypeVar("P")
R = TypeVar("R")


class WorkerDiedError(RuntimeError):
    """A process that printed pages ended without a word: out of memory, or killed."""


def print_pages(
    print_page: Callable[[P, Stopwatch], R], pages: Sequence[P], watch: Stopwatch, *, alone: bool = False
) -> list[R]:
    """`print_page(page, watch)` for each page, in the pages' order; in this process if `alone` or if they are few.

    An exception in another process is raised here. Stage times are added up over the processes.
    """
    processes = 1 if alone or len(pages) < LEAST_PAGES or not _can_fork() else min(os.cpu_count() or 1, len(pages))
    if processes == 1:
        return [print_page(page, watch) for page in pages]
    return _deal_out(print_page, pages, watch, processes)


def _can_fork() -> bool:
    """Forking is safe on Linux alone: macOS has libraries that do not survive it, Windows has none."""
    return sys.platform == "linux"


def _deal_out(print_page: Callable[[P, Stopwatch], R], pages: Sequence[P], watch: Stopwatch, processes: int) -> list[R]:
    from multiprocessing import get_context  # noqa: PLC0415  # a build of one page does not pay for it

    context = get_context("fork")
    workers = []
    for number in range(processes):
        here, there = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(print_page, pages[number::processes], there), daemon=True)
        worker.start()
        there.close()
        workers.append((worker, here))
    results: dict[int, R] = {}
    failures: list[BaseException] = []
    for number, (worker, here) in enumerate(workers):
        try:
            outcome = here.recv()
        except EOFError:
            outcome = WorkerDiedError("a process that printed pages ended without a word")
        worker.join()
        if isinstance(outcome, BaseException):
            failures.append(outcome)
            continue
        printed, timings_ms = outcome
        results.update(zip(range(number, len(pages), processes), printed, strict=True))
        for stage, spent in timings_ms.items():
            watch.timings_ms[stage] = watch.timings_ms.get(stage, 0.0) + spent
    if failures:
        raise failures[0]
    return [results[number] for number in range(len(pages))]


def _work(print_page: Callable[[Any, Stopwatch], Any], pages: Sequence[Any], there: "Connection") -> None:
    watch = Stopwatch()
    try:
        there.send(([print_page(page, watch) for page in pages], watch.timings_ms))
    except Exception as error:  # every fault belongs to the process that asked
        there.send(error)
    finally:
        there.close()
