"""Ways to make a story longer (缺文): characters added in one paragraph, and paragraphs parted after a sentence."""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Final

import msgspec

from layout_engine.fit.proving import Draft, Prover, first_true
from layout_engine.fit.rewriting import Rewrite, paragraphs, sentence_ends

MOST_ROWS: Final = 40  # under by more, a story is not padded

_NEAR: Final = 4  # characters by which a bound is drawn in where the outermost did not fit in every way
_PARAGRAPHS: Final = 3  # that are offered for additions, the last among them
_SPLITS: Final = 24  # places at which the story is parted to see
_TOGETHER: Final = 3  # of them at once, at most
_SENTENCES: Final = 20  # TY-… characters that either part keeps at least


class Filled(msgspec.Struct, frozen=True):
    """A draft that fits, and for an addition the most characters that do."""

    draft: Draft
    most: int = 0


def longer(prover: Prover, measure: int, page_drafts: Sequence[Draft] = ()) -> Iterator[Filled]:
    """Drafts by which the hole is filled, each proved. `measure`: characters of a line.

    `page_drafts` are changes of the page that fill a part of the hole: each is completed by an addition.
    """
    if not prover.now.hole or prover.now.rows_under > MOST_ROWS:
        return
    count = len(paragraphs(prover.story))
    if not count:
        return
    additions = {number: _added(prover, Draft(), number, measure) for number in range(1, count + 1)}
    found = {number: one for number, one in additions.items() if one is not None}
    cheapest = sorted(found, key=lambda number: (found[number].draft.rewrite.adds[0][1], -number))
    for number in dict.fromkeys([*(one for one in (count,) if one in found), *cheapest[:_PARAGRAPHS]]):
        yield found[number]
    yield from _parted(prover, measure)
    for draft in page_drafts:
        filled = _added(prover, draft, count, measure)
        if filled is not None:
            yield filled


def _added(prover: Prover, draft: Draft, number: int, measure: int) -> Filled | None:
    """The least and the most characters in this paragraph that fill the hole, wherever in it they stand."""
    enough = (prover.verdict(draft).rows_under + 1) * measure

    def filled(count: int) -> bool:
        verdict = prover.verdict(_add(draft, (number, count)))
        return bool(verdict.lines_over) or not verdict.hole

    def over(count: int) -> bool:
        return bool(prover.verdict(_add(draft, (number, count))).lines_over)

    least = first_true(1, enough, filled)
    if least is None:
        return None
    most = (first_true(least, enough, over) or enough + 1) - 1
    low = next((one for one in range(least, min(most, least + _NEAR) + 1) if _proved(prover, draft, number, one)), None)
    if low is None:
        return None
    high = next(
        one
        for one in range(most, low - 1, -1)
        if one == low or (most - one < _NEAR and _proved(prover, draft, number, one))
    )
    return Filled(_add(draft, (number, low)), high)


def _proved(prover: Prover, draft: Draft, number: int, count: int) -> bool:
    return prover.proved(_add(draft, (number, count))) is not None


def _parted(prover: Prover, measure: int) -> Iterator[Filled]:
    """Paragraphs parted after a sentence: alone, two or three together, or with an addition."""
    under = prover.now.rows_under
    gains: list[tuple[int, int]] = []
    for place in islice(_places(prover), _SPLITS):
        draft = Draft(Rewrite(splits=(place,)))
        verdict = prover.verdict(draft)
        if verdict.fits:
            yield Filled(draft)
        elif verdict.rows_under < under and not verdict.lines_over:
            gains.append(place)
    apart = list({number: (number, sentence) for number, sentence in reversed(gains)}.values())[::-1]
    for count in range(2, _TOGETHER + 1):
        for places in combinations(apart[: count + 1], count):
            draft = Draft(Rewrite(splits=places))
            if prover.proved(draft):
                yield Filled(draft)
                return
    for place in apart[:1]:
        last = len(paragraphs(prover.story))
        number = last if place[0] != last or last == 1 else last - 1
        if number != place[0] and (filled := _added(prover, Draft(Rewrite(splits=(place,))), number, measure)):
            yield filled


def _places(prover: Prover) -> Iterator[tuple[int, int]]:
    """After which sentences paragraphs may be parted, so that neither part is too short; the longest first."""
    parts = sorted(enumerate(paragraphs(prover.story), start=1), key=lambda one: -len(one[1].text))
    for number, part in parts:
        for sentence, end in enumerate(sentence_ends(part), start=1):
            if _SENTENCES <= end <= len(part.text) - _SENTENCES:
                yield number, sentence


def _add(draft: Draft, add: tuple[int, int]) -> Draft:
    rewrite = msgspec.structs.replace(draft.rewrite, adds=(*draft.rewrite.adds, add))
    return msgspec.structs.replace(draft, rewrite=rewrite)
