"""What a revision is (版次): its number, who made it when and why, what it was made from, and its files."""

from typing import Final, Literal

import msgspec

Kind = Literal["proof", "galley", "release", "replacement"]

FORMAT: Final = 1  # of the manifests, pointers and events on the disk
ID_LENGTH: Final = 12  # hex digits of a manifest's hash that people see
LONGEST_NAME: Final = 240  # bytes of one part of a name; file systems take 255
_DEEPEST_NAME: Final = 16
_HEX: Final = frozenset("0123456789abcdef")
_UNSAFE: Final = frozenset('\\:*?"<>|')  # what other systems read as something else


class StoredFile(msgspec.Struct, frozen=True):
    """One file of a revision: its name inside it (`pages/01.pdf`), the hash and the bytes of its content."""

    name: str
    sha256: str
    size: int


class NewRevision(msgspec.Struct, frozen=True):
    """What a caller has to keep. `content` is the hash of what was seen, made by the caller.

    `inputs` are the files it was made from: path → SHA-256. A revision with `facts` is never cleared away.
    """

    kind: Kind
    at: str
    by: str
    note: str
    content: str
    inputs: dict[str, str]
    files: tuple[StoredFile, ...]
    facts: dict[str, str] = {}


class Revision(msgspec.Struct, frozen=True):
    """A revision as kept: `number` counts from 1 for an issue's date, `id` is the short hash of all of it."""

    number: int
    id: str
    kind: Kind
    at: str
    by: str
    note: str
    content: str
    inputs: dict[str, str]
    files: tuple[StoredFile, ...]
    facts: dict[str, str] = {}

    def file(self, name: str) -> StoredFile | None:
        """The file of that name."""
        return next((one for one in self.files if one.name == name), None)


class Event(msgspec.Struct, frozen=True):
    """One line of the log beside the revisions: a signature, a release, a replacement, a clearing away."""

    number: int
    kind: str
    at: str
    by: str
    text: str
    revision: int | None = None
    facts: dict[str, str] = {}


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A revision as the object that its id is the hash of."""

    format: int
    number: int
    revision: NewRevision


class Pointer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`0007.json`: which object is the manifest of revision 7. A revision is finished when this file is there."""

    format: int
    number: int
    manifest: str


class EventFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`events/0001.json`."""

    format: int
    event: Event


def revision_of(manifest: Manifest, sha256: str) -> Revision:
    """The revision that a manifest of that hash tells of."""
    new = manifest.revision
    return Revision(
        manifest.number,
        sha256[:ID_LENGTH],
        new.kind,
        new.at,
        new.by,
        new.note,
        new.content,
        new.inputs,
        new.files,
        new.facts,
    )


def is_sha256(text: str) -> bool:
    """Whether a text is a SHA-256 in lower-case hex; nothing else becomes the name of an object."""
    return len(text) == 64 and _HEX.issuperset(text)


def is_inside(name: str) -> bool:
    """Whether a name stays inside the folder that it is unpacked to, on any system."""
    parts = name.split("/")
    return len(parts) <= _DEEPEST_NAME and all(map(_is_plain, parts))


def _is_plain(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and len(part.encode(errors="replace")) <= LONGEST_NAME
        and part.isprintable()
        and _UNSAFE.isdisjoint(part)
        and not part.endswith((" ", "."))
    )


def faults_of(new: NewRevision) -> tuple[str, ...]:
    """What no revision may hold, in words for the log: names that leave the folder or come twice, wrong hashes."""
    names = [one.name for one in new.files]
    folded = [name.casefold() for name in names]
    hashes = [*(one.sha256 for one in new.files), *new.inputs.values()]
    faults = [f"name {name[:80]!r}" for name in names if not is_inside(name)]
    faults += [f"two files {name[:80]!r}" for name in sorted({one for one in folded if folded.count(one) > 1})]
    faults += [f"hash {one[:80]!r}" for one in (*hashes, new.content) if not is_sha256(one)]
    faults += [f"size {one.size}" for one in new.files if one.size < 0]
    return tuple(faults)
