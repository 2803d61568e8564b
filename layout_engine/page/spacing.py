"""How evenly is the text of a page spaced, and where worst (字空匀不匀)? TY-53, measured on the lines as they stand.

Only body lines count, without the last of a paragraph, which is not filled. A line's spread is the mean space added
to a joint of it, below 0 where the line was squeezed.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.page.model import PageLayout, PlacedLine
from layout_engine.typography.justify import line_text

_GOOD, _ACCEPTED = 8, 4  # TY-53: parts of an em
_PERMILLE: Final = 1000


class SpacedLine(msgspec.Struct, frozen=True):
    """One line: `number` counts the story's body lines on this page, from 1; `permille` of an em a joint."""

    story: str
    number: int
    text: str
    span: Span
    permille: int


class PageSpacing(msgspec.Struct, frozen=True):
    """字空: the filled lines of a page, how many are above what is good and accepted, and the two extremes."""

    lines: int
    mean_permille: int  # of an em a joint; what was squeezed counts as much as what was added
    above_eighth: int
    above_quarter: int
    loosest: SpacedLine | None
    tightest: SpacedLine | None


def story_lines(layout: PageLayout) -> dict[str, list[PlacedLine]]:
    """The body lines of each story on the page, in reading order: line 1 is the first of the list."""
    lines: dict[str, list[PlacedLine]] = {}
    for region in layout.regions:
        story_of = {account.part.key: account.story for account in region.accounts}
        for one in region.lines:
            if one.paragraph.kind == "body":
                lines.setdefault(story_of.get(one.paragraph.key, region.region.id), []).append(one)
    return lines


def page_spacing(layout: PageLayout) -> PageSpacing:
    """The spacing of the page's body lines."""
    filled = list(_filled(layout))
    spreads = [(one.line.spread * _PERMILLE // one.paragraph.size, one, story, n) for story, n, one in filled]
    count = len(spreads)
    loosest = max(spreads, key=lambda each: each[0], default=None)
    tightest = min(spreads, key=lambda each: each[0], default=None)
    return PageSpacing(
        lines=count,
        mean_permille=sum(abs(each[0]) for each in spreads) // max(1, count),
        above_eighth=sum(one.line.spread * _GOOD > one.paragraph.size for _, _, one in filled),
        above_quarter=sum(one.line.spread * _ACCEPTED > one.paragraph.size for _, _, one in filled),
        loosest=_told(*loosest) if loosest and loosest[0] > 0 else None,
        tightest=_told(*tightest) if tightest and tightest[0] < 0 else None,
    )


def _filled(layout: PageLayout) -> Iterator[tuple[str, int, PlacedLine]]:
    for story, lines in story_lines(layout).items():
        for number, one in enumerate(lines, 1):
            if not one.line.last or one.line.spread < 0:
                yield story, number, one


def _told(permille: int, one: PlacedLine, story: str, number: int) -> SpacedLine:
    place = one.paragraph.copy.span(one.paragraph.starts[one.line.start])
    return SpacedLine(story, number, line_text(one.paragraph, one.line), place, permille)
