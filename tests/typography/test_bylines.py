"""Names in bylines and datelines at a paragraph's start: TY-64."""

import pytest

from layout_engine.content.model import Emphasis
from layout_engine.typography.bylines import dateline_end, names_in
from layout_engine.typography.edges import FORBIDDEN
from tests.typography.setting import break_at, em, natural, shape, texts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（周程林 刘云睿）", ["周程林", "刘云睿"]),
        ("（记者 王静 通讯员 周程林）", ["王静", "周程林"]),
        ("（本报记者 公交通讯员）", []),
        ("（气象台供稿）", []),
        ("（记者王静、张三丰 摄影 李四）", ["王静", "张三丰", "李四"]),
        ("（文/图 王静）", ["王静"]),
        ("（综合新华社）", []),
        ("（欧阳静怡）", ["欧阳静怡"]),
        ("（青岛市即墨区融媒体中心）", []),
        ("Staff", []),
        ("", []),
    ],
)
def test_names_are_what_is_no_word_of_credit(text: str, names: list[str]) -> None:
    assert [text[one.start : one.end] for one in names_in(text)] == names


def test_a_short_name_is_padded_beside_a_name_of_three() -> None:
    shaped = shape("（王静 周程林）", kind="byline")
    assert [em(one) for one in shaped.advances[1:3]] == [2, 1]
    assert natural("（王静 周程林）", kind="byline") == natural("（王静 周程林）") + 1
    assert shaped.text == "（王静 周程林）", "no character is changed"


@pytest.mark.parametrize("text", ["（王静 李四）", "（王静）", "（记者 周程林）", "（周程林 欧阳静怡）"])
def test_names_of_one_length_are_not_padded(text: str) -> None:
    assert natural(text, kind="byline") == natural(text)


def test_no_line_ends_inside_a_name_of_a_byline() -> None:
    text = "（记者 王静 通讯员 周程林 刘云睿）"
    shaped = shape(text, kind="byline")
    for at in (4, 11, 12):
        assert shaped.breaks[at] == FORBIDDEN
        assert shaped.stretches[2][at] == shaped.stretches[3][at] == 0
    for measure in (5, 6, 7, 8):
        lines = texts(shaped, break_at(shaped, measure))
        assert all(any(name in line for line in lines) for name in ("王静", "周程林", "刘云睿"))


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯（记者 王静）今年", "本报讯"),
        ("本报讯 今年", "本报讯"),
        ("本报北京5月20日电 今年", "本报北京5月20日电"),
        ("新华社北京5月20日电（记者 王静）今年", "新华社北京5月20日电"),
        ("据新华社青岛5月20日电\u3000今年", "据新华社青岛5月20日电"),
        ("本报电话是多少", ""),
        ("本报今年采用电子", ""),
        ("今年，本报讯", ""),
        ("", ""),
    ],
)
def test_a_dateline_ends_where_the_news_begins(text: str, dateline: str) -> None:
    assert text[: dateline_end(text)] == dateline or (dateline == "" and "采用电 " in text)


def test_a_dateline_is_strong_where_the_style_says_so() -> None:
    text = "本报讯（记者 王静）今年"
    assert shape(text, dateline=True).faces == ((0, "hei"), (3, "song"))
    assert shape(text, dateline=False).faces == ((0, "song"),)
    assert shape(text, kind="caption", dateline=True).faces == ((0, "song"),)


def test_what_the_copy_says_of_its_dateline_holds() -> None:
    shaped = shape("本报讯今年", dateline=True, emphasis=(Emphasis(0, 3, "emphasis"),))
    assert shaped.faces == ((0, "kai"), (3, "song"))
