"""Pictures by content and by look (图片): swapped, cropped, recoloured, or only saved again."""

from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.diff.model import Fact
from layout_engine.proof.look import Look, compare_looks
from layout_engine.scene.record import PageRecord, PictureRecord

_SAME_STRUCTURE: Final = 950  # thousandths: lights and darks lie alike
_SAME_COLOUR: Final = 4  # of 255: what saving again makes of a picture


class PictureFiles(msgspec.Struct, frozen=True):
    """What is known of the files on two pages."""

    old: dict[str, PictureRecord]
    new: dict[str, PictureRecord]


def files_of(old: PageRecord, new: PageRecord) -> PictureFiles:
    return PictureFiles(old.pictures, new.pictures)


def picture_facts(old: Picture | PlacedPage, new: Picture | PlacedPage, files: PictureFiles) -> Iterator[Fact]:
    """How the picture is another one; nothing where only its name or place is."""
    before, after = files.old.get(old.file, _UNKNOWN), files.new.get(new.file, _UNKNOWN)
    if not (before.sha256 and after.sha256):
        return  # of one side only the place is known
    if before.sha256 != after.sha256:
        yield _fact_of_content(old, new, before, after)
    elif isinstance(old, PlacedPage) and isinstance(new, PlacedPage):
        if (old.page, old.box) != (new.page, new.box):
            yield Fact("swapped", f"{old.file} p. {old.page} {old.box}", f"{new.file} p. {new.page} {new.box}")
        elif _rest_of(old) != _rest_of(new):
            yield Fact("cropped")
    if isinstance(old, Picture) and isinstance(new, Picture) and _is_cropped(old, new, before, after):
        yield Fact("cropped", _crop(old.crop), _crop(new.crop))


_UNKNOWN: Final = PictureRecord("")


def _fact_of_content(
    old: Picture | PlacedPage, new: Picture | PlacedPage, before: PictureRecord, after: PictureRecord
) -> Fact:
    names = (old.file, new.file)
    alike = compare_looks(Look(before.look_size, before.look), Look(after.look_size, after.look))
    if alike is None or alike.structure < _SAME_STRUCTURE:
        return Fact("swapped", *names)
    if alike.colour > _SAME_COLOUR:
        return Fact("recoloured", *names)
    return Fact("saved-again", *names)


def _rest_of(placed: PlacedPage) -> tuple[int, ...]:
    """What is cut off at each side, as seen from the placed page's corner."""
    rect, clip = placed.rect, placed.clip
    return clip.x - rect.x, clip.y - rect.y, clip.width, clip.height


def _is_cropped(old: Picture, new: Picture, before: PictureRecord, after: PictureRecord) -> bool:
    """Whether another part of the picture is shown, and that does not follow from the shape of its space."""
    if (before.width_px, before.height_px) != (after.width_px, after.height_px) or old.crop == new.crop:
        return False
    if (old.rect.width, old.rect.height) == (new.rect.width, new.rect.height):
        return True
    return not (_lies_in(old.crop, new.crop) or _lies_in(new.crop, old.crop))


def _lies_in(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


def _crop(crop: tuple[int, int, int, int]) -> str:
    return "{}, {} – {}, {}".format(*crop)
