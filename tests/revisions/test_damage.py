"""Whatever is lost or changed is found, told, and harms nothing else; the index can be lost altogether."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store, open_store
from tests.revisions.conftest import keep, opened


@pytest.fixture
def kept(folder: Path) -> tuple[Revision, ...]:
    """Three revisions and an event in a store that was closed."""
    with opened(folder) as store:
        made = tuple(keep(store, {"pages/01.pdf": b"page %d" % n, "same.png": b"shared"}) for n in range(3))
        store.append_event("sign", "2024-05-21T02:00:00", "总编", "签字", 2)
        return made


def _object(folder: Path, sha256: str) -> Path:
    return folder / "objects" / sha256[:2] / sha256[2:]


def _overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def _open(folder: Path) -> tuple[Store, tuple[Diagnostic, ...]]:
    outcome = open_store(folder)
    assert outcome.value is not None
    return outcome.value, outcome.diagnostics


def _codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code for one in found]


def test_a_whole_store_has_nothing_to_tell(folder: Path, kept: tuple[Revision, ...]) -> None:
    with opened(folder) as store:
        assert store.check() == ()


def test_a_flipped_bit_is_found_and_the_content_not_handed_out(folder: Path, kept: tuple[Revision, ...]) -> None:
    _overwrite(_object(folder, kept[1].files[0].sha256), b"pagf 1")
    with opened(folder) as store:
        assert store.read(kept[1].files[0].sha256).diagnostics[0].code == "store/damaged-object"
        assert [(one.code, dict(one.values)["revision"]) for one in store.check()] == [("store/damaged-file", "2")]


def test_a_file_that_is_gone_is_told_for_each_revision(folder: Path, kept: tuple[Revision, ...]) -> None:
    _object(folder, kept[0].files[1].sha256).unlink()
    with opened(folder) as store:
        assert _codes(store.check()) == ["store/missing-file"] * 3


def test_keeping_the_same_again_mends_what_was_damaged(
    folder: Path, kept: tuple[Revision, ...], tmp_path: Path
) -> None:
    _overwrite(_object(folder, kept[1].files[0].sha256), b"")
    _object(folder, kept[1].files[1].sha256).unlink()
    again = tmp_path / "again"
    again.write_bytes(b"shared")
    with opened(folder) as store:
        store.put(b"page 1")
        store.put_file(again)
        assert store.check() == ()


def _lose(folder: Path) -> None:
    (folder / "index.sqlite").unlink()


def _garble(folder: Path) -> None:
    _overwrite(folder / "index.sqlite", b"SQLite format 3\0" + bytes(range(256)) * 40)


def _truncate(folder: Path) -> None:
    _overwrite(folder / "index.sqlite", (folder / "index.sqlite").read_bytes()[:5000])


def _scratch(folder: Path) -> None:
    data = bytearray((folder / "index.sqlite").read_bytes())
    data[4096:] = b"\xa5" * len(data[4096:])
    _overwrite(folder / "index.sqlite", bytes(data))


def _other_tables(folder: Path) -> None:
    _lose(folder)
    with sqlite3.connect(folder / "index.sqlite") as db:
        db.execute("CREATE TABLE revision (x)")
        db.execute("PRAGMA user_version = 1")
    db.close()


@pytest.mark.parametrize("harm", [_lose, _garble, _truncate, _scratch, _other_tables])
def test_the_index_is_made_anew(folder: Path, kept: tuple[Revision, ...], harm: Callable[[Path], None]) -> None:
    harm(folder)
    store, found = _open(folder)
    with store:
        assert _codes(found) == ["store/index-rebuilt"]
        assert store.revisions() == kept
        assert [one.text for one in store.events()] == ["签字"]
        assert store.check() == ()
        assert keep(store, {"a": b"next"}).number == 4


def test_a_lost_pointer_is_written_again(folder: Path, kept: tuple[Revision, ...]) -> None:
    (folder / "0002.json").unlink()
    with opened(folder) as store:
        assert store.revisions() == kept
    assert (folder / "0002.json").is_file()


def test_a_revision_lost_altogether_is_missed(folder: Path, kept: tuple[Revision, ...]) -> None:
    _lose(folder)
    (folder / "0002.json").unlink()
    store, _ = _open(folder)
    with store:
        assert "store/gap" in _codes(store.check())
        assert [one.number for one in store.revisions()] == [1, 3]
        assert keep(store, {"a": b"next"}).number == 4


@pytest.mark.parametrize("name", ["0002.json", "events/0001.json"])
def test_a_record_that_is_no_text_is_told(folder: Path, kept: tuple[Revision, ...], name: str) -> None:
    path = folder / name
    _overwrite(path, path.read_bytes().replace(b'":"', b'":"\xff', 1))
    _lose(folder)
    store, found = _open(folder)
    with store:
        assert "store/damaged-record" in _codes(found)
        assert len(store.revisions()) + len(store.events()) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[" * 100_000,
        b'{"format":1,"number":3,"manifest":"' + b"0" * 64 + b'"}',
        b'{"format":1,"number":2,"manifest":"../../../etc/passwd"}',
        b'{"format":1,"number":2,"manifest":"' + b"0" * 64 + b'"}',
        b'{"format":1,"number":2,"manifest":"' + b"0" * 64 + b'","more":1}',
        b"\xff" * 100,
        b" " * (2 << 20),
    ],
)
def test_a_pointer_that_means_nothing_harms_only_its_revision(
    folder: Path, kept: tuple[Revision, ...], data: bytes
) -> None:
    _overwrite(folder / "0002.json", data)
    _lose(folder)
    store, found = _open(folder)
    with store:
        assert len(found) == 2
        assert [one.number for one in store.revisions()] == [1, 3]
        assert store.check()
        assert keep(store, {"a": b"next"}).number == 4


def test_a_pointer_to_another_revision_is_told(folder: Path, kept: tuple[Revision, ...]) -> None:
    _overwrite(folder / "0002.json", (folder / "0001.json").read_bytes())
    with opened(folder) as store:
        assert "store/damaged-record" in _codes(store.check())


def test_an_index_of_another_store_is_told(folder: Path, kept: tuple[Revision, ...], tmp_path: Path) -> None:
    with opened(tmp_path / "other") as other:
        for n in range(3):
            keep(other, {"pages/01.pdf": b"other %d" % n})
        other.append_event("sign", "2024-05-21T02:00:00", "他人", "签字", 2)
    os.replace(tmp_path / "other" / "index.sqlite", folder / "index.sqlite")
    with opened(folder) as store:
        assert _codes(store.check()).count("store/index-differs") == 4


def test_a_later_version_is_left_alone(folder: Path, kept: tuple[Revision, ...]) -> None:
    with sqlite3.connect(folder / "index.sqlite") as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    before = (folder / "index.sqlite").read_bytes()
    assert _codes(open_store(folder).diagnostics) == ["store/newer"]
    assert (folder / "index.sqlite").read_bytes() == before


def test_strangers_and_leavings_are_told_and_left(folder: Path, kept: tuple[Revision, ...]) -> None:
    (folder / "objects" / "note.txt").write_text("whose is this?")
    (folder / "objects" / "ab" / "short").parent.mkdir(exist_ok=True)
    (folder / "objects" / "ab" / "short").write_text("and this?")
    (folder / "aside" / "123-456").write_text("half")
    with opened(folder) as store:
        assert _codes(store.check()) == ["store/stranger", "store/stranger", "store/leavings"]
        store.collect()
        assert _codes(store.check()) == ["store/stranger", "store/stranger"]
