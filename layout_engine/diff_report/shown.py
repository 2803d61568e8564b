"""Both editions as a report shows them (待看的版本): each page with its picture, the same picture kept once."""

from collections.abc import Collection, Mapping
from math import sqrt
from typing import Final

import msgspec

from layout_engine.base.units import SU_PER_PT
from layout_engine.diff.model import Edition
from layout_engine.diff_report.leaves import PagePicture, UnreadableLeafError, bare_leaf, draw_leaf
from layout_engine.scene.record import PageRecord, content_hash

_POINTS_PER_INCH: Final = 72
_DPI: Final = 200  # small type is read at twice its size on a fine screen
_ALL_PIXELS: Final = 64_000_000  # of all pictures of a report together: about 9 MB


class Pictures(msgspec.Struct, frozen=True):
    """The pictures of both editions, and by page number which of them each side shows."""

    pictures: tuple[PagePicture, ...]
    old: Mapping[int, int]
    new: Mapping[int, int]


def draw_pictures(old: Edition, new: Edition, pages: Collection[int] | None = None) -> Pictures:
    """All pages as pictures, or those of these numbers; a page that looks the same in both is drawn once."""
    known: dict[object, int] = {}
    pictures: list[PagePicture] = []
    dpi = _resolution(old, new)

    def drawn(edition: Edition) -> dict[int, int]:
        places: dict[int, int] = {}
        for record in edition.pages:
            leaf = edition.leaves.get(record.page.number)
            if leaf is None or (pages is not None and record.page.number not in pages):
                continue
            look = leaf if edition.words_only else content_hash(record)
            if look not in known:
                try:
                    pictures.append(draw_leaf(bare_leaf(leaf), dpi))
                except UnreadableLeafError:
                    continue
                known[look] = len(pictures) - 1
            places[record.page.number] = known[look]
        return places

    before, after = drawn(old), drawn(new)
    return Pictures(tuple(pictures), before, after)


def _resolution(old: Edition, new: Edition) -> float:
    """Dots per inch at which all pages together stay within bounds."""
    inches = sum(_square_inches(record) for one in (old, new) for record in one.pages)
    return min(_DPI, sqrt(_ALL_PIXELS / max(inches, 1.0)))


def _square_inches(record: PageRecord) -> float:
    trim = record.page.trim
    return trim.width * trim.height / (SU_PER_PT * _POINTS_PER_INCH) ** 2
