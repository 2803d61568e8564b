"""A store may come from anywhere: nothing in it leads out of its folder, hangs the reader or replaces a file."""

import os
from pathlib import Path

import pytest

from layout_engine.revisions.extracting import extract
from layout_engine.revisions.model import FORMAT, Manifest, NewRevision, StoredFile, faults_of, is_inside
from layout_engine.revisions.records import encode, pointer_to
from layout_engine.revisions.store import Store, open_store
from tests.revisions.conftest import keep, new_revision, opened

SECRET = b"not for the reader"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "c:a",
        "a\0b",
        "a\nb",
        "a\u202eb",
        "nul. ",
        "x" * 300,
        "/".join("abcdefghijklmnopq"),
        "\ud800",
    ],
)
def test_names_stay_inside(name: str) -> None:
    assert not is_inside(name)


@pytest.mark.parametrize("name", ["a", "pages/01.pdf", "pages/要闻 01.pdf", ".hidden", "a..b"])
def test_plain_names_are_taken(name: str) -> None:
    assert is_inside(name)


def test_names_that_fall_together_on_other_systems_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="two files"):
        keep(store, {"pages/A.pdf": b"1", "pages/a.pdf": b"2"})


@pytest.mark.parametrize("digest", ["", "a", "../" * 21 + "a", "A" * 64, "g" * 64, "0" * 63 + "/", "０" * 64])
def test_only_hex_names_an_object(store: Store, digest: str) -> None:
    assert store.read(digest).diagnostics[0].code == "store/not-a-hash"


def test_a_revision_of_what_was_not_put_is_refused(store: Store) -> None:
    new = new_revision(store, {"a": b"here"})
    gone = StoredFile("b", "0" * 64, 4)
    with pytest.raises(ValueError, match="not put"):
        store.add(NewRevision(new.kind, new.at, new.by, new.note, new.content, {}, (*new.files, gone)))
    assert store.revisions() == ()


def _link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def test_a_link_in_place_of_an_object_is_not_followed(store: Store, folder: Path, tmp_path: Path) -> None:
    digest = store.put(SECRET)
    outside = tmp_path / "outside"
    outside.write_bytes(SECRET)
    path = folder / "objects" / digest[:2] / digest[2:]
    _link(path, outside)
    assert store.read(digest).diagnostics[0].code == "store/unreadable-object"
    store.put(SECRET)
    assert not path.is_symlink()
    assert outside.read_bytes() == SECRET


def test_a_linked_folder_of_objects_is_not_followed(store: Store, folder: Path, tmp_path: Path) -> None:
    digest = store.put(SECRET)
    os.replace(folder / "objects", tmp_path / "elsewhere")
    (folder / "objects").symlink_to(tmp_path / "elsewhere")
    assert store.read(digest).value is None
    outcome = store.record(lambda _: new_revision(store, {"a": SECRET}))
    assert [one.code for one in outcome.diagnostics] == ["store/cannot-write"]


def test_a_pipe_in_place_of_an_object_does_not_hang(store: Store, folder: Path) -> None:
    digest = store.put(SECRET)
    path = folder / "objects" / digest[:2] / digest[2:]
    path.unlink()
    os.mkfifo(path)
    assert store.read(digest).value is None


@pytest.mark.parametrize("name", ["index.sqlite", "index.sqlite-wal", "lock"])
def test_a_store_whose_index_is_a_link_is_only_read(folder: Path, tmp_path: Path, name: str) -> None:
    folder.mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"")
    (folder / name).symlink_to(tmp_path / "outside")
    store = open_store(folder).value
    assert store is not None
    with store:
        assert [one.code for one in store.record(lambda _: new_revision(store, {"a": b"1"})).diagnostics] == [
            "store/cannot-write"
        ]
    assert (tmp_path / "outside").read_bytes() == b""


@pytest.mark.parametrize("name", ["0001.json", "events/0001.json"])
def test_a_linked_record_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    with opened(folder) as store:
        keep(store, {"a": b"1"})
        store.append_event("sign", "", "", "")
    os.replace(folder / name, tmp_path / "outside")
    (folder / name).symlink_to(tmp_path / "outside")
    for path in folder.glob("index.sqlite*"):
        path.unlink()
    assert "store/damaged-record" in [one.code for one in open_store(folder).diagnostics]


def _forged(store: Store, folder: Path, *files: StoredFile) -> None:
    """A manifest that no `add` would write."""
    new = NewRevision("proof", "", "", "", "0" * 64, {}, files)
    digest = store.put(encode(Manifest(FORMAT, 1, new)))
    (folder / "0001.json").write_bytes(pointer_to(1, digest))


def test_a_forged_manifest_leads_nowhere(store: Store, folder: Path) -> None:
    _forged(store, folder, StoredFile("../../outside", store.put(SECRET), len(SECRET)))
    store.close()
    outcome = open_store(folder)
    assert [one.code for one in outcome.diagnostics] == ["store/damaged-record"]
    assert outcome.value is not None
    with outcome.value as again:
        assert again.revisions() == ()


def test_faults_of_a_revision_are_all_told() -> None:
    new = NewRevision("proof", "", "", "", "x", {"a": "y"}, (StoredFile("..", "z", -1),))
    assert len(faults_of(new)) == 5


def test_taking_out_writes_every_file(store: Store, tmp_path: Path) -> None:
    made = keep(store, {"pages/01.pdf": b"one", "texts/头条.txt": b"two"})
    assert extract(store, made, tmp_path / "out") == ()
    assert (tmp_path / "out/pages/01.pdf").read_bytes() == b"one"
    assert (tmp_path / "out/texts/头条.txt").read_bytes() == b"two"


def test_taking_out_replaces_nothing(store: Store, tmp_path: Path) -> None:
    made = keep(store, {"a.txt": b"new"})
    (tmp_path / "a.txt").write_bytes(b"old")
    assert [one.code for one in extract(store, made, tmp_path)] == ["store/not-empty"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_taking_out_gives_what_is_whole_and_tells_the_rest(store: Store, folder: Path, tmp_path: Path) -> None:
    made = keep(store, {"a.txt": b"one", "b.txt": b"two"})
    digest = made.files[0].sha256
    (folder / "objects" / digest[:2] / digest[2:]).unlink()
    assert [one.code for one in extract(store, made, tmp_path / "out")] == ["store/missing-object"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.txt"]
