"""The spacing of a page (TY-53): counted on the lines as they stand, and the worst of them named with its place."""

import pytest

from layout_engine.page.spacing import page_spacing, story_lines
from layout_engine.spec.model_regions import StoryRegion
from layout_engine.typography.justify import line_text
from tests.kit.pages import Newsroom, page_of, story

LOOSE = "天地玄黄宇宙洪荒0532-86567888-8651天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


def test_the_loosest_line_of_a_page_is_named_with_its_place(newsroom: Newsroom) -> None:
    page = page_of(StoryRegion(id="lead", story="lead", columns="1", rows="1-20"))
    layout = newsroom.lay_out(page, story("lead", LOOSE)).layout
    spacing = page_spacing(layout)
    lines = story_lines(layout)["lead"]
    filled = [one for one in lines if not one.line.last]
    worst = max(filled, key=lambda one: one.line.spread)
    assert spacing.loosest is not None
    assert spacing.loosest.text == line_text(worst.paragraph, worst.line)
    assert lines[spacing.loosest.number - 1] is worst
    assert spacing.loosest.span == worst.paragraph.copy.span(worst.paragraph.starts[worst.line.start])
    assert spacing.lines == len(filled)
    assert spacing.above_eighth >= spacing.above_quarter > 0


def test_text_that_fills_its_lines_by_nature_has_no_worst_line(newsroom: Newsroom) -> None:
    page = page_of(StoryRegion(id="lead", story="lead", columns="1", rows="1-20"))
    text = "天地玄黄宇宙洪荒日月" + "天地玄黄宇宙洪荒日月盈昃" * 3
    spacing = page_spacing(newsroom.lay_out(page, story("lead", text)).layout)
    assert (spacing.loosest, spacing.tightest, spacing.mean_permille, spacing.above_eighth) == (None, None, 0, 0)


def test_a_runt_that_cannot_be_repaired_within_the_limits_is_told(newsroom: Newsroom) -> None:  # TY-62
    page = page_of(StoryRegion(id="lead", story="lead", columns="1", rows="1-2"))
    assert "page/runt" in newsroom.lay_out(page, story("lead", "天地玄黄0532-865678字。")).codes
    assert "page/runt" not in newsroom.lay_out(page, story("lead", "天地玄黄0532-865678汉字。")).codes


def test_a_paragraph_too_long_to_weigh_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.typography.weighing.MOST_WEIGHED", 5)
    page = page_of(StoryRegion(id="lead", story="lead", columns="1", rows="1-9"))
    assert "page/first-fit" in newsroom.lay_out(page, story("lead", LOOSE)).codes
