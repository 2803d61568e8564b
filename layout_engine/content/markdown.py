"""What the body of an article says (正文): paragraphs, `##` crossheads, `*emphasis*` and `**strong**`.

A small part of Markdown on purpose. Whatever else Markdown knows (lists, links, pictures, tables, code, HTML)
is a finding with its place, and its characters stay in the text: nothing is set differently in silence.

- A blank line ends a paragraph. Two source lines of one paragraph join without a space beside Chinese, and
  with one between western words.
- Blanks at both ends of a line are no text; the two full-width spaces of a typed indent are noted as dropped.
- A backslash before an ASCII mark (`\\*`, `\\#`, `\\<`, `\\\\`) makes it an ordinary character.
"""

from typing import Final, Literal

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import SourcedText, join_texts, read_at
from layout_engine.content.characters import is_digit
from layout_engine.content.comments import Line, take_out_comments
from layout_engine.content.inline import read_inline
from layout_engine.content.model import Dropped, Emphasis

_BLANKS: Final = " \t　"
_FULL_WIDTH_SPACE: Final = "　"
_CODE_INDENT: Final = 4  # CommonMark 4.4
_BULLETS: Final = frozenset("-+*")
_MAX_ORDINAL: Final = 9  # CommonMark 5.2: digits of a list number

BlockKind = Literal["body", "crosshead"]


class Block(msgspec.Struct, frozen=True):
    """A paragraph or a crosshead: its text without the marks of Markdown, and what was left out."""

    kind: BlockKind
    copy: SourcedText
    emphasis: tuple[Emphasis, ...]
    dropped: tuple[Dropped, ...]


class Body(msgspec.Struct, frozen=True):
    """正文 as read: the blocks in order, and the comments that stand between them."""

    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]


def read_body(lines: list[str], file: str, first_line: int, found: Findings) -> Body:
    """The body that `lines` write; the first of them has the number `first_line`."""
    reader = _Reader(file, found)
    for line in take_out_comments(lines, file, first_line, found):
        reader.take(line)
    reader.end_paragraph()
    return Body(tuple(reader.blocks), tuple(reader.dropped))


class _Reader:
    """The paragraph that is open while the lines go by; emptied when the paragraph ends."""

    __slots__ = (
        "_file",
        "_found",
        "_hard_end",
        "_lines",
        "_noted",
        "_pending",
        "_reported",
        "blocks",
        "dropped",
    )

    def __init__(self, file: str, found: Findings) -> None:
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self._file = file
        self._found = found
        self._hard_end = False  # its last line ends with two spaces
        self._lines: list[SourcedText] = []  # of the open paragraph, without blanks at their ends
        self._noted: list[Dropped] = []  # left out inside the open paragraph
        self._pending: list[Dropped] = []  # comments since its last line: inside it only if it goes on
        self._reported: set[str] = set()  # constructs already reported in it

    def take(self, line: Line) -> None:
        """Go on with the next line."""
        if line.blank:
            self.end_paragraph()
            return
        typed = line.copy.text
        stripped = typed.strip(_BLANKS)
        if not stripped:
            self._pending.extend(line.comments)
            return
        start = len(typed) - len(typed.lstrip(_BLANKS))
        text = line.copy.slice(start, start + len(stripped))
        if stripped == "##" or stripped.startswith("## "):
            self.end_paragraph()
            self._crosshead(line, text)
            return
        self._look_for_markdown(line, stripped, start)
        self._noted.extend(self._pending)
        self._pending.clear()
        self._noted.extend(line.comments)
        if _FULL_WIDTH_SPACE in typed[:start]:
            self._noted.append(Dropped(typed[:start], line.copy.span(0), "markup"))
        self._lines.append(text)
        self._hard_end = typed.endswith("  ")

    def end_paragraph(self) -> None:
        """Close the open paragraph, if there is one, and make a block of it."""
        if self._lines:
            self._add("body", self._lines, self._noted)
        self.dropped.extend(self._pending)
        self._lines, self._noted, self._pending = [], [], []
        self._reported.clear()

    def _crosshead(self, line: Line, text: SourcedText) -> None:
        title = text.text[2:].lstrip(_BLANKS)
        mark = Dropped("##", text.span(0), "markup")
        if not title:
            self._found.add("copy/empty-crosshead", text.span(0))
            self.dropped.extend((*line.comments, mark))
            return
        if title.endswith("#"):
            self._unsupported("## … ##", text, len(text.text) - 1)
        length = len(text.text)
        self._add("crosshead", [text.slice(length - len(title), length)], [*line.comments, mark])
        self._reported.clear()

    def _add(self, kind: BlockKind, lines: list[SourcedText], noted: list[Dropped]) -> None:
        pieces = []
        for at, line in enumerate(lines):
            pieces.append(line)
            if at + 1 < len(lines):
                last = line.span(len(line.text))
                pieces.append(read_at("\n", self._file, last.line, last.column + 1))
        inline = read_inline(join_texts(pieces), self._found)
        if not inline.copy.text:
            self.dropped.extend((*noted, *inline.dropped))
            return
        dropped = sorted((*noted, *inline.dropped), key=lambda one: one.span)
        self.blocks.append(Block(kind, inline.copy, inline.emphasis, tuple(dropped)))

    def _look_for_markdown(self, line: Line, stripped: str, start: int) -> None:
        """Report what this line begins that is not of our part of Markdown."""
        typed = line.copy.text
        construct = _line_construct(stripped)
        if construct:
            self._unsupported(construct, line.copy, start)
        elif not self._lines and _width(typed[:start]) >= _CODE_INDENT:
            self._unsupported("    …", line.copy, 0)
        if self._lines:
            last = self._lines[-1]
            backslashes = len(last.text) - len(last.text.rstrip("\\"))
            if backslashes % 2:
                self._unsupported("…\\", last, len(last.text) - 1)
            elif self._hard_end:
                self._unsupported("…␠␠", last, len(last.text) - 1)

    def _unsupported(self, construct: str, copy: SourcedText, at: int) -> None:
        if construct not in self._reported:
            self._reported.add(construct)
            self._found.add("copy/markdown-unsupported", copy.span(at), construct=construct)


def _line_construct(text: str) -> str:
    """The construct of Markdown that a line beginning so opens, as it is typed; empty for none of them."""
    first = text[0]
    if first == "#":
        rest = text.lstrip("#")
        level = len(text) - len(rest)
        if level <= 6 and (not rest or rest[0] in _BLANKS):  # CommonMark 4.2
            return "#" * level + " …"
        return "##" if level == 2 else ""
    if first == ">":
        return "> …"
    if first == "|":
        return "| … |"
    if text.startswith(("```", "~~~")):
        return text[:3]
    marks = text.replace(" ", "")
    if len(marks) >= 3 and first in "-_*=" and marks == first * len(marks):
        return first * 3
    if first in _BULLETS and text[1:2] in (" ", "\t"):
        return f"{first} …"
    return _ordinal(text)


def _ordinal(text: str) -> str:
    digits = 0
    while digits < len(text) and is_digit(text[digits]):
        digits += 1
    if 0 < digits <= _MAX_ORDINAL and text[digits : digits + 2] in (". ", ") "):
        return f"{text[: digits + 1]} …"
    return ""


def _width(blanks: str) -> int:
    """How wide leading blanks are by the rule of CommonMark 2.2; full-width spaces do not count."""
    width = 0
    for one in blanks:
        width = width + 1 if one == " " else width // 4 * 4 + 4 if one == "\t" else width
    return width
