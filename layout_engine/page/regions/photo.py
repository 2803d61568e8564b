"""图片 with its caption and credit under it, top and bottom on the base grid."""

import msgspec

from layout_engine.content.model import Part, Photo
from layout_engine.page.accounts import account_for
from layout_engine.page.dress import Mark, dress, inside
from layout_engine.page.model import Account, PlacedLine, RegionLayout
from layout_engine.page.pictures import place_picture
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import baseline_in_row, rows_within
from layout_engine.spec.model_regions import PhotoRegion
from layout_engine.spec.resolved import Region, TextStyle
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.shape import shape_part


def compose_photo(region: Region, desk: Composing) -> RegionLayout:
    """The picture over the caption's rows: the caption takes the last rows of the region, the picture the rest."""
    spec = region.spec
    assert isinstance(spec, PhotoRegion)
    grid = desk.page.grid
    marks: list[Mark] = [*dress(grid, region, region.rect)]
    photo = desk.copy.photos.get(spec.photo)
    if photo is None:
        return RegionLayout(region, region.rect, behind=tuple(marks))
    photo = _placed(photo, region, desk)
    content = inside(grid, region, region.rect)
    style = desk.style(spec.caption)
    caption = _caption(photo, style, content.width, desk)
    first, last = rows_within(grid, content.y, content.bottom)
    caption_rows = sum(1 for one in caption if not one.beside)
    picture_last = last - caption_rows
    if picture_last < first:
        desk.findings.add("page/no-room-for-picture", region.span, photo=photo.id)
        picture_last = first
    top, height = grid.rows_rect(first, picture_last)
    room = msgspec.structs.replace(content, y=top, height=height)
    picture = place_picture(
        photo.file,
        (photo.width_px, photo.height_px),
        room,
        spec.crop,
        spec.focus,
        region.spans.get("photo", region.span),
    )
    if spec.stand_in:
        desk.findings.add("page/stand-in", region.spans.get("stand_in", region.span), photo=photo.id)
    lines: list[PlacedLine] = []
    row = picture_last
    for one in caption:
        row += not one.beside
        x = content.right - one.line.width if one.part.kind == "credit" else content.x
        lines.append(PlacedLine(one.shaped, one.line, x, baseline_in_row(grid, row, one.shaped.size), style.ink))
    return RegionLayout(
        region, region.rect, lines=tuple(lines), behind=(*marks, picture), accounts=_accounts(photo, caption)
    )


def _placed(photo: Photo, region: Region, desk: Composing) -> Photo:
    """The photo with parts of this place's own: it may stand in several, and each has its own account."""

    def own(part: Part | None) -> Part | None:
        return part and msgspec.structs.replace(part, key=f"page-{desk.page.number}/{region.id}/{part.kind}")

    return msgspec.structs.replace(photo, caption=own(photo.caption), credit=own(photo.credit))


class _CaptionLine(msgspec.Struct, frozen=True):
    """A line of the caption, or of the credit; a line `beside` shares the row of the one before."""

    part: Part
    shaped: ShapedParagraph
    line: SetLine
    beside: bool = False


def _caption(photo: Photo, style: TextStyle, width: int, desk: Composing) -> list[_CaptionLine]:
    """The caption broken to the width, the credit at the right of its last line if it fits there (TY-65)."""
    lines: list[_CaptionLine] = []
    if photo.caption is not None:
        shaped = shape_part(photo.caption, style, style.size_most, desk.faces, desk.findings, names=desk.names)
        broken = break_paragraph(shaped, (width,), indent=style.indent, justify=style.align == "justify")
        lines += [_CaptionLine(photo.caption, shaped, line) for line in (broken.lines if broken else ())]
    if photo.credit is not None:
        shaped = shape_part(photo.credit, style, style.size_most, desk.faces, desk.findings)
        line = set_single_line(shaped)
        beside = bool(lines) and lines[-1].line.width + shaped.size + line.width <= width
        broken = break_paragraph(shaped, (width,), justify=False) if line.width > width else None
        lines += [_CaptionLine(photo.credit, shaped, one, beside) for one in (broken.lines if broken else (line,))]
    return lines


def _accounts(photo: Photo, caption: list[_CaptionLine]) -> tuple[Account, ...]:
    return tuple(
        account_for(part, photo.id, [(one.shaped, one.line) for one in caption if one.part is part])
        for part in (photo.caption, photo.credit)
        if part is not None
    )
