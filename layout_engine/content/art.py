"""Read fixed vector art (固定美术, a nameplate or emblem): the outlines of an SVG file that holds nothing else.

Accepted is what prints predictably: a `viewBox` and `<path>` elements whose data use M L H V Q C Z in absolute
coordinates. Whatever an SVG may hold beyond that (styles, transforms, text, images, scripts, entities) is refused by
name, so that fixed art never changes its look on the way to the plate.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose

_MAX_BYTES: Final = 2_000_000
_MAX_COMMANDS: Final = 100_000
_MAX_FOUND: Final = 20  # findings in one file; then it is not read on
_MILLI: Final = 1_000  # numbers are kept as thousandths of an art unit
_MAX_NUMBER: Final = 10_000_000
_NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}
_CONTAINERS: Final = frozenset({"svg", "g", "title", "desc", "metadata"})
_PLAIN_ATTRIBUTES: Final = frozenset({"d", "id", "viewBox", "width", "height", "version", "fill", "fill-rule"})
# What would not look as it does elsewhere: the page fills every outline, by the non-zero rule.
_OTHER_FILLS: Final = {"fill": frozenset({"none", "transparent"}), "fill-rule": frozenset({"evenodd"})}


class Outline(msgspec.Struct, frozen=True):
    """Vector art as read: `view` is x, y, width, height and `path` its outlines, in thousandths of an art unit."""

    file: str
    sha256: str
    view: tuple[int, int, int, int]
    path: tuple[tuple[str, tuple[int, ...]], ...]


def read_art(path: Path, file: str, asked_at: Span) -> Outcome[Outline]:
    """The outlines in the SVG file at `path`, shown to people as `file`; faults without a place stand at `asked_at`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Outcome(None, (diagnose("art/unreadable", asked_at, file=file, reason=error.strerror or error),))
    if len(data) > _MAX_BYTES:
        return Outcome(None, (diagnose("art/too-large", asked_at, file=file, most=_MAX_BYTES // 1000),))
    reader = _Reader(file)
    try:
        reader.read(data)
    except expat.ExpatError as error:
        place = Span(file, error.lineno, error.offset + 1)
        return Outcome(None, (*reader.found, diagnose("art/not-svg", place, reason=expat.ErrorString(error.code))))
    except _RefusedError:
        return Outcome(None, tuple(reader.found))
    if reader.view is None and not reader.found:
        reader.found.append(diagnose("art/no-view-box", Span(file), file=file))
    if not reader.path and not reader.found:
        reader.found.append(diagnose("art/empty", Span(file), file=file))
    if reader.found or reader.view is None:
        return Outcome(None, tuple(reader.found))

    return Outcome(Outline(file, sha256(data).hexdigest(), reader.view, tuple(reader.path)))


class _RefusedError(Exception):
    """What was read so far is reason enough to stop."""


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        # UTF-8 whatever the file declares: other encodings would need codecs that raise in ways of their own.
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._element
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._started = False
        self.found: list[Diagnostic] = []
        self.view: tuple[int, int, int, int] | None = None
        self.path: list[tuple[str, tuple[int, ...]]] = []

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _place(self) -> Span:
        return Span(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _doctype(self, *_: Any) -> None:
        # Entities can be made to grow without bound; art needs none.
        self.found.append(diagnose("art/refused", self._place(), what="<!DOCTYPE>"))
        raise _RefusedError

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.found) >= _MAX_FOUND:
            raise _RefusedError
        tag = name.rpartition(" ")[2]
        if tag not in _CONTAINERS and tag != "path":
            self.found.append(diagnose("art/refused", self._place(), what=f"<{tag}>"))
            return
        if tag == "svg" and self._started:
            self.found.append(diagnose("art/refused", self._place(), what="<svg> in <svg>"))
        self._started = True
        for attribute, value in attributes.items():
            if attribute not in _PLAIN_ATTRIBUTES and " " not in attribute:
                self.found.append(diagnose("art/refused", self._place(), what=f"{tag} {attribute}="))
            if value in _OTHER_FILLS.get(attribute, ()):
                self.found.append(diagnose("art/refused", self._place(), what=f'{attribute}="{value}"'))
        if tag == "svg" and "viewBox" in attributes:
            numbers = [_thousandths(one) for one in attributes["viewBox"].replace(",", " ").split()]
            if len(numbers) == 4 and None not in numbers and (numbers[2] or 0) > 0 and (numbers[3] or 0) > 0:
                x, y, width, height = (number or 0 for number in numbers)
                self.view = (x, y, width, height)
        if tag == "path":
            self._outlines(attributes.get("d", ""))

    def _outlines(self, data: str) -> None:
        here = begun = (0, 0)
        for operator, numbers in _commands(data):
            if numbers is None or len(self.path) >= _MAX_COMMANDS:
                self.found.append(diagnose("art/bad-path", self._place(), what=operator))
                raise _RefusedError
            if operator in "HV":
                numbers = (numbers[0], here[1]) if operator == "H" else (here[0], numbers[0])
                operator = "L"
            if not self.path and operator != "M":
                self.found.append(diagnose("art/bad-path", self._place(), what=operator))
                raise _RefusedError
            here = (numbers[-2], numbers[-1]) if numbers else begun  # Z goes back to where the outline began
            begun = here if operator == "M" else begun
            self.path.append((operator, numbers))


def _commands(data: str) -> Iterator[tuple[str, tuple[int, ...] | None]]:
    """Each operator with its numbers, repeats spelled out; None for the numbers where they are wrong."""
    for letter in _NUMBERS:
        data = data.replace(letter, f" {letter} ")
    operator, numbers = "", list[int]()
    for token in data.replace(",", " ").replace("-", " -").split():
        if token in _NUMBERS:
            if numbers:
                yield operator, None
                return
            operator = token
            if operator == "Z":
                yield "Z", ()
            continue
        number = _thousandths(token)
        if number is None or not operator or operator == "Z":
            yield token[:20], None
            return
        numbers.append(number)
        if len(numbers) == _NUMBERS[operator]:
            yield operator, tuple(numbers)
            numbers = []
            operator = "L" if operator == "M" else operator  # further pairs after a move are lines
    if numbers:
        yield operator, None


def _thousandths(token: str) -> int | None:
    whole, _, part = token.removeprefix("-").partition(".")
    if not (whole or part) or not (whole + part).isascii() or not (whole + part).isdigit() or len(whole) > 8:
        return None
    value = int(whole or "0") * _MILLI + int((part + "000")[:3])
    return (-value if token.startswith("-") else value) if value <= _MAX_NUMBER * _MILLI else None
