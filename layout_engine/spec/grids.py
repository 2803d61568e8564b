"""The base grid of a page (栏与行格): columns of whole 字 and rows of one body line in the type area."""

from fractions import Fraction

import msgspec
from msgspec import UNSET

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.units import Length, format_mm, format_pt, mm, read_length
from layout_engine.spec.model import FormatSpec, GridSpec
from layout_engine.spec.resolved import Grid, TextStyle

SMALLEST_PAGE = mm(50)
LARGEST_PAGE = mm(1200)  # a broadsheet spread is 800 mm wide
LARGEST_BLEED = mm(20)


class PageArea(msgspec.Struct, frozen=True):
    """开本 in su: the trimmed page, what is printed beyond it, and the type area."""

    trim: Rect
    bleed: int
    type_area: Rect


def resolve_format(written: FormatSpec, name: str, span: Span, found: Findings) -> PageArea | None:
    """The page's areas; None, with the reason told, where they cannot be."""
    lengths = [*written.trim, *written.type_area]
    if written.place != "centre":
        lengths += written.place
    if written.bleed is not UNSET:
        lengths.append(written.bleed)
    for length in lengths:
        if length.unit not in ("pt", "mm"):
            found.add("spec/unit-not-here", span, key=f"formats.{name}", value=length.text)
            return None
    width, height = (one.su() for one in written.trim)
    area_width, area_height = (one.su() for one in written.type_area)
    bleed = written.bleed.su() if written.bleed is not UNSET else 0
    if not all(SMALLEST_PAGE <= side <= LARGEST_PAGE for side in (width, height)):
        found.add(
            "spec/page-size",
            span,
            name=name,
            width=format_mm(width),
            height=format_mm(height),
            least=format_mm(SMALLEST_PAGE),
            most=format_mm(LARGEST_PAGE),
        )
        return None
    if not 0 <= bleed <= LARGEST_BLEED:
        found.add("spec/bleed", span, name=name, bleed=format_mm(bleed), most=format_mm(LARGEST_BLEED))
        return None
    if written.place == "centre":
        x, y = (width - area_width) // 2, (height - area_height) // 2
    else:
        x, y = (one.su() for one in written.place)
    trim, type_area = Rect(0, 0, width, height), Rect(x, y, area_width, area_height)
    if area_width <= 0 or area_height <= 0 or not trim.contains(type_area):
        found.add("spec/type-area", span, name=name, width=format_mm(width), height=format_mm(height))
        return None
    return PageArea(trim, bleed, type_area)


def resolve_grid(written: GridSpec, area: PageArea, body: TextStyle | None, span: Span, found: Findings) -> Grid | None:
    """Columns and rows of the type area, in the em and the leading of the body style (TY-72)."""
    if body is None:
        return None  # told where the style is
    if body.size_least != body.size_most:
        found.add("spec/body-size-range", body.span, name=body.name)
        return None
    em, row, count = body.size_least, body.leading, written.columns
    width, height = area.type_area.width, area.type_area.height
    rows = (height - em) // row + 1 if height >= em else 0
    gutter = None if written.gutter == "auto" else _gutter(read_length(written.gutter), em, row)
    measure = _measure(width, count, em, em if gutter is None else gutter)
    if measure < em or rows < 1:
        found.add("spec/grid-too-narrow", span, columns=count, width=format_mm(width), em=f"{format_pt(em)}pt")
        return None
    if gutter is None:
        gutter = (width - count * measure) // (count - 1) if count > 1 else 0
    if count > 1 and not em <= gutter <= 2 * em:
        gutter_em = f"{float(Fraction(gutter, em)):.2f}"
        narrower, wider = _better_widths(count, measure // em, em)
        given = "" if written.gutter == "auto" else written.gutter
        found.add(
            "spec/gutter",
            span,
            gutter=gutter_em,
            given=given,
            columns=count,
            narrower=narrower,
            wider=wider,
            width=format_mm(width),
            measure=measure // em,
        )
        return None
    return Grid(area.type_area, count, measure, gutter, rows, row, em)


def _gutter(length: Length | None, em: int, row: int) -> int | None:
    return None if length is None else length.su(em, row)


def _measure(width: int, count: int, em: int, gutter: int) -> int:
    """Whole 字 in each of `count` columns with such gutters between them, in su."""
    return (width - (count - 1) * gutter) // (count * em) * em


def _better_widths(count: int, measure: int, em: int) -> tuple[str, str]:
    """Type areas in which the gutter comes out right: with as many 字 a column, and with one more."""
    narrower = count * measure * em + (count - 1) * 2 * em
    wider = count * (measure + 1) * em + (count - 1) * em
    return format_mm(narrower), format_mm(wider)
