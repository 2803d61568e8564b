"""What is this character to the setter (字符类): its class, its cell, its blank, whether it may open or close a line?

The table is `classes.txt`, one row a kind. A *kind* is finer than a class of TY-01: ， and ： are both `pause`, but
they give way at different steps. A paragraph's kinds are one byte a character.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

CLASS_NAMES: Final = (
    "han",
    "stop",
    "pause",
    "open",
    "close",
    "dash",
    "ellipsis",
    "connect",
    "interpunct",
    "solidus",
    "prefix",
    "postfix",
    "western",
    "space",
    "invisible",
)  # TY-01
OPEN_CLASS: Final = CLASS_NAMES.index("open")
SPACE_CLASS: Final = CLASS_NAMES.index("space")
INVISIBLE_CLASS: Final = CLASS_NAMES.index("invisible")

KIND_NAMES: Final = (
    "han",
    "iteration",
    "point",
    "bang",
    "bangs",
    "comma",
    "colon",
    "open",
    "close",
    "dash",
    "dash-tail",
    "ellipsis",
    "ellipsis-tail",
    "long",
    "hyphen",
    "hyphen-own",
    "interpunct",
    "solidus",
    "prefix-cell",
    "prefix",
    "postfix-cell",
    "postfix",
    "letter",
    "digit",
    "western-open",
    "western-close",
    "western-mark",
    "glue",
    "word-hyphen",
    "space",
    "cell-space",
    "fixed-space",
    "newline",
    "break-here",
    "invisible",
)  # in the order of classes.txt
(
    HAN, ITERATION, POINT, BANG, BANGS, COMMA, COLON, OPEN, CLOSE, DASH, DASH_TAIL,
    ELLIPSIS, ELLIPSIS_TAIL, LONG, HYPHEN, HYPHEN_OWN, INTERPUNCT, SOLIDUS, PREFIX_CELL, PREFIX,
    POSTFIX_CELL, POSTFIX, LETTER, DIGIT, WESTERN_OPEN, WESTERN_CLOSE, WESTERN_MARK, GLUE,
    WORD_HYPHEN, SPACE, CELL_SPACE, FIXED_SPACE, NEWLINE, BREAK_HERE, INVISIBLE,
) = range(len(KIND_NAMES))  # fmt: skip

CELL_OWN: Final = -1

LEVELS: Final = ("basic", "gb", "strict")  # of 避头尾, from the mildest
_IN_NO_LEVEL: Final = len(LEVELS)


class Kind(msgspec.Struct, frozen=True):
    """One row of the table. `cell` is in halves of an em, or CELL_OWN; `step` is of TY-51, 0 for none.

    It may not stand at a line's start from the level of LEVELS on that `no_start_from` counts to, and so at its end.
    """

    name: str
    class_index: int
    cell: int
    blank: str  # "left", "right", ""
    step: int
    no_start_from: int
    no_end_from: int
    latin: bool

    def may_start(self, level: str) -> bool:
        """Whether a line may begin with it (避头, TY-30)."""
        return LEVELS.index(level) < self.no_start_from

    def may_end(self, level: str) -> bool:
        """Whether a line may end with it (避尾, TY-31)."""
        return LEVELS.index(level) < self.no_end_from


class KindTable(dict[int, int]):
    """From code point to kind: rows of single characters, and ranges looked up once and then remembered."""

    def __init__(self, kinds: tuple[Kind, ...], singles: dict[int, int], ranges: list[tuple[int, int, int]]) -> None:
        super().__init__(singles)
        self.kinds: Final = kinds
        self.class_of: Final = bytes(kind.class_index for kind in kinds).ljust(256, b"\0")  # for bytes.translate
        self.latin: Final = bytes(kind.latin for kind in kinds).ljust(256, b"\0")
        self.ranges: Final = sorted(ranges)

    def __missing__(self, codepoint: int) -> int:
        at = bisect_right(self.ranges, codepoint, key=lambda one: one[0]) - 1
        inside = at >= 0 and codepoint <= self.ranges[at][1]
        kind = self[codepoint] = self.ranges[at][2] if inside else LETTER
        return kind

    def classify(self, text: str) -> bytearray:
        """The kind of each character, seen by itself."""
        return bytearray(map(self.__getitem__, map(ord, text)))


@cache
def kind_table() -> KindTable:
    """The table of classes.txt, read at the first paragraph."""
    kinds: list[Kind] = []
    singles: dict[int, int] = {}
    ranges: list[tuple[int, int, int]] = []
    for line in Path(__file__).with_name("classes.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        name, class_name, cell, blank, step, edges, script, *members = line.split()
        index = KIND_NAMES.index(name)
        edge, _, level = edges.partition(":")
        since = LEVELS.index(level or LEVELS[0])
        kinds.append(
            Kind(
                name=name,
                class_index=CLASS_NAMES.index(class_name),
                cell={"1": 2, "1/2": 1, "0": 0, "own": CELL_OWN}[cell],
                blank="" if blank == "-" else blank,
                step=0 if step == "-" else int(step),
                no_start_from=since if edge in ("start", "both") else _IN_NO_LEVEL,
                no_end_from=since if edge in ("end", "both") else _IN_NO_LEVEL,
                latin=script == "Latn",
            )
        )
        for member in members:
            if len(member) == 1:
                singles[ord(member)] = index
            else:
                first, _, last = member.removeprefix("U+").partition("-")
                ranges.append((int(first, 16), int(last or first, 16), index))
    return KindTable(tuple(kinds), singles, ranges)
