"""Ways to make a story shorter (溢文): paragraphs joined, sentences left out, characters cut in one or in several.

How many characters a paragraph must lose before it saves a line depends on how far its last line reaches; each line
after that takes about a line's characters. That is reckoned from the paragraph alone, and proved with the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Final

import msgspec

from layout_engine.content.model import Part
from layout_engine.fit.proving import SETTINGS_AT_A_LOSS, Draft, Prover, first_near, first_true
from layout_engine.fit.rewriting import (
    WAYS,
    Rewrite,
    can_lose,
    droppable,
    joinable,
    paragraphs,
    shortened,
    without_sentence,
)

MOST_LINES: Final = 24  # over by more, a story is not cut but written anew

_SLACK: Final = 4  # characters that a line may take more than its measure has: it is squeezed
_BEYOND: Final = (0, 1, 2, 3, 5, 8, 12)  # characters more than one way needs that are tried so that every way fits
_TOGETHER: Final = 6  # paragraphs cut at most
_BESIDES: Final = 3  # of them besides another change
_SINGLES: Final = 3  # ways of each kind that are looked for
_SETS_SHOWN: Final = 2  # numbers of paragraphs cut together: the least, and one more
_SETS: Final = 3  # of so many cut paragraphs, that are tried
_JOINS: Final = 3  # joints that are tried together with cuts
_DROPS_TRIED: Final = 6
_SENTENCES: Final = 30  # of which two or three are left out together: those that save most for their length

Cuts = tuple[tuple[int, int], ...]
Sentence = tuple[int, int]


def shorter(prover: Prover, page_drafts: Sequence[Draft] = ()) -> Iterator[Draft]:
    """Drafts by which the story fits, each proved.

    `page_drafts` are changes of the page that save some lines but not enough: each is completed by a cut.
    """
    if not 0 < prover.now.lines_over <= MOST_LINES or not prover.characters_a_line():
        return
    bill = _billed(prover)
    yield from (found := list(_simple(prover, bill, page_drafts)))
    if not found:
        prover.most_settings = prover.settings + SETTINGS_AT_A_LOSS
        yield from (found := list(_cut_in_many(prover, bill)))
    if not found:
        prover.most_settings = prover.settings + SETTINGS_AT_A_LOSS
        deep = _billed(prover, deep=True)
        yield from _cut_alone(prover, deep)
        yield from _cut_together(prover, deep)


def _simple(prover: Prover, bill: "_Bill", page_drafts: Sequence[Draft]) -> Iterator[Draft]:
    """What an editor would do first: a few things, none of which takes more than half of a paragraph."""
    joins = [Draft(Rewrite(joins=(number,))) for number in joinable(prover.story)]
    yield from filter(prover.proved, joins)
    yield from _sentences(prover)
    yield from _cut_alone(prover, bill)
    yield from _cut_together(prover, bill)
    yield from _joined(prover, bill, joins)
    for draft in page_drafts:
        yield from _completed(prover, draft, bill)


class _Bill(msgspec.Struct, frozen=True):
    """What each paragraph must lose to save one line, the cheapest first, and the most that it can lose.

    Paragraphs of which no line found a place come last: what they lose makes no room for what stands before them.
    """

    a_line: int
    most: Mapping[int, int]
    first: Mapping[int, int]

    def shared_out(self, numbers: Sequence[int], lines: int) -> Cuts:
        """How many characters each of these loses to save so many lines; empty where they cannot lose enough.

        Each saves one line, and whatever is left to save goes to the one that keeps the largest part of itself.
        """
        counts = {number: self.first[number] for number in numbers}
        for _ in range(lines - len(numbers)):
            able = [number for number in numbers if counts[number] + self.a_line <= self.most[number]]
            if not able:
                return ()
            widest = min(able, key=lambda number: ((counts[number] + self.a_line) / self.most[number], number))
            counts[widest] += self.a_line
        last = max(numbers, key=lambda number: (self.most[number] - counts[number], -number))
        return (*((number, counts[number]) for number in sorted(numbers) if number != last), (last, counts[last]))

    def without(self, numbers: Sequence[int]) -> "_Bill":
        """The same, but these paragraphs are left alone."""
        first = {number: need for number, need in self.first.items() if number not in numbers}
        return msgspec.structs.replace(self, first=first)


def _billed(prover: Prover, *, deep: bool = False) -> _Bill:
    a_line = prover.characters_a_line()
    parts = dict(enumerate(paragraphs(prover.story), start=1))
    most = {number: can_lose(part, deep=deep) for number, part in parts.items()}
    needs = {
        number: first_true(1, min(most[number], a_line + _SLACK), partial(_saves, prover, part))
        for number, part in parts.items()
    }
    if prover.story.part("byline") is not None and parts:  # it takes a line that no paragraph by itself has
        number = len(parts)
        one = first_near(needs[number] or 1, 1, min(most[number], a_line + _SLACK), partial(_helps, prover, number))
        needs[number] = one
    placed = prover.placed()
    found = sorted((parts[one].key not in placed, need, one) for one, need in needs.items() if need is not None)
    return _Bill(a_line, most, {number: need for _, need, number in found})


def _helps(prover: Prover, number: int, count: int) -> bool:
    return prover.verdict(with_cut(Draft(), (number, count))).lines_over < prover.now.lines_over


def _saves(prover: Prover, part: Part, count: int) -> bool:
    changed = shortened(part, count, WAYS[0], prover.made)
    return prover.lines(part, changed, least=True) < prover.lines(part, least=True)


def _sentences(prover: Prover) -> Iterator[Draft]:
    """One sentence left out; where none will do, two, or three, of different paragraphs."""
    over = prover.now.lines_over
    saved: dict[Sentence, tuple[int, int]] = {}  # how many lines, how many characters
    for number, part in enumerate(paragraphs(prover.story), start=1):
        for sentence, start, end in droppable(part):
            if number == 1 and sentence == 1:
                continue  # it says what the story is about
            left = without_sentence(part, sentence, prover.made)
            lines = prover.lines(part, least=True) - prover.lines(part, left, least=True)
            if lines > 0:
                saved[number, sentence] = lines, end - start
    best = sorted(saved, key=lambda one: (saved[one][1] / saved[one][0], one))[:_SENTENCES]
    for count in range(1, min(over, 3) + 1):
        pool = list(saved) if count == 1 else best
        fitting = sorted(
            (sum(saved[one][1] for one in those), those)
            for those in combinations(sorted(pool), count)
            if sum(saved[one][0] for one in those) == over and len({one[0] for one in those}) == count
        )
        drafts = (Draft(Rewrite(drops=those)) for _, those in fitting[:_DROPS_TRIED])
        found = 0
        for draft in drafts:
            if prover.proved(draft):
                yield draft
                found += 1
            if found == _SINGLES:
                break
        if found:
            return


def _cut_alone(prover: Prover, bill: _Bill) -> Iterator[Draft]:
    found = 0
    for number in bill.first:
        draft = _fitted(prover, Draft(), bill.shared_out((number,), prover.now.lines_over), bill)
        if draft is not None:
            yield draft
            found += 1
        if found == _SINGLES:
            return


def _cut_together(prover: Prover, bill: _Bill) -> Iterator[Draft]:
    """Cuts in two, three … paragraphs, the cheapest or the longest."""
    over = prover.now.lines_over
    found = 0
    for count in range(2, min(over, _TOGETHER, len(bill.first)) + 1):
        widest = sorted(bill.first, key=lambda number: -bill.most[number])[:count]
        sets = [*combinations(list(bill.first)[: count + 1], count)][: _SETS - 1]
        for numbers in dict.fromkeys([*sets, tuple(widest)]):
            draft = _fitted(prover, Draft(), bill.shared_out(numbers, over), bill)
            if draft is not None:
                yield draft
                found += 1
                break
        if found == _SETS_SHOWN:
            return


def _cut_in_many(prover: Prover, bill: _Bill) -> Iterator[Draft]:
    """Small cuts in ever more paragraphs.

    A crosshead that finds no room at a column's foot moves on and leaves rows empty: then all that is cut before it is
    lost again, and only cuts on both sides of it help.
    """
    over = prover.now.lines_over
    for count in range(_TOGETHER + 1, len(bill.first) + 1):
        numbers = tuple(bill.first)[:count]
        draft = _fitted(prover, Draft(), bill.shared_out(numbers, max(over, count)), bill)
        if draft is not None:
            yield draft
            return


def _joined(prover: Prover, bill: _Bill, joins: Sequence[Draft]) -> Iterator[Draft]:
    """Joints that save some lines, two of them together, and each completed by cuts elsewhere."""
    over = prover.now.lines_over
    saving = [draft for draft in joins if 0 < prover.verdict(draft).lines_over < over][:_JOINS]
    for one, other in combinations(saving, 2):
        first, second = one.rewrite.joins[0], other.rewrite.joins[0]
        draft = Draft(Rewrite(joins=(first, second)))
        if second > first + 1 and prover.proved(draft):
            yield draft
            break
    for draft in saving:
        (number,) = draft.rewrite.joins
        yield from _completed(prover, draft, bill.without((number, number + 1)))


def _completed(prover: Prover, draft: Draft, bill: _Bill) -> Iterator[Draft]:
    """A change that saves some lines, with the cheapest cuts that save the rest."""
    over = prover.verdict(draft).lines_over
    for count in range(1, min(over, _BESIDES, len(bill.first)) + 1):
        fitted = _fitted(prover, draft, bill.shared_out(tuple(bill.first)[:count], over), bill)
        if fitted is not None:
            yield fitted
            return


def _fitted(prover: Prover, draft: Draft, cuts: Cuts, bill: _Bill) -> Draft | None:
    """The draft with these cuts, the last of them made as small as will do; None where nothing near it fits."""
    if not cuts:
        return None
    number, near = cuts[-1]
    base = draft
    for one in cuts[:-1]:
        base = with_cut(base, one)
    high = bill.most[number]
    least = first_near(near, 1, high, lambda count: not prover.verdict(with_cut(base, (number, count))).lines_over)
    if least is None:
        return None
    cuts = (*cuts[:-1], (number, least))
    drafts = (_with_cuts(draft, [(one, count + more) for one, count in cuts], bill) for more in _BEYOND)
    return next(filter(prover.proved, drafts), None)


def _with_cuts(draft: Draft, cuts: Sequence[tuple[int, int]], bill: _Bill) -> Draft:
    """The draft with these cuts, none of them deeper than its paragraph can bear."""
    for number, count in cuts:
        draft = with_cut(draft, (number, min(count, bill.most[number])))
    return draft


def with_cut(draft: Draft, cut: tuple[int, int]) -> Draft:
    """The draft with one cut more."""
    rewrite = msgspec.structs.replace(draft.rewrite, cuts=(*draft.rewrite.cuts, cut))
    return msgspec.structs.replace(draft, rewrite=rewrite)


def widened(prover: Prover, draft: Draft) -> Mapping[int, int]:
    """The most characters that each of the draft's cuts may take: all of them more by the same, and still it fits."""
    parts = paragraphs(prover.story)
    a_line = prover.characters_a_line()
    for more in (a_line // 2, a_line // 4, 2, 1):
        cuts = tuple((number, count + more) for number, count in draft.rewrite.cuts)
        if all(count <= can_lose(parts[number - 1], deep=True) for number, count in cuts):
            wide = msgspec.structs.replace(draft, rewrite=msgspec.structs.replace(draft.rewrite, cuts=cuts))
            if prover.proved(wide, WAYS[:4]):
                return dict(cuts)
    return dict(draft.rewrite.cuts)
