"""A story that runs over pages (转版): one pour through the columns of all its parts, of which a page takes its own.

Every page of the story makes the same pour from the same values and takes the lines whose slots are its own, so that
nothing is handed from page to page. Each jump takes two rows for its notices: （下转第3版） at the foot of the part
that is left, （上接第1版） at the head of the one that goes on.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from layout_engine.base.source import computed_at
from layout_engine.content.model import Story
from layout_engine.page.accounts import account_for
from layout_engine.page.balance import pour_level
from layout_engine.page.body import (
    BodyStyles,
    SetBody,
    fullness,
    placed_lines,
    report_fullness,
    report_lines,
    shape_body,
)
from layout_engine.page.model import Account, Fullness, LineSlot, PlacedLine
from layout_engine.page.pour import Block, Poured, PouredLine, Settings, pour
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import TextColumn, baseline_in_row, column_slots
from layout_engine.page.stack import typed_part
from layout_engine.spec.model_regions import ArticleRegion, FlowingRegion, StoryRegion
from layout_engine.spec.resolved import Region
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.shape import shape_part

ONWARD: Final = "（下转第{page}版）"
BACK: Final = "（上接第{page}版）"

_HARDLY_JUMPS: Final = 3  # so few rows may also fit on the page before, in the row that needs no notice then


class _PartSlots(msgspec.Struct, frozen=True):
    """The slots of one part: for its text, and for the notices at its head and its foot where it has them."""

    text: tuple[LineSlot, ...]
    head: LineSlot | None = None
    foot: LineSlot | None = None


class _Course(msgspec.Struct, frozen=True):
    """How the story runs: the parts up to the one in which it ends, and its lines in their slots."""

    parts: tuple[_PartSlots, ...]
    poured: Poured

    @property
    def ends_in(self) -> int:
        """The number of the part in which the story ends; what is over is over there."""
        return len(self.parts) - 1

    @property
    def chain(self) -> tuple[LineSlot, ...]:
        """The slots for text of all parts."""
        return tuple(slot for one in self.parts for slot in one.text)

    def lines_in(self, part: int) -> tuple[PouredLine, ...]:
        """The lines of one part; what is over counts to the last."""
        return tuple(one for one in self.poured.lines if self.part_of(one) == part)

    def part_of(self, line: PouredLine) -> int:
        return line.slot.part if line.slot is not None else self.ends_in

    def rows_at_end(self) -> int:
        """The rows of text in the last part."""
        return sum(one.rows for one in self.lines_in(self.ends_in) if not one.beside)


def set_jumped(
    region: Region, story: Story, styles: BodyStyles, columns: tuple[TextColumn, ...], desk: Composing
) -> SetBody:
    """What stands in `region`, whose `columns` are given, of a story that runs over pages."""
    here = next(at for at, one in enumerate(region.parts) if one.page.number == desk.page.number)
    chains = tuple(
        column_slots(one.page.grid, columns if at == here else desk.columns_of(one), one.region.obstacles)
        for at, one in enumerate(region.parts)
    )
    settings = desk.galley.settings if desk.galley else Settings()
    level = [_is_level(one.region) for one in region.parts]
    course = _run(_Pouring(shape_body(story, styles, desk), _following(chains), level, settings))
    _report(region, story, course, here, desk)
    own = msgspec.structs.replace(
        course.poured, lines=tuple(one for one in course.lines_in(here) if one.slot is not None)
    )
    notices = _notices(region, course, here, desk)
    text = placed_lines(desk.page.grid, own)
    return SetBody(
        own,
        (*notices.head, *text, *notices.foot),
        (*notices.accounts, *_accounts(story, course, here)),
        (_fullness(region, story, course),) if here == course.ends_in else (),
    )


def _is_level(region: Region) -> bool:
    """Whether the columns end on one row where the story ends in this region."""
    spec = region.spec
    chained = isinstance(spec, ArticleRegion) and isinstance(spec.chain, tuple) and len(spec.chain) > 1
    return region.open_ended or (isinstance(spec, StoryRegion | ArticleRegion) and spec.balance and not chained)


def _following(chains: Sequence[tuple[LineSlot, ...]]) -> tuple[tuple[LineSlot, ...], ...]:
    """The chains with their columns counted on from one to the next, so that each joint is one."""
    following: list[tuple[LineSlot, ...]] = []
    columns = runs = 0
    for part, chain in enumerate(chains):
        following.append(
            tuple(
                msgspec.structs.replace(slot, part=part, column=columns + slot.column, run=runs + slot.run)
                for slot in chain
            )
        )
        if chain:
            columns, runs = following[-1][-1].column + 1, following[-1][-1].run + 1
    return tuple(following)


class _Pouring(msgspec.Struct, frozen=True):
    """What is poured, into which parts, and which of them are level if the story ends there."""

    blocks: Sequence[Block]
    chains: Sequence[tuple[LineSlot, ...]]
    level: Sequence[bool]
    settings: Settings


def _run(pouring: _Pouring) -> _Course:
    """The story poured through as many of its parts as it needs.

    Where it needs a part for a line or two only, it may end before it, in the row that needs no notice then.
    """
    course = _poured(pouring, len(pouring.chains))
    last = max((course.part_of(one) for one in course.poured.lines), default=0)
    if last < course.ends_in:
        course = _poured(pouring, last + 1)
    if course.ends_in and course.rows_at_end() <= _HARDLY_JUMPS:
        shorter = _poured(pouring, course.ends_in)
        if not shorter.poured.lines_over:
            return shorter
    return course


def _poured(pouring: _Pouring, count: int) -> _Course:
    """The story poured into the first `count` parts, with a row for each notice."""
    chains = pouring.chains[:count]
    parts = []
    for number, chain in enumerate(chains):
        head = chain[0] if number and chain else None
        text = chain[1:] if number else chain
        foot = None
        if number < len(chains) - 1 and text:
            text, foot = text[:-1], text[-1]
        parts.append(_PartSlots(text, head, foot))
    chain = tuple(slot for one in parts for slot in one.text)
    if parts[-1].text and pouring.level[count - 1]:
        before = len(chain) - len(parts[-1].text)
        poured = pour_level(pouring.blocks, chain, pouring.settings, before)
    else:
        poured = pour(pouring.blocks, chain, pouring.settings)
    return _Course(tuple(parts), poured)


class _Notices(msgspec.Struct, frozen=True):
    """下转 and 上接 of one part, at their places."""

    head: tuple[PlacedLine, ...] = ()
    foot: tuple[PlacedLine, ...] = ()
    accounts: tuple[Account, ...] = ()


def _notices(region: Region, course: _Course, here: int, desk: Composing) -> _Notices:
    """Where the story goes on, at the right of the part's foot; where it comes from, at the left of its head."""
    if here > course.ends_in:
        return _Notices()
    spec, slots = region.spec, course.parts[here]
    assert isinstance(spec, FlowingRegion)
    head = foot = None
    if slots.head is not None:
        head = _notice(region, "jump_from", BACK.format(page=spec.jump_from), slots.head, desk)
    if slots.foot is not None:
        foot = _notice(region, "jump_to", ONWARD.format(page=spec.jump_to), slots.foot, desk)
    return _Notices(
        (head[0],) if head else (),
        (foot[0],) if foot else (),
        tuple(one[1] for one in (head, foot) if one),
    )


