"""A story's body in its columns (正文): shaped, poured, and told where it is over or under."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.units import format_pt
from layout_engine.content.model import Part, Story
from layout_engine.page.accounts import account_for
from layout_engine.page.dress import inside
from layout_engine.page.fill import NO_HEADROOM, Flow, Headroom, fill_columns
from layout_engine.page.model import Account, Fullness, LineSlot, PlacedLine
from layout_engine.page.pour import Block, Poured, PouredLine, orphans, widows
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import (
    LEAST_MEASURE,
    TextColumn,
    baseline_in_row,
    rows_within,
    text_columns,
)
from layout_engine.spec.resolved import Grid, Obstacle, Region, TextStyle
from layout_engine.typography.breaker import is_runt
from layout_engine.typography.justify import line_text
from layout_engine.typography.model import ShapedParagraph
from layout_engine.typography.shape import shape_part

_SHOWN = 12  # characters of what is over
_LOOSE = 4  # TY-53: more than a quarter of an em added at each joint is a loose line


class BodyStyles(msgspec.Struct, frozen=True):
    """The styles of the three kinds of part that stand in columns."""

    body: TextStyle
    crosshead: TextStyle
    byline: TextStyle

    def of(self, part: Part) -> TextStyle:
        return {"crosshead": self.crosshead, "byline": self.byline}.get(part.kind, self.body)


class SetBody(msgspec.Struct, frozen=True):
    """A story's body set into its columns: the poured lines, their places, and what became of its characters."""

    poured: Poured
    lines: tuple[PlacedLine, ...]
    accounts: tuple[Account, ...]
    fullness: tuple[Fullness, ...]  # none where the story goes on to another page: it is told where it ends
    headline_rows: int = 0  # that the headline takes beyond its least


def set_body(
    story: Story,
    styles: BodyStyles,
    columns: tuple[TextColumn, ...],
    desk: Composing,
    *,
    obstacles: tuple[Obstacle, ...] = (),
    level: bool = False,
    open_ended: bool = False,
    headroom: Headroom = NO_HEADROOM,
) -> SetBody:
    """The story's body in these columns, one after another, around the obstacles; what an editor must know is told.

    `level` columns end on one row. Columns with an open end are never under, and always level: they have no foot
    to be filled first. Rows that stay free may go to the headline, as far as its `headroom` reaches, to
    crossheads, and around the obstacles.
    """
    grid = desk.page.grid
    blocks = shape_body(story, styles, desk)
    settings = desk.galley.settings if desk.galley else None
    filled = fill_columns(Flow(grid, blocks, columns, obstacles, level or open_ended, open_ended, headroom, settings))
    poured = filled.poured
    full = fullness(story, poured, () if open_ended else filled.chain)
    report_fullness(story, poured, full, len(columns), desk)
    report_lines(poured, desk)
    if filled.headline_rows or filled.crosshead_rows or filled.space_rows:
        desk.findings.add(
            "page/rows-given",
            story.span,
            story=story.id,
            headline=filled.headline_rows,
            crossheads=filled.crosshead_rows,
            around=filled.space_rows,
        )
    return SetBody(
        poured, placed_lines(grid, poured), body_accounts(story, poured), (full,), headline_rows=filled.headline_rows
    )


def shape_body(story: Story, styles: BodyStyles, desk: Composing) -> tuple[Block, ...]:
    """The story's paragraphs shaped at their styles' size; the last paragraph takes the byline along (TY-64)."""
    blocks: list[Block] = []
    for part in story.body:
        style = styles.of(part)
        make = partial(_shaped, part, style, desk)
        shaped = desk.galley.shaped(part, style, make, desk.findings) if desk.galley else make(desk.findings)
        if part.kind == "byline" and blocks and blocks[-1].paragraph.kind == "body":
            blocks[-1] = msgspec.structs.replace(blocks[-1], byline=shaped, byline_ink=style.ink)
        else:
            blocks.append(Block(shaped, style))
    return tuple(blocks)


def _shaped(part: Part, style: TextStyle, desk: Composing, findings: Findings) -> ShapedParagraph:
    return shape_part(part, style, style.size_most, desk.faces, findings, names=desk.names)


def body_columns(story: str, rect: Rect, count: int, span: Span, desk: Composing) -> tuple[TextColumn, ...]:
    """`count` columns of whole 字 in `rect`; none, and a finding, where they come out too narrow for text (TY-76)."""
    grid = desk.page.grid
    measure = max(0, grid.columns_in(rect.width, count)[0]) // grid.em
    if measure < LEAST_MEASURE:
        desk.findings.add(
            "page/columns-too-narrow", span, story=story, columns=count, measure=measure, least=LEAST_MEASURE
        )
        return ()
    return text_columns(grid, rect, count)


