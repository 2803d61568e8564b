"""Many pages on many cores are the same pages, and nothing that goes wrong there is lost or left behind."""

import errno
import os
import signal
import subprocess
import sys

import pytest

from layout_engine import parallel
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.cli import exit_codes
from layout_engine.cli.main import main
from layout_engine.parallel import WorkerDiedError, print_pages
from tests.kit.reference import ROOT
from tests.pipeline.conftest import COPIES, Paper, made

PAGES = range(8)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forked processes on Linux alone")


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine has."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})


def _where(page: int, watch: Stopwatch) -> tuple[int, int]:
    with watch.stage("print"):
        return page, os.getpid()


def test_pages_come_in_their_order_from_as_many_processes_as_there_are_cores() -> None:
    watch = Stopwatch()
    printed = print_pages(_where, PAGES, watch)
    assert [page for page, _ in printed] == list(PAGES)
    assert len({process for _, process in printed} - {os.getpid()}) == 3
    assert watch.timings_ms["print"] > 0


def test_few_pages_are_printed_here() -> None:
    assert print_pages(_where, PAGES[:2], Stopwatch()) == [(0, os.getpid()), (1, os.getpid())]


def test_a_session_prints_here() -> None:
    assert {process for _, process in print_pages(_where, PAGES, Stopwatch(), alone=True)} == {os.getpid()}


def test_an_issue_is_the_same_alone_and_in_parallel(big_paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    together = made(big_paper.build_cold())
    assert len(together.files) == COPIES
    monkeypatch.setattr(parallel, "LEAST_PAGES", COPIES + 1)
    alone = made(big_paper.build_cold())
    assert together == alone


def test_findings_of_all_pages_are_the_same_alone_and_in_parallel(
    big_paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over, under and with a picture of too few pixels: nothing is printed otherwise, nothing is said twice."""
    for number in range(2, COPIES + 1):
        big_paper.edit(f"pages/{number:02}.yaml", "rows: 4+ ", f"rows: 4-{3 + 6 * number} ")
        big_paper.edit(f"pages/{number:02}.yaml", "rows: 50-59", "rows: 40-60")
    together = made(big_paper.build_cold())
    assert len({one.code for one in together.diagnostics}) > 1
    monkeypatch.setattr(parallel, "LEAST_PAGES", COPIES + 1)
    assert made(big_paper.build_cold()) == together


def _fail(page: int, _watch: Stopwatch) -> int:
    if page == 4:
        raise ZeroDivisionError(f"page {page}")
    return page


def test_an_exception_is_raised_where_the_pages_were_asked_for() -> None:
    with pytest.raises(ZeroDivisionError, match="page 4") as caught:
        print_pages(_fail, PAGES, Stopwatch())
    assert "in _fail" in caught.value.__notes__[0]


def _fill_the_disk(_page: int, _watch: Stopwatch) -> int:
    raise OSError(errno.ENOSPC, "No space left on device", "/full/page.pdf")


def test_a_full_disk_is_still_a_full_disk() -> None:
    with pytest.raises(OSError, match="No space") as caught:
        print_pages(_fill_the_disk, PAGES, Stopwatch())
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "/full/page.pdf")


class _HomeboundError(Exception):
    """An exception that does not survive being sent."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} at {where}")


def _fail_homebound(_page: int, _watch: Stopwatch) -> int:
    raise _HomeboundError("a fault", "home")


def test_an_exception_that_cannot_be_sent_is_told_all_the_same() -> None:
    with pytest.raises(RuntimeError, match="_HomeboundError: a fault at home"):
        print_pages(_fail_homebound, PAGES, Stopwatch())


def _die(page: int, _watch: Stopwatch) -> int:
    if page == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return page


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(WorkerDiedError, match="by signal 9"):
        print_pages(_die, PAGES, Stopwatch())


def test_a_dead_process_is_a_bug_of_ours_in_the_exit_code(
    big_paper: Paper, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("layout_engine.pipeline.write_page", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    words = ("build", str(big_paper.issue), "--fonts", str(big_paper.fonts), "--out", str(big_paper.out))
    assert main((*words, "--lang", "en")) == exit_codes.BUG
    assert "WorkerDiedError" in capfd.readouterr().err


SLOW_PAGES = """
import sys, time
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.cli import exit_codes
from layout_engine.parallel import print_pages

def stay(page, watch):
    try:
        os.write(1, b"at work\\n")
        time.sleep(60)
    finally:
        os.write(1, b"left in order\\n")

try:
    print_pages(stay, range(8), Stopwatch())
except KeyboardInterrupt:
    sys.exit(exit_codes.INTERRUPTED)
"""

SLOW_DISK = """
import sys, time
from layout_engine.cli.main import main

def stay(*_):
    os.write(1, b"at work\\n")
    time.sleep(60)

os.replace = stay
sys.exit(main(sys.argv[1:]))
"""


class Slow:
    """A process whose two workers take a minute, in a group of its own as at a terminal; both are at it now."""

    def __init__(self, program: str, *words: str) -> None:
        two_cores = "import os; os.sched_getaffinity = lambda _: {0, 1}"
        interruptible = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{two_cores}\n{interruptible}\n{program}", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        assert self.process.stdout is not None
        assert [self.process.stdout.readline() for _ in range(2)] == [b"at work\n"] * 2

    def end(self) -> tuple[int, bytes, bytes]:
        """Code, output and errors; the pipes are closed only when the last of its processes is gone."""
        out, err = self.process.communicate(timeout=10)
        return self.process.returncode, out, err


def test_an_interrupt_ends_everybody_without_a_word() -> None:
    slow = Slow(SLOW_PAGES)
    os.killpg(slow.process.pid, signal.SIGINT)  # as Ctrl-C does
    assert slow.end() == (exit_codes.INTERRUPTED, b"left in order\n" * 2, b"")


def test_processes_do_not_outlive_a_parent_that_was_killed() -> None:
    slow = Slow(SLOW_PAGES)
    slow.process.kill()
    assert slow.end() == (-signal.SIGKILL, b"left in order\n" * 2, b"")


def test_an_interrupted_build_leaves_the_old_pages_whole_and_nothing_beside_them(big_paper: Paper) -> None:
    """Interrupted where it hurts most: the new pages are written and about to take the place of the old."""
    before = made(big_paper.build_cold()).files
    big_paper.edit("articles/lead-2.md", "今天的头条", "明天的头版")
    where = ("--fonts", str(big_paper.fonts), "--out", str(big_paper.out))
    slow = Slow(SLOW_DISK, "build", str(big_paper.issue), *where, "--no-caching")
    os.killpg(slow.process.pid, signal.SIGINT)
    code, _, err = slow.end()
    assert (code, err) == (exit_codes.INTERRUPTED, b"")
    assert {path.name: path.read_bytes() for path in big_paper.out.iterdir()} == before