def _notice(region: Region, key: str, text: str, slot: LineSlot, desk: Composing) -> tuple[PlacedLine, Account]:
    style = desk.style(str(region.spec.jump))  # type: ignore[attr-defined]  # filled in by spec/jumps.py
    span = region.spans.get(key, region.span)
    part = typed_part(desk.page.number, region.id, key, computed_at(text, span))
    shaped = shape_part(part, style, style.size_most, desk.faces, desk.findings)
    line = set_single_line(shaped)
    if line.width > slot.width:
        desk.findings.add("page/jump-notice-too-wide", span, text=text, region=region.id)
    x = slot.x + slot.width - line.width if key == "jump_to" else slot.x
    baseline = baseline_in_row(desk.page.grid, slot.row, shaped.size)
    placed = PlacedLine(shaped, line, x, baseline, style.ink)
    return placed, account_for(part, region.id, [(shaped, line)])


def _fullness(region: Region, story: Story, course: _Course) -> Fullness:
    """How the story fills its parts; an open end is never under."""
    open_ended = region.parts[course.ends_in].region.open_ended
    return fullness(story, course.poured, () if open_ended else course.chain)


def _accounts(story: Story, course: _Course, here: int) -> tuple[Account, ...]:
    """What became here of each body part that stands here; the rest of it stands on another page."""
    lines: dict[str, list[PouredLine]] = {}
    for one in course.poured.lines:
        lines.setdefault(one.paragraph.key, []).append(one)
    accounts = []
    for part in story.body:
        mine: list[PouredLine] = []
        elsewhere: list[PouredLine] = []
        for one in lines[part.key]:
            (mine if course.part_of(one) == here else elsewhere).append(one)
        if mine:
            placed = [(one.paragraph, one.line) for one in mine if one.slot is not None]
            over = [(one.paragraph, one.line) for one in mine if one.slot is None]
            accounts.append(account_for(part, story.id, placed, over, [(one.paragraph, one.line) for one in elsewhere]))
    return tuple(accounts)


def _report(region: Region, story: Story, course: _Course, here: int, desk: Composing) -> None:
    """What an editor must know, told once: of lines on their page, of over and under where the story ends."""
    last = len(region.parts) - 1
    if course.ends_in < last and here >= course.ends_in:
        key = "jump_to" if here == course.ends_in else "jump_from"
        beyond = region.parts[here + 1 if key == "jump_to" else course.ends_in]
        desk.findings.add(
            "page/jump-not-needed",
            region.spans.get(key, region.span),
            related=(beyond.region.span,),
            story=story.id,
            page=region.parts[course.ends_in].page.number,
        )
    if here == course.ends_in:
        columns = len({slot.column for slot in course.parts[here].text})
        report_fullness(story, course.poured, _fullness(region, story, course), columns, desk)
    report_lines(course.poured, desk, of=lambda line: course.part_of(line) == here)
