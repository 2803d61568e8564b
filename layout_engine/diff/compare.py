"""Two editions compared (比对): the one door. Each change is told once, what follows from it at most as a reflow."""

from collections.abc import Iterable, Sequence
from typing import Final

from layout_engine.base.geometry import Rect
from layout_engine.diff.copies import HEADING, StoryCopy, stories_of
from layout_engine.diff.drawn import drawn_changes
from layout_engine.diff.geometry import RegionPair, pair_regions, region_changes, sheet_changes
from layout_engine.diff.inks import compare_inks, mixed_changes
from layout_engine.diff.model import CLASSES, Change, Comparison, Edition, Fact, Side, StoryName, Verdict
from layout_engine.diff.pairing import pair_stories
from layout_engine.diff.pictures import files_of
from layout_engine.diff.reflow import reflow_of
from layout_engine.diff.style import style_changes
from layout_engine.diff.text import LaidStory, lay_story, text_changes
from layout_engine.diff.wording import NEAR, as_words
from layout_engine.scene.record import PageRecord

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
    changes = text_changes(laid, gone, come)
    rewritten = _rewritten_regions(changes)
    pages = _pages(old, new)
    pairs = [pair for before_page, page in pages for pair in pair_regions(before_page, page)]
    resized = frozenset(pair.new.id for pair in pairs if pair.new is not None and pair.is_resized)
    inks = compare_inks(old, new)
    near = NEAR if old.words_only else 0
    changes += [change for story in laid if (change := reflow_of(story, near)) is not None]
    if not old.words_only:
        changes += [change for story in laid for change in style_changes(story, inks, _same_faces(old, new), resized)]
        changes += [*mixed_changes(inks, old, new), *_face_changes(old, new)]
    for before_page, page in pages:
        changes += sheet_changes(before_page, page, near)
        files = files_of(before_page, page)
        for pair in pair_regions(before_page, page):
            changes += region_changes(pair) if not near else ()
            name = pair.new.id if pair.new is not None else ""
            changes += drawn_changes(pair, inks, files, (pair.page, name) in rewritten)
    changes += _sheets(old, new)
    return Comparison(
        old.label,
        new.label,
        tuple(sorted({record.page.number for edition in (old, new) for record in edition.pages})),
        tuple(_in_order(changes, [*after, *before])),
        _verdicts([*after, *before], changes),
        {**_names(before, old), **_names(after, new)},
    )


def _pages(old: Edition, new: Edition) -> list[tuple[PageRecord, PageRecord]]:
    before = {record.page.number: record for record in old.pages}
    return [(before[one.page.number], one) for one in new.pages if one.page.number in before]


def _sheets(old: Edition, new: Edition) -> list[Change]:
    """Pages that only one edition has; their text is told by stories."""
    before, after = ({record.page.number: record for record in edition.pages} for edition in (old, new))
    changes: list[Change] = []
    for number in sorted(before.keys() ^ after.keys()):
        record = before.get(number) or after[number]
        for region in record.page.regions:
            pair = RegionPair(number, region, None) if number in before else RegionPair(number, None, region)
            changes += region_changes(pair)
    return changes


def _rewritten_regions(changes: Iterable[Change]) -> frozenset[tuple[int, str]]:
    """Where text changed, by page and region, on either side."""
    sides = [side for change in changes for side in (change.old, change.new) if side is not None]
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

    def rank(change: Change) -> tuple[int, int, int, int, int, int]:
        side = change.side
        place = side.places[0] if side.places else None
        rect = place.rects[0] if place and place.rects else Rect(0, 0, 0, 0)
        return (
            CLASSES.index(change.kind),
            place.page if place else 0,
            order.get(side.story, len(order)),
            rect.y if side.part not in HEADING else 0,
            rect.x,
            rect.y,
        )

    return sorted(changes, key=rank)


def _names(stories: dict[str, StoryCopy], edition: Edition) -> dict[str, StoryName]:
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
