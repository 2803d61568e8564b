"""Clearing away takes old proofs and orphans, and nothing that anybody signed, released or noted."""

from pathlib import Path

import pytest

from layout_engine.revisions import store as store_module
from layout_engine.revisions.numbered import Numbered
from layout_engine.revisions.refused import RefusedError
from layout_engine.revisions.store import Store, open_store
from tests.revisions.conftest import keep, opened

WHEN = {"at": "2024-05-22T00:00:00+08:00", "by": "值班编辑"}


def _numbers(store: Store) -> list[int]:
    return [one.number for one in store.revisions()]


def _fill(store: Store, count: int) -> None:
    for n in range(count):
        keep(store, {"pages/01.pdf": b"page %d" % n, "shared.png": b"the same in all"})


def test_the_last_ones_stay(store: Store) -> None:
    _fill(store, 5)
    assert store.collect(keep=2, **WHEN).revisions == (1, 2, 3)
    assert _numbers(store) == [4, 5]


def test_what_stays_is_whole(store: Store) -> None:
    _fill(store, 5)
    store.collect(keep=2, **WHEN)
    assert store.check() == ()
    assert [store.read(file.sha256).value for one in store.revisions() for file in one.files] == [
        b"page 3",
        b"the same in all",
        b"page 4",
        b"the same in all",
    ]


def test_a_dry_run_tells_the_same_and_touches_nothing(store: Store, folder: Path) -> None:
    _fill(store, 5)
    with opened(folder) as other:
        other.put(b"an orphan")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    dry = store.collect(keep=2, dry_run=True)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert store.collect(keep=2, **WHEN) == dry
    assert len(dry.objects) == 7  # three pages, three manifests, the orphan
    assert dry.bytes > 0


def test_signed_noted_and_released_revisions_stay(store: Store) -> None:
    keep(store, {"a": b"1"})
    keep(store, {"a": b"2"}, facts={"stage": "清样"})
    keep(store, {"a": b"3"}, kind="release")
    keep(store, {"a": b"4"}, kind="replacement")
    keep(store, {"a": b"5"})
    keep(store, {"a": b"6"})
    store.append_event("sign", "2024-05-21T02:00:00", "总编", "签字", 5)
    store.collect(keep=1, **WHEN)
    assert _numbers(store) == [2, 3, 4, 5, 6]


def test_galleys_do_not_push_proofs_out(store: Store) -> None:
    keep(store, {"a": b"1"})
    for n in range(3):
        keep(store, {"a": b"galley %d" % n}, kind="galley")
    store.collect(keep=2, **WHEN)
    assert _numbers(store) == [1, 3, 4]


def test_the_newest_stays_whatever_is_asked(store: Store) -> None:
    _fill(store, 2)
    store.collect(keep=0, **WHEN)
    assert _numbers(store) == [2]


def test_a_number_is_not_given_twice(store: Store, folder: Path) -> None:
    keep(store, {"a": b"1"})
    keep(store, {"a": b"2"}, kind="galley")
    keep(store, {"a": b"3"}, kind="galley")
    store.collect(keep=1, **WHEN)
    assert keep(store, {"a": b"4"}, kind="galley").number == 4
    store.collect(keep=1, **WHEN)
    assert _numbers(store) == [1, 4]
    assert store.check() == ()


def test_what_was_cleared_away_is_accounted_for_without_the_index(store: Store, folder: Path) -> None:
    _fill(store, 3)
    store.collect(keep=1, **WHEN)
    store.close()
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    again = open_store(folder).value
    assert again is not None
    with again:
        assert again.check() == ()
        assert keep(again, {"a": b"new"}).number == 4


def test_the_log_says_who_cleared_away_and_when(store: Store) -> None:
    _fill(store, 3)
    store.collect(keep=1, **WHEN)
    assert [(one.kind, one.revision, one.at, one.by) for one in store.events()] == [
        ("removed", 1, WHEN["at"], WHEN["by"]),
        ("removed", 2, WHEN["at"], WHEN["by"]),
    ]


def test_contents_being_put_are_not_taken_for_orphans(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_PATIENCE_ALONE", 0.1)
    with opened(folder) as writer:
        kept = writer.put_as("a", b"not recorded yet")
        with pytest.raises(RefusedError) as refused:
            store.collect(**WHEN)
        assert refused.value.diagnostic.code == "store/busy"
        assert writer.read(kept.sha256).value is not None


def test_nobody_waits_for_a_writer_that_is_gone(store: Store, folder: Path) -> None:
    with opened(folder) as writer:
        writer.put(b"given up")
    assert len(store.collect(**WHEN).objects) == 1


def test_nothing_is_cleared_while_a_revision_cannot_be_read(store: Store, folder: Path) -> None:
    _fill(store, 3)
    store.close()
    (folder / "0002.json").unlink()
    (folder / "0002.json").write_bytes(b"{}")
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    again = open_store(folder).value
    assert again is not None
    with again, pytest.raises(RefusedError) as refused:
        again.collect(keep=1, **WHEN)
    assert refused.value.diagnostic.code == "store/not-cleared"


def test_a_clearing_that_was_killed_is_finished_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(store, 4)

    def _killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Numbered, "drop", _killed)
        with pytest.raises(KeyboardInterrupt):
            store.collect(keep=1, **WHEN)
    assert store.check() == ()
    store.collect(keep=1, **WHEN)
    assert _numbers(store) == [4]
    assert [one.revision for one in store.events()] == [1, 2, 3]


def test_the_last_proof_of_a_page_stays_however_often_others_were_proved(store: Store) -> None:
    keep(store, {"pages/08.pdf": b"older"})
    keep(store, {"pages/08.pdf": b"the last of page 8"})
    _fill(store, 4)
    store.collect(keep=1, **WHEN)
    assert _numbers(store) == [2, 6]
