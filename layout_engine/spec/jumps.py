"""Stories that run on to another page (转版): every 下转 held against its 上接, and the parts put in a row.

A region on page 1 says `jump_to: 3`, one of the same story on page 3 says `jump_from: 1`, and from there it may run
on. Where both ends agree, each of these regions is given all parts of its story, in order, with the pages on which
they stand: what each page needs to know of the other to pour the same text in the same way.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.spec.model_regions import ContinuedTitle, FlowingRegion, HeadlineSpec, StoryRegion
from layout_engine.spec.resolved import PageSpec, Region, StoryPart, TextStyle

NOTICE_STYLE: Final = "jump"

_SET_ALIKE: Final = ("style", "crosshead", "byline")
_LOOKS: Final = tuple(field for field in TextStyle.__struct_fields__ if field not in ("name", "ink", "span", "origins"))


def link_jumps(pages: Sequence[PageSpec], complete: bool, found: Findings) -> tuple[PageSpec, ...]:
    """The pages, their jumping regions told of all parts of their stories; what does not agree is told.

    Where something that was written is missing from the pages (`complete` is False), nobody can say that an end
    has no other.
    """
    parts = [
        StoryPart(page, region)
        for page in pages
        for region in page.regions
        if isinstance(region.spec, FlowingRegion) and any(_is_written(region, key) for key in ("jump_to", "jump_from"))
    ]
    for page in pages:
        for region in page.regions:
            _check_title(region, found)
    if not parts:
        return tuple(pages)
    parts = [_with_notice_style(one) for one in parts]
    onward = _Links(parts, {page.number for page in pages}, complete, found).onward()
    chains = _chains(parts, onward)
    for chain in chains:
        _check_parts(chain, found)
    linked = {_place(one): tuple(_without_others(each) for each in chain) for chain in chains for one in chain}
    styled = {_place(one): one.region for one in parts}
    return tuple(
        msgspec.structs.replace(
            page,
            regions=tuple(
                msgspec.structs.replace(
                    styled.get((page.number, region.id), region), parts=linked.get((page.number, region.id), ())
                )
                for region in page.regions
            ),
        )
        for page in pages
    )


_Place = tuple[int, str]  # number of the page, id of the region


def _place(part: StoryPart) -> _Place:
    return part.page.number, part.region.id


def _without_others(part: StoryPart) -> StoryPart:
    """The part on its page without any region: none of them has a say in it, and it is set anew only if it must be."""
    return msgspec.structs.replace(part, page=msgspec.structs.replace(part.page, regions=(), reading_order=()))


def _spec(part: StoryPart) -> FlowingRegion:
    assert isinstance(part.region.spec, FlowingRegion)
    return part.region.spec


def _number(part: StoryPart, key: str) -> int | None:
    value = getattr(part.region.spec, key)
    return value if isinstance(value, int) else None


def _is_written(region: Region, key: str) -> bool:
    """Whether the spec says so, be it rightly or not."""
    return key in region.spans or getattr(region.spec, key) is not msgspec.UNSET


def _story(part: StoryPart) -> str:
    return str(getattr(part.region.spec, "story", ""))


def _span(part: StoryPart, key: str) -> Span:
    return part.region.spans.get(key, part.region.span)


def _with_notice_style(part: StoryPart) -> StoryPart:
    """The part with the style of its notices filled in: the one called jump, else the byline's (楷体小字)."""
    spec = _spec(part)
    if spec.jump is not msgspec.UNSET:
        return part
    name = NOTICE_STYLE if NOTICE_STYLE in part.page.styles else getattr(spec, "byline", NOTICE_STYLE)
    region = msgspec.structs.replace(part.region, spec=msgspec.structs.replace(spec, jump=name))
    return msgspec.structs.replace(part, region=region)


