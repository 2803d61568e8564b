"""Dates as papers print them, the lunar ones held against a second library."""

from datetime import date, timedelta

import pytest
from borax.calendars.lunardate import LunarDate as OtherLunarDate

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import read_at
from layout_engine.spec.calendar import LunarDate, date_text, lunar_date, read_date, weekday_text
from layout_engine.spec.furniture import check_text
from layout_engine.spec.model import Issue

DAY = date(2024, 5, 21)
ISSUE = Issue(house="house.yaml", date="2024-05-21", number=3026, pages=())


def test_the_reference_day_is_called_as_its_front_page_says() -> None:
    assert date_text(DAY) == "2024年5月21日"
    assert weekday_text(DAY) == "星期二"
    assert lunar_date(DAY) == LunarDate(4, 14, False, "四月十四")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 2, 10), "正月初一"),
        (date(2024, 2, 9), "十二月三十"),
        (date(2023, 4, 1), "闰二月十一"),
        (date(2024, 12, 1), "十一月初一"),
        (date(2024, 5, 27), "四月二十"),
        (date(2024, 5, 28), "四月廿一"),
    ],
)
def test_the_sign_of_long_and_short_months_is_cut_and_the_last_months_are_numbered(day: date, text: str) -> None:
    assert lunar_date(day).text == text


def test_two_libraries_agree_on_the_lunar_date() -> None:
    days = [date(1949, 10, 1) + timedelta(days=53 * n) for n in range(1000)]
    ours = [(one.month, one.day, one.leap) for one in map(lunar_date, days)]
    others = [OtherLunarDate.from_solar_date(day.year, day.month, day.day) for day in days]
    assert ours == [(one.month, one.day, bool(one.leap)) for one in others]


@pytest.mark.parametrize("text", ["2024-02-30", "1900-12-31", "2100-01-01", "2024-5-21", "20240521x"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


def _codes(text: str) -> list[str]:
    found = Findings()
    check_text(read_at(text, "page.yaml", 1, 1), ISSUE, DAY, found)
    return [one.code for one in found.all()]


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月21日 农历四月十四 星期二 第3026期",
        "2024年05月21日 农历甲辰年四月十四 周二",
        "{date} 农历{lunar} {weekday} 第{number}期",
        "每两周一次，周三刊出",
        "第一期学员结业",
        "农历新年快乐",
        "",
    ],
)
def test_what_agrees_or_says_nothing_of_the_date_is_left_alone(text: str) -> None:
    assert _codes(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2024年5月22日", ["furniture/date"]),
        ("2023 年 5 月 21 日", ["furniture/date"]),
        ("星期天", ["furniture/weekday"]),
        ("周日", ["furniture/weekday"]),
        ("农历四月十三", ["furniture/lunar"]),
        ("农历冬月廿一", ["furniture/lunar"]),
        ("第 3025 期", ["furniture/number"]),
        (
            "2024年5月20日 农历四月十三 星期一 第3025期",
            ["furniture/date", "furniture/weekday", "furniture/lunar", "furniture/number"],
        ),
    ],
)
def test_each_disagreement_is_one_finding(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes
