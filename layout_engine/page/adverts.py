"""How an advertisement meets its hole (广告入版): as it is, within a tolerance; a wrong size is told, not stretched."""

from fractions import Fraction
from typing import Final

from layout_engine.adverts.model import Advert, advert_key
from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import format_mm, mm, round_half_up
from layout_engine.spec.model_regions import AdRegion
from layout_engine.spec.resolved import Region

_TOLERANCE: Final = mm(1)  # PR-91
_MOST_SCALED: Final = Fraction(1, 100)  # PR-90


def advert_of(region: Region) -> str | None:
    """The key of the PDF page that a region asks for; None where it asks for none."""
    spec = region.spec
    file = region.files.get("art", "")
    if not isinstance(spec, AdRegion) or not is_document(file):
        return None
    page = spec.page if isinstance(spec.page, int) else None
    return advert_key(file, page, spec.box if isinstance(spec.box, str) else None)


def is_document(file: str) -> bool:
    """Whether an advertisement of this name is a document, to be looked into, and no picture."""
    return file.lower().endswith(_DOCUMENTS)


_DOCUMENTS: Final = (".pdf", ".eps", ".epsf", ".ps", ".ai")


def place_advert(advert: Advert, key: str, hole: Rect, span: Span, findings: Findings) -> PlacedPage:
    """The page in the middle of its hole, scaled evenly and by no more than one in a hundred."""
    size = advert.frame.width, advert.frame.height
    fits = abs(size[0] - hole.width) <= _TOLERANCE and abs(size[1] - hole.height) <= _TOLERANCE
    if not fits:
        findings.add(
            "ad/size",
            span,
            file=advert.file,
            size=_shown(*size),
            hole=_shown(hole.width, hole.height),
            tolerance=format_mm(_TOLERANCE),
        )
    scale = _scale(size, hole) if fits else Fraction(1)
    width, height = (round_half_up(side * scale) for side in size)
    rect = Rect(hole.x + (hole.width - width) // 2, hole.y + (hole.height - height) // 2, width, height)
    return PlacedPage(rect, hole, size, key, advert.file, advert.page, advert.box, span)


def _scale(size: tuple[int, int], hole: Rect) -> Fraction:
    wanted = min(Fraction(hole.width, size[0]), Fraction(hole.height, size[1]))
    return min(max(wanted, 1 - _MOST_SCALED), 1 + _MOST_SCALED)


def _shown(width: int, height: int) -> str:
    return f"{format_mm(width)} × {format_mm(height)}"
