"""Read vector art (美术: a nameplate, an emblem, an advertisement): the outlines of an SVG file in one ink.

Accepted is what prints predictably: a `viewBox`, paths without arcs, and plain shapes, all of one colour, for which the
page's ink stands. Whatever an SVG may hold beyond that is refused by name and with the reason, so that art never
changes its look on the way to the plate.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose
from layout_engine.content.outlines import BadPathError, Command, ellipse, polygon, read_path, rectangle, thousandths

_MAX_BYTES: Final = 2_000_000
_MAX_COMMANDS: Final = 100_000
_MAX_FOUND: Final = 20  # findings in one file; then it is not read on
_CONTAINERS: Final = frozenset({"svg", "g", "title", "desc", "metadata"})
_SHAPES: Final = {
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "rect": ("x", "y", "width", "height"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
}
_PLAIN_ATTRIBUTES: Final = frozenset({"id", "viewBox", "width", "height", "version", "fill", "fill-rule"})
# What would not look as it does elsewhere: the page fills every outline, by the non-zero rule.
_OTHER_FILLS: Final = {"fill": frozenset({"none", "transparent"}), "fill-rule": frozenset({"evenodd"})}
_REASONS: Final = {
    **dict.fromkeys(("text", "tspan", "textPath", "font", "flowRoot"), "art/text"),
    **dict.fromkeys(("image", "foreignObject", "video"), "art/picture"),
    **dict.fromkeys(
        ("linearGradient", "radialGradient", "stop", "pattern", "filter", "mask", "clipPath", "opacity", "fill-opacity",
         "mix-blend-mode"), "art/effect"
    ),
    **dict.fromkeys(("stroke", "stroke-width", "line"), "art/stroke"),
    "transform": "art/transform",
}  # fmt: skip
_SHOWN: Final = 30  # characters of what a file says
_COLOUR_NAMES: Final = {"black": "#000000", "white": "#ffffff"}
_BLACK: Final = "#000000"  # what SVG fills with where nothing is said


class Outline(msgspec.Struct, frozen=True):
    """Vector art as read: `view` is x, y, width, height and `path` its outlines, in thousandths of an art unit."""

    file: str
    sha256: str
    view: tuple[int, int, int, int]
    path: tuple[Command, ...]


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
        self._parser.EndElementHandler = self._leave
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._fills: list[str] = []  # of the elements around this one
        self._colour = ""  # of everything so far
        self.found: list[Diagnostic] = []
        self.view: tuple[int, int, int, int] | None = None
        self.path: list[Command] = []

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _place(self) -> Span:
        return Span(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _refuse(self, code: str, what: str) -> None:
        self.found.append(diagnose(code, self._place(), what=what))
        if len(self.found) >= _MAX_FOUND:
            raise _RefusedError

    def _doctype(self, *_: Any) -> None:
        # Entities can be made to grow without bound; art needs none.
        self.found.append(diagnose("art/refused", self._place(), what="<!DOCTYPE>"))
        raise _RefusedError

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        inherited = self._fills[-1] if self._fills else _BLACK
        self._fills.append(_colour_of(attributes["fill"]) if "fill" in attributes else inherited)
        if tag not in _CONTAINERS and tag not in _SHAPES:
            self._refuse(_REASONS.get(tag, "art/refused"), what=f"<{tag}>")
            return
        if tag == "svg" and len(self._fills) > 1:
            self._refuse("art/refused", what="<svg> in <svg>")
        self._check(tag, attributes)
        if tag == "svg" and "viewBox" in attributes:
            numbers = [thousandths(one) for one in attributes["viewBox"].replace(",", " ").split()]
            if len(numbers) == 4 and None not in numbers and (numbers[2] or 0) > 0 and (numbers[3] or 0) > 0:
                x, y, width, height = (number or 0 for number in numbers)
                self.view = (x, y, width, height)
        if tag in _SHAPES:
            self._draw(tag, attributes)

    def _leave(self, _: str) -> None:
        self._fills.pop()

    def _check(self, tag: str, attributes: dict[str, str]) -> None:
        """Refuse what the page would print otherwise than it looks."""
        for attribute, value in attributes.items():
            known = attribute in _PLAIN_ATTRIBUTES or attribute in _SHAPES.get(tag, ())
            if not known and " " not in attribute and not (attribute == "stroke" and value == "none"):
                self._refuse(_REASONS.get(attribute, "art/refused"), what=f"{tag} {attribute}=")
            elif value in _OTHER_FILLS.get(attribute, ()):
                self._refuse("art/refused", what=f'{attribute}="{value}"')
            elif attribute == "fill" and value.startswith("url("):
                self._refuse("art/effect", what=f'fill="{value[:_SHOWN]}"')

    def _draw(self, tag: str, attributes: dict[str, str]) -> None:
        colour = self._fills[-1]
        if self._colour and colour != self._colour:
            self._refuse("art/colours", what=f"{self._colour[:_SHOWN]}, {colour[:_SHOWN]}")
        self._colour = self._colour or colour
        try:
            for command in _shape(tag, attributes):
                if len(self.path) >= _MAX_COMMANDS:
                    raise BadPathError(command[0])
                self.path.append(command)
        except BadPathError as bad:
            self.found.append(diagnose("art/bad-path", self._place(), what=bad.where))
            raise _RefusedError from bad


def _shape(tag: str, attributes: dict[str, str]) -> Iterable[Command]:
    if tag == "path":
        return read_path(attributes.get("d", ""))
    if tag in ("polygon", "polyline"):
        return polygon(attributes.get("points", ""))
    numbers = []
    for key in _SHAPES[tag]:
        number = thousandths(attributes.get(key, "0"))
        if number is None:
            raise BadPathError(f'{key}="{attributes[key][:_SHOWN]}"')
        numbers.append(number)
    x, y, width, height = numbers if len(numbers) == len(_SHAPES["rect"]) else (*numbers, numbers[-1])
    return rectangle(x, y, width, height) if tag == "rect" else ellipse(x, y, width, height)


def _colour_of(written: str) -> str:
    """A colour as six digits where it is written in three, or by one of the two names that drawings use."""
    text = written.strip().lower()
    if len(text) == len("#fff") and text.startswith("#"):
        return "#" + "".join(2 * digit for digit in text[1:])
    return _COLOUR_NAMES.get(text, text)
