"""What an advertiser's page paints (着墨): followed operator by operator, with the state that each is painted in.

Forms, patterns, soft masks and the glyphs of Type 3 faces are followed where they are drawn. The measures are kept
at their worst: the most ink, the smallest type, the thinnest line, the coarsest picture.
"""

from collections.abc import Iterator
from copy import copy
from math import hypot, sqrt
from typing import Any, Final

import pikepdf

from layout_engine.adverts.colours import CMYK, GRAY, PATTERN, RGB, Colour, Space, colour_in, initial_colour, space_of
from layout_engine.adverts.gradients import colours_of
from layout_engine.adverts.limits import MAX_CONTENT, MAX_FORMS, MAX_GRADIENTS, MAX_OPERATORS, BeyondLimitError
from layout_engine.adverts.model import Fact, FactKind
from layout_engine.adverts.rasters import DrawnPicture
from layout_engine.adverts.structure import facts_of_space
from layout_engine.adverts.tokens import OPERATORS, operations
from layout_engine.base.units import SU_PER_PT

Matrix = tuple[float, float, float, float, float, float]

_UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PT_PER_INCH: Final = 72
_PT_PER_MM: Final = 72 / 25.4
_RICH_BLACK: Final = 0.6  # PR-43
_RICH_COLOUR: Final = 0.1  # PR-43
_BLACK_TYPE_MOST: Final = 12.0  # pt, PR-42
_INVISIBLE: Final = (3, 7)  # text rendering modes that paint nothing
_MOST_SAVED: Final = 200
_WORST_IS_LEAST: Final = frozenset(("resolution", "line-art", "small-type", "hairline"))
_FILLS: Final = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_STROKES: Final = frozenset(("S", "s", "B", "B*", "b", "b*"))
_SHOWS: Final = frozenset(("Tj", "TJ", "'", '"'))
_LONGEST_NAME: Final = 30
_MOST_LISTED: Final = 8


class _State:
    """What `q` saves."""

    __slots__ = ("fill", "fill_over", "line", "matrix", "render", "size", "stroke", "stroke_over")

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.fill = initial_colour(GRAY)
        self.stroke = initial_colour(GRAY)
        self.fill_over = self.stroke_over = False
        self.line = 1.0
        self.size = 1.0
        self.render = 0


