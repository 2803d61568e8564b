"""Lay out a page (排版): every region composed by its kind, in an order in which each knows where it starts."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from layout_engine.adverts.model import Advert
from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture
from layout_engine.base.recall import Recall
from layout_engine.content.art import Outline
from layout_engine.content.model import Copy
from layout_engine.faces.fallback import Faces
from layout_engine.page.adverts import advert_of
from layout_engine.page.galley import Galley
from layout_engine.page.model import PageLayout, RegionLayout
from layout_engine.page.regions.article import frame_rects
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import Composing, RegionKind
from layout_engine.page.slots import TextColumn
from layout_engine.spec.model_regions import ArticleRegion, RegionSpec
from layout_engine.spec.resolved import Grid, PageSpec, Region, StoryPart


class Materials(msgspec.Struct, frozen=True):
    """What pages are made of: copy, fixed art and picture sizes by file, adverts by key, faces, the house's names.

    A `galley` is for one who sets the same story again and again.
    """

    copy: Copy
    arts: Mapping[str, Outline]
    pixels: Mapping[str, tuple[int, int]]
    faces: Faces
    names: tuple[str, ...]
    galley: Galley | None = None
    adverts: Mapping[str, Advert] = {}  # msgspec gives each its own


def lay_out_page(
    page: PageSpec,
    materials: Materials,
    kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
    recall: Recall | None = None,
) -> Outcome[PageLayout]:
    """The page with every region composed; findings for what does not fit. Never raises for what a user wrote.

    With a `recall`, a region is composed again only if it, its copy, or the page's grid, styles or inks changed.
    """
    findings = Findings()
    memory = recall or Recall()
    known = {kind.spec: kind for kind in kinds}
    done: dict[str, RegionLayout] = {}
    for region in _after_others(page.regions, lambda one: (one.below,) if one.below else ()):
        placed = _under(region, done, page, findings)
        composed = _recalled(placed, page, materials, known, memory)
        done[region.id] = composed.layout
        findings.extend(composed.diagnostics)
    _report_collisions(done, page.grid, findings)
    return Outcome(PageLayout(page, tuple(done[region.id] for region in _to_read(page))), findings.all())


def place_pictures(
    page: PageSpec, materials: Materials, kinds: Sequence[RegionKind], recall: Recall
) -> tuple[Picture, ...]:
    """The pictures of the page's regions, those that stand below others apart: what can be begun before the text.

    The regions are composed for it, and `lay_out_page` with the same `recall` takes them over.
    """
    known = {kind.spec: kind for kind in kinds}
    placed: list[Picture] = []
    for region in page.regions:
        if region.below is None and (hasattr(region.spec, "photo") or region.files):
            composed = _recalled(region, page, materials, known, recall)
            placed += [mark for mark in composed.layout.behind if isinstance(mark, Picture)]
    return tuple(placed)


_Kinds = Mapping[type[RegionSpec], RegionKind]


class _Composed(msgspec.Struct, frozen=True):
    """A region's layout and what was found on the way."""

    layout: RegionLayout
    diagnostics: tuple[Diagnostic, ...]


def _recalled(
    region: Region,
    page: PageSpec,
    materials: Materials,
    kinds: _Kinds,
    recall: Recall,
) -> _Composed:
    return recall.get(
        ("region", page.number, region.id),
        _made_from(region, page, materials),
        partial(_compose, region, page, materials, kinds),
    )


def _compose(region: Region, page: PageSpec, materials: Materials, kinds: _Kinds) -> _Composed:
    findings = Findings()
    desk = _desk(page, materials, findings, kinds)
    layout = kinds[type(region.spec)].compose(region, desk)
    return _Composed(layout, findings.all())


def _desk(page: PageSpec, materials: Materials, findings: Findings, kinds: _Kinds) -> Composing:
    return Composing(
        page,
        materials.copy,
        materials.arts,
        materials.pixels,
        materials.faces,
        materials.names,
        findings,
        partial(_columns_of, materials, kinds),
        materials.galley,
        materials.adverts,
    )


