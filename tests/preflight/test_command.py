"""`layout-engine preflight`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, _plain_surroundings, run
from tests.pdfx.faults import on_page
from tests.preflight.bad import sound, spoiled

__all__ = ["_plain_surroundings", "run"]


@pytest.fixture
def good() -> Path:
    path = Path("page-01.pdf")
    path.write_bytes(sound())
    return path


@pytest.fixture
def bad() -> Path:
    path = Path("page-02.pdf")
    path.write_bytes(spoiled(on_page("TrimBox", None)))
    return path


def test_a_sound_file_ends_well(run: Run, good: Path) -> None:
    ran = run("preflight", str(good), "--profile", "proof", "--lang", "en")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("proof, 1 page, nothing found, ")


def test_a_fault_is_told_with_rule_page_and_way_out(run: Run, bad: Path) -> None:
    ran = run("preflight", str(bad), "--lang", "en")
    assert ran.code == 1
    assert "error preflight/box-missing: there is no TrimBox (PR-20, page 1, object " in ran.out
    assert "    hint: write the trim box on export" in ran.out


def test_a_fault_is_told_in_chinese(run: Run, bad: Path) -> None:
    assert "错误 preflight/box-missing：缺少 TrimBox（PR-20，第 1 页" in run("preflight", str(bad), "--lang", "zh").out


def test_json_has_rule_page_object_and_place(run: Run, bad: Path) -> None:
    ran = run("preflight", str(bad), "--json")
    document = json.loads(ran.out)
    assert (ran.code, document["passes"], document["pages"], document["profile"]) == (1, False, 1, "pdfx4")
    (one,) = [one for one in document["findings"] if one["code"] == "preflight/box-missing"]
    assert (one["rule"], one["severity"], one["page"], one["x_mm"]) == ("PR-20", "error", 1, None)


def test_the_profile_is_what_the_file_claims(run: Run) -> None:
    Path("old.pdf").write_bytes(sound("X1a"))
    ran = run("preflight", "old.pdf", "--lang", "en")
    assert ran.err.startswith("pdfx1a, ")
    assert "preflight/version" not in ran.out


def test_a_printers_own_profile_is_taken(run: Run, good: Path) -> None:
    said = "title: 城北印务\nbuilds_on: pdfx4\nlimits: {picture_ppi: {least: 280, wanted: 300}}\n"
    Path("press.yaml").write_text(said, encoding="utf-8")
    ran = run("preflight", str(good), "--profile", "press.yaml", "--lang", "en")
    assert "the picture has 254 ppi, where 280 are the least" in ran.out
    assert ran.err.startswith("城北印务, ")


def test_a_file_that_is_not_there_is_a_wrong_command_line(run: Run) -> None:
    ran = run("preflight", "nowhere.pdf", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "cli/no-such-file" in ran.err


def test_a_profile_that_is_not_there_is_a_wrong_command_line(run: Run, good: Path) -> None:
    ran = run("preflight", str(good), "--profile", "pdfx9")
    assert (ran.code, ran.out) == (2, "")


def test_what_is_no_pdf_is_told_and_no_bug(run: Run) -> None:
    Path("photo.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    ran = run("preflight", "photo.pdf", "--lang", "en")
    assert ran.code == 1
    assert "preflight/unreadable" in ran.out
