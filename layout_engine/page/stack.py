"""Lines that the spec types itself (版样中的文字): each set as one line, stacked in its region.

Lines with the same `place` and `align` form one stack: the blocks stand in the middle of the height, `top` and
`bottom` at its ends, each flush left, centred or flush right. Two stacks may stand side by side; where they would
run into each other it is a finding. A blank line in a text keeps its height.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.source import SourcedText
from layout_engine.content.model import Part
from layout_engine.page.accounts import account_for
from layout_engine.page.model import Account, PlacedLine
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import ASCENT_PERMILLE
from layout_engine.spec.model_values import Align
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography.headline import fit_headline
from layout_engine.typography.model import FittedHeadline, SetLine, ShapedParagraph

_NEWLINE: Final = "\n"


class StackLine(msgspec.Struct, frozen=True):
    """One typed text, which may hold explicit line breaks, with its style and where it wants to stand."""

    part: Part
    style: TextStyle
    align: Align
    place: str  # top, block, bottom
    span: Span


class Stacked(msgspec.Struct, frozen=True):
    """The placed lines and what became of each part's characters."""

    lines: tuple[PlacedLine, ...]
    accounts: tuple[Account, ...]


def typed_part(page: int, region: str, path: str, text: SourcedText) -> Part:
    """A text that the spec types, as a part of copy with its own account."""
    return Part(f"page-{page}/{region}/{path}", "typed", text)


def stack_lines(lines: Iterable[StackLine], rect: Rect, owner: str, desk: Composing) -> Stacked:
    """The lines stacked in `rect`; a text that is too wide or a stack that is too tall is a finding."""
    stacks: dict[tuple[str, Align], list[tuple[StackLine, FittedHeadline]]] = {}
    for one in lines:
        fitted = fit_headline(one.part, one.style, rect.width, desk.names, desk.faces, desk.findings)
        stacks.setdefault((one.place, one.align), []).append((one, fitted))
    placed: list[PlacedLine] = []
    accounts: list[Account] = []
    boxes: list[Rect] = []
    for (place, align), members in stacks.items():
        rows = [row for one, fitted in members for row in _rows(one, fitted)]
        span = members[0][0].span
        height = sum(row.leading for row in rows)
        # What must lie inside the region are the em boxes, not the white above the first and below the last.
        first = min((row.size_top for row in rows[:1]), default=0)
        foot = height - rows[-1].leading + rows[-1].size_bottom if rows else 0
        top = {"top": 0, "bottom": rect.height - height}.get(place, (rect.height - height) // 2)
        top = max(-first, min(top, rect.height - foot))
        if foot - first > rect.height:
            desk.findings.add("page/text-too-tall", span, region=owner)
        at = rect.y + top
        left, right = rect.right, rect.x
        for row in rows:
            if row.line is not None:
                room = rect.width - row.line.width
                x = rect.x + {"left": 0, "right": room}.get(align, room // 2)
                baseline = at + row.size_top + row.size * ASCENT_PERMILLE // 1000
                placed.append(PlacedLine(row.paragraph, row.line, x, baseline, row.ink))
                left, right = min(left, x), max(right, x + row.line.width)
            at += row.leading
        for one, fitted in members:
            accounts.append(account_for(one.part, owner, [(fitted.paragraph, line) for line in fitted.lines]))
        box = Rect(left, rect.y + top + first, right - left, foot - first)
        if any(other.overlaps(box) for other in boxes):
            desk.findings.add("page/lines-collide", span, region=owner)
        boxes.append(box)
    return Stacked(tuple(placed), tuple(accounts))


class _Row(msgspec.Struct, frozen=True):
    """One row of a stack: a set line, or None for a blank one, which keeps its height."""

    paragraph: ShapedParagraph
    line: SetLine | None
    size: int
    leading: int
    ink: str

    @property
    def size_top(self) -> int:
        """The top of the em box from the top of the row."""
        return (self.leading - self.size) // 2

    @property
    def size_bottom(self) -> int:
        return self.size_top + self.size


def _rows(one: StackLine, fitted: FittedHeadline) -> Iterator[_Row]:
    """The rows of one typed text, those that it leaves blank among them."""
    shaped, style = fitted.paragraph, one.style
    end = 0
    for number, line in enumerate(fitted.lines):
        start = shaped.starts[line.start]
        blank = one.part.text.count(_NEWLINE, end, start) - (1 if number else 0)
        for _ in range(blank):
            yield _Row(shaped, None, fitted.size, style.leading, style.ink)
        yield _Row(shaped, line, fitted.size, style.leading, style.ink)
        end = shaped.starts[line.drawn]
