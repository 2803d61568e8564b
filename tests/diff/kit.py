"""Editions of the sample issues, and the same with something changed in the records."""

from collections.abc import Callable
from functools import cache

import msgspec

from layout_engine.base.source import SourcedText, read_at
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change, Comparison, Edition
from layout_engine.recording import record_page
from layout_engine.scene.items import GlyphRun, SceneItem, SceneRegion
from layout_engine.scene.record import PageRecord
from tests.kit.reference import ISSUES, REFERENCE, composed

replace = msgspec.structs.replace


@cache
def edition(name: str = REFERENCE) -> Edition:
    """A sample issue as it is."""
    issue = composed(name)
    return Edition(name, tuple(record_page(page, issue.inputs, ISSUES / name) for page in issue.pages))


def page(name: str = REFERENCE) -> PageRecord:
    """Its first page."""
    return edition(name).pages[0]


def told(new: PageRecord, old: PageRecord | None = None) -> Comparison:
    """What is told of a changed page."""
    return compare(Edition("old", (old or page(),)), Edition("new", (new,)))


def above_reflow(comparison: Comparison) -> list[Change]:
    """The changes but those that follow from others."""
    return [change for change in comparison.changes if change.kind != "reflow"]


def with_region(record: PageRecord, name: str, change: Callable[[SceneRegion], SceneRegion | None]) -> PageRecord:
    """The page with one region changed, or without it."""
    regions = [change(region) if region.id == name else region for region in record.page.regions]
    kept = tuple(region for region in regions if region is not None)
    return replace(record, page=replace(record.page, regions=kept))


def with_items(record: PageRecord, name: str, change: Callable[[SceneItem], SceneItem | None]) -> PageRecord:
    """The page with each item of one region changed, or left out."""

    def changed(region: SceneRegion) -> SceneRegion:
        items = (change(item) for item in region.items)
        return replace(region, items=tuple(item for item in items if item is not None))

    return with_region(record, name, changed)


def with_text(record: PageRecord, key: str, text: str) -> PageRecord:
    """The page on which a part says something else, set in the simplest way: a glyph a character, line by line."""
    source = record.sources[key]
    runs = [item for region in record.page.regions for item in region.items if isinstance(item, GlyphRun)]
    first = next(run for run in runs if run.key == key)
    region = next(region.id for region in record.page.regions if first in region.items)
    per_line = max(1, len(next(run for run in runs if (run.key, run.x, run.y) == (key, first.x, first.y)).gids))
    lines = [
        replace(
            first,
            y=first.y + number * first.size,
            gids=tuple(map(ord, text[start : start + per_line])),
            pens=tuple(first.size * at for at in range(len(text[start : start + per_line]))),
            shifts=(),
            starts=tuple(range(start, start + len(text[start : start + per_line]) + 1)),
            text=text[start : start + per_line],
            marks=(),
        )
        for number, start in enumerate(range(0, len(text), per_line))
    ]

    def rebuilt(old: SceneRegion) -> SceneRegion:
        items: list[SceneItem] = []
        for item in old.items:
            if isinstance(item, GlyphRun) and item.key == key:
                if item is first:
                    items += lines
            else:
                items.append(item)
        return replace(old, items=tuple(items))

    sources: dict[str, SourcedText] = {**record.sources, key: read_at(text, source.file, 1, 1)}
    return with_region(replace(record, sources=sources), region, rebuilt)
