"""Does the written page say what was put on it (回读)? Its text, read by another library, region by region.

PDFium wrote none of it and reads it as a reader's machine would: through the embedded fonts' own tables. White space
is left out of the comparison, since a reader guesses it from gaps; the ledger accounts for it.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, Final
from unicodedata import normalize

import pypdfium2.raw as pdfium

from layout_engine.base.diagnostics import Diagnostic, Span, diagnose
from layout_engine.pdf.page import region_tag
from layout_engine.scene.items import GlyphRun, Scene, ScenePage, SceneRegion

_SHOWN: Final = 12  # characters on either side in a finding
_TAG_UNITS: Final = 64

# What reading does not tell apart: white space, hyphens (PDFium marks them U+0002 where it takes a word for divided),
# signs without a mark of their own, ligatures of the Latin compatibility block, which it takes apart.
_ALIKE: Final[dict[int, str]] = {
    **dict.fromkeys(map(ord, "\0\t\n\r \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"), ""),
    **dict.fromkeys(range(0x2000, 0x200B), ""),
    **dict.fromkeys(range(0xFE00, 0xFE10), ""),
    **dict.fromkeys(range(0xE0100, 0xE01F0), ""),
    **dict.fromkeys((0x02, 0xAD, 0x2010, 0x2011), "-"),
    **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), start=0xFB00)),
}


class UnreadableError(Exception):
    """PDFium cannot open the file: what was written is no PDF."""


def comparable(text: str) -> str:
    """`text` without what a reader of PDFs cannot tell."""
    return normalize("NFD", text).translate(_ALIKE)


def read_regions(pdf: bytes, page: ScenePage) -> dict[str, str]:
    """The text of each region of the page, in the order of the content stream. Raises UnreadableError."""
    found = dict.fromkeys((region.id for region in page.regions), "")
    ids = {region_tag(number): region.id for number, region in enumerate(page.regions)}
    for tag, text in _text_objects(pdf):
        if tag in ids:
            found[ids[tag]] += text
    return found


def check_round_trip(pdf: bytes, scene: Scene, page: ScenePage) -> tuple[Diagnostic, ...]:
    """A finding for each region of the page whose text reads otherwise than the scene has it."""
    read = read_regions(pdf, page)
    return tuple(
        finding for region in page.regions if (finding := _compare(region, read[region.id], scene)) is not None
    )


def _compare(region: SceneRegion, read: str, scene: Scene) -> Diagnostic | None:
    runs = [item for item in region.items if isinstance(item, GlyphRun)]
    wanted = comparable("".join(run.text for run in runs))
    got = comparable(read)
    if wanted == got:
        return None
    pairs = zip(wanted, got, strict=False)
    at = next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(wanted), len(got)))
    return diagnose(
        "pdf/round-trip",
        _place(runs, at, scene),
        region=region.id,
        wanted=wanted[max(0, at - _SHOWN) : at + _SHOWN],
        read=got[max(0, at - _SHOWN) : at + _SHOWN],
    )


def _place(runs: list[GlyphRun], at: int, scene: Scene) -> Span | None:
    """Where the character stands in the copy that is number `at` of the comparable text."""
    for run in runs:
        for index, character in enumerate(run.text):
            at -= len(comparable(character))
            if at < 0:
                source = scene.sources.get(run.key)
                return None if source is None else source.span(run.starts[0] + index)
    return None


def _text_objects(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Each text object of the first page: the tag of its outermost marked content, and its text."""
    document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not document:
        raise UnreadableError
    try:
        page = pdfium.FPDF_LoadPage(document, 0)
        if not page:
            raise UnreadableError
        words = pdfium.FPDFText_LoadPage(page)
        try:
            yield from _read_objects(page, words)
        finally:
            pdfium.FPDFText_ClosePage(words)
            pdfium.FPDF_ClosePage(page)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _read_objects(page: Any, words: Any) -> Iterator[tuple[str, str]]:
    size = 1024
    buffer = (ctypes.c_ushort * size)()  # twice the bytes of which PDFium is told
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        one = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        needed = pdfium.FPDFTextObj_GetText(one, words, buffer, size)  # bytes, with a closing zero
        if needed > size:
            size = needed
            buffer = (ctypes.c_ushort * size)()
            needed = pdfium.FPDFTextObj_GetText(one, words, buffer, size)
        yield _tag(one), bytes(buffer)[: max(0, needed - 2)].decode("utf-16-le", errors="replace")


def _tag(one: Any) -> str:
    if pdfium.FPDFPageObj_CountMarks(one) < 1:
        return ""
    buffer = (ctypes.c_ushort * _TAG_UNITS)()
    length = ctypes.c_ulong()
    mark = pdfium.FPDFPageObj_GetMark(one, 0)
    pdfium.FPDFPageObjMark_GetName(mark, buffer, 2 * _TAG_UNITS, length)
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", errors="replace")
