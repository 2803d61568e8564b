"""Proofs marked as people mark them: boxes as one library sees the letters, annotations as another writes them."""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pypdfium2.raw as pdfium
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from layout_engine.places import Places, find_places
from layout_engine.proof.carried import carried_record
from layout_engine.proof.placing import lines_of
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from layout_engine.scene.record import PageRecord
from tests.kit.reference import FONTS, ISSUES

Box = tuple[float, float, float, float]  # left, bottom, right, top


_AHEAD = 400  # characters


class Letter(msgspec.Struct, frozen=True):
    """One character of the page as PDFium sees it: its ink, and its cell by the width in the font."""

    key: str
    at: int
    character: str
    ink: Box
    cell: Box
    line: int


class Proof(msgspec.Struct, frozen=True):
    data: bytes
    record: PageRecord
    letters: tuple[Letter, ...]


@cache
def proof(name: str, page: int) -> Proof:
    with TemporaryDirectory() as folder:
        places = find_places(ISSUES / name, fonts=FONTS)
        aside = Places(places.fonts, Path(folder), False, places.cache)
        (made,) = make_proofs(ISSUES / name, aside, lambda _: Stamp("大样"), only=page).pages
        assert made.pdf is not None
        data = made.pdf.read_bytes()
    record = carried_record(data).value
    assert record is not None
    return Proof(data, record, tuple(_letters(data, record)))


def _letters(data: bytes, record: PageRecord) -> Iterable[Letter]:
    """The record's characters with PDFium's boxes: both go through the page in the order of its content."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    words = pdfium.FPDFText_LoadPage(page)
    told = ((chr(pdfium.FPDFText_GetUnicode(words, at)), at) for at in range(pdfium.FPDFText_CountChars(words)))
    seen = [(c, at) for c, at in told if c.strip() and pdfium.FPDFText_IsGenerated(words, at) != 1]
    position = 0
    for number, line in enumerate(lines_of(record)):
        for run in line.runs:
            text = "".join(run.text.split())
            near = range(position, min(position + _AHEAD, len(seen)))
            found = next((i for i in near if "".join(c for c, _ in seen[i : i + len(text)]) == text), None)
            if found is None:  # told otherwise than it stands: letters that turn, ligatures
                continue
            position = found + len(text)
            offsets = [offset for offset, character in enumerate(run.text) if character.strip()]
            for offset, (character, at) in zip(offsets, seen[found:position], strict=True):
                ink, cell = _ink(words, at), _cell(words, at)
                yield Letter(run.key, run.starts[0] + offset, character, ink, cell, number)
    pdfium.FPDFText_ClosePage(words)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


def _ink(words: Any, at: int) -> Box:
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(words, at, left, right, low, high)
    return left.value, low.value, right.value, high.value


def _cell(words: Any, at: int) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(words, at, rect)
    return rect.left, min(rect.top, rect.bottom), rect.right, max(rect.top, rect.bottom)


def around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def by_line(letters: Sequence[Letter], *, tight: bool) -> list[Box]:
    """One box a line, as viewers draw them over a stretch."""
    lines: dict[int, list[Box]] = {}
    for one in letters:
        lines.setdefault(one.line, []).append(one.ink if tight else one.cell)
    return [around(boxes) for boxes in lines.values()]


def annotation(
    kind: str, boxes: Sequence[Box], says: str = "", by: str = "", more: Mapping[str, Any] | None = None
) -> DictionaryObject:
    left, low, right, high = around(boxes)
    entries: dict[str, Any] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject(f"/{kind}"),
        "/Rect": ArrayObject([FloatObject(v) for v in (left, low, right, high)]),
        "/Contents": TextStringObject(says),
        "/T": TextStringObject(by),
    }
    if kind in ("Highlight", "Underline", "Squiggly", "StrikeOut"):
        numbers = [v for x0, y0, x1, y1 in boxes for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
        entries["/QuadPoints"] = ArrayObject([FloatObject(v) for v in numbers])
    made = DictionaryObject()
    for key, value in {**entries, **(more or {})}.items():
        made[NameObject(key)] = value
    return made


def annotated(data: bytes, annotations: Sequence[DictionaryObject]) -> bytes:
    """The proof saved with these annotations by a library that had no part in making it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    page = writer.pages[0]
    listed = ArrayObject()
    references: list[Any] = []
    for one in annotations:
        parent = one.pop("/Parent#", None)
        if parent is not None:
            one[NameObject("/IRT")] = references[parent]
        references.append(writer._add_object(one))
        listed.append(references[-1])
    page[NameObject("/Annots")] = listed
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
