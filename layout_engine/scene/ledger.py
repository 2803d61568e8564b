"""The ledger of the copy (文字账): every character is placed, left over, or dropped on purpose.

What is placed is counted on the finished Scene, glyph by glyph, not taken from the layout's word: a glyph
lost, doubled, swapped, moved or changed between layout and Scene shows here, and the build fails naming the
character.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.content.model import Part, PartKind
from layout_engine.page.model import Account, PageLayout, PlacedLine
from layout_engine.scene.draw import stretches
from layout_engine.scene.items import GlyphRun, Scene

Range = tuple[int, int]
_Look = tuple[str, int, int, str, str, str]  # face, size, narrow, ink, direction, posture
_Place = tuple[int, int]  # where the line begins
_Glyph = tuple[int, int, int, int, int, _Look, _Place]  # first character, character after, gid, pen, shift
_Mark = tuple[int, int, int, int]  # first character of its base, gid, dx, dy

_OF_PHOTO: Final = ("caption", "credit")


class LedgerEntry(msgspec.Struct, frozen=True):
    """One part of copy: how many characters it has and what became of them; `source` is its file.

    Of a part that a story's jump divides, a page holds only the ranges `here`; the rest stands `elsewhere`
    (scene/joints.py).
    """

    key: str
    story: str
    source: str
    characters: int
    placed: int
    left_over: int
    dropped: int
    elsewhere: int = 0
    here: tuple[Range, ...] = ()
    kind: PartKind = "body"

    @property
    def of_article(self) -> bool:
        """Whether an article's file holds this, not a picture's or a page's."""
        return self.kind not in _OF_PHOTO and self.kind != "typed"

    @property
    def owner(self) -> str:
        """Whose sums this belongs to: a story by its name; `photos/NAME`; a region of the spec as `page-N/ID`.

        A story, a photo and a region may have one name, and a region stands on each of several pages.
        """
        if self.kind == "typed":
            return "/".join(self.key.split("/")[:2])
        return f"photos/{self.story}" if self.kind in _OF_PHOTO else self.story


class StoryTotal(msgspec.Struct, frozen=True):
    """The sums of one story, photo or region. `characters` = `placed` + `left_over` + `dropped` + `elsewhere`.

    Only where not all pages were made is anything of a story elsewhere.
    """

    characters: int
    placed: int
    left_over: int
    dropped: int
    elsewhere: int = 0


class Ledger(msgspec.Struct, frozen=True):
    """All entries, in reading order."""

    entries: tuple[LedgerEntry, ...]

    def by_story(self) -> dict[str, StoryTotal]:
        """The sums of each story, photo and region, by its name (`LedgerEntry.owner`), in reading order."""
        totals: dict[str, StoryTotal] = {}
        for one in self.entries:
            so_far = totals.get(one.owner, StoryTotal(0, 0, 0, 0))
            totals[one.owner] = StoryTotal(
                so_far.characters + one.characters,
                so_far.placed + one.placed,
                so_far.left_over + one.left_over,
                so_far.dropped + one.dropped,
                so_far.elsewhere + one.elsewhere,
            )
        return totals


class Balance(msgspec.Struct, frozen=True):
    """The ledger and, where it does not balance, a finding for each character that went astray."""

    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]


def balance(scene: Scene, pages: Sequence[PageLayout], unplaced: Sequence[Account] = ()) -> Balance:
    """The ledger of `scene`, counted against the accounts of the layout; `unplaced` are parts that no region took.

    Each part's placed, left-over and dropped ranges, and those elsewhere, must tile its text in order, without gap or
    overlap, and each placed glyph must be the one that was shaped for those characters, where the layout put it.
    """
    placed, marks = _glyphs_of_scene(scene), _marks_of_scene(scene)
    wanted, wanted_marks = _glyphs_of_layout(pages), _marks_of_layout(pages)
    entries: list[LedgerEntry] = []
    found: list[Diagnostic] = []
    found += _changed_texts(scene)
    accounts = [account for page in pages for region in page.regions for account in region.accounts]
    for account in (*accounts, *unplaced):
        part = account.part
        glyphs = placed.pop(part.key, [])
        found += _changed_glyphs(part, glyphs, wanted.get(part.key, []))
        found += _changed_marks(part, marks.get(part.key, []), wanted_marks.get(part.key, []))
        ranges = _joined(glyphs)
        found += _out_of_order(part, ranges)
        here = sorted([*ranges, *account.left_over, *((first, last) for first, last, _ in account.dropped)])
        found += not_tiling(part, [*here, *account.elsewhere])
        entries.append(
            LedgerEntry(
                part.key,
                account.story,
                part.copy.file,
                len(part.text),
                sum(last - first for first, last in ranges),
                sum(last - first for first, last in account.left_over),
                sum(last - first for first, last, _ in account.dropped),
                sum(last - first for first, last in account.elsewhere),
                tuple(here) if account.elsewhere else (),
                part.kind,
            )
        )
    for key, glyphs in placed.items():  # on the page, and on nobody's account
        found.append(diagnose("ledger/unknown-source", None, part=key, characters=len(glyphs)))
    return Balance(Ledger(tuple(entries)), tuple(found))


def _runs(scene: Scene) -> Iterator[GlyphRun]:
    for page in scene.pages:
        for region in page.regions:
            for item in region.items:
                if isinstance(item, GlyphRun):
                    yield item


