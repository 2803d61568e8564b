"""Text that remembers, for each character, the file, line and column that it was read from (来源).

The position travels from the reader to the glyph on the page, so that any finding names a place in the copy.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from layout_engine.base.diagnostics import Span


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text whose characters stand side by side in one line of the source.

    Character `start + i` of the text, for 0 <= i < length, was read at `line`, `column + i` (both from 1).
    A character that an edit put in stands at the place of the first character that it replaces: see `pinned`.
    """

    start: int
    length: int
    line: int
    column: int
    pinned: bool = False  # every character of the stretch comes from that one place (an edit, a computed text)


class SourcedText(msgspec.Struct, frozen=True):
    """A text and where each of its characters was read; segments tile the text in order."""

    text: str
    file: str
    segments: tuple[Segment, ...]

    def span(self, index: int) -> Span:
        """The source position of character `index`; the end of the text answers with its last character's."""
        if not self.segments:
            return Span(self.file, 1, 1)
        at = max(0, min(index, len(self.text) - 1))
        segment = self.segments[bisect_right(self.segments, at, key=lambda one: one.start) - 1]
        column = segment.column if segment.pinned else segment.column + at - segment.start
        return Span(self.file, segment.line, column)

    def slice(self, start: int, end: int) -> "SourcedText":
        """The part from character `start` up to `end`, with its positions."""
        cut = []
        for segment in self.segments:
            low, high = max(start, segment.start), min(end, segment.start + segment.length)
            if low < high:
                moved = 0 if segment.pinned else low - segment.start
                cut.append(Segment(low - start, high - low, segment.line, segment.column + moved, segment.pinned))
        return SourcedText(self.text[start:end], self.file, tuple(cut))

    def replaced(self, start: int, end: int, new: str) -> "SourcedText":
        """This text with `[start, end)` replaced by `new`, which takes the place of what it replaces."""
        place = self.span(start)
        length = len(new)
        middle = SourcedText(
            new, self.file, (Segment(0, length, place.line, place.column, pinned=True),) if new else ()
        )
        return join_texts((self.slice(0, start), middle, self.slice(end, len(self.text))))


def read_at(text: str, file: str, line: int, column: int) -> SourcedText:
    """`text`, all of it read from one line of `file`, starting at `line`, `column`."""
    return SourcedText(text, file, (Segment(0, len(text), line, column),) if text else ())


def computed_at(text: str, span: Span) -> SourcedText:
    """`text` that the engine computed from the value at `span` (a date, a folio)."""
    segments = (Segment(0, len(text), span.line, span.column, pinned=True),) if text else ()
    return SourcedText(text, span.file, segments)


def join_texts(parts: Sequence[SourcedText]) -> SourcedText:
    """The parts one after another as one text; all of one file (the first part's)."""
    segments: list[Segment] = []
    length = 0
    for part in parts:
        for one in part.segments:
            segments.append(Segment(length + one.start, one.length, one.line, one.column, one.pinned))
        length += len(part.text)
    file = next((part.file for part in parts if part.segments), parts[0].file if parts else "")
    return SourcedText("".join(part.text for part in parts), file, tuple(segments))
