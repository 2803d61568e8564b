"""What can be done for every story that is over or under (凑版建议): read this first.

For each such story: ways to rewrite it are proposed (shorter.py, longer.py), ways to change its page
(rearranging.py), and both together; each is set again (proving.py), and only what then fits is an option. Options
are in the order of the trouble that they make. The work is bounded by the number of settings, never by a clock.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from layout_engine.content.model import Part, Story
from layout_engine.fit.longer import longer
from layout_engine.fit.model import (
    Add,
    Border,
    CrossheadRows,
    Cut,
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
from layout_engine.fit.proving import Draft, Prover
from layout_engine.fit.rearranging import PageStep, moves
from layout_engine.fit.rewriting import paragraphs, sentence_ends
from layout_engine.fit.shorter import shorter
from layout_engine.gate import Inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.files import Write

MOST_OPTIONS: Final = 8
_ALIKE: Final = 3  # options of the same kinds of step that are shown
_COMPLETED: Final = 2  # changes of the page that are completed by a change of the text
_SHOWN: Final = 8  # characters of a paragraph that name it

# What a step costs beside the characters that it cuts or adds, in characters. Their order and rough ratio matter.
_TROUBLE: Final[dict[type[Step], int]] = {
    Cut: 0,
    Add: 0,
    Join: 3,
    Split: 3,
    HeadlineLines: 6,
    HeadlineRows: 6,
    CrossheadRows: 6,
    Picture: 4,
    Border: 6,
}
_TROUBLE_A_ROW: Final = 2  # that a picture or a neighbour gives up or takes


def advise(
    inputs: Inputs,
    *,
    page: int | None = None,
    story: str | None = None,
    kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
) -> tuple[StoryFit, ...]:
    """The options for every story that is over or under, or only for those of one page, or for one story."""
    found = []
    for number, name in _stories(inputs):
        if page in (None, number) and story in (None, name):
            prover = Prover(inputs, inputs.copy.stories[name], kinds)
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
    options: list[Option] = []
    nearly: list[Draft] = []
    steps_of: dict[tuple[Write, ...], tuple[PageStep, ...]] = {}
    for step in _page_steps(prover, nearly, steps_of):
        options.append(_option(prover, Draft(writes=step.writes), (step,)))
    drafts = nearly[:_COMPLETED]
    measure = _measure(prover)
    if measure:
        for draft in shorter(prover, measure, drafts):
            options.append(_option(prover, draft, steps_of.get(draft.writes, ())))
        for filled in longer(prover, measure, drafts):
            options.append(_option(prover, filled.draft, steps_of.get(filled.draft.writes, ()), filled.most))
    closest = None
    if not options and prover.nearest is not None:
        draft, verdict = prover.nearest
        closest = _told(prover, draft, verdict, steps_of.get(draft.writes, ()))
    full = prover.fullness
    return StoryFit(
        full.story,
        page,
        full.lines_over,
        full.characters_over,
        full.rows_under,
        full.characters_under,
        tuple(_ranked(options)),
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
            helped: Draft | None = None
            for step in series:
                draft = Draft(writes=step.writes)
                steps_of[step.writes] = (step,)
                verdict = prover.verdict(draft)
                if verdict.fits:
                    yield step
                    break
                if not roomier and verdict.lines_over:
                    break
                if verdict.clean and _amount(verdict.lines_over, verdict.rows_under) < _amount(
                    prover.now.lines_over, prover.now.rows_under
                ):
                    helped = draft
            else:
                if helped is not None:
                    nearly.append(helped)


def _amount(lines_over: int, rows_under: int) -> int:
    return lines_over or rows_under


def _measure(prover: Prover) -> int:
    """How many characters a line of the story holds; 0 where not a line of it found a place."""
    of_story = {part.key for part in paragraphs(prover.story)}
    lines = (
        one
        for page in prover.standing.pages
        for region in page.regions
        if region.fullness
        for one in region.lines
        if one.paragraph.key in of_story
    )
    return max((one.line.measure // one.paragraph.size for one in lines), default=0)


def _option(prover: Prover, draft: Draft, page_steps: tuple[PageStep, ...], most: int = 0) -> Option:
    verdict = prover.proved(draft)
    if verdict is None:
        raise AssertionError("an option was proved before it is made")
    return _told(prover, draft, verdict, page_steps, most)


def _told(
    prover: Prover, draft: Draft, verdict: Verdict, page_steps: tuple[PageStep, ...] = (), most: int = 0
) -> Option:
    now = prover.now
    saves = (now.lines_over - now.rows_under) - (verdict.lines_over - verdict.rows_under)
    return Option((*page_steps, *_text_steps(prover.story, draft, most)), saves, verdict)


def _text_steps(story: Story, draft: Draft, most: int) -> Iterator[Step]:
    parts = paragraphs(story)
    for number in draft.rewrite.joins:
        following = parts[number]
        yield Join(number, following.copy.span(0), _begins(following))
    for number, sentence in draft.rewrite.splits:
        part = parts[number - 1]
        end = sentence_ends(part)[sentence - 1]
        yield Split(number, sentence, part.copy.span(end), part.text[end : end + _SHOWN])
    for number, count in draft.rewrite.cuts:
        yield Cut(number, count, parts[number - 1].copy.span(0), _begins(parts[number - 1]))
    for number, count in draft.rewrite.adds:
        yield Add(number, count, most, parts[number - 1].copy.span(0), _begins(parts[number - 1]))


def _begins(part: Part) -> str:
    return part.text[:_SHOWN]


def _ranked(options: Iterable[Option]) -> list[Option]:
    """The options by the trouble that they make, no more than a few of one kind."""
    shown: list[Option] = []
    alike: dict[tuple[str, ...], int] = {}
    for option in sorted(options, key=_rank):
        kinds = tuple(type(step).__name__ for step in option.steps)
        alike[kinds] = alike.get(kinds, 0) + 1
        if alike[kinds] <= _ALIKE and option not in shown:
            shown.append(option)
    return shown[:MOST_OPTIONS]


def _rank(option: Option) -> tuple[int, int, str]:
    trouble = 0
    for step in option.steps:
        trouble += _TROUBLE[type(step)]
        if isinstance(step, Cut | Add):
            trouble += step.characters
        elif isinstance(step, Picture | Border):
            trouble += abs(step.rows) * _TROUBLE_A_ROW
    return trouble, len(option.steps), str(msgspec.to_builtins(option.steps))
