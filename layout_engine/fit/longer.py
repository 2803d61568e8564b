"""Ways to make a story longer (缺文): characters added in one paragraph, and paragraphs parted after a sentence."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, islice
from typing import Final

import msgspec

from layout_engine.content.model import Part
from layout_engine.fit.proving import Draft, Prover, first_true
from layout_engine.fit.rewriting import WAYS, Rewrite, lengthened, paragraphs, sentence_ends

MOST_ROWS: Final = 40  # under by more, a story is not padded

_NEAR: Final = 4  # characters by which a bound is drawn in where the outermost did not fit in every way
_SPARE: Final = 3  # characters by which a bound is drawn in besides: words may fall otherwise than those of the proof
_PARAGRAPHS: Final = 3  # that are offered for additions, the last among them
_SPLITS: Final = 24  # places at which the story is parted to see
_TOGETHER: Final = 3  # of them at once, at most
_SENTENCES: Final = 20  # characters that either part keeps at least


class Filled(msgspec.Struct, frozen=True):
    """A draft that fits, and for an addition the most characters that do."""

    draft: Draft
    most: int = 0


def longer(prover: Prover, page_drafts: Sequence[Draft] = ()) -> Iterator[Filled]:
    """Drafts by which the hole is filled, each proved.

    `page_drafts` are changes of the page that fill a part of the hole: each is completed by an addition.
    """
    if not prover.now.hole or prover.now.rows_under > MOST_ROWS:
        return
    count = len(paragraphs(prover.story))
    if not count or not prover.characters_a_line():
        return
    cheapest = _cheapest(prover)
    for number in dict.fromkeys((count, *cheapest[:_PARAGRAPHS])):
        filled = _added(prover, Draft(), number)
        if filled is not None:
            yield filled
    yield from _parted(prover)
    for draft in page_drafts:
        filled = _added(prover, draft, count)
        if filled is not None:
            yield filled


def _cheapest(prover: Prover) -> list[int]:
    """The paragraphs, first those that the fewest characters make a line longer; of equals the later."""
    needs: dict[int, int] = {}
    a_line = prover.characters_a_line()
    for number, part in enumerate(paragraphs(prover.story), start=1):
        need = first_true(1, a_line + 1, partial(_gains, prover, part))
        if need is not None:
            needs[number] = need
    return sorted(needs, key=lambda number: (needs[number], -number))


def _gains(prover: Prover, part: Part, count: int) -> bool:
    changed = lengthened(part, count, WAYS[0], prover.made)
    return prover.lines(part, changed, least=False) > prover.lines(part, least=False)


def _added(prover: Prover, draft: Draft, number: int) -> Filled | None:
    """The least and the most characters in this paragraph that fill the hole, wherever in it they stand."""
    enough = (prover.verdict(draft).rows_under + 1) * prover.characters_a_line()

    def filled(count: int) -> bool:
        verdict = prover.verdict(_add(draft, (number, count)))
        return bool(verdict.lines_over) or not verdict.hole

    def over(count: int) -> bool:
        return bool(prover.verdict(_add(draft, (number, count))).lines_over)

    least = first_true(1, enough, filled)
    if least is None:
        return None
    most = (first_true(least, enough, over) or enough + 1) - 1
    spare = min(_SPARE, (most - least) // 4)
    nearly = range(least + spare, min(most, least + spare + _NEAR) + 1)
    low = next((one for one in nearly if _proved(prover, draft, number, one)), None)
    return Filled(_add(draft, (number, low)), most - spare) if low is not None else None


def widened(prover: Prover, filled: Filled) -> int:
    """The most characters that the addition may have, wherever they stand."""
    ((number, low),) = filled.draft.rewrite.adds
    bare = msgspec.structs.replace(filled.draft.rewrite, adds=())
    draft = msgspec.structs.replace(filled.draft, rewrite=bare)
    nearly = range(filled.most, max(low, filled.most - _NEAR), -1)
    return next((one for one in nearly if _proved(prover, draft, number, one)), low)


def _proved(prover: Prover, draft: Draft, number: int, count: int) -> bool:
    return prover.proved(_add(draft, (number, count))) is not None


def _parted(prover: Prover) -> Iterator[Filled]:
    """Paragraphs parted after a sentence: alone, two or three together, or with an addition."""
    under = prover.now.rows_under
    gains: list[tuple[int, int]] = []
    found = 0
    for place in islice(_places(prover), _SPLITS):
        draft = Draft(Rewrite(splits=(place,)))
        verdict = prover.verdict(draft)
        if verdict.fits:
            yield Filled(draft)
            found += 1
            if found == _PARAGRAPHS:
                return
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
        if number != place[0] and (filled := _added(prover, Draft(Rewrite(splits=(place,))), number)):
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
