"""Whether a file of copy can be read as text at all (文本文件): its size, its encoding, its characters."""

from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Span, diagnose
from layout_engine.base.source import SourcedText
from layout_engine.content.characters import forbidden_kind

MAX_BYTES: Final = 1 << 20  # the longest story that fills a page has some thirty kilobytes


def decode_copy(data: bytes, file: str) -> str | Diagnostic:
    """The text of a file of copy with line feeds only, or the finding that says why it is none."""
    if len(data) > MAX_BYTES:
        return diagnose("copy/too-large", Span(file), bytes=len(data), most=MAX_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = _start_of_fault(data, error)
        before = data[:at].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        place = Span(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return diagnose("copy/not-utf8", place, byte=f"0x{data[at]:02X}", guess=_guess_encoding(data))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def report_forbidden(copy: SourcedText, found: Findings) -> None:
    """Characters that may not stand in copy (TY-111): their finding stops the build, the text keeps them."""
    if copy.text.isprintable() and "\ufffd" not in copy.text:
        return  # nearly all copy: none of the forbidden ones is printable but U+FFFD
    kinds = {one: kind for one in set(copy.text) if (kind := forbidden_kind(one))}
    for at, one in enumerate(copy.text) if kinds else ():
        if one in kinds:
            found.add(f"copy/{kinds[one]}-character", copy.span(at), character=f"U+{ord(one):04X}")


def _start_of_fault(data: bytes, error: UnicodeDecodeError) -> int:
    """Where in `data` the first byte stands that is no UTF-8; `utf-8-sig` counts from behind its mark."""
    return error.start + (len(data) - len(error.object))


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"
