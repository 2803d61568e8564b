"""What the marks inside a paragraph mean (行内标记): `*…*`, `**…**`, `\\`; and what is none of ours."""

from typing import Final, Literal

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import Segment, SourcedText, join_texts
from layout_engine.content.characters import is_digit, is_letter, needs_space_between
from layout_engine.content.model import Dropped, Emphasis

_SPECIAL: Final = frozenset("\\*\n`<&[]_~")
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # CommonMark 2.4
_MAX_ENTITY: Final = 32
_MAX_LINK_TEXT: Final = 1000  # CommonMark 4.7 allows a label so long
_STRENGTH: Final[dict[int, Literal["emphasis", "strong"]]] = {1: "emphasis", 2: "strong"}


class Inline(msgspec.Struct, frozen=True):
    """A paragraph's text without its marks, the stretches that they emphasise, and the marks themselves."""

    copy: SourcedText
    emphasis: tuple[Emphasis, ...]
    dropped: tuple[Dropped, ...]


def read_inline(copy: SourcedText, found: Findings) -> Inline:
    """Read the marks of `copy`, whose source lines are separated by line feeds."""
    if _SPECIAL.isdisjoint(copy.text):
        return Inline(copy, (), ())
    marks = _find_marks(copy, found)
    return _without_marks(copy, _pair_stars(copy, marks, found))


class _Mark(msgspec.Struct, frozen=True):
    """A mark at `start`, `length` long; `role` is `escape`, `newline`, `stars`, then `open` or `close`."""

    start: int
    length: int
    role: str


def _find_marks(copy: SourcedText, found: Findings) -> list[_Mark]:
    text = copy.text
    marks: list[_Mark] = []
    reported: set[str] = set()
    skip_to = 0
    for at, one in enumerate(text):
        if one not in _SPECIAL or at < skip_to:
            continue
        if one == "\n":
            marks.append(_Mark(at, 1, "newline"))
        elif one == "\\":
            if text[at + 1 : at + 2] in _ESCAPABLE:
                marks.append(_Mark(at, 1, "escape"))
                skip_to = at + 2
        elif one == "*":
            length = 1
            while text[at + length : at + length + 1] == "*":
                length += 1
            skip_to = at + length
            if length > 2:
                _report(copy, at, "***", reported, found)
            else:
                marks.append(_Mark(at, length, "stars"))
        elif construct := _foreign(text, at):
            _report(copy, at, construct, reported, found)
    return marks


def _report(copy: SourcedText, at: int, construct: str, reported: set[str], found: Findings) -> None:
    if construct not in reported:
        reported.add(construct)
        found.add("copy/markdown-unsupported", copy.span(at), construct=construct)


def _foreign(text: str, at: int) -> str:
    """The construct of Markdown, not of our part of it, that begins or shows at `at`; empty for none."""
    one, following = text[at], text[at + 1 : at + 2]
    if one == "`":
        return "`…`"
    if one == "<":
        return "<…>" if is_letter(following) or following in ("/", "!", "?") else ""
    if one == "&":
        end = text.find(";", at + 1, at + _MAX_ENTITY)
        name = text[at + 1 : end].removeprefix("#") if end > 0 else ""
        return "&…;" if name.isascii() and name.isalnum() else ""
    if one == "[":
        return "[^…]" if following == "^" else ""
    if one == "]":
        if following not in ("(", ":"):
            return ""
        opening = text.rfind("[", max(0, at - _MAX_LINK_TEXT), at)
        if opening < 0:
            return ""
        if following == ":":
            return "[…]: …" if opening == 0 or text[opening - 1] == "\n" else ""
        return "![…](…)" if text[opening - 1 : opening] == "!" else "[…](…)"
    if one == "~":
        return "~~…~~" if following == "~" else ""
    return "_…_" if _opens_underscore(text, at) else ""


def _opens_underscore(text: str, at: int) -> bool:
    """Whether `_` at `at` could open emphasis: not inside a word (`a_b`), and closed again further on."""
    before, following = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before and (is_letter(before) or is_digit(before) or before == "_"):
        return False
    return bool(following.strip()) and text.find("_", at + 2, at + _MAX_LINK_TEXT) > 0


def _pair_stars(copy: SourcedText, marks: list[_Mark], found: Findings) -> list[_Mark]:
    """The marks with each run of stars made an opening or a closing one; plain stars are left out."""
    text = copy.text
    paired: list[_Mark] = []
    opened: tuple[int, _Mark] | None = None  # its place in `paired`
    nested = False
    for mark in marks:
        if mark.role != "stars":
            paired.append(mark)
            continue
        end = mark.start + mark.length
        blank_before = not text[mark.start - 1 : mark.start].strip() if mark.start else True
        blank_after = not text[end : end + 1].strip()
        if opened and opened[1].length == mark.length and not blank_before:
            paired.append(_Mark(mark.start, mark.length, "close"))
            opened = None
        elif opened and not (blank_before and blank_after):
            if not nested:
                found.add("copy/markdown-unsupported", copy.span(mark.start), construct="**…*…*…**")
                nested = True
        elif not blank_after:
            paired.append(_Mark(mark.start, mark.length, "open"))
            opened = (len(paired) - 1, mark)
        elif not blank_before:
            found.add("copy/unclosed-emphasis", copy.span(mark.start), mark="*" * mark.length)
    if opened:
        found.add("copy/unclosed-emphasis", copy.span(opened[1].start), mark="*" * opened[1].length)
        del paired[opened[0]]
    return paired


def _without_marks(copy: SourcedText, marks: list[_Mark]) -> Inline:
    """The text between the marks; a line feed becomes a space between western words, else nothing."""
    text = copy.text
    pieces: list[SourcedText] = []
    emphasis: list[Emphasis] = []
    dropped: list[Dropped] = []
    length, last, at = 0, "", 0
    newline: int | None = None  # the line feed since the last character that was kept
    opened: tuple[int, int] | None = None  # where its text starts, stars
    waiting = 0  # stars that opened and have no text yet
    for mark in (*marks, _Mark(len(text), 0, "end")):
        if at < mark.start:
            if newline is not None and last and needs_space_between(last, text[at]):
                place = copy.span(newline)
                pieces.append(SourcedText(" ", copy.file, (Segment(0, 1, place.line, place.column),)))
                length += 1
            newline = None
            if waiting:
                opened, waiting = (length, waiting), 0
            pieces.append(copy.slice(at, mark.start))
            length += mark.start - at
            last = text[mark.start - 1]
        at = mark.start + mark.length
        if mark.role == "newline":
            newline = mark.start
            continue
        if mark.role == "open":
            waiting = mark.length
        elif mark.role == "close":
            if opened:
                emphasis.append(Emphasis(opened[0], length, _STRENGTH[opened[1]]))
            opened, waiting = None, 0
        if mark.length:
            dropped.append(Dropped(text[mark.start : at], copy.span(mark.start), "markup"))
    joined = join_texts(pieces) if pieces else SourcedText("", copy.file, ())
    return Inline(joined, tuple(emphasis), tuple(dropped))
