"""From what was typed to an edition (打开版本).

| typed | what it is |
|---|---|
| `issues/2024-05-21` | the issue's folder as it is now |
"""

from pathlib import Path

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.diff.editions.folder import read_folder
from layout_engine.diff.model import Edition
from layout_engine.places import find_places


def open_edition(reference: str, fonts: Path | None = None) -> Outcome[Edition]:
    """The edition that `reference` names; None with findings where there is none."""
    path = Path(reference)
    if path.is_dir():
        return read_folder(path, find_places(path, fonts=fonts).fonts, reference)
    return Outcome(None, (diagnose("diff/no-such-version", None, reference=reference),))
