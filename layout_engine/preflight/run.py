"""One content stream is run (执行内容流): every operator, with the state that it changes and what it paints.

Content that stands elsewhere (forms, patterns, glyphs of Type 3, soft masks) is asked of the interpreter.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from layout_engine.preflight import raw
from layout_engine.preflight.colors import Space, read_space
from layout_engine.preflight.lexer import Lexer, Name, Operand
from layout_engine.preflight.painted import ContentRead, Event, Image, Path, Shading, Where
from layout_engine.preflight.paths import PathBuilder
from layout_engine.preflight.plane import EVERYWHERE, Box, least_scale, place, sides
from layout_engine.preflight.raw import Raw, entry, name, whole
from layout_engine.preflight.run_state import Events, OperandError, numbers_of
from layout_engine.preflight.run_text import TextRun
from layout_engine.preflight.state import State

if TYPE_CHECKING:
    from layout_engine.preflight.interpreter import Interpreter

_PT_PER_INCH: Final = 72
_UNIT: Final[Box] = (0.0, 0.0, 1.0, 1.0)
_SHORT_KEYS: Final = {"W": "Width", "H": "Height", "BPC": "BitsPerComponent", "CS": "ColorSpace", "IM": "ImageMask"}


class Run(TextRun):
    """A stream, with its paths, pictures and forms too."""

    def __init__(self, walker: "Interpreter", resources: Raw, begin: State, where: Where) -> None:
        super().__init__(walker, resources, begin, where)
        self._base: Final = begin.ctm  # of patterns
        self._path = PathBuilder(walker.keeps_outlines)
        self._clips = False

    def events(self, data: bytes) -> Iterator[Event]:
        """What the stream paints, and what is wrong with it."""
        lexer = Lexer(data)
        for operator, operands in lexer.operations():
            self.walker.spend()
            handler = _HANDLERS.get(operator)
            if handler is None:
                yield self.trouble("unknown-operator", operator[:24])
                continue
            try:
                events = handler(self, operands)
                if events is not None:
                    yield from events  # it may find only here what is wrong with its operands
            except OperandError:
                yield self.trouble("syntax", operator)
        for what in lexer.broken:
            yield self.trouble("syntax", what)
        if lexer.unfinished:
            yield self.trouble("syntax", "operands without an operator")
        yield from self._open_ends()
        yield ContentRead(
            self.plain, lexer.longest_name, lexer.longest_string, lexer.longest_array, lexer.most_decimals,
            self.deepest,
        )  # fmt: skip

    def _open_ends(self) -> Iterator[Event]:
        for is_open, pair in (
            (bool(self.saved), "q/Q"), (self.text is not None, "BT/ET"), (bool(self.marks), "BMC/EMC"),
        ):  # fmt: skip
            if is_open:
                yield self.trouble("unbalanced", pair)

    def move(self, operands: list[Operand]) -> Events:
        x, y = numbers_of(operands, 2)
        self._path.move(self.state.ctm, x, y)
        return None

    def line(self, operands: list[Operand]) -> Events:
        x, y = numbers_of(operands, 2)
        self._path.line(self.state.ctm, x, y)
        return None

    def curve(self, operands: list[Operand]) -> Events:
        self._path.curve(self.state.ctm, numbers_of(operands, 6))
        return None

    def curve_short(self, operands: list[Operand]) -> Events:
        self._path.curve(self.state.ctm, numbers_of(operands, 4))
        return None

    def rectangle(self, operands: list[Operand]) -> Events:
        x, y, width, height = numbers_of(operands, 4)
        self._path.rectangle(self.state.ctm, x, y, width, height)
        return None

    def clip(self, _: list[Operand]) -> Events:
        self._clips = True
        return None

    def stroke(self, _: list[Operand]) -> Events:
        return self._paint_path(fills=False, strokes=True)

    def fill(self, _: list[Operand]) -> Events:
        return self._paint_path(fills=True, strokes=False)

    def fill_even_odd(self, _: list[Operand]) -> Events:
        return self._paint_path(fills=True, strokes=False, even_odd=True)

    def fill_and_stroke(self, _: list[Operand]) -> Events:
        return self._paint_path(fills=True, strokes=True)

    def end_path(self, _: list[Operand]) -> Events:
        self._take_path()
        return None

    def _take_path(self) -> PathBuilder:
        path, self._path = self._path, PathBuilder(self.walker.keeps_outlines)
        path.finish()
        clips, self._clips = self._clips, False
        if clips:
            self.state.narrow(path.box or (0.0, 0.0, 0.0, 0.0))
            if not (path.is_rectangle and len(path.parts) == 1):
                self.walker.clips_are_boxes = False
        return path

    def _paint_path(self, *, fills: bool, strokes: bool, even_odd: bool = False) -> Iterator[Event]:
        state = self.state
        clip = state.clip
        path = self._take_path()
        if path.box is None:
            return
        line = state.line_width * least_scale(state.ctm)
        half = line / 2 if strokes else 0.0
        x0, y0, x1, y1 = path.box
        box = (x0 - half, y0 - half, x1 + half, y1 + half)
        before = state.clip
        state.clip = clip
        shown = state.shown(box)
        state.clip = before
        yield Path(
            where=self.where,
            box=box,
            shown=shown,
            fill=state.filling() if fills else None,
            stroke=state.stroking() if strokes else None,
            line_pt=line,
            parts=tuple(path.parts),
            is_rectangle=path.is_rectangle,
            outline=None if path.outline is None else tuple(path.outline),
            even_odd=even_odd,
        )
        if shown is not None:
            for used, one in ((fills, state.fill), (strokes, state.stroke)):
                if used and one.pattern is not None:
                    yield from self.walker.pattern(one, state, self._base, shown, self.where)

    def shade(self, operands: list[Operand]) -> Events:
        key = operands[0] if operands else None
        shading = self.resource("Shading", key)
        if raw.dictionary(shading) is None:
            return self.missing("Shading", key)
        box = self.state.clip or EVERYWHERE
        space = read_space(entry(shading, "/ColorSpace"), self.resources)
        return iter((Shading(self.where, box, self.state.clip, space, self.state.filling()),))

    def draw(self, operands: list[Operand]) -> Events:
        key = operands[0] if operands else None
        found = self.resource("XObject", key)
        if not raw.is_stream(found):
            return self.missing("XObject", key)
        match name(entry(found, "/Subtype")):
            case "Image":
                return self._image(found)
            case "Form":
                return self.walker.form(found, self.state, self.resources, self.where)
            case _:
                return None  # PostScript: told by the rules on objects

    def inline_image(self, operands: list[Operand]) -> Events:
        found = operands[0] if operands else {}
        assert isinstance(found, dict)
        about = {_SHORT_KEYS.get(key, key): value for key, value in found.items()}
        width, height, bits = (about.get(key) for key in ("Width", "Height", "BitsPerComponent"))
        named = about.get("ColorSpace")
        space = None
        if isinstance(named, Name):
            named = Name({"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}.get(named, named))
            space = self.space(named)
        stencil = about.get("ImageMask") is True
        return self._place_image(None, width, height, 1 if stencil else bits, space, stencil)

    def _image(self, found: Raw) -> Iterator[Event]:
        stencil = entry(found, "/ImageMask") is True
        space = None if stencil else read_space(entry(found, "/ColorSpace"), self.resources)
        width, height = whole(entry(found, "/Width")), whole(entry(found, "/Height"))
        bits = 1 if stencil else whole(entry(found, "/BitsPerComponent"))
        yield from self._place_image(found, width, height, bits, space, stencil)
        mask = entry(found, "/SMask")
        if raw.is_stream(mask):
            yield from self.walker.image_mask(mask, self.state, self.where)

    def _place_image(
        self, found: Raw, width: object, height: object, bits: object, space: Space | None, stencil: bool
    ) -> Iterator[Event]:
        across, up = sides(self.state.ctm)
        wide = int(width) if isinstance(width, (int, float)) else 0
        high = int(height) if isinstance(height, (int, float)) else 0
        resolutions = [
            pixels * _PT_PER_INCH / length for pixels, length in ((wide, across), (high, up)) if length > 1e-6
        ]
        box = place(self.state.ctm, _UNIT)
        yield Image(
            where=self.where,
            box=box,
            shown=self.state.shown(box),
            raw=found,
            width=wide,
            height=high,
            bits=int(bits) if isinstance(bits, (int, float)) else 0,
            space=space,
            stencil=stencil,
            ppi=min(resolutions, default=0.0),
            paint=self.state.filling(),
            matrix=self.state.ctm,
        )


_HANDLERS: Final[dict[str, Callable[[Run, list[Operand]], Events]]] = {
    "q": Run.save, "Q": Run.restore, "cm": Run.concatenate, "w": Run.set_line_width, "gs": Run.set_external,
    "ri": Run.set_intent,
    **dict.fromkeys(("J", "j", "M", "d", "i", "MP", "DP", "BX", "EX", "d0", "d1"), Run.ignore),
    "cs": Run.set_space_fill, "CS": Run.set_space_stroke,
    "sc": Run.set_color_fill, "scn": Run.set_color_fill, "SC": Run.set_color_stroke, "SCN": Run.set_color_stroke,
    "g": Run.set_gray_fill, "G": Run.set_gray_stroke, "rg": Run.set_rgb_fill, "RG": Run.set_rgb_stroke,
    "k": Run.set_cmyk_fill, "K": Run.set_cmyk_stroke,
    "m": Run.move, "l": Run.line, "c": Run.curve, "v": Run.curve_short, "y": Run.curve_short,
    "h": Run.ignore, "re": Run.rectangle, "W": Run.clip, "W*": Run.clip, "n": Run.end_path,
    "S": Run.stroke, "s": Run.stroke, "f": Run.fill, "F": Run.fill, "f*": Run.fill_even_odd,
    **dict.fromkeys(("B", "B*", "b", "b*"), Run.fill_and_stroke),
    "sh": Run.shade, "Do": Run.draw, "BI": Run.inline_image,
    "BMC": Run.mark, "BDC": Run.mark, "EMC": Run.end_mark,
    "BT": Run.begin_text, "ET": Run.end_text, "Tf": Run.set_font, "Tc": Run.set_char_space, "Tw": Run.set_word_space,
    "Tz": Run.set_stretch, "TL": Run.set_leading, "Ts": Run.set_rise, "Tr": Run.set_mode,
    "Td": Run.move_text, "TD": Run.move_text_leading, "Tm": Run.set_text_matrix, "T*": Run.next_line,
    "Tj": Run.show, "TJ": Run.show_adjusted, "'": Run.show_next_line, '"': Run.show_spaced,
}  # fmt: skip
