"""The pages as written say what was put on them, by two readers that had no part in writing them (回读)."""

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import layout_engine
from layout_engine.checks.readback import comparable
from layout_engine.pipeline import Build
from tests.kit.reference import composed

ISSUES = Path(__file__).parents[2] / "issues"
NAMES = ("2024-05-21", "2024-05-22")


@pytest.fixture(scope="module", params=NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Build]:
    out = tmp_path_factory.mktemp("out")
    return request.param, layout_engine.build(ISSUES / request.param, out=out, verify=True)


def test_pdfium_reads_in_each_region_what_the_scene_put_there(built: tuple[str, Build]) -> None:
    _, build = built
    assert build.clean, build.diagnostics
    assert "read back" in build.timings_ms
    assert all(page.pdf is not None for page in build.pages)


def test_poppler_reads_every_character_of_the_page_once(built: tuple[str, Build]) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        assert "CI" not in os.environ, "poppler-utils must be there: .ci/run installs it"
        pytest.skip("poppler-utils is not installed")
    name, build = built
    for page, of_issue in zip(build.pages, composed(name).pages, strict=True):
        read = subprocess.run([tool, "-raw", str(page.pdf), "-"], capture_output=True, check=True).stdout.decode()
        put = "".join(
            item.text
            for region in of_issue.scene.pages[0].regions
            for item in region.items
            if hasattr(item, "gids")
        )
        assert Counter(comparable(read.replace("\f", ""))) == Counter(comparable(put))
