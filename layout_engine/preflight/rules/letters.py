"""Where the single letters of a line stand on the page (字位): the ink of each, by its program."""

from collections.abc import Iterator

from layout_engine.preflight.painted import Text
from layout_engine.preflight.plane import Box, place


def letters(text: Text) -> Iterator[tuple[int, Box]]:
    """Code and ink of each letter that has any."""
    em = text.size / 1000
    wide, vertical = em * text.stretch, text.font.vertical
    for code, pen in zip(text.codes, text.pens, strict=True):
        ink = text.font.metrics(code).ink
        if ink is None:
            continue
        x, y = (0.0, pen) if vertical else (pen, 0.0)
        x0, x1 = x + ink[0] * wide, x + ink[2] * wide
        y0, y1 = y + text.rise + ink[1] * em, y + text.rise + ink[3] * em
        yield code, place(text.matrix, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
