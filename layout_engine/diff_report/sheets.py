"""The report on paper (纸面报告): sheets of A3, for each changed page old and new side by side and its list of changes.

What the list has no room for beside the pages follows on sheets of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Final

import msgspec

from layout_engine.adverts.model import CopiedForm, Frame
from layout_engine.base.diagnostics import Lang, Outcome, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import PlacedPage, Rule
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.diff.model import CLASSES, Change, Comparison, Edition
from layout_engine.diff.words import VERDICT_WORDS
from layout_engine.diff_report.leaves import UnreadableLeafError, bare_leaf, form_of
from layout_engine.diff_report.sheet_file import write_sheets
from layout_engine.diff_report.sheet_list import Entry, Letters, list_entries, pack, referral, shifted
from layout_engine.diff_report.sheet_marks import Numbered, Window, draw_marks
from layout_engine.diff_report.signs import BLACK, GREY, INKS, PALE
from layout_engine.faces.catalog import find_fonts
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.scene.items import Imprint, SceneItem, ScenePage, SceneRegion
from layout_engine.scene.plain import plain_width, set_plain
from layout_engine.scene.record import PageRecord

PAPER: Final = Rect(0, 0, mm(420), mm(297))  # A3 across
MOST_LISTED: Final = 1_500
_ROLES: Final = ("song", "hei", "hei-bold")
_MARGIN: Final = mm(11)
_TOP: Final = mm(24)  # below the head
_GAP: Final = mm(6)
_LIST: Final = mm(80)
_COLUMNS: Final = 4  # of a sheet that has only the list
_TITLE, _TEXT = pt(13), pt(8)
_HAIR: Final = SU_PER_PT // 3
_LABEL: Final = 120  # characters of a version's name, from its end
_NO_DATE: Final = "1970-01-01"  # two foreign PDFs: nothing says when


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: what is on it."""

    items: tuple[SceneItem, ...]


def pdf_report(comparison: Comparison, old: Edition, new: Edition, lang: Lang) -> Outcome[bytes]:
    """The report as PDF; None, with what is wrong, where the engine's own faces are not there."""
    opened = open_faces(find_fonts(), _ROLES)
    if opened.value is None or not all(opened.value.chain(role).faces for role in _ROLES):
        return Outcome(None, opened.diagnostics)
    printer = _Printer(comparison, old, new, opened.value, lang)
    sheets = [ScenePage(number, printer.title, "", PAPER, 0, INKS, (_region(sheet),))
              for number, sheet in enumerate(printer.sheets(), start=1)]  # fmt: skip
    return write_sheets(printer.imprint, sheets, opened.value, printer.forms)


def _region(sheet: Sheet) -> SceneRegion:
    return SceneRegion("sheet", "report", PAPER, sheet.items)


class _Shown(msgspec.Struct, frozen=True):
    """A page of one side; `key` is what its form is known by, empty where it can only be outlined."""

    record: PageRecord
    key: str
    frame: Frame | None


