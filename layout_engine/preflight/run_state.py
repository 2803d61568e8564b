"""A content stream being run (执行内容流), first part: graphics state, colours and marked content."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from layout_engine.preflight import colors, raw
from layout_engine.preflight.colors import CMYK, GRAY, RGB, Color, Space, color, first_color, read_space
from layout_engine.preflight.lexer import Name, Operand
from layout_engine.preflight.painted import Event, Replacement, Trouble, TroubleKind, Where
from layout_engine.preflight.plane import after
from layout_engine.preflight.raw import Raw, entry
from layout_engine.preflight.state import State

if TYPE_CHECKING:
    from layout_engine.preflight.interpreter import Interpreter

Events: TypeAlias = Iterator[Event] | None

INTENTS: Final = frozenset(("RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"))
_MAX_SAVED: Final = 10_000


class OperandError(Exception):
    """An operator has not the operands that it needs."""


class StateRun:
    """A stream with its resources. `begin` is the state that it starts with; `walker` draws what stands elsewhere."""

    def __init__(self, walker: "Interpreter", resources: Raw, begin: State, where: Where) -> None:
        self.walker: Final = walker
        self.resources: Final = resources
        self.state = begin
        self.where = where
        self.plain: Final = where
        self.saved: list[State] = []
        self.deepest = 0
        self.marks: list[bool] = []  # whether each open mark is an artifact
        self.replacements: list[Replacement | None] = []  # for each open mark, what counts within it
        self._spaces: dict[str, Space | None] = {}

    def trouble(self, what: TroubleKind, detail: str) -> Trouble:
        return Trouble(self.where, what, detail)

    def missing(self, kind: str, key: Operand) -> Iterator[Event]:
        yield self.trouble("resource-missing", f"/{kind} /{key!s}"[:60])

    def resource(self, kind: str, key: Operand) -> Raw:
        return entry(entry(self.resources, f"/{kind}"), f"/{key}") if isinstance(key, Name) else None

    def save(self, _: list[Operand]) -> Events:
        self.saved.append(self.state)
        self.state = self.state.copy()
        self.deepest = max(self.deepest, len(self.saved))
        if len(self.saved) > _MAX_SAVED:
            raise OperandError
        return None

    def restore(self, _: list[Operand]) -> Events:
        if not self.saved:
            return iter((self.trouble("unbalanced", "q/Q"),))
        self.state = self.saved.pop()
        return None

    def concatenate(self, operands: list[Operand]) -> Events:
        a, b, c, d, e, f = numbers_of(operands, 6)
        self.state.ctm = after((a, b, c, d, e, f), self.state.ctm)
        return None

    def set_line_width(self, operands: list[Operand]) -> Events:
        (self.state.line_width,) = numbers_of(operands, 1)
        return None

    def set_external(self, operands: list[Operand]) -> Events:
        key = operands[0] if operands else None
        external = self.resource("ExtGState", key)
        if raw.dictionary(external) is None:
            return self.missing("ExtGState", key)
        self.state.apply(external)
        font = entry(external, "/Font")
        if raw.is_array(font) and len(font) == 2:
            self.state.font = self.walker.font(font[0])
            self.state.size = raw.number(font[1]) or 0.0
        mask = entry(external, "/SMask")
        return self.walker.soft_mask(mask, self.state, self.where) if raw.dictionary(mask) is not None else None

    def set_intent(self, operands: list[Operand]) -> Events:
        intent = operands[0] if operands else None
        if not isinstance(intent, Name):
            raise OperandError
        return None if intent in INTENTS else iter((self.trouble("rendering-intent", intent[:40]),))

    def ignore(self, _: list[Operand]) -> Events:
        return None

    def space(self, key: Operand) -> Space | None:
        if not isinstance(key, Name):
            raise OperandError
        if key not in self._spaces:
            device = colors.DEVICE.get(key)
            self._spaces[key] = device or read_space(self.resource("ColorSpace", key), self.resources)
        return self._spaces[key]

    def set_space_fill(self, operands: list[Operand]) -> Events:
        space = self.space(operands[0] if operands else None)
        if space is None:
            return self.missing("ColorSpace", operands[0])
        self.state.set_fill(first_color(space))
        return None

    def set_space_stroke(self, operands: list[Operand]) -> Events:
        space = self.space(operands[0] if operands else None)
        if space is None:
            return self.missing("ColorSpace", operands[0])
        self.state.set_stroke(first_color(space))
        return None

    def _color(self, space: Space, operands: list[Operand]) -> Color:
        pattern = None
        if operands and isinstance(operands[-1], Name):
            pattern = self.resource("Pattern", operands[-1])
            operands = operands[:-1]
        values = tuple(one for one in operands if isinstance(one, float))
        if len(values) != len(operands) or (space.family != "Pattern" and len(values) != space.components):
            raise OperandError
        return color(space, values, pattern)

    def set_color_fill(self, operands: list[Operand]) -> Events:
        self.state.set_fill(self._color(self.state.fill.space, operands))
        return None

    def set_color_stroke(self, operands: list[Operand]) -> Events:
        self.state.set_stroke(self._color(self.state.stroke.space, operands))
        return None

    def set_gray_fill(self, operands: list[Operand]) -> Events:
        self.state.set_fill(color(GRAY, numbers_of(operands, 1)))
        return None

    def set_gray_stroke(self, operands: list[Operand]) -> Events:
        self.state.set_stroke(color(GRAY, numbers_of(operands, 1)))
        return None

    def set_rgb_fill(self, operands: list[Operand]) -> Events:
        self.state.set_fill(color(RGB, numbers_of(operands, 3)))
        return None

    def set_rgb_stroke(self, operands: list[Operand]) -> Events:
        self.state.set_stroke(color(RGB, numbers_of(operands, 3)))
        return None

    def set_cmyk_fill(self, operands: list[Operand]) -> Events:
        self.state.set_fill(color(CMYK, numbers_of(operands, 4)))
        return None

    def set_cmyk_stroke(self, operands: list[Operand]) -> Events:
        self.state.set_stroke(color(CMYK, numbers_of(operands, 4)))
        return None

    def mark(self, operands: list[Operand]) -> Events:
        self.marks.append(bool(operands) and operands[0] == "Artifact")
        text = self._actual_text(operands[1]) if len(operands) > 1 else None
        around = self.replacements[-1] if self.replacements else None
        self.replacements.append(around if text is None else Replacement(text))
        if self.marks[-1] and not self.where.artifact:
            self.where = Where(self.where.page, self.where.object, self.where.within, True)
        return None

    def end_mark(self, _: list[Operand]) -> Events:
        if not self.marks:
            return iter((self.trouble("unbalanced", "BMC/EMC"),))
        self.replacements.pop()
        if self.marks.pop() and not any(self.marks):
            self.where = self.plain
        return None

    def _actual_text(self, properties: Operand) -> str | None:
        """The text that the properties of a mark, or those of that name, put in place of the glyphs'."""
        if isinstance(properties, dict):
            said = properties.get("ActualText")
            return raw.decoded(said) if isinstance(said, bytes) else None
        return raw.text(entry(self.resource("Properties", properties), "/ActualText"))


def numbers_of(operands: list[Operand], count: int) -> tuple[float, ...]:
    if len(operands) != count:
        raise OperandError
    found = tuple(one for one in operands if isinstance(one, float) and abs(one) < 1e12)
    if len(found) != count:
        raise OperandError
    return found
