"""What a guard is (把关): one thing that may be wrong with copy or page, looked for over the whole issue."""

from typing import Protocol

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Copy, Part, Story
from layout_engine.spec.resolved import IssueSpec, Region

HEAD_KINDS = ("kicker", "headline", "deck", "note")


class Earlier(msgspec.Struct, frozen=True):
    """A story of an earlier issue of the same house."""

    date: str
    story: Story


class Sheet(msgspec.Struct, frozen=True):
    """送检的一期: everything that guards look at."""

    spec: IssueSpec
    copy: Copy
    earlier: tuple[Earlier, ...] = ()
    unplaced_photos: tuple[str, ...] = ()  # files in photos/ that no page asks for

    def story(self, region: Region) -> Story | None:
        """The story that a region sets."""
        return self.copy.stories.get(str(getattr(region.spec, "story", "")))


class Guard(Protocol):
    """One guard: `name` is what a switch calls it."""

    @property
    def name(self) -> str: ...

    def look(self, sheet: Sheet, found: Findings) -> None:
        """Add what is wrong to `found`; never raise because of what the copy says."""


def heads(story: Story) -> tuple[Part, ...]:
    """引题、主题、副题、出席一行: what stands over the text and must agree with it."""
    return tuple(one for one in story.parts if one.kind in HEAD_KINDS)
