"""The outline language of Type 1 and CFF programs, run within bounds (字形指令): what a hostile one says takes no hour.

Subroutines may call one another: some hundred bytes can ask for as many operators as one likes.
"""

from typing import Any, Final

from fontTools.misc.psCharStrings import T1OutlineExtractor, T2OutlineExtractor

MAX_CALLS: Final = 2_000  # subroutines run for one glyph; Han glyphs of real faces call a few dozen
MAX_CALLS_OF_FONT: Final = 500_000


class SpentGlyphError(Exception):
    """A glyph, or a font, runs more subroutines than are looked at."""


class Calls:
    """How many subroutines the glyphs of a font may still run."""

    def __init__(self) -> None:
        self.left = MAX_CALLS_OF_FONT
        self._of_glyph = 0

    def begin(self) -> None:
        """Another glyph is run."""
        self._of_glyph = MAX_CALLS

    def spend(self) -> None:
        """Raises SpentGlyphError."""
        self.left -= 1
        self._of_glyph -= 1
        if self.left < 0 or self._of_glyph < 0:
            raise SpentGlyphError


def run_type2(outline: Any, pen: Any, calls: Calls) -> float:
    """Draw a glyph of a CFF program; returns its advance. Raises whatever fontTools raises, or SpentGlyphError."""
    private = outline.private
    subrs = getattr(private, "Subrs", [])
    drawer: Any = T2OutlineExtractor(
        pen, subrs, outline.globalSubrs, private.nominalWidthX, private.defaultWidthX, private
    )
    return _run(drawer, outline, calls)


def run_type1(outline: Any, subrs: list[Any], pen: Any, calls: Calls) -> float:
    """Draw a glyph of a Type 1 program; returns its advance. Raises as `run_type2`."""
    return _run(T1OutlineExtractor(pen, subrs), outline, calls)


def _run(drawer: Any, outline: Any, calls: Calls) -> float:
    execute = drawer.execute

    def counted(charstring: Any, **options: Any) -> None:
        calls.spend()
        execute(charstring, **options)

    drawer.execute = counted
    calls.begin()
    drawer.execute(outline)
    return float(drawer.width)