def _columns_of(materials: Materials, kinds: _Kinds, part: StoryPart) -> tuple[TextColumn, ...]:
    """The columns of a part on another page, as that page composes it; what is found there is told there."""
    columns = kinds[type(part.region.spec)].columns
    return columns(part.region, _desk(part.page, materials, Findings(), kinds)) if columns else ()


def _made_from(region: Region, page: PageSpec, materials: Materials) -> tuple[object, ...]:
    """All that a region's layout depends on; what another region holds is none of its business.

    The parts of a story that jumps come with their pages.
    """
    story = materials.copy.stories.get(getattr(region.spec, "story", ""))
    photo = materials.copy.photos.get(getattr(region.spec, "photo", ""))
    arts = [materials.arts.get(file) for file in region.files.values()]
    pixels = [materials.pixels.get(file) for file in region.files.values()]
    about_page = (page.number, page.grid, page.styles, page.inks)
    advert = materials.adverts.get(advert_of(region) or "")
    return (region, about_page, story, photo, arts, pixels, advert, materials.faces, materials.names)


def _to_read(page: PageSpec) -> list[Region]:
    """The regions in reading order, which is that of painting too: what lies over another comes after it."""
    by_id = {region.id: region for region in page.regions}
    order = dict.fromkeys((*page.reading_order, *by_id))
    return _after_others([by_id[name] for name in order], lambda region: region.over)


def _after_others(regions: Sequence[Region], others: Callable[[Region], tuple[str, ...]]) -> list[Region]:
    """The regions in their order, but each after the `others` that it names; in a circle as they stand."""
    known = {one.id for one in regions}
    left, ordered, placed = list(regions), list[Region](), set[str]()
    while left:
        ready = next((one for one in left if placed.issuperset(known.intersection(others(one)))), left[0])
        ordered.append(ready)
        placed.add(ready.id)
        left.remove(ready)
    return ordered


def _under(region: Region, done: Mapping[str, RegionLayout], page: PageSpec, findings: Findings) -> Region:
    """The region moved under the one that it stands below, now that the end of that one is known."""
    above = done.get(region.below or "")
    if above is None or region.rows is None:
        return region
    grid = page.grid
    ends_at = -(-(above.rect.bottom - grid.type_area.y) // grid.row)  # the row in which what is above ends
    moved = ends_at + 1 - region.rows[0]
    if moved == 0:
        return region
    first, last = region.rows[0] + moved, region.rows[1] if region.open_ended else region.rows[1] + moved
    if max(first, last) > grid.rows:
        beyond = max(first, last) - grid.rows
        findings.add("page/pushed-off", region.span, region=region.id, above=above.region.id, rows=beyond)
    y, height = grid.rows_rect(first, last)
    rect = Rect(region.rect.x, y, region.rect.width, height)
    return msgspec.structs.replace(region, rect=rect, rows=(first, last))


def _report_collisions(done: Mapping[str, RegionLayout], grid: Grid, findings: Findings) -> None:
    """Open-ended regions that grew, or were pushed, into what they may not cover."""
    layouts = list(done.values())
    for number, one in enumerate(layouts):
        for other in layouts[number + 1 :]:
            moved = one.region.open_ended or other.region.open_ended or one.region.below or other.region.below
            allowed = other.region.id in one.region.over or one.region.id in other.region.over
            if (
                moved
                and not allowed
                and any(part.overlaps(its) for part in covered(one, grid) for its in covered(other, grid))
                and "rule" not in (one.region.kind, other.region.kind)
            ):
                findings.add("page/collision", one.region.span, region=one.region.id, other=other.region.id)


def covered(layout: RegionLayout, grid: Grid) -> tuple[Rect, ...]:
    """The rectangles that a region really covers: the frames of a chain, or its own."""
    spec = layout.region.spec
    if isinstance(spec, ArticleRegion) and isinstance(spec.chain, tuple):
        return frame_rects(grid, layout.region, spec)
    return (layout.rect,)
