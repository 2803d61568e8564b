"""A store in a folder of its own, and revisions to put into it."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from layout_engine.revisions.model import Kind, NewRevision, Revision
from layout_engine.revisions.store import Store, open_store

Keep = Callable[..., Revision]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "2024-05-21" / "revisions"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(folder) as it:
        yield it


def opened(folder: Path) -> Store:
    """The store in a folder, which must open without a finding."""
    outcome = open_store(folder)
    assert outcome.value is not None, outcome.diagnostics
    assert outcome.diagnostics == ()
    return outcome.value


def keep(store: Store, files: dict[str, bytes], kind: Kind = "proof", **more: object) -> Revision:
    """A revision with these files."""
    return store.add(new_revision(store, files, kind, **more))


def new_revision(store: Store, files: dict[str, bytes], kind: Kind = "proof", **more: object) -> NewRevision:
    """A revision to be, its files put."""
    put = tuple(store.put_as(name, data) for name, data in files.items())
    content = sha256(b"".join(files.values())).hexdigest()
    facts = more.get("facts", {})
    assert isinstance(facts, dict)
    at, by, note = (str(more.get(name, default)) for name, default in PLAIN.items())
    return NewRevision(kind, at, by, note, content, {"issue.yaml": content}, put, facts)


PLAIN = {"at": "2024-05-21T01:02:03+08:00", "by": "编辑甲", "note": "一校"}
