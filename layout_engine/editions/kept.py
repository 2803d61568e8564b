"""A revision out of the store (存档): the records of its pages as they were kept."""

from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.diff.model import Edition
from layout_engine.kept_pages import kept_records
from layout_engine.places import find_places
from layout_engine.revisions.store import open_store
from layout_engine.spec.read import read_issue

STORE: Final = "revisions"  # in the issue's output folder


def read_kept(path: Path, version: str, label: str) -> Outcome[Edition]:
    """Revision `version` of the issue in `path`; `path` may be the folder of the store itself."""
    folder = path if path.name == STORE else _store_of(path)
    if folder is None or not folder.is_dir():
        return Outcome(None, (diagnose("diff/no-store", None, path=path),))
    opened = open_store(folder)
    if opened.value is None:
        return Outcome(None, opened.diagnostics)
    with opened.value as store:
        revision = store.find(version)
        if revision.value is None:
            return Outcome(None, (*opened.diagnostics, *revision.diagnostics))
        records = kept_records(store, revision.value)
    found = (*opened.diagnostics, *records.diagnostics)
    if not records.value:
        return Outcome(None, (*found, diagnose("diff/no-pages", None, version=label)))
    if records.diagnostics:  # a page less would be told as deleted
        return Outcome(None, found)
    return Outcome(Edition(label, records.value), found)


def _store_of(issue_dir: Path) -> Path | None:
    """The store of the issue's date, found by the spec; of a spec that cannot be read, by the folder's name."""
    spec = read_issue(issue_dir).value if issue_dir.is_dir() else None
    date = spec.issue.date if spec is not None else issue_dir.name
    return find_places(issue_dir).output_of(date) / STORE
