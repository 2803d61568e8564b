"""The revision store of an issue as commands open it (打开版次库), and its words for people."""

from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Outcome
from layout_engine.cli.console import Console
from layout_engine.places import find_places
from layout_engine.revisions.model import Event, Kind, Revision
from layout_engine.revisions.records import REMOVED
from layout_engine.revisions.store import Store, open_store
from layout_engine.spec.read import read_issue_date

_KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "proof": ("校样", "proof"),
    "galley": ("小样", "galley"),
    "release": ("付印", "release"),
    "replacement": ("换版", "replacement"),
}
_EVENTS: Final[dict[str, tuple[str, str]]] = {
    "sign": ("签样", "signed"),
    "release": ("付印", "released"),
    "replacement": ("换版", "replaced"),
    REMOVED: ("清理", "cleared away"),
}
_UNITS: Final = ("B", "kB", "MB", "GB")
_KILO: Final = 1000


def find_store(issue_dir: str, out: str | None) -> Outcome[Path]:
    """The folder of an issue's store, which need not exist; None where there is no such issue."""
    date = read_issue_date(Path(issue_dir))
    if date.value is None:
        return Outcome(None, date.diagnostics)
    places = find_places(Path(issue_dir), output=Path(out) if out else None)
    return Outcome(places.revisions_of(date.value))


def open_kept(folder: Path) -> Outcome[Store]:
    """The store in a folder; None without a finding where nothing was ever kept: looking makes no folder."""
    return open_store(folder) if folder.is_dir() else Outcome(None)


def kind_words(kind: Kind, console: Console) -> str:
    """校样, proof …."""
    return console.words(*_KINDS[kind])


def event_words(event: Event, console: Console) -> str:
    """A line of the log in a few words: what, of what, by whom."""
    kind = console.words(*_EVENTS.get(event.kind, (event.kind, event.kind)))
    return " ".join(one for one in (kind, event.text, event.by) if one)


def bytes_of(revision: Revision) -> int:
    """The size of all files of a revision together, shared or not."""
    return sum(one.size for one in revision.files)


def size_words(size: int) -> str:
    """`1.8 MB`."""
    value, unit = float(size), 0
    while value >= _KILO and unit + 1 < len(_UNITS):
        value, unit = value / _KILO, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit and value < 100 else f"{value:.0f} {_UNITS[unit]}"


def plain(text: str) -> str:
    """A text that may come from anywhere, on one line and without what a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)
