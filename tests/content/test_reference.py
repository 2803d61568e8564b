"""The reference issue: the intake check on the raw text, and the articles complete to the character."""

from pathlib import Path

import pytest

from layout_engine.content.article import read_article
from layout_engine.content.intake import check_copy, check_raw
from layout_engine.content.model import Story
from layout_engine.content.photos import read_photo

RAW = Path(__file__).with_name("data") / "reference.txt"
ISSUE = Path(__file__).parents[2] / "issues" / "2024-05-21"
# Line numbers of the raw text that a story is made of (from 1), in the order of its parts.
LINES = {
    "lead": (15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 36),
    "energy": (38, 39, 41, 43, 45),
    "moral-education": (47, 49, 51, 53, 55, 57),
}


def raw_lines(numbers: tuple[int, ...]) -> str:
    lines = RAW.read_text(encoding="utf-8").split("\n")
    return "".join(lines[number - 1].removeprefix("## ") for number in numbers)


def printed(text: str) -> str:
    return "".join(text.split())


def read(name: str) -> Story:
    outcome = read_article((ISSUE / "articles" / f"{name}.md").read_bytes(), f"articles/{name}.md", name, frozenset())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def test_the_intake_check_finds_both_cuts_and_all_four_half_width_brackets_and_nothing_else() -> None:
    found = check_raw(RAW.read_bytes(), "reference.txt").diagnostics
    assert [(one.code, one.span.line, one.span.column) for one in found if one.span] == [
        ("copy/half-width-brackets", 36, 1),
        ("copy/half-width-brackets", 45, 1),
        ("copy/half-width-brackets", 57, 1),
        ("copy/half-width-brackets", 65, 1),
        ("copy/paragraph-cut", 23, 164),
        ("copy/paragraph-cut", 29, 190),
    ]
    assert [(dict(one.values)["before"], dict(one.values)["after"]) for one in found] == [
        ("(周程林 刘云睿)", "（周程林 刘云睿）"),
        ("(秦贞燕)", "（秦贞燕）"),
        ("(陈甜甜)", "（陈甜甜）"),
        ("(翟佳乐 王申申)", "（翟佳乐 王申申）"),
        ("现上半年时间任务⏎“双过半”，坚决", "现上半年时间任务“双过半”，坚决"),
        ("和考核奖惩机制，⏎使广大干部有干劲", "和考核奖惩机制，使广大干部有干劲"),
    ]


@pytest.mark.parametrize("name", LINES)
def test_an_article_has_every_character_of_the_raw_text_but_for_its_recorded_brackets(name: str) -> None:
    story = read(name)
    expected = raw_lines(LINES[name])
    edits = [edit for part in story.parts for edit in part.edits]
    assert [(edit.before, edit.after, edit.applied) for edit in edits] == [("(", "（", True), (")", "）", True)]
    for edit in edits:
        assert expected.count(edit.before) == 1
        expected = expected.replace(edit.before, edit.after)
    assert printed("".join(part.text for part in story.parts)) == printed(expected)


def test_the_two_cut_paragraphs_are_joined_with_a_note_at_each_joint() -> None:
    story = read("lead")
    body = [part for part in story.parts if part.kind == "body"]
    assert [len(part.dropped) for part in body] == [0, 1, 0, 1, 0, 0]
    assert "任务“双过半”，坚决" in body[1].text
    assert "奖惩机制，使广大干部" in body[3].text
    assert all(note.reason == "comment" and "接排" in note.text for part in body for note in part.dropped)


def test_the_headlines_keep_their_breaks_and_spaces() -> None:
    headline = read("energy").part("headline")
    assert headline is not None
    assert headline.text == "一季度全区新能源新材料\n产业增加值增速18.4%"
    headline = read("moral-education").part("headline")
    assert headline is not None
    assert headline.text == "即墨区全环境立德树人 工作现场会暨德育工作 推进会召开"


@pytest.mark.parametrize("name", LINES)
def test_nothing_is_left_to_propose_on_the_repaired_articles(name: str) -> None:
    assert check_copy(read(name)) == ()


def test_the_caption_and_its_credit_are_complete() -> None:
    sidecar = (ISSUE / "photos" / "sewing.yaml").read_bytes().replace(b"sewing.jpg", b"roof.jpg")
    outcome = read_photo(ISSUE, "photos/sewing.yaml", sidecar, "sewing", frozenset())
    assert outcome.diagnostics == ()
    photo = outcome.value
    assert photo is not None
    assert photo.caption is not None
    assert photo.credit is not None
    assert photo.caption.text == raw_lines((63,))
    assert photo.credit.text == "（翟佳乐 王申申）"
    assert [edit.before for edit in photo.credit.edits] == ["(", ")"]
