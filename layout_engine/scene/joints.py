"""One part of copy on several pages (转版的文字账): what each page holds of it, joined, must be the whole of it.

Each page's ledger takes the others' word for what stands elsewhere. Here nothing is taken on trust: the ranges that
the pages account for must tile the text, and follow one another from page to page.
"""

from collections.abc import Sequence

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.content.model import Part, Story
from layout_engine.scene.ledger import LedgerEntry, not_tiling


class Joined(msgspec.Struct, frozen=True):
    """The entries, each part's once; a finding for each character that went astray between two pages.

    `torn` are the stories that are not whole.
    """

    entries: tuple[LedgerEntry, ...]
    diagnostics: tuple[Diagnostic, ...]
    torn: frozenset[str] = frozenset()


def join_pages(entries: Sequence[LedgerEntry], stories: Sequence[Story], *, all_pages: bool) -> Joined:
    """The entries of all pages, in the pages' order, with those of one part made one.

    `stories` are those that run over pages. Where `all_pages` were made, the pages must hold the whole of their text;
    of a single page, the rest may stand elsewhere.
    """
    shares: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        shares.setdefault(entry.key, []).append(entry)
    joined: list[LedgerEntry] = []
    found: list[Diagnostic] = []
    torn: set[str] = set()
    for of_part in shares.values():
        alone = len(of_part) == 1 and not of_part[0].elsewhere
        joined.append(of_part[0] if alone else _one(of_part, elsewhere=0 if all_pages else None))
    for story in stories if all_pages else ():
        astray = [one for part in story.body for one in _astray(part, shares.get(part.key, ()))]
        found += astray
        torn |= {story.id} if astray else set()
    return Joined(tuple(joined), tuple(found), frozenset(torn))


def _one(shares: Sequence[LedgerEntry], elsewhere: int | None) -> LedgerEntry:
    """The shares of one part as one entry; what is elsewhere is what no page of them holds, unless it is given."""
    sums = {name: sum(getattr(one, name) for one in shares) for name in ("placed", "left_over", "dropped")}
    rest = shares[0].characters - sum(sums.values()) if elsewhere is None else elsewhere
    return msgspec.structs.replace(shares[0], **sums, elsewhere=rest, here=())


def _astray(part: Part, shares: Sequence[LedgerEntry]) -> list[Diagnostic]:
    """A finding for each character that no page holds, or two, or that stands before the joint and belongs after it."""
    whole = ((0, len(part.text)),)
    ranges = [one.here if one.elsewhere else whole for one in shares]
    found = not_tiling(part, [each for one in ranges for each in one])
    end = 0
    for one in ranges:
        first = min((low for low, _ in one), default=end)
        if first < end:
            text = part.text[first:end]
            found.append(diagnose("ledger/out-of-order", part.copy.span(first), text=text, part=part.key))
        end = max((end, *(high for _, high in one)))
    return found
