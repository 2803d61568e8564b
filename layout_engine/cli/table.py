"""Columns that stand level though Chinese characters take two cells of a terminal (表格)."""

from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

_GAP = "  "


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines; every column as wide as its widest cell."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _GAP.join(text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)).rstrip()


def cells(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
