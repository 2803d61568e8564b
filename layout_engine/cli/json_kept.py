"""Revisions, events and what was cleared away, as JSON for programs (版次的机器可读形式)."""

import msgspec

from layout_engine.cli.json_finding import FindingReport
from layout_engine.revisions.model import Event, Kind, Revision


class KeptFile(msgspec.Struct, frozen=True):
    """One file of a revision."""

    name: str
    sha256: str
    bytes: int


class KeptEvent(msgspec.Struct, frozen=True):
    """One line of the log; `revision` is null where it is about the whole issue."""

    number: int
    kind: str
    at: str
    by: str
    text: str
    revision: int | None
    facts: dict[str, str]


class KeptRevision(msgspec.Struct, frozen=True):
    """One revision, and what the log says of it."""

    number: int
    id: str
    kind: Kind
    at: str
    by: str
    note: str
    content: str
    bytes: int
    files: tuple[KeptFile, ...]
    inputs: dict[str, str]
    facts: dict[str, str]
    events: tuple[KeptEvent, ...]


class Log(msgspec.Struct, frozen=True):
    """The document of `log --json`. `checked`: whether every content was read and its hash verified."""

    folder: str
    checked: bool
    revisions: tuple[KeptRevision, ...]
    events: tuple[KeptEvent, ...]
    findings: tuple[FindingReport, ...]


class Shown(msgspec.Struct, frozen=True):
    """The document of `show --json`; `written` are the files that were taken out."""

    revision: KeptRevision | None
    written: tuple[str, ...]
    findings: tuple[FindingReport, ...]


class Cleared(msgspec.Struct, frozen=True):
    """The document of `gc --json`."""

    dry_run: bool
    revisions: tuple[int, ...]
    kept: tuple[int, ...]
    contents: int
    bytes: int
    bytes_kept: int
    findings: tuple[FindingReport, ...]


def revision_report(one: Revision, events: tuple[Event, ...]) -> KeptRevision:
    """A revision as it is reported; of the events, those that are about it."""
    files = tuple(KeptFile(file.name, file.sha256, file.size) for file in one.files)
    about = tuple(event_report(event) for event in events if event.revision == one.number)
    size = sum(file.bytes for file in files)
    return KeptRevision(
        one.number,
        one.id,
        one.kind,
        one.at,
        one.by,
        one.note,
        one.content,
        size,
        files,
        one.inputs,
        one.facts,
        about,
    )


def event_report(event: Event) -> KeptEvent:
    """An event as it is reported."""
    return KeptEvent(event.number, event.kind, event.at, event.by, event.text, event.revision, event.facts)
