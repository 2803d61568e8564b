"""Bytes of a file as text with line feeds only (读文本), or where and why they are not UTF-8."""

import msgspec


class BadByte(msgspec.Struct, frozen=True):
    """The first byte that is not UTF-8: line and column from 1, the byte, and the encoding that it may be, or ''."""

    line: int
    column: int
    byte: str
    guess: str


def decode_text(data: bytes) -> str | BadByte:
    """The text of `data`, a byte order mark at its head left out and every line ended by a line feed."""
    try:
        return _with_line_feeds(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        at = error.start + (len(data) - len(error.object))  # the codec counts from behind the mark
        before = _with_line_feeds(data[:at].decode("utf-8-sig", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return BadByte(line, column, f"0x{data[at]:02X}", _guess_encoding(data))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"
