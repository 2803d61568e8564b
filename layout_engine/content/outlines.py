"""The path data of an SVG as outlines (轮廓): all of it spelled out as absolute M L Q C Z, in thousandths of a unit.

Arcs are not among them: what they come to depends on a machine's sines and cosines.
"""

from collections.abc import Iterator
from typing import Final

Numbers = tuple[int, ...]
Command = tuple[str, Numbers]
Point = tuple[int, int]

_MILLI: Final = 1_000  # numbers are kept as thousandths of an art unit
_MAX_NUMBER: Final = 10_000_000
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "S": 4, "Z": 0}
_LETTERS: Final = frozenset((*_COUNTS, *(letter.lower() for letter in _COUNTS)))
# How far the handles of a quarter circle reach, in thousandths of a percent of its radius.
_QUARTER: Final = 55_228


class BadPathError(Exception):
    """The path data makes no sense at `where`."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def read_path(data: str) -> Iterator[Command]:
    """The outlines that path data draws. Raises BadPathError."""
    here: Point = (0, 0)
    begun: Point = (0, 0)
    handle: Point | None = None  # the last one of a curve, which S and T mirror
    curve, first = "", True
    for letter, written in _commands(data):
        operator, numbers = letter.upper(), written
        if first and operator != "M":
            raise BadPathError(letter)
        if letter != operator:
            numbers = _absolute(operator, numbers, here)
        if operator in "HV":
            numbers = (numbers[0], here[1]) if operator == "H" else (here[0], numbers[0])
            operator = "L"
        elif operator in "ST":
            longer = "C" if operator == "S" else "Q"
            numbers = (*_mirrored(handle if curve == longer else None, here), *numbers)
            operator = longer
        first, curve = False, operator
        handle = (numbers[-4], numbers[-3]) if operator in "QC" else None
        here = (numbers[-2], numbers[-1]) if numbers else begun  # Z goes back to where the outline began
        begun = here if operator == "M" else begun
        yield operator, numbers


def polygon(points: str) -> Iterator[Command]:
    """The outline through these points. Raises BadPathError."""
    numbers = [_needed(token) for token in _tokens(points)]
    if len(numbers) < 2 or len(numbers) % 2:
        raise BadPathError(points[-20:])
    for at in range(0, len(numbers), 2):
        yield "L" if at else "M", (numbers[at], numbers[at + 1])
    yield "Z", ()


def rectangle(x: int, y: int, width: int, height: int) -> Iterator[Command]:
    """The outline of a rectangle."""
    yield "M", (x, y)
    yield "L", (x + width, y)
    yield "L", (x + width, y + height)
    yield "L", (x, y + height)
    yield "Z", ()


def ellipse(x: int, y: int, across: int, down: int) -> Iterator[Command]:
    """The outline of an ellipse with its middle at `x`, `y`, as four curves."""
    reach_x, reach_y = across * _QUARTER // 100_000, down * _QUARTER // 100_000
    yield "M", (x + across, y)
    yield "C", (x + across, y + reach_y, x + reach_x, y + down, x, y + down)
    yield "C", (x - reach_x, y + down, x - across, y + reach_y, x - across, y)
    yield "C", (x - across, y - reach_y, x - reach_x, y - down, x, y - down)
    yield "C", (x + reach_x, y - down, x + across, y - reach_y, x + across, y)
    yield "Z", ()


def thousandths(token: str) -> int | None:
    """A decimal number in thousandths, or None where it is none, or larger than any drawing."""
    if token.isdigit() and token.isascii() and len(token) < len(str(_MAX_NUMBER)):  # nearly all of them
        return int(token) * _MILLI
    whole, _, part = token.removeprefix("-").partition(".")
    if not (whole or part) or not (whole + part).isascii() or not (whole + part).isdigit() or len(whole) > 8:
        return None
    value = int(whole or "0") * _MILLI + int((part + "000")[:3])
    return (-value if token.startswith("-") else value) if value <= _MAX_NUMBER * _MILLI else None


def _commands(data: str) -> Iterator[Command]:
    """Each letter with its numbers as written, repeats spelled out."""
    letter, count, numbers = "", 0, list[int]()
    for token in _tokens(data):
        if token in _LETTERS:
            if numbers:
                raise BadPathError(letter)
            letter, count = token, _COUNTS[token.upper()]
            if letter in "Zz":
                yield letter, ()
            continue
        if not letter or letter in "Zz":
            raise BadPathError(token[:20])
        numbers.append(_needed(token))
        if len(numbers) == count:
            yield letter, tuple(numbers)
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)  # further pairs after a move are lines
    if numbers:
        raise BadPathError(letter)


def _tokens(data: str) -> Iterator[str]:
    for letter in _LETTERS:
        if letter in data:
            data = data.replace(letter, f" {letter} ")
    for token in data.replace(",", " ").replace("-", " -").split():
        if token.count(".") < 2:
            yield token
        else:  # numbers that are told apart by their points alone: `.5.25`
            first, second, *more = token.split(".")
            yield f"{first}.{second}"
            yield from (f".{part}" for part in more)


def _needed(token: str) -> int:
    value = thousandths(token)
    if value is None:
        raise BadPathError(token[:20])
    return value


def _absolute(operator: str, numbers: Numbers, here: Point) -> Numbers:
    if operator in "HV":
        return (numbers[0] + here["HV".index(operator)],)
    return tuple(number + here[at % 2] for at, number in enumerate(numbers))


def _mirrored(handle: Point | None, here: Point) -> Point:
    return here if handle is None else (2 * here[0] - handle[0], 2 * here[1] - handle[1])
