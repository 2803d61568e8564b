"""A glyph run as PDF operators (字串): every glyph where the Scene has it, to a hundredth of a point.

A reader adds up widths on its way along a line, so positions are given as what is missing to the true place, which
never lets rounding add up. Text that a glyph does not stand for by itself is told around it (ActualText).
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

from layout_engine.base.units import SU_PER_PT, format_pt, pt
from layout_engine.pdf.fonts import PageFont
from layout_engine.pdf.subset import EM
from layout_engine.scene.items import GlyphRun

_SIZE_DECIMALS: Final = 4
_FULL_WIDTH: Final = 100  # percent

# Half a thousandth of the em is 0.009 pt at 18 pt, which leaves room for the rounding of places within 0.01 pt;
# larger type, and type widened beyond that, takes further decimals.
_STEPS: Final = ((pt(18), 1), (pt(180), 10))
_FINEST: Final = 100


class TextWriter:
    """Writes runs of one page one after another, and says font, size and width only when they change.

    `left` and `top` are the place of the trim's corner in the file, in su from the lower left.
    """

    def __init__(self, left: int, top: int) -> None:
        self._left: Final = left
        self._top: Final = top
        self._font = ""
        self._narrow = _FULL_WIDTH

    def operators(self, run: GlyphRun, font: PageFont) -> str:
        """The operators of `run`, to stand between BT and ET."""
        parts = self._state(run, font)
        placed = _Placed(run, font, self._left + run.x, self._top - run.y)
        if not run.shifts and not run.marks and font.reads(run.gids) == run.text:
            parts.append(placed.show(0, len(run.gids)))
        else:
            parts.extend(placed.stretches())
        return "\n".join(parts)

    def _state(self, run: GlyphRun, font: PageFont) -> list[str]:
        parts = []
        wanted = f"/{font.names[run.origins]} {format_pt(run.size, _SIZE_DECIMALS)} Tf"
        if wanted != self._font:
            parts.append(wanted)
            self._font = wanted
        if run.narrow != self._narrow:
            parts.append(f"{run.narrow} Tz")
            self._narrow = run.narrow
        return parts


class _Placed:
    """One run with the place of its first glyph in the file."""

    def __init__(self, run: GlyphRun, font: PageFont, x: int, y: int) -> None:
        self._run = run
        self._font = font
        self._x = x
        self._y = y
        self._vertical = run.direction == "vertical"
        self._drops = run.origins == "vertical"
        self._matrix = "0 -1 1 0" if run.posture == "turned" else "1 0 0 1"
        along = run.size if self._drops else run.size * run.narrow // _FULL_WIDTH
        self._step = next((step for size, step in _STEPS if along <= size), _FINEST)

    def stretches(self) -> Iterator[str]:
        """The run in pieces: plain glyphs together, each glyph or group with a text of its own by itself."""
        run = self._run
        marked = {base for base, _, _, _ in run.marks}
        plain = 0  # the first glyph that is not written yet
        for first, end, text in self._clusters(marked):
            if text is None:
                continue
            yield from self._level(plain, first)
            yield f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"
            yield from self._level(first, end)
            yield from (self._mark(*mark) for mark in run.marks if first <= mark[0] < end)
            yield "EMC"
            plain = end
        yield from self._level(plain, len(run.gids))

    def _clusters(self, marked: set[int]) -> Iterator[tuple[int, int, str | None]]:
        """First glyph and end of each cluster, with its text where its glyphs do not read as that by themselves."""
        run, count = self._run, len(self._run.gids)
        first = 0
        while first < count:
            end = first + 1
            while end < count and run.starts[end] == run.starts[end + 1]:
                end += 1
            text = run.text[run.starts[first] - run.starts[0] : run.starts[end] - run.starts[0]]
            reads_so = self._font.reads(run.gids[first:end]) == text and marked.isdisjoint(range(first, end))
            yield first, end, None if reads_so else text
            first = end

    def _level(self, first: int, end: int) -> Iterator[str]:
        """Glyphs first..end, those at one level together."""
        shifts = self._run.shifts
        for _, group in groupby(range(first, end), key=shifts.__getitem__ if shifts else lambda _: 0):
            level = list(group)
            yield self.show(level[0], level[-1] + 1)

    def show(self, first: int, end: int) -> str:
        """Glyphs first..end, all at one level."""
        gids = self._run.gids[first:end]
        codes = list(map(self._font.codes.__getitem__, gids))
        missing = self._missing(first, end)
        if any(missing):
            numbers = map(str, missing) if self._step == 1 else (_decimal(one, self._step) for one in missing)
            shown = "".join(
                [f"{code}>{number}<" if number != "0" else code for code, number in zip(codes, numbers, strict=False)]
            )
            shown = f"[<{shown}{codes[-1]}>] TJ"
        else:
            shown = f"<{''.join(codes)}> Tj"
        return f"{self._place(first)}\n{shown}"

    def _missing(self, first: int, end: int) -> list[int]:
        """After each glyph but the last, what TJ takes back, in thousandths of the em divided by the step."""
        run, step = self._run, self._step
        size = (run.size * 2 * 10**_SIZE_DECIMALS + SU_PER_PT) // (2 * SU_PER_PT)  # as written
        width = _FULL_WIDTH if self._drops else run.narrow
        scale = 2 * step * EM * _FULL_WIDTH * 10**_SIZE_DECIMALS
        unit = SU_PER_PT * size * width
        start = run.pens[first]
        places = [((pen - start) * scale + unit) // (2 * unit) for pen in run.pens[first:end]]
        if self._drops:
            advances = self._font.drops
            return [
                after - before - advances[gid] * step
                for gid, (before, after) in zip(run.gids[first:end], pairwise(places), strict=False)
            ]
        advances = self._font.widths
        return [
            advances[gid] * step - after + before
            for gid, (before, after) in zip(run.gids[first:end], pairwise(places), strict=False)
        ]

    def _place(self, index: int, onward: int = 0, aside: int = 0) -> str:
        along = self._run.pens[index] + onward
        across = aside + (self._run.shifts[index] if self._run.shifts else 0)
        right, down = (across, along) if self._vertical else (along, across)
        return f"{self._matrix} {format_pt(self._x + right)} {format_pt(self._y - down)} Tm"

    def _mark(self, base: int, gid: int, dx: int, dy: int) -> str:
        """A combining glyph, `dx` along the line and `dy` across it from its base."""
        return f"{self._place(base, dx, dy)}\n<{self._font.codes[gid]}> Tj"


def _decimal(number: int, step: int) -> str:
    """`number` / `step` as a decimal; step is a power of ten."""
    whole, part = divmod(abs(number), step)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{part:0{len(str(step)) - 1}}" if part else f"{sign}{whole}"
