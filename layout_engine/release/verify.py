"""Is this what was released? (验收): the printer's question, answered with the files alone."""

from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, has_errors
from layout_engine.base.file_hash import hash_of
from layout_engine.release.keys import is_signed
from layout_engine.release.manifest import (
    MAX_BYTES,
    Manifest,
    decode_manifest,
    is_sealed,
    is_signed_by_releaser,
)
from layout_engine.release.signoff import message_of


class Verified(msgspec.Struct, frozen=True):
    """The manifest, None where it cannot be read, and everything that is not as it says."""

    manifest: Manifest | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def holds(self) -> bool:
        """Whether every file is the one that was released."""
        return self.manifest is not None and not has_errors(self.diagnostics)


def verify(path: Path, public: str | None = None) -> Verified:
    """The manifest at `path` held against itself and against the files beside it.

    Where the paper's `public` key is known the manifest has to be signed with it.
    """
    found = Findings()
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        found.add("release/no-manifest", None, reason=error.strerror or path.name)
        return Verified(None, found.all())
    decoded = decode_manifest(data)
    found.extend(decoded.diagnostics)
    manifest = decoded.value
    if manifest is None:
        return Verified(None, found.all())
    if not is_sealed(manifest):
        found.add("release/broken-seal", None, file=path.name)
    if manifest.signature and not is_signed_by_releaser(manifest):
        found.add("release/forged", None, by=manifest.by, what=path.name)
    elif public is not None and public != manifest.public:
        found.add("release/other-key", None, by=manifest.by, public=manifest.public)
    elif not manifest.signature:
        found.add("release/unsigned", None, by=manifest.by)
    for page in manifest.pages:
        _check_file(path.parent, page.file, page.size, page.sha256, found)
    contents = {page.page: page.content for page in manifest.pages}
    for one in manifest.signatures:
        said = one.statement
        if one.signature and not is_signed(one.public, message_of(said), one.signature):
            found.add("release/forged", None, by=said.by, what=f"{said.page} {said.role}")
        elif contents.get(said.page) != said.content or said.date != manifest.date:
            found.add("release/other-content", None, by=said.by, page=said.page, role=said.role)
        elif not one.signature:
            found.add("release/name-alone", None, by=said.by, page=said.page, role=said.role)
    return Verified(manifest, found.all())


def _check_file(folder: Path, name: str, size: int, wanted: str, found: Findings) -> None:
    path = folder / name
    try:
        if path.is_symlink() or not path.is_file():
            found.add("release/file-missing", None, file=name)
            return
        actual = hash_of(path)
    except OSError as error:
        found.add("release/file-unreadable", None, file=name, reason=error.strerror or "")
        return
    if actual != wanted:
        found.add("release/file-differs", None, file=name, size=path.stat().st_size, wanted=size)
