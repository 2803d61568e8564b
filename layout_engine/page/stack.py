"""Lines that the spec types itself (版样中的文字): each set as one line, stacked in its region.

Lines with the same `place` and `align` form one stack: the blocks stand in the middle of the height, `top` and
`bottom` at its ends, each flush left, centred or flush right. Two stacks may stand side by side; where they would
run into each other it is a finding.
"""

from collections.abc import Iterable

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
from layout_engine.typography.model import FittedHeadline


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
    boxes: list[tuple[Rect, Span]] = []
    for (place, align), members in stacks.items():
        height = _height(members)
        top = {"top": 0, "bottom": rect.height - height}.get(place, (rect.height - height) // 2)
        if height > rect.height:
            desk.findings.add("page/text-too-tall", members[0][0].span, region=owner)
        at = rect.y + top
        left, right = rect.right, rect.x
        for one, fitted in members:
            for line in fitted.lines:
                x = rect.x + {"left": 0, "right": rect.width - line.width}.get(align, (rect.width - line.width) // 2)
                baseline = at + (one.style.leading - fitted.size) // 2 + fitted.size * ASCENT_PERMILLE // 1000
                placed.append(PlacedLine(fitted.paragraph, line, x, baseline, one.style.ink))
                at += one.style.leading
                left, right = min(left, x), max(right, x + line.width)
            accounts.append(account_for(one.part, owner, [(fitted.paragraph, line) for line in fitted.lines]))
        box = Rect(left, rect.y + top, right - left, height)
        for other, _ in boxes:
            if other.overlaps(box):
                desk.findings.add("page/lines-collide", members[0][0].span, region=owner)
                break
        boxes.append((box, members[0][0].span))
    return Stacked(tuple(placed), tuple(accounts))


def _height(members: Iterable[tuple[StackLine, FittedHeadline]]) -> int:
    return sum(one.style.leading * len(fitted.lines) for one, fitted in members)
