"""What differs in each style of composing and by each option: the table "Styles" and §14 of the standard."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.spec.resolved import LineRules
from layout_engine.spec.rule_styles import RULE_STYLES
from layout_engine.typography.classes import CLASS_NAMES
from tests.typography.generated import paragraphs
from tests.typography.setting import EM, break_at, em, line_widths, natural, shape, single, texts, widths

HALF = Fraction(1, 2)
MARKS = "，、；：。？！“”‘’（）《》【】「」"
STYLES = list(RULE_STYLES)


def by(**changes: Any) -> LineRules:
    """gb with these options."""
    return LineRules(**changes)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    ("style", "stop", "other"),
    [
        ("gb", 1, 1),
        ("basic", 1, 1),
        ("strict", 1, 1),
        ("kaiming", 1, HALF),
        ("quanjiao", 1, 1),
        ("banjiao", HALF, HALF),
    ],
)
def test_a_lone_mark_has_the_cell_of_its_style(style: str, stop: Fraction, other: Fraction, mark: str) -> None:  # TY-11
    assert natural(f"汉{mark}字", rules=style) - 2 == (stop if mark in "。？！" else other)


def test_an_opening_mark_of_half_an_em_is_moved_with_its_blank() -> None:  # TY-19
    shaped = shape("汉“字", rules="kaiming")
    assert (em(shaped.advances[1]), em(shaped.dx[1])) == (HALF, -HALF)


@pytest.mark.parametrize(
    ("pair", "width"),
    [("，“", 1), ("。“", 1), ("”。", Fraction(3, 2)), ("。”", 1), ("》《", 1), ("？！", 1), ("！”", 1)],
)
def test_adjacent_marks_in_kaiming(pair: str, width: Fraction) -> None:  # TY-21, TY-22
    assert natural(f"汉{pair}字", rules="kaiming") - 2 == width


@settings(max_examples=80, deadline=None)
@given(st.text("，。？！：“”（）《》·汉A5", min_size=1, max_size=12), st.sampled_from(STYLES))
def test_no_mark_falls_below_half_an_em_in_any_style(text: str, style: str) -> None:  # TY-22
    shaped = shape(text, rules=style)
    marks = [i for i, one in enumerate(shaped.classes) if CLASS_NAMES[one] in ("stop", "pause", "open", "close")]
    for i in marks:
        squeezed = shaped.advances[i] - sum(row[i] for row in shaped.shrinks)
        trimmed = shaped.advances[i] - sum(max(0, one) for one in shaped.edge[i])
        assert min(squeezed, trimmed) >= EM // 2


@pytest.mark.parametrize("mark", ["·", "——", "……", "～", "／", "‼"])
def test_what_has_no_blank_is_of_one_width_in_every_style(mark: str) -> None:  # TY-12, TY-15, TY-16
    assert {natural(f"汉{mark}字", rules=style) for style in STYLES} == {natural(f"汉{mark}字")}


# 全角


def test_marks_keep_their_cells_at_line_edges_in_quanjiao() -> None:  # TY-24, TY-25
    line = single("“汉字。", rules="quanjiao")
    assert [em(one) for one in line.advances] == [1, 1, 1, 1]
    assert [em(one) for one in single("“汉字。").advances] == [HALF, 1, 1, HALF]


@pytest.mark.parametrize("text", ["甲乙丙，“丁戊己", "甲乙丙”，“丁戊", "甲乙丙》《丁戊己"])
def test_a_mark_squeezed_by_its_neighbour_has_its_cell_back_where_the_line_ends_between_them(text: str) -> None:
    shaped = shape(text, rules="quanjiao")
    first, second = break_at(shaped, text.index("丁") - 1 - HALF * (len(text) - 7))[:2]
    assert line_widths(shaped, first)[-1][1] == 1  # TY-25
    assert line_widths(shaped, second)[0][1] == 1  # TY-24


def test_only_spaces_are_squeezed_in_quanjiao() -> None:  # TY-51
    shaped = shape("甲“乙”，丙。A丁the cat", rules="quanjiao")
    assert [any(row) for row in shaped.shrinks] == [True, False, False, True, False]
    assert all(map(any, shape("甲“乙”丙，丁。A丁the cat").shrinks))


def test_full_stops_are_not_squeezed_in_kaiming() -> None:  # TY-51
    shaped = shape("甲“乙”，丙。A丁the cat：", rules="kaiming")
    assert [any(row) for row in shaped.shrinks] == [True, False, False, True, False]


# Options


@pytest.mark.parametrize("pair", ["，“", "：“", "、《", "。“", "》《", "”“", "）（", "？“"])
def test_joints_with_one_em_of_blank_may_lose_all_of_it(pair: str) -> None:  # TY-23
    assert natural(f"汉{pair}字", rules=by(adjacent="1.0")) == 3
    assert natural(f"汉{pair}字") == 3 + HALF


@pytest.mark.parametrize("pair", ["。”", "”，", "“《", "》·", "（）", "。、", "！！“"])
def test_other_joints_are_as_ever(pair: str) -> None:  # TY-23
    assert natural(f"汉{pair}字", rules=by(adjacent="1.0")) == natural(f"汉{pair}字")


def test_an_opening_mark_at_a_line_start_may_keep_its_blank() -> None:  # TY-24
    line = single("“汉字", rules=by(line_start_open="keep"))
    assert (em(line.advances[0]), em(line.pens[0])) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "told"), [({}, "half"), ({"line_end": "grid"}, "grid"), ({"line_end": "keep"}, "half")]
)
def test_breaking_is_told_what_a_mark_at_a_line_end_may_do(changes: dict[str, str], told: str) -> None:  # TY-25
    assert shape("汉。", rules=by(**changes)).line_end == told


def test_only_the_commas_and_the_full_stop_may_hang() -> None:  # TY-26
    text = "汉，、；：。．？！”A"
    shaped = shape(text, rules=by(hanging="stop-pause", line_end="grid"))
    assert shaped.line_end == "hang"
    assert [c for c, hangs in zip(text, shaped.hangs, strict=True) if hangs] == ["，", "、", "。"]
    assert shape(text).hangs == b""


def test_the_runt_rule_can_be_put_off() -> None:  # TY-62
    assert (shape("汉").avoids_runts, shape("汉", rules=by(avoids_runts=False)).avoids_runts) == (True, False)


@pytest.mark.parametrize(("parts", "width"), [(0, 0), (3, Fraction(1, 8)), (6, Fraction(1, 4))])
def test_the_autospace_is_as_wide_as_the_house_wants(parts: int, width: Fraction) -> None:  # TY-41
    rules = by(autospace=parts)
    assert natural("汉55字", rules=rules) == 3 + 2 * width
    assert natural("汉 55 字", rules=rules) == 3 + 2 * width  # TY-43
    shaped = shape("汉55字", rules=rules)
    assert em(shaped.advances[0] - shaped.shrinks[3][0]) == 1 + min(width, Fraction(1, 8))


@pytest.mark.parametrize(("parts", "most"), [(8, Fraction(333, 1000)), (12, HALF)])
def test_the_autospace_opens_as_far_as_the_house_wants(parts: int, most: Fraction) -> None:  # TY-41
    shaped = shape("汉5字", rules=by(autospace_most=parts))
    assert em(shaped.advances[0] + shaped.stretches[1][0]) == 1 + most


def test_without_autospace_the_joint_opens_as_any_other() -> None:  # TY-41, TY-52
    shaped = shape("汉5字", rules=by(autospace=0))
    assert (shaped.stretches[1], shaped.stretches[2]) == ((0, 0, 0), (1, 1, 0))


TEXT = "甲乙丙丁戊己庚辛"


@pytest.mark.parametrize("mark", ["——", "……"])
def test_dash_and_ellipsis_start_no_line_in_strict(mark: str) -> None:  # TY-30, TY-33
    for style in STYLES:
        shaped = shape(f"{TEXT}{mark}{TEXT}", rules=style)
        starts = any(text.startswith(mark) for text in texts(shaped, break_at(shaped, 8)))
        assert starts == (style != "strict")


@pytest.mark.parametrize("mark", ["/", "／"])
def test_a_solidus_may_stand_at_either_edge_in_basic_alone(mark: str) -> None:  # TY-30, TY-31
    for style in STYLES:
        shaped = shape(f"{TEXT}{mark}{TEXT}", rules=style)
        assert (shaped.breaks[7] >= 2, shaped.breaks[8] >= 2) == (style == "basic", style == "basic")


@pytest.mark.parametrize("mark", "，。”）·～℃々")
def test_every_level_keeps_these_from_a_line_start(mark: str) -> None:  # TY-30
    for style in STYLES:
        shaped = shape(f"{TEXT}{mark}{TEXT}", rules=style)
        assert not any(text.startswith(mark) for text in texts(shaped, break_at(shaped, 8)))


@settings(max_examples=60, deadline=None)
@given(paragraphs(), st.sampled_from(STYLES), st.integers(8, 24))
def test_every_style_fills_its_lines(text: str, style: str, measure: int) -> None:  # TY-50
    shaped = shape(text, rules=style)
    for line in break_at(shaped, measure)[:-1]:
        assert line.width == line.measure or line.last_resort
        assert sum(line.advances) == line.width


def test_a_typed_space_beside_a_sign_is_as_without_it() -> None:  # TY-42, TY-43
    assert natural("汉 $5") == natural("汉$5")
    assert natural("5% 的") == natural("5%的")


def test_several_spaces_beside_western_are_as_one() -> None:  # TY-43
    assert natural("汉  ABC") == natural("汉ABC")
    assert widths("the  cat")[3][1] == widths("the cat")[3][1]
    assert widths("the  cat")[4][1] == 0
