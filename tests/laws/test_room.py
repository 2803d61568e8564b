"""容身, the law of room: what a region holds lies inside it, and regions lie on one another only by leave."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from layout_engine.base.geometry import Rect
from layout_engine.content.model import Photo, Story
from layout_engine.page.lay_out import covered
from layout_engine.page.model import PageLayout, PlacedLine, RegionLayout
from layout_engine.spec.model_regions import RegionSpec
from tests.kit.generated import pages
from tests.kit.pages import Newsroom, page_of
from tests.kit.reference import NAMES, composed

ASCENT = 880
# These say that something has no room; then it may reach out, so that people see it.
NO_ROOM = {
    "headline/does-not-fit",
    "page/columns-too-narrow",
    "page/folio-too-wide",
    "page/headline-covered",
    "page/headline-too-tall",
    "page/headline-too-wide",
    "page/last-resort",
    "page/no-room-for-picture",
    "page/overset",
    "page/text-too-tall",
}


def box_of(one: PlacedLine) -> Rect:
    """The em boxes of a line."""
    size, width = one.paragraph.size, one.line.width
    if one.paragraph.direction == "vertical":
        return Rect(one.x - size // 2, one.y, size, width)
    return Rect(one.x, one.y - size * ASCENT // 1000, width, size)


def outside(region: RegionLayout) -> Iterator[Rect]:
    """Whatever of the region reaches out of it."""
    rect = region.rect.inset(-1)  # a su of rounding where type is centred
    for box in (*map(box_of, region.lines), *(mark.rect for mark in region.behind)):
        if not rect.contains(box):
            yield box


def overlapping(layout: PageLayout) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(layout.regions):
        for other in layout.regions[number + 1 :]:
            may = "rule" in (one.region.kind, other.region.kind)
            may = may or other.region.id in one.region.over or one.region.id in other.region.over
            grid = layout.spec.grid
            if not may and any(a.overlaps(b) for a in covered(one, grid) for b in covered(other, grid)):
                yield one.region.id, other.region.id


@settings(max_examples=80, deadline=None)
@given(pages())
def test_what_fits_lies_inside_its_region_and_on_nothing_else(
    newsroom: Newsroom, made: tuple[list[RegionSpec], list[Story | Photo]]
) -> None:
    specs, copy = made
    laid = newsroom.lay_out(page_of(*specs), *copy)
    assert list(overlapping(laid.layout)) == []
    if NO_ROOM.intersection(laid.codes):
        return
    for region in laid.layout.regions:
        assert list(outside(region)) == [], region.region.id
        boxes = [box_of(one) for one in region.lines if one.line.width]
        assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


@pytest.mark.parametrize("name", NAMES)
def test_the_issues_keep_to_their_regions(name: str) -> None:
    for page in composed(name).pages:
        assert list(overlapping(page.layout)) == []
        for region in page.layout.regions:
            assert list(outside(region)) == [], region.region.id
            assert page.layout.spec.trim.contains(region.rect)
