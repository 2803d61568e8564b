"""Copy checks that touch setting (文稿检查): TY-13, TY-48, TY-100 to TY-112. Their controls are corrected forms."""

import pytest

from layout_engine.content.intake import check_copy, check_raw
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


@rule("TY-13", off=Switch(copy=(("…………", "……"),)))
def test_ty13_two_ellipses_in_running_text_are_found(press: Press) -> None:
    assert "copy/doubled-ellipsis" in codes(press, "春播、夏收…………都要用水。")


@rule("TY-13", off=Switch(copy=(("…………", "全年…………"),)))
def test_ty13_two_ellipses_on_a_line_of_their_own_are_not(press: Press) -> None:
    assert "copy/doubled-ellipsis" not in codes(press, "春播开始。", "…………")


BY_THE_RULES = (("63～", "63%～"), ("63.5—", "63.5%—"), ("○", "〇"), ("0二五", "〇二五"), ("1,280", "1280"))


@rule("TY-48", off=Switch(copy=BY_THE_RULES))
@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("出苗率63～68%。", "63%"),
        ("出苗率63.5—68%。", "63.5%"),
        ("二○二四年开工。", "〇"),
        ("二0二五年完工。", "〇"),
        ("共1,280亩。", "1280"),
    ],
)
def test_ty48_numbers_written_against_the_rules_are_found(press: Press, text: str, after: str) -> None:
    assert ("TY-48", after) in [(number, one) for number, _, one in edits(press, text)]


@rule("TY-48", off=Switch(copy=(("2024年", "2,024年"), ("63%～68%", "63～68%"), ("二〇二四", "二○二四"))))
@pytest.mark.parametrize("text", ["2024年5月21日", "占63%～68%。", "农历四月十四，二〇二四年"])
def test_ty48_numbers_written_by_the_rules_are_not(press: Press, text: str) -> None:
    assert edits(press, text) == []


@rule("TY-100", off=Switch(copy=tuple(zip(",.;:?!()", "，。；：？！（）", strict=True))))
@pytest.mark.parametrize("text", ["春播开始,农机下地。", "真好!", "走了.", "一;二", "他说:好", "好吗?", "播种(5)亩"])
def test_ty100_ascii_points_beside_han_are_found(press: Press, text: str) -> None:
    assert "TY-100" in [number for number, _, _ in edits(press, text)]


@rule("TY-101", off=Switch(copy=(("(", "（"), (")", "）"))))
def test_ty101_half_width_brackets_around_chinese_are_found(press: Press) -> None:
    assert "TY-101" in [number for number, _, _ in edits(press, "(秦贞燕)")]


@rule("TY-102", off=Switch(copy=(("“好。", "“好。”"), ("（《诗）》", "（《诗》）"))))
def test_ty102_unmatched_and_crossed_pairs_are_errors(press: Press) -> None:
    assert "copy/unpaired-mark" in codes(press, "他说“好。")
    assert "copy/crossed-marks" in codes(press, "读了（《诗）》。")


@rule("TY-102", off=Switch(copy=(("“二", "二"),)))
def test_ty102_a_quotation_over_paragraphs_opens_in_each_and_closes_in_the_last(press: Press) -> None:
    assert "copy/unpaired-mark" not in codes(press, "“一年之计在于春。", "“二月里来好风光。”")


@rule("TY-102", off=Switch(copy=(("（", "（）"), ("】", "【】"), ("〉", "〈〉"), ("「", "「」"))))
@pytest.mark.parametrize("text", ["他说（好。", "他说好】。", "他说好〉。", "他说「好。"])
def test_ty102_each_half_of_a_pair_alone_is_an_error(press: Press, text: str) -> None:
    found = check_copy(story("lead", press.copy(text), headline="春播"))
    assert [one.severity for one in found if one.code == "copy/unpaired-mark"] == ["error"]


@rule("TY-103", off=Switch(copy=(("“好”的", "‘好’的"), ("《诗》集", "〈诗〉集"))))
def test_ty103_the_same_pair_twice_is_found(press: Press) -> None:
    assert "copy/nesting" in codes(press, "他说“这是“好”的”。")
    assert "copy/nesting" in codes(press, "读了《论《诗》集》。")


@rule("TY-103", off=Switch(copy=(("‘好’的", "“好”的"), ("〈诗〉集", "《诗》集"))))
@pytest.mark.parametrize("text", ["他说“这是‘好’的”。", "读了《论〈诗〉集》。"])
def test_ty103_the_inner_form_inside_the_outer_is_sound(press: Press, text: str) -> None:
    assert edits(press, text) == []


@rule("TY-103", off=Switch(copy=(("“好”的", "‘好’的"), ("《诗》集", "〈诗〉集"))))
@pytest.mark.parametrize(
    ("text", "inner"), [("他说“这是“好”的”。", ["‘", "’"]), ("读了《论《诗》集》。", ["〈", "〉"])]
)
def test_ty103_the_inner_form_is_offered(press: Press, text: str, inner: list[str]) -> None:
    assert [after for number, _, after in edits(press, text) if number == "TY-103"] == inner


