"""Which characters a mark on the page means (对字): from rectangles on paper to stretches of the copy.

Viewers draw boxes by the widths of the letters or by their ink. A mark of half width (标点挤压) has half its cell on
its neighbour's, so the two are read by rules of their own; what a hand drew, by what it covers.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import pt
from layout_engine.proof.placing import Line, glyph_rect
from layout_engine.scene.items import GlyphRun

# Marks with their ink in the first or in the second half of the cell, along the line (TY-14).
_FIRST_HALF: Final = frozenset("，。、；：！？”’）》〉」』】〕］")
_SECOND_HALF: Final = frozenset("“‘（《〈「『【〔［")
_EXACT: Final = 4, 100  # of the size: how far a box by widths may miss a letter's edge
_ENOUGH: Final = 30, 100  # of where a letter's ink may be, covered by a box around ink
_ENOUGH_BY_HAND: Final = 55, 100
_NEAR: Final = pt(2)
_ACROSS: Final = 30, 100  # of a cell across the line: an underline's box may be low, a strike-out's thin


class Cell(msgspec.Struct, frozen=True):
    """字格: one glyph's place, with the characters `[start, end)` of the part `key` that it stands for.

    `whole` is as wide as the glyph is, `rect` as far as it may have ink.
    """

    key: str
    start: int
    end: int
    rect: Rect
    whole: Rect
    vertical: bool


class Marked(msgspec.Struct, frozen=True):
    """A stretch of one part that is marked."""

    key: str
    start: int
    end: int


def cells_of(lines: Sequence[Line]) -> tuple[Cell, ...]:
    """The cells of all glyphs in reading order."""
    widths = _widths(lines)
    return tuple(cell for line in lines for run in line.runs for cell in _cells(run, widths))


_Width: TypeAlias = tuple[str, int, int, int]  # face, size, narrow, glyph


def _widths(lines: Sequence[Line]) -> dict[_Width, int]:
    """How wide western letters are: the least that lies between one and the next, wherever it stands."""
    widths: dict[_Width, int] = {}
    for run in (run for line in lines for run in line.runs if run.direction == "horizontal"):
        for gid, pen, after in zip(run.gids, run.pens, run.pens[1:], strict=False):
            key = (run.face, run.size, run.narrow, gid)
            if after > pen:
                widths[key] = min(after - pen, widths.get(key, after - pen))
    return widths


def _cells(run: GlyphRun, widths: dict[_Width, int]) -> Iterator[Cell]:
    vertical = run.direction == "vertical"
    for at, gid in enumerate(run.gids):
        text = run.text[run.starts[at] - run.starts[0] : run.starts[at + 1] - run.starts[0]]
        rect = glyph_rect(run, at)
        length = rect.height if vertical else rect.width
        if text.isascii():
            length = min(length, widths.get((run.face, run.size, run.narrow, gid), length // 2))
        first = length // 2 if text in _SECOND_HALF else 0
        end = length // 2 if text in _FIRST_HALF else length
        ink, whole = _part(rect, first, end, vertical), _part(rect, 0, length, vertical)
        yield Cell(run.key, run.starts[at], run.starts[at + 1], ink, whole, vertical)


def _part(rect: Rect, first: int, end: int, vertical: bool) -> Rect:
    """From `first` to `end` of the rectangle along the line."""
    if vertical:
        return Rect(rect.x, rect.y + first, rect.width, end - first)
    return Rect(rect.x + first, rect.y, end - first, rect.height)


class Row(msgspec.Struct, frozen=True):
    """字行: cells that follow one another on one line, and the space around them."""

    around: Rect
    cells: tuple[Cell, ...]


def rows_of(cells: Sequence[Cell]) -> tuple[Row, ...]:
    """The cells by lines, so that a mark is held against those that are near it."""
    lines = groupby(cells, key=lambda cell: (cell.vertical, cell.rect.x if cell.vertical else cell.rect.bottom))
    return tuple(_row(tuple(line)) for _, line in lines)


def _row(cells: tuple[Cell, ...]) -> Row:
    left, top = min(one.whole.x for one in cells), min(one.whole.y for one in cells)
    right, bottom = max(one.whole.right for one in cells), max(one.whole.bottom for one in cells)
    return Row(Rect(left, top, right - left, bottom - top), cells)


def marked_by(boxes: Sequence[Rect], rows: Sequence[Row], *, by_hand: bool = False) -> tuple[Marked, ...]:
    """The stretches under these rectangles, each as long as its characters follow one another, in reading order."""
    hit = set()
    for box in boxes:
        near = (row for row in rows if _is_near(box, row.around))
        on_line = [cell for row in near for cell in row.cells if _is_on_line(box, cell)]
        enough = _ENOUGH_BY_HAND if by_hand else _ENOUGH
        hit.update((not by_hand and _by_widths(box, on_line)) or [one for one in on_line if _covers(box, one, enough)])
    stretches: list[Marked] = []
    for cell in (cell for row in rows for cell in row.cells if cell in hit):
        last = stretches[-1] if stretches else None
        if last is not None and last.key == cell.key and last.end <= cell.start <= last.end + _SKIPPED:
            stretches[-1] = Marked(last.key, last.start, max(last.end, cell.end))
        else:
            stretches.append(Marked(cell.key, cell.start, cell.end))
    return tuple(stretches)


_SKIPPED: Final = 1  # a space that vanished at a line's end has no cell


def _by_widths(box: Rect, cells: Sequence[Cell]) -> list[Cell]:
    """The letters from the one at whose edge the box begins to the one at whose edge it ends, if there are both."""
    first = last = None
    for number, cell in enumerate(cells):
        (start, end), (left, right) = _along(box, cell.vertical), _along(cell.whole, cell.vertical)
        near = (cell.whole.width if cell.vertical else cell.whole.height) * _EXACT[0] // _EXACT[1]
        if first is None and abs(left - start) <= near:
            first = number
        if first is not None and abs(right - end) <= near:
            last = number
    return [] if first is None or last is None else list(cells[first : last + 1])


def _covers(box: Rect, cell: Cell, enough: tuple[int, int]) -> bool:
    """Whether the box lies over so much of where the letter has its ink, or around some of that ink alone."""
    (start, end), (first, last) = _along(box, cell.vertical), _along(cell.rect, cell.vertical)
    shared = min(end, last) - max(start, first)
    return first <= start < end <= last or shared * enough[1] >= (last - first) * enough[0]


def _is_near(box: Rect, around: Rect) -> bool:
    """Whether the two touch or all but do."""
    return (
        box.x <= around.right + _NEAR
        and around.x - _NEAR <= box.right
        and box.y <= around.bottom + _NEAR
        and around.y - _NEAR <= box.bottom
    )


def _is_on_line(box: Rect, cell: Cell) -> bool:
    (start, end), (first, last) = _along(box, not cell.vertical), _along(cell.rect, not cell.vertical)
    shared = min(end, last) - max(start, first)
    return shared > 0 and shared * _ACROSS[1] >= min(end - start, last - first) * _ACROSS[0]


def _along(rect: Rect, vertical: bool) -> tuple[int, int]:
    return (rect.y, rect.bottom) if vertical else (rect.x, rect.right)


def gap_at(x: int, y: int, cells: Sequence[Cell], within: int | None = None) -> Marked | None:
    """The gap between two characters that is nearest to a point, as an empty stretch; None where there is none.

    It is one on a line that is no farther than `within` away.
    """
    nearest: tuple[int, Marked] | None = None
    for cell in cells:
        rect = cell.rect
        across = max(0, rect.x - x, x - rect.right) if cell.vertical else max(0, rect.y - y, y - rect.bottom)
        for at_end in (False, True):
            first, end = _along(rect, cell.vertical)
            along = (y if cell.vertical else x) - (end if at_end else first)
            distance = along * along + 4 * across * across  # the line counts for more than the place in it
            at = cell.end if at_end else cell.start
            if nearest is None or distance < nearest[0]:
                nearest = distance, Marked(cell.key, at, at)
    if nearest is None or (within is not None and nearest[0] > within * within):
        return None
    return nearest[1]
