"""From a place on the page back to the copy (溯源): whose glyph, picture, tint or rule stands there, and its line.

A check of the written file knows only where on the paper something is; the Scene knows from which character of which
file it came.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.base.units import SU_PER_PT
from layout_engine.preflight.findings import Finding
from layout_engine.preflight.plane import MM_PER_PT, Box, common
from layout_engine.scene.items import GlyphRun, Scene, SceneItem, ScenePage

_ASCENT: Final = 0.88  # of the em, from the baseline to the top of its box
_SLACK: Final = 0.05 / MM_PER_PT * SU_PER_PT  # a rule may be thinner than the rounding of its place

Place = Mapping[str, Span]  # where the spec asks for each region


class Trace(msgspec.Struct, frozen=True):
    """What stands at a place: its line of the copy or of the spec, and its text, empty where it is none."""

    span: Span
    text: str


def traced(finding: Finding, scene: Scene, page: ScenePage, places: Place) -> Diagnostic:
    """The finding as a diagnostic at the line that it comes from; as it was where nothing of the page stands there."""
    found = None if finding.spot is None else trace(finding.spot.box, scene, page, places)
    return finding.diagnostic if found is None else msgspec.structs.replace(finding.diagnostic, span=found.span)


def trace(box_mm: Box, scene: Scene, page: ScenePage, places: Place) -> Trace | None:
    """Whose `box_mm` is, in mm from the trim's left upper corner: what is most nearly as large and stands there."""
    box = _in_su(box_mm, page.trim)
    best, found = 0.0, None
    for region in page.regions:
        for item in region.items:
            for part, at in _parts(item, box):
                likeness = _likeness(box, part)
                if likeness > 0 and likeness >= best:  # of two alike, what was painted later lies above
                    traced_here = _trace_of(item, at, scene, places.get(region.id))
                    if traced_here is not None:
                        best, found = likeness, traced_here
    return found


def _parts(item: SceneItem, box: Box) -> Iterator[tuple[Box, tuple[int, int]]]:
    """The box of the item, and the first and last of its glyphs in it; of a run, only what of it lies in `box`."""
    if not isinstance(item, GlyphRun):
        yield _widened(_of_rect(item.clip if isinstance(item, PlacedPage) else item.rect), _SLACK), (0, 0)
        return
    if not item.gids or common(_line_of(item), box) is None:
        return
    inside = [(number, cell) for number, cell in enumerate(_cells(item)) if _shared(cell, box) > 0]
    if inside:
        lefts, tops, rights, feet = zip(*(cell for _, cell in inside), strict=True)
        yield (min(lefts), min(tops), max(rights), max(feet)), (inside[0][0], inside[-1][0])


def _trace_of(item: SceneItem, at: tuple[int, int], scene: Scene, region: Span | None) -> Trace | None:
    if isinstance(item, GlyphRun):
        source = scene.sources.get(item.key)
        if source is None:
            return None
        first, last = item.starts[at[0]], item.starts[at[1] + 1]
        return Trace(source.span(first), item.text[first - item.starts[0] : last - item.starts[0]])
    span = item.span if isinstance(item, Picture | PlacedPage) else region
    return None if span is None else Trace(span, "")


def _line_of(run: GlyphRun) -> Box:
    """A box that holds all of the run, whatever its shifts."""
    reach = max(abs(one) for one in (0, *run.shifts)) + run.size
    end = run.pens[-1] + run.size
    if run.direction == "vertical":
        return (run.x - reach, run.y - reach, run.x + reach, run.y + end)
    return (run.x - reach, run.y - reach, run.x + end, run.y + reach)


def _cells(run: GlyphRun) -> Iterator[Box]:
    """The em box of each glyph, no wider than to the next pen."""
    em = run.size
    for number, pen in enumerate(run.pens):
        shift = run.shifts[number] if run.shifts else 0
        ahead = run.pens[number + 1] - pen if number + 1 < len(run.pens) else 0
        step = ahead if 0 < ahead < em else em
        if run.direction == "vertical":
            x = run.x + (shift if run.posture == "upright" else -shift)
            yield (x - em / 2, run.y + pen, x + em / 2, run.y + pen + step)
        else:
            x, y = run.x + pen, run.y + shift
            yield (x, y - em * _ASCENT, x + step, y + em * (1 - _ASCENT))


def _likeness(one: Box, other: Box) -> float:
    """How much of both together they share: 1 where they are the same, 0 where they are apart."""
    shared = _shared(one, other)
    return shared / (_area(one) + _area(other) - shared) if shared > 0 else 0.0


def _shared(one: Box, other: Box) -> float:
    both = common(one, other)
    return 0.0 if both is None else _area(both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _widened(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _of_rect(rect: Rect) -> Box:
    return (rect.x, rect.y, rect.right, rect.bottom)


def _in_su(box_mm: Box, trim: Rect) -> Box:
    x0, y0, x1, y1 = (edge / MM_PER_PT * SU_PER_PT for edge in box_mm)
    return _widened((trim.x + x0, trim.y + y0, trim.x + x1, trim.y + y1), _SLACK)
