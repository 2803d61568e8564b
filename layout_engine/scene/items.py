"""What a page is made of, at last (成像): glyph runs and marks at fixed positions, in paint order. All in su."""

from typing import Literal

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.source import SourcedText
from layout_engine.spec.resolved import Ink
from layout_engine.typography.model import Posture


class GlyphRun(msgspec.Struct, frozen=True, tag="glyphs"):
    """字串: glyphs of one face, size and ink on one line, each with the characters that it stands for.

    Glyph i has its origin at pen `pens[i]` along the line and `shifts[i]` across it (downward or to the right
    of nothing: positive y; empty where all are 0), from `x`, `y`. In vertical setting the origin is the vertical
    one: the middle of the glyph's top edge. It stands for the characters `starts[i]`..`starts[i + 1]` of the
    part `key`; `text` holds those of the whole run. `narrow` is the glyphs' width in percent.

    In a vertical line glyphs may be turned to the right, along the line, or stand across it (纵中横): these are set
    from their horizontal origins, which lie at the pen along the line and at the shift to its right.
    """

    key: str
    face: str
    size: int
    narrow: int
    ink: str
    direction: Literal["horizontal", "vertical"]
    x: int
    y: int
    gids: tuple[int, ...]
    pens: tuple[int, ...]
    shifts: tuple[int, ...]
    starts: tuple[int, ...]  # one more than gids
    text: str
    marks: tuple[tuple[int, int, int, int], ...] = ()  # combining glyphs: index of the base, gid, dx, dy
    posture: Posture = "upright"

    @property
    def origins(self) -> Literal["horizontal", "vertical"]:
        """From which origins its glyphs are set."""
        return self.direction if self.posture == "upright" else "horizontal"


SceneItem = GlyphRun | Rule | Fill | Picture | Art | PlacedPage


class SceneRegion(msgspec.Struct, frozen=True):
    """One region's items in paint order; the runs among them are in reading order."""

    id: str
    kind: str
    rect: Rect
    items: tuple[SceneItem, ...]


class ScenePage(msgspec.Struct, frozen=True):
    """One page: trim at the origin, regions in reading order."""

    number: int
    name: str
    file_name: str
    trim: Rect
    bleed: int
    inks: dict[str, Ink]
    regions: tuple[SceneRegion, ...]


class Overlay(msgspec.Struct, frozen=True):
    """校样标记: what is laid over a page for people and can be switched off: its items and inks, in page coordinates.

    `margin` is the paper around the trim that they need, `title` the name of the layer.
    """

    title: str
    margin: int
    items: tuple[SceneItem, ...]
    inks: dict[str, Ink]


class Imprint(msgspec.Struct, frozen=True):
    """What a page says of itself outside its ink: paper, date of the issue, number; which `version` of the page it is.

    The first is 1; each replacement of a released page (换版) is one more.
    """

    paper: str
    date: str  # 2024-05-21
    issue_number: int
    version: int = 1


class Scene(msgspec.Struct, frozen=True):
    """All pages of an issue. `sources`: each part's text with its positions, by the key that runs carry."""

    imprint: Imprint
    pages: tuple[ScenePage, ...]
    sources: dict[str, SourcedText]
