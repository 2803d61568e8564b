"""Chinese and western together: TY-02, TY-36 to TY-46. Widths in em."""

from fractions import Fraction

import msgspec
import pytest

from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.classes import CLASS_NAMES
from layout_engine.typography.edges import ADDRESS as EDGE_OF_ADDRESS
from layout_engine.typography.edges import ALLOWED, FORBIDDEN, HARMS_SENSE, LAST_RESORT, MUST
from tests.typography.setting import (
    EM,
    break_at,
    em,
    faces,
    line_widths,
    natural,
    shape,
    shape_with_findings,
    single,
    texts,
    widths,
)

QUARTER = Fraction(1, 4)


def classes(text: str) -> list[str]:
    return [CLASS_NAMES[one] for one in shape(text).classes]


@pytest.mark.parametrize(
    ("text", "at", "name"),
    [
        ("甲“ABC”乙", 1, "open"),
        ("甲“ABC”乙", 5, "close"),
        ("say “hi” to", 4, "western"),
        ("say “hi” to", 7, "western"),
        ("it’s", 2, "western"),
        ("汉‘字’汉", 1, "open"),
        ("Children’s", 8, "western"),
        ("“ABC", 0, "open"),
    ],
)
def test_quotes_are_full_width_unless_both_neighbours_are_western(text: str, at: int, name: str) -> None:  # TY-02
    assert classes(text)[at] == name


def test_western_quotes_are_narrow() -> None:  # TY-18
    assert natural("it’s") < 2


def test_a_quarter_em_stands_between_han_and_western() -> None:  # TY-41
    assert natural("汉ABC汉") - 2 - natural("ABC") == 2 * QUARTER


@pytest.mark.parametrize("text", ["（ABC）", "，ABC。", "“ABC”", "《ABC》", "——ABC……", "·ABC·"])
def test_no_autospace_beside_a_mark(text: str) -> None:  # TY-42
    assert natural(text) == natural("ABC") + natural(text.replace("ABC", "汉")) - 1


def test_no_autospace_between_a_postfix_and_han() -> None:  # TY-42
    assert natural("5%的") == natural("5%") + 1


def test_no_autospace_at_a_line_end() -> None:  # TY-42
    shaped = shape("汉字ABC")
    assert em(shaped.edge[1][1]) == QUARTER
    lines = break_at(shaped, 2)
    assert [width for _, width in line_widths(shaped, lines[0])] == [1, 1]


def test_a_typed_space_is_replaced_by_the_autospace() -> None:  # TY-43
    assert widths("汉 ABC")[1] == (" ", QUARTER)
    assert natural("汉 ABC 汉") == natural("汉ABC汉")


@pytest.mark.parametrize(("kind", "width"), [("body", Fraction(1, 2)), ("byline", Fraction(1, 2)), ("headline", 1)])
def test_a_space_between_han_is_meant(kind: str, width: Fraction) -> None:  # TY-43
    assert widths("王 静", kind=kind)[1] == (" ", width)


def test_spaces_vanish_at_a_line_end() -> None:  # TY-43
    shaped = shape("记者 王静")
    line = break_at(shaped, 2)[0]
    assert (line.end, line.drawn, len(line.advances)) == (3, 2, 2)


def test_word_spaces_are_held_between_a_quarter_and_a_third() -> None:  # TY-44
    width = dict(widths("the cat"))[" "]
    assert QUARTER <= width <= Fraction(1, 3)


def test_the_autospace_stays_within_its_limits_in_fitted_lines() -> None:  # TY-41, TY-51, TY-52
    text = "今年以来全区引进C919项目和5G基站共30个涉及A股公司等"
    for measure in range(8, 25):
        shaped = shape(text)
        for line in break_at(shaped, measure)[:-1]:
            if line.last_resort or em(line.spread) > QUARTER:
                continue
            for i in range(line.start, line.drawn - 1):
                if shaped.stretches[1][i]:
                    added = line.advances[i - line.start] - shaped.advances[i]
                    assert added >= -EM // 8


