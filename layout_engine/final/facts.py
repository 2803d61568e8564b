"""What a press is set by (上机条件): the facts of a page that a late one may not change, read from any PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec
import pikepdf

from layout_engine.final.plate_marks import Plates, read_plates
from layout_engine.preflight import raw
from layout_engine.preflight.document import Document, LockedError, PageView, UnreadableError
from layout_engine.preflight.interpreter import SpentError
from layout_engine.preflight.plane import MM_PER_PT, Box
from layout_engine.preflight.raw import entry, number, text
from layout_engine.preflight.rules.intent import press_intents, profile_digest
from layout_engine.preflight.rules.metadata import version_key

Fault: TypeAlias = Literal["missing", "locked", "unreadable", "mended", "empty", "too-much"]
Fact: TypeAlias = Literal[
    "name", "pages", "version", "size", "media", "crop", "bleed", "trim", "art", "turned", "unit", "inks", "condition",
    "registry", "icc",
]  # fmt: skip

BOXES: Final[tuple[Fact, ...]] = ("media", "crop", "bleed", "trim", "art")
_NOTHING: Final = "—"
_HEX: Final = 12  # characters of a digest as it is shown
_SHOWN: Final = 80
_SIZE_DIGITS: Final = 2  # of a millimetre


class UnfitError(Exception):
    """The file cannot be replaced; `fault` says in a word why, `detail` more closely."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault)
        self.fault: Final = fault
        self.detail: Final = detail


class PressFacts(msgspec.Struct, frozen=True):
    """The facts of a file's first page as they are shown, and its plates."""

    facts: dict[Fact, str]
    plates: Plates


def read_facts(source: Path | bytes, file_name: str) -> PressFacts:
    """The facts of a PDF. Raises UnfitError for whatever cannot be relied upon."""
    if isinstance(source, Path) and not source.is_file():
        raise UnfitError("missing")
    try:
        with Document(source) as document:
            page = next(document.pages(), None)
            if page is None:
                raise UnfitError("empty")
            plates = read_plates(document, page)
            facts = dict(_facts(document, page, file_name, plates))
            warnings = document.warnings()
    except LockedError as error:
        raise UnfitError("locked") from error
    except UnreadableError as error:
        raise UnfitError("unreadable", str(error)) from error
    except SpentError as error:
        raise UnfitError("too-much") from error
    except pikepdf.PdfError as error:
        raise UnfitError("mended", _last(str(error))) from error
    if warnings:
        raise UnfitError("mended", _last(warnings[0]))
    return PressFacts(facts, plates)


def _facts(document: Document, page: PageView, file_name: str, plates: Plates) -> Iterator[tuple[Fact, str]]:
    yield "name", file_name
    yield "pages", str(document.page_count)
    yield "version", version_key(document)[:_SHOWN] or _NOTHING
    x0, y0, x1, y1 = page.paper
    yield "size", f"{_mm(x1 - x0)} × {_mm(y1 - y0)} mm"
    for key in BOXES:
        yield key, _box(getattr(page, key))
    yield "turned", f"{page.rotation}°"
    yield "unit", f"{number(entry(page.raw, '/UserUnit')) or 1:g}"
    yield "inks", ", ".join(plates.inks) or _NOTHING
    intents = press_intents(document)
    yield "condition", _joined([text(entry(one, "/OutputConditionIdentifier")) for one in intents])
    yield "registry", _joined([text(entry(one, "/RegistryName")) for one in intents])
    yield "icc", _joined([_icc(entry(one, "/DestOutputProfile")) for one in intents])


def _joined(values: list[str | None]) -> str:
    return ", ".join((one or _NOTHING)[:_SHOWN] for one in values) or _NOTHING


def _icc(stream: raw.Raw) -> str | None:
    """An embedded profile by its digest."""
    if not raw.is_stream(stream):
        return None
    digest = profile_digest(stream)
    return "unreadable" if digest is None else f"sha256 {digest.hex()[:_HEX]}"


def _box(box: Box | None) -> str:
    """A box as left, foot, right and top in mm."""
    return _NOTHING if box is None else f"{' '.join(_mm(edge) for edge in box)} mm"


def _mm(points: float) -> str:
    return f"{round(points * MM_PER_PT, _SIZE_DIGITS) + 0.0:g}"


def _last(message: str) -> str:
    return message.rpartition(": ")[2][:_SHOWN]
