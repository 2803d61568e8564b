"""What a kind of region is (区域类型): the struct that it is written with, and the function that composes it.

To add a kind, declare its struct in the way of `spec.model_regions.EarRegion`, write one `compose` function, and pass
`RegionKind(YourRegion, compose_yours)` after the built-in ones to `pipeline.build`.
"""

from collections.abc import Callable, Mapping

import msgspec

from layout_engine.adverts.model import Advert
from layout_engine.base.diagnostics import Findings
from layout_engine.content.art import Outline
from layout_engine.content.model import Copy
from layout_engine.faces.fallback import Faces
from layout_engine.page.galley import Galley
from layout_engine.page.model import RegionLayout
from layout_engine.page.slots import TextColumn
from layout_engine.spec.model_regions import RegionSpec
from layout_engine.spec.resolved import PageSpec, Region, StoryPart, TextStyle


def no_columns(_: StoryPart) -> tuple[TextColumn, ...]:
    """Where only one page is known."""
    return ()


class Composing(msgspec.Struct, frozen=True):
    """What every composer may look at: the page, the copy, the faces, the house's names; `findings` collects.

    `columns_of` gives the columns of another part of a story that jumps, on the page where it stands.
    """

    page: PageSpec
    copy: Copy
    arts: Mapping[str, Outline]  # by file, as seen from the folder
    pixels: Mapping[str, tuple[int, int]]  # width and height of each picture file
    faces: Faces
    names: tuple[str, ...]
    findings: Findings
    columns_of: Callable[[StoryPart], tuple[TextColumn, ...]] = no_columns
    galley: Galley | None = None  # of one who sets the same story again and again
    adverts: Mapping[str, Advert] = {}  # by key; msgspec gives each its own

    def style(self, name: str) -> TextStyle:
        return self.page.styles[name]


class RegionKind(msgspec.Struct, frozen=True):
    """One kind: `compose(region, desk)` gives the region's layout and never raises for what a user wrote.

    A kind whose text may run on to another page tells its `columns` too, in which the other pages pour the same text.
    """

    spec: type[RegionSpec]
    compose: Callable[[Region, Composing], RegionLayout]
    columns: Callable[[Region, Composing], tuple[TextColumn, ...]] | None = None
