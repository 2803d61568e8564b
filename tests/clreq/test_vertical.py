"""Western, digits, spaces and edges in a vertical line (直排): TY-83, TY-84."""

from itertools import pairwise
from typing import Final

import pytest

from tests.clreq.measure import ink_box
from tests.clreq.off import NO_AUTOSPACE, NO_SQUEEZE
from tests.clreq.press import Press
from tests.clreq.rule import Switch, patched, rule
from tests.clreq.test_headlines import HEAD_PT, headed
from tests.clreq.test_marks import NEAR, close
from tests.pdf.reader import Shown, read_glyphs

UPRIGHT_ALL: Final = patched("layout_engine.typography.glyphs.posture_of", lambda word: "upright")
TURNED_ALL: Final = patched("layout_engine.typography.glyphs.posture_of", lambda word: "turned")
NO_POSTURE_IN_SPACING: Final = patched("layout_engine.typography.shape.spaced_kinds", lambda kinds, *_: kinds)


def line_of(press: Press, copy: str) -> list[Shown]:
    """The glyphs of a vertical headline, in the order of the copy."""
    glyphs = [one for one in read_glyphs(headed(press, copy, direction="vertical").pdf) if one.size == HEAD_PT]
    assert "".join(one.text for one in glyphs) == copy
    return glyphs


def down(above: Shown, below: Shown) -> float:
    """How far the origin of one glyph lies below that of another, in em."""
    return (above.y - below.y) / HEAD_PT


def of(glyphs: list[Shown], text: str) -> list[Shown]:
    """The glyphs of `text`, which are one after another."""
    at = "".join(one.text for one in glyphs).index(text)
    return glyphs[at : at + len(text)]


@rule("TY-83", off=UPRIGHT_ALL)
@pytest.mark.parametrize("word", ["C919", "iPhone", "2024", "WIFI"])
def test_ty83_longer_words_and_numbers_are_turned_to_the_right(press: Press, word: str) -> None:
    glyphs = line_of(press, f"汉{word}字")
    assert all(one.turned for one in of(glyphs, word))
    assert len({round(one.x, 2) for one in of(glyphs, word)}) == 1
    for one, after in pairwise(of(glyphs, word)):
        assert one.y - after.y == NEAR(one.advance, abs=0.08 * HEAD_PT)  # their own widths, kerned
    assert not any(one.turned for one in glyphs if one.text in "汉字")


@rule("TY-83", off=TURNED_ALL)
@pytest.mark.parametrize("word", ["A", "GDP", "AI"])
def test_ty83_single_letters_and_short_abbreviations_stand_upright_one_em_each(press: Press, word: str) -> None:
    glyphs = line_of(press, f"汉{word}字")
    assert not any(one.turned for one in glyphs)
    assert [down(one, after) for one, after in pairwise(glyphs)] == [close(1)] * (len(word) + 1)


@rule("TY-83", off=TURNED_ALL)
@pytest.mark.parametrize("number", ["24", "100", "5G"])
def test_ty83_two_or_three_digits_stand_across_in_one_em(press: Press, number: str) -> None:
    printed = headed(press, f"汉{number}字", direction="vertical")
    glyphs = [one for one in read_glyphs(printed.pdf) if one.size == HEAD_PT]
    han, *across, after = glyphs
    assert "".join(one.text for one in across) == number
    assert not any(one.turned for one in across)
    assert len({round(one.y, 3) for one in across}) == 1
    assert down(han, after) == close(2)
    ends = across[-1].x + across[-1].advance
    assert ends - across[0].x <= HEAD_PT * 1.001
    middle = han.x  # of a vertical font the origin is the middle of the line
    assert (across[0].x + ends) / 2 == NEAR(middle, abs=0.02 * HEAD_PT)


@rule("TY-83", off=patched("layout_engine.typography.glyphs._capital_height", lambda *_: 0))
def test_ty83_a_turned_word_stands_in_the_middle_of_the_line(press: Press) -> None:
    printed = headed(press, "汉HOHOH字", direction="vertical")
    han, word = (next(one for one in read_glyphs(printed.pdf) if one.text == text) for text in "汉H")
    _, bottom, _, top = ink_box(printed.pdf, word)  # type: ignore[arg-type]
    assert word.turned
    assert (word.x - han.x) / HEAD_PT + (bottom + top) / 2 == close(0)


@rule("TY-84", off=NO_AUTOSPACE)
def test_ty84_a_quarter_em_stands_beside_a_turned_word(press: Press) -> None:
    glyphs = line_of(press, "汉C919字")
    han, *word, after = glyphs
    width = sum(above.y - below.y for above, below in pairwise(word)) + word[-1].advance
    assert down(han, word[0]) == close(1.25)
    assert (word[0].y - after.y - width) / HEAD_PT == close(0.25)


@rule("TY-84", off=NO_POSTURE_IN_SPACING)
@pytest.mark.parametrize("word", ["GDP", "24"])
def test_ty84_no_autospace_stands_beside_what_is_upright(press: Press, word: str) -> None:
    glyphs = line_of(press, f"汉{word}字")
    assert down(glyphs[0], glyphs[-1]) == close(2 if word == "24" else 1 + len(word))


@rule("TY-84", off=NO_SQUEEZE)
def test_ty84_adjacent_marks_lose_half_an_em_along_the_line(press: Press) -> None:
    glyphs = line_of(press, "汉》，《字")
    assert down(glyphs[0], glyphs[-1]) == close(1 + 3 - 2 * 0.5)


@rule("TY-84", off=NO_SQUEEZE)
def test_ty84_the_blanks_at_a_lines_head_and_foot_are_trimmed(press: Press) -> None:
    plain, quoted, closed = (
        next(one for one in line_of(press, copy) if one.text == "汉") for copy in ("汉字字", "“汉字字", "汉字字，")
    )
    assert down(plain, quoted) == close(0.25)  # in the middle of its room stands a line of three em and a half
    assert down(plain, closed) == close(-0.25)


@rule("TY-84", off=Switch(copy=(("，", "\n，"),)))
def test_ty84_line_edges_hold_in_vertical_lines(press: Press) -> None:
    for copy in ("今日春播开始了全市农机手下地干活去，各镇推进", "我市今年上半年各镇街道各项事业开局，“农机”下地"):
        glyphs = [one for one in read_glyphs(headed(press, copy, direction="vertical").pdf) if one.size == HEAD_PT]
        starts = [after.text for one, after in pairwise(glyphs) if after.x < one.x - HEAD_PT / 2]
        ends = [one.text for one, after in pairwise(glyphs) if after.x < one.x - HEAD_PT / 2]
        assert starts
        assert not {*starts} & {*"，。”？！"}
        assert not {*ends} & {*"“《（"}
