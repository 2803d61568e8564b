"""转版: of one page of a story that jumps, compared alone: paragraphs that passed on to another page are no edits."""

from pathlib import Path

import pytest

from layout_engine.diff.compare import compare
from layout_engine.diff.model import Comparison, Edition
from tests.diff.workshop import Workshop

FILE = "articles/water.md"
SENTENCE = "甲乙丙丁戊己庚辛" * 12


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    """The eight pages as they are, and with a long sentence in a story that runs on from page 1 to page 3."""
    workshop = Workshop(tmp_path_factory.mktemp("jump"), "2024-05-24")
    text = workshop.files[FILE].decode()
    at = text.index("。", text.index("-->"))
    return workshop.base, workshop.edition({FILE: f"{text[:at]}，{SENTENCE}{text[at:]}".encode()})


def of_pages(editions: tuple[Edition, Edition], numbers: tuple[int, ...]) -> Comparison:
    old, new = (
        Edition("", tuple(page for page in edition.pages if page.page.number in numbers)) for edition in editions
    )
    return compare(old, new)


@pytest.mark.parametrize("numbers", [(1,), (1, 3), tuple(range(1, 9))])
def test_only_the_sentence_is_told(editions: tuple[Edition, Edition], numbers: tuple[int, ...]) -> None:
    told = of_pages(editions, numbers)
    assert [(one.kind, one.op) for one in told.changes] == [("text", "insert"), ("reflow", "replace")]
    assert told.stories["water"] == "changed"


def test_the_page_where_it_goes_on_only_reflowed(editions: tuple[Edition, Edition]) -> None:
    told = of_pages(editions, (3,))
    assert {one.kind for one in told.changes} == {"reflow"}
    assert told.stories["water"] == "reflowed"


def test_back_again_is_the_same_the_other_way_round(editions: tuple[Edition, Edition]) -> None:
    told = of_pages(editions[::-1], (1,))
    assert [(one.kind, one.op) for one in told.changes] == [("text", "delete"), ("reflow", "replace")]


def test_the_workshop_leaves_its_files_as_they_were(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path, "2024-05-21")
    workshop.edition({"articles/lead.md": workshop.files["articles/lead.md"].replace("韩世军指出，".encode(), b"")})
    assert compare(workshop.base, workshop.edition({})).changes == ()
