"""A comparison as one JSON document for programs (机器可读的比对): `layout-engine diff --json`.

The Structs are the declaration: `layout-engine schema diff` publishes their JSON Schema.
"""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Lang, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.units import SU_PER_PT
from layout_engine.diff.model import Change, ChangeClass, Comparison, Op, Place, Side, StoryName, Topic, Verdict
from layout_engine.diff.words import sentence, story_words

_MM_PER_SU: Final = 25.4 / 72 / SU_PER_PT
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REF: Final = "#/$defs/{name}"
_DECIMALS: Final = 3  # of a millimetre
RectMm = Annotated[
    tuple[float, float, float, float], Meta(description="x, y, width, height in mm from the trim's top left")
]


class PlaceReport(msgspec.Struct, frozen=True):
    """Where something stands: a rectangle for each line of it."""

    page: int
    region: str
    rects_mm: tuple[RectMm, ...]


class SideReport(msgspec.Struct, frozen=True):
    """One side of a change. `before` and `after` are what stands around it, to the end of the phrase."""

    story: str
    part: Annotated[
        str, Meta(description="headline, body, caption …; the kind of a region; empty where neither is meant")
    ]
    paragraph: Annotated[int | None, Meta(description="which part of its kind in the story, from 1")]
    text: str
    before: str
    after: str
    places: tuple[PlaceReport, ...]
    source: Annotated[str | None, Meta(description="file:line:column as seen from the issue's folder")]


class FactReport(msgspec.Struct, frozen=True):
    """What is different, from what to what, in the units of the trade."""

    topic: Topic
    old: str
    new: str


class ChangeReport(msgspec.Struct, frozen=True):
    """改动: one change. `old` and `new` are the texts that changed, null on the side where there is nothing."""

    kind: Annotated[ChangeClass, Meta(description="its class")] = msgspec.field(name="class")
    op: Op
    story: Annotated[
        str, Meta(description="a story's name, photos/NAME, page-N/REGION; empty for a whole page or issue")
    ]
    paragraph: int | None
    old: str | None
    new: str | None
    page: Annotated[int | None, Meta(description="the first page that it touches, on the new side if there is one")]
    place: Annotated[PlaceReport | None, Meta(description="the first place, on the new side if there is one")]
    old_side: SideReport | None
    new_side: SideReport | None
    facts: tuple[FactReport, ...]
    words: Annotated[str, Meta(description="the change in one sentence, in the language of messages")]


class NameReport(msgspec.Struct, frozen=True):
    """How a story is called, and where it begins."""

    name: str
    kind: Annotated[str, Meta(description="article, photo, notice (where a story jumps), or the kind of the region")]
    page: int


class DiffReport(msgspec.Struct, frozen=True):
    """比对: two versions of an issue, what changed, and what became of each story."""

    old: str
    new: str
    pages: tuple[int, ...]
    changes: tuple[ChangeReport, ...]
    stories: dict[str, Verdict]
    names: dict[str, NameReport]
    words_only: Annotated[
        bool, Meta(description="a side is a PDF without a record: only words and places were compared")
    ]


def diff_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    _, definitions = msgspec.json.schema_components((DiffReport,), ref_template=_REF)
    return {"$schema": _DIALECT, "title": "diff", **definitions.pop("DiffReport"), "$defs": definitions}


def diff_report(comparison: Comparison, lang: Lang) -> DiffReport:
    """The comparison as it is printed."""
    return DiffReport(
        comparison.old,
        comparison.new,
        comparison.pages,
        tuple(change_report(change, comparison.names, lang) for change in comparison.changes),
        comparison.stories,
        {
            story: NameReport(story_words(story, comparison.names, lang), name.kind, name.page)
            for story, name in comparison.names.items()
        },
        comparison.words_only,
    )


def change_report(change: Change, names: dict[str, StoryName], lang: Lang) -> ChangeReport:
    """One change."""
    side = change.side
    place = _place(side.places[0]) if side.places else None
    return ChangeReport(
        change.kind,
        change.op,
        side.story,
        side.paragraph,
        change.old.text if change.old and change.op != "insert" else None,
        change.new.text if change.new and change.op != "delete" else None,
        place.page if place else None,
        place,
        _side(change.old),
        _side(change.new),
        tuple(FactReport(fact.topic, fact.old, fact.new) for fact in change.facts),
        sentence(change, names, lang),
    )


def _side(side: Side | None) -> SideReport | None:
    if side is None:
        return None
    return SideReport(
        side.story,
        side.part,
        side.paragraph,
        side.text,
        side.before,
        side.after,
        tuple(map(_place, side.places)),
        _source(side.span),
    )


def _source(span: Span | None) -> str | None:
    return str(span) if span else None


def _place(place: Place) -> PlaceReport:
    return PlaceReport(place.page, place.region, tuple(map(_rect, place.rects)))


def _rect(rect: Rect) -> RectMm:
    return _mm(rect.x), _mm(rect.y), _mm(rect.width), _mm(rect.height)


def _mm(su: int) -> float:
    return round(su * _MM_PER_SU, _DECIMALS)
