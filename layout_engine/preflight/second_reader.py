"""What another program reads on a page (另一阅读器): PDFium, which shares no line with the interpreter here (PR-79)."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pypdfium2.raw as pdfium

_MOST: Final = 1_000_000  # characters of one page
_PAGES_AT_ONCE: Final = 8  # PDFium holds the fonts of every page that it read until the file is closed


class SecondReader:
    """A file as PDFium opens it; a page at a time, so that memory does not grow with their number."""

    def __init__(self, source: Path | bytes) -> None:
        self._source: Final = source  # PDFium reads from these bytes as long as it is open
        self._document: Any = _opened(source)
        self._pages_read = 0

    def text(self, page_number: int) -> str | None:
        """All text of a page, counted from 1; None where it cannot be read."""
        if self._pages_read == _PAGES_AT_ONCE and self._document:
            self.close()
            self._document = _opened(self._source)
            self._pages_read = 0
        self._pages_read += 1
        with self._page(page_number) as page:
            words = pdfium.FPDFText_LoadPage(page) if page else None
            if not words:
                return None
            try:
                count = pdfium.FPDFText_CountChars(words)
                if not 0 <= count <= _MOST:
                    return None
                buffer = (ctypes.c_ushort * (count * 2 + 1))()
                written = pdfium.FPDFText_GetText(words, 0, count, buffer)
                return bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", errors="replace")
            finally:
                pdfium.FPDFText_ClosePage(words)

    def close(self) -> None:
        """Let go of the file."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    @contextmanager
    def _page(self, page_number: int) -> Iterator[Any]:
        page = pdfium.FPDF_LoadPage(self._document, page_number - 1) if self._document else None
        try:
            yield page or None
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)


def _opened(source: Path | bytes) -> Any:
    if isinstance(source, bytes):
        return pdfium.FPDF_LoadMemDocument64(source, len(source), None)
    return pdfium.FPDF_LoadDocument(str(source).encode(), None)
