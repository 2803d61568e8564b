"""From what was written to what it comes to (版样定值): names looked up, places in su, fields filled in."""

from datetime import date

import msgspec
from msgspec import UNSET

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import SourcedText
from layout_engine.base.yaml_nodes import YamlDocument
from layout_engine.spec import furniture
from layout_engine.spec.drawn import check_drawn
from layout_engine.spec.fields import Dated, fill_file_name, fill_text
from layout_engine.spec.files import IssueFolder
from layout_engine.spec.grids import PageArea, resolve_format, resolve_grid
from layout_engine.spec.headlines import check_headline
from layout_engine.spec.inside import stand_inside
from layout_engine.spec.marks import marked_strings
from layout_engine.spec.model import House, Issue, Page
from layout_engine.spec.overlaps import check_overlaps, over_of
from layout_engine.spec.places import Place, Written, place_regions
from layout_engine.spec.references import Named, check_names, spans_of, steps_of
from layout_engine.spec.resolved import Grid, Obstacle, Output, PageSpec, Region, TextStyle
from layout_engine.spec.styles import Layer, StyleBook, body_metrics, resolve_inks


class HouseFile(msgspec.Struct, frozen=True):
    """The house as written, and its file."""

    house: House
    document: YamlDocument
    layer: Layer


class IssueFile(msgspec.Struct, frozen=True):
    """The issue as written, its file, and its date where that is one."""

    issue: Issue
    document: YamlDocument
    day: date | None


class PageFile(msgspec.Struct, frozen=True):
    """A page as written, without its regions, and those of them that are whole.

    `broken` are the ids of the others: they were told, and may be referred to.
    """

    page: Page
    document: YamlDocument
    layer: Layer
    regions: tuple[Written, ...]
    broken: frozenset[str]


class Context(msgspec.Struct, frozen=True):
    """What every page is resolved with."""

    house: HouseFile
    issue: IssueFile
    output: Output
    folder: IssueFolder
    roles: frozenset[str] | None
    found: Findings


def check_house(context: Context) -> None:
    """Everything of the house that can be judged without a page; what a page finds again is told once.

    Not its grid: a format may be there for pages that count their columns themselves.
    """
    house, found = context.house, context.found
    for name in house.house.formats:
        _area(context, name)
    layers = (house.layer,)
    StyleBook(layers, context.roles, _row(context, layers, house.house.grid.body), found).resolve_all()
    resolve_inks(layers, context.output.total_ink, found)
    check_names(house.house, house.document, (), _names(context, layers), found)


def resolve_page(file: PageFile, context: Context) -> PageSpec | None:
    """The page with everything filled in; None, with the reasons told, where it has no grid to stand on."""
    found, house = context.found, context.house
    layers = (file.layer, house.layer)
    written_grid = file.page.grid if file.page.grid is not UNSET else house.house.grid
    styles = StyleBook(layers, context.roles, _row(context, layers, written_grid.body), found).resolve_all()
    inks = resolve_inks(layers, context.output.total_ink, found)
    names = _names(context, layers)
    names["region"] = Named(frozenset(one.spec.id for one in file.regions), file.broken)
    check_names(file.page, file.document, (), names, found)
    for one in file.regions:
        check_names(one.spec, one.document, one.path, names, found)
    texts = {one.spec.id: _texts(one, file, context) for one in file.regions}
    files = {one.spec.id: _files(one, context) for one in file.regions}
    file_name = _file_name(file, context)
    area = _area(context, file.page.format)
    grid = _grid(file, context, area, styles.get(written_grid.body))
    if grid is None or area is None:
        return None
    places = place_regions(list(file.regions), grid, area, found)
    check_overlaps(list(file.regions), places, found)
    for one in file.regions:
        if one.spec.id in places:
            check_drawn(one, places[one.spec.id].rect, grid, found)
        check_headline(one, found)
    obstacles = stand_inside(file.regions, places, grid, found)
    specs = {one.spec.id: one.spec for one in file.regions}
    regions = tuple(
        _region(
            one,
            places[one.spec.id],
            texts[one.spec.id],
            files[one.spec.id],
            obstacles.get(one.spec.id, ()),
            over_of(one.spec, specs),
        )
        for one in file.regions
        if one.spec.id in places
    )
    return PageSpec(
        number=file.page.page,
        name=file.page.name,
        source=file.document.file,
        trim=area.trim,
        bleed=area.bleed,
        grid=grid,
        styles=styles,
        inks=inks,
        regions=regions,
        reading_order=file.page.reading_order,
        file_name=file_name or "",
    )


