"""Does the rendered page carry more ink than the press takes (总墨量检查)? PR-48; and PR-87: it renders in silence."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.pdf.profile import Profile
from layout_engine.plates.ghostscript import find_ghostscript
from layout_engine.plates.ink import InkMap, Square, measure_ink
from layout_engine.plates.model import Plates
from layout_engine.plates.render import PPI, SYSTEM_PACKAGE, each_page
from layout_engine.preflight.findings import Finding, Tally

Place: TypeAlias = tuple[float, float]  # mm from the left and the top

_INK: Final = "PR-48"
_RENDERS: Final = "PR-87"


def check_total_ink(source: Path | bytes, profile: Profile, counted_from: int = 1) -> tuple[Diagnostic, ...]:
    """What is wrong with the ink of a written PDF, all its pages; `counted_from` is what its first page is told as.

    For builds: that the renderer is missing is a warning and stands in nobody's way.
    """
    if find_ghostscript() is None:
        return (diagnose("plates/not-measured", None, command=SYSTEM_PACKAGE),)
    return tuple(one.diagnostic for one in ink_findings(source, profile, counted_from))


def as_seen(square: Square) -> Place:
    """Where a person sees it, who has turned the page as the file says."""
    return square.x_mm, square.y_mm


def as_written(plates: Plates, square: Square) -> Place:
    """Where it is on the page as written, before it is turned: there the preflight has its places."""
    width, height = (side - square.side_mm for side in plates.size_mm)
    x, y = square.x_mm, square.y_mm
    places = {90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}
    across, down = places.get(plates.turned, (x, y))
    return round(across, 2), round(down, 2)


def ink_findings(source: Path | bytes, profile: Profile, counted_from: int = 1) -> Iterator[Finding]:
    """The same for a check that must be made, each with its page and place in mm from the trim's left upper corner."""
    for page, outcome in each_page(source, PPI, profile.icc, counted_from=counted_from):
        yield from not_rendered(page, outcome.diagnostics)
        if outcome.value is not None:
            yield from over_limit(
                page, measure_ink(outcome.value, profile.total_ink), partial(as_written, outcome.value)
            )


def not_rendered(page: int, diagnostics: tuple[Diagnostic, ...]) -> Iterator[Finding]:
    """What the renderer had to say, as findings of PR-87."""
    for one in diagnostics:
        yield Finding(_RENDERS, page or None, None, None, None, 1, one)


def over_limit(page: int, ink: InkMap, place: Callable[[Square], Place] = as_seen) -> tuple[Finding, ...]:
    """The worst square of each place with more ink than the press takes; `place` says where on the page it is."""
    tally = Tally()
    for square in ink.patches:
        values: dict[str, object] = {
            "ink": f"{square.percent:.0f}",
            "limit": f"{ink.limit:g}",
            "parts": parts(square),
            "area": f"{ink.over_mm2:.0f}",
        }
        x, y = place(square)
        box = (x, y, x + square.side_mm, y + square.side_mm)
        tally.add(_INK, "plates/total-ink", page, None, box, values)
    return tally.all()


def parts(square: Square) -> str:
    """The inks on a square: C 60 M 55 K 90."""
    return " ".join(f"{name} {percent:.0f}" for name, percent in square.parts if percent >= 0.5)
