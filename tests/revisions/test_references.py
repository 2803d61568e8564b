"""A revision is found by whatever people call it, and a wrong name is answered with what there is."""

import pytest

from layout_engine.base.diagnostics import Outcome
from layout_engine.revisions import references
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store
from tests.revisions.conftest import keep


@pytest.fixture
def three(store: Store) -> Store:
    """A store with three revisions."""
    for text in (b"one", b"two", b"three"):
        keep(store, {"a.txt": text})
    return store


def _code(outcome: Outcome[Revision]) -> str:
    assert outcome.value is None
    return outcome.diagnostics[0].code


@pytest.mark.parametrize(
    ("reference", "number"),
    [("2", 2), ("r2", 2), ("R2", 2), ("latest", 3), ("latest~0", 3), ("latest~1", 2), ("latest~2", 1), (" 1 ", 1)],
)
def test_a_revision_is_found_by_number_and_by_place(three: Store, reference: str, number: int) -> None:
    found = three.find(reference).value
    assert found is not None
    assert found.number == number


def test_a_revision_is_found_by_the_beginning_of_its_id(three: Store) -> None:
    for one in three.revisions():
        assert three.find(one.id[:6]).value == one


@pytest.mark.parametrize(
    "reference",
    ["", "0", "4", "r", "r-1", "latest~3", "latest~", "latest~x", "~1", "newest", "abc", "9" * 5000, "²", "三", "/"],
)
def test_a_wrong_name_is_answered_with_what_there_is(three: Store, reference: str) -> None:
    outcome = three.find(reference)
    assert _code(outcome) == "store/no-revision"
    assert "r1, r2, r3" in str(outcome.diagnostics[0].hint("en"))


def test_an_id_that_fits_two_is_asked_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_SHORTEST", 0)
    keep(store, {"a.txt": b"one"})
    keep(store, {"a.txt": b"two"})
    assert _code(store.find("")) == "store/ambiguous"


def test_in_an_empty_store_nothing_is_found(store: Store) -> None:
    assert _code(store.find("latest")) == "store/no-revision"


def test_a_revision_that_was_cleared_away_is_told_so(three: Store) -> None:
    three.collect(keep=1, at="2024-05-22T00:00:00", by="值班编辑")
    outcome = three.find("r1")
    assert _code(outcome) == "store/removed"
    assert "值班编辑" in outcome.diagnostics[0].message("zh")


def test_a_revision_is_found_by_the_beginning_of_its_content(three: Store) -> None:
    for one in three.revisions():
        assert three.find(one.content[:12]).value == one
