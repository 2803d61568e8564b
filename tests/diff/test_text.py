"""文字: each edit at the character, in its story and paragraph; what moved is told once; nothing else is told."""

import pytest

from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change
from tests.diff.kit import above_reflow, edition, page, told, with_text
from tests.kit.reference import NAMES

PARAGRAPH = "lead/body-3"
TEXT = page().sources[PARAGRAPH].text


def only(changes: list[Change]) -> Change:
    (one,) = changes
    return one


def texts(change: Change) -> tuple[str, str]:
    return change.old.text if change.old else "", change.new.text if change.new else ""


@pytest.mark.parametrize("name", NAMES)
def test_an_issue_is_identical_with_itself(name: str) -> None:
    same = compare(edition(name), edition(name))
    assert same.changes == ()
    assert set(same.stories.values()) == {"identical"}


def test_one_character_inserted_is_one_change_of_that_character() -> None:
    comparison = told(with_text(page(), PARAGRAPH, TEXT[:40] + "新" + TEXT[40:]))
    change = only(above_reflow(comparison))
    assert (change.kind, change.op, change.story, change.side.paragraph) == ("text", "insert", "lead", 3)
    assert texts(change) == ("", "新")
    assert comparison.stories["lead"] == "changed"
    assert {verdict for story, verdict in comparison.stories.items() if story != "lead"} == {"identical"}


def test_one_character_deleted_is_one_change_of_that_character() -> None:
    change = only(above_reflow(told(with_text(page(), PARAGRAPH, TEXT[:5] + TEXT[6:]))))
    assert (change.op, texts(change)) == ("delete", ("，", ""))


def test_a_digit_is_told_as_its_whole_number() -> None:
    key = "energy/headline"
    text = page().sources[key].text
    change = only(above_reflow(told(with_text(page(), key, text.replace("18.4%", "18.6%")))))
    assert (change.op, texts(change)) == ("replace", ("18.4%", "18.6%"))


def test_a_sentence_that_moved_within_its_paragraph_is_one_move() -> None:
    first, second, *rest = TEXT.split("，")
    moved = "，".join([second, *rest[:2], first, *rest[2:]])
    change = only(above_reflow(told(with_text(page(), PARAGRAPH, moved))))
    assert change.op == "move"


def test_a_passage_that_moved_to_another_story_is_one_move() -> None:
    passage = TEXT[50:80]
    other = "energy/body-2"
    text = page().sources[other].text
    changed = with_text(with_text(page(), PARAGRAPH, TEXT.replace(passage, "")), other, text[:30] + passage + text[30:])
    change = only(above_reflow(told(changed)))
    assert change.op == "move"
    assert change.old is not None
    assert change.new is not None
    assert (change.old.story, change.new.story) == ("lead", "energy")
    assert change.new.text == passage


@pytest.mark.parametrize(
    ("key", "before", "story"),
    [
        ("page-1/nameplate/lines.1.text", "市", "page-1/nameplate"),
        ("page-1/dateline/text", "农历", "page-1/dateline"),
        ("page-1/sewing/caption", "工人", "photos/sewing"),
        ("page-1/sewing/credit", "王", "photos/sewing"),
        ("page-1/tea/lines.3.text", "话", "page-1/tea"),
    ],
)
def test_text_beyond_the_stories_counts(key: str, before: str, story: str) -> None:
    text = page().sources[key].text.replace(before, "某" + before, 1)
    change = only(above_reflow(told(with_text(page(), key, text))))
    assert (change.kind, change.story) == ("text", story)
    assert "某" in texts(change)[1]
