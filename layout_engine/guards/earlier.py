"""Earlier issues beside this one (往期), and photos that no page has: what guards need from the disk, within bounds."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.yaml_nodes import read_yaml
from layout_engine.content.article import read_article
from layout_engine.content.files import find_file, is_plain_name, read_bytes
from layout_engine.content.model import Copy
from layout_engine.content.text_file import MAX_BYTES
from layout_engine.guards.guard import Earlier
from layout_engine.spec.resolved import IssueSpec

MAX_ISSUES: Final = 14  # two weeks of a daily
MAX_SIBLINGS: Final = 1000  # folders that are looked at
MAX_STORIES: Final = 150  # of one issue
MAX_TOTAL: Final = 4 << 20  # bytes of copy in all
_SPEC: Final = "issue.yaml"
_ARTICLES: Final = "articles"
_PHOTOS: Final = "photos"
_SUFFIX: Final = ".md"


def earlier_stories(root: Path, spec: IssueSpec) -> tuple[Earlier, ...]:
    """The stories of the last issues before this one of the same house; what cannot be read is passed over."""
    house = os.path.realpath(root / spec.issue.house)
    left = MAX_TOTAL
    stories: list[Earlier] = []
    for date, folder in _issues_before(root, house, spec.issue.date):
        for name in _names(folder / _ARTICLES, _SUFFIX, MAX_STORIES):
            data = _read(folder, _ARTICLES, name, min(MAX_BYTES, left))
            if data is None:
                continue
            left -= len(data)
            label = f"{_ARTICLES}/{name}"
            story = read_article(data, label, name.removesuffix(_SUFFIX), frozenset()).value
            if story is not None:
                stories.append(Earlier(date, story))
    return tuple(stories)


def unplaced_photos(root: Path, copy: Copy) -> tuple[str, ...]:
    """The descriptions in photos/ that no page asks for: captions without their photo."""
    names = _names(root / _PHOTOS, ".yaml", MAX_SIBLINGS)
    return tuple(f"{_PHOTOS}/{name}" for name in names if name.removesuffix(".yaml") not in copy.photos)


def _issues_before(root: Path, house: str, date: str) -> list[tuple[str, Path]]:
    """The folders beside this one that hold an earlier issue of the house, the latest first."""
    here = os.path.realpath(root)
    issues = []
    for folder in _folders(Path(here).parent):
        if os.path.realpath(folder) == here:
            continue
        data = _read(folder, "", _SPEC, MAX_BYTES)
        document = read_yaml(data, _SPEC).value if data is not None else None
        written = document.value if document is not None and isinstance(document.value, dict) else {}
        other, other_house = written.get("date"), written.get("house")
        if not isinstance(other, str) or not isinstance(other_house, str) or not is_plain_name(other_house):
            continue
        if other < date and os.path.realpath(folder / other_house) == house:
            issues.append((other, folder))
    return sorted(issues, reverse=True)[:MAX_ISSUES]


def _folders(parent: Path) -> Iterator[Path]:
    """The folders in `parent`, the last by name first; no links."""
    try:
        with os.scandir(parent) as entries:
            names = sorted((one.name for one in entries if one.is_dir(follow_symlinks=False)), reverse=True)
    except OSError:
        return
    yield from (parent / name for name in names[:MAX_SIBLINGS])


def _names(folder: Path, suffix: str, most: int) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(one.name for one in entries if one.name.endswith(suffix))[:most]
    except OSError:
        return []


def _read(root: Path, folder: str, name: str, most: int) -> bytes | None:
    passed_over, nowhere = Findings(), Span(name)
    file = find_file(root, folder, name, nowhere, passed_over)
    return read_bytes(file, most, nowhere, passed_over) if file is not None and most > 0 else None
