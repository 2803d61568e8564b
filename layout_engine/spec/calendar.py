"""What a date is called in the paper (日期、星期、农历): everything dated on a page comes from one date."""

from datetime import date, datetime, time
from functools import cache
from typing import Final

import msgspec

FIRST_YEAR: Final = 1901  # the lunar tables reach from 1901 to 2099
LAST_YEAR: Final = 2099
_WEEKDAYS: Final = "一二三四五六日"


class LunarDate(msgspec.Struct, frozen=True):
    """农历: a month that may be a leap month, and a day."""

    month: int
    day: int
    leap: bool
    text: str  # as papers print it: 四月十四, 闰二月初一, 十二月初八


def read_date(text: str) -> date | None:
    """The date that `text` writes as 2024-05-21, or None where there is no such day or no lunar table for it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def date_text(day: date) -> str:
    """2024年5月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_text(day: date) -> str:
    """星期二."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


@cache
def lunar_date(day: date) -> LunarDate:
    """The lunar date of the day, at noon: the library lets the day change at eleven in the evening."""
    import cnlunar  # noqa: PLC0415 - only a page that prints the lunar date pays for loading it

    lunar = cnlunar.Lunar(datetime.combine(day, time(12)))
    month = lunar.lunarMonthCn.rstrip("大小")  # the library writes whether the month has 30 or 29 days
    text = numbered_months(f"{month}{lunar.lunarDayCn}")
    return LunarDate(lunar.lunarMonth, lunar.lunarDay, bool(lunar.isLunarLeapMonth), text)


def numbered_months(lunar: str) -> str:
    """A lunar date with the last two months by number, as papers print them: 冬月 is 十一月, 腊月 十二月."""
    return lunar.replace("冬月", "十一月").replace("腊月", "十二月")
