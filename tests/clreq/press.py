"""A page through the real pipeline, with the real faces, into a PDF that is measured (量测用印版).

press.set("汉，字", measure=20)            # lines as the file has them
press.column("甲……", measure=14, rows=3)   # with the page's findings and the file itself
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from layout_engine.base.marks import Picture
from layout_engine.base.units import SU_PER_PT
from layout_engine.content.model import Photo, Story
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.page.model import PageLayout
from layout_engine.pdf.profile import Profile, find_profile
from layout_engine.pdf.write import picture_key, write_page
from layout_engine.scene.draw import draw
from layout_engine.scene.items import Imprint
from layout_engine.spec.model_regions import ArticleRegion
from layout_engine.spec.resolved import Grid, PageSpec, TextStyle
from tests.clreq.measure import Line, lines_of
from tests.kit.pages import EM, STYLES, Laid, Newsroom, grid, page_of, story, text_style
from tests.kit.reference import FONTS
from tests.pdf.scenes import a_picture

BODY_PT: Final = EM / SU_PER_PT
ROWS: Final = 60
_IMPRINT: Final = Imprint("量测", "2024-05-21", 1)


class NotSetError(Exception):
    """The page could not be made: the test is at fault, not the rule."""


class Printed(msgspec.Struct, frozen=True):
    """A page: its lines as the file has them, what was found while it was made, and the file."""

    lines: list[Line]
    laid: Laid
    pdf: bytes

    @property
    def codes(self) -> list[str]:
        return self.laid.codes


@cache
def real_faces() -> Faces:
    """The faces of the repository that the measurements use."""
    faces = open_faces(FONTS, ("song", "song-bold", "hei", "hei-bold", "kai")).value
    if faces is None:
        raise NotSetError
    return faces


@cache
def _profile() -> Profile:
    profile = find_profile("proof").value
    if profile is None:
        raise NotSetError
    return profile


class Press:
    """Sets copy in the body style. A rule that is switched off by a style's option, or by exchanging a piece of the
    copy for another, is off here (`style`, `copy`).
    """

    def __init__(
        self, style: Mapping[str, Any] | None = None, copy: Sequence[tuple[str, str]] = (), *, switched: bool = False
    ) -> None:
        """`switched` where the engine itself is not as it is: nothing may be kept of what is set then."""
        self._style = dict(style or {})
        self._copy = tuple(copy)
        self._keeps = not (style or copy or switched)

    def dress(self, style: TextStyle) -> TextStyle:
        """Any style, but for what is switched off."""
        return msgspec.structs.replace(style, **self._style)

    def style(self, **changes: Any) -> TextStyle:
        """The body style without an indent, but for `changes` and what is switched off."""
        return text_style(**{"indent": 0, **changes, **self._style})

    def styles(self, **changes: Any) -> dict[str, TextStyle]:
        """The kit's styles with this body."""
        return {**STYLES, "body": self.style(**changes)}

    def set(self, *paragraphs: str, measure: int = 20, **changes: Any) -> list[Line]:
        """The paragraphs in one column of `measure` 字."""
        if self._keeps:
            return _set_once(paragraphs, measure, tuple(sorted(changes.items())))
        return self.column(*paragraphs, measure=measure, **changes).lines

    def column(
        self, *paragraphs: str, measure: int = 20, columns: int = 1, rows: int = ROWS, byline: str = "", **changes: Any
    ) -> Printed:
        """The paragraphs in columns of `measure` 字, and the findings of the page."""
        on = grid(columns=columns, measure=measure, rows=rows)
        styles = self.styles(**changes)
        region = ArticleRegion(id="lead", story="lead", columns=f"1-{columns}", rows=f"1-{rows}")
        page = page_of(region, on=on, styles=styles)
        return self.page(page, story("lead", *map(self.copy, paragraphs), byline=byline))

    def copy(self, text: str) -> str:
        """The copy as it is set."""
        for before, after in self._copy:
            text = text.replace(before, after)
        return text

    def page(self, page: PageSpec, *copy: Story | Photo, names: tuple[str, ...] = ()) -> Printed:
        """Any page of the kit, with this copy."""
        laid = Newsroom(real_faces(), names).lay_out(page, *copy)
        pdf = print_page(laid.layout)
        return Printed(lines_of(pdf, left_of(page.grid), page.grid.em / SU_PER_PT), laid, pdf)


@cache
def _set_once(paragraphs: tuple[str, ...], measure: int, changes: tuple[tuple[str, Any], ...]) -> list[Line]:
    """What several measurements look at, set once; nobody may change it."""
    return Press().column(*paragraphs, measure=measure, **dict(changes)).lines


def print_page(laid: PageLayout, faces: Faces | None = None) -> bytes:
    """The page as a file."""
    scene = draw([laid], _IMPRINT)
    page = scene.pages[0]
    pictures = [item for region in page.regions for item in region.items if isinstance(item, Picture)]
    blank = {picture_key(one): a_picture(1, 1, b"\0") for one in pictures}
    return write_page(scene, page, faces or real_faces(), _profile(), blank)


def left_of(on: Grid) -> float:
    """The left edge of the type area in points."""
    return on.type_area.x / SU_PER_PT
