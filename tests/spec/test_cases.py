"""Broken specs as folders: each says in `expected.diagnostics.txt` what is found, and where.

A case holds only the files that differ from `tests/cases/spec/_base`. To add one: make a folder, write the
faulty file, run `pytest --update-goldens tests/spec/test_cases.py`, and read what was found.
"""

import shutil
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Diagnostic, in_order
from layout_engine.spec.read import read_issue
from layout_engine.spec.references import check_stories

CASES = Path(__file__).parents[1] / "cases" / "spec"
ROLES = frozenset(("song", "song-heavy", "hei", "hei-bold", "kai", "fangsong", "latin"))
EXPECTED = "expected.diagnostics.txt"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir() and path.name != "_base")


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_of_the_case_is_found_and_nothing_else(name: str, tmp_path: Path, update_goldens: bool) -> None:
    found = "".join(f"{line}\n" for line in _lines(_diagnose(name, tmp_path)))
    expected = CASES / name / EXPECTED
    if update_goldens:
        if not expected.exists() or expected.read_text(encoding="utf-8") != found:
            expected.write_text(found, encoding="utf-8")
            print(f"rewritten: {expected.relative_to(CASES.parents[1])}")
        return
    assert found == expected.read_text(encoding="utf-8")


def test_there_are_forty_broken_specs_and_more() -> None:
    assert len(NAMES) > 40


def _diagnose(name: str, folder: Path) -> tuple[Diagnostic, ...]:
    for layer in ("_base", name):
        shutil.copytree(CASES / layer, folder, symlinks=True, dirs_exist_ok=True)
    issue = folder / "2024-05-21"
    outcome = read_issue(issue, roles=ROLES)
    found = outcome.diagnostics
    if outcome.value is not None:
        stories = {path.stem for path in issue.glob("articles/*.md")}
        photos = {path.stem for path in issue.glob("photos/*.yaml")}
        found = in_order(found + check_stories(outcome.value, stories, photos))
    return found


def _lines(found: tuple[Diagnostic, ...]) -> list[str]:
    lines = []
    for one in found:
        lines.append(f"{one.span}: {one.severity} {one.code}: {one.message('en')}")
        hint = one.hint("en")
        lines += [f"    hint: {hint}"] if hint else []
        assert one.message("zh")
        assert bool(one.hint("zh")) == bool(hint), "both languages have a hint, or neither"
    return lines
