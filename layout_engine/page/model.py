"""A page with everything at its place (版面): lines, marks, and the copy that found none."""

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.content.model import Part
from layout_engine.spec.resolved import PageSpec, Region
from layout_engine.typography.model import SetLine, ShapedParagraph


class LineSlot(msgspec.Struct, frozen=True):
    """行位: a place for one line: which column of the chain, which row of the grid, where, how wide. In su.

    A `run` is a stretch of a column whose rows follow one another; where something covers the whole column, text
    goes on under it in another run. A joint is where the run changes.
    """

    column: int  # counted through the whole chain
    row: int  # of the base grid, from 1
    x: int
    baseline: int
    width: int
    run: int  # counted through the whole chain
    part: int = 0  # of a story that runs over pages: the number of its part, from 0


class PlacedLine(msgspec.Struct, frozen=True):
    """A set line on the page: `x`, `y` is the pen at the line's start.

    Horizontal: the left end on the baseline. Vertical: the middle of the line's em box, at its top.
    """

    paragraph: ShapedParagraph
    line: SetLine
    x: int
    y: int
    ink: str


class Account(msgspec.Struct, frozen=True):
    """What became of one part's characters: ranges `[start, end)` that found no place, or were dropped on purpose.

    All else must be on the page, but for what stands `elsewhere`, on another page of a story that jumps; the ledger
    counts. `dropped` gives a reason for each range.
    """

    part: Part
    story: str  # the story, photo or region that the part belongs to
    left_over: tuple[tuple[int, int], ...] = ()
    dropped: tuple[tuple[int, int, str], ...] = ()
    elsewhere: tuple[tuple[int, int], ...] = ()


class Fullness(msgspec.Struct, frozen=True):
    """How a story fills its frames: lines and characters over (溢文) or rows empty at the end (缺文)."""

    story: str
    lines_over: int = 0
    characters_over: int = 0
    rows_under: int = 0
    characters_under: int = 0  # that the empty rows would hold


class RegionLayout(msgspec.Struct, frozen=True):
    """区域 composed: `rect` is the space that it takes (an open-ended one takes what it needs)."""

    region: Region
    rect: Rect
    lines: tuple[PlacedLine, ...] = ()
    behind: tuple[Fill | Picture | Rule | Art | PlacedPage, ...] = ()  # in paint order, under the text
    accounts: tuple[Account, ...] = ()
    fullness: tuple[Fullness, ...] = ()


class PageLayout(msgspec.Struct, frozen=True):
    """一块版 composed, its regions in reading order."""

    spec: PageSpec
    regions: tuple[RegionLayout, ...]
