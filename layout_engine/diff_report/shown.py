"""Both editions as a report shows them (待看的版本): each page with its picture, the same picture kept once."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

import msgspec

from layout_engine.base.units import SU_PER_PT
from layout_engine.diff.model import Edition
from layout_engine.diff_report.leaves import PagePicture, UnreadableLeafError, bare_leaf, draw_leaf
from layout_engine.scene.record import PageRecord, content_hash

_POINTS_PER_INCH: Final = 72
_DPI: Final = 150  # small type of 8 pt is read at twice its size
_ALL_PIXELS: Final = 64_000_000  # of all pictures of a report together: about 9 MB


class Shown(msgspec.Struct, frozen=True):
    """An edition, and of its pages, by number, a PDF in which the page is the first."""

    edition: Edition
    pdfs: Mapping[int, bytes]

    def leaves(self) -> dict[int, bytes]:
        """Its pages without marks and margins; what cannot be opened is left out."""
        found: dict[int, bytes] = {}
        for record in self.edition.pages:
            number = record.page.number
            try:
                if number in self.pdfs:
                    found[number] = bare_leaf(self.pdfs[number])
            except UnreadableLeafError:
                continue
        return found


class Pictures(msgspec.Struct, frozen=True):
    """The pictures of both editions, and by page number which of them each side shows."""

    pictures: tuple[PagePicture, ...]
    old: Mapping[int, int]
    new: Mapping[int, int]


def draw_pictures(old: Shown, new: Shown) -> Pictures:
    """All pages as pictures; a page that looks the same in both is drawn once."""
    known: dict[object, int] = {}
    pictures: list[PagePicture] = []
    dpi = _resolution(old, new)

    def drawn(shown: Shown) -> dict[int, int]:
        records = {record.page.number: record for record in shown.edition.pages}
        places: dict[int, int] = {}
        for number, leaf in shown.leaves().items():
            look = leaf if shown.edition.words_only else content_hash(records[number])
            if look not in known:
                try:
                    pictures.append(draw_leaf(leaf, dpi))
                except UnreadableLeafError:
                    continue
                known[look] = len(pictures) - 1
            places[number] = known[look]
        return places

    before, after = drawn(old), drawn(new)
    return Pictures(tuple(pictures), before, after)


def _resolution(old: Shown, new: Shown) -> float:
    """Dots per inch at which all pages together stay within bounds."""
    inches = sum(_square_inches(record) for one in (old, new) for record in one.edition.pages)
    return min(_DPI, sqrt(_ALL_PIXELS / max(inches, 1.0)))


def _square_inches(record: PageRecord) -> float:
    trim = record.page.trim
    return trim.width * trim.height / (SU_PER_PT * _POINTS_PER_INCH) ** 2
