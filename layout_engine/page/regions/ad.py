"""广告: typed in the spec, or a picture placed whole, in a frame of its own."""

from layout_engine.page.dress import Mark, dress, inside
from layout_engine.page.model import RegionLayout
from layout_engine.page.pictures import place_picture
from layout_engine.page.regions.kind import Composing
from layout_engine.page.regions.typed import stack_typed
from layout_engine.spec.model_regions import AdRegion
from layout_engine.spec.resolved import Region


def compose_ad(region: Region, desk: Composing) -> RegionLayout:
    """The picture, never stretched, under the typed lines, which stand in the middle unless they say otherwise."""
    spec = region.spec
    assert isinstance(spec, AdRegion)
    grid = desk.page.grid
    content = inside(grid, region, region.rect)
    marks: list[Mark] = [*dress(grid, region, region.rect)]
    file = region.files.get("art", "")
    if file in desk.pixels:
        place = region.spans.get("art", region.span)
        picture = place_picture(file, desk.pixels[file], content, spec.crop, (50, 50), place)
        marks.append(picture)
    stacked = stack_typed(region, spec.lines, content, "centre", desk)
    return RegionLayout(region, region.rect, lines=stacked.lines, behind=tuple(marks), accounts=stacked.accounts)
