"""What stands on a page (着墨对象): text, paths, pictures and shadings, each with its place and how it is painted.

Boxes are in the page's own points. `shown` is what the clip leaves of `box`; None where it leaves nothing.
"""

from typing import Literal, TypeAlias

import msgspec

from layout_engine.preflight.colors import Color, Space
from layout_engine.preflight.fonts import Font
from layout_engine.preflight.plane import IDENTITY, Box, Matrix
from layout_engine.preflight.raw import Raw

TroubleKind: TypeAlias = Literal[
    "unknown-operator",
    "unbalanced",
    "resource-missing",
    "syntax",
    "damaged",
    "too-deep",
    "loop",
    "too-large",
    "rendering-intent",
]
Within: TypeAlias = Literal["page", "form", "pattern", "mask", "annotation", "glyph"]


class Where(msgspec.Struct, frozen=True, eq=False):
    """In which content stream: page from 1, object number of the stream, and by what way it is drawn."""

    page: int
    object: int | None
    within: Within = "page"
    artifact: bool = False


class Paint(msgspec.Struct, frozen=True, eq=False):
    """How something is painted."""

    color: Color
    overprint: bool
    mode: int  # OPM
    alpha: float
    blend: str
    masked: bool

    @property
    def is_opaque(self) -> bool:
        return self.alpha >= 1 and not self.masked and self.blend in ("Normal", "Compatible")


class Replacement(msgspec.Struct, frozen=True, eq=False):
    """What a stretch of content reads as, whatever its glyphs say (ActualText): one object for the whole stretch."""

    text: str


class Text(msgspec.Struct, frozen=True, eq=False):
    """What one operator shows. Glyph n starts at `pens[n]` along the line, in text space before `matrix`."""

    where: Where
    box: Box
    shown: Box | None
    font: Font
    codes: tuple[int, ...]
    pens: tuple[float, ...]
    matrix: Matrix
    size: float  # as set, before the matrix
    stretch: float
    rise: float
    mode: int  # 0 fill 1 stroke 2 both 3 none 4 to 7 the same as clip
    fill: Paint
    stroke: Paint
    size_pt: float  # on the page
    reads_as: Replacement | None = None

    @property
    def paint(self) -> Paint | None:
        """What one sees it by; None for text that is not painted."""
        return None if self.mode in (3, 7) else self.stroke if self.mode in (1, 5) else self.fill


class Path(msgspec.Struct, frozen=True, eq=False):
    """A path that is filled, stroked or both. `parts` are the boxes of its straight subpaths."""

    where: Where
    box: Box
    shown: Box | None
    fill: Paint | None
    stroke: Paint | None
    line_pt: float  # width of the stroke where it is thinnest
    parts: tuple[Box, ...]
    is_rectangle: bool
    even_odd: bool = False
    outline: tuple[tuple[str, tuple[float, ...]], ...] | None = None  # operators and points, where they are kept


class Image(msgspec.Struct, frozen=True, eq=False):
    """A picture. `raw` is its stream, None for an inline one; a stencil has no space and is painted in `paint`."""

    where: Where
    box: Box
    shown: Box | None
    raw: Raw
    width: int
    height: int
    bits: int
    space: Space | None
    stencil: bool
    ppi: float  # in the direction where it is less
    paint: Paint
    matrix: Matrix = IDENTITY  # of the unit square on the page


class Shading(msgspec.Struct, frozen=True, eq=False):
    """A gradient that fills the clip, or as a pattern."""

    where: Where
    box: Box
    shown: Box | None
    space: Space | None
    paint: Paint


class ContentRead(msgspec.Struct, frozen=True, eq=False):
    """A content stream was read to its end: its extremes (PR-86)."""

    where: Where
    longest_name: int
    longest_string: int
    longest_array: int
    most_decimals: int
    deepest_q: int


class Group(msgspec.Struct, frozen=True, eq=False):
    """A transparency group is drawn."""

    where: Where
    box: Box
    shown: Box | None
    space: Space | None


class Trouble(msgspec.Struct, frozen=True, eq=False):
    """Something in a content stream is not as it should be: what, and a word of detail."""

    where: Where
    what: TroubleKind
    detail: str
    box: Box | None = None


Painted: TypeAlias = Text | Path | Image | Shading
Event: TypeAlias = Painted | Group | ContentRead | Trouble
