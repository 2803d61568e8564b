"""What does each plate of a page hold (印版内容)? Everything that it prints or leaves bare, in order.

Two pages have one plate in common if it holds the same in both. No picture of the plate is made: a glyph is known by
its outline, a picture by the values of its channel, a placed page as a whole. What cannot be told so makes every plate
doubtful, and a doubtful plate counts as changed.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

import msgspec

from layout_engine.final.fingerprints import UntellableError, channels, fingerprint
from layout_engine.preflight.colors import ALL, NO_INK, PROCESS
from layout_engine.preflight.document import Document, PageView
from layout_engine.preflight.fonts import UNKNOWN, Font
from layout_engine.preflight.interpreter import Budget, FontShelf, Interpreter
from layout_engine.preflight.limits import MAX_COMPARED, MAX_OPERATORS
from layout_engine.preflight.painted import Event, Group, Image, Paint, Path, Shading, Text, Trouble, Where
from layout_engine.preflight.plane import Box, common, holds, moved, place
from layout_engine.preflight.raw import Raw, entry
from layout_engine.preflight.state import State

_NEAR: Final = 1e-3  # pt: a third of a thousandth of a millimetre
_SAME_TINT: Final = 1e-4
_INVISIBLE: Final = 3  # text rendering mode
_CELL: Final = 20.0  # pt: how finely is known where a plate has ink
_Inked: TypeAlias = dict[tuple[int, int], list[Box]]  # what has ink, by the squares that it touches
_MIXING: Final = frozenset(("Hue", "Saturation", "Color", "Luminosity"))  # ISO 32000-1, 11.3.5.3: all inks at once


class Mark(msgspec.Struct, frozen=True):
    """Something printed on a plate (`tint` from 0 to 1) or left bare: what it is, and the numbers of its place."""

    what: tuple[object, ...]
    tint: float
    numbers: tuple[float, ...]


class Plates(msgspec.Struct, frozen=True):
    """The plates of a page. `doubt` says what made them doubtful, empty where nothing did."""

    marks: dict[str, tuple[Mark, ...]]
    inks: tuple[str, ...]  # the plates with any ink: process inks first, then spots
    mixing: bool  # something mixes the inks, so that one plate's change may be another's
    doubt: str

    def changed(self, other: "Plates") -> tuple[str, ...]:
        """The plates that are not certain to be the same in both pages."""
        plates = in_press_order({*self.inks, *other.inks})
        if self.doubt or other.doubt:
            return plates
        found = tuple(one for one in plates if not _same(self.marks.get(one, ()), other.marks.get(one, ())))
        return plates if found and (self.mixing or other.mixing) else found


def in_press_order(plates: "set[str]") -> tuple[str, ...]:
    """C, M, Y, K, and the spots by their names."""
    return (*(one for one in PROCESS if one in plates), *sorted(plates.difference(PROCESS)))


def read_plates(document: Document, page: PageView) -> Plates:
    """The plates of one page. Raises SpentError where it paints more than is looked at, pikepdf.PdfError if broken."""
    book = _Book(page.media or page.paper)
    walker = _Walker(document.fonts, Budget(MAX_OPERATORS), book)
    for event in walker.page(page.raw, page.number, page.resources):
        book.take(event)
    if not walker.clips_are_boxes:
        book.doubt("a clip that is no rectangle")
    if entry(document.root, "/OCProperties") is not None:
        book.doubt("layers")
    return book.plates()


class _Walker(Interpreter):
    """Walks a page, and looks into a form only for its inks."""

    def __init__(self, fonts: FontShelf, budget: Budget, book: "_Book") -> None:
        super().__init__(fonts, budget, keeps_outlines=True)
        self._book: Final = book
        self._inside = 0

    def form(self, form: Raw, state: State, resources: Raw, where: Where) -> Iterator[Event]:
        if self._inside:
            yield from super().form(form, state, resources, where)
            return
        self._inside += 1
        clips_were_boxes = self.clips_are_boxes
        inner = _Book(self._book.media)
        for event in super().form(form, state, resources, where):
            inner.take(event)
        self._inside -= 1
        self.clips_are_boxes = clips_were_boxes
        self._book.take_form(form, state, inner.plates())
        yield from ()


class _Book:
    """The plates while a page is read. `media` is what of it can be seen."""

    def __init__(self, media: Box) -> None:
        self.media: Final = media
        self._marks: dict[str, list[Mark]] = {one: [] for one in PROCESS}
        self._inked: dict[str, _Inked] = {one: {} for one in PROCESS}
        self._of_all: list[tuple[Mark, Box]] = []  # marks that any plate has
        self._mixing = False
        self._doubt = ""
        self._looks: dict[tuple[int, int], bytes] = {}
        self._left = MAX_COMPARED

    def doubt(self, why: str) -> None:
        self._doubt = self._doubt or why

    def plates(self) -> Plates:
        inked = {one for one, cells in self._inked.items() if cells}
        inks = in_press_order(inked.union(PROCESS) if self._doubt else inked)
        marks = {one: tuple(marks) for one, marks in self._marks.items()}
        return Plates(marks, inks, self._mixing, self._doubt)

    def take(self, event: Event) -> None:
        """Put what is painted on its plates."""
        match event:
            case Text():
                self._take_text(event)
            case Path():
                self._take_path(event)
            case Image():
                self._take_image(event)
            case Group():
                self._mixing = self._mixing or (event.space is not None and event.space.is_rgb)
            case Trouble():
                self.doubt(f"{event.what} {event.detail}")
            case Shading():
                self.doubt("a gradient")

    def take_form(self, form: Raw, state: State, inside: Plates) -> None:
        """A form: where its inks may fall it is known only as a whole, with the state that it takes over."""
        if state.clip is None:
            return
        if not state.filling().is_opaque:
            self.doubt("a form that is not opaque")
            return
        try:
            what = ("form", fingerprint(form), *_taken_over(state))
        except UntellableError:
            self.doubt("a form whose parts cannot be told")
            return
        self._mixing = self._mixing or inside.mixing
        tints = tuple((ink, 1.0) for ink in inside.inks)
        self._print(what, (*state.ctm, *state.clip), state.clip, tints, erases=True)

    def _take_text(self, text: Text) -> None:
        if text.mode == _INVISIBLE or text.shown is None:
            return
        if text.mode != 0 or text.font.is_type3:
            self.doubt("type that is not simply filled")
            return
        if not self._takes(text.fill):
            return
        clip = () if holds(text.shown, text.box, _NEAR) else text.shown
        tints, erases = _on_plates(text.fill)
        a, b, c, d = (one * text.size for one in text.matrix[:4])
        for code, pen in zip(text.codes, text.pens, strict=True):
            ink = _ink(text, code, pen)
            if ink is not None:
                numbers = (a * text.stretch, b * text.stretch, c, d, *_origin(text, code, pen), *clip)
                self._print((self._look(text.font, code),), numbers, ink, tints, erases=erases)

    def _take_path(self, path: Path) -> None:
        if path.stroke is not None or path.outline is None:
            self.doubt("a stroked path")
            return
        if path.fill is None or path.shown is None or not self._takes(path.fill):
            return
        if any(operator == "short" for operator, _ in path.outline):
            self.doubt("a curve in short")
            return
        what = ("*" if path.even_odd else "", *(operator for operator, _ in path.outline))
        clip = () if holds(path.shown, path.box, _NEAR) else path.shown
        numbers = tuple(number for _, points in path.outline for number in points)
        tints, erases = _on_plates(path.fill)
        self._print(what, (*numbers, *clip), path.shown, tints, erases=erases)

    def _take_image(self, image: Image) -> None:
        if image.where.within == "mask" or image.shown is None:
            return
        clip = () if holds(image.shown, image.box, _NEAR) else image.shown
        numbers = (*image.matrix, *clip)
        try:
            if image.stencil:
                if self._takes(image.paint):
                    tints, erases = _on_plates(image.paint)
                    self._print(("stencil", fingerprint(image.raw)), numbers, image.shown, tints, erases=erases)
                return
            if not self._is_opaque(image.paint):
                return
            found = channels(image)
        except UntellableError:
            self.doubt("a picture whose plates cannot be told")
            return
        box = common(image.shown, self.media)
        if box is None:
            return
        named = {one.plate for one in found}
        for one in found:
            self._put(one.plate, Mark(("picture", one.digest), float(one.inked), numbers), box)
        if not image.paint.overprint:
            self._erase(named, ("picture",), numbers, box)

    def _takes(self, paint: Paint) -> bool:
        """Whether it is known what a paint does."""
        if not self._is_opaque(paint):
            return False
        if paint.color.plates is None:
            self.doubt(f"a colour in {paint.color.space.title}")
        return paint.color.plates is not None

    def _is_opaque(self, paint: Paint) -> bool:
        if not paint.is_opaque:
            self._mixing = self._mixing or paint.blend in _MIXING
            self.doubt("something that is not opaque")
            return False
        return True

    def _print(
        self, what: tuple[object, ...], numbers: tuple[float, ...], box: Box, tints: Sequence[tuple[str, float]],
        *, erases: bool,
    ) -> None:  # fmt: skip
        shown = common(box, self.media)
        if shown is None:
            return
        named: set[str] = set()
        for plate, tint in tints:
            if plate == ALL:
                mark = Mark(what, tint, numbers)
                self._of_all.append((mark, shown))
                for each in tuple(self._marks):
                    self._put(each, mark, shown)
                return
            named.add(plate)
            self._put(plate, Mark(what, tint, numbers), shown)
        if erases:
            self._erase(named, what, numbers, shown)

    def _erase(self, named: set[str], what: tuple[object, ...], numbers: tuple[float, ...], box: Box) -> None:
        """Leave bare on every other plate what had ink there."""
        for plate in self._marks:
            if plate not in named:
                self._put(plate, Mark(what, 0.0, numbers), box)

    def _put(self, plate: str, mark: Mark, box: Box) -> None:
        if plate == NO_INK:
            return
        if plate not in self._marks:
            self._marks[plate], self._inked[plate] = [], {}
            for earlier, earlier_box in self._of_all:
                if earlier is not mark:
                    self._put(plate, earlier, earlier_box)
        inked = self._inked[plate]
        if mark.tint > 0:
            for cell in self._cells(box):
                inked.setdefault(cell, []).append(box)
        elif not self._has_ink(inked, box):
            return  # bare paper stays bare
        self._marks[plate].append(mark)

    def _has_ink(self, inked: "_Inked", box: Box) -> bool:
        for cell in self._cells(box):
            under = inked.get(cell, ())
            self._spend(len(under))
            if any(_lie_on_one_another(one, box) for one in under):
                return True
        return False

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        """The squares of the page that a box touches."""
        x0, y0, x1, y1 = (int(edge // _CELL) for edge in box)
        self._spend((x1 - x0 + 1) * (y1 - y0 + 1))
        if self._left >= 0:
            yield from ((x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            self.doubt("more than is looked at")

    def _look(self, font: Font, code: int) -> bytes:
        """By what a glyph is known: its outline; where there is none, its font and code."""
        key = (id(font), code)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = _look(font, code)
        return known


def _look(font: Font, code: int) -> bytes:
    gid = font.gid(code)
    outline = font.program.outline(gid) if font.program is not None and gid != UNKNOWN else None
    if outline is not None:
        return sha256(outline).digest()
    try:
        return sha256(fingerprint(font.raw) + code.to_bytes(4)).digest()
    except UntellableError:
        return repr((id(font), code)).encode()  # like no other


def _ink(text: Text, code: int, pen: float) -> Box | None:
    """Where a glyph has ink on the page; None for a blank one."""
    ink = text.font.metrics(code).ink
    if ink is None:
        return None
    across, up = text.size * text.stretch / 1000, text.size / 1000
    x, y = (0.0, pen + text.rise) if text.font.vertical else (pen, text.rise)
    return place(text.matrix, (x + ink[0] * across, y + ink[1] * up, x + ink[2] * across, y + ink[3] * up))


def _origin(text: Text, code: int, pen: float) -> tuple[float, float]:
    """The place of a glyph's own origin on the page."""
    x, y = (0.0, pen + text.rise) if text.font.vertical else (pen, text.rise)
    if text.font.vertical:
        _, over, up = text.font.heights(code)
        x, y = x - over * text.size * text.stretch / 1000, y - up * text.size / 1000
    return moved(text.matrix, x, y)[4:]


