"""Shape text and set lines (字形整形与断行): the rules of Chinese composition, for any width.

Comes in: parts of copy, text styles, faces. Goes out: `ShapedParagraph`, and `SetLine`s for given measures.
Must not know: columns, regions, pages, drawing.
Read first: model.py, shape.py, breaker.py; `set_paragraph` is the door for those who only measure.
Tested in: tests/typography, tests/laws.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout_engine.typography.paragraph import SetLine

__all__ = ("set_paragraph",)


def set_paragraph(text: str, measure_em: float, style: str = "gb", size_pt: float = 9) -> "list[SetLine]":
    """One paragraph in lines of `measure_em`, set as the page sets it: see paragraph.py."""
    from layout_engine.typography import paragraph  # importing the package stays free of cost

    return paragraph.set_paragraph(text, measure_em, style, size_pt)
