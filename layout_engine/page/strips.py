"""One story by itself for reading (小样): set in the measure of its page, wide apart, on sheets of paper of its own.

No page is made up here and nothing is fitted: the lines follow one another down the columns, sheet after sheet.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.geometry import Rect
from layout_engine.base.units import mm
from layout_engine.content.model import Part, Story
from layout_engine.faces.fallback import Faces
from layout_engine.page.accounts import account_for
from layout_engine.page.body import BodyStyles
from layout_engine.page.model import Account, PageLayout, PlacedLine, RegionLayout
from layout_engine.spec.resolved import PageSpec, Region, TextStyle
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.shape import shape_part

SHEET: Final = Rect(0, 0, mm(158), mm(245))  # what an A4 sheet leaves within the margin of a proof

_ROOM: Final = mm(18)  # beside each column, to write in
_OPENING: Final = 3, 2  # 3/2 of the page's leading
_NUMBERS: Final = mm(6)  # to the left of a column, for the numbers of its lines
_HEADS: Final = ("kicker", "headline", "deck", "note")

_Set = tuple[Part, ShapedParagraph, SetLine, TextStyle]


def set_strips(
    story: Story, page: PageSpec, region: Region, faces: Faces, names: tuple[str, ...], findings: Findings
) -> tuple[PageLayout, ...]:
    """The story on as many sheets as it takes, each as a page with one region. `region` is where the page has it."""
    spec: Any = region.spec
    body, *others = (getattr(spec, field, spec.style) for field in ("style", "crosshead", "byline"))  # a brief has one
    styles = BodyStyles(page.styles[body], *(page.styles[one] for one in others))
    measure = page.grid.measure
    lines = [one for part in story.parts for one in _lines(part, styles, measure, faces, names, findings)]
    row = styles.body.leading * _OPENING[0] // _OPENING[1]
    columns = max(1, (SHEET.width + _ROOM) // (measure + _NUMBERS + _ROOM))
    rows = max(1, SHEET.height // row)
    each = columns * rows
    sheets = [lines[at : at + each] for at in range(0, len(lines), each)] or [[]]
    return tuple(
        _sheet(story, sheets, number, _Paper(page, region, measure, row, rows)) for number in range(len(sheets))
    )


class _Paper(msgspec.Struct, frozen=True):
    page: PageSpec
    region: Region
    measure: int
    row: int
    rows: int


def _lines(
    part: Part, styles: BodyStyles, measure: int, faces: Faces, names: tuple[str, ...], findings: Findings
) -> Iterator[_Set]:
    style = styles.of(part)
    if part.kind in _HEADS:
        style = msgspec.structs.replace(styles.body, face=styles.body.strong, indent=0, align="left")
    shaped = shape_part(part, style, style.size_most, faces, findings, names=names)
    justify = style.align == "justify"
    broken = break_paragraph(shaped, (measure,), indent=style.indent, justify=justify)
    for line in broken.lines if broken else ():
        yield part, shaped, line, style


def _sheet(story: Story, sheets: list[list[_Set]], number: int, paper: _Paper) -> PageLayout:
    placed = tuple(_placed(one, at, paper) for at, one in enumerate(sheets[number]))
    rect = Rect(0, 0, SHEET.width, SHEET.height)
    region = msgspec.structs.replace(paper.region, id=story.id, rect=rect, parts=(), obstacles=())
    page = msgspec.structs.replace(
        paper.page,
        trim=SHEET,
        bleed=0,
        regions=(region,),
        file_name=f"{story.id}-{number + 1}.pdf",
    )
    return PageLayout(page, (RegionLayout(region, rect, placed, accounts=tuple(_accounts(story, sheets, number))),))


def _placed(one: _Set, at: int, paper: _Paper) -> PlacedLine:
    _, shaped, line, style = one
    column, row = divmod(at, paper.rows)
    x = column * (paper.measure + _ROOM + _NUMBERS) + _NUMBERS
    room = paper.measure - line.width
    along = {"right": room, "centre": room // 2}.get("right" if shaped.kind == "byline" else style.align, 0)
    return PlacedLine(shaped, line, x + max(0, along), row * paper.row + (paper.row + shaped.size) // 2, style.ink)


def _accounts(story: Story, sheets: list[list[_Set]], number: int) -> Iterator[Account]:
    """Of each part that this sheet has some of: what is here and what is on the others."""
    for part in story.parts:
        here = [(shaped, line) for one, shaped, line, _ in sheets[number] if one is part]
        others = [sheet for at, sheet in enumerate(sheets) if at != number]
        away = [(shaped, line) for sheet in others for one, shaped, line, _ in sheet if one is part]
        if here or (not away and number == 0):
            yield account_for(part, story.id, here, elsewhere=away)
