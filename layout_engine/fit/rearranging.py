"""Changes of the page that give a story room or take it (移动版面): rows of a picture, a neighbour or a headline.

Each is a handful of values to write into the page's YAML. Proposed here by what the page looks like, proved elsewhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec
from msgspec import UnsetType

from layout_engine.base.yaml_nodes import Path
from layout_engine.content.model import Part, Story
from layout_engine.fit.model import Border, CrossheadRows, HeadlineLines, HeadlineRows, Picture
from layout_engine.page.regions.article import ends
from layout_engine.spec.files import Write
from layout_engine.spec.model_regions import ArticleRegion, HeadlineSpec, StoryRegion
from layout_engine.spec.resolved import PageSpec, Region

PageStep = Picture | Border | HeadlineRows | HeadlineLines | CrossheadRows

MOST_ROWS: Final = 8  # by which a border is moved or a headline made taller

_PICTURE_KEEPS: Final = 3  # a picture gives up no more than one row in this many
_GAP: Final = 3  # rows between two regions that still count as neighbours: a rule, a blank row
_LEAST_ROWS: Final = 4  # of a picture or a text
_LEAST_HEADLINE: Final = 3  # rows: in fewer no headline group stands
_TEXT: Final = ("story", "article", "brief")
_HEADS: Final[tuple[Literal["kicker", "headline", "deck", "note"], ...]] = ("headline", "deck", "kicker", "note")


class Frame(msgspec.Struct, frozen=True):
    """A rectangle of whole rows and columns that a region covers, and the key that says which rows."""

    region: Region
    path: Path  # of its rows
    columns: tuple[int, int]
    rows: tuple[int, int]


def moves(page: PageSpec, story: Story, *, roomier: bool) -> Iterator[tuple[PageStep, ...]]:
    """Series of steps, each further than the one before, that give the story on this page more room, or less."""
    frames = [frame for number, region in enumerate(page.regions) for frame in _frames(number, region)]
    mine = [one for one in frames if one.region.kind in _TEXT and getattr(one.region.spec, "story", "") == story.id]
    for frame in mine:
        for other in frames:
            if other.region.id != frame.region.id and (series := _between(page, frames, frame, other, roomier)):
                yield series
    for inner in frames:
        if inner.region.kind == "photo" and getattr(inner.region.spec, "inside", "") in {one.region.id for one in mine}:
            yield _inside(page, inner, roomier)
    for number, region in enumerate(page.regions):
        if getattr(region.spec, "story", "") == story.id:
            yield from _headline_moves(page, number, region, story, roomier)


def _frames(number: int, region: Region) -> Iterator[Frame]:
    spec = region.spec
    base: Path = ("regions", number)
    if isinstance(spec, ArticleRegion) and isinstance(spec.chain, tuple):
        for at, frame in enumerate(spec.chain):
            if _is_plain(frame.rows) and _is_plain(frame.columns):
                yield Frame(region, (*base, "chain", at, "rows"), ends(frame.columns), ends(frame.rows))
    elif region.columns and region.rows and _is_plain(spec.rows) and not region.open_ended:
        yield Frame(region, (*base, "rows"), region.columns, region.rows)


def _is_plain(span: Any) -> bool:
    """Whether rows or columns are written as first and last, and not as a count or an open end."""
    return isinstance(span, int) or (isinstance(span, str) and "+" not in span)


def _between(
    page: PageSpec, frames: Sequence[Frame], frame: Frame, other: Frame, roomier: bool
) -> tuple[PageStep, ...]:
    """The border between the story's frame and a neighbour of the same columns moved by one row, two …"""
    if other.region.kind not in ("photo", *_TEXT) or other.columns != frame.columns:
        return ()
    upper, lower = (frame, other) if frame.rows[1] < other.rows[0] else (other, frame)
    if not 0 < lower.rows[0] - upper.rows[1] <= _GAP + 1 or _hangs(page, upper, lower):
        return ()
    rules = _rules_between(frames, upper, lower)
    if rules is None:
        return ()
    down = 1 if (frame is upper) == roomier else -1  # which way the border goes
    shrinks = other if roomier else frame
    steps: list[PageStep] = []
    for count in range(1, _can_give(shrinks) + 1):
        by = down * count
        writes = (
            _rows(page, upper, 0, by),
            *(_rows(page, rule, by, by) for rule in rules),
            _rows(page, lower, by, 0),
        )
        rows = count if roomier else -count
        if other.region.kind == "photo":
            steps.append(Picture(other.region.id, -rows, writes))
        else:
            steps.append(Border(other.region.id, rows, writes))
    return tuple(steps)


def _inside(page: PageSpec, inner: Frame, roomier: bool) -> tuple[PageStep, ...]:
    """A picture that stands in the text made shallower or deeper at its foot."""
    most = _can_give(inner) if roomier else MOST_ROWS
    counts = (-count if roomier else count for count in range(1, most + 1))
    return tuple(Picture(inner.region.id, by, (_rows(page, inner, 0, by),)) for by in counts)


def _can_give(frame: Frame) -> int:
    """How many rows may be taken from it."""
    rows = frame.rows[1] - frame.rows[0] + 1
    most = rows // _PICTURE_KEEPS if frame.region.kind == "photo" else rows - _LEAST_ROWS
    return max(0, min(MOST_ROWS, most, rows - _LEAST_ROWS))


