"""The content of one page (版面内容流): its regions in reading order, each run and mark in paint order.

The Scene measures from the trim's top left corner downward, a PDF from the lower left upward; both meet here.
Each region stands in marked content named after its number, so that it can be read back by itself.
"""

from collections.abc import Callable, Mapping
from typing import Final

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import format_pt
from layout_engine.pdf.fonts import PageFont
from layout_engine.pdf.forms import draw_form
from layout_engine.pdf.inks import KNOCKOUT, SOLID, process_colour, spot_colour, state_of
from layout_engine.pdf.marks import Sheet
from layout_engine.pdf.text import TextWriter
from layout_engine.scene.items import GlyphRun, Overlay, SceneItem, ScenePage
from layout_engine.spec.resolved import Ink

_ARTIFACT: Final = "Artifact"  # ISO 32000-1, 14.8.2.2: no part of what the page says
LAYER: Final = "Marks"  # the resource name of the layer that an overlay stands in


def region_tag(number: int) -> str:
    """The name of a region's marked content, by its place among the page's regions."""
    return f"R{number}"


def write_content(
    page: ScenePage,
    fonts: Mapping[str, PageFont],
    names: Callable[[Picture | PlacedPage], str],
    sheet: Sheet,
    overlay: Overlay | None = None,
) -> "Content":
    """The content stream of `page` on its sheet, with what is laid over it, and the resources that it names."""
    inks = {**page.inks, **sheet.inks, **(overlay.inks if overlay else {})}
    content = Content(inks, fonts, names, sheet.margin - page.trim.x, sheet.margin + page.trim.bottom)
    for number, region in enumerate(page.regions):
        content.open_region(region_tag(number))
        for item in region.items:
            content.add(item)
        content.close_region()
    if sheet.items:
        content.open_region(_ARTIFACT)
        for item in sheet.items:
            content.add(item)
        content.close_region()
    if overlay is not None:
        content.open_layer(LAYER)
        for item in overlay.items:
            content.add(item)
        content.close_region()
    return content


class Content:
    """A content stream that is being written. States are said when they change.

    `left` and `top` are the place of the page's origin in the file, in su from the lower left.
    """

    def __init__(
        self,
        inks: Mapping[str, Ink],
        fonts: Mapping[str, PageFont],
        names: Callable[[Picture | PlacedPage], str],
        left: int,
        top: int,
    ) -> None:
        self.spots: dict[str, str] = {}  # ink → colour space resource, in the order of first use
        self._inks: Final = inks
        self._fonts: Final = fonts
        self._names: Final = names
        self._left: Final = left
        self._top: Final = top
        self._text: Final = TextWriter(left, top)
        self._parts: list[str] = []
        self._in_text = False
        self._state = ""
        self._colour = ("", 0)

    def data(self) -> bytes:
        """The stream."""
        return "\n".join([*self._parts, ""]).encode("ascii")

    def open_region(self, tag: str) -> None:
        self._parts.append(f"/{tag} BMC")

    def open_layer(self, resource: str) -> None:
        """Begin what a viewer may switch off (ISO 32000-1, 8.11.3.2)."""
        self._parts.append(f"/OC /{resource} BDC")

    def close_region(self) -> None:
        self._leave_text()
        self._parts.append("EMC")

    def add(self, item: SceneItem) -> None:
        """Put one item on the page."""
        match item:
            case GlyphRun():
                self._add_run(item)
            case Rule():
                self._add_rect(item.rect, item.ink, SOLID)
            case Fill():
                self._add_rect(item.rect, item.ink, item.percent)
            case Art():
                self._add_art(item)
            case Picture():
                self._add_picture(item)
            case PlacedPage():
                self._leave_text()
                self._parts.append(draw_form(item, self._names(item), self._corner))

    def _add_run(self, run: GlyphRun) -> None:
        if not run.gids:
            return
        self._ink(run.ink, SOLID)
        if not self._in_text:
            self._parts.append("BT")
            self._in_text = True
        self._parts.append(self._text.operators(run, self._fonts[run.face]))

    def _add_rect(self, rect: Rect, ink: str, percent: int) -> None:
        self._leave_text()
        self._ink(ink, percent)
        self._parts.append(f"{self._corner(rect)} {format_pt(rect.width)} {format_pt(rect.height)} re f")

    def _add_art(self, art: Art) -> None:
        self._leave_text()
        self._ink(art.ink, SOLID)
        self._parts.extend(_outlines(art, self._left, self._top))
        self._parts.append("f")

    def _add_picture(self, picture: Picture) -> None:
        self._leave_text()
        self._say_state(KNOCKOUT)
        rect = picture.rect
        matrix = f"{format_pt(rect.width)} 0 0 {format_pt(rect.height)} {self._corner(rect)} cm"
        self._parts.append(f"q {matrix} /{self._names(picture)} Do Q")

    def _ink(self, key: str, percent: int) -> None:
        ink = self._inks[key]
        self._say_state(state_of(ink, percent))
        if self._colour == (key, percent):
            return
        self._colour = (key, percent)
        if ink.spot is None:
            self._parts.append(process_colour(ink, percent))
        else:
            resource = self.spots.setdefault(key, f"Spot{len(self.spots)}")
            self._parts.append(spot_colour(resource, percent))

    def _say_state(self, state: str) -> None:
        if state != self._state:
            self._parts.append(f"/{state} gs")
            self._state = state

    def _leave_text(self) -> None:
        if self._in_text:
            self._parts.append("ET")
            self._in_text = False

    def _corner(self, rect: Rect) -> str:
        """The rectangle's lower left corner."""
        return f"{format_pt(self._left + rect.x)} {format_pt(self._top - rect.bottom)}"


def _outlines(art: Art, left: int, top: int) -> list[str]:
    """The art's outlines in place, evenly scaled and in the middle of its rectangle; quadratic curves as cubic ones."""
    view_x, view_y, view_width, view_height = art.view
    # The scale is `rise` su on `run` art units: the smaller of the two directions.
    if art.rect.width * view_height <= art.rect.height * view_width:
        rise, run = art.rect.width, view_width
    else:
        rise, run = art.rect.height, view_height
    spare_x = art.rect.width * run - view_width * rise
    spare_y = art.rect.height * run - view_height * rise

    def place(points: tuple[int, ...]) -> str:
        """Points in thirds of an art thousandth, in the file."""
        scaled = []
        for at in range(0, len(points), 2):
            x = (points[at] - 3 * view_x) * rise // (3 * run) + spare_x // (2 * run)
            y = (points[at + 1] - 3 * view_y) * rise // (3 * run) + spare_y // (2 * run)
            scaled.append(f"{format_pt(left + art.rect.x + x)} {format_pt(top - art.rect.y - y)}")
        return " ".join(scaled)

    written = []
    here_x = here_y = start_x = start_y = 0
    for operator, numbers in art.path:
        thirds = tuple(3 * number for number in numbers)
        match operator:
            case "M" | "L":
                written.append(f"{place(thirds)} {operator.lower()}")
            case "C":
                written.append(f"{place(thirds)} c")
            case "Q":
                x1, y1, x2, y2 = numbers
                cubic = (here_x + 2 * x1, here_y + 2 * y1, x2 + 2 * x1, y2 + 2 * y1, 3 * x2, 3 * y2)
                written.append(f"{place(cubic)} c")
            case "Z":
                written.append("h")
                here_x, here_y = start_x, start_y
        if numbers:
            here_x, here_y = numbers[-2:]
        if operator == "M":
            start_x, start_y = here_x, here_y
    return written
