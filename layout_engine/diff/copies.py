"""An edition's copy by stories (文稿): what each says, part after part, and where each character stands.

A story may stand on several pages, and one page may hold a part of it only; the records of the pages are joined here.
Stories, photos and regions with typed text are all the same: something with parts, by the name that the ledger has.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.source import SourcedText
from layout_engine.diff.model import Edition, Place
from layout_engine.diff.tidy import PART_END
from layout_engine.proof.placing import glyph_rect
from layout_engine.scene.items import GlyphRun
from layout_engine.scene.record import PageRecord

_FLOWING: Final = ("story", "article", "headline")
_NOTICE: Final = "page-{}/{}/{}"  # the key of what is typed where a story jumps (page/jumped.py)
HEADING: Final = ("kicker", "headline", "deck", "note")


class PlacedRun(msgspec.Struct, frozen=True):
    """A run, and where on the pages it is."""

    page: int
    region: str
    run: GlyphRun


class PartCopy(msgspec.Struct, frozen=True):
    """One part: its key in the ledger, what it is, which of these in its story (from 1), its text, its runs."""

    key: str
    kind: str
    number: int
    source: SourcedText
    runs: tuple[PlacedRun, ...]
    left_over: int

    @property
    def text(self) -> str:
        """The text without line breaks that were typed: where a line ends is told as a reflow."""
        return self.source.text.replace("\n", " ")


class StoryCopy(msgspec.Struct, frozen=True):
    """A story, a photo's texts, or what is typed in a region, on all pages where it stands."""

    id: str
    kind: str  # article, photo, notice (what is typed where a story flows), or the kind of the region
    region: str  # the first in which it stands
    parts: tuple[PartCopy, ...]
    starts: tuple[int, ...]  # where each part begins in `text`
    text: str  # all parts, each ended by PART_END
    begins_elsewhere: bool = False  # on a page that the edition does not have
    ends_elsewhere: bool = False

    def part_at(self, index: int) -> tuple[PartCopy, int]:
        """The part in which character `index` of the text is, and which of the part's it is."""
        at = max(0, bisect_right(self.starts, index) - 1)
        return self.parts[at], index - self.starts[at]

    def pieces(self, start: int, end: int) -> Iterator[tuple[PartCopy, int, int]]:
        """The stretch `[start, end)` part by part, without the marks that end them."""
        for part, first in zip(self.parts, self.starts, strict=True):
            low, high = max(start, first), min(end, first + len(part.text))
            if low < high:
                yield part, low - first, high - first


def stories_of(edition: Edition) -> dict[str, StoryCopy]:
    """All that an edition says, in reading order."""
    parts: dict[str, dict[str, PartCopy]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for record in edition.pages:
        runs = _runs_by_key(record)
        regions = {region.id: region.kind for region in record.page.regions}
        for entry in record.entries:
            source = record.sources.get(entry.key)
            if source is None:
                continue
            owner, here = entry.owner, runs.get(entry.key, ())
            known = parts.setdefault(owner, {})
            kinds.setdefault(owner, _kind(entry.owner, entry.story, regions, here))
            key = entry.key
            if key in known and known[key].source.text != source.text:
                key = f"{key}#{record.page.number}"  # pages of two times in one edition
            if key in known:
                before = known[key]
                known[key] = msgspec.structs.replace(
                    before, runs=before.runs + tuple(here), left_over=before.left_over + entry.left_over
                )
                continue
            numbers[owner, entry.kind] = numbers.get((owner, entry.kind), 0) + 1
            number = numbers[owner, entry.kind]
            known[key] = PartCopy(key, entry.kind, number, source, tuple(here), entry.left_over)
    jumps = {entry.key for record in edition.pages for entry in record.entries if entry.kind == "typed"}
    return {owner: _story(owner, *kinds[owner], tuple(known.values()), jumps) for owner, known in parts.items()}


def _story(owner: str, kind: str, region: str, parts: tuple[PartCopy, ...], typed: set[str]) -> StoryCopy:
    starts: list[int] = []
    at = 0
    for part in parts:
        starts.append(at)
        at += len(part.text) + 1
    text = "".join(part.text + PART_END for part in parts)
    placed = [one for part in parts for one in part.runs] if kind == "article" else []
    return StoryCopy(
        owner,
        kind,
        region,
        parts,
        tuple(starts),
        text,
        begins_elsewhere=bool(placed) and _NOTICE.format(placed[0].page, placed[0].region, "jump_from") in typed,
        ends_elsewhere=bool(placed) and _NOTICE.format(placed[-1].page, placed[-1].region, "jump_to") in typed,
    )


def _kind(owner: str, story: str, regions: dict[str, str], runs: tuple[PlacedRun, ...]) -> tuple[str, str]:
    region = runs[0].region if runs else story
    if owner.startswith("photos/"):
        return "photo", region
    if "/" not in owner:
        return "article", region
    kind = regions.get(story, "typed")
    return "notice" if kind in _FLOWING else kind, story


def _runs_by_key(record: PageRecord) -> dict[str, tuple[PlacedRun, ...]]:
    runs: dict[str, list[PlacedRun]] = {}
    for region in record.page.regions:
        for item in region.items:
            if isinstance(item, GlyphRun):
                runs.setdefault(item.key, []).append(PlacedRun(record.page.number, region.id, item))
    return {key: tuple(found) for key, found in runs.items()}


def places_of(part: PartCopy, start: int, end: int) -> tuple[Place, ...]:
    """Where the characters `[start, end)` of a part stand; of what is not set, the character before it."""
    found = list(_rects(part, start, end)) or list(_before(part, start))
    places: dict[tuple[int, str], list[Rect]] = {}
    for placed, rect in found:
        places.setdefault((placed.page, placed.region), []).append(rect)
    return tuple(Place(page, region, tuple(rects)) for (page, region), rects in places.items())


def _rects(part: PartCopy, start: int, end: int) -> Iterator[tuple[PlacedRun, Rect]]:
    """A rectangle for each line; runs side by side in one line are one."""
    line: tuple[PlacedRun, Rect] | None = None
    for placed in part.runs:
        run = placed.run
        if run.starts[-1] <= start or run.starts[0] >= end:
            continue
        first = max(0, bisect_right(run.starts, start) - 1)
        last = min(len(run.gids), bisect_right(run.starts, end - 1)) - 1
        rect = _around(glyph_rect(run, first), glyph_rect(run, max(first, last)))
        if line and (line[0].page, line[0].run.x, line[0].run.y) == (placed.page, run.x, run.y):
            line = (line[0], _around(line[1], rect))
            continue
        if line:
            yield line
        line = (placed, rect)
    if line:
        yield line


def _before(part: PartCopy, start: int) -> Iterator[tuple[PlacedRun, Rect]]:
    """The last glyph before `start`, or the part's first."""
    before = [placed for placed in part.runs if placed.run.starts[0] < start]
    if before:
        run = before[-1].run
        at = max(0, min(len(run.gids), bisect_right(run.starts, start - 1)) - 1)
        yield before[-1], glyph_rect(run, at)
    elif part.runs:
        yield part.runs[0], glyph_rect(part.runs[0].run, 0)


def _around(one: Rect, other: Rect) -> Rect:
    left, top = min(one.x, other.x), min(one.y, other.y)
    return Rect(left, top, max(one.right, other.right) - left, max(one.bottom, other.bottom) - top)
