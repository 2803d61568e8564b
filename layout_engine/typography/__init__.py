"""Shape text and set lines (字形整形与断行): the rules of Chinese composition, for any width.

Comes in: parts of copy, text styles, faces. Goes out: `ShapedParagraph`, and `SetLine`s for given measures.
Must not know: columns, regions, pages, drawing.
Read first: model.py, shape.py, breaker.py.
Tested in: tests/typography, tests/laws.
"""
