"""The map of the code is true: the table of stages, the five lines of each package, the order of imports."""

import ast
import re
from pathlib import Path

import pytest

from layout_engine import gate, pipeline

ENGINE = Path(__file__).parents[2] / "layout_engine"
PACKAGES = sorted(
    file for file in ENGINE.rglob("__init__.py") if file.parent not in (ENGINE, ENGINE / "base" / "codes")
)
LINES = ("Comes in:", "Goes out:", "Must not know:", "Read first:", "Tested in:")


def _stages() -> list[tuple[str, list[str]]]:
    """The rows of the table in pipeline.py: the stage, and the functions that it names."""
    rows = re.findall(r"^\| \d \| ([^|]+) \| ([^|]+) \|", pipeline.__doc__ or "", re.MULTILINE)
    return [(stage.strip(), re.findall(r"`(\w+)`", functions)) for stage, functions in rows]


def test_the_table_of_stages_has_nine_rows_with_functions() -> None:
    stages = _stages()
    assert len(stages) == 9
    assert all(functions for _, functions in stages)


@pytest.mark.parametrize(("stage", "functions"), _stages(), ids=[stage for stage, _ in _stages()])
def test_every_function_of_the_table_is_there(stage: str, functions: list[str]) -> None:
    defined = {
        node.name
        for file in ENGINE.rglob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert [name for name in functions if name not in defined] == []


def test_the_first_stages_are_called_at_the_gate() -> None:
    assert all(hasattr(gate, name) for name in ("read_issue", "read_copy", "read_art", "open_faces"))


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: str(file.parent.relative_to(ENGINE)))
def test_every_package_says_what_comes_in_and_what_goes_out(file: Path) -> None:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    assert [line for line in LINES if line not in doc] == []


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: str(file.parent.relative_to(ENGINE)))
def test_what_a_package_says_to_read_first_is_there(file: Path) -> None:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    named = re.findall(r"\b[a-z_]+\.py\b", doc.partition("Tested in:")[0])
    assert named
    assert [name for name in named if not (file.parent / name).is_file()] == []


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: str(file.parent.relative_to(ENGINE)))
def test_where_a_package_says_it_is_tested_is_there(file: Path) -> None:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    named = re.findall(r"\btests/[\w/.]*\w", doc.partition("Tested in:")[2])
    assert named
    assert [name for name in named if not (ENGINE.parent / name).exists()] == []


def test_every_module_says_what_it_answers() -> None:
    silent = [
        str(file.relative_to(ENGINE))
        for file in ENGINE.rglob("*.py")
        if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_module_is_longer_than_can_be_read_at_a_sitting() -> None:
    """About 400 lines."""
    lengths = {str(file.relative_to(ENGINE)): len(file.read_text().splitlines()) for file in ENGINE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 440} == {}
