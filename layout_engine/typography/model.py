"""A paragraph that is shaped once (字簇) and the lines that it is set in (行), in parallel tuples.

Shaping knows no width: a `ShapedParagraph` may be broken for any sequence of measures. All lengths in su.
"""

from typing import Final, Literal

import msgspec

from layout_engine.base.source import SourcedText
from layout_engine.content.model import PartKind

Direction = Literal["horizontal", "vertical"]
Posture = Literal["upright", "turned", "across"]
LineEnd = Literal["half", "grid", "hang"]


class Extra(msgspec.Struct, frozen=True):
    """A further glyph of a cluster (a combining mark), placed from the cluster's own pen position."""

    gid: int
    dx: int
    dy: int


class Stance(msgspec.Struct, frozen=True):
    """How the glyphs of a vertical line stand (TY-83): upright; turned to the right with the line (侧转); or across
    it, several side by side in one em (纵中横), `narrow` percent of their width."""

    posture: Posture = "upright"
    narrow: int = 100


UPRIGHT: Final = Stance()


class ShapedParagraph(msgspec.Struct, frozen=True):
    """The clusters of one part at one size: what they look like, how wide they are, how far they give.

    Index i is a cluster; its characters are `text[starts[i]:starts[i + 1]]`. Along the line means to the right
    in horizontal setting and downward in vertical.
    """

    key: str  # of the part, for the ledger
    kind: PartKind
    copy: SourcedText
    style: str
    size: int  # one em, su
    direction: Direction
    narrow: int  # percent: 长扁; advances have it in them
    starts: tuple[int, ...]  # n + 1
    gids: tuple[int, ...]  # n; 0 only where no face has the character, which is already an error
    advances: tuple[int, ...]  # n; natural, after the fixed squeeze of adjacent marks (TY-21), autospace (TY-41) in it
    dx: tuple[int, ...]  # n; of the glyph from the pen, e.g. -half an em where a left blank is taken away
    dy: tuple[int, ...]  # n, or empty where all are 0 (downward is positive)
    extras: dict[int, tuple[Extra, ...]]
    faces: tuple[tuple[int, str], ...]  # (first cluster, face key), in order
    classes: bytes  # n; index into classes.CLASS_NAMES (TY-01)
    breaks: bytes  # n; whether a line may end after cluster i: a level of edges.py, from FORBIDDEN to MUST
    shrinks: tuple[tuple[int, ...], ...]  # per step of TY-51 a row of n: what cluster i may give
    # Per step of TY-52 a row of n, what the joint after i may take: word spaces and autospace in su; then 1 or 0 for
    # the joints that open without limit, and for those beside brackets, which open where no other can.
    stretches: tuple[tuple[int, ...], ...]
    edge: tuple[tuple[int, int], ...]  # n; what cluster i loses as first and as last of a line (TY-24, TY-25)
    # What else the mark at a line's end may do, by the style: nothing; keep its cell where the line is then full to
    # the unit (`grid`, TY-25); stand wholly or partly beyond the measure where it does not fit (`hang`, TY-26).
    line_end: LineEnd = "half"
    # (first cluster, how it and those after it stand), in order; empty where all stand upright. The clusters that
    # stand across a line in one em share its pen: all but the last have no advance, and `dy` tells them apart.
    stances: tuple[tuple[int, Stance], ...] = ()
    hangs: bytes = b""  # n, or empty where none may: 1 where cluster i may hang
    avoids_runts: bool = True  # TY-62
    # By how much a break after cluster i harms the sense, where its level is HARMS_SENSE: a rank of kept.py from 1,
    # a title in brackets, to 4, between a number and its 亿 (TY-38). What a break there costs grows with it.
    harms: dict[int, int] = {}

    @property
    def text(self) -> str:
        return self.copy.text

    def __len__(self) -> int:
        return len(self.gids)


class SetLine(msgspec.Struct, frozen=True):
    """One line as it will be drawn: clusters `start` up to `end`; those from `drawn` on are spaces that vanish.

    `pens` are the glyph origins along the line from the left end of its measure (indent, edge trim and `dx` in them;
    in vertical setting a glyph's origin is its vertical origin), `advances` the justified advances: their sum and the
    indent are the width. `spread` is the space added a joint (TY-53),
    below 0 where the line was squeezed.
    """

    start: int
    end: int
    drawn: int
    pens: tuple[int, ...]  # one for each cluster in start..drawn
    advances: tuple[int, ...]
    indent: int
    width: int  # indent + sum of advances
    measure: int
    spread: int
    last: bool  # ends its paragraph
    last_resort: bool = False  # TY-35: no allowed break was to be had
    hung: int = 0  # TY-26: so much of the last mark stands beyond the measure; its advance is what is left inside


class BrokenParagraph(msgspec.Struct, frozen=True):
    """A paragraph in lines, for the measures that it was given; `cost` compares settings of the same paragraph."""

    paragraph: ShapedParagraph
    lines: tuple[SetLine, ...]
    cost: int
    first_fit: bool = False  # set line after line: the search was too much


class FittedHeadline(msgspec.Struct, frozen=True):
    """A headline at the size that was found for it: each line with the paragraph that it was set from.

    `over` is the number of characters too many in the longest line where no setting within the style's limits
    fits (the lines are then set at the least size and overrun), else 0. `divided` tells that a word of the
    house's list, or the sense, had to be broken.
    """

    paragraph: ShapedParagraph
    lines: tuple[SetLine, ...]
    size: int
    narrow: int
    tracking: int  # percent of the size
    over: int
    divided: bool