def _hangs(page: PageSpec, upper: Frame, lower: Frame) -> bool:
    """Whether some region's place is given by one of these two, so that it would move too."""
    names = {upper.region.id, lower.region.id}
    return any(one.spec.below in names or one.spec.right_of in names for one in page.regions)


def _rules_between(frames: Sequence[Frame], upper: Frame, lower: Frame) -> list[Frame] | None:
    """The rules that lie between the two and move with the border; None where something else touches it."""
    rules = []
    for one in frames:
        beside = one.columns[1] < upper.columns[0] or one.columns[0] > upper.columns[1]
        if one.rows[1] <= upper.rows[1] or one.rows[0] >= lower.rows[0]:
            continue
        between = upper.rows[1] < one.rows[0] and one.rows[1] < lower.rows[0]
        if one.region.kind == "rule" and one.columns == upper.columns and between:
            rules.append(one)
        elif not beside:
            return None
    return rules


def _rows(page: PageSpec, frame: Frame, first: int, last: int) -> Write:
    """The frame's rows with its first and its last moved."""
    old = _written(frame)
    low, high = frame.rows[0] + first, frame.rows[1] + last
    return Write(page.source, frame.path, old, f"{low}-{high}" if low != high else low)


def _written(frame: Frame) -> Any:
    spec = frame.region.spec
    if isinstance(spec, ArticleRegion) and isinstance(spec.chain, tuple):
        return spec.chain[int(frame.path[3])].rows
    return spec.rows


def _headline_moves(
    page: PageSpec, number: int, region: Region, story: Story, roomier: bool
) -> Iterator[tuple[PageStep, ...]]:
    spec, base = region.spec, ("regions", number)
    if isinstance(spec, StoryRegion) and isinstance(spec.headline, HeadlineSpec):
        at: Path = (*base, "headline")
        if spec.headline.place == "top":
            old = None if isinstance(spec.headline.rows, UnsetType) else spec.headline.rows
            yield tuple(_headline_rows(Write(page.source, (*at, "rows"), old, None), roomier))
        for kind in _HEADS:
            name = spec.headline.style if kind == "headline" else getattr(spec.headline, kind)
            key: Path = (*at, "style" if kind == "headline" else kind)
            part = story.part(kind)
            if part is not None and isinstance(name, str):
                yield tuple(_headline_lines(page, key, name, part, roomier))
    if isinstance(spec, StoryRegion | ArticleRegion) and story.part("crosshead") is not None and not roomier:
        old = spec.crosshead if "crosshead" in region.spans else None
        yield tuple(_crossheads(page, Write(page.source, (*base, "crosshead"), old, spec.crosshead)))


def _headline_rows(now: Write, roomier: bool) -> Iterator[PageStep]:
    """Fewer rows than were given to the headline, or more; where none were given, more than it needs are found."""
    if now.old is not None:
        least, _, most = str(now.old).partition("..")
        first = int(least) - 1 if roomier else int(most or least) + 1
        counts = range(first, 0, -1) if roomier else range(first, first + MOST_ROWS)
    else:
        counts = range(0) if roomier else range(_LEAST_HEADLINE, _LEAST_HEADLINE + 2 * MOST_ROWS)
    for rows in counts[: 2 * MOST_ROWS]:
        yield HeadlineRows(rows, (msgspec.structs.replace(now, new=rows),))


def _headline_lines(page: PageSpec, key: Path, name: str, part: Part, roomier: bool) -> Iterator[PageStep]:
    """The part in fewer lines, or more, of those that its style allows; never against its own line breaks."""
    style = page.styles[name]
    if "\n" in part.text.strip():
        return
    counts = range(style.lines_least, style.lines_most + 1)
    for lines in counts if roomier else reversed(counts):
        if style.lines_least != style.lines_most and (new := _style_name(page, name, f"{lines}-line")):
            kind = part.kind
            assert kind in ("kicker", "headline", "deck", "note")
            made = _new_style(page, new, name, "lines", lines)
            yield HeadlineLines(kind, lines, (*made, Write(page.source, key, name, new)))


def _crossheads(page: PageSpec, now: Write) -> Iterator[PageStep]:
    """All crossheads of the story in more rows; `now` writes their style as it is."""
    rows = page.styles[now.new].rows_most
    for new in (rows + 1, rows + 2):
        if called := _style_name(page, now.new, f"{new}-row"):
            style = _new_style(page, called, now.new, "rows", new)
            yield CrossheadRows(new, (*style, msgspec.structs.replace(now, new=called)))


def _new_style(page: PageSpec, name: str, parent: str, key: str, value: int) -> tuple[Write, Write]:
    """A style of the page's own, like `parent` but for one value."""
    path: Path = ("styles", name)
    return Write(page.source, (*path, "extends"), None, parent), Write(page.source, (*path, key), None, value)


def _style_name(page: PageSpec, name: str, suffix: str) -> str | None:
    """A name for a style made from `name`; None where one is called so already, or a path could not name it."""
    new = f"{name}-{suffix}"
    return None if new in page.styles or "." in new else new