def breaks(text: str) -> dict[str, int]:
    """The level of the break after each prefix of the text."""
    shaped = shape(text)
    return {text[:end]: level for end, level in zip(shaped.starts[1:], shaped.breaks, strict=True)}


UNITS = [
    "——", "……", "⋯⋯", "？！", "！！！", "C919", "5G", "A4", "18.4", "2,000", "8:30", "￥1280", "±3", "+3", "18.4%",
    "37℃", "5‰", "120°", "0532-86567888", "1+3", "100km", "5GHz", "葛\U000e0100", "e\u0301",
    "甲\u2060乙", "甲\u00a0乙", "it’s",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_not_divided(unit: str) -> None:  # TY-36
    shaped, _ = shape_with_findings(f"汉{unit}字")
    inside = [level for end, level in zip(shaped.starts[1:], shaped.breaks, strict=True) if 1 < end < 1 + len(unit)]
    assert all(level in (FORBIDDEN, LAST_RESORT) for level in inside)


def test_a_minus_sign_may_start_a_line_and_a_connector_may_not() -> None:  # TY-36 e
    assert breaks("零下-5度")["零下"] == ALLOWED
    assert breaks("零下-5度")["零下-"] == FORBIDDEN
    assert breaks("甲-乙")["甲"] == FORBIDDEN


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("汉字", "汉"),
        ("汉A", "汉"),
        ("A汉", "A"),
        ("，汉", "，"),
        ("汉“", "汉"),
        ("a b", "a "),
        ("甲\u200b乙", "甲\u200b"),
        ("Covid-nineteen", "Covid-"),
        ("————", "——"),
    ],
)
def test_a_break_is_allowed(text: str, before: str) -> None:  # TY-37
    assert breaks(text)[before] == ALLOWED


@pytest.mark.parametrize(
    ("text", "before"), [("Covid-19", "Covid-"), ("e-mail", "e-"), ("汉 字", "汉"), ("（ 字", "（ ")]
)
def test_a_break_is_not_allowed(text: str, before: str) -> None:  # TY-37
    assert breaks(text)[before] == FORBIDDEN


@pytest.mark.parametrize(
    ("text", "before"),
    [("30家", "30"), ("5.2亿元", "5.2"), ("5月", "5"), ("第30期", "第"), ("3～5个", "3～"), ("《诗经》", "《诗")],
)
def test_a_break_harms_the_sense(text: str, before: str) -> None:  # TY-38
    assert breaks(text)[before] == HARMS_SENSE


def ranks(text: str, names: tuple[str, ...] = ()) -> dict[str, int]:
    """How much a break after each prefix of the text harms the sense, where it does."""
    shaped = shape(text, names=names)
    return {text[: shaped.starts[at + 1]]: rank for at, rank in shaped.harms.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.2亿元的", {"5.2": 4, "5.2亿": 3}),
        ("30万人次的", {"30": 4, "30万": 3, "30万人": 3}),
        ("30多家的", {"30": 3, "30多": 3}),
        ("30 家的", {"30 ": 3}),
        ("10平方公里的", {"10": 3, "10平": 3, "10平方": 3, "10平方公": 3}),
        ("第30期的", {"第": 3, "第30": 3}),
        ("2024年5月", {"2024": 3, "2024年5": 3}),
        ("63%～68%的", {"63%～": 3}),
        ("《诗经》的", {"《诗": 1}),
        ("（5月3日）", {"（5": 3, "（5月": 1, "（5月3": 3}),
        ("5的2倍", {"5的2": 3}),
    ],
)
def test_the_harm_of_a_break_has_its_order(text: str, expected: dict[str, int]) -> None:  # TY-38
    assert ranks(f"{text}汉字") == expected


@pytest.mark.parametrize("text", ["《红楼梦新》", "（AB汉字）"])
def test_what_is_short_in_brackets_is_kept_together(text: str) -> None:  # TY-38: four em or less
    assert set(ranks(text).values()) == {1}


