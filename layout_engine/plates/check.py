"""Does the rendered page carry more ink than the press takes (总墨量检查)? PR-48; and PR-87: it renders in silence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.pdf.profile import Profile
from layout_engine.plates.ink import InkMap, Square, measure_ink
from layout_engine.plates.render import PPI, each_page
from layout_engine.preflight.findings import Finding, Ledger

_INK: Final = "PR-48"
_RENDERS: Final = "PR-87"


def check_total_ink(source: Path | bytes, profile: Profile, counted_from: int = 1) -> tuple[Diagnostic, ...]:
    """What is wrong with the ink of a written PDF, all its pages; `counted_from` is what its first page is told as."""
    return tuple(one.diagnostic for one in ink_findings(source, profile, counted_from))


def ink_findings(source: Path | bytes, profile: Profile, counted_from: int = 1) -> Iterator[Finding]:
    """The same, each with its page and its place in mm from the trim's left upper corner, page by page."""
    for page, outcome in each_page(source, PPI, profile.icc, counted_from=counted_from):
        yield from not_rendered(page, outcome.diagnostics)
        if outcome.value is not None:
            yield from over_limit(page, measure_ink(outcome.value, profile.total_ink))


def not_rendered(page: int, diagnostics: tuple[Diagnostic, ...]) -> Iterator[Finding]:
    """What the renderer had to say, as findings of PR-87."""
    for one in diagnostics:
        yield Finding(_RENDERS, page or None, None, None, None, 1, one)


def over_limit(page: int, ink: InkMap) -> tuple[Finding, ...]:
    """The worst square of each place with more ink than the press takes."""
    ledger = Ledger()
    for square in ink.patches:
        values: dict[str, object] = {
            "ink": f"{square.percent:.0f}",
            "limit": f"{ink.limit:g}",
            "parts": parts(square),
            "area": f"{ink.over_mm2:.0f}",
        }
        ledger.add(_INK, "plates/total-ink", page, None, (square.x_mm, square.y_mm), values)
    return ledger.all()


def parts(square: Square) -> str:
    """The inks on a square: C 60 M 55 K 90."""
    return " ".join(f"{name} {percent:.0f}" for name, percent in square.parts if percent >= 0.5)
