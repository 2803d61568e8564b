"""The copy of the second page, that nobody tuned for: clean, and about as much as fills an all-text page."""

from pathlib import Path

from layout_engine.base.diagnostics import Span
from layout_engine.content.intake import check_copy
from layout_engine.content.read import read_copy

ISSUE = Path(__file__).parents[2] / "issues" / "2024-05-22"
ASKED = Span("pages/02.yaml")


def test_the_copy_of_the_second_page_is_clean_and_long_enough() -> None:
    outcome = read_copy(ISSUE, [], [("roof", ASKED), ("coffee", ASKED)], frozenset())
    assert outcome.diagnostics == ()
    copy = outcome.value
    assert copy is not None
    assert set(copy.photos) == {"roof", "coffee"}
    assert [one for story in copy.stories.values() for one in check_copy(story)] == []
    assert 7_500 < sum(len(part.text) for story in copy.stories.values() for part in story.parts) < 8_500
