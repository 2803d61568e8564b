"""Versions as PDFs (PDF 版本): a proof by the record that it carries, any other file by what can be read of it."""

from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from layout_engine.diff.model import Edition, Leaf
from layout_engine.editions.words import read_words
from layout_engine.proof.carried import MAX_FILE, carried_record
from layout_engine.scene.record import PageRecord

_MAX_FILES: Final = 200


def read_printed(path: Path, label: str, *, showing: bool = False) -> Outcome[Edition]:
    """The PDF at `path`, or all of a folder, a page each; `showing`: kept to be seen."""
    files = sorted(path.glob("*.pdf")) if path.is_dir() else [path]
    if not files:
        return Outcome(None, (diagnose("diff/no-such-version", None, reference=label),))
    found: list[Diagnostic] = []
    records: list[PageRecord] = []
    leaves: dict[int, Leaf] = {}
    words_only = False
    for file in files[:_MAX_FILES]:
        data = _read(file)
        if data is None:
            return Outcome(None, (diagnose("record/not-a-pdf", None, reason=f"larger than {MAX_FILE >> 20} MB"),))
        carried = carried_record(data)
        if carried.value is not None:
            records.append(carried.value)
            leaves[carried.value.page.number] = Leaf(data)
            continue
        found += (one for one in carried.diagnostics if one.code != "record/not-a-pdf")
        first = len(records) + 1
        words = read_words(data, first)
        if words.value is None:
            return Outcome(None, (*found, *words.diagnostics))
        found.append(diagnose("diff/words-only", None, file=file.name))
        words_only = True
        records += words.value
        leaves.update({one.page.number: Leaf(data, one.page.number - first) for one in words.value})
    found = [one for one in found if not has_errors((one,)) or not words_only]
    records.sort(key=lambda record: record.page.number)
    return Outcome(Edition(label, tuple(records), words_only, leaves if showing else {}), tuple(found))


def _read(file: Path) -> bytes | None:
    """The file's bytes; None where there are too many."""
    with file.open("rb") as stream:
        data = stream.read(MAX_FILE + 1)
    return data if len(data) <= MAX_FILE else None
