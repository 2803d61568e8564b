"""Two editions compared (比对): the one door. Each change is told once, what follows from it at most as a reflow."""

from collections.abc import Iterable, Sequence
from typing import Final

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.diff.copies import StoryCopy, stories_of
from layout_engine.diff.drawn import drawn_changes
from layout_engine.diff.geometry import RegionPair, pair_regions, region_changes
from layout_engine.diff.inks import compare_inks, mixed_changes
from layout_engine.diff.model import CLASSES, Change, Comparison, Edition, Fact, Side, StoryName, Verdict
from layout_engine.diff.pairing import pair_stories
from layout_engine.diff.pictures import files_of
from layout_engine.diff.reflow import reflow_of
from layout_engine.diff.sheets import imprint_changes, sheet_changes, sheets_of_one_side
from layout_engine.diff.style import style_changes
from layout_engine.diff.text import LaidStory, lay_story, text_changes
from layout_engine.diff.wording import NEAR, as_words
from layout_engine.scene.items import GlyphRun
from layout_engine.scene.record import PageRecord

Pages = tuple[PageRecord, PageRecord]
_OWN_CLASSES: Final = ("text", "style")  # a change of these makes a story a changed one


def compare(old: Edition, new: Edition) -> Comparison:
    """Everything that is different between two editions; of pages known by their words, words, pictures and sizes."""
    if old.words_only or new.words_only:
        old, new = as_words(old), as_words(new)
    before, after = stories_of(old), stories_of(new)
    laid: list[LaidStory] = []
    gone: list[StoryCopy] = []
    come: list[StoryCopy] = []
    for was, is_now in pair_stories(before, after):
        if was is not None and is_now is not None:
            laid.append(lay_story(was, is_now))
        elif was is not None:
            gone.append(was)
        elif is_now is not None:
            come.append(is_now)
    near = NEAR if old.words_only else 0
    changes = text_changes(laid, gone, come)
    changes += [change for story in laid if (change := reflow_of(story, near)) is not None]
    pages = _pages(old, new)
    if not near:
        changes += _style(laid, old, new, pages)
    changes += _geometry(old, new, pages, changes, gone, come)
    if not changes:
        changes += imprint_changes(old, new)
    return Comparison(
        old.label,
        new.label,
        tuple(sorted({record.page.number for edition in (old, new) for record in edition.pages})),
        tuple(_in_order(changes, [*after, *before])),
        _verdicts([*after, *before], changes),
        {**_names(before), **_names(after)},
        words_only=bool(near),
    )


def _style(laid: Sequence[LaidStory], old: Edition, new: Edition, pages: Sequence[Pages]) -> list[Change]:
    inks = compare_inks(old, new)
    pairs = [pair for was, is_now in pages for pair in pair_regions(was, is_now)]
    resized = frozenset(pair.new.id for pair in pairs if pair.new is not None and pair.is_resized)
    faces = _same_faces(old, new)
    changes = [change for story in laid for change in style_changes(story, inks, faces, resized)]
    return [*changes, *mixed_changes(inks, old, new), *_face_changes(old, new)]


def _geometry(
    old: Edition,
    new: Edition,
    pages: Sequence[Pages],
    told: Sequence[Change],
    gone: Sequence[StoryCopy],
    come: Sequence[StoryCopy],
) -> list[Change]:
    """Regions and what is drawn in them; of what went or came with all its text, the text was told."""
    inks = compare_inks(old, new)
    rewritten = _rewritten_regions(told)
    lost, won = _only_of(gone), _only_of(come)
    changes: list[Change] = []
    for was, is_now in pages:
        near = NEAR if old.words_only else 0
        changes += sheet_changes(was, is_now, near)
        files = files_of(was, is_now)
        pushed = {*was.flowing} & {*is_now.flowing} if _pushes(told, is_now.page.number) else set()
        for pair in pair_regions(was, is_now):
            if not near and not _is_told(pair, lost, won):
                changes += region_changes(pair, pushed=pair.new is not None and pair.new.id in pushed)
            name = pair.new.id if pair.new is not None else ""
            changes += drawn_changes(pair, inks, files, (pair.page, name) in rewritten)
    return [*changes, *sheets_of_one_side(old, new)]


def _pushes(told: Sequence[Change], page: int) -> bool:
    """Whether something on the page changed by which regions that flow are moved."""
    return any(change.kind in ("text", "style") and page in change.pages for change in told)


