"""Many pages on all cores (并行): the same pages in the same order, whatever the number of cores.

Pages are independent once the inputs are read, so they are dealt out to forked processes, which share what has been
read without copying it. Few pages are quicker alone: a process costs some twenty milliseconds.

The process that asked is the only one that speaks to anybody: Ctrl-C reaches it alone, and with it end the others,
however it ends.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from layout_engine.apart import can_fork
from layout_engine.base.stopwatch import Stopwatch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

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
    few = alone or len(pages) < LEAST_PAGES or not can_fork()
    processes = 1 if few else min(len(os.sched_getaffinity(0)), len(pages))
    if processes == 1:
        return [print_page(page, watch) for page in pages]
    return _deal_out(print_page, pages, watch, processes)


def _deal_out(print_page: Callable[[P, Stopwatch], R], pages: Sequence[P], watch: Stopwatch, processes: int) -> list[R]:
    from multiprocessing import get_context  # noqa: PLC0415  # a build of one page does not pay for it

    context = get_context("fork")
    workers: list[tuple[ForkProcess, Connection]] = []
    try:
        with _interrupts_held():
            for number in range(processes):
                here, there = context.Pipe(duplex=False)
                worker = context.Process(target=_work, args=(print_page, pages[number::processes], there), daemon=True)
                worker.start()
                there.close()
                workers.append((worker, here))
        outcomes = [_outcome(worker, here) for worker, here in workers]
    except BaseException:  # Ctrl-C: nobody is left behind
        for worker, _ in workers:
            worker.terminate()
        raise
    finally:
        for worker, here in workers:
            worker.join()
            here.close()
    results: dict[int, R] = {}
    for number, outcome in enumerate(outcomes):
        if isinstance(outcome, BaseException):
            raise outcome
        printed, timings_ms = outcome
        results.update(zip(range(number, len(pages), processes), printed, strict=True))
        for stage, spent in timings_ms.items():
            watch.timings_ms[stage] = watch.timings_ms.get(stage, 0.0) + spent
    return [results[number] for number in range(len(pages))]


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end of the block; processes that begin in it never hear it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome(worker: "ForkProcess", here: "Connection") -> Any:
    """What the worker sent: its pages and times, or the exception that ended its work."""
    try:
        return here.recv()
    except EOFError:
        worker.join()
        code = worker.exitcode or 0
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return WorkerDiedError(f"a process that printed pages ended {how} and without a word; was memory short?")


def _work(print_page: Callable[[Any, Stopwatch], Any], pages: Sequence[Any], there: "Connection") -> None:
    from threading import Thread  # noqa: PLC0415  # multiprocessing has it loaded

    signal.signal(signal.SIGTERM, _leave)
    Thread(target=_end_with_parent, daemon=True).start()
    watch = Stopwatch()
    try:
        outcome: object = ([print_page(page, watch) for page in pages], watch.timings_ms)
    except Exception as error:  # every fault belongs to the process that asked
        outcome = _portable(error)
    there.send(outcome)
    there.close()


def _leave(_signal: int, _frame: object) -> NoReturn:
    """End in order, so that a file half written is taken away."""
    raise SystemExit(1)


def _end_with_parent() -> None:
    """Nobody waits for pages once the process that asked is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415  # as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _portable(error: Exception) -> Exception:
    """The exception as it can be sent to another process: where it arose is noted, for a traceback does not travel."""
    import pickle  # noqa: PLC0415  # only where something is wrong
    import traceback  # noqa: PLC0415

    where = "".join(traceback.format_exception(error)).rstrip()
    try:
        sent: Exception = pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does not allow
        sent = RuntimeError(f"{type(error).__name__}: {error}")
    sent.add_note(f"In the process that printed the page:\n{where}")
    return sent
