"""The scene as text (显示列表的文本), one line an item, for goldens and for people.

page 1 要闻 270 x 390 mm xinjimo-20240521-01.pdf
  region lead story 15 60.1 240 118.2
    glyphs lead/body-1[0:21] noto-serif-sc-400 10.5 black 42.52,310.2 “昨日上午，青岛市…”
"""

from collections.abc import Iterator

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import format_mm, format_pt
from layout_engine.scene.items import GlyphRun, Scene, SceneItem


def dump(scene: Scene) -> str:
    """All pages, regions and items in paint order; regions in mm, items in pt, from the trim's top left."""
    return "\n".join(_lines(scene)) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    for page in scene.pages:
        size = f"{format_mm(page.trim.width)} x {format_mm(page.trim.height)} mm"
        yield f"page {page.number} {page.name} {size} {page.file_name}"
        for region in page.regions:
            yield f"  region {region.id} {region.kind} {_mm(region.rect)}"
            for item in region.items:
                yield f"    {_item(item)}"


def _item(item: SceneItem) -> str:
    match item:
        case GlyphRun():
            vertical = item.direction == "vertical"
            x, y = (item.x, item.y + item.pens[0]) if vertical else (item.x + item.pens[0], item.y)
            place = f"{_pt(x)},{_pt(y)}"
            posture = "" if item.posture == "upright" else f" {item.posture}"
            turned = f" vertical{posture}" if vertical else ""
            narrow = f" {item.narrow}%" if item.narrow != 100 else ""
            key = f"{item.key}[{item.starts[0]}:{item.starts[-1]}]"
            return f"glyphs {key} {item.face} {_pt(item.size)}{narrow}{turned} {item.ink} {place} {item.text}"
        case Rule():
            return f"rule {_rect(item.rect)} {item.ink}"
        case Fill():
            return f"fill {_rect(item.rect)} {item.ink} {item.percent / 100:g}%"
        case Picture():
            return f"picture {_rect(item.rect)} {item.file} {' '.join(map(str, item.crop))}"
        case Art():
            return f"art {_rect(item.rect)} {item.ink} {len(item.path)} commands"
        case PlacedPage():
            return f"placed {_rect(item.rect)} {item.file} page {item.page} {item.box} clip {_rect(item.clip)}"


def _pt(su: int) -> str:
    return format_pt(su, 2)


def _rect(rect: Rect) -> str:
    return f"{_pt(rect.x)} {_pt(rect.y)} {_pt(rect.width)} {_pt(rect.height)}"


def _mm(rect: Rect) -> str:
    return f"{format_mm(rect.x)} {format_mm(rect.y)} {format_mm(rect.width)} {format_mm(rect.height)}"
