"""A paragraph that a column break cut is found, and no sound one is joined (TY-109)."""

import pytest

from layout_engine.content.cuts import Cut, Paragraph, find_cuts

SOUND = "今年春播面积比去年多两成。农机已全部下地。"
MORE = "多两成，农机已全部下地。"


def cuts(*texts: str, all_body: bool = False) -> list[tuple[int, bool]]:
    paragraphs = [Paragraph(text.removeprefix("## "), heading=text.startswith("## ")) for text in texts]
    return [(cut.index, cut.joins) for cut in find_cuts(paragraphs, all_body=all_body)]


@pytest.mark.parametrize(
    "texts",
    [
        ("春播开始了。今年的面积比去年", MORE),  # in the middle of a word
        ("春播开始了，今年的面积比去年大，", MORE),  # behind a pause
        ("今年以来，", "全区春播面积" + MORE),  # a short one, at a column's foot
        ("春播开始了。他把这叫做“", "双过半”，大家都说好。"),
        ("他说，春播开始", "”，大家都说好。"),  # the next begins with a closing mark
        ("他说，春播开始", "。大家都说好。"),
        ("春播开始了。今年增长18.4%", "的主要原因是天气好，雨水足。"),
        ("春播开始了。今年推广“生命线”", "工程，大家都说好。"),
        ("会议要求，一要抓春播。二要抓夏收；", "同时要抓好秋管，做好冬藏。"),
    ],
)
def test_a_cut_paragraph_is_found_wherever_it_stands(texts: tuple[str, ...]) -> None:
    assert cuts(*texts) == [(0, True)]
    assert cuts(SOUND, *texts, SOUND) == [(1, True)]
    assert cuts(*texts, all_body=True) == [(0, True)]


def test_a_long_sentence_among_paragraphs_is_cut_and_a_deck_above_them_is_not() -> None:
    sentence = "咬定目标不放松，铆足干劲争一流，以更大的担当、更实的作为服务全市高质量发展"
    assert cuts(SOUND, sentence, MORE) == [(1, True)]
    assert cuts("## 题", sentence, SOUND) == []
    assert cuts("题", sentence, SOUND) == []


def test_each_of_two_cuts_in_a_row_is_found() -> None:
    texts = ("春播开始了。今年的面积比去年", "多两成，农机已经下地。明天", "还有雨，请注意。")
    assert cuts(*texts) == [(0, True), (1, True)]


@pytest.mark.parametrize(
    "texts",
    [
        (SOUND, SOUND),
        ("一季度全区新能源新材料", "产业增加值增速18.4%", SOUND),
        ("奋力在新的发展征程中", "走在前 显担当 作贡献", SOUND),
        ("青岛温泉茶厂 电话：0532-86567888", SOUND),
        ("地址：鹤山路1号，电话：86567888", SOUND),
        ("责编：王静 美编：刘帅", SOUND),
        ("图为工人在车间作业。王静 摄", SOUND),
        ("图为工人在车间作业。本报记者王静摄", SOUND),
        ("春播开始了。（周程林 刘云睿）", SOUND),
        ("春播开始了。（见图）", SOUND),
        ("春播开始了。(周程林 刘云睿)", "（秦贞燕）"),
        ("春播开始了。 本报记者 王静", SOUND),
        ("他说：“春播开始了。”", SOUND),
        ("获奖名单如下：", "王静，刘帅，周林。"),
        ("春播开始了。下一步怎么办——", SOUND),
        ("春播开始了……", SOUND),
        ("春播开始了！", "好！农机下地，人也下地。"),
        ("床前明月光，", "疑是地上霜。"),
        ("白日依山尽，黄河入海流，", "欲穷千里目，更上一层楼。"),
        ("要抓好春播。具体安排是，", "一是抓播种，二是抓管理。"),
        ("会议要求，一要抓春播；", "二要抓夏收；", "三要抓秋管，做好冬藏。"),
        ("（一）抓春播，促夏收；", "（二）抓秋管，做冬藏。"),
        ("春播开始了。今年面积大", "## 夏收"),
        ("市民在公园赏花", SOUND),
        ("5月20日，市民在公园赏花", SOUND),
        ("春播开始了。来源：农业局 王静", "本报讯 今天起，天气转晴。"),
        ("GUSH", "铁谷山茶", "你的 我的 世界的"),
        ("咬定目标不放松，铆足干劲争一流", SOUND),
    ],
)
def test_sound_paragraphs_are_never_joined(texts: tuple[str, ...]) -> None:
    assert not any(joins for _, joins in cuts(*texts))
    assert not any(joins for _, joins in cuts("## 题", *texts, "## 题"))


@pytest.mark.parametrize("texts", [(SOUND, "名单", "王静 刘帅", SOUND), ("获奖者有：", "王静", "刘帅", SOUND)])
def test_lines_without_points_are_sound_in_a_body(texts: tuple[str, ...]) -> None:
    assert cuts(*texts, all_body=True) == []


def test_text_that_breaks_off_with_nothing_to_follow_is_found() -> None:
    text = "春播开始了。今年的面积比去年多两成，农机已"
    assert cuts(text) == [(0, False)]
    assert cuts(text, "## 夏收") == [(0, False)]
    assert cuts(text, "（周程林）") == [(0, False)]


def test_nothing_is_found_in_nothing() -> None:
    assert find_cuts([], all_body=True) == []
    assert find_cuts([Paragraph(""), Paragraph(" ")], all_body=True) == []
    assert Cut(0, joins=True).joins
