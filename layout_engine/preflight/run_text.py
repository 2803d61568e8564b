"""A content stream being run (执行内容流), second part: type."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from layout_engine.preflight import raw
from layout_engine.preflight.fonts import Font
from layout_engine.preflight.lexer import Name, Operand
from layout_engine.preflight.painted import Event, Text, Where
from layout_engine.preflight.plane import IDENTITY, Box, Matrix, after, even_scale, joined, place
from layout_engine.preflight.raw import Raw
from layout_engine.preflight.run_state import Events, OperandError, StateRun, numbers_of
from layout_engine.preflight.state import State

if TYPE_CHECKING:
    from layout_engine.preflight.interpreter import Interpreter

_SPACE: Final = 32


class TextRun(StateRun):
    """Text objects; `text` is the text matrix, None outside of one."""

    def __init__(self, walker: "Interpreter", resources: Raw, begin: State, where: Where) -> None:
        super().__init__(walker, resources, begin, where)
        self.text: Matrix | None = None
        self.line_start: Matrix = IDENTITY
        self._fonts: dict[str, Font | None] = {}

    def begin_text(self, _: list[Operand]) -> Events:
        nested = self.text is not None
        self.text = self.line_start = IDENTITY
        return iter((self.trouble("unbalanced", "BT/ET"),)) if nested else None

    def end_text(self, _: list[Operand]) -> Events:
        nested = self.text is not None
        self.text = None
        return None if nested else iter((self.trouble("unbalanced", "BT/ET"),))

    def set_font(self, operands: list[Operand]) -> Events:
        if len(operands) != 2 or not isinstance(operands[1], float):
            raise OperandError
        key = operands[0]
        if not isinstance(key, Name):
            raise OperandError
        self.state.size = operands[1]
        if key not in self._fonts:
            found = self.resource("Font", key)
            self._fonts[key] = None if raw.dictionary(found) is None else self.walker.font(found)
        self.state.font = self._fonts[key]
        return None if self.state.font is not None else self.missing("Font", key)

    def set_char_space(self, operands: list[Operand]) -> Events:
        (self.state.char_space,) = numbers_of(operands, 1)
        return None

    def set_word_space(self, operands: list[Operand]) -> Events:
        (self.state.word_space,) = numbers_of(operands, 1)
        return None

    def set_stretch(self, operands: list[Operand]) -> Events:
        self.state.stretch = numbers_of(operands, 1)[0] / 100
        return None

    def set_leading(self, operands: list[Operand]) -> Events:
        (self.state.leading,) = numbers_of(operands, 1)
        return None

    def set_rise(self, operands: list[Operand]) -> Events:
        (self.state.rise,) = numbers_of(operands, 1)
        return None

    def set_mode(self, operands: list[Operand]) -> Events:
        mode = int(numbers_of(operands, 1)[0])
        if not 0 <= mode <= 7:
            raise OperandError
        self.state.mode = mode
        return None

    def move_text(self, operands: list[Operand]) -> Events:
        x, y = numbers_of(operands, 2)
        self.text = self.line_start = after((1.0, 0.0, 0.0, 1.0, x, y), self.line_start)
        return None

    def move_text_leading(self, operands: list[Operand]) -> Events:
        self.state.leading = -numbers_of(operands, 2)[1]
        return self.move_text(operands)

    def set_text_matrix(self, operands: list[Operand]) -> Events:
        a, b, c, d, e, f = numbers_of(operands, 6)
        self.text = self.line_start = (a, b, c, d, e, f)
        return None

    def next_line(self, _: list[Operand]) -> Events:
        return self.move_text([0.0, -self.state.leading])

    def show(self, operands: list[Operand]) -> Events:
        return self._show(operands[-1:])

    def show_adjusted(self, operands: list[Operand]) -> Events:
        listed = operands[0] if operands else None
        if not isinstance(listed, list):
            raise OperandError
        return self._show(listed)

    def show_next_line(self, operands: list[Operand]) -> Events:
        self.next_line(operands)
        return self._show(operands[-1:])

    def show_spaced(self, operands: list[Operand]) -> Events:
        if len(operands) != 3:
            raise OperandError
        self.set_word_space(operands[:1])
        self.set_char_space(operands[1:2])
        return self.show_next_line(operands)

    def _show(self, parts: list[Operand]) -> Iterator[Event]:
        """Set the parts of a line, from the pen on."""
        state, text = self.state, self.text
        font = state.font
        if text is None:
            yield self.trouble("unbalanced", "BT/ET")
            text = self.line_start
        if font is None:
            return
        line = set_line(parts, font, state)
        down, right = (line.length, 0.0) if font.vertical else (0.0, line.length)
        matrix = after(text, state.ctm)
        self.text = after((1.0, 0.0, 0.0, 1.0, right, down), text)
        if not line.codes:
            return
        box = place(matrix, line.ink or (0.0, 0.0, 0.0, 0.0))
        scale = even_scale(matrix) * abs(state.size)
        yield Text(
            where=self.where,
            box=box,
            shown=state.shown(box) if line.ink else None,
            font=font,
            codes=tuple(line.codes),
            pens=tuple(line.pens),
            matrix=matrix,
            size=state.size,
            stretch=state.stretch,
            rise=state.rise,
            mode=state.mode,
            fill=state.filling(),
            stroke=state.stroking(),
            size_pt=scale * abs(state.stretch) ** 0.5,
            reads_as=self.replacements[-1] if self.replacements else None,
        )
        if font.is_type3:
            yield from self.walker.glyphs(font, line, state, matrix, self.where)


class Line:
    """What a showing operator sets: codes with their pens, their ink together, and how far the pen goes."""

    __slots__ = ("codes", "ink", "length", "pens")

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.pens: list[float] = []
        self.ink: Box | None = None
        self.length = 0.0


def set_line(parts: list[Operand], font: Font, state: State) -> Line:
    """Text space before the text matrix (ISO 32000-1, 9.4.4)."""
    line = Line()
    pen, size, vertical = 0.0, state.size, font.vertical
    em = size * (font.type3_matrix[0] if font.is_type3 else 0.001)
    stretch = 1.0 if vertical else state.stretch
    wide, rise = em * state.stretch, state.rise
    for part in parts:
        if isinstance(part, float):
            pen -= part / 1000 * size * stretch
            continue
        if not isinstance(part, bytes):
            raise OperandError
        for code in font.read(part):
            metrics = font.metrics(code)
            line.codes.append(code)
            line.pens.append(pen)
            ink = metrics.ink
            if ink is not None:
                x, y = (0.0, pen) if vertical else (pen, 0.0)
                x0, x1 = x + ink[0] * wide, x + ink[2] * wide
                y0, y1 = y + rise + ink[1] * em, y + rise + ink[3] * em
                line.ink = joined(line.ink, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            step = metrics.advance * em + state.char_space
            if code == _SPACE and not font.is_composite:
                step += state.word_space
            pen += step * stretch
    if font.is_type3 and line.codes:
        line.ink = joined(line.ink, (0.0, rise - 0.2 * size, pen, rise + 0.9 * size))
    line.length = pen
    return line
