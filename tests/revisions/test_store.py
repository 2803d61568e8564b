"""What is put comes back; what is recorded is numbered, found again and never changed."""

from pathlib import Path

from layout_engine.revisions.store import Store
from tests.revisions.conftest import keep, new_revision, opened


def test_a_content_comes_back_as_it_was(store: Store) -> None:
    assert store.read(store.put(b"a page")).value == b"a page"


def test_a_file_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(bytes(range(256)) * 10_000)
    assert store.read(store.put_file(path)).value == path.read_bytes()


def test_revisions_are_numbered_from_one(store: Store) -> None:
    assert [keep(store, {"pages/01.pdf": bytes([n])}).number for n in range(3)] == [1, 2, 3]


def test_a_revision_is_the_same_when_the_store_is_opened_again(store: Store, folder: Path) -> None:
    kept = keep(store, {"pages/01.pdf": b"one", "pages/02.pdf": b"two"}, facts={"stage": "清样"})
    with opened(folder) as again:
        assert again.revisions() == (kept,)


def test_equal_contents_are_kept_once(store: Store) -> None:
    keep(store, {"pages/01.pdf": b"one"})
    before = store.records.objects.all()
    keep(store, {"pages/01.pdf": b"one", "pages/01-again.pdf": b"one"})
    assert len(set(store.records.objects.all()) - set(before)) == 1  # its manifest


def test_a_revision_may_bear_its_number_in_its_files(store: Store) -> None:
    made = store.record(lambda number: new_revision(store, {"stamp.txt": b"%d" % number})).value
    assert made is not None
    assert store.read(made.files[0].sha256).value == b"%d" % made.number


def test_a_number_taken_meanwhile_is_made_again(store: Store, folder: Path) -> None:
    asked: list[int] = []

    def make(number: int):  # type: ignore[no-untyped-def]
        asked.append(number)
        if len(asked) == 1:
            with opened(folder) as other:
                keep(other, {"stamp.txt": b"the other's"})
        return new_revision(store, {"stamp.txt": b"%d" % number})

    made = store.record(make).value
    assert (asked, made and made.number) == ([1, 2], 2)


def test_events_are_kept_in_order(store: Store, folder: Path) -> None:
    first = store.append_event("sign", "2024-05-21T02:00:00+08:00", "总编", "签字：第 1 版", 1)
    second = store.append_event("release", "2024-05-21T03:00:00+08:00", "总编", "付印")
    with opened(folder) as again:
        assert again.events() == (first, second)
