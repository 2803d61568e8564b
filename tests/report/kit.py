"""Two versions of the sample page that differ in every class, and reports of them."""

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Lang
from layout_engine.base.geometry import Rect
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change, Comparison, Edition, Place, Side, StoryName
from layout_engine.diff_report.html import html_report
from layout_engine.editions.folder import read_folder
from tests.kit.reference import FONTS, ISSUES, REFERENCE

replace = msgspec.structs.replace

EDITS: Final = (
    ("articles/lead.md", "昨日上午，", "昨天上午，"),  # text: 1
    ("articles/lead.md", "要狠抓项目建设投产，", "要狠抓项目建设、投产，"),  # text: 2
    ("articles/lead.md", "会议采取视频形式召开。会上，", "会上，"),  # text: 3
    ("pages/01.yaml", "style: second-hei, place: left", "style: second, place: left"),  # style
    ("pages/01.yaml", "rows: 75-82", "rows: 76-82"),  # geometry
)


def shown(issue: Path, label: str) -> Edition:
    """An issue's folder with its pages to be seen."""
    edition = read_folder(issue, FONTS, label, showing=True).value
    assert edition is not None
    return edition


@cache
def versions() -> tuple[Edition, Edition]:
    """The sample page, and the same after an evening's work on it: text, style, geometry, a picture."""
    with TemporaryDirectory() as folder:
        issues = Path(folder, "issues")
        shutil.copytree(ISSUES, issues)
        issue = issues / REFERENCE
        old = shown(issue, "旧版 <first>")
        for name, before, after in EDITS:
            text = (issue / name).read_text(encoding="utf-8")
            assert before in text
            (issue / name).write_text(text.replace(before, after), encoding="utf-8")
        shutil.copy(issue / "photos/roof.jpg", issue / "photos/sewing.jpg")
        return old, shown(issue, "新版 <second>")


@cache
def report(lang: Lang = "zh") -> bytes:
    """The report of the two."""
    return made(lang)


def made(lang: Lang = "zh") -> bytes:
    """The same, made anew."""
    old, new = versions()
    return html_report(compare(old, new), old, new, lang)


def told(changes: Sequence[Change], names: dict[str, StoryName] | None = None) -> bytes:
    """A report of these changes on the old page."""
    old, _ = versions()
    comparison = Comparison("old", "new", (1,), tuple(changes), {}, names or {})
    return html_report(comparison, old, old, "zh")


def text_change(number: int, text: str = "字", story: str = "lead") -> Change:
    """Some character that was replaced."""
    at = Rect((number % 60) * 800_000, (number // 60 % 90) * 780_000, 590_000, 590_000)
    side = Side(story, "body", number, text, "前", "后", (Place(1, "lead", (at,)),))
    return Change("text", "replace", side, replace(side, text=text + "新"))


_FAR: Final = 10**400


def wild_edition() -> Edition:
    """The old page with a record that nobody of good will would write."""
    old, _ = versions()
    record = old.pages[0]
    page = replace(record.page, trim=Rect(0, 0, 0, -5), name="\x00\u202e" * 50)
    imprint = replace(record.imprint, date="soon", paper="\x00")
    return replace(old, pages=(replace(record, page=page, imprint=imprint),))


def wild_change() -> Change:
    """A change at places that no page has, of characters that no face has."""
    change = text_change(1, "\x00\U0010ffff" * 300)
    assert change.new is not None
    places = (Place(1, "x", (Rect(-_FAR, _FAR, _FAR, -_FAR), Rect(0, 0, 0, 0))),)
    side = replace(change.new, places=places)
    return replace(change, old=side, new=side)
