"""Which revision somebody means (版次怎么称呼): `3`, `r3`, `latest`, `latest~1`, or the beginning of a short hash.

The hash may be the revision's own (its id) or that of its content, which the command `proof` tells.
"""

from collections.abc import Sequence
from typing import Final

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.revisions.model import ID_LENGTH, Event, Revision
from layout_engine.revisions.records import REMOVED

LATEST: Final = "latest"
_BACK: Final = "~"
_SHORTEST: Final = 4  # hex digits of an id
_LONGEST_NUMBER: Final = 9  # digits


def find(reference: str, revisions: Sequence[Revision], events: Sequence[Event]) -> Outcome[Revision]:
    """The revision that `reference` means, or why there is none."""
    asked = reference.strip().lower()
    found = _by_place(asked, revisions) or _by_number(asked, revisions)
    if found is not None:
        return Outcome(found)
    by_hash = [one for one in revisions if len(asked) >= _SHORTEST and _begins(one, asked)]
    if len(by_hash) == 1:
        return Outcome(by_hash[0])
    shown = reference[:40]
    if by_hash:
        several = ", ".join(f"r{one.number} {one.id}" for one in by_hash[:5])
        return Outcome(None, (diagnose("store/ambiguous", reference=shown, revisions=several),))
    for event in events:
        if event.kind == REMOVED and event.revision is not None and event.revision == _number(asked):
            return Outcome(None, (diagnose("store/removed", revision=event.revision, at=event.at, by=event.by),))
    known = ", ".join(f"r{one.number}" for one in revisions[-10:])
    return Outcome(None, (diagnose("store/no-revision", reference=shown, known=known),))


def _by_place(asked: str, revisions: Sequence[Revision]) -> Revision | None:
    """`latest` and those before it."""
    word, mark, back = asked.partition(_BACK)
    if word != LATEST or (mark and not _is_number(back)):
        return None
    steps = int(back) if back else 0
    return revisions[-1 - steps] if steps < len(revisions) else None


def _by_number(asked: str, revisions: Sequence[Revision]) -> Revision | None:
    number = _number(asked)
    return next((one for one in revisions if one.number == number), None)


def _begins(one: Revision, asked: str) -> bool:
    return one.id.startswith(asked[:ID_LENGTH]) or one.content.startswith(asked)


def _number(asked: str) -> int:
    digits = asked.removeprefix("r")
    return int(digits) if _is_number(digits) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
