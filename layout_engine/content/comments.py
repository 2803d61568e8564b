"""What stands between `<!--` and `-->` in an article (编者附注): left out on purpose, noted with its place.

A comment counts as nothing, wherever it stands: inside a line, over several lines, over blank lines. So a
line that holds only a comment does not end a paragraph, and a note may stand at the joint of which it speaks.
"""

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.source import SourcedText, join_texts, read_at
from layout_engine.content.model import Dropped

_OPEN = "<!--"
_CLOSE = "-->"


class Line(msgspec.Struct, frozen=True):
    """One source line without its comments. `blank`: nothing was typed in it, not even a comment."""

    number: int
    copy: SourcedText
    blank: bool
    comments: tuple[Dropped, ...] = ()  # those that begin in this line


def take_out_comments(lines: list[str], file: str, first_line: int, found: Findings) -> list[Line]:
    """The lines without their comments; `first_line` is the number of the first.

    A comment that is never closed is reported where it opens, and ends before the next blank line.
    """
    text = "\n".join(lines)
    comments = _find_comments(text)
    result = []
    start, at = 0, 0
    for number, line in enumerate(lines, first_line):
        end = start + len(line)
        pieces, dropped, column, touched = [], [], start, False
        while at < len(comments) and comments[at].start <= end:
            comment, touched = comments[at], True
            if column < comment.start:
                pieces.append(read_at(text[column : comment.start], file, number, column - start + 1))
            if comment.start >= start:
                span = Span(file, number, comment.start - start + 1)
                dropped.append(Dropped(text[comment.start : comment.end], span, "comment"))
                if not comment.closed:
                    found.add("copy/unclosed-comment", span)
            column = max(column, min(comment.end, end))
            if comment.end > end:
                break
            at += 1
        if column < end:
            pieces.append(read_at(text[column:end], file, number, column - start + 1))
        copy = join_texts(pieces) if pieces else SourcedText("", file, ())
        result.append(Line(number, copy, not touched and not line.strip(), tuple(dropped)))
        start = end + 1
    return result


class _Comment(msgspec.Struct, frozen=True):
    start: int
    end: int
    closed: bool


def _find_comments(text: str) -> list[_Comment]:
    found = []
    at = _find_opening(text, 0)
    last_close = text.rfind(_CLOSE)
    while at >= 0:
        closed = last_close >= at + len(_OPEN)
        end = text.index(_CLOSE, at + len(_OPEN)) + len(_CLOSE) if closed else _paragraph_end(text, at)
        found.append(_Comment(at, end, closed))
        at = _find_opening(text, end)
    return found


def _find_opening(text: str, at: int) -> int:
    """The next `<!--` from `at` on whose `<` is not escaped by a backslash, or -1."""
    while (at := text.find(_OPEN, at)) >= 0:
        first = at
        while first and text[first - 1] == "\\":
            first -= 1
        if (at - first) % 2 == 0:
            break
        at += 1
    return at


def _paragraph_end(text: str, at: int) -> int:
    """Where the paragraph that holds `at` ends: before the line feed of the next blank line."""
    while (at := text.find("\n", at)) >= 0:
        following = text.find("\n", at + 1)
        if not text[at + 1 : following if following >= 0 else len(text)].strip():
            return at
        at += 1
    return len(text)