class _Links:
    """The two ends of every jump, matched."""

    def __init__(self, parts: Sequence[StoryPart], numbers: set[int], complete: bool, found: Findings) -> None:
        self._numbers = numbers
        self._complete = complete
        self._found = found
        self._faulty: set[tuple[str, str, int]] = set()  # key, story and page of what was written and cannot be meant
        self._leaving = self._forward(parts, "jump_to", 1)
        self._coming = self._forward(parts, "jump_from", -1)

    def onward(self) -> dict[_Place, StoryPart]:
        """For each part that jumps and is taken up, the part that takes it up."""
        onward: dict[_Place, StoryPart] = {}
        untaken: list[StoryPart] = []
        taken: dict[_Place, StoryPart] = {}
        for leaving in self._leaving:
            coming = [one for one in self._coming if self._agree(leaving, one)]
            if not coming:
                untaken.append(leaving)
                continue
            first = taken.setdefault(_place(coming[0]), leaving)
            if first is not leaving:
                self._twice("jump_to", leaving, first)
                continue
            for other in coming[1:]:
                self._twice("jump_from", other, coming[0])
                taken[_place(other)] = leaving
            onward[_place(leaving)] = coming[0]
        loose = [one for one in self._coming if _place(one) not in taken]
        self._tell_untaken(untaken, loose)
        return onward

    def _forward(self, parts: Sequence[StoryPart], key: str, way: int) -> list[StoryPart]:
        """The parts with this key whose number is a later page (an earlier one, for where it comes from) of the issue.

        No circle can close where every jump leads to a later page.
        """
        forward = []
        for part in parts:
            number = _number(part, key)
            if number is None:
                if _is_written(part.region, key):  # and told where it was read
                    self._faulty.add((key, _story(part), part.page.number))
                continue
            self._faulty.add((key, _story(part), part.page.number))
            if (number - part.page.number) * way <= 0:
                code = "spec/jump-to-order" if key == "jump_to" else "spec/jump-from-order"
                self._found.add(code, _span(part, key), page=part.page.number, to=number)
            elif number not in self._numbers:
                if self._complete:
                    known = ", ".join(str(one) for one in sorted(self._numbers))
                    self._found.add("spec/jump-no-page", _span(part, key), key=key, number=number, known=known)
            else:
                self._faulty.discard((key, _story(part), part.page.number))
                forward.append(part)
        return forward

    def _agree(self, leaving: StoryPart, coming: StoryPart) -> bool:
        return _story(leaving) == _story(coming) and self._face_each_other(leaving, coming)

    def _face_each_other(self, leaving: StoryPart, coming: StoryPart) -> bool:
        return _number(leaving, "jump_to") == coming.page.number and _number(coming, "jump_from") == leaving.page.number

    def _twice(self, key: str, part: StoryPart, first: StoryPart) -> None:
        related = _span(first, key)
        self._found.add(
            "spec/jump-twice", _span(part, key), related=(related,), story=_story(part), first=related, key=key
        )

    def _tell_untaken(self, untaken: list[StoryPart], loose: list[StoryPart]) -> None:
        """Ends without another: of two that face each other and differ only in the story, one finding.

        An end whose other was told to be faulty is not told as well.
        """
        if not self._complete:
            return
        untaken = [one for one in untaken if ("jump_from", _story(one), _number(one, "jump_to")) not in self._faulty]
        loose = [one for one in loose if ("jump_to", _story(one), _number(one, "jump_from")) not in self._faulty]
        for leaving in untaken:
            facing = next((one for one in loose if self._face_each_other(leaving, one)), None)
            if facing is not None:
                loose.remove(facing)
                self._found.add(
                    "spec/jump-wrong-story",
                    _span(facing, "story"),
                    related=(_span(leaving, "jump_to"),),
                    story=_story(facing),
                    right=_story(leaving),
                    page=leaving.page.number,
                )
            else:
                self._found.add(
                    "spec/jump-not-continued",
                    _span(leaving, "jump_to"),
                    story=_story(leaving),
                    to=_number(leaving, "jump_to"),
                    page=leaving.page.number,
                )
        for coming in loose:
            self._found.add(
                "spec/jump-from-nothing",
                _span(coming, "jump_from"),
                story=_story(coming),
                number=_number(coming, "jump_from"),
                page=coming.page.number,
            )


def _chains(parts: Sequence[StoryPart], onward: Mapping[_Place, StoryPart]) -> list[tuple[StoryPart, ...]]:
    """Each story's parts from the first to the last."""
    continued = {_place(one) for one in onward.values()}
    chains = []
    for part in parts:
        if _place(part) in continued or _place(part) not in onward:
            continue
        chain = [part]
        while (after := onward.get(_place(chain[-1]))) is not None:
            chain.append(after)
        chains.append(tuple(chain))
    return chains


def _check_parts(chain: Sequence[StoryPart], found: Findings) -> None:
    """The parts stand where the spec says, are set alike, and have one headline, on the first page."""
    first = chain[0]
    for part in chain:
        last = part is chain[-1]
        if (part.region.open_ended and not last) or _hangs_on_open_end(part):
            found.add("spec/jump-place", _span(part, "rows"), id=part.region.id, story=_story(part))
    for part in chain[1:]:
        spec = _spec(part)
        if isinstance(spec, StoryRegion) and isinstance(spec.headline, HeadlineSpec):
            found.add(
                "spec/jump-headline", _span(part, "headline"), related=(first.region.span,), story=_story(part),
                page=first.page.number,
            )  # fmt: skip
        told: set[str] = set()  # what styles have in common that the region does not name is told of the first of them
        for key in _SET_ALIKE:
            here, there = (one.page.styles.get(str(getattr(_spec(one), key))) for one in (part, first))
            if here is None or there is None or not (unlike := _unlike(here, there)):
                continue
            if key in part.region.spans or unlike not in told:
                told.add(unlike)
                found.add(
                    "spec/jump-style", _span(part, key), related=(there.span,), story=_story(part), style=here.name,
                    first=there.name, page=first.page.number, unlike=unlike,
                )  # fmt: skip


def _unlike(one: TextStyle, other: TextStyle) -> str:
    """In what two styles set text differently."""
    return ", ".join(field for field in _LOOKS if getattr(one, field) != getattr(other, field))


def _hangs_on_open_end(part: StoryPart) -> bool:
    """Whether the region stands below one whose end only its content tells."""
    by_id = {region.id: region for region in part.page.regions}
    above = by_id.get(part.region.below or "")
    for _ in by_id:  # a circle was told, and its regions are not on the page
        if above is None:
            return False
        if above.open_ended:
            return True
        above = by_id.get(above.below or "")
    return False


def _check_title(region: Region, found: Findings) -> None:
    """A headline for a continued part is one too many where nothing is continued."""
    spec = region.spec
    if (
        isinstance(spec, FlowingRegion)
        and isinstance(spec.continued_title, ContinuedTitle)
        and not _is_written(region, "jump_from")
    ):
        span = region.spans.get("continued_title", region.span)
        found.add("spec/title-not-continued", span, id=region.id)
