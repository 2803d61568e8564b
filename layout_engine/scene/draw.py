"""Draw the layout (成像): lines become glyph runs at fixed positions; marks are taken over as they are."""

from collections.abc import Iterator, Sequence

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.page.model import PageLayout, PlacedLine, RegionLayout
from layout_engine.scene.items import GlyphRun, Imprint, Scene, SceneItem, ScenePage, SceneRegion
from layout_engine.typography.model import UPRIGHT, ShapedParagraph, Stance

_BOX_WEIGHT = 16  # the marked box in place of a missing glyph: rules of a sixteenth of an em
_ASCENT_PERMILLE = 880  # from the baseline up to the top of the em box


def draw(pages: Sequence[PageLayout], imprint: Imprint) -> Scene:
    """The scene of all pages; in each region first what stands behind, then its text in reading order."""
    return Scene(
        imprint,
        tuple(_draw_page(page) for page in pages),
        {
            account.part.key: account.part.copy
            for page in pages
            for region in page.regions
            for account in region.accounts
        },
    )


def _draw_page(page: PageLayout) -> ScenePage:
    spec = page.spec
    return ScenePage(
        spec.number,
        spec.name,
        spec.file_name,
        spec.trim,
        spec.bleed,
        spec.inks,
        tuple(_draw_region(region) for region in page.regions),
    )


def _draw_region(layout: RegionLayout) -> SceneRegion:
    items: list[SceneItem] = [*layout.behind]
    for line in layout.lines:
        items += _draw_line(line)
    return SceneRegion(layout.region.id, layout.region.kind, layout.rect, tuple(items))


def _draw_line(placed: PlacedLine) -> Iterator[SceneItem]:
    """The line's runs, one for each stretch of one face; a cluster that no face has becomes a box of rules."""
    line, shaped = placed.line, placed.paragraph
    for first, last, face, stance in stretches(shaped, line.start, line.drawn):
        start = first
        for cluster in range(first, last + 1):
            if cluster < last and shaped.gids[cluster]:
                continue
            if start < cluster:
                yield _run(placed, start, cluster, face, stance)
            if cluster < last:
                yield from _missing_box(placed, line.pens[cluster - line.start])
            start = cluster + 1


def stretches(shaped: ShapedParagraph, start: int, end: int) -> Iterator[tuple[int, int, str, Stance]]:
    """The parts of the clusters `start` up to `end` of one face and stance each: first, after the last, these two."""
    bounds = [*(first for first, _ in shaped.faces[1:]), len(shaped)]
    for (first, face), last in zip(shaped.faces, bounds, strict=True):
        if max(first, start) < min(last, end):
            if shaped.stances:
                yield from _stances(shaped, max(first, start), min(last, end), face)
            else:
                yield max(first, start), min(last, end), face, UPRIGHT


def _stances(shaped: ShapedParagraph, start: int, end: int, face: str) -> Iterator[tuple[int, int, str, Stance]]:
    bounds = [*(first for first, _ in shaped.stances[1:]), len(shaped)]
    for (first, stance), last in zip(shaped.stances, bounds, strict=True):
        if max(first, start) < min(last, end):
            yield max(first, start), min(last, end), face, stance


def _run(placed: PlacedLine, first: int, last: int, face: str, stance: Stance) -> GlyphRun:
    line, shaped = placed.line, placed.paragraph
    starts = shaped.starts[first : last + 1]
    marks = tuple(
        (cluster - first, extra.gid, extra.dx, extra.dy)
        for cluster in (shaped.extras if shaped.extras else ())
        if first <= cluster < last
        for extra in shaped.extras[cluster]
    )
    return GlyphRun(
        key=shaped.key,
        face=face,
        size=shaped.size,
        narrow=shaped.narrow if stance.posture == "upright" else stance.narrow,
        ink=placed.ink,
        direction=shaped.direction,
        x=placed.x,
        y=placed.y,
        gids=shaped.gids[first:last],
        pens=line.pens[first - line.start : last - line.start],
        shifts=shaped.dy[first:last] if shaped.dy else (),
        starts=starts,
        text=shaped.text[starts[0] : starts[-1]],
        marks=marks,
        posture=stance.posture,
    )


def _missing_box(placed: PlacedLine, pen: int) -> Iterator[Rule]:
    """A hollow square of one em in the line's ink: what a proof shows for a character without a face (TY-115)."""
    size, ink = placed.paragraph.size, placed.ink
    weight = size // _BOX_WEIGHT
    if placed.paragraph.direction == "horizontal":
        left, top = placed.x + pen, placed.y - size * _ASCENT_PERMILLE // 1000
    else:
        left, top = placed.x - size // 2, placed.y + pen
    yield Rule(Rect(left, top, size, weight), ink)
    yield Rule(Rect(left, top + size - weight, size, weight), ink)
    yield Rule(Rect(left, top + weight, weight, size - 2 * weight), ink)
    yield Rule(Rect(left + size - weight, top + weight, weight, size - 2 * weight), ink)
