"""A revision out of the store (存档): the records of its pages as they were kept."""

from pathlib import Path

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.diff.model import Edition, Leaf
from layout_engine.kept_pages import PAGES, kept_records, pages_of
from layout_engine.places import REVISIONS, find_places
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store, open_store
from layout_engine.spec.read import read_issue


def read_kept(path: Path, version: str, label: str, *, showing: bool = False) -> Outcome[Edition]:
    """Revision `version` of the issue in `path`, with `showing` its PDFs, too.

    `path` may be the folder of the store itself.
    """
    folder = path if path.name == REVISIONS else _store_of(path)
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
        leaves = _leaves(store, revision.value) if showing else {}
    found = (*opened.diagnostics, *records.diagnostics)
    if records.diagnostics:  # a page less would be told as deleted
        return Outcome(None, found)
    if not records.value:
        return Outcome(None, (*found, diagnose("diff/no-pages", None, version=label)))
    return Outcome(Edition(label, records.value, leaves=leaves), found)


def _leaves(store: Store, revision: Revision) -> dict[int, Leaf]:
    """The proofs as they were made. One that cannot be read is not shown; its record is what counts."""
    files = {number: revision.file(f"{PAGES}/{number:02}.pdf") for number in pages_of(revision)}
    read = {number: store.read(file.sha256).value for number, file in files.items() if file is not None}
    return {number: Leaf(data) for number, data in read.items() if data is not None}


def _store_of(issue_dir: Path) -> Path | None:
    """The store of the issue's date, found by the spec; of a spec that cannot be read, by the folder's name."""
    spec = read_issue(issue_dir).value if issue_dir.is_dir() else None
    date = spec.issue.date if spec is not None else issue_dir.name
    return find_places(issue_dir).revisions_of(date)