def _region(
    one: Written,
    place: Place,
    texts: dict[str, SourcedText],
    files: dict[str, str],
    obstacles: tuple[Obstacle, ...],
    over: tuple[str, ...],
) -> Region:
    value = one.document.at(one.path)
    below = one.spec.below
    return Region(
        id=one.spec.id,
        kind=str(one.spec.__struct_config__.tag),
        rect=place.rect,
        columns=place.columns,
        rows=place.rows,
        open_ended=place.open_ended,
        spec=one.spec,
        span=one.span(),
        spans=spans_of(one.document, one.path, value),
        texts=texts,
        over=over,
        below=below if isinstance(below, str) else None,
        files=files,
        obstacles=obstacles,
    )


def _texts(one: Written, file: PageFile, context: Context) -> dict[str, SourcedText]:
    """The typed texts of a region with their fields filled in, each held against the issue's date."""
    facts = _facts(file, context)
    kind = str(one.spec.__struct_config__.tag)
    texts = {}
    for where, names, _ in marked_strings(one.spec):
        if names == "template":
            typed = one.document.text((*one.path, *steps_of(where)))
            if kind in furniture.DATED_KINDS and context.issue.day is not None:
                furniture.check_text(typed, context.issue.issue, context.issue.day, context.found)
            if kind == furniture.NUMBERED_KIND:
                furniture.check_page_number(typed, file.page.page, context.found)
            texts[where] = fill_text(typed, facts, context.found)
    return texts


def _files(one: Written, context: Context) -> dict[str, str]:
    """The files that a region names, by the path of the field, as labels."""
    files = {}
    for where, names, name in marked_strings(one.spec):
        if names == "file":
            span = one.document.span((*one.path, *steps_of(where)))
            label = context.folder.locate(name, one.document.file, span, "issues")
            if label is not None:
                files[where] = label
    return files


def _file_name(file: PageFile, context: Context) -> str | None:
    return fill_file_name(context.output.file_names, _facts(file, context), context.found)


def _facts(file: PageFile, context: Context) -> Dated:
    issue = context.issue
    return Dated(context.house.house, issue.issue, issue.day, file.page.page, file.page.name)


def _area(context: Context, name: str) -> PageArea | None:
    written = context.house.house.formats.get(name)
    if written is None:
        return None  # told by check_names
    return resolve_format(written, name, context.house.document.key_span(("formats", name)), context.found)


def _grid(file: PageFile, context: Context, area: PageArea | None, body: TextStyle | None) -> Grid | None:
    own = file.page.grid is not UNSET
    document = file.document if own else context.house.document
    written = file.page.grid if file.page.grid is not UNSET else context.house.house.grid
    if area is None:
        return None
    return resolve_grid(written, area, body, document.key_span(("grid",)), context.found)


def _row(context: Context, layers: tuple[Layer, ...], body: str) -> int:
    """The row of the grid, which lengths in 行 are measured by: the body's leading."""
    style = StyleBook(layers, context.roles, 0, Findings()).resolve(body)
    return body_metrics(style)[1] if style else 0


def _names(context: Context, layers: tuple[Layer, ...]) -> dict[str, Named]:
    """What names there are on a page: of the house and of the page."""
    house = context.house
    names: dict[str, Named] = {
        "style": Named(
            frozenset(name for layer in layers for name in layer.styles),
            frozenset(name for layer in layers for name in layer.broken("styles")),
        ),
        "ink": Named(
            frozenset(name for layer in layers for name in layer.inks),
            frozenset(name for layer in layers for name in layer.broken("inks")),
        ),
        "format": Named(frozenset(house.house.formats), house.layer.broken("formats")),
    }
    if context.roles is not None:
        names["face"] = Named(context.roles)
    return names
