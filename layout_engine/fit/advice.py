"""What can be done for every story that is over or under (凑版建议): read this first.

For each such story: ways to rewrite it are proposed (shorter.py, longer.py), ways to change its page
(rearranging.py), and both together; each is set again (proving.py), and only what then fits is an option. Options
are in the order of the trouble that they make. The work is bounded by the number of settings, never by a clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from layout_engine.base.recall import Recall
from layout_engine.content.model import Part, Story
from layout_engine.fit.longer import Filled, longer
from layout_engine.fit.longer import widened as longer_widened
from layout_engine.fit.model import (
    Add,
    Border,
    CrossheadRows,
    Cut,
    Drop,
    HeadlineLines,
    HeadlineRows,
    Join,
    Option,
    Picture,
    Split,
    Step,
    StoryFit,
    Verdict,
)
from layout_engine.fit.proving import SETTINGS_TO_WIDEN, Draft, Prover, first_near
from layout_engine.fit.rearranging import PageStep, moves
from layout_engine.fit.rewriting import droppable, paragraphs, sentence_ends
from layout_engine.fit.shorter import shorter
from layout_engine.fit.shorter import widened as shorter_widened
from layout_engine.gate import Inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.files import Write

MOST_OPTIONS: Final = 8
_ALIKE: Final = 3  # options of the same kinds of step that are shown
_COMPLETED: Final = 2  # changes of the page that are completed by a change of the text
_SHOWN: Final = 8  # characters of a paragraph that name it

# What a step costs a night editor, in characters of copy lost or found. Their order and rough ratio matter: what loses
# no word comes before a cut of a line, one thing to do before several, a whole sentence before as many characters.
_TROUBLE: Final[dict[type[Step], int]] = {
    Cut: 1,
    Drop: 0,  # and more for a paragraph's first sentence, on which the others hang
    Add: 0,
    Join: 2,
    Split: 2,
    HeadlineLines: 6,
    HeadlineRows: 4,
    CrossheadRows: 4,
    Picture: 2,
    Border: 4,
}
_TROUBLE_A_ROW: Final = 2  # that a picture or a neighbour gives up or takes
_TROUBLE_OF_FIRST: Final = 8
_TROUBLE_A_STEP: Final = 24  # for each thing to do after the first: more than a line


class _Found(msgspec.Struct, frozen=True):
    """A draft that was proved, with the change of the page that it began from."""

    draft: Draft
    page_step: tuple[PageStep, ...] = ()
    most: int = 0  # of an addition


def advise(
    inputs: Inputs,
    *,
    page: int | None = None,
    story: str | None = None,
    kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
) -> tuple[StoryFit, ...]:
    """The options for every story that is over or under, or only for those of one page, or for one story."""
    found = []
    recall = Recall()
    for number, name in _stories(inputs):
        if page in (None, number) and story in (None, name):
            prover = Prover(inputs, inputs.copy.stories[name], kinds, recall)
            if prover.now.lines_over or prover.now.hole:
                found.append(_advise(prover, number))
    return tuple(found)


def _stories(inputs: Inputs) -> Iterator[tuple[int, str]]:
    """Each story whose text stands on a page, and the first page that it stands on."""
    seen: set[str] = set()
    for page in inputs.spec.pages:
        for region in page.regions:
            name = getattr(region.spec, "story", None)
            if region.kind != "headline" and name in inputs.copy.stories and name not in seen:
                seen.add(name)
                yield page.number, name


def _advise(prover: Prover, page: int) -> StoryFit:
    nearly: list[Draft] = []
    steps_of: dict[tuple[Write, ...], tuple[PageStep, ...]] = {(): ()}
    found = [_Found(Draft(writes=step.writes), (step,)) for step in _page_steps(prover, nearly, steps_of)]
    drafts = nearly[:_COMPLETED]
    found += [_Found(draft, steps_of[draft.writes]) for draft in shorter(prover, drafts)]
    found += [_Found(one.draft, steps_of[one.draft.writes], one.most) for one in longer(prover, drafts)]
    closest = None
    if not found and prover.nearest is not None:
        draft, verdict = prover.nearest
        closest = _told(prover, _Found(draft, steps_of[draft.writes]), {}, verdict)
    settings = prover.settings
    prover.most_settings = settings + SETTINGS_TO_WIDEN
    full = prover.fullness
    return StoryFit(
        full.story,
        prover.story.file,
        page,
        full.lines_over,
        full.characters_over,
        full.rows_under,
        full.characters_under,
        tuple(_option(prover, one) for one in _ranked(prover, found)),
        closest,
        prover.settings,
    )


def _page_steps(
    prover: Prover, nearly: list[Draft], steps_of: dict[tuple[Write, ...], tuple[PageStep, ...]]
) -> Iterator[PageStep]:
    """Of each series of changes of the page, the smallest that makes the story fit.

    Where none does, the last that helped is among the `nearly`. `steps_of` tells what was tried, by what it writes.
    """
    roomier = bool(prover.now.lines_over)
    for layout in prover.standing.pages:
        for series in moves(layout.spec, prover.story, roomier=roomier):
            verdicts = partial(_verdict_after, prover, series)
            steps_of |= {step.writes: (step,) for step in series}
            enough = first_near(0, 0, len(series) - 1, partial(_is_enough, verdicts, roomier))
            at = len(series) if enough is None else enough
            fitting = next((one for one in range(at, min(at + 2, len(series))) if verdicts(one).fits), None)
            if fitting is not None:
                yield series[fitting]
            elif at and _helps(verdicts(at - 1), prover.now):
                nearly.append(Draft(writes=series[at - 1].writes))


def _verdict_after(prover: Prover, series: Sequence[PageStep], at: int) -> Verdict:
    return prover.verdict(Draft(writes=series[at].writes))


def _is_enough(verdicts: Callable[[int], Verdict], roomier: bool, at: int) -> bool:
    """Whether the page needs to change no further."""
    verdict = verdicts(at)
    return not verdict.lines_over if roomier else bool(verdict.lines_over) or not verdict.hole


def _helps(verdict: Verdict, now: Verdict) -> bool:
    return verdict.clean and (verdict.lines_over or verdict.rows_under) < (now.lines_over or now.rows_under)


def _option(prover: Prover, one: _Found) -> Option:
    """The option with the most characters that its cuts or its addition may take, proved too."""
    most: dict[int, int] = {}
    if one.draft.rewrite.cuts:
        most |= shorter_widened(prover, one.draft)
    if one.draft.rewrite.adds:
        ((number, _),) = one.draft.rewrite.adds
        most[number] = longer_widened(prover, Filled(one.draft, one.most))
    verdict = prover.proved(one.draft)
    if verdict is None:
        raise AssertionError("an option was proved before it is made")
    return _told(prover, one, most, verdict)


def _told(prover: Prover, one: _Found, most: Mapping[int, int], verdict: Verdict) -> Option:
    now = prover.now
    saves = (now.lines_over - now.rows_under) - (verdict.lines_over - verdict.rows_under)
    return Option((*one.page_step, *_text_steps(prover.story, one.draft, most)), saves, verdict)


def _text_steps(story: Story, draft: Draft, most: Mapping[int, int]) -> Iterator[Step]:
    parts = paragraphs(story)
    for number in draft.rewrite.joins:
        following = parts[number]
        yield Join(number, following.copy.span(0), _begins(following))
    for number, sentence in draft.rewrite.splits:
        part = parts[number - 1]
        end = sentence_ends(part)[sentence - 1]
        yield Split(number, sentence, part.copy.span(end), _begins(part, end))
    for number, sentence in draft.rewrite.drops:
        part = parts[number - 1]
        start, end = next((start, end) for one, start, end in droppable(part) if one == sentence)
        yield Drop(number, sentence, end - start, part.copy.span(start), _begins(part, start))
    for number, count in draft.rewrite.cuts:
        part = parts[number - 1]
        yield Cut(number, count, max(count, most.get(number, 0)), part.copy.span(0), _begins(part))
    for number, count in draft.rewrite.adds:
        part = parts[number - 1]
        yield Add(number, count, max(count, most.get(number, 0)), part.copy.span(0), _begins(part))


def _begins(part: Part, start: int = 0) -> str:
    return part.text[start : start + _SHOWN]


def _ranked(prover: Prover, found: Iterable[_Found]) -> list[_Found]:
    """What was found by the trouble that it makes, no more than a few of one kind."""
    shown: list[_Found] = []
    alike: dict[tuple[str, ...], int] = {}
    for one in sorted(dict.fromkeys(found), key=partial(_rank, prover)):
        kinds = tuple(type(step).__name__ for step in _steps(prover, one))
        alike[kinds] = alike.get(kinds, 0) + 1
        if alike[kinds] <= _ALIKE and not any(_is_within(other, one) for other in shown):
            shown.append(one)
    return shown[:MOST_OPTIONS]


def _is_within(less: _Found, more: _Found) -> bool:
    """Whether all that one asks for is asked for by the other too, which asks for more."""
    one, other = less.draft.rewrite, more.draft.rewrite
    counts = dict(other.cuts)
    return (
        set(less.draft.writes) <= set(more.draft.writes)
        and set(one.joins) <= set(other.joins)
        and set(one.drops) <= set(other.drops)
        and set(one.splits) <= set(other.splits)
        and all(count <= counts.get(number, 0) for number, count in one.cuts)
        and not one.adds
    )


def _steps(prover: Prover, one: _Found) -> tuple[Step, ...]:
    return (*one.page_step, *_text_steps(prover.story, one.draft, {}))


def _rank(prover: Prover, one: _Found) -> tuple[int, str]:
    steps = _steps(prover, one)
    trouble = (len(steps) - 1) * _TROUBLE_A_STEP
    for step in steps:
        trouble += _TROUBLE[type(step)]
        if isinstance(step, Cut | Drop | Add):
            trouble += step.characters
            trouble += _TROUBLE_OF_FIRST * (isinstance(step, Drop) and step.sentence == 1)
        elif isinstance(step, Picture | Border):
            trouble += abs(step.rows) * _TROUBLE_A_ROW
    return trouble, str(msgspec.to_builtins(steps))