def _changed_texts(scene: Scene) -> list[Diagnostic]:
    """A finding for each run that says other characters than those that it was read from."""
    found: list[Diagnostic] = []
    for run in _runs(scene):
        source = scene.sources.get(run.key)
        if source is not None and run.starts and source.text[run.starts[0] : run.starts[-1]] != run.text:
            found.append(diagnose("ledger/wrong-glyph", source.span(run.starts[0]), text=run.text, part=run.key))
    return found


def _glyphs_of_scene(scene: Scene) -> dict[str, list[_Glyph]]:
    """For each part its glyphs in the Scene's order."""
    placed: dict[str, list[_Glyph]] = {}
    for run in _runs(scene):
        look = (run.face, run.size, run.narrow, run.ink, run.direction, run.posture)
        glyphs = zip(
            run.starts, run.starts[1:], run.gids, run.pens, run.shifts or repeat(0), repeat(look),
            repeat((run.x, run.y)), strict=False
        )  # fmt: skip
        placed.setdefault(run.key, []).extend(glyphs)
    return placed


def _glyphs_of_layout(pages: Sequence[PageLayout]) -> dict[str, list[_Glyph]]:
    """The same as the layout asks for it: what was shaped, where its lines stand."""
    wanted: dict[str, list[_Glyph]] = {}
    for placed in _lines(pages):
        line, shaped = placed.line, placed.paragraph
        for first, last, face, stance in stretches(shaped, line.start, line.drawn):
            narrow = shaped.narrow if stance.posture == "upright" else stance.narrow
            look = (face, shaped.size, narrow, placed.ink, shaped.direction, stance.posture)
            shifts = shaped.dy[first:last] if shaped.dy else repeat(0)
            glyphs = zip(
                shaped.starts[first:last], shaped.starts[first + 1 : last + 1], shaped.gids[first:last],
                line.pens[first - line.start : last - line.start], shifts, repeat(look),
                repeat((placed.x, placed.y)), strict=False
            )  # fmt: skip
            drawn = glyphs if 0 not in shaped.gids[first:last] else (one for one in glyphs if one[2])
            wanted.setdefault(shaped.key, []).extend(drawn)
    return wanted


def _marks_of_scene(scene: Scene) -> dict[str, list[_Mark]]:
    marks: dict[str, list[_Mark]] = {}
    for run in _runs(scene):
        for base, gid, dx, dy in run.marks:
            marks.setdefault(run.key, []).append((run.starts[base], gid, dx, dy))
    return marks


def _marks_of_layout(pages: Sequence[PageLayout]) -> dict[str, list[_Mark]]:
    marks: dict[str, list[_Mark]] = {}
    for placed in _lines(pages):
        line, shaped = placed.line, placed.paragraph
        for cluster in sorted(shaped.extras):
            if line.start <= cluster < line.drawn and shaped.gids[cluster]:
                first = shaped.starts[cluster]
                extras = ((first, one.gid, one.dx, one.dy) for one in shaped.extras[cluster])
                marks.setdefault(shaped.key, []).extend(extras)
    return marks


def _lines(pages: Sequence[PageLayout]) -> Iterator[PlacedLine]:
    for page in pages:
        for region in page.regions:
            yield from region.lines


def _changed_glyphs(part: Part, placed: list[_Glyph], wanted: list[_Glyph]) -> list[Diagnostic]:
    """A finding for each glyph that is not the one that was shaped for its characters, or not at its place."""
    if placed == wanted:
        return []
    found: list[Diagnostic] = []
    by_first = {one[0]: one for one in wanted}
    for one in placed:
        first, last, gid, _, _, look, _ = one
        asked = by_first.get(first)
        if asked == one:
            continue
        same = asked is not None and (asked[1], asked[2], asked[5]) == (last, gid, look)
        code = "ledger/moved" if same else "ledger/wrong-glyph"
        found.append(diagnose(code, part.copy.span(first), text=part.text[first:last], part=part.key))
    return found


def _changed_marks(part: Part, placed: list[_Mark], wanted: list[_Mark]) -> list[Diagnostic]:
    if placed == wanted:
        return []
    first = min(one[0] for one in (*placed, *wanted))
    return [diagnose("ledger/wrong-glyph", part.copy.span(first), text=part.text[first : first + 1], part=part.key)]


def _joined(glyphs: Sequence[_Glyph]) -> list[Range]:
    """The characters that the glyphs stand for, as ranges, neighbours joined."""
    ranges: list[Range] = []
    begin = end = None
    for one in glyphs:
        if one[0] != end:
            if begin is not None and end is not None:
                ranges.append((begin, end))
            begin = one[0]
        end = one[1]
    if begin is not None and end is not None:
        ranges.append((begin, end))
    return ranges


def _out_of_order(part: Part, placed: Sequence[Range]) -> list[Diagnostic]:
    """A finding for each stretch that stands after what follows it in the copy."""
    found: list[Diagnostic] = []
    end = 0
    for first, last in placed:
        if first < end:
            found.append(
                diagnose("ledger/out-of-order", part.copy.span(first), text=part.text[first:last], part=part.key)
            )
        end = max(end, last)
    return found


def not_tiling(part: Part, ranges: Sequence[Range]) -> list[Diagnostic]:
    """A finding for each character of the part that is in none of the ranges, or in more than one."""
    found: list[Diagnostic] = []
    end = 0
    for first, last in [*sorted(ranges), (len(part.text), len(part.text))]:
        if first > end:
            found.append(diagnose("ledger/lost", part.copy.span(end), text=part.text[end:first], part=part.key))
        elif first < end:
            found.append(diagnose("ledger/doubled", part.copy.span(first), text=part.text[first:end], part=part.key))
        end = max(end, last)
    return found
