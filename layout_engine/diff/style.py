"""Text that stayed and looks different (样式): face, size, width, ink, by part and folded to runs of characters."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from layout_engine.base.units import format_pt
from layout_engine.diff.copies import HEADING, PartCopy, StoryCopy, places_of
from layout_engine.diff.inks import Inks
from layout_engine.diff.model import Change, Fact, Place, Side, Topic
from layout_engine.diff.text import LaidStory

_FITTED: Final[frozenset[Topic]] = frozenset({"size", "narrow"})  # what the engine chooses to fill a heading's space


class Look(msgspec.Struct, frozen=True):
    """How a character is set."""

    face: str
    size: int
    narrow: int
    ink: str
    direction: str


class StyledRun(msgspec.Struct, frozen=True):
    """Characters that stayed and look otherwise: in both stories' texts, and what is different."""

    start_old: int
    end_old: int
    start: int
    end: int
    facts: tuple[Fact, ...]


def style_changes(laid: LaidStory, inks: Inks, same_faces: Mapping[str, str], resized: frozenset[str]) -> list[Change]:
    """The style changes of one story.

    Where a heading's text changed, or its region is in `resized`, its size follows from that and is not told.
    """
    old, new = looks_of(laid.old, inks.old_keys, {}), looks_of(laid.new, inks.new_keys, same_faces)
    rewritten = _rewritten(laid)
    folded: dict[tuple[str, tuple[Fact, ...]], list[StyledRun]] = {}
    changes: list[Change] = []
    for run in _joined(laid, _all_runs(laid, old, new)):
        part, at = laid.new.part_at(run.start)
        fitted = part.kind in HEADING or part.kind == "typed"
        regions = {placed.region for placed in part.runs}
        if fitted and {fact.topic for fact in run.facts} <= _FITTED and (part.kind in rewritten or regions & resized):
            continue
        if _is_whole(part, at, run):
            folded.setdefault((part.kind, run.facts), []).append(run)
        else:
            changes.append(_change(laid, [run], run.facts))
    changes += [_change(laid, runs, facts) for (_, facts), runs in folded.items()]
    return changes


def _all_runs(laid: LaidStory, old: list[Look | None], new: list[Look | None]) -> Iterator[StyledRun]:
    for one in laid.alignment.kept:
        if old[one.a : one.a + one.length] != new[one.b : one.b + one.length]:
            yield from _runs(laid, old, new, one.a, one.b, one.length)


def _joined(laid: LaidStory, runs: Iterator[StyledRun]) -> Iterator[StyledRun]:
    """Runs of one part that only changed text holds apart are one."""
    before: StyledRun | None = None
    starts, changed = set(laid.new.starts), laid.changed
    for run in runs:
        if (
            before is not None
            and run.facts == before.facts
            and starts.isdisjoint(range(before.end, run.start + 1))
            and all(at in changed or laid.new.text[at].isspace() for at in range(before.end, run.start))
        ):
            before = msgspec.structs.replace(before, end=run.end, end_old=run.end_old)
            continue
        if before is not None:
            yield before
        before = run
    if before is not None:
        yield before


def looks_of(story: StoryCopy, inks: Mapping[int, Mapping[str, str]], faces: Mapping[str, str]) -> list[Look | None]:
    """The look of each character; None of those that are not set. Inks are known by page, `faces` under other names."""
    looks: list[Look | None] = [None] * len(story.text)
    for part, first in zip(story.parts, story.starts, strict=True):
        for placed in part.runs:
            run = placed.run
            look = Look(
                faces.get(run.face, run.face),
                run.size,
                run.narrow if run.posture == "upright" else 100,
                inks[placed.page].get(run.ink, run.ink),
                run.direction,
            )
            start, end = first + run.starts[0], first + run.starts[-1]
            looks[start:end] = [look] * (end - start)
    return looks


def _rewritten(laid: LaidStory) -> frozenset[str]:
    """The kinds of parts whose text is not what it was; headings of one story are fitted together."""
    kinds = set()
    for edit in laid.alignment.edits:
        kinds.add(laid.old.part_at(edit.a)[0].kind)
        kinds.add(laid.new.part_at(edit.b)[0].kind)
    return frozenset({*kinds, *(HEADING if kinds & {*HEADING} else ())})


def _runs(
    laid: LaidStory, old: list[Look | None], new: list[Look | None], a: int, b: int, length: int
) -> Iterator[StyledRun]:
    """Characters side by side of one part; what is not set on one side has no look to differ in."""
    start: int | None = None
    facts: list[Fact] = []
    for at in range(length + 1):
        here = _differences(old[a + at], new[b + at]) if at < length else ()
        stays = at < length and not here and laid.new.text[b + at] in " 　"
        begins_part = at < length and b + at in laid.new.starts
        if start is not None and ((not here and not stays) or begins_part):
            yield StyledRun(a + start, a + at, b + start, b + at, tuple(facts))
            start, facts = None, []
        if here:
            start = at if start is None else start
            facts += [fact for fact in here if fact not in facts]


def _differences(old: Look | None, new: Look | None) -> tuple[Fact, ...]:
    if old == new or old is None or new is None:
        return ()
    facts: list[Fact] = []
    if old.face != new.face:
        facts.append(Fact("face", old.face, new.face))
    if old.size != new.size:
        facts.append(Fact("size", _points(old.size), _points(new.size)))
    if old.narrow != new.narrow:
        facts.append(Fact("narrow", f"{old.narrow}%", f"{new.narrow}%"))
    if old.ink != new.ink:
        facts.append(Fact("ink", old.ink, new.ink))
    if old.direction != new.direction:
        facts.append(Fact("direction", old.direction, new.direction))
    return tuple(facts)


def _points(size: int) -> str:
    return f"{format_pt(size, 2)}pt"


def _is_whole(part: PartCopy, at: int, run: StyledRun) -> bool:
    """Whether the run is all of its part."""
    return at == 0 and run.end - run.start >= len(part.text.rstrip())


def _change(laid: LaidStory, runs: list[StyledRun], facts: tuple[Fact, ...]) -> Change:
    return Change(
        "style",
        "replace",
        _side(laid.old, [(run.start_old, run.end_old) for run in runs]),
        _side(laid.new, [(run.start, run.end) for run in runs]),
        facts if len(runs) == 1 else (*facts, Fact("whole", str(len(runs)), str(len(runs)))),
    )


def _side(story: StoryCopy, ranges: list[tuple[int, int]]) -> Side:
    places: list[Place] = []
    for start, end in ranges:
        for part, low, high in story.pieces(start, end):
            places += places_of(part, low, high)
    part, at = story.part_at(ranges[0][0])
    return Side(
        story.id,
        part.kind,
        part.number if len(ranges) == 1 else None,
        story.text[slice(*ranges[0])].strip("\n") if len(ranges) == 1 else "",
        places=tuple(places),
        span=part.source.span(at),
        at=ranges[0][0],
    )
