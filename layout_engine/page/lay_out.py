"""Lay out a page (排版): every region composed by its kind, in an order in which each knows where it starts."""

from collections.abc import Mapping, Sequence

import msgspec

from layout_engine.base.diagnostics import Findings, Outcome
from layout_engine.base.geometry import Rect
from layout_engine.content.art import Outline
from layout_engine.content.model import Copy
from layout_engine.faces.fallback import Faces
from layout_engine.page.model import PageLayout, RegionLayout
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import Composing, RegionKind
from layout_engine.spec.resolved import PageSpec, Region


class Materials(msgspec.Struct, frozen=True):
    """What pages are made of: the copy, fixed art and picture sizes by file, faces, and the house's names."""

    copy: Copy
    arts: Mapping[str, Outline]
    pixels: Mapping[str, tuple[int, int]]
    faces: Faces
    names: tuple[str, ...]


def lay_out_page(
    page: PageSpec, materials: Materials, kinds: Sequence[RegionKind] = BUILT_IN_KINDS
) -> Outcome[PageLayout]:
    """The page with every region composed; findings for what does not fit. Never raises for what a user wrote."""
    findings = Findings()
    desk = Composing(page, materials.copy, materials.arts, materials.pixels, materials.faces, materials.names, findings)
    compose = {kind.spec: kind.compose for kind in kinds}
    done: dict[str, RegionLayout] = {}
    for region in _in_order(page.regions):
        placed = _under(region, done, page)
        done[region.id] = compose[type(region.spec)](placed, desk)
    _report_collisions(done, findings)
    order = dict.fromkeys((*page.reading_order, *(region.id for region in page.regions)))
    return Outcome(PageLayout(page, tuple(done[name] for name in order)), findings.all())


def _in_order(regions: tuple[Region, ...]) -> list[Region]:
    """The regions so that each comes after the one that it stands below; cycles were refused with the spec."""
    left, ordered, placed = list(regions), list[Region](), set[str]()
    while left:
        ready = [one for one in left if one.below is None or one.below in placed] or left
        ordered += ready
        placed |= {one.id for one in ready}
        left = [one for one in left if one.id not in placed]
    return ordered


def _under(region: Region, done: Mapping[str, RegionLayout], page: PageSpec) -> Region:
    """The region moved up under the open-ended one that it stands below, now that its end is known."""
    above = done.get(region.below or "")
    if above is None or not above.region.open_ended or region.rows is None:
        return region
    grid = page.grid
    ends_at = -(-(above.rect.bottom - grid.type_area.y) // grid.row)  # the row in which the text above ends
    moved = ends_at + 1 - region.rows[0]
    last = region.rows[1] if region.open_ended else region.rows[1] + moved
    y, height = grid.rows_rect(region.rows[0] + moved, last)
    rect = Rect(region.rect.x, y, region.rect.width, height)
    return msgspec.structs.replace(region, rect=rect, rows=(region.rows[0] + moved, last))


def _report_collisions(done: Mapping[str, RegionLayout], findings: Findings) -> None:
    """Open-ended regions that grew, or were pushed, into what they may not cover."""
    layouts = list(done.values())
    for number, one in enumerate(layouts):
        for other in layouts[number + 1 :]:
            moved = one.region.open_ended or other.region.open_ended or one.region.below or other.region.below
            allowed = other.region.id in one.region.over or one.region.id in other.region.over
            if (
                moved
                and not allowed
                and one.rect.overlaps(other.rect)
                and "rule" not in (one.region.kind, other.region.kind)
            ):
                findings.add("page/collision", one.region.span, region=one.region.id, other=other.region.id)
