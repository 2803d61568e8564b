"""Do the figures over a story and under its photos stand in its text (数字核对)? Either way of writing counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Part
from layout_engine.guards.guard import Sheet, heads
from layout_engine.guards.numerals import Figure, find_figures
from layout_engine.guards.texts import Place, captions, shown_at, story_places

_TENFOLD: Final = tuple(Decimal(10) ** power for power in (-8, -4, -1, 1, 4, 8))

_SMALL: Final = 10
_MAX_WANTED: Final = 100  # figures over one story; the rest is no headline
_MAX_KNOWN: Final = 5_000  # figures of its text
_COUNTED: Final = 2  # characters: 条公(交)


class FiguresGuard:
    """One finding for each figure that the text does not have, with the figure that was probably meant."""

    name = "figures"

    def look(self, sheet: Sheet, found: Findings) -> None:
        year = sheet.spec.issue.date[:4]
        for story in sheet.copy.stories.values():
            if story.body:
                _compare(heads(story), story_places(story), year, found)
        for caption, places in captions(sheet):
            _compare((caption,), places, year, found)


def _compare(parts: Iterable[Part], places: Sequence[Place], year: str, found: Findings) -> None:
    wanted = list(islice(((part, figure) for part in parts for figure in find_figures(part.text)), _MAX_WANTED))
    if not wanted:
        return
    known = list(islice(((place, figure) for place in places for figure in _of_text(place)), _MAX_KNOWN))
    for part, figure in wanted:
        if _needs_no_text(part.text, figure, year) or any(_agree(figure, other) for _, other in known):
            continue
        other_unit = next((one for one in known if _differ_by_unit(figure, one[1])), None)
        near = other_unit or next((one for one in known if _is_near(figure, one[1])), None)
        if _is_small(figure):  # 七年 may be a matter of course; where the text has 五年 it is not
            near = next((one for one in known if _counts_the_same(part.text, figure, one[0].text, one[1])), None)
            if near is None:
                continue
        found.add(
            "guard/unit-differs" if other_unit else "guard/figure-not-in-text",
            part.copy.span(figure.start),
            related=(near[0].copy.span(near[1].start),) if near else (),
            typed=part.text[figure.start : figure.end] + figure.unit,
            near=near[0].text[near[1].start : near[1].end] + near[1].unit if near else "",
            context=shown_at(near[0].text, near[1].start) if near else "",
            line=near[0].copy.span(near[1].start).line if near else "",
        )


def _agree(figure: Figure, other: Figure) -> bool:
    """Whether `other`, of the text, says the same, or what `figure` is the round number of."""
    if figure.kind != other.kind:
        return False
    what, amount = figure.measured
    other_what, other_amount = other.measured
    if what and other_what:
        if what != other_what:
            return False
        size = amount / figure.value if figure.value else Decimal(1)
    else:
        amount, other_amount, size = figure.value, other.value, Decimal(1)
    if amount == other_amount:
        return True
    loose = figure.rounded or figure.about or figure.kind == "percent"
    step = (figure.step if loose else min(figure.step, Decimal(1))) * size
    return abs(other_amount - amount) < step


def _differ_by_unit(figure: Figure, other: Figure) -> bool:
    """The same number, counted in something else that can be measured."""
    if figure.kind != other.kind:
        return False
    return figure.value == other.value and bool(figure.unit) and bool(other.unit) and not _agree(figure, other)


def _of_text(place: Place) -> Iterator[Figure]:
    return find_figures(place.text, words_too=True)


def _needs_no_text(text: str, figure: Figure, year: str) -> bool:
    """The issue's own year, which texts call 今年, and the 1 of 1—4月, which they call the first four months."""
    typed, after = text[figure.start : figure.end], text[figure.end :]
    return (typed == year and after.startswith("年")) or (typed == "1" and bool(_to_month().match(after)))


@cache
def _to_month() -> re.Pattern[str]:
    return re.compile(r"[—－～~至-]{1,2}\d{1,2}月")


def _is_small(figure: Figure) -> bool:
    """A single Chinese digit before what is counted, not measured: 三条, 七年."""
    return figure.rounded and figure.kind == "number" and not figure.unit and figure.value < _SMALL


def _counts_the_same(text: str, figure: Figure, other_text: str, other: Figure) -> bool:
    """Whether two words after both figures are the same, and both are small."""
    counted = text[figure.end : figure.end + _COUNTED]
    return len(counted) == _COUNTED and other_text.startswith(counted, other.end) and other.value < _SMALL


def _is_near(figure: Figure, other: Figure) -> bool:
    """Two digits swapped, one digit wrong, or a power of ten between them: what slips of the hand look like."""
    if figure.value == 0 or other.value == 0:
        return False
    if other.value / figure.value in _TENFOLD:
        return True
    one, two = _digits(figure.value), _digits(other.value)
    if len(one) != len(two) or len(one) < 2:
        return False
    return sorted(one) == sorted(two) or sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _digits(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
