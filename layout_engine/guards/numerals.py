"""Figures in a text, whichever way they are written (数字): 1.2万, 12000, 一万二千; 三成, 30%, 百分之三十."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, Literal

import msgspec

_DIGITS: Final = {one: at for at, one in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10**4, "亿": 10**8}
_CHINESE: Final = "〇零一二两三四五六七八九十百千万亿"
_ABOUT: Final = frozenset("多余几来")  # 三百多公里
# Units of which one may be told in another: what is measured, and how many of the smallest unit.
_UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    **{name: ("length", Decimal(size)) for name, size in (("公里", 10**6), ("千米", 10**6), ("厘米", 10), ("毫米", 1))},
    "米": ("length", Decimal(1000)),
    **{name: ("mass", Decimal(size)) for name, size in (("吨", 10**6), ("公斤", 1000), ("千克", 1000), ("斤", 500))},
    "克": ("mass", Decimal(1)),
    **{name: ("area", Decimal(size)) for name, size in (("平方公里", 10**6), ("平方千米", 10**6), ("公顷", 10**4))},
    "平方米": ("area", Decimal(1)),
    "亩": ("mu", Decimal(1)),
    **{name: ("volume", Decimal(size)) for name, size in (("立方米", 10**6), ("毫升", 1), ("升", 1000))},
    **{name: ("time", Decimal(size)) for name, size in (("小时", 3600), ("分钟", 60), ("秒", 1))},
    **{name: ("money", Decimal(1)) for name in ("元", "块钱")},
    "角": ("money", Decimal("0.1")),
    "美元": ("dollars", Decimal(1)),
}
_LONGEST_UNIT: Final = 4
# A single Chinese digit is a figure only before one of these: 一片海田, 三三两两 and 五谷 are none.
_COUNTED: Final = frozenset("人名项条座家万亿倍个所台辆件户艘架吨斤元天年月日岁周届次场枚套种")
_WORDS_OF_ONE: Final = "一"  # 一家人, 一条心: too much a word to be held against the text

Kind = Literal["number", "percent"]


class Figure(msgspec.Struct, frozen=True):
    """One figure: what it comes to, how finely it is told, and what is counted."""

    start: int
    end: int
    value: Decimal
    step: Decimal  # of the last digit that means something: 1.2万 is told to a thousand
    kind: Kind
    unit: str = ""
    about: bool = False
    rounded: bool = False  # written in Chinese or by 万 and 亿: may stand for what it is the round number of

    @property
    def measured(self) -> tuple[str, Decimal]:
        """What is measured and how much of it there is, in the smallest unit of that kind."""
        what, size = _UNITS.get(self.unit, ("", Decimal(1)))
        return what, self.value * size


def find_figures(text: str, *, words_too: bool = False) -> Iterator[Figure]:
    """Every figure of the text in order; with `words_too` also single Chinese digits that may be words, as in 五折."""
    for found in _pattern().finditer(text):
        figure = _read(found, text, words_too=words_too)
        if figure is not None:
            yield figure


@cache
def _pattern() -> re.Pattern[str]:
    arabic = (
        r"(?<![A-Za-z0-9.])(?P<arabic>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        r"(?P<group>[百千]?[万亿]{0,2})(?![A-Za-z0-9])"
    )
    chinese = rf"(?P<chinese>[{_CHINESE}]+(?:点[〇零一二三四五六七八九]+)?)"
    return re.compile(rf"(?P<parts>百分之)?(?:{arabic}|{chinese})")


def _read(found: re.Match[str], text: str, *, words_too: bool) -> Figure | None:
    end = found.end()
    if found["arabic"] is not None:
        plain = found["arabic"].replace(",", "")
        if len(plain) > _MAX_DIGITS:
            return None
        value, step = Decimal(plain), Decimal(1).scaleb(-len(plain.partition(".")[2]))
        for one in found["group"]:
            size = _STEPS.get(one) or _GROUPS[one]
            value, step = value * size, step * size
        if text[found.start() - 1 : found.start()] in _TOWARDS and "." not in plain:
            step *= 10 ** (len(plain) - len(plain.rstrip("0")))
        rounded = bool(found["group"]) or step > 1
    else:
        read = _read_chinese(found["chinese"])
        if read is None:
            return None
        value, step = read
        rounded = True
    about = text[end : end + 1] in _ABOUT if end < len(text) else False
    after = end + about
    if text[after : after + 1] and text[after] in "%％":
        return Figure(found.start(), after + 1, value, step, "percent", about=about)
    if found["parts"]:
        return Figure(found.start(), end, value, step, "percent", about=about)
    if text[after : after + 1] == "成" and value < _TENTHS and _is_share(text, after):
        half = text[after + 1 : after + 2] == "半"
        value, step = value * 10 + (5 if half else 0), Decimal(5 if half else 10)
        return Figure(found.start(), after + 1 + half, value, step, "percent", about=about)
    unit = _unit_at(text, after)
    if found["chinese"] is not None and len(found["chinese"]) == 1:
        counted = unit or text[after : after + 1] in _COUNTED
        word = not counted or (found["chinese"] in _WORDS_OF_ONE and not unit)
        if value >= _ALONE or (word and not words_too):
            return None
    return Figure(found.start(), end, value, step, "number", unit, about, rounded)


_TOWARDS: Final = frozenset("破超逾近约过达")  # 突破800亿, 近5000人: told to its last digit that is no zero
_MAX_DIGITS: Final = 18  # longer ones are codes, not quantities
_YEAR: Final = 4  # digits: 二〇二四
_TENTHS: Final = 10
_ALONE: Final = 100  # 百, 千, 万 alone are words
_NO_SHARE: Final = frozenset("立为功绩果员本长熟年分就人")


def _is_share(text: str, at: int) -> bool:
    """Whether 成 counts tenths: 三成, not 一成为 or 二成立."""
    return text[at + 1 : at + 2] not in _NO_SHARE or not text[at + 1 : at + 2]


def _unit_at(text: str, at: int) -> str:
    """The unit that begins at `at`, the longest."""
    return next((text[at : at + n] for n in range(_LONGEST_UNIT, 0, -1) if text[at : at + n] in _UNITS), "")


def _read_chinese(text: str) -> tuple[Decimal, Decimal] | None:
    """What a Chinese numeral comes to and how finely; None for 三五, 七八 and other words."""
    whole, point, decimals = text.partition("点")
    if len(whole) > _MAX_DIGITS:
        return None
    if all(one in _DIGITS for one in whole):
        if len(whole) > 1 and ("两" in whole or (len(whole) < _YEAR and not point)):
            return None  # 三五, 七八: about so many; 三三两两
        value = Decimal("".join(str(_DIGITS[one]) for one in whole))
        step = Decimal(1)
    else:
        read = _read_places(whole)
        if read is None:
            return None
        value, step = Decimal(read[0]), Decimal(read[1])
    if point:
        value += Decimal("0." + "".join(str(_DIGITS[one]) for one in decimals))
        step = Decimal(1).scaleb(-len(decimals))
    return value, step


def _read_places(text: str) -> tuple[int, int] | None:
    """一万二千四百 → 12400, told to 100. None where two digits follow each other or nothing is counted."""
    total = section = 0
    digit: int | None = None
    step = 1
    last_step = 10
    zero = False
    for at, one in enumerate(text):
        if one in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit, step = _DIGITS[one], 1
            zero = zero or digit == 0
            continue
        size = _STEPS.get(one)
        if size is not None:
            if digit is None and not (one == "十" and section % 100 == 0):
                return None
            section += (1 if digit is None or digit == 0 else digit) * size
            digit, step, last_step, zero = None, size, size, False
            continue
        group = _GROUPS[one]
        section += digit or 0
        if section == 0 and not (total and one == "亿"):
            return None
        if group == _GROUPS["亿"] and total:
            total, section = (total + section) * group, 0
        else:
            total, section = total + section * group, 0
        digit, step, last_step, zero = None, (step if text[at - 1] in _STEPS else 1) * group, group, False
    if digit is not None and digit:
        short = last_step > 10 and not zero and step == 1 and text[-2] in (_STEPS | _GROUPS)
        size = last_step // 10 if short else 1  # 一百二 is 120
        section, step = section + digit * size, size
    return total + section, step
