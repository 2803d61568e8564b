"""Whether quotes and brackets come in pairs (成对标号): TY-102 and TY-103, and points in a row: TY-110."""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from layout_engine.content.characters import CLOSERS, OPENERS, PAIRS, POINTS, is_digit, is_letter

_INNER: Final = {"“": ("‘", "’"), "‘": ("“", "”"), "《": ("〈", "〉"), "〈": ("《", "》")}
_FAMILY: Final = {"“": "quote", "‘": "quote", "《": "title", "〈": "title"}
_TOGETHER: Final = frozenset("！？")  # TY-14
_MAX_TOGETHER: Final = 3
_NOT_BEFORE_TITLE_END: Final = frozenset("。，、；")
_MAX_ORDINAL: Final = 3  # `12)` opens an item
_MAX_DEPTH: Final = 16  # open marks among which a partner is looked for; prose has four at most


class PairFault(msgspec.Struct, frozen=True):
    """A mark at `at` that has no partner, or whose pair crosses another that opened at `other`."""

    kind: Literal["unpaired", "crossed"]
    at: int
    other: int = -1


class Pairing(msgspec.Struct, frozen=True):
    """The pairs of a paragraph as places of their two marks, and what is wrong with them."""

    pairs: tuple[tuple[int, int], ...]
    faults: tuple[PairFault, ...]


def pair_marks(text: str) -> Pairing:
    """Pair all quotes and brackets of one paragraph."""
    if OPENERS.isdisjoint(text) and CLOSERS.isdisjoint(text):
        return Pairing((), ())
    pairs: list[tuple[int, int]] = []
    faults: list[PairFault] = []
    opened: list[int] = []
    for at, one in enumerate(text):
        if one in OPENERS:
            opened.append(at)
        elif one in CLOSERS and not _is_apostrophe(text, at, opened) and not _is_ordinal(text, at, opened):
            near = range(len(opened) - 1, max(-1, len(opened) - 1 - _MAX_DEPTH), -1)
            partner = next((x for x in near if _match(text[opened[x]], one)), None)
            if partner is None:
                faults.append(PairFault("unpaired", at))
                continue
            if partner < len(opened) - 1:
                faults.append(PairFault("crossed", at, opened[partner + 1]))
            pairs.append((opened.pop(partner), at))
    faults += [PairFault("unpaired", at) for at in opened]
    faults.sort(key=lambda one: one.at)
    return Pairing(tuple(sorted(pairs)), tuple(faults))


def pair_brackets(text: str) -> list[tuple[int, int]]:
    """The pairs of round brackets of either width."""
    opened: list[int] = []
    pairs = []
    for at, one in enumerate(text):
        if one in "(（":
            opened.append(at)
        elif one in ")）" and opened:
            pairs.append((opened.pop(), at))
    return sorted(pairs)


def wrong_nesting(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Pairs that stand directly inside a pair of the same form, with the two marks of the inner form."""
    enclosing: list[tuple[int, str, str]] = []  # where it closes, family, form that counts for what is inside
    for start, end in pair_marks(text).pairs:
        form = text[start]
        family = _FAMILY.get(form)
        if family is None:
            continue
        while enclosing and enclosing[-1][0] < start:
            enclosing.pop()
        outer = next((one for one in enclosing[: -_MAX_DEPTH - 1 : -1] if one[1] == family and one[0] > end), None)
        if outer and outer[2] == form:
            yield start, end, *_INNER[form]
            form = _INNER[form][0]
        enclosing.append((end, family, form))


def points_in_a_row(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of two points or more that are none of ？！ together, and a point before 》 (TY-110)."""
    at = 0
    while at < len(text):
        if text[at] not in POINTS:
            at += 1
            continue
        end = at + 1
        while end < len(text) and text[end] in POINTS:
            end += 1
        run = text[at:end]
        together = _TOGETHER.issuperset(run) and len(run) <= _MAX_TOGETHER
        ellipsis = len(run) >= 3 and run == "。" * len(run)  # TY-105 has an edit for it
        if len(run) > 1 and not together and not ellipsis:
            yield at, end
        elif len(run) == 1 and run in _NOT_BEFORE_TITLE_END and text[end : end + 1] in ("》", "〉"):
            yield at, end + 1
        at = end


def _match(opening: str, closing: str) -> bool:
    if opening in "(（":
        return closing in ")）"
    return PAIRS[opening] == closing


def _is_apostrophe(text: str, at: int, opened: list[int]) -> bool:
    """`it’s`, and `students’` where no ‘ is open."""
    if text[at] != "’" or not at or not is_letter(text[at - 1]):
        return False
    return is_letter(text[at + 1 : at + 2]) or all(text[one] != "‘" for one in opened[-_MAX_DEPTH:])


def _is_ordinal(text: str, at: int, opened: list[int]) -> bool:
    """`1)` at the start of an item."""
    if at > 2 * _MAX_ORDINAL:
        return False
    ordinal = text[:at].strip()
    return (
        text[at] in ")）"
        and not opened
        and 0 < len(ordinal) <= _MAX_ORDINAL
        and all(is_digit(one) or is_letter(one) for one in ordinal)
    )
