"""What was released before (已付印), and the folder that the printer is served from put right.

The store knows what was released, for good; the folder is a copy for the printer. A run that was killed between the
two, a file that somebody changed, took away or put a link in the place of: the next release puts it back.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.base.file_hash import hash_of
from layout_engine.pdf.files import write_atomically
from layout_engine.release.manifest import (
    FILE_NAME,
    MAX_BYTES,
    Manifest,
    ReleasedPage,
    decode_manifest,
    encode_manifest,
    is_sealed,
)
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store

KEPT: Final = f"release/{FILE_NAME}"  # in a revision
RELEASES: Final = ("release", "replacement")  # the kinds of revisions, and of their lines in the log


class Earlier(msgspec.Struct, frozen=True):
    """The manifest that holds, and the revision that keeps it; None where only the folder has it."""

    manifest: Manifest
    revision: Revision | None = None


def last_release(store: Store) -> Revision | None:
    """The revision of the latest release or replacement."""
    return max((one for one in store.revisions() if one.kind in RELEASES), key=lambda one: one.number, default=None)


def read_earlier(store: Store, folder: Path) -> Outcome[Earlier]:
    """What was released before; None without a finding where nothing was, with one where nobody can tell."""
    beside = _beside(folder)
    revision = last_release(store)
    if revision is None:
        return _of_folder(beside)
    file = revision.file(KEPT)
    kept = store.read(file.sha256) if file else Outcome[bytes](None)
    data = kept.value
    if data is None and beside is not None and sha256(beside).hexdigest() == revision.facts.get("manifest"):
        data = beside  # the store lost it, the folder has it still
    decoded = decode_manifest(data) if data is not None else Outcome[Manifest](None, kept.diagnostics)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics or (diagnose("release/earlier-unreadable", None, file=KEPT),))
    return Outcome(Earlier(decoded.value, revision))


def _beside(folder: Path) -> bytes | None:
    try:
        with (folder / FILE_NAME).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None


def _of_folder(beside: bytes | None) -> Outcome[Earlier]:
    """By the folder alone: the store is another one, or somebody deleted it."""
    if beside is None:
        return Outcome(None)
    manifest = decode_manifest(beside).value
    if manifest is None or not is_sealed(manifest):
        return Outcome(None, (diagnose("release/earlier-unreadable", None, file=FILE_NAME),))
    return Outcome(Earlier(manifest))


def released_page(page: ReleasedPage, folder: Path, store: Store) -> bytes | None:
    """The bytes of a released page: from its folder if they are what they were, else from the store."""
    if _is_whole(folder / page.file, page.sha256):
        return (folder / page.file).read_bytes()
    return store.read(page.sha256).value


def put_in_place(
    manifest: Manifest, folder: Path, store: Store, fresh: Mapping[str, Path], *, fresh_manifest: bool = False
) -> tuple[Diagnostic, ...]:
    """Write what is not in the folder as the manifest has it; the manifest last.

    `fresh` are the pages just made, by their SHA-256. What else had to be put back is told.
    """
    back, lost = [], []
    for page in manifest.pages:
        path = folder / page.file
        if _is_whole(path, page.sha256):
            continue
        made = fresh.get(page.sha256)
        data = made.read_bytes() if made else store.read(page.sha256).value
        if data is None:
            lost.append(page.file)
            continue
        write_atomically(path, data)
        back += [page.file] if not (fresh_manifest and made) else []
    data, path = encode_manifest(manifest), folder / FILE_NAME
    if not _is_whole(path, sha256(data).hexdigest()):
        write_atomically(path, data)
        back += [FILE_NAME] if not fresh_manifest else []
    found = [diagnose("release/put-back", None, files=", ".join(back))] if back else []
    return (*found, *(diagnose("release/lost", None, file=file) for file in lost))


def log_once(store: Store, revision: Revision) -> None:
    """Write the line of a release into the log, if it is not there yet."""
    if any(one.revision == revision.number and one.kind in RELEASES for one in store.events()):
        return
    text = revision.facts.get("reason") or revision.note
    store.append_event(revision.kind, revision.at, revision.by, text, revision.number)


def _is_whole(path: Path, wanted: str) -> bool:
    try:
        return not path.is_symlink() and hash_of(path) == wanted
    except OSError:
        return False
