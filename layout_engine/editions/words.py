"""A PDF without a record, by what can be read on its pages (只比文字): characters with their places, and pictures.

PDFium reads it, in the order of the content streams. White space is left out, since a reader guesses it from gaps. What
comes out has the form of a record, with all that is said on a page as one text.
"""

import ctypes
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import pypdfium2.raw as pdfium

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT
from layout_engine.diff.wording import Character, SeenPicture, page_of_words, said
from layout_engine.scene.record import PageRecord

MAX_PAGES: Final = 200
_MAX_CHARACTERS: Final = 400_000  # of a page
_MAX_OBJECTS: Final = 200_000
_MAX_PICTURE: Final = 200_000_000
_FAR: Final = 20_000.0  # points: no place on paper


def read_words(data: bytes, first: int) -> Outcome[tuple[PageRecord, ...]]:
    """The pages of the PDF `data`, numbered from `first`."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return Outcome(None, (diagnose("record/not-a-pdf", None, reason="not readable"),))
    try:
        count = min(pdfium.FPDF_GetPageCount(document), MAX_PAGES)
        pages = [_read_page(document, number, first + number) for number in range(count)]
    finally:
        pdfium.FPDF_CloseDocument(document)
    return Outcome(tuple(page for page in pages if page is not None))


def _read_page(document: Any, index: int, number: int) -> PageRecord | None:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        trim = _trim(page)
        objects = _objects(page)
        words = pdfium.FPDFText_LoadPage(page)
        try:
            found = sorted(_characters(words, trim, objects), key=lambda one: one[0])
        finally:
            pdfium.FPDFText_ClosePage(words)
        pictures = list(_pictures(page, trim))
    finally:
        pdfium.FPDF_ClosePage(page)
    sheet = Rect(0, 0, _su(trim[2] - trim[0]), _su(trim[3] - trim[1]))
    return page_of_words(number, [character for _, character in found], sheet, pictures)


def _su(points: float) -> int:
    return round(points * SU_PER_PT)


def _trim(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is left of the sheet after trimming."""
    edges = [ctypes.c_float() for _ in range(4)]
    for box in (pdfium.FPDFPage_GetTrimBox, pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if box(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if left < right and bottom < top:
                return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def _objects(page: Any) -> dict[int, int]:
    """The order of the page's objects, by address."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    return {_address(pdfium.FPDFPage_GetObject(page, number)): number for number in range(count)}


def _address(one: Any) -> int:
    return ctypes.cast(one, ctypes.c_void_p).value or 0


def _characters(
    words: Any, trim: tuple[float, float, float, float], objects: dict[int, int]
) -> Iterator[tuple[int, Character]]:
    """Each character, and the number of the object that drew it."""
    x, y = ctypes.c_double(), ctypes.c_double()
    last = 0
    for index in range(min(pdfium.FPDFText_CountChars(words), _MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(words, index)
        if pdfium.FPDFText_IsGenerated(words, index) == 1 or not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            continue
        text = said(chr(code))
        if not text or not pdfium.FPDFText_GetCharOrigin(words, index, x, y):
            continue
        if abs(x.value) > _FAR or abs(y.value) > _FAR:
            continue
        last = objects.get(_address(pdfium.FPDFText_GetTextObject(words, index)), last)
        size = max(1, _su(pdfium.FPDFText_GetFontSize(words, index)))
        yield last, Character(text, _su(x.value - trim[0]), _su(trim[3] - y.value), size)


def _pictures(page: Any, trim: tuple[float, float, float, float]) -> Iterator[SeenPicture]:
    """The page's pictures: where each stands, and the hash of its data."""
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_IMAGE or not pdfium.FPDFPageObj_GetBounds(
            one, *edges
        ):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if max(map(abs, (left, bottom, right, top))) > _FAR:
            continue
        rect = Rect(_su(left - trim[0]), _su(trim[3] - top), _su(right - left), _su(top - bottom))
        digest = _digest(one)
        yield SeenPicture(rect, digest[:12], digest)


def _digest(one: Any) -> str:
    length = pdfium.FPDFImageObj_GetImageDataRaw(one, None, 0)
    if not 0 < length <= _MAX_PICTURE:
        return sha256(b"").hexdigest()
    buffer = (ctypes.c_ubyte * length)()
    pdfium.FPDFImageObj_GetImageDataRaw(one, buffer, length)
    return sha256(bytes(buffer)).hexdigest()