def _taken_over(state: State) -> tuple[object, ...]:
    """What a form finds set when it begins."""
    colors = [(one.space.title, one.values, one.pattern is None) for one in (state.fill, state.stroke)]
    return (*colors, state.op_fill, state.op_stroke, state.overprint_mode, state.line_width, state.size, state.mode)


def _is_plain(paint: Paint) -> bool:
    return paint.is_opaque


def _on_plates(paint: Paint) -> tuple[tuple[tuple[str, float], ...], bool]:
    """The tints of a paint that is no picture, and whether it leaves all other plates bare where it prints."""
    tints = paint.color.plates or ()
    if not paint.overprint:
        return tints, True
    match paint.color.space.family:
        case "DeviceCMYK" if paint.mode == 1:
            return tuple(one for one in tints if one[1] > 0), False
        case "DeviceGray":  # RIPs differ in what they do with it
            return (*tints, *((one, 0.0) for one in PROCESS[:3])), False
        case _:
            return tints, False


def _same(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> bool:
    return len(one) == len(other) and all(map(_alike, one, other))


def _alike(one: Mark, other: Mark) -> bool:
    return (
        one.what == other.what
        and abs(one.tint - other.tint) < _SAME_TINT
        and len(one.numbers) == len(other.numbers)
        and all(abs(a - b) < _NEAR for a, b in zip(one.numbers, other.numbers, strict=True))
    )


def _lie_on_one_another(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
