"""Boxes and what stands where (页面框): PR-20 to PR-24, and PR-47, inks for all plates outside the trim."""

from decimal import Decimal
from typing import Final

from layout_engine.base.units import SU_PER_PT
from layout_engine.preflight.colors import ALL
from layout_engine.preflight.document import PageView
from layout_engine.preflight.findings import Found
from layout_engine.preflight.painted import Image, Painted, Path, Shading, Text
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.plane import MM_PER_PT, Box, common, holds
from layout_engine.preflight.raw import entry, items

_TOLERANCE: Final = 0.01  # pt, PR-21
_CUT_TOLERANCE: Final = 0.5  # pt: less than a tenth of what the knife is off
_DECIMALS: Final = 4  # PR-20
_SIDE_LEAST: Final = 3  # PR-22
_SIDE_MOST: Final = 14_400
_SIZE_TOLERANCE_MM: Final = 0.1  # PR-22
_SAFE_MM: Final = 5  # PR-23
_FIXED: Final = ("page", "form")  # elsewhere boxes are those of a cell or a mask, not of what shows
_NAMES: Final = ("MediaBox", "BleedBox", "TrimBox", "ArtBox", "CropBox")


def check_boxes(page: PageView, found: Found) -> None:
    """PR-20: MediaBox, and TrimBox or ArtBox; numbers as plain as they are."""
    if page.media is None:
        found.add("preflight/box-missing", box_name="MediaBox")
    if page.trim is None and page.art is None and found.standard != "proof":
        found.add("preflight/box-missing", box_name="TrimBox")
    if page.trim is not None and page.art is not None:
        found.add("preflight/trim-and-art")
    if page.bleed is None and found.standard != "proof":
        found.add("preflight/no-bleed-box")
    for name in _NAMES:
        value = entry(page.raw, f"/{name}")
        if value is not None and getattr(page, name.removesuffix("Box").lower()) is None:
            found.add("preflight/box-broken", box_name=name)
        if any(_decimals(one) > _DECIMALS for one in items(value, 4)):
            found.add("preflight/box-decimals", box_name=name)


def check_nesting(page: PageView, found: Found) -> None:
    """PR-21: trim inside bleed inside media; a CropBox only as large as the MediaBox."""
    chain: tuple[tuple[str, Box | None], ...] = (
        ("TrimBox", page.trim), ("ArtBox", page.art), ("BleedBox", page.bleed), ("MediaBox", page.media),
    )  # fmt: skip
    for at, (inner_name, inner) in enumerate(chain):
        for outer_name, outer in chain[at + 1 :]:
            if inner and outer and not holds(outer, inner, _TOLERANCE) and (inner_name, outer_name) != _SIDE_BY_SIDE:
                found.add("preflight/box-nesting", inner=inner_name, outer=outer_name)
    if page.crop and page.media and not holds(page.crop, page.media, _TOLERANCE):
        found.add("preflight/crop-box")


_SIDE_BY_SIDE: Final = ("TrimBox", "ArtBox")


def check_geometry(page: PageView, found: Found) -> None:
    """PR-22: upright, in plain points, of a size that can be."""
    if page.rotation % 360:
        found.add("preflight/rotated", degrees=page.rotation)
    if entry(page.raw, "/UserUnit") is not None:
        found.add("preflight/user-unit")
    if page.media is not None:
        sides = (page.media[2] - page.media[0], page.media[3] - page.media[1])
        if min(sides) < _SIDE_LEAST or max(sides) > _SIDE_MOST:
            found.add("preflight/page-side", width=f"{sides[0]:g}", height=f"{sides[1]:g}")


def check_ordered_size(page: PageView, found: Found) -> None:
    """PR-22: the trim is a size of page that this press prints, where the profile says which."""
    trims = found.profile.trims
    if trims is None or page.trim is None:
        return
    size = tuple((page.trim[at + 2] - page.trim[at]) * MM_PER_PT for at in (0, 1))
    ordered = [tuple(side / SU_PER_PT * MM_PER_PT for side in one) for one in trims]
    if not any(_same_size(size, one) for one in ordered):
        found.add("preflight/trim-size", size=_size(size), ordered=", ".join(map(_size, ordered)))


