"""What can be read at a place of a finished page (某处的文字), so that two files can be held together there."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import pypdfium2.raw as pdfium

# left, top, right, bottom in mm from the left upper corner of the trim
Box: TypeAlias = tuple[float, float, float, float]

_PT_PER_MM: Final = 72 / 25.4
_MOST: Final = 10_000  # characters of one place
_SLACK: Final = 0.2  # pt


def text_at(pdf: bytes, boxes: Sequence[Box]) -> tuple[str, ...]:
    """The text in each box of the first page; empty everywhere for what cannot be opened."""
    with _first_page(pdf) as page:
        if page is None:
            return ("",) * len(boxes)
        words = pdfium.FPDFText_LoadPage(page)
        try:
            left, top = _corner(page)
            return tuple(_read(words, box, left, top) for box in boxes)
        finally:
            pdfium.FPDFText_ClosePage(words)


@contextmanager
def _first_page(pdf: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    page = pdfium.FPDF_LoadPage(document, 0) if document else None
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
        if document:
            pdfium.FPDF_CloseDocument(document)


def _corner(page: Any) -> tuple[float, float]:
    """The left upper corner of the trim, else of what is shown."""
    edges = [ctypes.c_float() for _ in range(4)]
    for box in (pdfium.FPDFPage_GetTrimBox, pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if box(page, *edges):  # left, bottom, right, top
            return edges[0].value, edges[3].value
    return 0.0, float(pdfium.FPDF_GetPageHeightF(page))


def _read(words: Any, box: Box, left: float, top: float) -> str:
    x0, y0, x1, y1 = (edge * _PT_PER_MM for edge in box)
    edges = (left + x0 - _SLACK, top - y0 + _SLACK, left + x1 + _SLACK, top - y1 - _SLACK)
    count = min(_MOST, pdfium.FPDFText_GetBoundedText(words, *edges, None, 0))
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * count)()
    written = pdfium.FPDFText_GetBoundedText(words, *edges, buffer, count)
    return bytes(buffer)[: 2 * max(0, written)].decode("utf-16-le", errors="replace").rstrip("\0")
