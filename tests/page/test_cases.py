"""Pages as folders: each says in `expected.scene.txt` what is on it, and in `expected.diagnostics.txt` what is found.

How to add one without Python: tests/cases/pages/README.md.
"""

import shutil
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Diagnostic, in_order
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.closing import close_ledger
from layout_engine.gate import read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pipeline import compose_page
from layout_engine.scene.dump import dump
from tests.kit.face import write_kit_fonts

CASES = Path(__file__).parents[1] / "cases" / "pages"
SCENE, DIAGNOSTICS = "expected.scene.txt", "expected.diagnostics.txt"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir() and path.name != "_base")


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kit_fonts(tmp_path_factory.mktemp("kit"))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_and_what_is_found_are_as_expected(
    name: str, fonts: Path, tmp_path: Path, update_goldens: bool
) -> None:
    found = dict(zip((SCENE, DIAGNOSTICS), _composed(name, fonts, tmp_path), strict=True))
    for file, text in found.items():
        expected = CASES / name / file
        if update_goldens:
            if not expected.exists() or expected.read_text(encoding="utf-8") != text:
                expected.write_text(text, encoding="utf-8")
                print(f"rewritten: {expected.relative_to(CASES.parents[1])}")
            continue
        assert text == expected.read_text(encoding="utf-8"), file


def _composed(name: str, fonts: Path, folder: Path) -> tuple[str, str]:
    """The dump of the case's pages, and what was found, as the command line shows it."""
    for layer in ("_base", name):
        shutil.copytree(CASES / layer, folder, dirs_exist_ok=True)
    watch = Stopwatch()
    reading = read_inputs(folder / "2024-05-21", fonts, watch, BUILT_IN_KINDS)
    inputs = reading.inputs
    if inputs is None:
        return "", _shown(reading.diagnostics)
    pages = [compose_page(inputs, page, watch) for page in inputs.spec.pages]
    assert all(page.balanced for page in pages)
    unplaced = close_ledger(inputs, [entry for page in pages for entry in page.entries], all_pages=True).diagnostics
    found = [one for page in pages for one in page.diagnostics]
    scene = "".join(dump(page.scene) for page in pages)
    return scene, _shown(in_order((*reading.diagnostics, *found, *unplaced)))


def _shown(found: tuple[Diagnostic, ...]) -> str:
    lines = []
    for one in found:
        lines.append(f"{one.span}: {one.severity} {one.code}: {one.message('en')}\n")
        lines += [f"    hint: {hint}\n"] if (hint := one.hint("en")) else []
    return "".join(lines)
