"""Ways to make a story shorter (溢文): cuts in one paragraph or in several, and paragraphs joined.

How many characters a paragraph must lose before it saves a line depends on how far its last line reaches; each line
after that takes about a line's characters. So the first is looked for by halving, the rest near where it should be.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from layout_engine.fit.proving import Draft, Prover, first_true
from layout_engine.fit.rewriting import WAYS, Rewrite, can_lose, joinable, paragraphs

MOST_LINES: Final = 24  # over by more, a story is not cut but written anew

_SLACK: Final = 4  # characters by which a line may be off what is reckoned: squeezed and stretched lines
_BEYOND: Final = 8  # characters more than one way needs that are tried so that every way fits
_PARAGRAPHS: Final = 3  # cut together at most
_SINGLES: Final = 4  # paragraphs that are cut alone, the cheapest
_JOINS: Final = 3  # joints that are tried together with cuts

Cuts = tuple[tuple[int, int], ...]


def shorter(prover: Prover, measure: int, page_drafts: Sequence[Draft] = ()) -> Iterator[Draft]:
    """Drafts by which the story fits, each proved. `measure`: characters of a line.

    `page_drafts` are changes of the page that save some lines but not enough: each is completed by a cut.
    """
    over = prover.now.lines_over
    if not 0 < over <= MOST_LINES:
        return
    first = _first_lines(prover, measure)
    yield from _cut_alone(prover, first, over, measure)
    yield from _cut_together(prover, first, over, measure)
    yield from _joined(prover, first, measure)
    for draft in page_drafts:
        yield from _completed(prover, draft, first, measure)


def _first_lines(prover: Prover, measure: int) -> dict[int, int]:
    """For each paragraph how many characters it must lose to save one line, the least first."""
    goal = prover.now.lines_over - 1
    needs: dict[int, int] = {}
    for number, part in enumerate(paragraphs(prover.story), start=1):

        def saves(count: int, number: int = number) -> bool:
            return prover.verdict(_cut(Draft(), (number, count))).lines_over <= goal

        need = first_true(1, min(can_lose(part), measure + _SLACK), saves)
        if need is not None:
            needs[number] = need
    return dict(sorted(needs.items(), key=lambda one: (one[1], one[0])))


def _cut_alone(prover: Prover, first: dict[int, int], over: int, measure: int) -> Iterator[Draft]:
    found = 0
    for number in first:
        draft = _fitted(prover, Draft(), _shared_out(prover, (number,), first, over, measure))
        if draft is not None:
            yield draft
            found += 1
        if found == _SINGLES:
            return


def _cut_together(prover: Prover, first: dict[int, int], over: int, measure: int) -> Iterator[Draft]:
    for count in range(2, min(over, _PARAGRAPHS, len(first)) + 1):
        for numbers in list(combinations(list(first)[: count + 1], count))[:2]:
            draft = _fitted(prover, Draft(), _shared_out(prover, numbers, first, over, measure))
            if draft is not None:
                yield draft
                break


def _joined(prover: Prover, first: dict[int, int], measure: int) -> Iterator[Draft]:
    over = prover.now.lines_over
    saved: list[tuple[int, Draft]] = []
    for number in joinable(prover.story):
        draft = Draft(Rewrite(joins=(number,)))
        verdict = prover.verdict(draft)
        if verdict.fits:
            yield draft
        elif verdict.lines_over < over:
            saved.append((number, draft))
    for one, other in combinations(saved[:_JOINS], 2):
        draft = Draft(Rewrite(joins=(one[0], other[0])))
        if other[0] > one[0] + 1 and prover.proved(draft):
            yield draft
            break
    for number, draft in saved[:_JOINS]:
        rest = {key: need for key, need in first.items() if key not in (number, number + 1)}
        yield from _completed(prover, draft, rest, measure)


def _completed(prover: Prover, draft: Draft, first: dict[int, int], measure: int) -> Iterator[Draft]:
    """A change that saves some lines, with the cheapest cuts that save the rest."""
    over = prover.verdict(draft).lines_over
    for count in range(1, min(over, _PARAGRAPHS, len(first)) + 1):
        cuts = _shared_out(prover, tuple(first)[:count], first, over, measure)
        fitted = _fitted(prover, draft, cuts)
        if fitted is not None:
            yield fitted
            return


def _shared_out(prover: Prover, numbers: tuple[int, ...], first: dict[int, int], over: int, measure: int) -> Cuts:
    """How many characters each of these paragraphs would lose; empty where they cannot lose enough.

    Each saves one line, and whatever is left to save goes to the one that can still lose most.
    """
    parts = paragraphs(prover.story)
    counts = {number: first[number] for number in numbers}
    for _ in range(over - len(numbers)):
        spare = {number: can_lose(parts[number - 1]) - counts[number] for number in numbers}
        widest = max(numbers, key=lambda number: (spare[number], -number))
        if spare[widest] < measure:
            return ()
        counts[widest] += measure
    last = max(numbers, key=lambda number: (can_lose(parts[number - 1]) - counts[number], -number))
    return (*((number, counts[number]) for number in numbers if number != last), (last, counts[last]))


def _fitted(prover: Prover, draft: Draft, cuts: Cuts) -> Draft | None:
    """The draft with these cuts, the last of them made as small as will do; None where nothing near it fits."""
    if not cuts:
        return None
    number, near = cuts[-1]
    limit = can_lose(paragraphs(prover.story)[number - 1])
    base = draft
    for one in cuts[:-1]:
        base = _cut(base, one)
    slack = _SLACK + prover.now.lines_over // 2
    low, high = max(1, near - slack), min(limit, near + slack)
    least = first_true(low, high, lambda count: prover.verdict(_cut(base, (number, count))).lines_over == 0)
    if least is None:
        return None
    failing = WAYS[0]
    for count in range(least, min(limit, least + _BEYOND) + 1):
        fitted = _cut(base, (number, count))
        ways = (failing, *(way for way in WAYS if way != failing))  # the one that failed last will, more likely
        spoilt = next((way for way in ways if not prover.verdict(fitted, way).fits), None)
        if spoilt is None:
            return fitted
        failing = spoilt
    return None


def _cut(draft: Draft, cut: tuple[int, int]) -> Draft:
    rewrite = msgspec.structs.replace(draft.rewrite, cuts=(*draft.rewrite.cuts, cut))
    return msgspec.structs.replace(draft, rewrite=rewrite)
