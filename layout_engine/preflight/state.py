"""The graphics state while a content stream runs (图形状态): matrix, clip, colours, overprint, transparency, text."""

from copy import copy
from typing import Final

from layout_engine.preflight.colors import BLACK_GRAY, Color
from layout_engine.preflight.fonts import Font
from layout_engine.preflight.painted import Paint
from layout_engine.preflight.plane import EVERYWHERE, IDENTITY, Box, Matrix, common
from layout_engine.preflight.raw import Raw, entry, is_array, items, name, number, whole

NORMAL: Final = "Normal"


class State:
    """What `q` saves and `Q` restores."""

    __slots__ = (
        "alpha_fill", "alpha_stroke", "blend", "char_space", "clip", "ctm", "fill", "font", "group_alpha", "leading",
        "line_width", "masked", "mode", "op_fill", "op_stroke", "overprint_mode", "paint_fill", "paint_stroke",
        "rise", "size", "stretch", "stroke", "word_space",
    )  # fmt: skip

    def __init__(self, ctm: Matrix = IDENTITY, clip: Box | None = EVERYWHERE) -> None:
        self.ctm = ctm
        self.clip = clip
        self.fill: Color = BLACK_GRAY
        self.stroke: Color = BLACK_GRAY
        self.op_fill = False
        self.op_stroke = False
        self.overprint_mode = 0
        self.alpha_fill = 1.0
        self.alpha_stroke = 1.0
        self.group_alpha = 1.0  # of the groups around
        self.blend = NORMAL
        self.masked = False
        self.line_width = 1.0
        self.font: Font | None = None
        self.size = 0.0
        self.char_space = 0.0
        self.word_space = 0.0
        self.stretch = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.mode = 0
        self.paint_fill: Paint | None = None  # as long as nothing of it changes
        self.paint_stroke: Paint | None = None

    def copy(self) -> "State":
        return copy(self)

    def filling(self) -> Paint:
        """How a fill is painted now."""
        if self.paint_fill is None:
            self.paint_fill = Paint(
                self.fill, self.op_fill, self.overprint_mode, self.alpha_fill * self.group_alpha, self.blend,
                self.masked,
            )  # fmt: skip
        return self.paint_fill

    def stroking(self) -> Paint:
        """How a stroke is painted now."""
        if self.paint_stroke is None:
            self.paint_stroke = Paint(
                self.stroke, self.op_stroke, self.overprint_mode, self.alpha_stroke * self.group_alpha, self.blend,
                self.masked,
            )  # fmt: skip
        return self.paint_stroke

    def set_fill(self, color: Color) -> None:
        self.fill, self.paint_fill = color, None

    def set_stroke(self, color: Color) -> None:
        self.stroke, self.paint_stroke = color, None

    def narrow(self, box: Box) -> None:
        """Clip to `box` as well."""
        self.clip = None if self.clip is None else common(self.clip, box)

    def shown(self, box: Box) -> Box | None:
        """What the clip leaves of `box`."""
        return None if self.clip is None else common(self.clip, box)

    def enter_group(self) -> None:
        """Begin a transparency group (ISO 32000-1, 11.6.6): it is composed alone, and as a whole put on the page."""
        self.group_alpha *= self.alpha_fill
        self.alpha_fill = self.alpha_stroke = 1.0
        self.blend, self.masked = NORMAL, False
        self._forget()

    def apply(self, external: Raw) -> None:
        """What an ExtGState sets, but for its font and its soft mask, which the caller draws."""
        both = entry(external, "/OP")
        fill = entry(external, "/op")
        if isinstance(both, bool):
            self.op_stroke = both
            if fill is None:
                self.op_fill = both  # ISO 32000-1, table 58
        if isinstance(fill, bool):
            self.op_fill = fill
        mode = whole(entry(external, "/OPM"))
        if mode is not None:
            self.overprint_mode = mode
        for key, slot in (("/ca", "alpha_fill"), ("/CA", "alpha_stroke"), ("/LW", "line_width")):
            value = number(entry(external, key))
            if value is not None:
                setattr(self, slot, value)
        blend = entry(external, "/BM")
        if is_array(blend):
            blend = next(iter(items(blend, 1)), None)
        self.blend = name(blend) or self.blend
        mask = entry(external, "/SMask")
        if mask is not None:
            self.masked = name(mask) != "None"
        self._forget()

    def _forget(self) -> None:
        self.paint_fill = self.paint_stroke = None
