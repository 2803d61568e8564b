"""The headline group of a story (标题组): kicker, headline, deck and note, fitted and stacked.

Horizontal groups are stacked downward and centred or flush; vertical ones stand side by side from right to left.
Gaps follow TY-96; the group's depth is rounded up to whole rows, what remains going 60 : 40 above and below (TY-74).
"""

from functools import partial
from itertools import pairwise
from typing import Final

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import format_pt
from layout_engine.content.model import Part, PartKind, Story
from layout_engine.page.accounts import account_for
from layout_engine.page.model import Account, PlacedLine
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import ASCENT_PERMILLE
from layout_engine.spec.model_regions import HeadlineRegion, HeadlineSpec
from layout_engine.spec.model_values import Align, Direction, HeadlineShape
from layout_engine.spec.resolved import Grid
from layout_engine.typography.headline import fit_headline
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import FittedHeadline, SetLine

_LINE_GAP: Final = 6  # between lines of one headline: a sixth of its size (TY-96: 1/8 to 1/4)
_PART_GAP_NUMERATOR, _PART_GAP_DENOMINATOR = 2, 5  # between parts: 2/5 of the smaller size (TY-96: 1/4 to 1/2)
_ABOVE_PERCENT: Final = 60  # TY-74
_STEP_ROOM_PERCENT: Final = 80  # what a line of a step may fill, so that it is seen to be one
_RATED: Final[dict[PartKind, str]] = {"kicker": "引题", "deck": "副题"}
_LEAST_RATIO, _MOST_RATIO = 30, 65  # percent of the headline's size; TY-90 has 35 to 60, and says about

_ORDER: Final[tuple[PartKind, ...]] = ("kicker", "headline", "deck", "note")


