"""What was released, for those who have nothing but the files (付印清单): every page with its hash, and who signed it.

A manifest is one JSON document beside the pages. It holds no clock of ours: the same issue, signed by the same people,
gives the same bytes. Its seal is the hash of all the rest, so that a bit turned over in it shows as well.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

import msgspec

from layout_engine.base.control_characters import UNSEEN
from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.release.keys import Key, is_signed
from layout_engine.release.signoff import Signature

FORMAT: Final = 1
FILE_NAME: Final = "manifest.json"
MAX_BYTES: Final = 32 << 20


class ReleasedPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One final: its file beside the manifest, and the content hash that was signed."""

    page: int
    name: str
    file: str
    size: int
    sha256: str
    content: str


class Replaced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """换版: a released page that was replaced: the file that no longer counts, why, and which plates are new."""

    page: int
    file: str
    sha256: str
    reason: str
    by: str
    plates: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """付印清单. `inputs` and `faces` are SHA-256 by path and by key, `profile_sha256` that of the ICC profile.

    `by` released it; with a key `signature` is that of all the rest but the seal.
    """

    format: int
    engine: str
    paper: str
    date: str
    issue_number: int
    profile: str
    conformance: str
    condition: str
    profile_sha256: str
    pages: tuple[ReleasedPage, ...]
    inputs: dict[str, str]
    faces: dict[str, str]
    signatures: tuple[Signature, ...]
    replaced: tuple[Replaced, ...] = ()
    by: str = ""
    public: str = ""
    signature: str = ""
    seal: str = ""


_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_SAFE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")


def seal(manifest: Manifest, key: Key | None = None) -> Manifest:
    """The manifest signed by the one who releases it, if there is a key, and sealed."""
    replace = msgspec.structs.replace
    plain = replace(manifest, public=key.public if key else "", signature="", seal="")
    signed = replace(plain, signature=key.sign(_ENCODER.encode(plain))) if key else plain
    return replace(signed, seal=sha256(_ENCODER.encode(signed)).hexdigest())


def is_sealed(manifest: Manifest) -> bool:
    """Whether the seal is that of the rest."""
    return manifest.seal == sha256(_ENCODER.encode(msgspec.structs.replace(manifest, seal=""))).hexdigest()


def is_signed_by_releaser(manifest: Manifest) -> bool:
    """Whether the releaser's signature is that of the rest; a manifest without one is not."""
    plain = msgspec.structs.replace(manifest, signature="", seal="")
    return is_signed(manifest.public, _ENCODER.encode(plain), manifest.signature)


def encode_manifest(manifest: Manifest) -> bytes:
    """The file: JSON with a line a value, for people who look into it."""
    return msgspec.json.format(_ENCODER.encode(manifest), indent=2) + b"\n"


def decode_manifest(data: bytes) -> Outcome[Manifest]:
    """The manifest in `data`, or why it is none. File names that lead anywhere else are refused."""
    if len(data) > MAX_BYTES:
        return _refused(f"> {MAX_BYTES >> 20} MB")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refused(str(error)[:200])
    if manifest.format != FORMAT:
        return _refused(f"format {manifest.format}")
    fault = next(_faults(manifest), None)
    return Outcome(manifest) if fault is None else _refused(fault)


def _faults(manifest: Manifest) -> Iterator[str]:
    """What no release writes, and what would make its reader look elsewhere or see what is not there."""
    pages = manifest.pages
    if not pages:
        yield "no page"
    if any(not _is_plain(page.file) for page in pages):
        yield "file name"
    if len({page.page for page in pages}) < len(pages) or len({page.file.casefold() for page in pages}) < len(pages):
        yield "a page listed twice"
    if not UNSEEN.isdisjoint(_texts(manifest)):
        yield "control characters"


def _texts(manifest: Manifest) -> str:
    """What is shown to people."""
    said = (one.statement for one in manifest.signatures)
    pages = (page.name for page in manifest.pages)
    return "".join((manifest.paper, manifest.date, manifest.by, *pages, *(f"{one.by}{one.role}" for one in said)))


def _is_plain(name: str) -> bool:
    return bool(name) and set(name) <= _SAFE and not name.startswith(".") and PurePosixPath(name).name == name


def _refused(reason: str) -> Outcome[Manifest]:
    return Outcome(None, (diagnose("release/no-manifest", None, reason=reason),))
