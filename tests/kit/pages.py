"""Pages made in code (测试版面): a grid of round numbers, regions, stories from plain strings, and a newsroom.

    page = page_of(StoryRegion(id="lead", story="lead", columns="1-3", rows="1-10"))
    laid = Newsroom(faces).lay_out(page, story("lead", "第一段。", "## 小标题", "第二段。", byline="（王静）"))
    laid.layout.regions[0].lines, laid.codes

The grid has five columns of 12 字, gutters of 1.5 字, and rows of 12 pt with type of 9 pt.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.source import read_at
from layout_engine.base.units import Length, pt
from layout_engine.content.art import Outline
from layout_engine.content.model import Copy, Part, PartKind, Photo, Story
from layout_engine.faces.fallback import Faces
from layout_engine.page.lay_out import Materials, lay_out_page
from layout_engine.page.model import PageLayout, PlacedLine, RegionLayout
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.model_regions import RegionSpec
from layout_engine.spec.overlaps import over_of
from layout_engine.spec.resolved import Grid, Ink, Obstacle, PageSpec, Region, TextStyle

EM: Final = pt(9)
ROW: Final = pt(12)
PAGE_FILE: Final = "pages/01.yaml"
GRID: Final = Grid(
    type_area=Rect(pt(50), pt(50), 5 * 12 * EM + 4 * (EM + EM // 2), 39 * ROW + EM),
    columns=5,
    measure=12 * EM,
    gutter=EM + EM // 2,
    rows=40,
    row=ROW,
    em=EM,
)
TRIM: Final = Rect(0, 0, GRID.type_area.width + pt(100), GRID.type_area.height + pt(100))


def grid(columns: int = 5, measure: int = 12, rows: int = 40, row: int = ROW, gutter_half_ems: int = 3) -> Grid:
    """A grid of `columns` columns of `measure` 字."""
    gutter = gutter_half_ems * EM // 2
    width = columns * measure * EM + (columns - 1) * gutter
    area = Rect(pt(50), pt(50), width, (rows - 1) * row + EM)
    return Grid(area, columns, measure * EM, gutter, rows, row, EM)


def text_style(name: str = "body", **changes: Any) -> TextStyle:
    """The body style, 9 on 12 pt with an indent of two, but for `changes`; `size` stands for both limits."""
    if "size" in changes:
        changes["size_least"] = changes["size_most"] = changes.pop("size")
    plain = TextStyle(
        name=name,
        face="song",
        size_least=EM,
        size_most=EM,
        leading=ROW,
        indent=2 * EM,
        ink="black",
        align="justify",
        lines_least=1,
        lines_most=1,
        fit=False,
        tracking_least=0,
        tracking_most=0,
        narrow_least=100,
        narrow_most=100,
        emphasis="kai",
        strong="hei",
        rows_least=1,
        rows_most=1,
        half_digits=True,
        span=Span("house.yaml"),
    )
    return msgspec.structs.replace(plain, **changes)


STYLES: Final[dict[str, TextStyle]] = {
    one.name: one
    for one in (
        text_style(),
        text_style("byline", align="right", indent=0),
        text_style("crosshead", align="centre", indent=0, rows_least=2, rows_most=2),
        text_style("brief-head", indent=0),
        text_style("caption", indent=0),
        text_style("head", size_least=pt(14), size_most=pt(24), leading=pt(30), indent=0, lines_most=2, align="centre"),
        text_style("small", size=pt(12), leading=pt(16), indent=0, lines_most=2, align="centre"),
        text_style("typed", indent=0, lines_most=9, align="centre"),
        text_style("folio", indent=0),
    )
}
INKS: Final = {"black": Ink("black", 0, 0, 0, 10_000, True), "red": Ink("red", 0, 10_000, 10_000, 0, False)}


def story(name: str, *paragraphs: str, byline: str = "", **headlines: str) -> Story:
    """A story of these paragraphs (`## …` is a crosshead); `headline=`, `kicker=`, `deck=`, `note=` stand above it."""
    texts: list[tuple[str, PartKind, str]] = [
        (f"{name}/{kind}", kind, headlines[kind])
        for kind in ("kicker", "headline", "deck", "note")
        if kind in headlines
    ]
    for number, text in enumerate(paragraphs, start=1):
        head = text.startswith("## ")
        texts.append((f"{name}/{'crosshead' if head else 'body'}-{number}",
                      "crosshead" if head else "body", text.removeprefix("## ")))  # fmt: skip
    if byline:
        texts.append((f"{name}/byline", "byline", byline))
    file = f"articles/{name}.md"
    parts = tuple(Part(key, kind, read_at(text, file, line, 1)) for line, (key, kind, text) in enumerate(texts, 1))
    return Story(name, file, Span(file), parts)


def photo(name: str, width_px: int = 1200, height_px: int = 800, caption: str = "", credit: str = "") -> Photo:
    """A picture of so many pixels, with its caption and credit if given."""
    file = f"photos/{name}.yaml"

    def part(kind: PartKind, text: str, line: int) -> Part | None:
        return Part(f"{name}/{kind}", kind, read_at(text, file, line, 1)) if text else None

    return Photo(
        name,
        f"photos/{name}.jpg",
        Span(file),
        width_px,
        height_px,
        "",
        part("caption", caption, 1),
        part("credit", credit, 2),
    )


def region(spec: RegionSpec, on: Grid = GRID, rect: Rect | None = None) -> Region:
    """The region that `spec` writes, at its columns and rows of the grid or in `rect`.

    An open end (`rows="10+"`) reaches to the grid's foot; a region `below` another starts at its own rows until
    the other's end is known.
    """
    columns = rows = None
    open_ended = False
    if rect is None:
        columns = _ends(spec.columns)
        open_ended = str(spec.rows).endswith("+")
        rows = (int(str(spec.rows)[:-1]), on.rows) if open_ended else _ends(spec.rows)
        (x, width), (y, height) = on.columns_rect(*columns), on.rows_rect(*rows)
        rect = Rect(x, y, width, height)
    typed = {"text": spec.text} if hasattr(spec, "text") else {}
    title = getattr(spec, "continued_title", msgspec.UNSET)
    typed |= {"continued_title.text": title.text} if title is not msgspec.UNSET else {}
    typed |= {f"lines.{n}.text": line.text for n, line in enumerate(getattr(spec, "lines", ()))}
    art = getattr(spec, "art", msgspec.UNSET)
    return Region(
        id=spec.id,
        kind=str(spec.__struct_config__.tag),
        rect=rect,
        columns=columns,
        rows=rows,
        open_ended=open_ended,
        spec=spec,
        span=Span(PAGE_FILE),
        spans={},
        texts={path: read_at(text, PAGE_FILE, 1, 1) for path, text in typed.items()},
        over=over_of(spec, {}),
        below=spec.below if isinstance(spec.below, str) else None,
        files={"art": art} if isinstance(art, str) else {},
    )


def _ends(written: object) -> tuple[int, int]:
    first, _, last = str(written).partition("-")
    return int(first), int(last or first)


def page_of(
    *regions: RegionSpec | Region,
    on: Grid = GRID,
    styles: Mapping[str, TextStyle] = STYLES,
    reading_order: tuple[str, ...] = (),
) -> PageSpec:
    """A page of these regions, in the kit's styles and inks."""
    placed = _with_obstacles([one if isinstance(one, Region) else region(one, on) for one in regions], on)
    trim = Rect(0, 0, on.type_area.width + pt(100), on.type_area.height + pt(100))
    return PageSpec(
        1, "要闻", PAGE_FILE, trim, 0, on, dict(styles), dict(INKS), placed, reading_order, "kit-20240521-01.pdf"
    )