class _Printer:
    def __init__(self, comparison: Comparison, old: Edition, new: Edition, faces: Faces, lang: Lang) -> None:
        self._comparison, self._lang = comparison, lang
        self._editions: Final[dict[str, Edition]] = {"old": old, "new": new}
        song, plain, bold = (faces.chain(role).faces for role in _ROLES)
        self._letters = Letters((*song, *plain), (*plain, *song), (*bold, *song))
        self.forms: dict[str, CopiedForm] = {}
        self.imprint: Final = next(_imprints(old, new), Imprint("", _NO_DATE, 0))
        self.title: Final = "比对" if lang == "zh" else "comparison"

    def sheets(self) -> Iterator[Sheet]:
        """Each page that something touches, in their order; then what belongs to no page."""
        listed = self._comparison.changes[:MOST_LISTED]
        numbered = [Numbered(number, change) for number, change in enumerate(listed, start=1)]
        for page in self._comparison.pages:
            here = [one for one in numbered if page in one.change.pages]
            if here:
                yield from self._page_sheets(page, here, [one for one in here if _page_of(one.change) == page])
        rest = [one for one in numbered if not one.change.pages]
        yield from self._list_sheets(self._entries(rest, _column_width()), self._words("全部版面", "all pages"))
        if not numbered:
            yield Sheet(tuple(self._head(self._words("没有不同", "nothing changed"))))

    def _page_sheets(self, page: int, here: Sequence[Numbered], told: Sequence[Numbered]) -> Iterator[Sheet]:
        entries = self._entries(told, _LIST)
        entries += [
            referral(one, self._page_words(_page_of(one.change)), self._letters, self._lang)
            for one in here
            if _page_of(one.change) != page
        ]
        height = PAPER.height - _TOP - _MARGIN
        beside, *rest = list(pack(entries, repeat(height))) or [[]]
        left = PAPER.width - _MARGIN - _LIST
        items = [*self._head(self._page_name(page)), *self._both_pages(page, here)]
        items += _stacked(beside, left, _TOP)
        yield Sheet(tuple(items))
        yield from self._list_sheets([one for column in rest for one in column], self._page_name(page))

    def _list_sheets(self, entries: Sequence[Entry], name: str) -> Iterator[Sheet]:
        height = PAPER.height - _TOP - _MARGIN
        columns = list(pack(entries, repeat(height)))
        for start in range(0, len(columns), _COLUMNS):
            items = [*self._head(name)]
            for number, column in enumerate(columns[start : start + _COLUMNS]):
                items += _stacked(column, _MARGIN + number * (_column_width() + _GAP), _TOP)
            yield Sheet(tuple(items))

    def _entries(self, changes: Sequence[Numbered], width: int) -> list[Entry]:
        ordered = sorted(changes, key=lambda one: (CLASSES.index(one.change.kind), one.number))
        return list(list_entries(ordered, self._comparison.names, width, self._letters, self._lang))

    def _head(self, page: str) -> Iterator[SceneItem]:
        """What is compared, on top of every sheet."""
        comparison, plain, bold = self._comparison, self._letters.plain, self._letters.bold
        y = _MARGIN + _TITLE
        paper = f"{self.imprint.paper} {self.imprint.date}".strip() if self.imprint.date != _NO_DATE else ""
        title = "　".join(one for one in (self._words("比对", "Comparison"), paper, page) if one)
        runs, width = set_plain(title, bold, _TITLE, BLACK, (_MARGIN, y))
        yield from runs
        verdicts = self._verdicts()
        yield from set_plain(verdicts, plain, _TEXT, GREY, (_MARGIN + width + _GAP, y))[0]
        y += pt(13)
        old, new = comparison.old[-_LABEL:], comparison.new[-_LABEL:]
        versions = f"{self._words('旧', 'old')}　{old}　→　{self._words('新', 'new')}　{new}"
        yield from set_plain(versions, plain, _TEXT, GREY, (_MARGIN, y))[0]

    def _verdicts(self) -> str:
        counts = [(words, sum(1 for found in self._comparison.stories.values() if found == verdict))
                  for verdict, words in reversed(VERDICT_WORDS.items())]  # fmt: skip
        left_out = len(self._comparison.changes) - MOST_LISTED
        said = [self._words(f"{zh} {count}", f"{count} {en}") for (zh, en), count in counts if count]
        if left_out > 0:
            said.append(self._words(f"另有 {left_out} 处没有列出", f"{left_out} more changes are not listed"))
        return self._words("，", ", ").join(said)

    def _both_pages(self, page: int, here: Sequence[Numbered]) -> Iterator[SceneItem]:
        width = (PAPER.width - 2 * _MARGIN - _LIST - 2 * _GAP) // 2
        for number, side in enumerate(self._editions):
            room = Rect(_MARGIN + number * (width + _GAP), _TOP + pt(11), width, PAPER.height - _TOP - pt(11) - _MARGIN)
            caption = self._words(*{"old": ("旧", "old"), "new": ("新", "new")}[side])
            yield from set_plain(caption, self._letters.bold, _TEXT, BLACK, (room.x, _TOP + pt(5)))[0]
            shown = self._shown(side, page)
            if shown is None:
                missing = self._words("没有这块版", "does not have this page")
                at = (room.x + (room.width - plain_width(missing, self._letters.plain, _TEXT)) // 2, room.y + mm(40))
                yield from set_plain(missing, self._letters.plain, _TEXT, GREY, at)[0]
                continue
            yield from self._one_page(shown, side, room, here)

    def _one_page(self, shown: _Shown, side: str, room: Rect, here: Sequence[Numbered]) -> Iterator[SceneItem]:
        page = shown.record.page
        width, height = max(1, page.trim.width), max(1, page.trim.height)
        scaled = max(1, min(room.width, room.height * width // height))
        window = Window(Rect(room.x, room.y, scaled, max(1, scaled * height // width)), width, height)
        marks = draw_marks(here, side, page.number, window, self._letters.bold)
        yield from marks.under
        if shown.frame is not None:
            size = shown.frame.width, shown.frame.height
            yield PlacedPage(window.rect, window.rect, size, shown.key, "", 1, "media", Span(""))
        else:
            for region in page.regions:
                yield from _outline(window.place(region.rect), PALE)
        yield from _outline(window.rect, GREY)
        yield from marks.over

    def _shown(self, side: str, number: int) -> _Shown | None:
        edition = self._editions[side]
        record = next((one for one in edition.pages if one.page.number == number), None)
        if record is None:
            return None
        leaf = edition.leaves.get(number)
        if leaf is not None:
            key = f"{side}#{number}"
            try:
                self.forms[key], frame = form_of(bare_leaf(leaf), live=edition.words_only)
            except UnreadableLeafError:
                pass
            else:
                return _Shown(record, key, frame)
        return _Shown(record, "", None)

    def _page_words(self, number: int) -> str:
        return self._words(f"第{number}版", f"page {number}")

    def _page_name(self, number: int) -> str:
        pages = (record.page for edition in self._editions.values() for record in edition.pages)
        name = next((page.name for page in pages if page.number == number and page.name), "")
        return f"{self._page_words(number)} {name}".strip()

    def _words(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en


def _imprints(old: Edition, new: Edition) -> Iterator[Imprint]:
    """What the pages say of themselves, where it can be believed: records come by mail, too."""
    for record in (*new.pages, *old.pages):
        try:
            date.fromisoformat(record.imprint.date)
        except ValueError:
            continue
        paper = "".join(c for c in record.imprint.paper if c.isprintable())[:_LABEL]
        yield Imprint(paper, record.imprint.date, 0)


def _page_of(change: Change) -> int:
    """The page on whose sheet a change is listed."""
    places = change.side.places
    return places[0].page if places else min(change.pages, default=0)


def _column_width() -> int:
    return (PAPER.width - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS


def _stacked(entries: Sequence[Entry], x: int, y: int) -> Iterator[SceneItem]:
    for entry in entries:
        yield from shifted(entry.items, x, y)
        y += entry.height


def _outline(rect: Rect, ink: str) -> Iterator[Rule]:
    yield Rule(Rect(rect.x, rect.y, rect.width, _HAIR), ink)
    yield Rule(Rect(rect.x, rect.bottom - _HAIR, rect.width, _HAIR), ink)
    yield Rule(Rect(rect.x, rect.y, _HAIR, rect.height), ink)
    yield Rule(Rect(rect.right - _HAIR, rect.y, _HAIR, rect.height), ink)
