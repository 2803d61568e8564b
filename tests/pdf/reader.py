"""A small reader of text operators (取字位): where each glyph stands, from the file's own widths and nothing else.

It knows only what our pages hold: Tf, Tz, Tm, Tj and TJ, Type 0 fonts with Identity encodings, texts told around
glyphs (ActualText).
"""

import re
from typing import NamedTuple

import pikepdf

from tests.pdf.scenes import opened


class Shown(NamedTuple):
    """One glyph: font resource, code, size, and its origin in points (the vertical one in vertical setting).

    `advance` is how far the reader's pen goes on by the font's own width, in points along the line; `text` what the
    glyph reads back as, which is nothing for the second and later glyphs of one ActualText.
    """

    font: str
    code: int
    size: float
    x: float
    y: float
    advance: float
    text: str
    turned: bool = False  # a quarter turn to the right


class _Metrics:
    def __init__(self, font: pikepdf.Object) -> None:
        descendant = font.DescendantFonts[0]
        self.vertical = str(font.Encoding) == "/Identity-V"
        self._default = float(-descendant.DW2[1]) if self.vertical else float(descendant.DW)
        self._own = _columns(descendant.W2, 3) if self.vertical else _columns(descendant.W, 1)
        self.texts = _texts(font.ToUnicode.read_bytes())

    def advance(self, code: int) -> float:
        own = self._own.get(code)
        return self._default if own is None else abs(own[0])


def read_glyphs(pdf: bytes) -> list[Shown]:
    """Every glyph of the page in the order of the content stream."""
    with opened(pdf) as file:
        page = file.pages[0]
        fonts = {str(key): _Metrics(font) for key, font in page.Resources.Font.items()}
        shown: list[Shown] = []
        font, size, width, x, y = "", 0.0, 1.0, 0.0, 0.0
        turned = False
        told: str | None = None  # the ActualText around what follows
        depth = 0  # of marked content inside of it
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    about = operands[1] if len(operands) > 1 else None
                    says = isinstance(about, pikepdf.Dictionary) and "/ActualText" in about
                    told = str(about.ActualText) if says else told
                    depth += says or depth > 0
                case "EMC" if depth:
                    depth -= 1
                    told = None if not depth else told
                case "Tf":
                    font, size = str(operands[0]), float(operands[1])
                case "Tz":
                    width = float(operands[0]) / 100
                case "Tm":
                    matrix = [float(one) for one in list(operands)[:4]]
                    turned = matrix == [0, -1, 1, 0]
                    assert turned or matrix == [1, 0, 0, 1]
                    x, y = float(operands[4]), float(operands[5])
                case "Tj" | "TJ":
                    metrics = fonts[font]
                    for piece in operands if str(operator) == "Tj" else operands[0]:
                        moves = (
                            [(None, float(piece))]
                            if not isinstance(piece, pikepdf.String)
                            else [(int.from_bytes(pair), 0.0) for pair in re.findall(rb"(?s)..", bytes(piece))]
                        )
                        for code, back in moves:
                            advance = -back / 1000 * size
                            if code is not None:
                                step = metrics.advance(code) / 1000 * size
                                along = step if metrics.vertical else step * width
                                text = metrics.texts.get(code, "") if told is None else told
                                told = told and ""
                                shown.append(Shown(font, code, size, x, y, along, text, turned))
                                advance += -step if metrics.vertical else step
                            if metrics.vertical:
                                y += advance
                            elif turned:
                                y -= advance * width
                            else:
                                x += advance * width
        return shown


def _texts(cmap: bytes) -> dict[int, str]:
    """ToUnicode as code → text; only bfchar, which is what we write."""
    blocks = b"".join(re.findall(rb"(?s)beginbfchar(.*?)endbfchar", cmap))
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", blocks)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _columns(array: pikepdf.Object, count: int) -> dict[int, list[float]]:
    """W or W2 as code → numbers; only the form `first [numbers]`, which is what we write."""
    found = {}
    entries = list(array)
    for first, numbers in zip(entries[::2], entries[1::2], strict=True):
        values = [float(one) for one in numbers]
        for at in range(0, len(values), count):
            found[int(first) + at // count] = values[at : at + count]
    return found
