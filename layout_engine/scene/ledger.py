"""The ledger of the copy (文字账): every character is placed, left over, or dropped on purpose.

What is placed is counted on the finished Scene, glyph by glyph, not taken from the layout's word: a glyph
lost, doubled, swapped or changed between layout and Scene shows here, and the build fails naming the character.
"""

from collections.abc import Iterator, Sequence

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.content.model import Part
from layout_engine.page.model import Account, PageLayout
from layout_engine.scene.items import GlyphRun, Scene
from layout_engine.typography.model import ShapedParagraph

Range = tuple[int, int]


class LedgerEntry(msgspec.Struct, frozen=True):
    """One part of copy: how many characters it has and what became of them; `source` is its file."""

    key: str
    story: str
    source: str
    characters: int
    placed: int
    left_over: int
    dropped: int


class StoryTotal(msgspec.Struct, frozen=True):
    """The sums of one story, photo or region. `characters` = `placed` + `left_over` + `dropped`."""

    characters: int
    placed: int
    left_over: int
    dropped: int


class Ledger(msgspec.Struct, frozen=True):
    """All entries, in reading order."""

    entries: tuple[LedgerEntry, ...]

    def by_story(self) -> dict[str, StoryTotal]:
        """The sums by story, in reading order."""
        totals: dict[str, StoryTotal] = {}
        for one in self.entries:
            so_far = totals.get(one.story, StoryTotal(0, 0, 0, 0))
            totals[one.story] = StoryTotal(
                so_far.characters + one.characters,
                so_far.placed + one.placed,
                so_far.left_over + one.left_over,
                so_far.dropped + one.dropped,
            )
        return totals


class Balance(msgspec.Struct, frozen=True):
    """The ledger and, where it does not balance, a finding for each character that went astray."""

    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]


def balance(scene: Scene, pages: Sequence[PageLayout], unplaced: Sequence[Account] = ()) -> Balance:
    """The ledger of `scene`, counted against the accounts of the layout; `unplaced` are parts that no region took.

    Each part's placed, left-over and dropped ranges must tile its text in order, without gap or overlap, and each
    placed glyph must be the one that was shaped for those characters.
    """
    placed = _placed_glyphs(scene)
    shaped = _shaped_glyphs(pages)
    entries: list[LedgerEntry] = []
    found: list[Diagnostic] = []
    accounts = [account for page in pages for region in page.regions for account in region.accounts]
    for account in (*accounts, *unplaced):
        part = account.part
        glyphs = placed.pop(part.key, [])
        found += _wrong_glyphs(part, glyphs, shaped.get(part.key, {}))
        ranges = [(first, last) for first, last, _ in glyphs]
        found += _not_tiling(part, ranges, account)
        entries.append(
            LedgerEntry(
                part.key,
                account.story,
                part.copy.file,
                len(part.text),
                sum(last - first for first, last in ranges),
                sum(last - first for first, last in account.left_over),
                sum(last - first for first, last, _ in account.dropped),
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


def _placed_glyphs(scene: Scene) -> dict[str, list[tuple[int, int, int]]]:
    """For each part its glyphs in the Scene's order: first character, character after, glyph."""
    placed: dict[str, list[tuple[int, int, int]]] = {}
    for run in _runs(scene):
        placed.setdefault(run.key, []).extend(zip(run.starts, run.starts[1:], run.gids, strict=False))
    return placed


def _shaped_glyphs(pages: Sequence[PageLayout]) -> dict[str, dict[int, int]]:
    """For each part the glyph that was shaped for the cluster that begins at a character."""
    shaped: dict[str, dict[int, int]] = {}
    seen: set[int] = set()
    for paragraph in _paragraphs(pages):
        if id(paragraph) not in seen:
            seen.add(id(paragraph))
            shaped.setdefault(paragraph.key, {}).update(zip(paragraph.starts, paragraph.gids, strict=False))
    return shaped


def _paragraphs(pages: Sequence[PageLayout]) -> Iterator[ShapedParagraph]:
    for page in pages:
        for region in page.regions:
            for line in region.lines:
                yield line.paragraph


def _wrong_glyphs(part: Part, glyphs: Sequence[tuple[int, int, int]], shaped: dict[int, int]) -> list[Diagnostic]:
    return [
        diagnose("ledger/wrong-glyph", part.copy.span(first), text=part.text[first:last], part=part.key)
        for first, last, gid in glyphs
        if shaped.get(first) != gid
    ]


def _not_tiling(part: Part, placed: Sequence[Range], account: Account) -> list[Diagnostic]:
    """A finding for each character of the part that is in none of the ranges, or in more than one, or out of order."""
    found: list[Diagnostic] = []
    end = 0
    for first, last in placed:
        if first < end:
            found.append(
                diagnose("ledger/out-of-order", part.copy.span(first), text=part.text[first:last], part=part.key)
            )
        end = max(end, last)
    ranges = sorted([*placed, *account.left_over, *((first, last) for first, last, _ in account.dropped)])
    end = 0
    for first, last in [*ranges, (len(part.text), len(part.text))]:
        if first > end:
            found.append(diagnose("ledger/lost", part.copy.span(end), text=part.text[end:first], part=part.key))
        elif first < end:
            found.append(diagnose("ledger/doubled", part.copy.span(first), text=part.text[first:end], part=part.key))
        end = max(end, last)
    return found
