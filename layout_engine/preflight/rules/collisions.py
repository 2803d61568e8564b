"""Letters on one another (叠字): PR-77. Found on a grid, so that each is compared with its neighbours alone."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from layout_engine.preflight.findings import Found
from layout_engine.preflight.limits import MAX_COMPARED, MAX_GLYPHS
from layout_engine.preflight.painted import Text
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.plane import Box, area, common, holds
from layout_engine.preflight.rules.ground import panels
from layout_engine.preflight.rules.letters import letters

_CELL: Final = 16.0  # pt: a little more than a letter of the body
_OVERLAP: Final = 0.3  # PR-77: of the smaller
_SMALLEST: Final = 0.5  # square pt: commas and dots may touch
_SAME_PLACE: Final = 1.0  # pt

Glyph: TypeAlias = tuple[Box, float, int, int]  # ink, its area, number of the text, code


def check_collisions(page: PaintedPage, found: Found) -> None:
    """PR-77: no two letters lie on one another, and none is drawn twice."""
    ordered = [(order, item) for order, item in enumerate(page.items) if isinstance(item, Text) and _is_read(item)]
    texts = [text for _, text in ordered]
    orders = [order for order, _ in ordered]
    covers = [(order, ground.covers) for order, ground in panels(page) if ground.covers is not None]
    if sum(len(one.codes) for one in texts) > MAX_GLYPHS:
        return
    cells: dict[tuple[int, int], list[Glyph]] = {}
    told: set[tuple[int, int]] = set()
    compared = 0
    for number, text in enumerate(texts):
        for glyph in _glyphs(number, text):
            x0, y0, x1, y1 = glyph[0]
            for cell in _cells(glyph[0]):
                near = cells.setdefault(cell, [])
                compared += 1 + len(near)
                if compared > MAX_COMPARED:
                    return
                for other in near:
                    box = other[0]
                    if box[0] >= x1 or box[2] <= x0 or box[1] >= y1 or box[3] <= y0:
                        continue
                    pair = (other[2], number)
                    if pair in told or not _collide(glyph, other, text):
                        continue
                    compared += len(covers)
                    between = (box for order, box in covers if orders[other[2]] < order < orders[number])
                    if not any(holds(box, other[0], 0.0) for box in between):
                        told.add(pair)
                        _tell(glyph, other, texts, found)
                near.append(glyph)


def _tell(glyph: Glyph, other: Glyph, texts: list[Text], found: Found) -> None:
    text, earlier = texts[glyph[2]], texts[other[2]]
    said = text.font.says(glyph[3]) or "?"
    if glyph[3] == other[3] and text.font is earlier.font and _in_one_place(glyph, other):
        found.add("preflight/drawn-twice", text.where, glyph[0], text=said)
    else:
        found.add("preflight/collision", text.where, glyph[0], text=said, other=earlier.font.says(other[3]) or "?")


def _collide(glyph: Glyph, other: Glyph, text: Text) -> bool:
    """Within one line, that of `text`, signs may overlap: commas stand under a T, dashes join, marks lie over letters.

    The same sign twice in one place may not, nor letters, figures and Han among themselves.
    """
    is_one_line = glyph[2] == other[2]
    if is_one_line and glyph[3] == other[3]:
        return _in_one_place(glyph, other)
    shared = common(glyph[0], other[0])
    if shared is None or area(shared) <= _OVERLAP * min(glyph[1], other[1]):
        return False
    return not is_one_line or all((text.font.says(code) or "").isalnum() for code in (glyph[3], other[3]))


def _in_one_place(glyph: Glyph, other: Glyph) -> bool:
    return all(abs(one - two) < _SAME_PLACE for one, two in zip(glyph[0], other[0], strict=True))


def _glyphs(number: int, text: Text) -> Iterator[Glyph]:
    """The letters of a text that have ink enough to matter."""
    for code, box in letters(text):
        size = area(box)
        if size > _SMALLEST:
            yield box, size, number, code


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """The cells that a box touches; of a very large letter only its corners' row and column."""
    left, low, right, high = box
    x0, y0, x1, y1 = int(left // _CELL), int(low // _CELL), int(right // _CELL), int(high // _CELL)
    for x in range(x0, min(x1, x0 + 20) + 1):
        for y in range(y0, min(y1, y0 + 20) + 1):
            yield x, y


def _is_read(text: Text) -> bool:
    return (
        text.shown is not None
        and text.paint is not None
        and text.where.within in ("page", "form")
        and not text.font.is_type3
        and text.font.program is not None
    )