class GroupPart(msgspec.Struct, frozen=True):
    """One part of the group, fitted."""

    part: Part
    ink: str
    fitted: FittedHeadline

    @property
    def depth(self) -> int:
        """Its extent across the lines, in su: all lines and the gaps between them."""
        count = len(self.fitted.lines)
        return count * self.fitted.size + (count - 1) * (self.fitted.size // _LINE_GAP)


class HeadlineGroup(msgspec.Struct, frozen=True):
    """The fitted parts in order, and how they are set."""

    parts: tuple[GroupPart, ...]
    direction: Direction
    align: Align
    shape: HeadlineShape = "block"

    @property
    def depth(self) -> int:
        """The extent across the lines, in su: the height of a horizontal group, the width of a vertical one."""
        return sum(one.depth for one in self.parts) + sum(self._gaps())

    @property
    def length(self) -> int:
        """The extent along the lines, in su: that of the longest."""
        return max((line.width for one in self.parts for line in one.fitted.lines), default=0)

    @property
    def height(self) -> int:
        """How far it reaches down the page, in su."""
        return self.depth if self.direction == "horizontal" else self.length

    @property
    def overruns_foot(self) -> bool:
        """Whether a vertical line is longer than the height that it was fitted to, which fitting has told."""
        return self.direction == "vertical" and any(one.fitted.over for one in self.parts)

    def rows_needed(self, grid: Grid) -> int:
        """Whole rows for it and an em of air around it; no less than the blank between two lines of text."""
        if not self.parts:
            return 0
        return -(-(self.height + max(grid.em, grid.row - grid.em)) // grid.row)

    def _gaps(self) -> list[int]:
        return [
            min(above.fitted.size, below.fitted.size) * _PART_GAP_NUMERATOR // _PART_GAP_DENOMINATOR
            for above, below in pairwise(self.parts)
        ]

    def placed(self, rect: Rect) -> tuple[PlacedLine, ...]:
        """The lines at their places in `rect`; what it is deeper than they goes above and below.

        Where it is not deep enough, which is told elsewhere, they reach out of its foot.
        """
        spare = max(0, (rect.height if self.direction == "horizontal" else rect.width) - self.depth)
        at = spare * _ABOVE_PERCENT // 100 if self.direction == "horizontal" else spare // 2
        lines: list[PlacedLine] = []
        for one, gap in zip(self.parts, (*self._gaps(), 0), strict=False):  # no part, no gap
            for number, line in enumerate(one.fitted.lines):
                lines.append(self._place(one, number, line, rect, at))
                at += one.fitted.size + one.fitted.size // _LINE_GAP
            at += gap - one.fitted.size // _LINE_GAP
        return tuple(lines)

    def _place(self, one: GroupPart, number: int, line: SetLine, rect: Rect, at: int) -> PlacedLine:
        size, last = one.fitted.size, len(one.fitted.lines) - 1
        room = rect.width if self.direction == "horizontal" else rect.height
        if self.shape == "step" and last and one.part.kind == "headline":  # 阶梯, TY-93
            along = max(0, room - line.width) * number // last
        else:
            along = {"left": 0, "right": room - line.width}.get(self.align, (room - line.width) // 2)
        if self.direction == "horizontal":
            baseline = rect.y + at + size * ASCENT_PERMILLE // 1000
            return PlacedLine(one.fitted.paragraph, line, rect.x + along, baseline, one.ink)
        return PlacedLine(one.fitted.paragraph, line, rect.right - at - size // 2, rect.y + along, one.ink)

    def accounts(self, story: str) -> tuple[Account, ...]:
        return tuple(
            account_for(one.part, story, [(one.fitted.paragraph, line) for line in one.fitted.lines])
            for one in self.parts
        )


def fit_group(story: Story, spec: HeadlineSpec | HeadlineRegion, room: int, desk: Composing) -> HeadlineGroup:
    """The story's headline group fitted to lines of at most `room` su (a width, or a height for vertical setting).

    A part that has no style in the spec stays off the page; the ledger will count it as left over.
    """
    parts: list[GroupPart] = []
    for kind in _ORDER:
        part = story.part(kind)
        name = spec.style if kind == "headline" else getattr(spec, kind)
        if part is None or name is msgspec.UNSET:
            continue
        style = desk.style(name)
        stepped = spec.shape == "step" and kind == "headline"
        within = room * _STEP_ROOM_PERCENT // 100 if stepped else room
        fit = partial(fit_headline, part, style, within, desk.names, desk.faces, direction=spec.direction)
        galley, findings = desk.galley, desk.findings
        fitted = galley.fitted(part, style, within, spec.direction, fit, findings) if galley else fit(findings)
        if spec.align == "justify":
            fitted = _spread(fitted, room)
        parts.append(GroupPart(part, style.ink, fitted))
    _report_ratios(parts, desk)
    return HeadlineGroup(tuple(parts), spec.direction, spec.align, spec.shape)


def _report_ratios(parts: list[GroupPart], desk: Composing) -> None:
    """TY-90: a kicker or deck that is nearly as large as its headline, or lost beside it."""
    size = next((one.fitted.size for one in parts if one.part.kind == "headline"), 0)
    for one in parts:
        percent = one.fitted.size * 100 // size if size else 0
        if one.part.kind in _RATED and percent and not _LEAST_RATIO <= percent <= _MOST_RATIO:
            desk.findings.add(
                "headline/part-size", one.part.copy.span(0), part=one.part.kind, part_zh=_RATED[one.part.kind],
                percent=percent, size=format_pt(one.fitted.size, 2), headline=format_pt(size, 2),
            )  # fmt: skip


def _spread(fitted: FittedHeadline, room: int) -> FittedHeadline:
    """均排: lines opened to the whole of `room`, where that takes no more than an em at each joint (TY-94)."""
    lines = []
    for line in fitted.lines:
        stretch = Stretch(line.start, line.end, last=line.last)
        opened = set_line(fitted.paragraph, stretch, room, 0, fill=True) if line.width < room else line
        lines.append(opened if opened.width == room and opened.spread <= fitted.size else line)
    return msgspec.structs.replace(fitted, lines=tuple(lines))
