"""广告: typed in the spec, or a picture, outlines or a page of a PDF placed whole, in a frame of its own."""

from layout_engine.base.marks import Art
from layout_engine.page.adverts import advert_of, place_advert
from layout_engine.page.dress import Mark, dress, inside
from layout_engine.page.model import RegionLayout
from layout_engine.page.pictures import place_picture
from layout_engine.page.regions.kind import Composing
from layout_engine.page.regions.typed import stack_typed
from layout_engine.spec.model_regions import AdRegion
from layout_engine.spec.resolved import Region


def compose_ad(region: Region, desk: Composing) -> RegionLayout:
    """The picture or page, never stretched, under the typed lines, which stand in the middle if nothing is said."""
    spec = region.spec
    assert isinstance(spec, AdRegion)
    grid = desk.page.grid
    content = inside(grid, region, region.rect)
    marks: list[Mark] = [*dress(grid, region, region.rect)]
    file = region.files.get("art", "")
    place = region.spans.get("art", region.span)
    key = advert_of(region)
    if key is not None and key in desk.adverts:
        marks.append(place_advert(desk.adverts[key], key, content, place, desk.findings))
    elif file in desk.arts:
        outline = desk.arts[file]
        marks.append(Art(content, spec.ink, outline.view, outline.path))
    elif file in desk.pixels:
        picture = place_picture(file, desk.pixels[file], content, spec.crop, (50, 50), place)
        marks.append(picture)
    stacked = stack_typed(region, spec.lines, content, "centre", desk)
    return RegionLayout(region, region.rect, lines=stacked.lines, behind=tuple(marks), accounts=stacked.accounts)
