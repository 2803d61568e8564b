"""From a PDF to its plates (渲染分色), page by page: each page is dropped before the next, so memory does not grow.

The numbers of DeviceCMYK come through as they are; grey goes to K; RGB and Lab, which should not be there, are
separated through the profile of the press. Overprint and transparency are worked out as a RIP does.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from pikepdf import PdfError

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.plates.ghostscript import (
    SECONDS,
    FailedError,
    MissingError,
    TooSlowError,
    find_ghostscript,
    run_ghostscript,
)
from layout_engine.plates.model import Plates
from layout_engine.plates.photoshop import MAX_CHANNELS, Channels, DamagedError, read_channels
from layout_engine.preflight.document import Document, LockedError, PageView, UnreadableError
from layout_engine.preflight.raw import entry, number

PPI: Final = 100  # PR-48: plates at 100 dpi
SYSTEM_PACKAGE: Final = "apt-get install ghostscript"
MAX_PIXELS: Final = 40_000_000  # a broadsheet page at 300 ppi
MAX_BYTES: Final = 5 * MAX_PIXELS  # of all its plates

_MM_PER_INCH: Final = 25.4
_MM_PER_PT: Final = _MM_PER_INCH / 72
_FINEST: Final = 24  # pixels to the millimetre at which is rendered, some 600 ppi, before it is averaged
_MOST_AVERAGED: Final = 4  # pixels in a row that become one
_SPOTS: Final = MAX_CHANNELS - 4
_ICC: Final = "press.icc"
_PLATES: Final = "plates.psd"
_GIVEN: Final = "given.pdf"
_MAGIC: Final = b"%PDF-"  # anything else Ghostscript would run as a program in PostScript


def render_plates(pdf: Path | bytes, page: int, ppi: int = PPI, icc: bytes = b"") -> Outcome[Plates]:
    """The plates of one page (from 1) within its trim; `icc` is the profile of the press, for what is not in its inks.

    The resolution is the nearest at which a millimetre is a whole number of pixels.
    """
    for _, outcome in each_page(pdf, ppi, icc, only=page):
        return outcome
    return Outcome(None, (diagnose("plates/no-page", None, page=page),))


def each_page(
    pdf: Path | bytes, ppi: int = PPI, icc: bytes = b"", only: int | None = None, counted_from: int = 1
) -> Iterator[tuple[int, Outcome[Plates]]]:
    """The plates of all pages in turn, or of one; page 0 tells why a file cannot be read at all.

    The file's first page is told as `counted_from`: a file may hold one page of an issue. After a page that comes to no
    end the rest are left: a hostile file of many such pages must not take hours.
    """
    if find_ghostscript() is None:
        yield 0, Outcome(None, (no_ghostscript(),))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="layout-engine-")))
        try:
            document = stack.enter_context(Document(pdf))
            if not document.ends.head.startswith(_MAGIC):
                raise UnreadableError("it does not begin with %PDF")
        except LockedError:
            yield 0, Outcome(None, (diagnose("plates/locked", None),))
            return
        except UnreadableError as error:
            yield 0, Outcome(None, (diagnose("plates/unreadable", None, reason=error),))
            return
        file = _File(_as_file(pdf, folder), folder, document.page_count, _per_mm(ppi), icc)
        try:
            for view in document.pages():
                told = view.number + counted_from - 1
                if only is None or told == only:
                    yield told, _page(file, view, told)
        except TooSlowError as error:
            yield told, Outcome(None, (diagnose("plates/too-slow", None, page=told, reason=error),))
        except PdfError as error:
            yield 0, Outcome(None, (diagnose("plates/unreadable", None, reason=str(error)[:100]),))


def no_ghostscript() -> Diagnostic:
    """That the renderer is missing, and how it is installed."""
    return diagnose("plates/no-ghostscript", None, command=SYSTEM_PACKAGE)


class _File(msgspec.Struct, frozen=True):
    """The PDF, the folder in which it is rendered, how fine, and the profile of the press."""

    path: Path
    folder: Path
    pages: int
    per_mm: int
    icc: bytes


def _page(file: _File, view: PageView, told: int) -> Outcome[Plates]:
    fault = _size_fault(view, told, file.per_mm)
    if fault is not None:
        return Outcome(None, (fault,))
    try:
        channels, found = _rendered(file, view, told)
    except MissingError:
        return Outcome(None, (no_ghostscript(),))
    except TooSlowError:
        raise
    except (FailedError, DamagedError) as error:
        return Outcome(None, (diagnose("plates/not-rendered", None, page=told, reason=error),))
    turned = view.rotation % 360
    plates = Plates(told, file.pages, channels.width, channels.height, file.per_mm, turned, channels.plates)
    return Outcome(plates, found)


def _rendered(file: _File, view: PageView, told: int) -> tuple[Channels, tuple[Diagnostic, ...]]:
    """The plates, and what is to be said of the rendering.

    With a profile that it cannot use Ghostscript draws nothing, and says nothing; so a page without ink is rendered
    again by Ghostscript's own.
    """
    channels, said = _drawn(file, view, file.icc)
    refused: tuple[Diagnostic, ...] = ()
    if file.icc and all(plate.is_blank for plate in channels.plates):
        channels, said = _drawn(file, view, b"")
        if not all(plate.is_blank for plate in channels.plates):
            refused = (diagnose("plates/profile-refused", None, page=told),)
    if said:
        refused += (diagnose("plates/not-silent", None, page=told, what=said[0], more=len(said) - 1),)
    return channels, refused


def _drawn(file: _File, view: PageView, icc: bytes) -> tuple[Channels, tuple[str, ...]]:
    written = file.folder / _PLATES
    written.unlink(missing_ok=True)
    (file.folder / _ICC).write_bytes(icc)
    said = run_ghostscript(_arguments(view, file.per_mm, bool(icc)), file.path, file.folder, SECONDS)
    try:
        with written.open("rb") as opened:
            return read_channels(opened, MAX_BYTES), said
    except FileNotFoundError:
        raise FailedError("nothing was drawn") from None


def _arguments(view: PageView, per_mm: int, has_icc: bool) -> tuple[str, ...]:
    averaged = max(1, min(_MOST_AVERAGED, _FINEST // per_mm))
    box = "Trim" if view.trim else "Art" if view.art else "Crop"
    icc = (f"-sOutputICCProfile={_ICC}", f"-sDefaultCMYKProfile={_ICC}", f"--permit-file-read={_ICC}")
    return (
        "-sDEVICE=psdcmyk",
        f"-r{per_mm * averaged * _MM_PER_INCH:.4f}",
        f"-dDownScaleFactor={averaged}",
        f"-dMaxSpots={_SPOTS}",
        f"-dUse{box}Box",
        f"-dFirstPage={view.number}",
        f"-dLastPage={view.number}",
        *(icc if has_icc else ()),
        f"-sOutputFile={_PLATES}",
    )


def _per_mm(ppi: int) -> int:
    return max(2, round(ppi / _MM_PER_INCH))


def _size_fault(view: PageView, told: int, per_mm: int) -> Diagnostic | None:
    """That the page has no size that can be rendered. A hostile one is as large as it likes."""
    left, bottom, right, top = view.paper
    unit = number(entry(view.raw, "/UserUnit")) or 1.0
    width, height = (round(abs(side * unit) * _MM_PER_PT) for side in (right - left, top - bottom))
    if 0 < width * height * per_mm * per_mm <= MAX_PIXELS:
        return None
    return diagnose("plates/page-size", None, page=told, size=f"{width} × {height} mm")


def _as_file(pdf: Path | bytes, folder: Path) -> Path:
    if isinstance(pdf, Path):
        return pdf
    path = folder / _GIVEN
    path.write_bytes(pdf)
    return path
