"""A spec with everything filled in, and where each value came from (版样定值清单): `check --resolved`."""

from collections.abc import Iterator

from layout_engine.base.geometry import Rect
from layout_engine.base.units import format_mm, format_pt
from layout_engine.spec.calendar import date_text, lunar_date, read_date, weekday_text
from layout_engine.spec.resolved import Ink, IssueSpec, PageSpec, Region, TextStyle


def resolved_lines(spec: IssueSpec) -> list[str]:
    """The lines of the listing: the issue, then each page with its grid, styles, inks and regions."""
    lines = [f"paper: {spec.house.paper}    # {spec.issue.house}"]
    day = read_date(spec.issue.date)
    if day is not None:
        lines.append(f"date: {date_text(day)} {weekday_text(day)} 农历{lunar_date(day).text}    # issue.yaml: date")
    lines.append(f"number: {spec.issue.number}    # issue.yaml")
    for page in spec.pages:
        lines += ["", *_page(page)]
    return lines


def _page(page: PageSpec) -> Iterator[str]:
    grid = page.grid
    yield f"page: {page.number} {page.name}    # {page.source}"
    yield f"  file: {page.file_name}    # house: output.name"
    yield f"  trim: {_size(page.trim)}, bleed {format_mm(page.bleed)} mm    # house: formats"
    yield f"  type_area: {_size(grid.type_area)} at {_corner(grid.type_area)}    # house: formats"
    yield (
        f"  grid: {grid.columns} columns of {grid.measure // grid.em} 字 ({format_mm(grid.measure)} mm), "
        f"gutter {format_mm(grid.gutter)} mm; {grid.rows} rows of {format_pt(grid.row)} pt"
    )
    yield "  styles:"
    for style in page.styles.values():
        yield f"    {style.name}:    # {style.span}"
        yield from (f"      {line}" for line in _style(style))
    yield "  inks:"
    for ink in page.inks.values():
        yield f"    {ink.name}: {_ink(ink)}"
    yield "  regions:"
    for region in page.regions:
        yield from (f"    {line}" for line in _region(region))


def _style(style: TextStyle) -> Iterator[str]:
    values = {
        "face": style.face,
        "size": _range(style.size_least, style.size_most),
        "leading": f"{format_pt(style.leading)}pt",
        "indent": f"{format_pt(style.indent)}pt",
        "ink": style.ink,
        "align": style.align,
        "lines": f"{style.lines_least}..{style.lines_most}",
        "fit": "width" if style.fit else "none",
        "tracking": f"{style.tracking_least}..{style.tracking_most}",
        "narrow": f"{style.narrow_least}..{style.narrow_most}",
        "emphasis": style.emphasis,
        "strong": style.strong,
        "rows": f"{style.rows_least}..{style.rows_most}",
        "digits": "half" if style.half_digits else "proportional",
    }
    if style.rules.style != "gb" or "rules" in style.origins:
        values["rules"] = style.rules.style
    if style.strong_dateline:
        values["dateline"] = "strong"
    for key, value in values.items():
        yield f"{key}: {value}    # {style.origins.get(key, 'default')}"


def _range(least: int, most: int) -> str:
    return f"{format_pt(least)}pt" if least == most else f"{format_pt(least)}pt..{format_pt(most)}pt"


def _ink(ink: Ink) -> str:
    parts = [f"{key} {value / 100:g}" for key in ("c", "m", "y", "k") if (value := getattr(ink, key))]
    name = [f"spot {ink.spot}"] if ink.spot else []
    return ", ".join([*parts, *name, "overprint" if ink.overprint else "knockout"])


def _region(region: Region) -> Iterator[str]:
    yield f"{region.id}: {region.kind}    # {region.span}"
    if region.columns and region.rows:
        first, last = region.rows
        rows = f"{first}-{last}" + (" or less, as the content needs" if region.open_ended else "")
        yield f"  columns: {region.columns[0]}-{region.columns[1]}, rows: {rows}"
    yield f"  place: {_size(region.rect)} at {_corner(region.rect)}"
    if region.parts:
        way = " → ".join(f"page {part.page.number} ({part.region.id})" for part in region.parts)
        yield f"  jumps: {way}"
    for path, text in sorted(region.texts.items()):
        yield f"  {path}: {' ↵ '.join(text.text.rstrip().splitlines())}    # {text.span(0)}"
    for path, label in sorted(region.files.items()):
        yield f"  {path}: {label}"


def _size(rect: Rect) -> str:
    return f"{format_mm(rect.width)} × {format_mm(rect.height)} mm"


def _corner(rect: Rect) -> str:
    return f"{format_mm(rect.x)}, {format_mm(rect.y)} mm"
