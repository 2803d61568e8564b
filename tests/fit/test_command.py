"""`layout-engine fit` and `check --fit`: what they print, how they end, and that the plain report pays nothing."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from layout_engine.cli.json_report import report_schema
from layout_engine.cli.main import main
from tests.fit.desk import FONTS, Desk
from tests.fit.every_option import Case, make


def _printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main((*words, "--fonts", str(FONTS)))
    return code, capsys.readouterr().out


def _document(text: str) -> Any:
    document = json.loads(text)
    jsonschema_rs.validator_for(report_schema()).validate(document)
    return document


@pytest.fixture
def over(tmp_path: Path) -> str:
    """An issue one of whose stories is two lines over."""
    desk = Desk("2024-05-21", tmp_path)
    assert make(desk, Case("2024-05-21", "energy", 2))
    return str(desk.dir)


def test_a_story_that_is_over_is_told_with_its_options_and_ends_with_one(
    over: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = _printed(capsys, "fit", over, "--lang", "zh")
    assert code == 1
    assert "稿件 energy（第 1 版）：溢 2 行" in text
    assert "  1. 第 " in text


def test_the_report_holds_the_options_where_they_were_asked_for(over: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, text = _printed(capsys, "check", over, "--fit", "--json")
    (fit,) = _document(text)["fit"]
    assert (fit["story"], fit["lines_over"]) == ("energy", 2)
    assert all(option["lines_over"] == 0 for option in fit["options"])
    assert fit["options"][0]["steps"][0]["kind"] == "cut"
    assert "fit" not in _document(_printed(capsys, "check", over, "--json")[1])


def test_an_issue_whose_stories_fit_ends_with_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk("2024-05-21", tmp_path)
    code, text = _printed(capsys, "fit", str(desk.dir), "--lang", "en")
    assert (code, text) == (0, "Every story fits: none is over, none under.\n")


def test_a_story_that_is_not_there_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk("2024-05-21", tmp_path)
    assert main(("fit", str(desk.dir), "--story", "led", "--fonts", str(FONTS), "--lang", "en")) == 2
    assert "did you mean lead?" in capsys.readouterr().err