def check_sizes(document: object, found: Found) -> None:
    """PR-22: all pages of a file are of one size."""
    first: tuple[int, int] | None = None
    for page in found.document.pages():
        paper = page.paper
        size = (round(paper[2] - paper[0]), round(paper[3] - paper[1]))
        first = first or size
        if size != first:
            found.page = page
            found.add("preflight/page-sizes")
            return


def check_text_inside(one: Text, found: Found) -> None:
    """PR-23: no letter is cut; type outside is slug, outside the bleed and marked as artifact."""
    page = found.page
    if page is None or one.shown is None or one.paint is None or one.where.within not in _FIXED:
        return
    if holds(page.paper, one.box, _CUT_TOLERANCE):
        paper, safe = page.paper, _SAFE_MM / MM_PER_PT
        if not holds((paper[0] + safe, paper[1] + safe, paper[2] - safe, paper[3] - safe), one.box, _TOLERANCE):
            found.add("preflight/text-near-cut", one.where, one.box, least=_SAFE_MM)
    elif common(page.inked, one.box) is not None:
        found.add("preflight/text-cut", one.where, one.box)
    elif not one.where.artifact:
        found.add("preflight/text-outside", one.where, one.box)


def check_no_bleed(one: Painted, found: Found) -> None:
    """PR-24: what crosses the trim is clipped, or reaches the bleed where the page has one."""
    page = found.page
    if page is None or one.shown is None or one.where.within not in _FIXED or isinstance(one, Text) or _is_mark(one):
        return
    paper, inked, shown = page.paper, page.inked, one.shown
    if common(paper, shown) is None:
        return
    bleeds = not holds(paper, inked, _TOLERANCE)
    for side, sign in ((0, -1), (1, -1), (2, 1), (3, 1)):
        over = sign * (shown[side] - paper[side])
        if over <= _CUT_TOLERANCE:
            continue
        if not bleeds:
            found.add("preflight/crosses-trim", one.where, one.box)
            return
        if sign * (inked[side] - shown[side]) > _CUT_TOLERANCE:
            found.add("preflight/bleed-short", one.where, one.box)
            return


def check_all_plates(one: Painted, found: Found) -> None:
    """PR-47: what prints on every plate stands outside the trim."""
    page = found.page
    if page is None or one.shown is None or not _is_mark(one):
        return
    x0, y0, x1, y1 = page.paper
    inside = (x0 + _TOLERANCE, y0 + _TOLERANCE, x1 - _TOLERANCE, y1 - _TOLERANCE)
    if common(inside, one.shown) is not None:
        found.add("preflight/all-inside", one.where, one.box)


def check_margins(page: PaintedPage, found: Found) -> None:
    """PR-24: where the profile wants a bleed of every page, the page has it."""
    wanted = found.profile.bleed
    view = page.view
    if wanted and view.trim and view.bleed:
        least = wanted / SU_PER_PT - _CUT_TOLERANCE
        trim, bleed = view.trim, view.bleed
        if min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]) < least:
            found.add("preflight/no-bleed", wanted=f"{wanted / SU_PER_PT * MM_PER_PT:.1f}")


def _same_size(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= _SIZE_TOLERANCE_MM + 1e-6 for a, b in zip(one, other, strict=True))


def _size(sides: tuple[float, ...]) -> str:
    return " × ".join(f"{side:.1f}".removesuffix(".0") for side in sides)


def _is_mark(one: Painted) -> bool:
    """Whether it is painted in the ink of all plates."""
    match one:
        case Path():
            paints = [paint for paint in (one.fill, one.stroke) if paint is not None]
        case Text():
            paints = [one.paint] if one.paint else []
        case Image():
            if not one.stencil:
                return one.space is not None and ALL in one.space.inks
            paints = [one.paint]
        case Shading():
            return one.space is not None and ALL in one.space.inks
    return any(ALL in paint.color.space.inks for paint in paints)


def _decimals(value: object) -> int:
    if not isinstance(value, Decimal):
        return 0
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
