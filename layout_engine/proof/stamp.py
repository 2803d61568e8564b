"""The margin of a proof (校样边): the stamp, the list of findings, and the boxes to sign in.

Everything stands outside the trim, so that nothing of it lies on the page.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.faces.face import Face
from layout_engine.scene.items import SceneItem
from layout_engine.scene.plain import plain_width, set_plain
from layout_engine.scene.record import PageRecord, content_hash

HASH_SHOWN: Final = 12
DEFAULT_ROLES: Final = ("初审", "复审", "终审", "一校", "二校", "三校")  # 三审三校

_BLUE, _RED = "proof/blue", "proof/red"  # overlay.py
_TITLE: Final = pt(12)
_TEXT: Final = pt(7)
_LEADING: Final = pt(10)
_OFF: Final = mm(4)  # from the trim
_BOX: Final = (mm(19), mm(16))
_BOXES_AT_MOST: Final = 3, 5  # of the page's width; the rest is for what was found
_LINE: Final = SU_PER_PT // 2
_HAIR: Final = SU_PER_PT // 4
_ROWS: Final = 6  # lines of findings between the page and the margin's edge
_MOST_COLUMNS: Final = 3
_BETWEEN: Final = pt(8)
_MOST_CUT: Final = 2_000  # characters that are measured at all
_DATE_ROOM: Final = pt(8)


class Stamp(msgspec.Struct, frozen=True):
    """What a proof says of itself: its name (大样), revision, who made it and why, against what it is marked.

    `roles` are the boxes to sign in; empty: none. A `clean` proof (清样) has nothing marked on the page itself.
    """

    title: str
    revision: str = ""
    by: str = ""
    note: str = ""
    against: str = ""
    roles: tuple[str, ...] = DEFAULT_ROLES
    clean: bool = False


class NotedFinding(Protocol):
    """A finding with its number on the proof."""

    @property
    def number(self) -> int: ...
    @property
    def finding(self) -> Diagnostic: ...


def draw_sheet(
    record: PageRecord,
    stamp: Stamp,
    noted: Sequence[NotedFinding],
    letters: tuple[Face, ...],
    margin: int,
    taken: int,
    lang: Lang,
) -> Iterator[SceneItem]:
    """The stamp above the page; below it the findings at the left and the boxes at the right.

    The printer's marks take as much of the `margin` around the trim as `taken` says.
    """
    page = record.page
    yield from _around(page.trim)
    y = -margin + _OFF + _TITLE
    for number, text in enumerate(_stamp_lines(record, stamp, lang)):
        size = _TITLE if number == 0 else _TEXT
        yield from set_plain(_cut(text, letters, size, page.trim.width), letters, size, _BLUE, (0, y))[0]
        y += _LEADING + (pt(2) if number == 0 else 0)
    width = min(_BOX[0], page.trim.width * _BOXES_AT_MOST[0] // _BOXES_AT_MOST[1] // max(1, len(stamp.roles)))
    boxes_width = len(stamp.roles) * width
    top = page.trim.height + taken + _OFF
    yield from _boxes(stamp.roles, (page.trim.width - boxes_width, top), width, letters)
    yield from _list(noted, (0, top + _TEXT), page.trim.width - boxes_width - mm(4), letters, lang)


def _around(trim: Rect) -> Iterator[SceneItem]:
    """Where the sheet will be cut, drawn on its outer side."""
    yield Rule(Rect(-_HAIR, -_HAIR, trim.width + 2 * _HAIR, _HAIR), _BLUE)
    yield Rule(Rect(-_HAIR, trim.height, trim.width + 2 * _HAIR, _HAIR), _BLUE)
    yield Rule(Rect(-_HAIR, 0, _HAIR, trim.height), _BLUE)
    yield Rule(Rect(trim.width, 0, _HAIR, trim.height), _BLUE)


def _stamp_lines(record: PageRecord, stamp: Stamp, lang: Lang) -> Iterator[str]:
    imprint, page, short = record.imprint, record.page, content_hash(record)[:HASH_SHOWN]
    zh = lang == "zh"
    first = (
        f"{stamp.title} {stamp.revision}".rstrip(),
        f"{imprint.paper} {imprint.date}",
        f"第{imprint.issue_number}期" if zh else f"no. {imprint.issue_number}",
        f"第{page.number}版 {page.name}".rstrip() if zh else f"page {page.number} {page.name}".rstrip(),
    )
    yield "　".join(first)
    says = [f"内容 {short}" if zh else f"content {short}"]
    if stamp.against:
        says.append(f"竖线：与 {stamp.against} 不同的行" if zh else f"bars: lines that differ from {stamp.against}")
    yield "　".join(says)
    if stamp.by or stamp.note:
        yield "：".join(one for one in (stamp.by, stamp.note) if one)


def _boxes(roles: Sequence[str], at: tuple[int, int], width: int, letters: tuple[Face, ...]) -> Iterator[SceneItem]:
    x, y = at
    height = _BOX[1]
    for role in roles:
        yield Rule(Rect(x, y, width, _LINE), _BLUE)
        yield Rule(Rect(x, y + height, width, _LINE), _BLUE)
        yield Rule(Rect(x, y, _LINE, height), _BLUE)
        name = _cut(role, letters, _TEXT, width - pt(3))
        yield from set_plain(name, letters, _TEXT, _BLUE, (x + pt(2), y + _DATE_ROOM))[0]
        x += width
    if roles:
        yield Rule(Rect(x, y, _LINE, height + _LINE), _BLUE)


def _list(
    noted: Sequence[NotedFinding], at: tuple[int, int], width: int, letters: tuple[Face, ...], lang: Lang
) -> Iterator[SceneItem]:
    """The findings in as many columns as they need; a few of them have room to be told whole."""
    columns = min(_MOST_COLUMNS, max(1, -(-len(noted) // _ROWS)))
    room = columns * _ROWS
    shown = noted if len(noted) <= room else noted[: room - 1]
    column = (width - (columns - 1) * _BETWEEN) // columns
    most = max(1, _ROWS // max(1, len(shown)))  # lines for each
    lines: list[str] = []
    for one in shown:
        lines += _wrapped(f"{one.number} {_words(one.finding, lang, short=columns > 1)}", letters, column, most)
    if len(shown) < len(noted):
        more = len(noted) - len(shown)
        lines.append(f"另有 {more} 处，见 layout-engine check" if lang == "zh" else f"{more} more: layout-engine check")
    for index, text in enumerate(lines):
        across, down = divmod(index, _ROWS)
        x, y = at[0] + across * (column + _BETWEEN), at[1] + down * _LEADING
        yield from set_plain(_cut(text, letters, _TEXT, column), letters, _TEXT, _RED, (x, y))[0]


def _wrapped(text: str, letters: tuple[Face, ...], width: int, most: int) -> list[str]:
    """The text in `most` lines or fewer; what the last one has no room for is left for it to cut."""
    lines: list[str] = []
    rest = text[:_MOST_CUT]
    while len(lines) < most - 1 and plain_width(rest, letters, _TEXT) > width:
        fits = _fitting(rest, letters, _TEXT, width)
        lines.append(rest[:fits])
        rest = rest[fits:].lstrip()
    return [*lines, rest]


def _words(finding: Diagnostic, lang: Lang, *, short: bool) -> str:
    """The finding after its file and line; `short`: without the file's folder."""
    file = finding.span.file if finding.span else ""
    place = f"{file.rpartition('/')[2] if short else file}:{finding.span.line} " if finding.span else ""
    return place + " ".join(finding.message(lang).split())


def _cut(text: str, letters: tuple[Face, ...], size: int, width: int) -> str:
    """As much of the text as there is room for."""
    text = text[:_MOST_CUT]
    if plain_width(text, letters, size) <= width:
        return text
    return f"{text[: _fitting(text, letters, size, width, '…')]}…"


def _fitting(text: str, letters: tuple[Face, ...], size: int, width: int, end: str = "") -> int:
    """How many characters there is room for, with `end` after them; at least one."""
    room = range(1, len(text) + 1)
    return max(1, bisect_right(room, width, key=lambda length: plain_width(text[:length] + end, letters, size)))
