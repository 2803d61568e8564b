"""再来一遍, the law of twice: another folder, time zone, hash seed and locale give the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.kit.reference import FONTS, ISSUES, NAMES, ROOT

BUILD = """
import sys, layout_engine
issues, fonts, out, *names = sys.argv[1:]
for name in names:
    built = layout_engine.build(f"{issues}/{name}", fonts=fonts, out=f"{out}/{name}", caching="cold" not in out)
    assert built.pages and all(page.pdf for page in built.pages), built.diagnostics
"""


def build_in_own_process(issues: Path, out: Path, cwd: Path, **environ: str) -> dict[str, bytes]:
    """Every PDF of the issues, built by a new interpreter in these surroundings."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    command = [sys.executable, "-c", BUILD, str(issues), str(FONTS), str(out), *NAMES]
    subprocess.run(command, cwd=cwd, env=surroundings, check=True, timeout=120)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.pdf"))}


def test_building_twice_gives_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    elsewhere = tmp_path / "另一个 文件夹"
    shutil.copytree(ISSUES, elsewhere / "issues")
    here = build_in_own_process(ISSUES, tmp_path / "here", ROOT, TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C")
    strange = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    there = build_in_own_process(elsewhere / "issues", elsewhere / "cold", elsewhere, **strange)
    assert len(here) >= len(NAMES)
    assert here == there


def test_a_second_build_from_the_cache_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build_in_own_process(ISSUES, tmp_path, tmp_path)
    assert any((tmp_path / NAMES[0] / ".cache").iterdir())
    assert build_in_own_process(ISSUES, tmp_path, tmp_path) == first
