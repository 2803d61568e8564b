"""Photos and captions that have lost each other, and regions with nothing in them (图文失配, 空区)."""

import re
from functools import cache

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import shown_at
from layout_engine.spec.model_regions import AdRegion, EarRegion, FolioRegion, PhotoRegion
from layout_engine.spec.resolved import Region


class PicturesGuard:
    """Photo without caption, caption without photo. That a picture stands in is told when the page is laid out."""

    name = "pictures"

    def look(self, sheet: Sheet, found: Findings) -> None:
        for page in sheet.spec.pages:
            with_photo = False
            for region in page.regions:
                if not isinstance(region.spec, PhotoRegion):
                    with_photo = with_photo or (isinstance(region.spec, AdRegion) and bool(region.files))
                    continue
                with_photo = True
                photo = sheet.copy.photos.get(region.spec.photo)
                if photo is not None and (photo.caption is None or not photo.caption.text.strip()):
                    span = region.spans.get("photo", region.span)
                    found.add("guard/photo-without-caption", span, related=(photo.span,), photo=photo.id)
            if not with_photo:
                for region in page.regions:
                    _points_at_photo(sheet, region, page.number, found)
        for file in sheet.unplaced_photos:
            found.add("guard/caption-without-photo", Span(file), file=file)


class RegionsGuard:
    """Regions in which nothing would be printed."""

    name = "regions"

    def look(self, sheet: Sheet, found: Findings) -> None:
        for page in sheet.spec.pages:
            for region in page.regions:
                if _is_empty(region) or _has_no_text(sheet, region):
                    found.add("guard/empty-region", region.span, region=region.id, kind=region.kind)


def _is_empty(region: Region) -> bool:
    spec = region.spec
    if isinstance(spec, EarRegion | FolioRegion):
        return not any(one.text.strip() for one in region.texts.values())
    if isinstance(spec, AdRegion):
        return not region.files and not any(one.text.strip() for one in region.texts.values())
    return False


def _has_no_text(sheet: Sheet, region: Region) -> bool:
    story = sheet.story(region)
    return story is not None and not any(one.text.strip() for one in story.parts)


def _points_at_photo(sheet: Sheet, region: Region, page: int, found: Findings) -> None:
    """图为…, 上图：…: a caption among the text of a page that has no picture at all."""
    story = sheet.story(region)
    if story is None or region.parts:
        return
    for part in story.parts:
        one = _caption_in_text().match(part.text)
        if one:
            context = shown_at(part.text, 0, len(one[0]))
            found.add("guard/caption-in-text", part.copy.span(0), text=one[0], context=context, page=page)


@cache
def _caption_in_text() -> re.Pattern[str]:
    return re.compile(r"[（(]?(?:图为|[上下左右]图(?:为|：|是)|图[①②③④一二三四1-4][：为])")
