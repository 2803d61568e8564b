"""A content stream as operators with their operands (内容流): read token by token, nothing built up.

Numbers come as floats, names as text with their slash, strings as bytes, arrays as lists, dictionaries as dicts. An
inline image comes as the operator `BI` with its dictionary; its data is passed over.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from layout_engine.adverts.limits import MAX_NESTING, MAX_OPERANDS, BeyondLimitError

_WHITE: Final = rb"\0\t\n\f\r "
_ENDS: Final = rb"\0\t\n\f\r ()<>\[\]{}/%"
_NUMBER_STARTS: Final = frozenset(b"0123456789+-.")
_TOKEN: Final = re.compile(
    rb"(?:[" + _WHITE + rb"]|%[^\r\n]*)*"
    rb"(?:(?P<regular>[^" + _ENDS + rb"]+)"
    rb"|(?P<name>/[^" + _ENDS + rb"]*)"
    rb"|(?P<open><<|\[)"
    rb"|(?P<close>>>|\])"
    rb"|(?P<hex><[0-9A-Fa-f" + _WHITE + rb"]*>)"
    rb"|(?P<string>\()"
    rb"|(?P<other>.))",
    re.DOTALL,
)
_STRING: Final = re.compile(rb"[^()\\]*(?:\\.[^()\\]*)*", re.DOTALL)
# The end of inline data is a guess in every reader: EI between white space, and text after it.
_IMAGE_END: Final = re.compile(rb"[" + _WHITE + rb"]EI(?=[" + _WHITE + rb"][\t\n\f\r -~]{0,12}|$)")
_WORDS: Final = {b"true": True, b"false": False, b"null": None}
_MOST: Final = 1e9
_CLOSES: Final = {b"]": b"[", b">>": b"<<"}

# ISO 32000-1, annex A.
OPERATORS: Final = frozenset(
    ("b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EI",
     "EMC", "ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "ID", "j", "J", "K", "k", "l", "m", "M", "MP", "n",
     "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj",
     "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"')
)  # fmt: skip

Operation = tuple[str, list[Any]]


def operations(data: bytes) -> Iterator[Operation]:
    """Each operator of `data` with the operands before it. What makes no sense is passed over."""
    stack: list[tuple[bytes, list[Any]]] = []
    operands: list[Any] = []
    at, match, end = 0, _TOKEN.match, len(data)
    while (token := match(data, at)) is not None and at < end:
        at = token.end()
        if len(operands) > MAX_OPERANDS:
            raise BeyondLimitError("operands", MAX_OPERANDS)
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "regular":
            if text[0] in _NUMBER_STARTS:
                operands.append(_number(text))
            elif text in _WORDS:
                operands.append(_WORDS[text])
            elif text == b"BI" and not stack:
                stack, operands = [(text, [])], []
            elif text == b"ID" and stack and stack[-1][0] == b"BI":
                yield "BI", [_dictionary(operands)]
                stack, operands = [], []
                found = _IMAGE_END.search(data, at)
                at = found.end() if found else end
            elif not stack:
                yield text.decode("latin-1"), operands
                operands = []
        elif kind == "name":
            operands.append(text.decode("latin-1"))
        elif kind == "open":
            if len(stack) >= MAX_NESTING:
                raise BeyondLimitError("nesting", MAX_NESTING)
            stack.append((text, operands))
            operands = []
        elif kind == "close" and stack and stack[-1][0] == _CLOSES[text]:
            inner = operands
            operands = stack.pop()[1]
            operands.append(_dictionary(inner) if text == b">>" else inner)
        elif kind == "string":
            start, at = at, _string_end(data, at)
            operands.append(data[start : at - 1])
        elif kind == "hex":
            operands.append(text)


def _number(text: bytes) -> float:
    """A number; where it is none that paper could have ("--5", "1.2.3", "-nan") it is worth nothing."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) < _MOST else 0.0


def _dictionary(entries: list[Any]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(entries[::2], entries[1::2], strict=False)}


def _string_end(data: bytes, at: int) -> int:
    """Behind the parenthesis that closes the string which begins at `at`."""
    depth = 1
    while depth:
        found = _STRING.match(data, at)
        at = found.end() if found else len(data)
        if at >= len(data):
            return len(data) + 1
        depth += 1 if data[at : at + 1] == b"(" else -1
        at += 1
    return at
