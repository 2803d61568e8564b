"""Vertical lines: how letters, digits and marks stand, and what they measure (TY-81 to TY-84)."""

import msgspec
import pytest

from layout_engine.base.diagnostics import Findings
from layout_engine.spec.resolved import LineRules
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import ShapedParagraph
from layout_engine.typography.shape import shape_part
from layout_engine.typography.vertical import fit_across, posture_of
from tests.typography.setting import EM, em, faces, part, shape, single, style


def upright(text: str, **options: object) -> ShapedParagraph:
    return shape(text, "headline", direction="vertical", **options)


def postures(text: str) -> list[str]:
    shaped = upright(text)
    found = dict(shaped.stances)
    posture, each = "upright", []
    for i in range(len(shaped)):
        posture = found[i].posture if i in found else posture
        each.append(posture)
    return each


@pytest.mark.parametrize(
    ("word", "posture"),
    [
        ("A", "upright"), ("5", "upright"), ("GDP", "upright"), ("AI", "upright"), ("a", "upright"),
        ("24", "across"), ("100", "across"), ("5G", "across"), ("A4", "across"),
        ("2024", "turned"), ("C919", "turned"), ("18.4%", "turned"), ("iPhone", "turned"), ("WIFI", "turned"),
        ("50%", "turned"), ("km", "turned"), ("-5", "turned"),
    ],
)  # fmt: skip
def test_western_stands_by_rule(word: str, posture: str) -> None:  # TY-83
    assert posture_of(word) == posture
    assert set(postures(f"汉{word}字")[1:-1]) == {posture}


def test_line_of_han_has_no_stances() -> None:
    shaped = upright("甲“乙”，丙——丁A戊")
    assert (shaped.stances, shaped.dy) == ((), ())


def test_upright_letters_take_an_em_each_and_no_autospace() -> None:  # TY-83, TY-84
    assert upright("甲A乙WTO丙").advances == (EM,) * 7


def test_turned_word_takes_its_own_width_and_a_quarter_em_on_either_side() -> None:  # TY-84
    word = sum(shape("C919").advances)
    assert sum(upright("甲C919乙").advances) == 2 * EM + word + 2 * (EM // 4)
    assert sum(upright("甲C919").advances[1:]) == word


def test_turned_word_keeps_its_kerning() -> None:
    assert upright("甲AVAVA乙").advances[1:5] == shape("AVAVA").advances[:4]


def test_turned_baseline_lies_half_a_capital_left_of_the_lines_middle() -> None:
    shaped = upright("甲C919乙")
    assert (shaped.dy[0], shaped.dy[-1]) == (0, 0)
    assert len(set(shaped.dy[1:5])) == 1
    assert -0.38 < shaped.dy[1] / EM < -0.35


def test_digits_across_share_one_em_and_one_pen() -> None:  # TY-83
    shaped = upright("甲24日")
    assert shaped.advances == (EM, 0, EM, EM)
    pens = single("甲24日", kind="headline", direction="vertical").pens
    assert pens[1] == pens[2]
    assert EM < pens[1] < 2 * EM, "the baseline lies inside the cell"
    assert shaped.dy[1] == -EM // 2
    assert shaped.dy[2] == 0
    assert dict(shaped.stances)[1].narrow == 100


def test_three_digits_are_narrowed_and_none_reaches_out_of_its_em() -> None:
    stance = dict(upright("甲100家").stances)[1]
    assert 60 <= stance.narrow < 70


def test_digits_that_would_be_too_thin_do_not_stand_across() -> None:
    assert fit_across([EM, EM], EM) is not None
    assert fit_across([EM, EM + EM // 8], EM) is None
    assert fit_across([EM * 6 // 10] * 3, EM) is None
    narrow = fit_across([EM, EM], EM)
    assert narrow is not None
    assert (narrow.narrow, narrow.asides) == (50, (-EM // 2, 0))


def test_tracking_opens_an_em_of_digits_once() -> None:  # TY-94
    assert upright("甲24日", tracking=10).advances == (EM + EM // 10, 0, EM + EM // 10, EM + EM // 10)
    assert single("甲24", kind="headline", direction="vertical", tracking=10).width == 2 * EM + EM // 10


def test_short_hyphen_is_turned_and_centred_in_half_an_em() -> None:  # TY-81
    shaped = upright("东-西")
    assert em(shaped.advances[1]) * 2 == 1
    assert postures("东-西") == ["upright", "turned", "upright"]


MARKS = "。，、；：？！“”‘’「」『』（）《》〈〉【】〔〕…～"


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_takes_its_vertical_glyph(mark: str) -> None:  # TY-81, TY-82
    assert upright(f"甲{mark}乙").gids[1] != shape(f"甲{mark}乙", "headline").gids[1]


def test_quotation_marks_take_the_forms_of_corners() -> None:  # TY-82
    assert upright("甲“乙”‘丙’").gids[1::2][:1] + upright("甲“乙”").gids[3:] == (
        *upright("甲『乙").gids[1:2],
        *upright("甲乙』").gids[2:],
    )


def test_copy_keeps_its_own_marks() -> None:
    assert upright("甲“乙”").text == "甲“乙”"


def test_squeeze_holds_along_the_line() -> None:  # TY-21, TY-24, TY-25
    line = single("“汉”，《字》", kind="headline", direction="vertical")
    assert em(line.width) == em(single("“汉”，《字》", kind="headline").width)


@pytest.mark.parametrize("mark", "？！：；")
def test_marks_that_fill_their_cell_are_not_squeezed(mark: str) -> None:  # TY-81
    assert em(single(f"汉{mark}", kind="headline", direction="vertical").width) == 2
    assert em(sum(upright(f"汉{mark}“字").advances[:2])) == 2
    assert em(single(f"汉{mark}", kind="headline").width) * 2 == 3, "control: horizontally they give half an em"


def test_house_may_put_the_single_corners_outside() -> None:  # TY-82
    rules = LineRules(vertical_quotes="corner-first")
    styled = msgspec.structs.replace(style(), rules=rules)
    shaped = shape_part(part("“甲”‘乙’", "headline"), styled, EM, faces(), Findings(), direction="vertical")
    assert shaped.gids[::2] != upright("“甲”‘乙’").gids[::2]
    corners = upright("「甲」『乙』").gids
    assert shaped.gids == corners
    assert shaped.text == "“甲”‘乙’"


def test_edges_of_a_headline_are_trimmed_in_every_style_of_composing() -> None:  # TY-95
    keeps = msgspec.structs.replace(style(), rules=LineRules(line_start_open="keep", line_end="keep"))
    for kind, width in (("headline", 3), ("body", 4)):  # the body is the control
        shaped = shape_part(part("“汉字”", kind), keeps, EM, faces(), Findings())  # type: ignore[arg-type]
        assert em(set_single_line(shaped).width) == width
