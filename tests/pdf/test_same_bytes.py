"""Same input, same bytes (PR-14): in another folder, time zone, locale, hash seed, with settings from outside."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from layout_engine.base.units import mm
from layout_engine.proof.raster import render_png
from tests.pdf.scenes import ROOT, a_page, a_region, a_run, written

SCRIPT = "from tests.pdf.test_same_bytes import a_digest; print(a_digest())"
PLAIN = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}


def a_digest() -> str:
    runs = (a_run("我市召开——“十四五”会议", extra=777), a_run("红字", ink="red", face="hei-bold", y=mm(40)))
    page = a_page(a_region("lead", *runs), a_region("side", a_run("直排", direction="vertical", ink="gold")))
    pdf = written(page)
    return sha256(pdf).hexdigest() + sha256(render_png(pdf, 30)).hexdigest()


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C"},
        {"SOURCE_DATE_EPOCH": "1", "RL_pdfComments": "1", "RL_pdfMultiLine": "1", "RL_documentLang": "xx-XX"},
    ],
)
def test_the_surroundings_do_not_change_a_byte(surroundings: dict[str, str], tmp_path: Path) -> None:
    environment = {**PLAIN, **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == a_digest()
