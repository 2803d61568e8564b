"""Copy checks that touch setting (文稿检查): TY-100 to TY-112. The control of each is its corrected form."""

import pytest

from layout_engine.content.intake import check_copy
from layout_engine.content.normalize import propose_edits
from tests.clreq.press import Press
from tests.clreq.rule import Switch, rule
from tests.kit.pages import story
from tests.typography.setting import part


def edits(press: Press, text: str) -> list[tuple[str, str, str]]:
    """Rule, before and after of every edit that is offered."""
    return [(edit.rule, edit.before, edit.after) for edit in propose_edits(part(press.copy(text)))]


def codes(press: Press, *texts: str) -> list[str]:
    return [one.code for one in check_copy(story("lead", *map(press.copy, texts), headline="春播"))]



@rule("TY-100", off=Switch(copy=((",", "，"), ("!", "！"))))
@pytest.mark.parametrize("text", ["春播开始,农机下地。", "真好!"])
def test_ty100_ascii_points_beside_han_are_found(press: Press, text: str) -> None:
    assert "TY-100" in [number for number, _, _ in edits(press, text)]


@rule("TY-101", off=Switch(copy=(("(", "（"), (")", "）"))))
def test_ty101_half_width_brackets_around_chinese_are_found(press: Press) -> None:
    assert "TY-101" in [number for number, _, _ in edits(press, "(秦贞燕)")]


@rule("TY-102", off=Switch(copy=(("“好。", "“好。”"), ("（《诗）》", "（《诗》）"))))
def test_ty102_unmatched_and_crossed_pairs_are_errors(press: Press) -> None:
    assert "copy/unpaired-mark" in codes(press, "他说“好。")
    assert "copy/crossed-marks" in codes(press, "读了（《诗）》。")


@rule("TY-103", off=Switch(copy=(("“好”的", "‘好’的"), ("《诗》集", "〈诗〉集"))))
def test_ty103_the_same_pair_twice_is_found(press: Press) -> None:
    assert "copy/nesting" in codes(press, "他说“这是“好”的”。")
    assert "copy/nesting" in codes(press, "读了《论《诗》集》。")


@rule("TY-104", off=Switch(copy=(('"好"', "“好”"),)))
def test_ty104_straight_quotes_in_chinese_are_found(press: Press) -> None:
    assert "TY-104" in [number for number, _, _ in edits(press, '他说"好"。')]


@rule("TY-105", off=Switch(copy=(("...", "……"), ("。。。", "……"), ("--", "——"))))
@pytest.mark.parametrize("text", ["春播、夏收...", "春播、夏收。。。", "春播--一年之计"])
def test_ty105_makeshift_dashes_and_ellipses_are_found(press: Press, text: str) -> None:
    assert "TY-105" in [number for number, _, _ in edits(press, text)]


@rule("TY-106", off=Switch(copy=(("２４", "24"), ("Ａ", "A"))))
@pytest.mark.parametrize("text", ["面积２４万亩。", "Ａ级景区。"])
def test_ty106_full_width_digits_and_letters_are_found(press: Press, text: str) -> None:
    assert "TY-106" in [number for number, _, _ in edits(press, text)]


@rule("TY-107", off=Switch(copy=(("・", "·"), ("•", "·"))))
@pytest.mark.parametrize("text", ["马可・波罗", "纪念“5•12”"])
def test_ty107_other_dots_for_the_interpunct_are_found(press: Press, text: str) -> None:
    assert "TY-107" in [number for number, _, _ in edits(press, text)]


@rule("TY-108", off=Switch(copy=(("》、《", "》《"),)))
def test_ty108_a_comma_between_titles_is_found(press: Press) -> None:
    assert "TY-108" in [number for number, _, _ in edits(press, "读了《诗》、《书》。")]


@rule("TY-109", off=Switch(copy=(("春播开", "春播开始。"), ("”了农", "农"))))
def test_ty109_a_paragraph_cut_in_two_is_found(press: Press) -> None:
    assert any("paragraph" in code for code in codes(press, "全市春播开", "”了农机下地。"))


@rule("TY-110", off=Switch(copy=(("。，", "，"), ("。》", "》。"))))
@pytest.mark.parametrize("text", ["春播开始。，农机下地。", "读了《诗。》"])
def test_ty110_points_in_a_row_are_found(press: Press, text: str) -> None:
    assert "copy/points-in-a-row" in codes(press, text)


@rule("TY-111", off=Switch(copy=(("\u2f00", "一"),)))
def test_ty111_radicals_in_place_of_characters_are_found(press: Press) -> None:
    assert "copy/compatibility-character" in codes(press, "全市\u2f00片绿色。")


@rule("TY-112", off=Switch(copy=(("3-5", "3—5"), ("18~25", "18～25"))))
@pytest.mark.parametrize("text", ["需要3-5天", "气温18~25℃"])
def test_ty112_a_hyphen_or_half_width_wave_for_a_range_is_found(press: Press, text: str) -> None:
    assert "TY-112" in [number for number, _, _ in edits(press, text)]
