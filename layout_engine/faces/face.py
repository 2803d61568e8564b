"""One face, opened: has it this character, and what are its measures (字体)?

Everything dear is done at the first question: a face that a page does not use costs a few small reads. The
file is mapped, not read, so a face's memory is the pages of it that were touched.
"""

from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

import msgspec
import uharfbuzz as hb

from layout_engine.base.diagnostics import Span
from layout_engine.faces.sfnt import Descriptor, Tables, read_descriptor

# The em box of Chinese faces, in thousandths of the em from the baseline. Lines are placed by it and never by
# hhea or OS/2, in which faces of the same design differ.
EM_TOP_PER_MILLE: Final = 880
EM_BOTTOM_PER_MILLE: Final = -120

NO_GLYPH: Final = 0  # .notdef

_VERTICAL_TABLE: Final = "vmtx"


class FaceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What fonts.yaml says of one face."""

    key: str
    file: str  # as written: inside fonts/, or inside the package
    licence: str
    credit: str
    span: Span
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()
    not_for: frozenset[str] = frozenset()  # characters taken from the next face of the chain by rule
    package: str | None = None  # the file comes with this installed Python package, if it is installed


class Face:
    """A face of the catalogue whose file was found sound; its lengths are in its own units, `upem` an em."""

    def __init__(self, entry: FaceEntry, path: Path, upem: int) -> None:
        self.entry: Final = entry
        self.key: Final = entry.key
        self.path: Final = path
        self.index: Final = entry.index
        self.axes: Final = entry.axes
        self.upem: Final = upem
        self.not_for: Final = entry.not_for
        self.rare: Final = entry.package is not None

    def __repr__(self) -> str:
        return f"Face({self.key!r})"

    @property
    def em_top(self) -> int:
        """The top edge of the em box above the baseline, in units of the face."""
        return self.upem * EM_TOP_PER_MILLE // 1000

    @property
    def em_bottom(self) -> int:
        """The bottom edge of the em box (negative), in units of the face."""
        return self.em_top - self.upem

    @cached_property
    def hb_face(self) -> hb.Face:
        """HarfBuzz's face over the mapped file."""
        return hb.Face(hb.Blob.from_file_path(self.path), self.index)

    @cached_property
    def hb_font(self) -> hb.Font:
        """HarfBuzz's font in units of the face, set to its axes. It is shared: nobody changes its state."""
        font = hb.Font(self.hb_face)
        if self.axes:
            font.set_variations(dict(self.axes))
        return font if len(self.hb_face.reference_table(_VERTICAL_TABLE)) else self._hung_in_em_box(font)

    def _hung_in_em_box(self, font: hb.Font) -> hb.Font:
        """`font` with vertical measures: an em downward, hung from the middle of the em box's top.

        A face that says nothing of vertical setting would take the height of its line by `hhea` for each character.
        """
        hung = hb.Font(font)
        funcs = hb.FontFuncs()
        advance, top = -self.upem, self.em_top
        funcs.set_glyph_v_advance_func(lambda *_: advance)
        funcs.set_glyph_v_origin_func(lambda _, gid, __: (True, font.get_glyph_h_advance(gid) // 2, top))
        hung.funcs = funcs
        return hung

    @cached_property
    def descriptor(self) -> Descriptor:
        """The face as the PDF's font descriptor wants it."""
        with self.path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return read_descriptor(Tables(data, self.index), self.axes)

    def glyph(self, codepoint: int) -> int:
        """The glyph of a code point, or NO_GLYPH."""
        return self.hb_font.get_nominal_glyph(codepoint) or NO_GLYPH

    def has_variant(self, codepoint: int, selector: int) -> bool:
        """Whether the face has the form of a character that a variation selector (异体字选择符) asks for."""
        return self.hb_font.get_variation_glyph(codepoint, selector) is not None
