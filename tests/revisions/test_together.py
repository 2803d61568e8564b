"""Several people make proofs at once: each gets a number of their own, and nothing of anybody's is lost."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from layout_engine.revisions.refused import RefusedError
from layout_engine.revisions.store import open_store
from tests.revisions.conftest import keep, new_revision, opened

PROCESSES = 4
REVISIONS = 25


def _at_once(work: Callable[[int], None]) -> None:
    """Do the work in several processes that begin together."""
    waiting, go = os.pipe()
    children = []
    for worker in range(PROCESSES):
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(waiting, 1)  # until the parent closes its end
            try:
                work(worker)
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        children.append(child)
    os.close(go)
    os.close(waiting)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * PROCESSES


def test_a_hundred_revisions_get_a_hundred_numbers(folder: Path) -> None:
    def _work(worker: int) -> None:
        store = open_store(folder).value
        assert store is not None
        with store:
            for n in range(REVISIONS):
                keep(store, {"pages/01.pdf": b"%d of %d" % (n, worker), "same.png": b"the same"}, by=str(worker))

    _at_once(_work)
    with opened(folder) as store:
        made = store.revisions()
        assert [one.number for one in made] == list(range(1, PROCESSES * REVISIONS + 1))
        assert {one.by: sum(other.by == one.by for other in made) for one in made} == {
            str(worker): REVISIONS for worker in range(PROCESSES)
        }
        assert store.check() == ()


def test_stamped_revisions_bear_the_number_that_they_got(folder: Path) -> None:
    def _work(worker: int) -> None:
        store = open_store(folder).value
        assert store is not None
        with store:
            for n in range(5):
                text = b"%d of %d" % (n, worker)
                stamped = store.record(
                    lambda number, text=text: new_revision(store, {"stamp": b"r%d" % number, "a": text})  # type: ignore[misc]
                )
                assert stamped.value is not None

    _at_once(_work)
    with opened(folder) as store:
        made = store.revisions()
        assert [one.number for one in made] == list(range(1, PROCESSES * 5 + 1))
        assert [store.read(one.files[0].sha256).value for one in made] == [b"r%d" % one.number for one in made]


def test_all_lines_of_the_log_are_kept(folder: Path) -> None:
    def _work(worker: int) -> None:
        store = open_store(folder).value
        assert store is not None
        with store:
            for n in range(10):
                store.append_event("sign", "2024-05-21T00:00:00", str(worker), str(n))

    _at_once(_work)
    with opened(folder) as store:
        events = store.events()
        assert [one.number for one in events] == list(range(1, PROCESSES * 10 + 1))
        assert len({(one.by, one.text) for one in events}) == PROCESSES * 10


def test_clearing_away_beside_writers_takes_nothing_of_theirs(folder: Path) -> None:
    def _work(worker: int) -> None:
        store = open_store(folder).value
        assert store is not None
        with store:
            for n in range(10):
                if worker == 0:
                    with suppress(RefusedError):  # the others were writing all the time
                        store.collect(keep=3, at="2024-05-22T00:00:00", by="值班")
                else:
                    keep(store, {"a": b"%d of %d" % (n, worker), "same.png": b"the same"})

    _at_once(_work)
    with opened(folder) as store:
        assert {one.code for one in store.check()} <= {"store/orphans"}
        gone = {one.revision for one in store.events()}
        assert {one.number for one in store.revisions()} | gone == set(range(1, 10 * (PROCESSES - 1) + 1))


def test_a_new_store_is_made_once_by_all_who_open_it(tmp_path: Path) -> None:
    def _work(worker: int) -> None:
        for n in range(10):
            opened(tmp_path / str(n) / "revisions").close()

    _at_once(_work)
