"""Stories and photos as read (稿件, 图片): parts of text with their source, and what was done to them."""

from typing import Literal

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.source import SourcedText

PartKind = Literal["kicker", "headline", "deck", "note", "body", "crosshead", "byline", "caption", "credit", "typed"]


class Emphasis(msgspec.Struct, frozen=True):
    """A stretch of a part's text that is set in another face: `*…*` emphasis, `**…**` strong."""

    start: int
    end: int
    strength: Literal["emphasis", "strong"]


class Dropped(msgspec.Struct, frozen=True):
    """A stretch of the source that is left out on purpose, with the reason (`comment`, `markup`, `edit`)."""

    text: str
    span: Span
    reason: str


class Edit(msgspec.Struct, frozen=True):
    """One normalisation (整理): what stood at `span`, what stands now, by which rule; applied or only proposed."""

    rule: str  # TY-101 …
    kind: str  # brackets, punctuation, quotes, spaces, dashes, ellipses, digits; doubtful, series, nesting, forms
    span: Span
    before: str
    after: str
    applied: bool


class Part(msgspec.Struct, frozen=True):
    """One paragraph-like piece of a story in reading order: a headline, a body paragraph, a crosshead, a byline.

    `key` names it in the ledger (`lead/headline`, `lead/body-3`). A newline in `text` is an explicit line break
    (headlines); elsewhere there is none.
    """

    key: str
    kind: PartKind
    copy: SourcedText
    emphasis: tuple[Emphasis, ...] = ()
    edits: tuple[Edit, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        return self.copy.text


class Story(msgspec.Struct, frozen=True):
    """稿件: the headline group and the body, in reading order: kicker, headline, deck, note, body …, byline."""

    id: str
    file: str
    span: Span
    parts: tuple[Part, ...]
    dropped: tuple[Dropped, ...] = ()  # between the parts: whole-line comments

    def part(self, kind: PartKind) -> Part | None:
        """The first part of this kind."""
        return next((one for one in self.parts if one.kind == kind), None)

    @property
    def body(self) -> tuple[Part, ...]:
        """What is poured into the columns: paragraphs, crossheads and the byline at the end."""
        return tuple(one for one in self.parts if one.kind in ("body", "crosshead", "byline"))


class Photo(msgspec.Struct, frozen=True):
    """图片: the picture file as seen from the issue's folder, its size in pixels, caption and credit."""

    id: str
    file: str
    span: Span
    width_px: int
    height_px: int
    sha256: str
    caption: Part | None = None
    credit: Part | None = None
    alt: str = ""  # for readers who cannot see the picture; never set


class Copy(msgspec.Struct, frozen=True):
    """All copy of an issue, by id. `hashes`: every file read → sha256 of its bytes."""

    stories: dict[str, Story]
    photos: dict[str, Photo]
    hashes: dict[str, str]


class Change(msgspec.Struct, frozen=True):
    """`[start, end)` of the text becomes `after`."""

    start: int
    end: int
    after: str


class Proposal(msgspec.Struct, frozen=True):
    """What one rule offers: a finding's code, the rule, the kind by which it is accepted, the changes.

    `at` is where the finding stands. Without changes there is no exact edit, and a person must look.
    """

    code: str
    rule: str
    kind: str
    at: int
    changes: tuple[Change, ...] = ()
