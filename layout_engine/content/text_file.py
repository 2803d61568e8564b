"""Whether a file of copy can be read as text at all (文本文件): its size, its encoding, its characters."""

from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Span, diagnose
from layout_engine.base.source import SourcedText
from layout_engine.base.utf8 import BadByte, decode_text
from layout_engine.content.characters import forbidden_kind

MAX_BYTES: Final = 1 << 20  # the longest story that fills a page has some thirty kilobytes


def decode_copy(data: bytes, file: str) -> str | Diagnostic:
    """The text of a file of copy with line feeds only, or the finding that says why it is none."""
    if len(data) > MAX_BYTES:
        return diagnose("copy/too-large", Span(file), bytes=len(data), most=MAX_BYTES)
    text = decode_text(data)
    if isinstance(text, BadByte):
        place = Span(file, text.line, text.column)
        return diagnose("copy/not-utf8", place, byte=text.byte, guess=text.guess)
    return text


def report_forbidden(copy: SourcedText, found: Findings) -> None:
    """Characters that may not stand in copy (TY-111): their finding stops the build, the text keeps them."""
    if copy.text.isprintable() and "\ufffd" not in copy.text:
        return  # nearly all copy: none of the forbidden ones is printable but U+FFFD
    kinds = {one: kind for one in set(copy.text) if (kind := forbidden_kind(one))}
    for at, one in enumerate(copy.text) if kinds else ():
        if one in kinds:
            found.add(f"copy/{kinds[one]}-character", copy.span(at), character=f"U+{ord(one):04X}")
