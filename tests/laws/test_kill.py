"""断电, the law of the killed build: whenever it is killed, the old output is whole, or the new one is."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import layout_engine
from tests.kit.reference import FONTS, ISSUES, REFERENCE, ROOT

KILLS = 15
LONGEST = 0.5  # seconds from the first build on: a warm build takes a fifth of that, and more on a busy machine
OLD = b"%PDF- the old page, whole"
BUILD_FOR_EVER = """
import sys, os, layout_engine
issue, fonts, out, old = sys.argv[1:]
while True:
    pdf = layout_engine.build(issue, fonts=fonts, out=out).pages[0].pdf
    print(pdf, flush=True)
    with open(f"{out}/old", "wb") as beside:
        beside.write(old.encode())
    os.replace(f"{out}/old", pdf)
"""


def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    built = layout_engine.build(ISSUES / REFERENCE, fonts=FONTS, out=tmp_path)
    assert built.pages[0].pdf is not None
    pdf = built.pages[0].pdf
    whole = pdf.read_bytes()
    rng = random.Random(REFERENCE)
    for _ in range(KILLS):
        _build_until_killed(tmp_path, rng.uniform(0, LONGEST))
        assert pdf.read_bytes() in (OLD, whole)
        assert [path.name for path in tmp_path.glob("*.pdf")] == [pdf.name]
    assert layout_engine.build(ISSUES / REFERENCE, fonts=FONTS, out=tmp_path).pages[0].sha256 == built.pages[0].sha256


def _build_until_killed(out: Path, seconds: float) -> None:
    """Build again and again, putting the old page back in between, and be killed so long after the first build."""
    command = [sys.executable, "-c", BUILD_FOR_EVER, str(ISSUES / REFERENCE), str(FONTS), str(out), OLD.decode()]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        time.sleep(seconds)
        process.kill()