@rule("TY-104", off=Switch(copy=(('"好"', "“好”"), ("'好'", "‘好’"))))
@pytest.mark.parametrize("text", ['他说"好"。', "他说'好'。"])
def test_ty104_straight_quotes_in_chinese_are_found(press: Press, text: str) -> None:
    assert "TY-104" in [number for number, _, _ in edits(press, text)]


PROPER = (("...", "……"), ("。。。", "……"), ("--", "——"), ("播…", "播……"), ("—“", "——“"), ("－－", "——"))


@rule("TY-105", off=Switch(copy=PROPER))
@pytest.mark.parametrize(
    "text", ["春播、夏收...", "春播、夏收。。。", "春播…", "春播--一年之计", "春播—“一年之计”", "春播－－一年之计"]
)
def test_ty105_makeshift_dashes_and_ellipses_are_found(press: Press, text: str) -> None:
    assert "TY-105" in [number for number, _, _ in edits(press, text)]


@rule("TY-106", off=Switch(copy=(("２４", "24"), ("Ａ", "A"))))
@pytest.mark.parametrize("text", ["面积２４万亩。", "Ａ级景区。"])
def test_ty106_full_width_digits_and_letters_are_found(press: Press, text: str) -> None:
    assert "TY-106" in [number for number, _, _ in edits(press, text)]


@rule("TY-107", off=Switch(copy=(("・", "·"), ("•", "·"), ("．", "·"))))
@pytest.mark.parametrize("text", ["马可・波罗", "纪念“5•12”", "马可．波罗"])
def test_ty107_other_dots_for_the_interpunct_are_found(press: Press, text: str) -> None:
    assert "TY-107" in [number for number, _, _ in edits(press, text)]


@rule("TY-108", off=Switch(copy=(("》、《", "》《"), ("”、“", "”“"))))
@pytest.mark.parametrize("text", ["读了《诗》、《书》。", "讲“诗”、“书”。"])
def test_ty108_a_comma_between_titles_is_found(press: Press, text: str) -> None:
    assert "TY-108" in [number for number, _, _ in edits(press, text)]


@rule("TY-109", off=Switch(copy=(("春播开", "春播开始。"), ("”了农", "农"))))
def test_ty109_a_paragraph_cut_in_two_is_found(press: Press) -> None:
    assert any("paragraph" in code for code in codes(press, "全市春播开", "”了农机下地。"))


@rule("TY-110", off=Switch(copy=(("。，", "，"), ("。》", "》。"), ("！，", "！"), ("？。", "？"))))
@pytest.mark.parametrize("text", ["春播开始。，农机下地。", "读了《诗。》", "春播了！，农机下地。", "春播了？。"])
def test_ty110_points_in_a_row_are_found(press: Press, text: str) -> None:
    assert "copy/points-in-a-row" in codes(press, text)


@rule("TY-111", off=Switch(copy=(("\u2f00", "一"),)))
def test_ty111_radicals_in_place_of_characters_are_found(press: Press) -> None:
    assert "copy/compatibility-character" in codes(press, "全市\u2f00片绿色。")


@rule("TY-111", off=Switch(copy=(("\uf900", "豈"), ("\uf91d", "欄"), ("開", "开"), ("発", "发"), ("學", "学"))))
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\uf900有此理。", "copy/compatibility-character"),
        ("本报设\uf91d目。", "copy/compatibility-character"),
        ("春播開始。", "copy/foreign-form"),
        ("発展农业。", "copy/foreign-form"),
        ("农技學校。", "copy/foreign-form"),
    ],
)
def test_ty111_compatibility_traditional_and_japanese_forms_are_found(press: Press, text: str, code: str) -> None:
    assert code in codes(press, text)


LOST = ("\x01", "\x7f", "\x85", "\u200e", "\u2028", "\ue000", "\U000f0000", "\ufffd", "\ufdd0")


@rule("TY-111", off=Switch(copy=tuple((one, "春") for one in LOST)))
@pytest.mark.parametrize("one", LOST)
def test_ty111_control_private_and_lost_characters_are_errors(press: Press, one: str) -> None:
    found = check_raw(press.copy(f"全市春{one}播开始。").encode(), "articles/a.md").diagnostics
    assert "error" in [each.severity for each in found]


@rule("TY-112", off=Switch(copy=(("3-5", "3—5"), ("18~25", "18～25"), ("京-上", "京—上"))))
@pytest.mark.parametrize("text", ["需要3-5天", "气温18~25℃", "北京-上海高铁"])
def test_ty112_a_hyphen_or_half_width_wave_for_a_range_is_found(press: Press, text: str) -> None:
    assert "TY-112" in [number for number, _, _ in edits(press, text)]
