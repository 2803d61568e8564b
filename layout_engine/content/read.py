"""Read all copy of an issue (读稿): every article in `articles/`, and the pictures that its pages name.

Every article is read, also one that no page names: a story that was never placed is found by its absence.
"""

import os
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.nearest import nearest
from layout_engine.base.recall import Recall
from layout_engine.content.article import read_article
from layout_engine.content.files import find_file, is_plain_name, printable, read_bytes
from layout_engine.content.model import Copy, Photo, Story
from layout_engine.content.photos import read_photo
from layout_engine.content.text_file import MAX_BYTES

MAX_ARTICLES: Final = 1_000  # an issue of 64 pages has some eight hundred
MAX_PHOTOS: Final = 1_000

_ARTICLES: Final = "articles"
_PHOTOS: Final = "photos"
_SUFFIX: Final = ".md"


def read_copy(
    root: Path,
    story_ids: Iterable[tuple[str, Span]],
    photo_ids: Iterable[tuple[str, Span]],
    normalize: frozenset[str],
    recall: Recall | None = None,
) -> Outcome[Copy]:
    """The stories and photos of the issue in folder `root`.

    `story_ids` and `photo_ids` are what the pages name, with the place where they do; `normalize` are the
    kinds of edit that the house accepts. There is always a value: what could not be read is not in it.
    """
    found = Findings()
    hashes: dict[str, str] = {}
    names = _article_names(root, found)
    stories = _read_articles(root, names, normalize, hashes, found, recall or Recall())
    known = [name.removesuffix(_SUFFIX) for name in names]
    for story_id, asked_at in story_ids:
        if story_id not in known:
            found.add("copy/missing-story", asked_at, story=printable(story_id), nearest=nearest(story_id, known))
    photos = _read_photos(root, photo_ids, normalize, hashes, found)
    return Outcome(Copy(stories, photos, hashes), found.all())


def _article_names(root: Path, found: Findings) -> list[str]:
    """The names of the article files in order; hidden files are an editor's own and no articles."""
    try:
        with os.scandir(os.path.join(root, _ARTICLES)) as entries:
            names = sorted(
                entry.name for entry in entries if entry.name.endswith(_SUFFIX) and not entry.name.startswith(".")
            )
    except FileNotFoundError:
        return []
    except OSError as error:
        found.add("copy/unreadable", Span(_ARTICLES), name=_ARTICLES, reason=error.strerror or "")
        return []
    if len(names) > MAX_ARTICLES:
        found.add("copy/too-many-files", Span(_ARTICLES), folder=_ARTICLES, count=len(names), most=MAX_ARTICLES)
        return []
    return names


def _read_articles(
    root: Path,
    names: list[str],
    normalize: frozenset[str],
    hashes: dict[str, str],
    found: Findings,
    recall: Recall,
) -> dict[str, Story]:
    stories = {}
    for name in names:
        place = Span(f"{_ARTICLES}/{printable(name)}")
        file = find_file(root, _ARTICLES, name, place, found)
        data = read_bytes(file, MAX_BYTES, place, found) if file else None
        if file is None or data is None:
            continue
        hashes[file.name] = sha256(data).hexdigest()
        outcome = recall.get(
            ("article", file.name),
            (data, normalize),
            partial(read_article, data, file.name, name.removesuffix(_SUFFIX), normalize),
        )
        found.extend(outcome.diagnostics)
        if outcome.value is not None:
            stories[outcome.value.id] = outcome.value
    return stories


def _read_photos(
    root: Path,
    photo_ids: Iterable[tuple[str, Span]],
    normalize: frozenset[str],
    hashes: dict[str, str],
    found: Findings,
) -> dict[str, Photo]:
    photos: dict[str, Photo] = {}
    seen: set[str] = set()
    for photo_id, asked_at in photo_ids:
        if photo_id in seen:
            continue
        seen.add(photo_id)
        if len(seen) > MAX_PHOTOS:
            found.add("copy/too-many-files", asked_at, folder=_PHOTOS, count=len(seen), most=MAX_PHOTOS)
            break
        if "/" in photo_id or not is_plain_name(photo_id):
            found.add("copy/file-name", asked_at, name=printable(photo_id))
            continue
        file = find_file(root, _PHOTOS, f"{photo_id}.yaml", asked_at, found)
        data = read_bytes(file, MAX_BYTES, asked_at, found) if file else None
        if file is None or data is None:
            continue
        hashes[file.name] = sha256(data).hexdigest()
        outcome = read_photo(root, file.name, data, photo_id, normalize)
        found.extend(outcome.diagnostics)
        if outcome.value is not None:
            photos[photo_id] = outcome.value
            hashes[outcome.value.file] = outcome.value.sha256
    return photos