def _with_obstacles(regions: list[Region], on: Grid) -> tuple[Region, ...]:
    """The regions, each with those that stand inside it."""
    inside = {one.id: tuple(other for other in regions if other.spec.inside == one.id) for one in regions}
    return tuple(
        msgspec.structs.replace(one, obstacles=tuple(_obstacle(other, on) for other in inside[one.id]))
        for one in regions
    )


def _obstacle(region: Region, on: Grid) -> Obstacle:
    gap = region.spec.gap
    space = region.spec.space if isinstance(region.spec.space, int) else 0
    return Obstacle(region.id, region.rect, gap.su(on.em, on.row) if isinstance(gap, Length) else on.em, space)


class Laid(msgspec.Struct, frozen=True):
    """A page laid out, and what was found."""

    layout: PageLayout
    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.diagnostics]

    def region(self, name: str) -> RegionLayout:
        return next(one for one in self.layout.regions if one.region.id == name)

    def value(self, code: str, name: str) -> str:
        """A value of the first finding of this code."""
        return next(dict(one.values)[name] for one in self.diagnostics if one.code == code)


class Newsroom:
    """Faces and a house's names, with which pages are laid out."""

    def __init__(self, faces: Faces, names: tuple[str, ...] = ()) -> None:
        self.faces = faces
        self.names = names

    def lay_out(
        self,
        page: PageSpec,
        *copy: Story | Photo,
        arts: Mapping[str, Outline] | None = None,
        pixels: Mapping[str, tuple[int, int]] | None = None,
        kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
    ) -> Laid:
        """The page laid out with this copy."""
        stories = {one.id: one for one in copy if isinstance(one, Story)}
        photos = {one.id: one for one in copy if isinstance(one, Photo)}
        materials = Materials(Copy(stories, photos, {}), arts or {}, pixels or {}, self.faces, self.names)
        outcome = lay_out_page(page, materials, kinds)
        assert outcome.value is not None
        return Laid(outcome.value, outcome.diagnostics)


def line_text(placed: PlacedLine) -> str:
    """The characters that a placed line shows."""
    shaped, line = placed.paragraph, placed.line
    return shaped.text[shaped.starts[line.start] : shaped.starts[line.drawn]]


def row_of(placed: PlacedLine, on: Grid = GRID) -> int:
    """The row of the grid on whose baseline a line of body type stands; it must stand on one exactly."""
    first = on.type_area.y + on.em * 880 // 1000
    rows, off = divmod(placed.y - first, on.row)
    assert off == 0, "off the baseline grid"
    return rows + 1
