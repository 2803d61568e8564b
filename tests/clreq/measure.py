"""Where does each glyph stand (字位量测)? Lines read back from the PDF, in em from the left edge of the type area.

Places come from the content stream and the fonts' own W arrays, ink from the outlines that are embedded or from a
raster; nothing here is told by the engine.

    line = lines_of(pdf, left=50.0, em=9.0)[0]
    line.distance("汉", "字")          # from origin to origin
    line.text, line.gaps               # what stands between two glyphs beyond the width that is drawn
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import pikepdf
import pypdfium2
from fontTools.ttLib import TTFont
from PIL import Image, ImageOps

from tests.pdf.reader import Shown, read_glyphs
from tests.pdf.scenes import opened

_DARK = 128

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Glyph(NamedTuple):
    """One glyph of a line: its copy, its origin and its drawn width in em of the body, its size in points."""

    text: str
    x: float
    drawn: float
    size: float
    font: str
    code: int


class Line:
    """Glyphs on one baseline, in the order of the content stream; lengths in em, `baseline` in points from below."""

    def __init__(self, shown: Sequence[Shown], left: float, em: float) -> None:
        self.baseline = shown[0].y
        self.glyphs = [
            Glyph(one.text, (one.x - left) / em, one.advance / em, one.size, one.font, one.code) for one in shown
        ]
        self.text = "".join(glyph.text for glyph in self.glyphs)
        self._glyph_of = [number for number, glyph in enumerate(self.glyphs) for _ in glyph.text]

    def __repr__(self) -> str:
        return f"Line({self.text!r}, {[round(glyph.x, 3) for glyph in self.glyphs]})"

    def glyph(self, text: str) -> Glyph:
        """The first glyph of `text`."""
        return self.glyphs[self._glyph_of[self.text.index(text)]]

    def last_glyph(self, text: str) -> Glyph:
        """The first glyph of the last `text` of the line."""
        return self.glyphs[self._glyph_of[self.text.rindex(text)]]

    def at(self, text: str) -> float:
        """The origin of the first glyph of `text`."""
        return self.glyph(text).x

    def distance(self, left: str, right: str) -> float:
        """From the origin of the first `left` to that of the last `right`."""
        return self.last_glyph(right).x - self.at(left)

    @property
    def pitches(self) -> list[tuple[str, float]]:
        """Each glyph but the last, and how far the next one stands from it."""
        return [(one.text, after.x - one.x) for one, after in pairwise(self.glyphs)]

    @property
    def gaps(self) -> list[float]:
        """What stands between each two glyphs beyond the drawn width of the first."""
        return [after.x - one.x - one.drawn for one, after in pairwise(self.glyphs)]

    @property
    def right(self) -> float:
        """The right end of the last glyph as it is drawn."""
        return self.glyphs[-1].x + self.glyphs[-1].drawn


def lines_of(pdf: bytes, left: float, em: float) -> list[Line]:
    """The lines of the page's horizontal text: a new one where the baseline changes or the pen goes back."""
    lines: list[list[Shown]] = []
    for one in read_glyphs(pdf):
        before = lines[-1][-1] if lines else None
        if before is None or before.y != one.y or one.x < before.x - one.size:
            lines.append([])
        lines[-1].append(one)
    return [Line(line, left, em) for line in lines]


@cache
def _outlines(pdf: bytes) -> dict[str, TTFont]:
    with opened(pdf) as file:
        return {
            str(name): TTFont(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
            for name, font in file.pages[0].Resources.Font.items()
        }


def ink_box(pdf: bytes, glyph: Glyph) -> Box:
    """The box of the embedded outline, in em of the glyph from its own origin."""
    font = _outlines(pdf)[glyph.font]
    outline = font["glyf"][font.getGlyphName(glyph.code)]
    upem = font["head"].unitsPerEm
    return (outline.xMin / upem, outline.yMin / upem, outline.xMax / upem, outline.yMax / upem)


def read_by_pdfium(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each character with its origin in points, as PDFium reads it: a second opinion on `read_glyphs`."""
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage()
    found = []
    for index in range(words.count_chars()):
        if pypdfium2.raw.FPDFText_IsGenerated(words.raw, index):
            continue  # a space that it guesses from a gap
        x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(words.raw, index, x, y)
        found.append((chr(pypdfium2.raw.FPDFText_GetUnicode(words.raw, index)), x.value, y.value))
    document.close()
    return found


def raster(pdf: bytes, dpi: int, box: Box) -> Image.Image:
    """The page inside `box` (points from below left) as darkness, 0 to 255."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    scale = dpi / 72
    left, bottom, right, top = box
    cut = (left, bottom, page.get_width() - right, page.get_height() - top)
    image = page.render(scale=scale, crop=cut).to_pil().convert("L")
    document.close()
    return ImageOps.invert(image)


def inked(image: Image.Image, along: str) -> list[bool]:
    """Which columns (`along` x) or rows (y) of a raster have ink."""
    dark = image.point(lambda value: 255 if value > _DARK else 0)
    bytes_, width = dark.tobytes(), dark.width
    if along == "x":
        return [255 in bytes_[at::width] for at in range(width)]
    return [255 in bytes_[at * width : (at + 1) * width] for at in range(dark.height)]


def page_fonts(pdf: bytes) -> dict[str, pikepdf.Object]:
    """The page's fonts by their resource names."""
    with opened(pdf) as file:
        return dict(file.pages[0].Resources.Font.items())
