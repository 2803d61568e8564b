"""Where on the page a finding belongs (定位): the glyph that it names, the end of its story, or its region."""

from collections.abc import Iterator, Mapping

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.source import SourcedText
from layout_engine.scene.items import GlyphRun
from layout_engine.scene.record import PageRecord

_TOP, _WHOLE = 88, 100  # the em box above the baseline, in hundredths of the em (faces/face.py)


class Line(msgspec.Struct, frozen=True):
    """行: the runs that stand on one line, in order, and the space that they take."""

    key: str
    region: str
    kind: str  # of the part: body, headline …
    story: str
    runs: tuple[GlyphRun, ...]
    rect: Rect


def glyph_rect(run: GlyphRun, index: int) -> Rect:
    """The em box of a glyph of the run."""
    pen = run.pens[index]
    if run.direction == "vertical":
        return Rect(run.x - run.size // 2, run.y + pen, run.size, run.size)
    width = run.size * run.narrow // _WHOLE
    return Rect(run.x + pen, run.y - run.size * _TOP // _WHOLE, width, run.size)


def lines_of(record: PageRecord) -> tuple[Line, ...]:
    """The page's lines in reading order."""
    kinds = {entry.key: (entry.kind, entry.story) for entry in record.entries}
    lines = []
    for region in record.page.regions:
        runs = [item for item in region.items if isinstance(item, GlyphRun)]
        for group in _by_line(runs):
            kind, story = kinds.get(group[0].key, ("typed", ""))
            lines.append(Line(group[0].key, region.id, kind, story, tuple(group), _around(group)))
    return tuple(lines)


def _by_line(runs: list[GlyphRun]) -> Iterator[list[GlyphRun]]:
    """Runs of one part from one point are one line."""
    group: list[GlyphRun] = []
    for run in runs:
        if group and (run.key, run.x, run.y) != (group[0].key, group[0].x, group[0].y):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _around(runs: list[GlyphRun]) -> Rect:
    rects = [glyph_rect(run, index) for run in runs for index in (0, len(run.gids) - 1)]
    left, top = min(one.x for one in rects), min(one.y for one in rects)
    return Rect(left, top, max(one.right for one in rects) - left, max(one.bottom for one in rects) - top)


class Places:
    """Finds places on one page."""

    def __init__(self, record: PageRecord) -> None:
        self._record = record
        self.lines = lines_of(record)
        self._rects = {region.id: region.rect for region in record.page.regions}

    def of_span(self, span: Span | None) -> Rect | None:
        """The space of what was read at `span`; None where it has no place on this page."""
        if span is None:
            return None
        return self._of_copy(span) or self._of_spec(span) or self._of_file(span)

    def _of_copy(self, span: Span) -> Rect | None:
        for key, source in self._record.sources.items():
            index = _index(source, span)
            if index is not None:
                return self._of_character(key, index)
        return None

    def _of_character(self, key: str, index: int) -> Rect | None:
        """The character's glyph; of one that is not there the glyph before it, and failing that its story's end."""
        before = None
        for line in self.lines:
            for run in line.runs if line.key == key else ():
                for at, (first, after) in enumerate(zip(run.starts, run.starts[1:], strict=False)):
                    if first <= index < after:
                        return glyph_rect(run, at)
                    if first <= index:
                        before = glyph_rect(run, at)
        return before or self.end_of({entry.key: entry.story for entry in self._record.entries}.get(key, ""))

    def end_of(self, story: str) -> Rect | None:
        """The last glyph of a story on this page."""
        lines = [line for line in self.lines if line.story == story and line.kind not in ("caption", "credit")]
        return glyph_rect(lines[-1].runs[-1], len(lines[-1].runs[-1].gids) - 1) if lines else None

    def _of_spec(self, span: Span) -> Rect | None:
        """The region that the spec asks for at `span` or before it."""
        at = region_at(self._record.regions, span)
        return self._rects.get(at) if at else None

    def _of_file(self, span: Span) -> Rect | None:
        """The region in which something from the span's file stands."""
        keys = {key for key, source in self._record.sources.items() if source.file == span.file}
        return next((self._rects[line.region] for line in self.lines if line.key in keys), None)


def region_at(regions: Mapping[str, Span], span: Span) -> str | None:
    """The region whose place in the spec is the last one not behind `span`."""
    before = [(place, name) for name, place in regions.items() if place.file == span.file and place <= span]
    return max(before)[1] if before else None


def _index(source: SourcedText, span: Span) -> int | None:
    """Which character of the text was read at `span`."""
    if source.file != span.file:
        return None
    for segment in source.segments:
        if segment.line == span.line:
            offset = span.column - segment.column
            if segment.pinned and offset == 0:
                return segment.start
            if not segment.pinned and 0 <= offset < segment.length:
                return segment.start + offset
    return None
