"""Where guards look (送检文字): the text that a headline or a caption must agree with, and what is printed at all."""

from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.base.source import SourcedText
from layout_engine.content.model import Part, Story
from layout_engine.guards.guard import Sheet
from layout_engine.spec.model_regions import PhotoRegion
from layout_engine.spec.resolved import PageSpec, Region

_AROUND: Final = 8  # characters shown on each side


class Place(msgspec.Struct, frozen=True):
    """A stretch of copy that is looked at, with the story that it belongs to."""

    copy: SourcedText
    story: str = ""

    @property
    def text(self) -> str:
        return self.copy.text


def story_places(story: Story) -> tuple[Place, ...]:
    """The text of a story under its headline."""
    return tuple(Place(one.copy, story.id) for one in story.body)


def captions(sheet: Sheet) -> Iterator[tuple[Part, tuple[Place, ...]]]:
    """Each caption with the text that it must agree with: of the story that its photo stands in, else of the page."""
    for page in sheet.spec.pages:
        for region in page.regions:
            if not isinstance(region.spec, PhotoRegion):
                continue
            photo = sheet.copy.photos.get(region.spec.photo)
            if photo is None or photo.caption is None:
                continue
            places = _text_beside(sheet, page, region)
            if places:
                yield photo.caption, places


def _text_beside(sheet: Sheet, page: PageSpec, photo: Region) -> tuple[Place, ...]:
    """The whole text of the photo's own story, or of every story of the page, headlines and typed lines too."""
    inside = photo.spec.inside
    regions = [one for one in page.regions if one.id == inside] or list(page.regions)
    places: dict[str, tuple[Place, ...]] = {}
    for region in regions:
        story = sheet.story(region)
        if story is not None:
            places[story.id] = tuple(Place(one.copy, story.id) for one in story.parts)
        elif region.texts:
            places[f"#{region.id}"] = tuple(Place(one) for one in region.texts.values())
    return tuple(place for of_region in places.values() for place in of_region)


def printed_parts(sheet: Sheet) -> Iterator[Part]:
    """Every part of every story, and captions and credits."""
    for story in sheet.copy.stories.values():
        yield from story.parts
    for photo in sheet.copy.photos.values():
        yield from (one for one in (photo.caption, photo.credit) if one is not None)


def shown_at(text: str, at: int, length: int = 1) -> str:
    """What stands around a place, short enough for a message."""
    start, end = max(0, at - _AROUND), min(len(text), at + length + _AROUND)
    return text[start:end].replace("\n", "⏎")
