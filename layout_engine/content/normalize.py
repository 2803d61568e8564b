"""Which edits would bring the copy into form (整理), and the text with those that were accepted applied.

Nothing changes a character in silence: each edit is proposed with its rule and place; it is applied only where
the house or the article accepts its kind, and then it is recorded in `Part.edits`. Normalised text is the text
as read with the recorded edits applied, one after another.
"""

from typing import Final

import msgspec

from layout_engine.base.source import SourcedText, join_texts
from layout_engine.content.model import Change, Edit, Emphasis, Part, Proposal
from layout_engine.content.proposals import propose

# What a house or an article can accept. Proposals of other kinds (`doubtful`, `series`, `nesting`, `forms`) need
# a person's eye and are never applied here.
NORMALIZATIONS: Final = ("brackets", "punctuation", "quotes", "spaces", "dashes", "ellipses", "digits")

# An edit can make way for another (a comma before a bracket that became Chinese); deeper than this none was found.
_MAX_ROUNDS: Final = 4


class Placed(msgspec.Struct, frozen=True):
    """An edit and the stretch of the part's text that it replaces."""

    change: Change
    edit: Edit


def propose_edits(part: Part) -> tuple[Edit, ...]:
    """Every edit that the rules TY-100 to TY-112 offer for this part, in order, none of them applied."""
    return tuple(placed.edit for placed in _place(part.copy, propose(part.text, part.kind), applied=False))


def apply_edits(part: Part, kinds: frozenset[str]) -> Part:
    """The part with the proposed edits of these kinds applied once, and recorded."""
    accepted = [one for one in propose(part.text, part.kind) if one.kind in kinds]
    placed = _place(part.copy, accepted, applied=True)
    if not placed:
        return part
    pieces: list[SourcedText] = []
    at = 0
    for one in placed:
        change = one.change
        pieces.append(part.copy.slice(at, change.start))
        pieces.append(part.copy.slice(change.start, change.end).replaced(0, change.end - change.start, change.after))
        at = change.end
    pieces.append(part.copy.slice(at, len(part.text)))
    changes = [one.change for one in placed]
    emphasis = tuple(
        Emphasis(_moved(one.start, changes), _moved(one.end, changes), one.strength) for one in part.emphasis
    )
    return msgspec.structs.replace(
        part,
        copy=join_texts(pieces),
        emphasis=tuple(one for one in emphasis if one.start < one.end),
        edits=(*part.edits, *(one.edit for one in placed)),
    )


def normalize_part(part: Part, kinds: frozenset[str]) -> Part:
    """The part with every accepted edit applied, also those that another edit makes way for."""
    kinds &= frozenset(NORMALIZATIONS)
    for _ in range(_MAX_ROUNDS if kinds else 0):
        edited = apply_edits(part, kinds)
        if edited is part:
            break
        part = edited
    return part


def _place(copy: SourcedText, proposals: list[Proposal], *, applied: bool) -> list[Placed]:
    placed = [
        Placed(
            change,
            Edit(
                proposal.rule,
                proposal.kind,
                copy.span(change.start),
                copy.text[change.start : change.end],
                change.after,
                applied,
            ),
        )
        for proposal in proposals
        for change in proposal.changes
    ]
    placed.sort(key=lambda one: one.change.start)
    return placed


def _moved(at: int, changes: list[Change]) -> int:
    """Where the border before character `at` is once the changes are made; inside one of them, its start."""
    by = 0
    for change in changes:
        if change.end <= at:
            by += len(change.after) - (change.end - change.start)
        elif change.start < at:
            return change.start + by
    return at + by