class Painting:
    """The page being painted. `unit` is the page's unit in points; places are told from the frame's top left."""

    def __init__(self, origin: tuple[float, float], unit: float) -> None:
        self._origin = origin
        self._unit = unit
        self._worst: dict[tuple[FactKind, str], int] = {}
        self._facts: dict[Fact, None] = {}
        self._operators = 0
        self._bytes = 0
        self._once: set[tuple[int, int]] = set()  # Type 3 faces, patterns and masks that were followed
        self._inside: list[tuple[int, int]] = []  # forms that are being painted
        self._gradients = 0
        self._apart = 0  # patterns, masks and faces in one another, whose size on the page is not followed
        self._masks = 0  # of those, masks: what is painted there is no ink
        self.pictures: dict[tuple[int, int], DrawnPicture] = {}
        self.missing: dict[str, None] = {}  # resources that are drawn with and not there
        self.unknown: dict[str, None] = {}  # operators that no PDF has
        self.unbalanced = False

    def facts(self) -> list[Fact]:
        """Everything that a profile judges, the worst of each."""
        return [*self._facts, *(Fact(kind, what, measure) for (kind, what), measure in self._worst.items())]

    def faults(self) -> Iterator[tuple[str, str]]:
        """What no reader could draw for sure: the diagnostic's code, and what it is about."""
        if self.missing:
            yield "ad/missing-resource", ", ".join(list(self.missing)[:_MOST_LISTED])
        if self.unknown:
            yield "ad/unknown-operator", ", ".join(list(self.unknown)[:_MOST_LISTED])
        if self.unbalanced:
            yield "ad/unbalanced", "q Q"

    def paint(self, content: bytes, resources: Any, state: "_State | None" = None) -> None:
        """Follow a content stream to its end."""
        self._bytes += len(content)
        if self._bytes > MAX_CONTENT:
            raise BeyondLimitError("bytes", MAX_CONTENT)
        _Stream(self, resources, state or _State(_UNIT)).run(content)

    def count(self) -> None:
        """One operator more."""
        self._operators += 1
        if self._operators > MAX_OPERATORS:
            raise BeyondLimitError("operators", MAX_OPERATORS)

    def paint_inside(self, stream: Any, resources: Any, state: _State) -> None:
        """Follow a stream of its own, unless it is on its way to itself."""
        if stream.objgen in self._inside:
            raise BeyondLimitError("forms", len(self._inside))
        if len(self._inside) >= MAX_FORMS:
            raise BeyondLimitError("forms", MAX_FORMS)
        inner = copy(state)
        inner.matrix = _times(_matrix(stream.get("/Matrix")), state.matrix)
        own = stream.get("/Resources")
        self._inside.append(stream.objgen)
        self.paint(stream.read_bytes(), resources if own is None else own, inner)
        self._inside.pop()

    def paint_once(self, stream: Any, resources: Any, *, masks: bool = False) -> None:
        """Follow a pattern or a soft mask, which may be named again and again."""
        self._masks += masks
        if stream.objgen not in self._once:
            self._once.add(stream.objgen)
            self._apart += 1
            self.paint_inside(stream, resources, _State(_UNIT))
            self._apart -= 1
        self._masks -= masks

    def paint_face(self, font: Any, resources: Any, state: _State) -> None:
        """Follow the glyphs of a Type 3 face, once."""
        if font.objgen in self._once:
            return
        self._once.add(font.objgen)
        own = font.get("/Resources")
        self._apart += 1
        for glyph in (font.get("/CharProcs") or pikepdf.Dictionary()).values():
            if isinstance(glyph, pikepdf.Stream):
                self.paint(glyph.read_bytes(), resources if own is None else own, copy(state))
        self._apart -= 1

    def draw_picture(self, image: Any, named: Any, matrix: Matrix) -> None:
        """Keep a picture, at the largest size that it is drawn at."""
        if self._masks:
            return
        wide, high = self.points(hypot(matrix[0], matrix[1])), self.points(hypot(matrix[2], matrix[3]))
        kept = self.pictures.get(image.objgen)
        size = None if self._apart or (kept is not None and kept.size is None) else (wide, high)
        if kept is not None and kept.size is not None and size is not None:
            size = max(wide, kept.size[0]), max(high, kept.size[1])
        self.pictures[image.objgen] = DrawnPicture(image, named, size, kept.where if kept else self.place(matrix))

    def worst(self, kind: FactKind, measure: float, what: str = "") -> None:
        """Keep a measure if it is the worst so far."""
        key, value = (kind, what), round(measure)
        kept = self._worst.get(key)
        if kept is None or (value < kept if kind in _WORST_IS_LEAST else value > kept):
            self._worst[key] = value

    def measure_shading(self, shading: Any, space: Space) -> None:
        """The most ink of a gradient; one with a number of its own is looked at once."""
        if (not shading.is_indirect or shading.objgen not in self._once) and self._gradients < MAX_GRADIENTS:
            self._once.add(shading.objgen)
            self._gradients += 1
            for colour in colours_of(shading, space):
                self.worst("ink", sum(colour.plates().values()) * 100)

    def use_space(self, space: Space, where: str) -> None:
        """A space that something is painted in."""
        for fact in facts_of_space(space, where):
            self._facts[fact] = None

    def place(self, matrix: Matrix) -> str:
        """Where the middle of a unit square stands, in mm from the left and from the bottom of the frame."""
        x = (matrix[4] + (matrix[0] + matrix[2]) / 2 - self._origin[0]) * self._unit / _PT_PER_MM
        y = (matrix[5] + (matrix[1] + matrix[3]) / 2 - self._origin[1]) * self._unit / _PT_PER_MM
        return f"{x:.0f}, {y:.0f} mm"

    def points(self, length: float) -> float:
        """A length of the page in points."""
        return length * self._unit


