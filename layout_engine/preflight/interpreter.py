"""What does a page paint (解释内容流)? Its content, forms, patterns, soft masks, glyphs of Type 3, annotations.

Every object comes with its place and state, in paint order. Loops, depth and the count of operators are bounded; what
stays unread for that is told as a `Trouble`.
"""

from collections.abc import Generator, Iterator
from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.colors import Color, read_space
from layout_engine.preflight.encodings import differences
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.fonts import Allowance, Font
from layout_engine.preflight.limits import (
    MAX_CONTENT_BYTES,
    MAX_DEPTH,
    MAX_FONT_BYTES,
    MAX_FONTS_AGAIN,
    MAX_FONTS_HELD,
)
from layout_engine.preflight.painted import Event, Group, Image, Shading, Trouble, Where, Within
from layout_engine.preflight.plane import IDENTITY, Box, Matrix, after, moved, place
from layout_engine.preflight.raw import Raw, entry, items, name, number, whole
from layout_engine.preflight.run import Run
from layout_engine.preflight.run_text import Line
from layout_engine.preflight.state import State

_TILING: Final = 1
_STREAM: Final = 50  # operators that take as long as to begin a stream
_HIDDEN: Final = 2  # annotation flag, ISO 32000-1, table 165


class SpentError(Exception):
    """The file has more operators than are looked at."""


class Budget:
    """How many operators may still be run in this file."""

    def __init__(self, operators: int) -> None:
        self.left = operators


class FontShelf:
    """Every font of a file; one that is no object of its own is known by how it is written."""

    def __init__(self) -> None:
        self._fonts: Final[dict[int | bytes, Font]] = {}
        self._recent: Final[dict[int | bytes, Font]] = {}  # those that may hold something, by their last use
        self._allowance: Final = Allowance(MAX_FONT_BYTES)
        self._let_go = 0  # bytes

    def font(self, value: Raw) -> Font:
        """The font of a dictionary."""
        key = raw.object_number(value) or bytes(value.unparse())
        if key not in self._fonts:
            self._fonts[key] = Font(value, self._allowance)
        self._recent.pop(key, None)
        self._recent[key] = found = self._fonts[key]
        return found

    def tidy(self) -> None:
        """Let go of what the fonts hold that were not used for the longest time, when all hold too much.

        Called between pages. A file that uses ever the same large fonts in turn would have them read for ever: beyond
        MAX_FONTS_AGAIN they are held, as many as MAX_FONT_BYTES allow.
        """
        held = sum(font.held for font in self._recent.values())
        while held > MAX_FONTS_HELD and self._let_go < MAX_FONTS_AGAIN:
            font = self._recent.pop(next(iter(self._recent)))
            held -= font.held
            self._let_go += font.held
            font.let_go()

    def all(self) -> tuple[Font, ...]:
        """All that were opened, in the order of their objects."""
        return tuple(sorted(self._fonts.values(), key=lambda one: one.object or 0))


