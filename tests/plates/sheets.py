"""Small PDFs of swatches (色块), written with another library: what their plates hold is known by counting."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout_engine.plates.ghostscript import find_ghostscript
from layout_engine.plates.ink import InkMap, measure_ink
from layout_engine.plates.model import Plates
from layout_engine.plates.render import render_plates

needs_ghostscript: Final = pytest.mark.skipif(find_ghostscript() is None, reason="Ghostscript is not installed")

PT_PER_MM: Final = 72 / 25.4
SIDE_MM: Final = 40
_AROUND_MM: Final = 5  # paper around the trim
OVERPRINTS: Final = "/Over gs"
KNOCKS_OUT: Final = "/Knock gs"


def a_sheet(*painted: str, spots: Sequence[str] = (), pages: int = 1, **entries: Any) -> bytes:
    """A page of 40 × 40 mm within more paper; coordinates are in mm from the trim's left lower corner."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=((SIDE_MM + 2 * _AROUND_MM) * PT_PER_MM,) * 2).obj
        page.TrimBox = Array([at * PT_PER_MM for at in (_AROUND_MM, _AROUND_MM, *(SIDE_MM + _AROUND_MM,) * 2)])
        page.Resources = Dictionary(
            ExtGState=Dictionary(
                Over=Dictionary(OP=True, op=True, OPM=1), Knock=Dictionary(OP=False, op=False),
                Multiply=Dictionary(BM=Name.Multiply),
            ),
            ColorSpace=Dictionary({f"/Spot{at}": _spot(name) for at, name in enumerate(spots)}),
        )  # fmt: skip
        moved = f"{PT_PER_MM} 0 0 {PT_PER_MM} {_AROUND_MM * PT_PER_MM} {_AROUND_MM * PT_PER_MM} cm"
        page.Contents = pdf.make_stream("\n".join((moved, *painted)).encode())
        for key, value in entries.items():
            page[f"/{key}"] = value(pdf) if callable(value) else value
    return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def a_field(color: str, x: float, y: float, width: float, height: float) -> str:
    """A filled rectangle: `0 1 0 0 k`, then its corner and size in mm."""
    return f"{color} {x} {y} {width} {height} re f"


def plates_of(pdf: bytes | Path, page: int = 1, ppi: int = 100, icc: bytes = b"") -> Plates:
    outcome = render_plates(pdf, page, ppi, icc)
    assert outcome.value is not None, [one.message("en") for one in outcome.diagnostics]
    assert outcome.diagnostics == ()
    return outcome.value


def ink_of(pdf: bytes, limit: float = 240, square_mm: int = 1) -> InkMap:
    return measure_ink(plates_of(pdf), limit, square_mm)


def inks_at(plates: Plates, x_mm: float, y_mm: float) -> dict[str, int]:
    """The ink in per cent at a place, from the trim's left lower corner; plates without any are left out."""
    row = plates.height - 1 - int(y_mm * plates.per_mm)
    at = row * plates.width + int(x_mm * plates.per_mm)
    found = {plate.short: round(100 * plate.ink[at] / 255) for plate in plates.plates}
    return {name: percent for name, percent in found.items() if percent}


def _spot(name: str) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 1, 0], N=1)
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint])
