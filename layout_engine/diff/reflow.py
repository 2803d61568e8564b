"""Lines that only moved or broke otherwise (重排): what a change brings about, folded to one line a story."""

from collections.abc import Iterator
from itertools import chain

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.diff.copies import PartCopy, PlacedRun, StoryCopy
from layout_engine.diff.model import Change, Fact, Place, Side
from layout_engine.diff.text import LaidStory
from layout_engine.proof.placing import glyph_rect


class SetLine(msgspec.Struct, frozen=True):
    """行: which characters of the story it has, where, and how they are spaced."""

    start: int
    end: int
    page: int
    region: str
    spacing: tuple[int, ...]  # glyph by glyph, along the line and across it
    rect: Rect
    x: int  # where its first glyph begins
    y: int

    def stands_as(self, other: "SetLine", near: int) -> bool:
        """Whether it is where the other one is; with `near`, as two programs measure it."""
        if not near:
            return (self.page, self.rect, self.spacing) == (other.page, other.rect, other.spacing)
        return self.page == other.page and max(abs(self.x - other.x), abs(self.y - other.y)) <= near


def reflow_of(laid: LaidStory, near: int = 0) -> Change | None:
    """The one reflow of a story; None where every line stands as it stood, or no farther from there than `near`."""
    old, new = set_lines(laid.old), set_lines(laid.new)
    before = {line.start: line for line in old}
    origin = _origins(laid)
    moved: list[tuple[SetLine, SetLine | None]] = []
    for line in new:
        from_ = [origin[at] for at in range(line.start, line.end)]
        if any(at is None for at in from_):
            continue  # it has changed text, which is told as such
        first = from_[0]
        was = before.get(first) if first is not None else None
        whole = was is not None and from_ == list(range(was.start, was.end))
        if not (was and whole and line.stands_as(was, near)):
            moved.append((line, was))
    facts = list(_facts(laid, len(old), len(new)))
    if not moved and not any(fact.topic == "left-over" for fact in facts):
        return None
    facts.insert(0, Fact("moved-lines", "", str(len(moved))))
    return Change(
        "reflow",
        "replace",
        Side(laid.old.id, places=_places([was for _, was in moved if was])),
        Side(laid.new.id, places=_places([line for line, _ in moved])),
        tuple(facts),
    )


def _origins(laid: LaidStory) -> list[int | None]:
    """For each character of the new text the one of the old text that it was."""
    origin: list[int | None] = [None] * len(laid.new.text)
    for one in (*laid.alignment.kept, *laid.alignment.moved):
        origin[one.b : one.b + one.length] = range(one.a, one.a + one.length)
    return origin


def _facts(laid: LaidStory, old_lines: int, new_lines: int) -> Iterator[Fact]:
    if old_lines != new_lines:
        yield Fact("lines", str(old_lines), str(new_lines))
    over = [sum(part.left_over for part in story.parts) for story in (laid.old, laid.new)]
    if over[0] != over[1]:
        yield Fact("left-over", str(over[0]), str(over[1]))


def _places(lines: list[SetLine]) -> tuple[Place, ...]:
    rects: dict[tuple[int, str], list[Rect]] = {}
    for line in lines:
        rects.setdefault((line.page, line.region), []).append(line.rect)
    return tuple(Place(page, region, tuple(found)) for (page, region), found in rects.items())


def set_lines(story: StoryCopy) -> list[SetLine]:
    """The story's lines, part after part."""
    return [
        _line(runs, first) for part, first in zip(story.parts, story.starts, strict=True) for runs in _by_line(part)
    ]


def _by_line(part: PartCopy) -> Iterator[list[PlacedRun]]:
    line: list[PlacedRun] = []
    for placed in part.runs:
        if line and (placed.page, placed.run.x, placed.run.y) != (line[0].page, line[0].run.x, line[0].run.y):
            yield line
            line = []
        line.append(placed)
    if line:
        yield line


def _line(runs: list[PlacedRun], first: int) -> SetLine:
    rects = [glyph_rect(placed.run, at) for placed in runs for at in (0, len(placed.run.gids) - 1)]
    left, top = min(one.x for one in rects), min(one.y for one in rects)
    right, bottom = max(one.right for one in rects), max(one.bottom for one in rects)
    return SetLine(
        first + runs[0].run.starts[0],
        first + runs[-1].run.starts[-1],
        runs[0].page,
        runs[0].region,
        tuple(chain.from_iterable((*placed.run.pens, *placed.run.shifts) for placed in runs)),
        Rect(left, top, right - left, bottom - top),
        runs[0].run.x + runs[0].run.pens[0],
        runs[0].run.y,
    )