class Interpreter:
    """Walks one page. Paths come with their outlines where `keeps_outlines`."""

    def __init__(self, fonts: FontShelf, budget: Budget, *, keeps_outlines: bool = False) -> None:
        self.keeps_outlines: Final = keeps_outlines
        self.clips_are_boxes = True  # so far; a clip of another shape is known by its box only
        self._fonts: Final = fonts
        self._budget: Final = budget
        self._open: list[int] = []  # object numbers of the streams that are being run
        self._seen: set[tuple[str, int]] = set()  # patterns, masks and glyphs that were run once

    def page(self, page: Raw, page_number: int, resources: Raw) -> Iterator[Event]:
        """Everything that a page paints. Raises SpentError."""
        where = Where(page_number, raw.object_number(page))
        data = yield from _contents(entry(page, "/Contents"), where)
        yield from Run(self, resources, State(), where).events(data)
        for annotation in items(entry(page, "/Annots")):
            yield from self._annotation(annotation, where)

    def spend(self, operators: int = 1) -> None:
        """So much work is done."""
        self._budget.left -= operators
        if self._budget.left < 0:
            raise SpentError

    def font(self, value: Raw) -> Font:
        return self._fonts.font(value)

    def form(self, form: Raw, state: State, resources: Raw, where: Where) -> Iterator[Event]:
        """A form is drawn with what it inherits (PR-92)."""
        inner = state.copy()
        inner.ctm = after(raw.matrix(entry(form, "/Matrix")) or IDENTITY, state.ctm)
        box = raw.box(entry(form, "/BBox"))
        on_page = place(inner.ctm, box) if box else None
        if on_page is not None:
            inner.narrow(on_page)
        within: Within = "form" if where.within == "page" else where.within
        inside = Where(where.page, raw.object_number(form), within, where.artifact)
        group = entry(form, "/Group")
        if name(entry(group, "/S")) == "Transparency":
            space = read_space(entry(group, "/CS"), entry(form, "/Resources"))
            box_shown = on_page or (0.0, 0.0, 0.0, 0.0)
            yield Group(inside, box_shown, state.shown(box_shown), space)
            inner.enter_group()
        own = entry(form, "/Resources")
        yield from self._stream(form, resources if own is None else own, inner, inside)

    def soft_mask(self, mask: Raw, state: State, where: Where) -> Iterator[Event]:
        """The group behind a soft mask, once."""
        group = entry(mask, "/G")
        if raw.is_stream(group) and self._first("mask", group):
            inner = State(state.ctm, state.clip)
            yield from self.form(group, inner, None, Where(where.page, where.object, "mask", where.artifact))

    def image_mask(self, mask: Raw, state: State, where: Where) -> Iterator[Event]:
        """The soft mask of a picture, itself a picture."""
        space = read_space(entry(mask, "/ColorSpace"), None)
        box = place(state.ctm, (0.0, 0.0, 1.0, 1.0))
        inside = Where(where.page, raw.object_number(mask), "mask", where.artifact)
        width, height = whole(entry(mask, "/Width")) or 0, whole(entry(mask, "/Height")) or 0
        bits = whole(entry(mask, "/BitsPerComponent")) or 0
        yield Image(inside, box, state.shown(box), mask, width, height, bits, space, False, 0.0, state.filling())

    def pattern(self, color: Color, state: State, base: Matrix, shown: Box, where: Where) -> Iterator[Event]:
        """What a pattern paints where it shows; its cell once."""
        pattern = color.pattern
        matrix = after(raw.matrix(entry(pattern, "/Matrix")) or IDENTITY, base)
        inside = Where(where.page, raw.object_number(pattern) or where.object, "pattern", where.artifact)
        if whole(entry(pattern, "/PatternType")) != _TILING:
            space = read_space(entry(entry(pattern, "/Shading"), "/ColorSpace"), None)
            yield Shading(inside, shown, shown, space, state.filling())
            return
        if not raw.is_stream(pattern) or not self._first("pattern", pattern):
            return
        inner = State(matrix, shown)
        if whole(entry(pattern, "/PaintType")) == 2 and color.space.base is not None:
            tinted = Color(color.space.base, color.values)
            inner.set_fill(tinted)
            inner.set_stroke(tinted)
        yield from self._stream(pattern, entry(pattern, "/Resources"), inner, inside)

    def glyphs(self, font: Font, line: Line, state: State, matrix: Matrix, where: Where) -> Iterator[Event]:
        """The drawings of a Type 3 font, each once."""
        names = differences(entry(font.raw, "/Encoding"))
        procedures = entry(font.raw, "/CharProcs")
        for code, pen in zip(line.codes, line.pens, strict=True):
            drawing = entry(procedures, f"/{names.get(code, '.notdef')}")
            if not raw.is_stream(drawing) or not self._first("glyph", drawing):
                continue
            inner = state.copy()
            em = after(font.type3_matrix, (state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise))
            inner.ctm = after(em, moved(matrix, pen, 0.0))
            inside = Where(where.page, raw.object_number(drawing), "glyph", where.artifact)
            yield from self._stream(drawing, entry(font.raw, "/Resources"), inner, inside)

    def _annotation(self, annotation: Raw, where: Where) -> Iterator[Event]:
        """The normal appearance of an annotation (ISO 32000-1, 12.5.5)."""
        appearance = entry(entry(annotation, "/AP"), "/N")
        if not raw.is_stream(appearance):
            appearance = entry(appearance, f"/{name(entry(annotation, '/AS')) or 'Off'}")
        rect, box = raw.box(entry(annotation, "/Rect")), raw.box(entry(appearance, "/BBox"))
        flags = int(number(entry(annotation, "/F")) or 0)
        if not raw.is_stream(appearance) or rect is None or box is None or flags & _HIDDEN:
            return
        x0, y0, x1, y1 = place(raw.matrix(entry(appearance, "/Matrix")) or IDENTITY, box)
        if x1 <= x0 or y1 <= y0:
            return
        wide, high = (rect[2] - rect[0]) / (x1 - x0), (rect[3] - rect[1]) / (y1 - y0)
        fit = (wide, 0.0, 0.0, high, rect[0] - x0 * wide, rect[1] - y0 * high)
        yield from self.form(appearance, State(fit), None, Where(where.page, where.object, "annotation"))

    def _stream(self, stream: Raw, resources: Raw, state: State, where: Where) -> Iterator[Event]:
        known = raw.object_number(stream) or 0
        if known in self._open:
            yield Trouble(where, "loop", str(known))
            return
        if len(self._open) >= MAX_DEPTH:
            yield Trouble(where, "too-deep", str(MAX_DEPTH))
            return
        self.spend(_STREAM)
        data = yield from _contents(stream, where)
        self._open.append(known)
        try:
            yield from Run(self, resources, state, where).events(data)
        finally:
            self._open.pop()

    def _first(self, kind: str, value: Raw) -> bool:
        key = (kind, raw.object_number(value) or 0)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _contents(value: Raw, where: Where) -> Generator[Event, None, bytes]:
    """The data of a stream or of an array of streams, which count as one."""
    parts: list[bytes] = []
    size = 0
    for one in items(value) if raw.is_array(value) else (value,):
        if not raw.is_stream(one):
            if one is not None:
                yield Trouble(where, "damaged", "content")
            continue
        try:
            parts.append(raw.unpacked(one, MAX_CONTENT_BYTES - size))
            size += len(parts[-1])
        except TooLargeError:
            yield Trouble(where, "too-large", f"{MAX_CONTENT_BYTES >> 20} MB")
        except DamagedError:
            yield Trouble(where, "damaged", "content")
    return b"\n".join(parts)
