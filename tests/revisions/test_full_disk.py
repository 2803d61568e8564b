"""A full disk at any step: what was being kept is given up and told, and every earlier revision is whole."""

import errno
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layout_engine.revisions.refused import RefusedError
from layout_engine.revisions.store import Store, open_store
from tests.revisions.conftest import keep, new_revision, opened

STEPS = ["write", "fsync", "replace", "link", "mkdir", "open"]  # what asks the system for room
MOST_CALLS = 60


class _Full:
    """One of the system's calls, which fails at its `at`th call: once, or from then on."""

    def __init__(self, call: Callable[..., Any], at: int, error: int, *, once: bool) -> None:
        self._call, self._left, self._error, self._once = call, at, error, once
        self.reached = False

    def __call__(self, *given: Any, **named: Any) -> Any:
        self._left -= 1
        if self._left == -1 or (self._left < 0 and not self._once):
            self.reached = True
            raise OSError(self._error, os.strerror(self._error))
        return self._call(*given, **named)


def _keep_more(store: Store) -> tuple[list[str], list[str]]:
    """Another revision and a line of the log; the findings of each where it was refused."""
    made = store.record(lambda number: new_revision(store, {"pages/01.pdf": b"r%d" % number, "b.png": b"more"}))
    codes = [one.code for one in made.diagnostics]
    try:
        store.append_event("sign", "2024-05-21T02:00:00", "总编", "签字")
    except RefusedError as refused:
        return codes, [refused.diagnostic.code]
    return codes, []


@pytest.mark.parametrize(("error", "once"), [(errno.ENOSPC, False), (errno.EDQUOT, True)], ids=["full", "for-a-moment"])
@pytest.mark.parametrize("step", STEPS)
def test_whatever_fills_the_disk_earlier_revisions_are_whole(
    folder: Path, step: str, error: int, once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as store:
        first = keep(store, {"pages/01.pdf": b"first"})
    for at in range(MOST_CALLS):
        with opened(folder) as store:
            before = store.revisions(), store.events()
            with monkeypatch.context() as patch:
                full = _Full(getattr(os, step), at, error, once=once)
                patch.setattr(os, step, full)
                refused, not_logged = _keep_more(store)
            assert set(refused + not_logged) <= {"store/disk-full"}
            assert bool(refused or not_logged) in {full.reached, full.reached and not once}  # once may be got over
        with opened(folder) as store:
            assert len(store.revisions()) - len(before[0]) == (0 if refused else 1)
            assert len(store.events()) - len(before[1]) == (0 if not_logged else 1)
            assert {one.code for one in store.check()} <= {"store/orphans"}
            assert store.read(first.files[0].sha256).value == b"first"
        if not full.reached:
            return
    pytest.fail("it never got through")


def test_an_index_that_cannot_grow_gives_up_whole(folder: Path) -> None:
    with opened(folder) as store:
        first = keep(store, {"a": b"first"})
        store.index._db.execute("PRAGMA max_page_count = 4")
        outcome = store.record(lambda _: new_revision(store, {f"{n}.txt": b"x" for n in range(500)}))
        assert [one.code for one in outcome.diagnostics] == ["store/disk-full"]
        assert store.revisions() == (first,)
    with opened(folder) as store:
        assert store.revisions() == (first,)
        assert {one.code for one in store.check()} == {"store/orphans"}
        assert keep(store, {"a": b"second"}).number == 2


def test_a_real_limit_of_the_system_is_told_and_harmless(folder: Path) -> None:
    with opened(folder) as store:
        first = keep(store, {"a": b"first"})
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            limited = open_store(folder).value
            assert limited is not None
            outcome = limited.record(lambda _: new_revision(limited, {"a": b"x" * 200_000}))
            os._exit([one.code for one in outcome.diagnostics] != ["store/disk-full"])
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    with opened(folder) as store:
        assert store.revisions() == (first,)
        assert store.check() == ()


def test_a_store_that_cannot_be_made_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "mkdir", _Full(os.mkdir, 0, errno.ENOSPC, once=False))
    assert [one.code for one in open_store(folder).diagnostics] == ["store/disk-full"]


def test_a_store_on_a_disk_that_takes_no_writing_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(folder) as store:
        first = keep(store, {"a": b"first"})
        event = store.append_event("sign", "2024-05-21T02:00:00", "总编", "签字")
    real = os.open

    def _read_only(path: Any, flags: int, *rest: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", _read_only)
    with opened(folder) as store:
        assert (store.revisions(), store.events(), store.check()) == ((first,), (event,), ())
        assert store.collect(dry_run=True).revisions == ()
        for refused in (store.collect, lambda: store.put(b"x"), lambda: store.append_event("", "", "", "")):
            with pytest.raises(RefusedError) as told:
                refused()  # type: ignore[operator]
            assert told.value.diagnostic.code == "store/read-only"
