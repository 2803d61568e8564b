"""Marks on a page of the printed report (标记): tints under the page, lines over it, a numbered sign at each change."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Rule
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.diff.model import Change, ChangeClass, Place, Side
from layout_engine.diff_report.signs import INK_OF, RADIUS, draw_sign
from layout_engine.faces.face import Face
from layout_engine.scene.items import SceneItem

MOST_RECTS: Final = 4_000  # on one page
MOST_SIGNS: Final = 250
_WASH: Final = 2_200  # hundredths of a percent
_LINE: Final = pt(1)
_UNDERLINE: Final = SU_PER_PT * 6 // 10
_HAIR: Final = SU_PER_PT // 2
_OUT: Final = SU_PER_PT
_CARET: Final = pt(2)
_DASHES: Final[dict[ChangeClass, tuple[int, ...]]] = {"style": (pt(3), pt(2)), "picture": (pt(6), pt(2), pt(1), pt(2))}
_TRIANGLE: Final = (("M", (0, 0)), ("L", (1000, 1000)), ("L", (-1000, 1000)), ("Z", ()))


class Numbered(msgspec.Struct, frozen=True):
    """A change with its number in the report."""

    number: int
    change: Change


class Window(msgspec.Struct, frozen=True):
    """Where on the sheet a page is shown, and how large it is itself."""

    rect: Rect
    width: int
    height: int

    def place(self, rect: Rect) -> Rect:
        """Where something on the page comes to stand; what lies outside is drawn in to the edge."""
        x, y = self._across(rect.x), self._down(rect.y)
        return Rect(x, y, max(_HAIR, self._across(rect.right) - x), max(_HAIR, self._down(rect.bottom) - y))

    def _across(self, x: int) -> int:
        return self.rect.x + min(max(x, 0), self.width) * self.rect.width // self.width

    def _down(self, y: int) -> int:
        return self.rect.y + min(max(y, 0), self.height) * self.rect.height // self.height


class Marked(msgspec.Struct, frozen=True):
    """What lies under a page and over it."""

    under: tuple[SceneItem, ...]
    over: tuple[SceneItem, ...]


def draw_marks(changes: Sequence[Numbered], side: str, page: int, window: Window, letters: tuple[Face, ...]) -> Marked:
    """The marks of the changes on one page, which is shown in `window`."""
    under: list[SceneItem] = []
    over: list[SceneItem] = []
    signs: list[tuple[Numbered, Rect]] = []
    room = MOST_RECTS
    for one in changes:
        places = [place for place in _places(one.change, side) if place.page == page and place.rects]
        absent = one.change.kind == "text" and one.change.op == ("insert" if side == "old" else "delete")
        rects = [window.place(rect) for place in places for rect in place.rects][:room]
        room -= len(rects)
        for rect in rects:
            _mark(one.change.kind, rect, absent, under, over)
        if rects:
            signs.append((one, rects[0]))
    taken: list[Rect] = []
    for one, rect in signs[:MOST_SIGNS]:
        over += draw_sign(one.change.kind, one.number, _beside(rect, taken), letters)
    return Marked(tuple(under), tuple(over))


def _places(change: Change, side: str) -> tuple[Place, ...]:
    found: Side | None = change.old if side == "old" else change.new
    return found.places if found is not None else ()


def _beside(rect: Rect, taken: list[Rect]) -> tuple[int, int]:
    """The centre of a sign at the upper left of what it marks, moved to the left of signs that stand there already."""
    field = Rect(rect.x - 2 * RADIUS, rect.y - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS)
    for _ in range(len(taken)):
        other = next((one for one in taken if one.overlaps(field)), None)
        if other is None:
            break
        field = Rect(other.right, field.y, field.width, field.height)
    taken.append(field)
    return field.x + RADIUS, field.y + RADIUS


def _mark(kind: ChangeClass, rect: Rect, absent: bool, under: list[SceneItem], over: list[SceneItem]) -> None:
    ink = INK_OF[kind]
    if absent:
        over.append(Rule(Rect(rect.x - _LINE // 2, rect.y, _LINE, rect.height), ink))
        over.append(Art(Rect(rect.x - _CARET, rect.bottom, 2 * _CARET, _CARET), ink, (-1000, 0, 2000, 1000), _TRIANGLE))
    elif kind == "text":
        under.append(Fill(rect, ink, _WASH))
        over.append(Rule(Rect(rect.x, rect.bottom, rect.width, _UNDERLINE), ink))
    elif kind == "reflow":
        over.append(Rule(Rect(rect.x - 2 * _OUT, rect.y, _OUT, rect.height), ink))
    else:
        frame = rect.inset(-_OUT)
        over += _frame(frame, ink, _LINE, _DASHES.get(kind, ()))
        if kind == "geometry":
            over += _frame(rect.inset(_OUT), ink, _HAIR, ())


def _frame(rect: Rect, ink: str, weight: int, dashes: tuple[int, ...]) -> Iterator[Rule]:
    for start, length in _dashed(rect.width, dashes):
        yield Rule(Rect(rect.x + start, rect.y, length, weight), ink)
        yield Rule(Rect(rect.x + start, rect.bottom - weight, length, weight), ink)
    for start, length in _dashed(rect.height, dashes):
        yield Rule(Rect(rect.x, rect.y + start, weight, length), ink)
        yield Rule(Rect(rect.right - weight, rect.y + start, weight, length), ink)


def _dashed(length: int, dashes: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Beginnings and lengths of the strokes of a line; of `dashes` the first is a stroke, the second a gap …"""
    if not dashes or length <= 0:
        yield 0, max(length, _HAIR)
        return
    at = 0
    while at < length:
        for number, dash in enumerate(dashes):
            if number % 2 == 0 and at < length:
                yield at, min(dash, length - at)
            at += dash
