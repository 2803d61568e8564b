"""`--json` prints one document, described by its schema, and nothing else."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from layout_engine.cli.json_report import report_schema
from tests.cli.conftest import Run


def _document(text: str) -> Any:
    document = json.loads(text)
    jsonschema_rs.validator_for(report_schema()).validate(document)
    return document


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_document_of_a_clean_issue_keeps_its_schema(run: Run, issue: Path, command: str) -> None:
    ran = run(command, str(issue), "--json")
    document = _document(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert list(document) == ["issue", "pages", "ledger", "diagnostics", "timings_ms"]
    assert document["issue"] == {"folder": str(issue), "paper": "本报", "date": "2024-06-01", "number": 1}
    assert document["pages"][0]["size_mm"] == [270.0, 390.0]
    assert (document["pages"][0]["pdf"] is None) == (command == "check")
    for one in document["ledger"].values():
        assert one["characters"] == one["placed"] + one["left_over"] + one["dropped"]
        assert one["left_over"] == 0


def test_a_finding_has_place_message_and_hint(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("kind: folio", "kind: foilo"))
    ran = run("build", str(issue), "--json", "--lang", "zh")
    document = _document(ran.out)
    (finding,) = document["diagnostics"]
    assert (ran.code, ran.err) == (1, "")
    assert finding["code"] == "spec/unknown-kind"
    assert (finding["severity"], finding["file"], finding["column"]) == ("error", str(page), 11)
    assert "foilo" in finding["message"]
    assert "folio" in finding["hint"]


def test_an_unreadable_issue_has_a_document_too(run: Run) -> None:
    ran = run("build", "nowhere", "--json")
    document = _document(ran.out)
    assert ran.code == 2
    assert (document["issue"], document["pages"]) == (None, [])
    assert document["diagnostics"][0]["code"] == "spec/no-issue"


def test_what_is_over_is_counted_by_story(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("rows: 4+ ", "rows: 4-9 "))
    document = _document(run("check", str(issue), "--json").out)
    (over,) = document["pages"][0]["overset"]
    assert over["story"] == "lead"
    assert over["characters"] == document["ledger"]["lead"]["left_over"] > 0
