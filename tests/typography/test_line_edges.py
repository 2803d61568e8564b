"""What may stand at a line's start and end, in broken paragraphs: TY-30 to TY-35."""

from itertools import pairwise

import pytest

from layout_engine.typography.first_fit import set_first_fit
from layout_engine.typography.model import SetLine, ShapedParagraph
from tests.typography.setting import EM, break_at, em, shape, texts

NEVER_FIRST = "。．？！，、；：”’」』）〕］｝》〉】〗·～-–—／/％%℃°々"
NEVER_LAST = "“‘「『（〔［｛《〈【〖/／"
TEXT = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"


def with_mark(mark: str, at: int) -> str:
    return f"{TEXT[:at]}{mark}{TEXT[at:]}"


@pytest.mark.parametrize("mark", NEVER_FIRST)
def test_a_mark_never_starts_a_line(mark: str) -> None:  # TY-30
    for at in range(7, 11):
        shaped = shape(with_mark(mark, at))
        assert not any(text.startswith(mark) for text in texts(shaped, break_at(shaped, 8)))


@pytest.mark.parametrize("mark", NEVER_LAST)
def test_an_opening_mark_never_ends_a_line(mark: str) -> None:  # TY-31
    for at in range(6, 10):
        shaped = shape(with_mark(mark, at))
        assert not any(text.endswith(mark) for text in texts(shaped, break_at(shaped, 8)))


@pytest.mark.parametrize("mark", ["，", "“"])
def test_without_the_rule_the_mark_would_stand_there(mark: str) -> None:  # TY-30, TY-31: negative control
    at = 8 if mark == "，" else 7
    line = with_mark(mark, at)[:8], with_mark(mark, at)[8:]
    assert line[1].startswith(mark) or line[0].endswith(mark)


def test_a_currency_sign_stays_with_its_number() -> None:  # TY-31
    shaped = shape("甲乙丙丁戊己庚￥1280子丑寅卯")
    assert not any(text.endswith("￥") for text in texts(shaped, break_at(shaped, 8)))


@pytest.mark.parametrize("mark", list(",.;:!?)]}"))
def test_an_ascii_mark_follows_its_chinese_brother(mark: str) -> None:  # TY-32
    shaped = shape(with_mark(mark, 8))
    assert not any(text.startswith(mark) for text in texts(shaped, break_at(shaped, 8)))


@pytest.mark.parametrize("mark", ["——", "……"])
def test_a_dash_or_ellipsis_may_start_a_line_and_is_never_split(mark: str) -> None:  # TY-33, TY-36
    shaped = shape(with_mark(mark, 8))
    assert texts(shaped, break_at(shaped, 8))[1].startswith(mark)
    for at in range(6, 10):
        shaped = shape(with_mark(mark, at))
        for before, after in pairwise(texts(shaped, break_at(shaped, 8))):
            assert not (before.endswith(mark[0]) and after.startswith(mark[0]))


def both(shaped: ShapedParagraph, measure: float) -> tuple[tuple[SetLine, ...], ...]:
    return break_at(shaped, measure), set_first_fit(shaped, [int(measure * EM)]).lines


def test_a_word_longer_than_the_measure_is_divided_between_letters_and_told() -> None:  # TY-35
    shaped = shape("汉字pneumonoultramicroscopic汉字")
    for lines in both(shaped, 6):
        assert "".join(texts(shaped, lines)) == shaped.text
        assert any(line.last_resort for line in lines)
        assert all(line.width <= line.measure for line in lines)


def test_a_word_that_fits_a_line_of_its_own_is_not_divided() -> None:  # TY-46
    shaped = shape("汉字汉字information汉字汉字")
    for lines in both(shaped, 7):
        assert any("information" in text for text in texts(shaped, lines))


@pytest.mark.parametrize("text", ["“（《“（《“（《汉", "汉？！？！？！？！？！", "汉——", "0532-86567888"])
@pytest.mark.parametrize("measure", [1, 2, 3])
def test_nothing_is_lost_in_a_measure_too_narrow(text: str, measure: int) -> None:  # TY-35
    shaped = shape(text)
    for lines in both(shaped, measure):
        assert "".join(texts(shaped, lines)) == text
        assert all(line.last_resort for line in lines if line.width > line.measure)


def test_a_cluster_wider_than_the_measure_stands_alone_and_says_so() -> None:  # TY-35
    shaped = shape("汉字")
    for lines in both(shaped, 0.5):
        assert [(em(line.width), line.last_resort) for line in lines] == [(1, True), (1, True)]