@pytest.mark.parametrize("text", ["《红楼梦新编》", "（ABCDEFG汉字）", "“红楼”", "《红楼"])
def test_what_is_long_in_brackets_may_be_parted(text: str) -> None:  # TY-38, negative control
    assert ranks(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天王静说", {"昨天王": 2}),
        ("昨天市长王静说", {"昨天市长": 2, "昨天市长王": 2}),
        ("昨天周程林教授说", {"昨天周": 2, "昨天周程": 2, "昨天周程林": 2}),
    ],
)
def test_a_name_of_the_list_and_its_title_are_kept_together(text: str, expected: dict[str, int]) -> None:  # TY-38
    assert ranks(text, ("王静", "周程林")) == expected
    assert ranks(text) == {}, "without the list nobody knows that it is a name"


def test_the_least_harm_is_chosen_where_one_must_be() -> None:  # TY-38: brackets are parted before a number is
    costs = []
    for unit in ("《诗经》", "王静", "5年", "5亿"):
        shaped = shape(f"天地玄黄宇宙洪{unit}日月盈昃辰宿列张寒来暑往", names=("王静",))
        at = next(iter(shaped.harms))
        only = msgspec.structs.replace(
            shape("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"),
            breaks=bytes([HARMS_SENSE if i == 7 else ALLOWED for i in range(19)] + [MUST]),
            harms={7: shaped.harms[at]},
        )
        broken = break_paragraph(only, [8 * EM])
        assert broken is not None
        costs.append(broken.cost)
    assert costs == sorted(set(costs))


ADDRESS = "http://www.jimo.gov.cn/news/2024?id=5&page=info#top"


def test_an_address_breaks_at_its_marks_before_its_letters() -> None:  # TY-37
    levels = breaks(ADDRESS)
    at_marks = {text for text, level in levels.items() if level == EDGE_OF_ADDRESS}
    assert at_marks == {
        "http://", "http://www", "http://www.jimo", "http://www.jimo.gov", "http://www.jimo.gov.cn/",
        "http://www.jimo.gov.cn/news/", "http://www.jimo.gov.cn/news/2024?", "http://www.jimo.gov.cn/news/2024?id=",
        "http://www.jimo.gov.cn/news/2024?id=5&", "http://www.jimo.gov.cn/news/2024?id=5&page=",
        "http://www.jimo.gov.cn/news/2024?id=5&page=info",
    }  # fmt: skip
    shaped = shape(f"汉字{ADDRESS}汉字")
    for line in break_at(shaped, 10):
        end = shaped.starts[line.end]
        assert end == len(shaped.text) or shaped.text[:end].removeprefix("汉字") in {"", *at_marks, ADDRESS}


def test_a_letter_that_ends_a_line_is_not_kerned_with_the_next() -> None:  # TY-35, TY-37
    face = faces().chain("song").faces[0]
    shaped = shape(ADDRESS)
    for line in break_at(shaped, 5)[:-1]:
        last = line.drawn - 1
        assert line.advances[-1] == pytest.approx(
            face.hb_font.get_glyph_h_advance(shaped.gids[last]) * EM / 1000, abs=2
        )


def test_an_address_that_fits_a_line_is_not_divided() -> None:  # TY-37: the last resort only
    shaped = shape("请写信到jimo.news@mail.cn联系我们大家")
    assert any("jimo.news@mail.cn" in text for text in texts(shaped, break_at(shaped, 12)))


def test_outside_an_address_its_marks_are_nothing_special() -> None:  # TY-37, negative control
    assert EDGE_OF_ADDRESS not in breaks("A/B.C=D 1/2").values()


def test_western_words_are_not_letter_spaced() -> None:  # TY-45
    shaped = shape("汉字internationalization汉字汉字")
    for line in break_at(shaped, 12):
        for i, (text, width) in enumerate(line_widths(shaped, line)[:-1]):
            following = shaped.text[shaped.starts[line.start + i + 1]]
            if text.isascii() and following.isascii():
                assert width == em(shaped.advances[line.start + i])


def test_trailing_space_of_a_single_line_is_dropped() -> None:
    assert single("王静 ").drawn == 2
