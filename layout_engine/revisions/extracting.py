"""The files of a revision taken out again (取出): each verified, none outside the folder, nothing overwritten."""

import os
from pathlib import Path

from layout_engine.base.diagnostics import Diagnostic, Findings, diagnose
from layout_engine.revisions.model import Revision, is_inside
from layout_engine.revisions.store import Store


def extract(store: Store, revision: Revision, folder: Path) -> tuple[Diagnostic, ...]:
    """Write a revision's files into `folder`, which must be new or empty; what could not be had is told."""
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        return (diagnose("store/not-empty", folder=folder),)
    found = Findings()
    for file in revision.files:
        read = store.read(file.sha256)
        found.extend(read.diagnostics)
        if read.value is not None and is_inside(file.name):
            _write(folder.joinpath(*file.name.split("/")), read.value)
    return found.all()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
