"""The ledger of an issue closed, all its pages made (关账): what jumps is joined, what no page took is found."""

from collections.abc import Sequence

import msgspec

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.content.model import Story
from layout_engine.gate import Inputs
from layout_engine.page.unplaced import unplaced_parts
from layout_engine.scene.joints import join_pages
from layout_engine.scene.ledger import Ledger, LedgerEntry


class ClosedLedger(msgspec.Struct, frozen=True):
    """The issue's ledger and what was found; `torn` are the stories that are not whole over their pages."""

    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    torn: frozenset[str]

    def tears(self, entries: Sequence[LedgerEntry]) -> bool:
        """Whether a page with these entries holds some of a story that is torn."""
        return not self.torn.isdisjoint(one.story for one in entries if one.of_article)


def close_ledger(inputs: Inputs, entries: Sequence[LedgerEntry], *, all_pages: bool) -> ClosedLedger:
    """The issue's ledger from its pages' entries, the pages by their numbers, and what was found.

    What no region took is known only when all pages are made.
    A story that runs over pages is joined, and must be whole (scene/joints.py). What the reader left out of an article
    on purpose (comments, signs of markup) is accounted for as dropped.
    """
    read = inputs.copy.stories
    jumping = {
        str(getattr(region.spec, "story", "")): None
        for page in inputs.spec.pages
        for region in page.regions
        if region.parts
    }
    joined = join_pages(entries, [read[name] for name in jumping if name in read], all_pages=all_pages)
    on_pages = dict.fromkeys(one.story for one in joined.entries if one.of_article)
    entries = [*joined.entries, *(_left_out(read[name]) for name in on_pages)]
    if not all_pages:
        return ClosedLedger(Ledger(tuple(entries)), joined.diagnostics, joined.torn)
    placed = {one.key for one in entries}
    unplaced = unplaced_parts(inputs.copy, on_pages, placed)
    left = tuple(
        LedgerEntry(one.part.key, one.story, one.part.copy.file, len(one.part.text), 0, len(one.part.text), 0)
        for one in unplaced.accounts
    )
    return ClosedLedger(Ledger((*entries, *left)), (*joined.diagnostics, *unplaced.diagnostics), joined.torn)


def told_once(found: Sequence[tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """The findings of several pages; what more than one of them found in the story that they share is told once."""
    return tuple(dict.fromkeys(one for of_page in found for one in of_page))


def _left_out(story: Story) -> LedgerEntry:
    texts = [*story.dropped, *(one for part in story.parts for one in part.dropped)]
    count = sum(len(one.text) for one in texts)
    return LedgerEntry(f"{story.id}/left-out", story.id, story.file, count, 0, 0, count)
