"""标题组 on its own, for pages whose stories are no rectangles."""

from layout_engine.page.dress import dress, inside
from layout_engine.page.headline_group import fit_group
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.spec.model_regions import HeadlineRegion
from layout_engine.spec.resolved import Region


def compose_headline(region: Region, desk: Composing) -> RegionLayout:
    """The story's kicker, headline, deck and note, those of them that the region gives a style."""
    spec = region.spec
    assert isinstance(spec, HeadlineRegion)
    grid = desk.page.grid
    marks = dress(grid, region, region.rect)
    story = desk.copy.stories.get(spec.story)
    if story is None:
        return RegionLayout(region, region.rect, behind=marks)
    content = inside(grid, region, region.rect)
    horizontal = spec.direction == "horizontal"
    group = fit_group(story, spec, content.width if horizontal else content.height, desk)
    if group.depth > (content.height if horizontal else content.width):
        code = "page/headline-too-tall" if horizontal else "page/headline-too-wide"
        needs = -(-group.depth // grid.row)
        rows = content.height // grid.row + 1
        desk.findings.add(code, region.span, story=spec.story, rows=rows, needs=needs)
    return RegionLayout(
        region, region.rect, lines=group.placed(content), behind=marks, accounts=group.accounts(story.id)
    )