class _Stream:
    """One content stream, with its resources and its stack of states."""

    def __init__(self, painting: Painting, resources: Any, state: _State) -> None:
        self._painting = painting
        self._resources = resources
        self._state = state
        self._saved: list[_State] = []
        self._text = _UNIT
        self._type3: Any = None

    def run(self, content: bytes) -> None:
        for operator, operands in operations(content):
            self._painting.count()
            try:
                self._obey(operator, operands)
            except (IndexError, TypeError, ValueError):
                continue  # operands are missing or of another kind: readers pass such an operator over too
        self._painting.unbalanced |= bool(self._saved)

    def _obey(self, operator: str, operands: list[Any]) -> None:
        state = self._state
        match operator:
            case "q":
                if len(self._saved) >= _MOST_SAVED:
                    raise BeyondLimitError("q", _MOST_SAVED)
                self._saved.append(copy(state))
            case "Q":
                if self._saved:
                    self._state = self._saved.pop()
                else:
                    self._painting.unbalanced = True
            case "cm":
                state.matrix = _times(_six(operands), state.matrix)
            case "w":
                state.line = float(operands[-1])
            case "gs":
                self._set_state(self._resource("/ExtGState", operands[-1]))
            case "g" | "rg" | "k":
                state.fill = self._device(operator, operands)
            case "G" | "RG" | "K":
                state.stroke = self._device(operator.lower(), operands)
            case "cs" | "CS":
                self._choose_space(operands[-1], fills=operator == "cs")
            case "sc" | "scn":
                state.fill = self._colour(state.fill.space, operands)
            case "SC" | "SCN":
                state.stroke = self._colour(state.stroke.space, operands)
            case "BT":
                self._text = _UNIT
            case "Tm":
                self._text = _six(operands)
            case "Tf":
                state.size = float(operands[-1])
                self._choose_face(operands[0])
            case "Tr":
                state.render = int(operands[-1])
            case "Do":
                self._draw(self._resource("/XObject", operands[-1]))
            case "sh":
                self._use_shading(self._resource("/Shading", operands[-1]))
            case "BI":
                self._draw_inline(operands[0])
            case _ if operator in OPERATORS:
                self._paint(operator)
            case _:
                self._painting.unknown[operator[:_LONGEST_NAME]] = None

    def _paint(self, operator: str) -> None:
        state = self._state
        if operator in _FILLS:
            self._use_ink(state.fill, state.fill_over)
        if operator in _STROKES:
            self._use_ink(state.stroke, state.stroke_over)
            width = self._painting.points(state.line * _scale(state.matrix))
            mixed = sum(1 for one in state.stroke.plates().values() if one > 0) != 1
            self._painting.worst("hairline", width * SU_PER_PT, "mixed" if mixed else "")
        if operator in _SHOWS:
            self._show()

    def _show(self) -> None:
        state = self._state
        if self._type3 is not None:
            self._painting.paint_face(self._type3, self._resources, state)
            return
        if state.render in _INVISIBLE:
            return
        is_filled = state.render % 4 != 1
        colour, over = (state.fill, state.fill_over) if is_filled else (state.stroke, state.stroke_over)
        self._use_ink(colour, over)
        size = self._painting.points(abs(state.size) * _scale(_times(self._text, state.matrix)))
        if size > 0:
            self._painting.worst("small-type", size * SU_PER_PT)
        plates = colour.plates()
        black = plates.get("Black", 0.0)
        colours = sum(plates.values()) - black
        if black >= _RICH_BLACK and colours > _RICH_COLOUR:
            self._painting.worst("rich-black-text", (black + colours) * 100)
        elif black >= 1 and size <= _BLACK_TYPE_MOST and not (over and colour.space == CMYK):
            self._painting.worst("black-knock-out", 1)

    def _use_ink(self, colour: Colour, overprints: bool) -> None:
        plates = colour.plates()
        total = sum(plates.values())
        self._painting.worst("ink", total * 100)
        if overprints and plates and total == 0:
            self._painting.worst("white-overprint", 1)

    def _device(self, operator: str, operands: list[Any]) -> Colour:
        space = {"g": GRAY, "rg": RGB, "k": CMYK}[operator]
        self._painting.use_space(space, operator)
        return colour_in(space, operands[-space.components :])

    def _choose_space(self, name: str, *, fills: bool) -> None:
        space = space_of(pikepdf.Name(name), self._named())
        if space.family == "unknown":
            self._painting.missing[name[:_LONGEST_NAME]] = None
        self._painting.use_space(space, "cs")
        colour = initial_colour(space)
        if fills:
            self._state.fill = colour
        else:
            self._state.stroke = colour

    def _colour(self, space: Space, operands: list[Any]) -> Colour:
        if space.family != PATTERN.family:
            return colour_in(space, operands)
        pattern = self._resource("/Pattern", operands[-1])
        if isinstance(pattern, pikepdf.Stream):
            self._painting.paint_once(pattern, self._resources)
        elif isinstance(pattern, pikepdf.Dictionary):
            self._use_shading(pattern.get("/Shading"))
        return Colour(space, ())

    def _use_shading(self, shading: Any) -> None:
        if isinstance(shading, (pikepdf.Dictionary, pikepdf.Stream)):
            space = space_of(shading.get("/ColorSpace"), self._named())
            self._painting.use_space(space, "sh")
            self._painting.measure_shading(shading, space)

    def _set_state(self, given: Any) -> None:
        if not isinstance(given, pikepdf.Dictionary):
            return
        state = self._state
        if "/OP" in given:
            state.stroke_over = bool(given["/OP"])
            state.fill_over = bool(given.get("/op", given["/OP"]))  # PR-45: /OP alone sets both
        elif "/op" in given:
            state.fill_over = bool(given["/op"])
        if "/LW" in given:
            state.line = float(given["/LW"])
        face = given.get("/Font")
        if isinstance(face, pikepdf.Array) and len(face) == 2:
            state.size = float(face[1])
        mask = given.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            self._painting.paint_once(mask["/G"], self._resources, masks=True)

    def _choose_face(self, name: str) -> None:
        face = self._resource("/Font", name)
        is_drawn = isinstance(face, pikepdf.Dictionary) and str(face.get("/Subtype", "")) == "/Type3"
        self._type3 = face if is_drawn else None

    def _draw(self, one: Any) -> None:
        if not isinstance(one, pikepdf.Stream):
            return
        if str(one.get("/Subtype", "")) == "/Form":
            self._painting.paint_inside(one, self._resources, self._state)
        elif str(one.get("/Subtype", "")) == "/Image":
            mask = "/ImageMask" in one and bool(one["/ImageMask"])
            if not mask:
                self._painting.draw_picture(one, self._named(), self._state.matrix)
            bits = int(one.get("/BitsPerComponent", 1 if mask else 8))
            self._measure(int(one.get("/Width", 0)), int(one.get("/Height", 0)), bits, mask)

    def _draw_inline(self, image: dict[str, Any]) -> None:
        mask = bool(image.get("/IM", image.get("/ImageMask", False)))
        bits = int(image.get("/BPC", image.get("/BitsPerComponent", 1 if mask else 8)))
        name = image.get("/CS", image.get("/ColorSpace"))
        if isinstance(name, str):
            self._painting.use_space(space_of(pikepdf.Name(name), self._named()), "BI")
        width, height = image.get("/W", image.get("/Width", 0)), image.get("/H", image.get("/Height", 0))
        self._measure(int(width), int(height), bits, mask)

    def _measure(self, width: int, height: int, bits: int, mask: bool) -> None:
        """How many pixels the picture has to the inch, in the direction in which it has fewer (PR-80, PR-81)."""
        if mask:
            self._use_ink(self._state.fill, self._state.fill_over)
        a, b, c, d, _, _ = self._state.matrix
        wide, high = self._painting.points(hypot(a, b)), self._painting.points(hypot(c, d))
        if min(width, height) < 2 or min(wide, high) <= 0:
            return  # a pixel drawn out is a flat tint or a rule
        ppi = min(width / wide, height / high) * _PT_PER_INCH
        where = f"{width} × {height} px, {self._painting.place(self._state.matrix)}"
        self._painting.worst("line-art" if bits == 1 else "resolution", ppi, where)

    def _named(self) -> Any:
        return self._resources.get("/ColorSpace") if isinstance(self._resources, pikepdf.Dictionary) else None

    def _resource(self, kind: str, name: Any) -> Any:
        listed = self._resources.get(kind) if isinstance(self._resources, pikepdf.Dictionary) else None
        found = listed.get(name) if isinstance(listed, pikepdf.Dictionary) and _is_name(name) else None
        if found is None:
            self._painting.missing[str(name)[:_LONGEST_NAME]] = None
        return found


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("/") and len(value) > 1


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _six(numbers: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in numbers[-6:])
    return a, b, c, d, e, f


def _matrix(value: Any) -> Matrix:
    return _six(list(value)) if isinstance(value, pikepdf.Array) and len(value) == len(_UNIT) else _UNIT


def _scale(matrix: Matrix) -> float:
    """How much a matrix enlarges, on the average of both directions (PR-42)."""
    return sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
