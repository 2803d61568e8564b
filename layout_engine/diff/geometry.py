"""Regions and what is drawn in them (版位): moved, resized, come and gone; rules, tints and outlines."""

from collections.abc import Iterator, Sequence

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import format_mm
from layout_engine.diff.model import Change, Fact, Op, Place, Side
from layout_engine.scene.items import GlyphRun, SceneRegion
from layout_engine.scene.record import PageRecord


class RegionPair(msgspec.Struct, frozen=True):
    """A region in both editions; one side is None where it is gone or has come."""

    page: int
    old: SceneRegion | None
    new: SceneRegion | None

    @property
    def is_resized(self) -> bool:
        old, new = self.old, self.new
        return bool(old and new and (old.rect.width, old.rect.height) != (new.rect.width, new.rect.height))


def pair_regions(old: PageRecord, new: PageRecord) -> list[RegionPair]:
    """By name; of those left, one of the same kind at the same place or with the same text is the same one renamed."""
    number = new.page.number
    before = {region.id: region for region in old.page.regions}
    pairs: list[RegionPair] = []
    come: list[SceneRegion] = []
    for region in new.page.regions:
        if region.id in before:
            pairs.append(RegionPair(number, before.pop(region.id), region))
        else:
            come.append(region)
    for region in come:
        twin = next((one for one in before.values() if _is_twin(one, region)), None)
        if twin is not None:
            del before[twin.id]
        pairs.append(RegionPair(number, twin, region))
    return [*pairs, *(RegionPair(number, region, None) for region in before.values())]


def _is_twin(old: SceneRegion, new: SceneRegion) -> bool:
    said = _said(new)
    return old.kind == new.kind and (old.rect == new.rect or (bool(said) and said == _said(old)))


def _said(region: SceneRegion) -> str:
    return "".join(item.text for item in region.items if isinstance(item, GlyphRun))


def region_changes(pair: RegionPair, *, pushed: bool = False) -> Iterator[Change]:
    """The region itself: moved, resized, come, gone; of one that others `pushed`, only what is across the page."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        op: Op = "insert" if old is None else "delete"
        yield Change("geometry", op, _side(pair.page, old), _side(pair.page, new), (_region_fact(old, new),))
    elif old.rect != new.rect and not (pushed and (old.rect.x, old.rect.width) == (new.rect.x, new.rect.width)):
        yield Change(
            "geometry",
            "replace" if pair.is_resized else "move",
            _side(pair.page, old),
            _side(pair.page, new),
            tuple(rect_facts(old.rect, new.rect)),
        )


def _region_fact(old: SceneRegion | None, new: SceneRegion | None) -> Fact:
    return Fact("extent", extent(old.rect) if old else "", extent(new.rect) if new else "")


def _side(page: int, region: SceneRegion | None, rects: Sequence[Rect] = ()) -> Side | None:
    if region is None:
        return None
    return Side(
        f"page-{page}/{region.id}", region.kind, places=(Place(page, region.id, tuple(rects) or (region.rect,)),)
    )


def rect_facts(old: Rect, new: Rect) -> Iterator[Fact]:
    """From where to where, and from what size to what."""
    if (old.x, old.y) != (new.x, new.y):
        yield Fact("place", _corner(old), _corner(new))
    if (old.width, old.height) != (new.width, new.height):
        yield Fact("extent", extent(old), extent(new))


def _corner(rect: Rect) -> str:
    return f"{format_mm(rect.x)}, {format_mm(rect.y)}"


def extent(rect: Rect) -> str:
    """Width and height in mm."""
    return f"{format_mm(rect.width)} × {format_mm(rect.height)}"
