"""The name inside a CFF program (字体程序里的名字), which is that of the subset's dictionaries too (PR-64, PR-69).

HarfBuzz keeps the name and the character collection of the whole face. Both stand before the outlines, so that another
name moves everything behind it; offsets are written by HarfBuzz in five bytes and are changed where they stand.
Source of the layout: Adobe Technical Note 5176, The Compact Font Format Specification.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

_IDENTITY: Final = b"Identity"  # PR-64: the ordering of CIDs that are glyph numbers
_STANDARD_STRINGS: Final = 391  # those of appendix A come before the program's own

# Operators of a DICT (tables 9, 10 and 23); those of two bytes begin with 12.
_ESCAPE: Final = 12
_PRIVATE: Final = 18
_ROS: Final = 0x0C00 + 30
_FD_ARRAY: Final = 0x0C00 + 36
# Those with an offset as their last operand, and the least value that is one and not the number of a standard table.
_OFFSETS: Final = {15: 3, 16: 2, 17: 1, _PRIVATE: 1, _FD_ARRAY: 1, 0x0C00 + 37: 1}

# The first byte of an operand.
_SHORT, _LONG, _REAL = 28, 29, 30

# The number 0 in so many bytes. In two it cannot be written; no collection has come to a supplement over 107.
_ZEROS: Final = {1: b"\x8b", 3: b"\x1c\0\0", 5: b"\x1d\0\0\0\0"}


class _Entry(msgspec.Struct, frozen=True):
    """One entry of a DICT: its operator, and where its operands stand."""

    operator: int
    operands: tuple[int, ...]  # the place of the first byte of each
    end: int


def renamed(program: bytes, name: str) -> bytes:
    """The program called `name`, its characters numbered by glyphs; unchanged where an offset has another form."""
    _, _, header, _ = program[:4]
    names = _index(program, header)
    tops = _index(program, names[-1])
    strings = _index(program, tops[-1])
    top = list(_entries(program, tops[0], tops[1]))
    texts = [program[start:end] for start, end in pairwise(strings)]
    changed = bytearray(program)
    for entry in top:
        if entry.operator == _ROS:
            _, ordering, supplement = entry.operands
            texts[_number(program, ordering) - _STANDARD_STRINGS] = _IDENTITY
            length = entry.end - supplement
            changed[supplement : entry.end] = _ZEROS.get(length, program[supplement : entry.end])
    new_names, new_strings = _written_index([name.encode("ascii")]), _written_index(texts)
    moved = len(new_names) - (names[-1] - header) + len(new_strings) - (strings[-1] - tops[-1])
    for place in _offsets(program, top):
        if program[place] != _LONG:
            return program
        changed[place + 1 : place + 5] = (_number(program, place) + moved).to_bytes(4)
    return b"".join((changed[:header], new_names, changed[names[-1] : tops[-1]], new_strings, changed[strings[-1] :]))


def _offsets(program: bytes, entries: list[_Entry]) -> Iterator[int]:
    """Where the offsets from the program's beginning stand, in a DICT and in those of its parts."""
    for entry in entries:
        least = _OFFSETS.get(entry.operator)
        if least is None or _number(program, entry.operands[-1]) < least:
            continue
        yield entry.operands[-1]
        if entry.operator == _FD_ARRAY:
            for start, end in pairwise(_index(program, _number(program, entry.operands[-1]))):
                yield from _offsets(program, list(_entries(program, start, end)))


def _index(program: bytes, at: int) -> list[int]:
    """Where the items of the INDEX at `at` begin, and at last its end; one that is empty has its end alone."""
    count = int.from_bytes(program[at : at + 2])
    if count == 0:
        return [at + 2]
    size = program[at + 2]
    data = at + 2 + (count + 1) * size  # offsets count from one before the first item
    return [data + int.from_bytes(program[one : one + size]) for one in range(at + 3, data + 1, size)]


def _written_index(items: list[bytes]) -> bytes:
    if not items:
        return bytes(2)
    ends = [1]
    for item in items:
        ends.append(ends[-1] + len(item))
    size = (ends[-1].bit_length() + 7) // 8
    head = len(items).to_bytes(2) + bytes((size,))
    return head + b"".join(end.to_bytes(size) for end in ends) + b"".join(items)


def _entries(program: bytes, at: int, end: int) -> Iterator[_Entry]:
    operands: list[int] = []
    while at < end:
        first = program[at]
        if first <= 21:
            operator = 0x0C00 + program[at + 1] if first == _ESCAPE else first
            yield _Entry(operator, tuple(operands), at)
            operands = []
            at += 2 if first == _ESCAPE else 1
            continue
        operands.append(at)
        at += _length(program, at)


def _length(program: bytes, at: int) -> int:
    """How many bytes the operand at `at` takes."""
    first = program[at]
    if first == _REAL:
        last = at + 1
        while program[last] & 0x0F != 0x0F and program[last] >> 4 != 0x0F:
            last += 1
        return last + 1 - at
    return {_SHORT: 3, _LONG: 5}.get(first, 1 if first < 247 else 2)


def _number(program: bytes, at: int) -> int:
    """The whole number at `at`."""
    first = program[at]
    if first in (_SHORT, _LONG):
        return int.from_bytes(program[at + 1 : at + _length(program, at)], signed=True)
    if first < 247:
        return first - 139
    beyond = (first - 247) % 4 * 256 + program[at + 1] + 108
    return beyond if first < 251 else -beyond