def _only_of(stories: Sequence[StoryCopy]) -> frozenset[tuple[int, str, str]]:
    """Page, region and part of all that is set of these stories."""
    return frozenset(
        (placed.page, placed.region, part.key) for story in stories for part in story.parts for placed in part.runs
    )


def _is_told(pair: RegionPair, lost: frozenset[tuple[int, str, str]], won: frozenset[tuple[int, str, str]]) -> bool:
    """Whether the region went or came with its text, and holds no picture."""
    region, known = (pair.old, lost) if pair.new is None else (pair.new, won)
    if region is None or (pair.old is not None and pair.new is not None):
        return False
    keys = {item.key for item in region.items if isinstance(item, GlyphRun)}
    pictures = any(isinstance(item, Picture | PlacedPage) for item in region.items)
    return bool(keys) and not pictures and all((pair.page, region.id, key) in known for key in keys)


def _pages(old: Edition, new: Edition) -> list[Pages]:
    before = {record.page.number: record for record in old.pages}
    return [(before[one.page.number], one) for one in new.pages if one.page.number in before]


def _rewritten_regions(changes: Iterable[Change]) -> frozenset[tuple[int, str]]:
    """Where text changed, by page and region, on either side."""
    texts = (change for change in changes if change.kind == "text")
    sides = [side for change in texts for side in (change.old, change.new) if side is not None]
    return frozenset((place.page, place.region) for side in sides for place in side.places)


def _same_faces(old: Edition, new: Edition) -> dict[str, str]:
    """Faces that only go by another name: for the new key the old one of the same file."""
    before = {digest: key for record in old.pages for key, digest in record.faces.items() if digest}
    known = {key for record in old.pages for key in record.faces}
    faces = {key: digest for record in new.pages for key, digest in record.faces.items()}
    return {key: before[digest] for key, digest in faces.items() if key not in known and digest in before}


def _face_changes(old: Edition, new: Edition) -> list[Change]:
    """Faces whose file is another one under the same name: told once."""
    before = {key: digest for record in old.pages for key, digest in record.faces.items()}
    after = {key: digest for record in new.pages for key, digest in record.faces.items()}
    return [
        Change(
            "style",
            "replace",
            Side(""),
            Side(""),
            (Fact("face", f"{key} {before[key][:8]}", f"{key} {after[key][:8]}"),),
        )
        for key in sorted(before.keys() & after.keys())
        if before[key] != after[key] and before[key] and after[key]
    ]


def _verdicts(stories: Sequence[str], changes: Sequence[Change]) -> dict[str, Verdict]:
    changed = {
        side.story
        for change in changes
        if change.kind in _OWN_CLASSES
        for side in (change.old, change.new)
        if side is not None
    }
    moved = {change.story for change in changes if change.kind == "reflow"}
    return {name: "changed" if name in changed else "reflowed" if name in moved else "identical" for name in stories}


def _in_order(changes: Sequence[Change], stories: Sequence[str]) -> list[Change]:
    """By class, page and reading order."""
    order = {name: index for index, name in reversed(list(enumerate(stories)))}

    def rank(change: Change) -> tuple[int, ...]:
        side = change.side
        place = side.places[0] if side.places else None
        rect = place.rects[0] if place and place.rects else Rect(0, 0, 0, 0)
        return (
            CLASSES.index(change.kind),
            place.page if place else 0,
            order.get(side.story, len(order)),
            side.at,
            rect.y,
            rect.x,
        )

    return sorted(changes, key=rank)


def _names(stories: dict[str, StoryCopy]) -> dict[str, StoryName]:
    """How each story is called."""
    leads = _leads(stories)
    return {
        name: StoryName(story.kind, _page_of(story), story.region, _headline(story), name in leads)
        for name, story in stories.items()
    }


def _page_of(story: StoryCopy) -> int:
    return next((placed.page for part in story.parts for placed in part.runs), 0)


def _headline(story: StoryCopy) -> str:
    return next((part.text for part in story.parts if part.kind == "headline"), "")


def _leads(stories: dict[str, StoryCopy]) -> frozenset[str]:
    """The stories with the largest headline of their page, where one is larger than all others."""
    sizes: dict[int, list[tuple[int, str]]] = {}
    for name, story in stories.items():
        found = [placed.run.size for part in story.parts if part.kind == "headline" for placed in part.runs]
        if story.kind == "article" and found:
            sizes.setdefault(_page_of(story), []).append((max(found), name))
    largest = [sorted(found, reverse=True) for found in sizes.values()]
    return frozenset(found[0][1] for found in largest if len(found) > 1 and found[0][0] > found[1][0])
