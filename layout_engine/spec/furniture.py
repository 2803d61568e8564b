"""Whether what is dated on a page agrees with the one date of the issue (报头报眉核对).

Fields such as {date} cannot be wrong. What was typed instead, in the issue file or in a masthead, folio or
ear, and the name of the issue's folder are held against the date: one finding for each that disagrees.
"""

import re
from datetime import date
from typing import Final

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.source import SourcedText
from layout_engine.base.yaml_nodes import YamlDocument
from layout_engine.spec.calendar import date_text, lunar_date, numbered_months, weekday_text
from layout_engine.spec.model import Issue

DATED_KINDS: Final = ("masthead", "ear", "folio")  # an advertisement may name another day
NUMBERED_KIND: Final = "folio"  # elsewhere a page number sends readers to another page

_DATE: Final = r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_WEEKDAY: Final = r"(?:星期|礼拜|(?<![一二三四五六七八九十两几每半])周)[一二三四五六日天](?![次期刊年报])"
_LUNAR_MONTH: Final = r"闰?(?:正|[二三四五六七八九十]|十[一二]|冬|腊)月"
_ONE_TO_NINE: Final = "[一二三四五六七八九]"
_LUNAR_DAY: Final = rf"(?:初(?:{_ONE_TO_NINE}|十)|十{_ONE_TO_NINE}?|二十{_ONE_TO_NINE}?|廿{_ONE_TO_NINE}?|三十)"
_LUNAR: Final = rf"农历\s*(?:[甲乙丙丁戊己庚辛壬癸]\S年)?\s*({_LUNAR_MONTH}\s*{_LUNAR_DAY})"
_ONE_TO_NINETY_NINE: Final = "[一二三四五六七八九十]{1,3}"
_PAGE: Final = rf"第\s*(\d{{1,3}}|{_ONE_TO_NINETY_NINE})\s*版|(?<![\d.])(0\d)\s*版"
_NUMBER: Final = r"第\s*(\d{1,9})\s*期"


def check_issue(issue: Issue, day: date, document: YamlDocument, folder: str, found: Findings) -> None:
    """Hold weekday and lunar date of the issue file, and the folder's name, against the date."""
    if isinstance(issue.weekday, str) and _plain_weekday(issue.weekday) != weekday_text(day):
        found.add(
            "furniture/weekday",
            document.span(("weekday",)),
            typed=issue.weekday,
            right=weekday_text(day),
            date=date_text(day),
        )
    if isinstance(issue.lunar, str):
        right = lunar_date(day).text
        if _plain_lunar(issue.lunar) != right:
            found.add("furniture/lunar", document.span(("lunar",)), typed=issue.lunar, right=right, date=date_text(day))
    if re.match(r"\d{4}-\d{2}-\d{2}", folder) and not folder.startswith(issue.date):
        found.add("furniture/folder", document.span(("date",)), folder=folder, date=issue.date)


def check_text(text: SourcedText, issue: Issue, day: date, found: Findings) -> None:
    """Hold each date, weekday, lunar date and issue number that was typed in a text against the issue."""
    for match in re.finditer(_DATE, text.text):
        if tuple(int(part) for part in match.groups()) != (day.year, day.month, day.day):
            _disagrees("furniture/date", text.span(match.start()), match[0], date_text(day), day, found)
    for match in re.finditer(_WEEKDAY, text.text):
        if _plain_weekday(match[0]) != weekday_text(day):
            _disagrees("furniture/weekday", text.span(match.start()), match[0], weekday_text(day), day, found)
    for match in re.finditer(_LUNAR, text.text):
        if _plain_lunar(match[1]) != lunar_date(day).text:
            _disagrees("furniture/lunar", text.span(match.start(1)), match[1], lunar_date(day).text, day, found)
    for match in re.finditer(_NUMBER, text.text):
        if int(match[1]) != issue.number:
            _disagrees("furniture/number", text.span(match.start()), match[0], f"第{issue.number}期", day, found)


def check_page_number(text: SourcedText, page: int, found: Findings) -> None:
    """Hold each page number that was typed in a folio (第3版, 第三版, 03版) against the page's own."""
    for match in re.finditer(_PAGE, text.text):
        if _read_number(match[1] or match[2]) != page:
            found.add("furniture/page-number", text.span(match.start()), typed=match[0], page=page)


def _disagrees(code: str, span: Span, typed: str, right: str, day: date, found: Findings) -> None:
    found.add(code, span, typed=typed, right=right, date=date_text(day))


def _read_number(text: str) -> int:
    """3, 03 or 三, 十二, 二十一; nothing that could be a page for what is no number."""
    if text.isdecimal():
        return int(text)
    digits = " 一二三四五六七八九"
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return digits.index(text) if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)


def _plain_weekday(text: str) -> str:
    """星期天, 周日, 礼拜日 → 星期日."""
    return "星期" + text.strip()[-1:].replace("天", "日")


def _plain_lunar(text: str) -> str:
    """农历冬月二十一 → 十一月廿一, the form of `lunar_date`."""
    text = "".join(text.split()).removeprefix("农历")
    text = re.sub(r"^[甲乙丙丁戊己庚辛壬癸]\S年", "", text)
    text = re.sub(r"二十(?=[一二三四五六七八九])", "廿", text)
    text = re.sub(r"廿$", "二十", text)
    return numbered_months(text)
