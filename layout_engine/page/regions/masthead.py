"""报头: the nameplate, fixed art in one ink, and the typed lines beside it."""

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art
from layout_engine.page.dress import Mark, dress, inside
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.regions.typed import stack_typed
from layout_engine.spec.model_regions import MastheadRegion
from layout_engine.spec.resolved import Region


def compose_masthead(region: Region, desk: Composing) -> RegionLayout:
    """The art as large as its columns and the height allow, never stretched; the lines in what is left at its right."""
    spec = region.spec
    assert isinstance(spec, MastheadRegion)
    grid = desk.page.grid
    content = inside(grid, region, region.rect)
    marks: list[Mark] = [*dress(grid, region, region.rect)]
    art_width = content.width
    if isinstance(spec.art_columns, int) and region.columns is not None:
        first = region.columns[0]
        x, width = grid.columns_rect(first, min(first + spec.art_columns - 1, region.columns[1]))
        art_width = min(x + width, content.right) - content.x
    outline = desk.arts.get(region.files.get("art", ""))
    beside = content
    if outline is not None:
        rect = _fitted(Rect(content.x, content.y, art_width, content.height), outline.view)
        marks.append(Art(rect, spec.ink, outline.view, outline.path))
        art_right = content.x + art_width if isinstance(spec.art_columns, int) else rect.right
        left = art_right + max(grid.gutter, grid.em)
        beside = Rect(left, content.y, content.right - left, content.height)
    stacked = stack_typed(region, spec.lines, beside, "left", desk)
    return RegionLayout(region, region.rect, lines=stacked.lines, behind=tuple(marks), accounts=stacked.accounts)


def _fitted(room: Rect, view: tuple[int, int, int, int]) -> Rect:
    """The largest rectangle of the art's shape in `room`, at its left, in the middle of its height."""
    _, _, wide, high = view
    width = min(room.width, room.height * wide // high)
    height = width * high // wide
    return Rect(room.x, room.y + (room.height - height) // 2, width, height)