def used_rect(grid: Grid, region: Region, poured: Poured, least_bottom: int) -> Rect:
    """The part of an open-ended region that its text takes, down to `least_bottom` at least, in whole rows."""
    last = max((one.slot.row + one.rows - 1 for one in poured.lines if one.slot), default=0)
    least_bottom = max((least_bottom, *(one.rect.bottom for one in region.obstacles)))
    last = max(last, -(-(least_bottom - grid.type_area.y - grid.em) // grid.row) + 1)
    top, height = grid.rows_rect(last, last)
    around = region.rect.bottom - inside(grid, region, region.rect).bottom
    return msgspec.structs.replace(region.rect, height=max(0, top + height + around - region.rect.y))


def columns_within(grid: Grid, columns: tuple[TextColumn, ...], rect: Rect) -> tuple[TextColumn, ...]:
    """The columns cut off at the last row that lies inside `rect`."""
    _, last = rows_within(grid, rect.y, rect.bottom)
    return tuple(msgspec.structs.replace(one, last_row=min(one.last_row, last)) for one in columns)


def placed_lines(grid: Grid, poured: Poured) -> tuple[PlacedLine, ...]:
    """The poured lines at their places: text from the column's left, bylines at its right, crossheads in their rows."""
    placed = []
    for one in poured.lines:
        if one.slot is None:
            continue
        line, slot = one.line, one.slot
        align = "right" if one.paragraph.kind == "byline" else one.style.align
        along = {"right": slot.width - line.width, "centre": (slot.width - line.width) // 2}.get(align, 0)
        baseline = baseline_in_row(grid, slot.row, one.paragraph.size, one.rows)
        placed.append(PlacedLine(one.paragraph, line, slot.x + along, baseline, one.ink))
    return tuple(placed)


def body_accounts(story: Story, poured: Poured) -> tuple[Account, ...]:
    """What became of each body part."""
    lines: dict[str, tuple[list[PouredLine], list[PouredLine]]] = {}
    for one in poured.lines:
        lines.setdefault(one.paragraph.key, ([], []))[one.slot is None].append(one)
    return tuple(
        account_for(part, story.id, *([(one.paragraph, one.line) for one in side] for side in lines[part.key]))
        for part in story.body
    )


def fullness(story: Story, poured: Poured, chain: Sequence[LineSlot]) -> Fullness:
    """How far the story is over or under: lines and characters, as an editor would have to cut or write."""
    characters_over = sum(
        one.paragraph.starts[one.line.end] - one.paragraph.starts[one.line.start]
        for one in poured.lines
        if one.slot is None
    )
    if poured.lines_over:  # rows left empty before what is over are no hole that words could fill
        return Fullness(story.id, poured.lines_over, characters_over)
    rows_under = max(0, len(chain) - poured.used)
    em = next((one.paragraph.size for one in poured.lines), 1)
    free = sum(slot.width for slot in chain[poured.used :])
    return Fullness(story.id, rows_under=rows_under, characters_under=free // em)


def report_fullness(story: Story, poured: Poured, full: Fullness, columns: int, desk: Composing) -> None:
    """Say whether the story is over or under, and whether the search for clean joints gave up."""
    if full.lines_over:
        first = next(one for one in poured.lines if one.slot is None)
        place = first.paragraph.copy.span(first.paragraph.starts[first.line.start])
        text = first.paragraph.text[first.paragraph.starts[first.line.start] :][:_SHOWN]
        lines, characters = full.lines_over, full.characters_over
        desk.findings.add("page/overset", place, story=story.id, lines=lines, characters=characters, text=text)
    elif full.rows_under >= max(1, columns):  # TY-75: columns may step down by a row, so less than a row each is level
        desk.findings.add(
            "page/underset", story.span, story=story.id, lines=full.rows_under, characters=full.characters_under
        )
    if poured.gave_up:
        desk.findings.add("page/joints-unsolved", story.span, story=story.id)


def report_lines(poured: Poured, desk: Composing, of: Callable[[PouredLine], bool] = lambda _: True) -> None:
    """Say what an editor must know of these lines, those `of` this page: their joints and their setting."""
    for one in filter(of, widows(poured)):
        text = line_text(one.paragraph, one.line)
        desk.findings.add("page/widow", one.paragraph.copy.span(one.paragraph.starts[one.line.start]), text=text)
    for one in filter(of, orphans(poured)):
        text = line_text(one.paragraph, one.line)
        desk.findings.add("page/orphan", one.paragraph.copy.span(one.paragraph.starts[one.line.start]), text=text)
    report_sizes(filter(of, poured.lines), desk)
    for one in filter(of, poured.lines):
        place = one.paragraph.copy.span(one.paragraph.starts[one.line.start])
        text = line_text(one.paragraph, one.line)
        if one.line.last_resort:
            desk.findings.add("page/last-resort", place, text=text)
        elif one.line.spread * _LOOSE > one.paragraph.size and not one.line.last:
            desk.findings.add("page/loose-line", place, text=text, percent=one.line.spread * 100 // one.paragraph.size)
        elif one.paragraph.kind == "body" and is_runt(one.paragraph, one.line):
            desk.findings.add("page/runt", place, text=text)
        if one.line.start == 0 and one.paragraph.key in poured.first_fit:
            desk.findings.add("page/first-fit", place, characters=len(one.paragraph.text))


def report_sizes(lines: Iterable[PouredLine], desk: Composing) -> None:
    """Say which crossheads are wider than their column (TY-66), and which styles are too large for the rows."""
    row = desk.page.grid.row
    too_large: dict[str, PouredLine] = {}
    for one in lines:
        if one.paragraph.size > one.rows * row:
            too_large.setdefault("byline" if one.paragraph.kind == "byline" else one.style.name, one)
        if one.paragraph.kind == "crosshead" and one.slot is not None and one.line.width > one.slot.width:
            over = -(-(one.line.width - one.slot.width) // one.paragraph.size)
            desk.findings.add("page/crosshead-too-wide", one.paragraph.copy.span(0), text=one.paragraph.text[:_SHOWN],
                              over=over, measure=one.slot.width // desk.page.grid.em)  # fmt: skip
    for name, one in too_large.items():
        size, room = format_pt(one.paragraph.size, 2), format_pt(one.rows * row, 2)
        span = one.style.span if one.style.name == name else one.paragraph.copy.span(0)
        desk.findings.add("page/type-too-large", span, style=name, size=size, rows=one.rows, room=room)
