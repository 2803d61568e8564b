"""Figures are the same however they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.guards.numerals import find_figures

_SAME = [
    ("1.2万", "12000"), ("一万二千", "12000"), ("一万二", "12000"), ("一百二十", "120"), ("一百二", "120"),
    ("一百零二", "102"), ("三千一百四十六", "3146"), ("1,280", "1280"), ("八亿", "800000000"), ("二〇二四", "2024"),
    ("十八", "18"), ("3.5亿", "350000000"), ("两千", "2000"), ("五十六万", "560000"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value"), _SAME)
def test_a_figure_comes_to_the_same_in_every_writing(written: str, value: str) -> None:
    assert [one.value for one in find_figures(f"共{written}公里")] == [Decimal(value)]


@pytest.mark.parametrize("written", ["30%", "30％", "三成", "百分之三十"])
def test_shares_are_percent(written: str) -> None:
    assert [(one.value, one.kind) for one in find_figures(f"增长{written}。")] == [(Decimal(30), "percent")]


@pytest.mark.parametrize(
    "text", ["一片海田", "三三两两", "千家万户", "七八个人", "5G专网", "C919", "五谷丰登", "一成为"]
)
def test_words_are_no_figures(text: str) -> None:
    assert list(find_figures(text)) == []


@given(st.text("〇一二三四五六七八九十百千万亿两点百分之成半多%.,0123456789公里 "))
def test_no_text_is_too_odd(text: str) -> None:
    for one in find_figures(text):
        assert 0 <= one.start < one.end <= len(text)


def _chinese(value: int) -> str:
    digits, text = "零一二三四五六七八九", ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            text += digits[digit] + name
        elif text and not text.endswith("零") and value % size:
            text += "零"
    return text


@given(st.integers(11, 9999))
def test_every_number_is_read_as_it_is_said(value: int) -> None:
    assert [one.value for one in find_figures(f"共{_chinese(value)}件")] == [Decimal(value)]
