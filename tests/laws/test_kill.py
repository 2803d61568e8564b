"""断电, the law of the killed build: whenever it is killed, the old output is whole, or the new one is."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import layout_engine
from tests.kit.reference import FONTS, ISSUES, REFERENCE, ROOT

ROUNDS = 5
AT_A_TIME = 3
SOONEST, LATEST = 0.15, 1.1  # seconds: from the interpreter's start to the second build and beyond
OLD = b"%PDF- the old page, whole"
BUILD_FOR_EVER = """
import sys, layout_engine
while True:
    layout_engine.build(sys.argv[1], fonts=sys.argv[2], out=sys.argv[3])
"""


def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    built = layout_engine.build(ISSUES / REFERENCE, fonts=FONTS, out=tmp_path / "whole")
    assert built.pages[0].pdf is not None
    name, whole = built.pages[0].pdf.name, built.pages[0].pdf.read_bytes()
    rng = random.Random(REFERENCE)
    found = []
    for number in range(ROUNDS):
        outs = [tmp_path / f"{number}-{one}" for one in range(AT_A_TIME)]
        for out in outs:
            out.mkdir()
            (out / name).write_bytes(OLD)
        processes = [_start(out) for out in outs]
        for moment, process in zip(sorted(rng.uniform(SOONEST, LATEST) for _ in outs), processes, strict=True):
            time.sleep(max(0.0, moment - (time.monotonic() - process[1])))
            process[0].kill()
            process[0].wait()
        found += [(out / name).read_bytes() for out in outs]
        assert not [path for out in outs for path in out.glob("*.pdf") if path.name != name]
    assert set(found) <= {OLD, whole}


def _start(out: Path) -> tuple[subprocess.Popen[bytes], float]:
    command = [sys.executable, "-c", BUILD_FOR_EVER, str(ISSUES / REFERENCE), str(FONTS), str(out)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}), time.monotonic()
