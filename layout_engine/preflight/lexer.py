"""A content stream as operators with their operands (内容流的词法), read by ourselves and without trust.

A library's parser would make an object of every number at once and hide what the rules ask for: decimals, lengths of
names and strings, inline pictures.
"""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from layout_engine.preflight.limits import MAX_NESTED

# Numbers, strings (bytes), names (Name), arrays, dictionaries, true, false and null.
Operand: TypeAlias = "float | bytes | Name | list[Operand] | dict[str, Operand] | bool | None"
Operation: TypeAlias = tuple[str, list[Operand]]

_MAX_OPERANDS: Final = 10_000  # before one operator

_TOKEN: Final = re.compile(
    rb"[\0\t\n\f\r ]*(?:"
    rb"([+-]?(?:\d+\.?(\d*)|\.(\d+)))(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)"  # 1: number, 2 and 3: its decimals
    rb"|/([^\0\t\n\f\r ()<>\[\]{}/%]*)"  # 4: name
    rb"|<([0-9A-Fa-f\0\t\n\f\r ]*)>"  # 5: hex string
    rb"|(<<|>>|[\[\]{}])"  # 6: bracket
    rb"|(\()"  # 7: string
    rb"|(%[^\n\r]*)"  # 8: comment
    rb"|([^\0\t\n\f\r ()<>\[\]{}/%]+)"  # 9: operator or keyword
    rb"|([<>)]))"  # 10: what may not stand here
)
_PARENTHESES: Final = re.compile(rb"[()\\]")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])|\r\n|\r")
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_OCTAL: Final = tuple(bytes((digit,)) for digit in b"01234567")
_HEX_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END: Final = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)")
_WORDS: Final[dict[bytes, bool | None]] = {b"true": True, b"false": False, b"null": None}


class Name(str):
    """A name without its solidus."""

    __slots__ = ()


class Lexer:
    """Reads one stream. The extremes of what was met are told when it is read (PR-86)."""

    def __init__(self, data: bytes) -> None:
        self._data: Final = data
        self._at = 0
        self.longest_name = 0
        self.longest_string = 0
        self.longest_array = 0
        self.most_decimals = 0
        self.broken: list[str] = []  # what could not be read, in a few words
        self.unfinished = False  # operands without an operator at the end

    def operations(self) -> Iterator[Operation]:
        """Every operator with its operands; an inline picture as `BI` with its dictionary."""
        operands: list[Operand] = []
        while (token := self._next()) is not None:
            kind, value = token
            if kind != "word":
                operands.append(value)
                if len(operands) > _MAX_OPERANDS:
                    self._note("too many operands")
                    operands.clear()
                continue
            assert isinstance(value, bytes)
            if value == b"BI":
                yield "BI", [self._inline_image()]
            else:
                yield value.decode("latin-1"), operands
            operands = []
        self.unfinished = bool(operands)

    def _next(self, depth: int = 0) -> tuple[str, Operand] | None:
        """The next operand or operator; None at the end."""
        while (match := _TOKEN.match(self._data, self._at)) is not None:
            self._at = match.end()
            kind = match.lastindex
            if kind == 9:
                word = match[9]
                if word in _WORDS:
                    return "operand", _WORDS[word]
                return "word", word
            if kind in (1, 2, 3):
                digits = match[2] or match[3]
                if digits and len(digits) > self.most_decimals:
                    self.most_decimals = len(digits)
                return "operand", float(match[1])
            if kind == 5:
                return "operand", self._string(_unhex(match[5]))
            if kind == 4:
                return "operand", self._name(match[4])
            if kind == 7:
                return "operand", self._string(self._parentheses())
            if kind == 6:
                bracket = match[6]
                if bracket == b"[" and depth < MAX_NESTED:
                    return "operand", self._array(depth + 1)
                if bracket == b"<<" and depth < MAX_NESTED:
                    return "operand", self._dictionary(depth + 1)
                if depth and bracket in (b"]", b">>"):
                    return "end", None
                self._note(f"{bracket.decode()!r} out of place")
            elif kind == 10:
                self._note(f"{match[10].decode()!r} out of place")
        return None

    def _array(self, depth: int) -> list[Operand]:
        found: list[Operand] = []
        while (token := self._next(depth)) is not None and token[0] != "end":
            if token[0] == "word":
                self._note("an operator inside an array")
                continue
            found.append(token[1])
        if len(found) > self.longest_array:
            self.longest_array = len(found)
        return found

    def _dictionary(self, depth: int) -> dict[str, Operand]:
        found: dict[str, Operand] = {}
        key: str | None = None
        while (token := self._next(depth)) is not None and token[0] != "end":
            if key is None:
                key = token[1] if isinstance(token[1], Name) else ""
            else:
                found[key] = token[1]
                key = None
        return found

    def _inline_image(self) -> dict[str, Operand]:
        """The dictionary of an inline picture; its data is passed over."""
        found: dict[str, Operand] = {}
        key: str | None = None
        while (token := self._next()) is not None:
            if token[0] == "word" and token[1] == b"ID":
                break
            if key is None:
                key = token[1] if isinstance(token[1], Name) else ""
            else:
                found[key] = token[1]
                key = None
        end = _IMAGE_END.search(self._data, self._at)
        if end is None:
            self._note("an inline picture without its end")
        self._at = len(self._data) if end is None else end.end()
        return found

    def _name(self, raw: bytes) -> Name:
        if b"#" in raw:
            raw = _HEX_IN_NAME.sub(lambda match: bytes((int(match[1], 16),)), raw)
        if len(raw) > self.longest_name:
            self.longest_name = len(raw)
        return Name(raw.decode("latin-1"))

    def _string(self, data: bytes) -> bytes:
        if len(data) > self.longest_string:
            self.longest_string = len(data)
        return data

    def _parentheses(self) -> bytes:
        """A string from after its first parenthesis."""
        start, depth = self._at, 1
        while depth:
            match = _PARENTHESES.search(self._data, self._at)
            if match is None:
                self._note("a string without its end")
                self._at = len(self._data)
                return self._data[start:]
            self._at = match.end()
            if match[0] == b"\\":
                self._at += 1
            else:
                depth += 1 if match[0] == b"(" else -1
        raw = self._data[start : self._at - 1]
        return _ESCAPE.sub(_unescape, raw) if b"\\" in raw or b"\r" in raw else raw

    def _note(self, what: str) -> None:
        if len(self.broken) < 4:
            self.broken.append(what)


def _unescape(match: "re.Match[bytes]") -> bytes:
    escaped = match[1]
    if escaped is None:
        return b"\n"
    if escaped[:1] in _OCTAL:
        return bytes((int(escaped, 8) & 0xFF,))
    return b"" if escaped in (b"\r\n", b"\n", b"\r") else _ESCAPED.get(escaped, escaped)


def _unhex(digits: bytes) -> bytes:
    if not digits.isalnum():
        digits = digits.translate(None, b"\0\t\n\f\r ")
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))
