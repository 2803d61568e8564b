"""Glyphs that are little programs (字形程序), as in CFF and Type 1: how wide each is, and where it has ink."""

from typing import Final

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen

from layout_engine.preflight.charstrings import Calls
from layout_engine.preflight.plane import Box


class DrawnGlyphs:
    """Each glyph is run once. Lengths are thousandths of the em, by `_scale`; a program that fails has none."""

    glyph_count: int
    _scale: float

    def __init__(self) -> None:
        self._calls: Final = Calls()
        self._measured: dict[int, tuple[float, Box | None] | None] = {}

    def _draw(self, gid: int, pen: BasePen) -> float:
        """Run the glyph on the pen; its width in the program's units."""
        raise NotImplementedError

    def advance(self, gid: int) -> float | None:
        measured = self._measure(gid)
        return None if measured is None else measured[0]

    def bounds(self, gid: int) -> Box | None:
        measured = self._measure(gid)
        return None if measured is None else measured[1]

    def outline(self, gid: int) -> bytes | None:
        """What a glyph looks like: equal bytes draw the same."""
        if not 0 <= gid < self.glyph_count:
            return None
        pen = RecordingPen()
        try:
            self._draw(gid, pen)
        except Exception:  # a charstring of a foreign font may do anything
            return None
        return repr((self._scale, pen.value)).encode()

    def _measure(self, gid: int) -> tuple[float, Box | None] | None:
        if gid not in self._measured:
            self._measured[gid] = self._run(gid) if 0 <= gid < self.glyph_count else None
        return self._measured[gid]

    def _run(self, gid: int) -> tuple[float, Box | None] | None:
        pen, scale = BoundsPen(None), self._scale
        try:
            width = self._draw(gid, pen)
            if pen.bounds is None:
                return width * scale, None
            x0, y0, x1, y1 = pen.bounds
            return width * scale, (x0 * scale, y0 * scale, x1 * scale, y1 * scale)
        except Exception:  # as above
            return None
