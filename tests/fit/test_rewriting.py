"""A story rewritten in memory reads as the edited file would."""

from pathlib import Path

import pytest

from layout_engine.content.model import Story
from layout_engine.fit.model import Cut, Drop, Join, Option, Split, Verdict
from layout_engine.fit.rewriting import WAYS, Rewrite, droppable, paragraphs, rewritten, sentence_ends
from tests.fit.desk import Desk

FITS = Verdict(0, 0, False, True)


def _texts(story: Story) -> list[tuple[str, str]]:
    return [(part.key, part.text) for part in story.parts]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk("2024-05-21", tmp_path)


def test_joined_paragraphs_read_as_two_lines_without_a_blank_between(desk: Desk) -> None:
    story = desk.inputs().copy.stories["lead"]
    place = paragraphs(story)[2].copy.span(0)
    desk.apply(Option((Join(2, place, ""),), 1, FITS), 0)
    assert _texts(rewritten(story, Rewrite(joins=(2,)), WAYS[0], {})) == _texts(desk.inputs().copy.stories["lead"])


def test_a_paragraph_parted_after_a_sentence_reads_as_two(desk: Desk) -> None:
    story = desk.inputs().copy.stories["lead"]
    part = paragraphs(story)[0]
    place = part.copy.span(sentence_ends(part)[0])
    desk.apply(Option((Split(1, 1, place, ""),), -1, FITS), 0)
    assert _texts(rewritten(story, Rewrite(splits=((1, 1),)), WAYS[0], {})) == _texts(
        desk.inputs().copy.stories["lead"]
    )


@pytest.mark.parametrize("turn", range(3))
def test_a_cut_leaves_what_the_edited_file_says(desk: Desk, turn: int) -> None:
    story = desk.inputs().copy.stories["lead"]
    place = paragraphs(story)[2].copy.span(0)
    desk.apply(Option((Cut(3, 12, 12, place, ""),), 1, FITS), 2 * turn)
    assert _texts(rewritten(story, Rewrite(cuts=((3, 12),)), WAYS[turn], {})) == _texts(
        desk.inputs().copy.stories["lead"]
    )


def test_a_sentence_left_out_is_gone_from_the_file(desk: Desk) -> None:
    story = desk.inputs().copy.stories["lead"]
    part = paragraphs(story)[2]
    number, start, end = list(droppable(part))[1]
    desk.apply(Option((Drop(3, number, end - start, part.copy.span(start), part.text[start : start + 8]),), 1, FITS), 0)
    left = rewritten(story, Rewrite(drops=((3, number),)), WAYS[0], {})
    assert _texts(left) == _texts(desk.inputs().copy.stories["lead"])
    assert len(paragraphs(left)[2].text) == len(part.text) - (end - start)


def test_the_only_sentence_of_a_paragraph_is_never_left_out(desk: Desk) -> None:
    for story in desk.inputs().copy.stories.values():
        for part in paragraphs(story):
            assert sentence_ends(part) or not list(droppable(part))


def test_every_way_of_a_cut_takes_as_many_characters_and_no_mark_of_a_pair_alone(desk: Desk) -> None:
    story = desk.inputs().copy.stories["lead"]
    for way in WAYS:
        for part, before in zip(
            paragraphs(rewritten(story, Rewrite(cuts=((3, 20),)), way, {})), paragraphs(story), strict=True
        ):
            assert len(before.text) - len(part.text) == (20 if before.key == "lead/body-3" else 0)
            assert part.text.count("“") - part.text.count("”") == before.text.count("“") - before.text.count("”")
