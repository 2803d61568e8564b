"""What a comparison says (比对结果): changes, each told once, in the highest class to which it belongs."""

from typing import Final, Literal, get_args

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.scene.record import PageRecord

ChangeClass = Literal["text", "reflow", "style", "geometry", "picture"]
Op = Literal["insert", "delete", "replace", "move"]
Verdict = Literal["identical", "reflowed", "changed"]
Topic = Literal[
    "whole",  # a whole paragraph, part or story: the new or old value is how many of them
    "break",  # a paragraph divided, or two joined
    "moved-lines", "lines", "left-over",  # of a reflow
    "face", "size", "narrow", "ink", "direction",  # of a style
    "trim", "bleed", "place", "extent", "story", "rule", "fill", "art", "picture", "tint",  # of geometry
    "swapped", "cropped", "recoloured", "saved-again", "pixels",  # of a picture
    "page", "region",  # a whole page; with its text a region
    "imprint",
]  # fmt: skip

CLASSES: Final[tuple[ChangeClass, ...]] = get_args(ChangeClass)


class Leaf(msgspec.Struct, frozen=True):
    """Where a page can be looked at: a PDF, and which of its pages it is, from 0."""

    pdf: bytes
    index: int = 0


class Edition(msgspec.Struct, frozen=True):
    """一版本: some pages of an issue as they were at one time, and what it is called.

    `words_only`: the pages were read back from a PDF without a record; only their words and boxes are known.
    `leaves` by page number, where people are to see them; nothing is compared by them.
    """

    label: str
    pages: tuple[PageRecord, ...]
    words_only: bool = False
    leaves: dict[int, Leaf] = {}  # msgspec gives each its own


class Place(msgspec.Struct, frozen=True):
    """Where something stands: on which page, in which region, and the rectangle of each line of it."""

    page: int
    region: str
    rects: tuple[Rect, ...]


class Side(msgspec.Struct, frozen=True):
    """One side of a change.

    `story` names what the text belongs to as the ledger does: a story's name, `photos/NAME`, `page-N/REGION`. `part` is
    what it is there (headline, body …), `paragraph` which one of these, from 1. `text` is what changed, `before` and
    `after` what stands around it, to the end of the phrase. `span` is the place in the source, `at` how many characters
    of the story stand before it.
    """

    story: str
    part: str = ""
    paragraph: int | None = None
    text: str = ""
    before: str = ""
    after: str = ""
    places: tuple[Place, ...] = ()
    span: Span | None = None
    at: int = 0


class Fact(msgspec.Struct, frozen=True):
    """What is different, and from what to what; in the trade's units, the same in every language."""

    topic: Topic
    old: str = ""
    new: str = ""


class Change(msgspec.Struct, frozen=True):
    """One change: its class, what was done, both sides.

    Of what was inserted or deleted the other side says where it would stand, without text; it is None where the whole
    story or region is only in one edition.
    """

    kind: ChangeClass
    op: Op
    old: Side | None
    new: Side | None
    facts: tuple[Fact, ...] = ()

    @property
    def side(self) -> Side:
        """The new side, or the old one of what is gone."""
        side = self.old if self.op == "delete" else self.new
        assert side is not None, "a change has at least one side"
        return side

    @property
    def story(self) -> str:
        return self.side.story

    @property
    def pages(self) -> frozenset[int]:
        """All pages that it touches, on either side."""
        sides = (side for side in (self.old, self.new) if side is not None)
        return frozenset(place.page for side in sides for place in side.places)


class StoryName(msgspec.Struct, frozen=True):
    """How people call a story: by its headline, the one with the largest headline of its page as that page's lead.

    `kind` is article, photo, notice (where a story jumps), or the kind of the region in which something is typed.
    """

    kind: str
    page: int
    region: str
    headline: str = ""
    is_lead: bool = False


class Comparison(msgspec.Struct, frozen=True):
    """Everything that is different, by class, page and reading order; `stories` has all stories of both editions."""

    old: str
    new: str
    pages: tuple[int, ...]
    changes: tuple[Change, ...]
    stories: dict[str, Verdict]
    names: dict[str, StoryName]
    words_only: bool = False

    def of_class(self, kind: ChangeClass) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.kind == kind)

    def on_page(self, number: int) -> "Comparison":
        """The same for one page: its changes, and the stories that have any there keep their verdict."""
        return msgspec.structs.replace(
            self, pages=(number,), changes=tuple(one for one in self.changes if number in one.pages)
        )
