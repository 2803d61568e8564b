"""The fields of a typed text (文字里的字段): {date}, {lunar}, {number} … filled in from the issue.

A field's value stands at the place of the braces that it fills; `{{` writes a brace.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.nearest import nearest
from layout_engine.base.source import SourcedText
from layout_engine.spec.calendar import date_text, lunar_date, weekday_text
from layout_engine.spec.model import House, Issue

NAMES: Final = (
    "code",
    "date",
    "duty",
    "lunar",
    "number",
    "page",
    "page_name",
    "paper",
    "publisher",
    "sponsors",
    "weekday",
)
_MOST_DIGITS: Final = 6
_MOST_LETTERS: Final = 60  # PR-15: of a file name
_SUFFIX: Final = ".pdf"


class Dated(msgspec.Struct, frozen=True):
    """What the fields of a page are filled with."""

    house: House
    issue: Issue
    day: date | None  # None where the issue's date is faulty: it was told
    page: int
    page_name: str


def fill_text(text: SourcedText, facts: Dated, found: Findings) -> SourcedText:
    """The text with its fields filled in; a field that is not known stays as it is and is told."""
    for start, end, field in reversed(list(_fields(text.text))):
        if field is None:
            text = text.replaced(start, end, text.text[start])
            continue
        value = _value(field, facts)
        if value is None:
            name = field.partition(":")[0].partition(".")[0]
            near, known = nearest(name, NAMES), ", ".join(NAMES)
            if name == "duty":
                near, known = "", ", ".join(facts.issue.duty)
            elif name in NAMES:
                near, known = name, ""
            found.add("spec/unknown-field", text.span(start), field=field, nearest=near, known=known)
        else:
            text = text.replaced(start, end, value)
    return text


def fill_file_name(pattern: SourcedText, facts: Dated, found: Findings) -> str | None:
    """The name of a page's PDF; None, with the reason told, where a printer could not take it (PR-15)."""
    before = len(found)
    name = fill_text(pattern, facts, found).text
    if len(found) > before:
        return None
    wrong = "".join(dict.fromkeys(one for one in name if not (one.isascii() and (one.isalnum() or one in "-._"))))
    if wrong or name[0] in "-." or len(name) > _MOST_LETTERS or not name.endswith(_SUFFIX) or name == _SUFFIX:
        shown = " ".join(wrong).replace("   ", " ␣ ").strip()
        found.add("spec/file-name", pattern.span(0), name=name, wrong=shown)
        return None
    return name


def _fields(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Start and end of each field with what stands in the braces; None for a doubled brace, which is one."""
    at = 0
    while at < len(text):
        if text.startswith(("{{", "}}"), at):
            yield at, at + 2, None
            at += 2
            continue
        end = text.find("}", at) if text[at] == "{" else -1
        if end > at and "\n" not in text[at:end] and "{" not in text[at + 1 : end]:
            yield at, end + 1, text[at + 1 : end]
            at = end
        at += 1


def _value(field: str, facts: Dated) -> str | None:
    name, _, form = field.partition(":")
    if name == "date":
        return _date(facts.day, form)
    if name in ("page", "number"):
        return _number(facts.page if name == "page" else facts.issue.number, form)
    name, _, role = field.partition(".")
    if name == "duty" and role:
        return facts.issue.duty.get(role)
    return _plain(field, facts)


def _plain(field: str, facts: Dated) -> str | None:
    house, day = facts.house, facts.day
    match field:
        case "weekday":
            return weekday_text(day) if day else ""
        case "lunar":
            return lunar_date(day).text if day else ""
        case "duty":
            return " ".join(f"{role}：{name}" for role, name in facts.issue.duty.items())
        case "page_name":
            return facts.page_name
        case "sponsors":
            return " ".join(house.sponsors)
        case "paper" | "code" | "publisher":
            return str(getattr(house, field))
    return None


def _date(day: date | None, form: str) -> str | None:
    """The date as papers print it, or by its parts: %Y %m %d with leading zeros, %-m %-d without."""
    if day is None:
        return ""
    if not form:
        return date_text(day)
    parts = {"%Y": f"{day.year:04}", "%y": f"{day.year % 100:02}", "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
    parts |= {"%-m": str(day.month), "%-d": str(day.day)}
    for sign, value in parts.items():
        form = form.replace(sign, value)
    return None if "%" in form else form


def _number(number: int, form: str) -> str | None:
    """A number with leading zeros (`02`), a letter before it (`A01`), or both."""
    letter, digits = (form[0], form[1:]) if form[:1].isalpha() and form[:1].isascii() else ("", form)
    if not digits:
        return f"{letter}{number}"
    if not (digits.isascii() and digits.isdigit()) or int(digits) > _MOST_DIGITS or len(digits) > 2:
        return None
    return f"{letter}{number:0{int(digits)}}"
