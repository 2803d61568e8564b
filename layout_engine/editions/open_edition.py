"""From what was typed to an edition (打开版本).

| typed | what it is |
|---|---|
| `issues/2024-05-21` | the issue's folder as it is now |
| `issues/2024-05-21#3` | what was kept as revision 3 of it: `#latest`, `#latest~1`, `#` and the beginning of an id |
| `issues/2024-05-21@HEAD~1` | the folder as it is in that commit of git |
| `page.pdf` | a proof, by the record that it carries; any other PDF by its words |
| `output/2024-05-21/proof` | all PDFs of a folder, a page each |
| `01.json` | the record of a page by itself |
| `#3`, `@HEAD` | the same of the issue that the other version is of |

Only what a reference needs is imported: two kept revisions are compared without the stages that set pages.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.diff.model import Edition
from layout_engine.scene.record import MAX_BYTES, decode_record

ISSUE: Final = "issue.yaml"
_LONGEST: Final = 4000  # characters of a reference


class Reference(msgspec.Struct, frozen=True):
    """A reference taken apart: a path, and after `#` or `@` which version of it."""

    path: str
    sign: str = ""
    version: str = ""


def take_apart(reference: str) -> Reference:
    """A path that is there is a path, whatever characters it has; else what stands after the last sign is a version."""
    if not Path(reference).exists():
        at = max(reference.rfind("#"), reference.rfind("@"))
        if at >= 0:
            return Reference(reference[:at], reference[at], reference[at + 1 :])
    return Reference(reference)


def open_editions(
    old: str, new: str, fonts: Path | None = None, *, showing: bool = False
) -> tuple[Outcome[Edition], Outcome[Edition]]:
    """Both versions; one that names no issue is of the other's. `showing`: with their pages, for people to see."""
    issues = [take_apart(one).path for one in (old, new)]
    return open_edition(old, fonts, issues[1], showing=showing), open_edition(new, fonts, issues[0], showing=showing)


def open_edition(
    reference: str, fonts: Path | None = None, issue: str = "", *, showing: bool = False
) -> Outcome[Edition]:
    """The edition that `reference` names, `issue` being what it is of where it does not say; None with findings."""
    if "\0" in reference or len(reference) > _LONGEST:
        return _none(reference)
    asked = take_apart(reference)
    path = Path(asked.path or issue)
    if asked.sign and not (asked.path or issue):
        return Outcome(None, (diagnose("diff/of-what", None, reference=reference),))
    label = f"{path}{asked.sign}{asked.version}" if asked.sign else reference
    if asked.sign == "#":
        opened: Outcome[Edition] = _module("kept").read_kept(path, asked.version, label, showing=showing)
    elif asked.sign == "@":
        opened = _module("committed").read_committed(path, asked.version, fonts, label, showing=showing)
    elif (path / ISSUE).is_file():
        opened = _module("folder").read_folder(path, fonts, label, showing=showing)
    elif path.is_file() and path.suffix == ".json":
        opened = _read_record(path, label)
    elif path.is_dir() or path.is_file():
        opened = _module("printed").read_printed(path, label, showing=showing)
    else:
        opened = _none(reference)
    return opened


def _module(name: str) -> Any:
    """The module that reads one kind of version, imported only now: to set pages takes much that others need not."""
    return import_module(f"layout_engine.editions.{name}")


def _none(reference: str) -> Outcome[Edition]:
    return Outcome(None, (diagnose("diff/no-such-version", None, reference=reference[:80].replace("\0", "␀")),))


def _read_record(path: Path, label: str) -> Outcome[Edition]:
    with path.open("rb") as stream:
        record = decode_record(stream.read(MAX_BYTES + 1))
    if record.value is None:
        return Outcome(None, record.diagnostics)
    return Outcome(Edition(label, (record.value,)), record.diagnostics)
