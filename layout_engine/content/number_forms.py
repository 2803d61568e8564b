"""Are numbers written as the standard has them (数字用法)? TY-48, GB/T 15835; each with the exact edit."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from layout_engine.content.model import Change, Proposal

_FIGURES: Final = "一二三四五六七八九"
_ZERO: Final = "〇"
_YEAR_LENGTH: Final = 4  # 二〇二四年
_LOOK_ALIKES: Final = "○◯ＯO零0０"  # what is typed for 〇


def written_zeros(text: str) -> Iterator[Proposal]:
    """二○二四年: the zero of a year in Chinese figures is 〇 (U+3007)."""
    for found in _written_year().finditer(text):
        year = found.group(1)
        changes = tuple(
            Change(found.start() + at, found.start() + at + 1, _ZERO)
            for at, one in enumerate(year)
            if one in _LOOK_ALIKES
        )
        if changes and sum(one in _FIGURES for one in year) >= _YEAR_LENGTH // 2:
            yield Proposal("copy/written-zero", "TY-48", "digits", changes[0].start, changes)


def percent_ranges(text: str) -> Iterator[Proposal]:
    """63～68%: a range of percentages has the sign at both ends."""
    for found in _percent_range().finditer(text):
        number, sign = found.group(1), found.group(3)
        change = Change(found.start(1), found.end(1), number + sign)
        yield Proposal("copy/percent-range", "TY-48", "digits", found.start(1), (change,))


def grouped_digits(text: str) -> Iterator[Proposal]:
    """1,280: newspapers write thousands without a comma. An English phrase or a list of numbers may mean it."""
    for found in _grouped().finditer(text):
        whole = found.group()
        change = Change(found.start(), found.end(), whole.replace(",", ""))
        yield Proposal("copy/grouped-digits", "TY-48", "doubtful", found.start(), (change,))


@cache
def _written_year() -> re.Pattern[str]:
    one = f"[{_FIGURES}{_ZERO}{_LOOK_ALIKES}]"
    return re.compile(f"(?<!{one})({one}{{{_YEAR_LENGTH}}})年")


@cache
def _percent_range() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)([～~—–-])[0-9]+(?:\.[0-9]+)?([%％])")


@cache
def _grouped() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")
