"""`diff` for people and for programs: what changed within its phrase, a schema that holds, exit codes that tell."""

import json
import shutil

import jsonschema_rs
import pytest

from layout_engine.cli import exit_codes
from layout_engine.cli.json_diff import diff_schema
from layout_engine.cli.main import main
from tests.kit.reference import ISSUES, REFERENCE

OLD = str(ISSUES / REFERENCE)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The reference page without one comma, and with another face in a headline."""
    home = tmp_path_factory.mktemp("changed")
    shutil.copytree(ISSUES / "house", home / "issues" / "house")
    shutil.copytree(ISSUES / REFERENCE, home / "issues" / REFERENCE)
    (home / "fonts").symlink_to(ISSUES.parent / "fonts")
    issue = home / "issues" / REFERENCE
    for file, old, new in (
        ("articles/lead.md", "韩世军指出，", "韩世军指出"),
        ("pages/01.yaml", "headline: {style: second}", "headline: {style: second-hei}"),
    ):
        path = issue / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return str(issue)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(("diff", *words))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_same_issue_twice_has_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, OLD, OLD, "--lang", "en")
    assert code == exit_codes.CLEAN
    assert out.splitlines()[-1] == "nothing changed"


def test_changes_are_told_by_class_within_their_phrase(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, OLD, changed, "--lang", "zh")
    assert code == exit_codes.FINDINGS
    assert "头条第3段：删去逗号\n      韩世军指出[-，-]项目招引" in out
    assert out.index("文字（1 处）") < out.index("重排（1 处）") < out.index("样式（1 处）")
    assert "articles/lead.md:15:6" in out


def test_the_document_keeps_its_schema_and_tells_each_story(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, OLD, changed, "--json")
    report = json.loads(out)
    assert (code, err) == (exit_codes.FINDINGS, "")
    assert list(jsonschema_rs.validator_for(diff_schema()).iter_errors(report)) == []
    assert [one["class"] for one in report["changes"]] == ["text", "reflow", "style"]
    comma = report["changes"][0]
    assert (comma["op"], comma["story"], comma["paragraph"]) == ("delete", "lead", 3)
    assert (comma["old"], comma["new"], comma["page"]) == ("，", None, 1)
    assert comma["place"]["region"] == "lead"
    assert report["stories"]["lead"] == "changed"
    assert report["stories"]["energy"] == "identical"


def test_only_one_page_can_be_asked_for(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, OLD, changed, "--page", "1")[0] == exit_codes.FINDINGS
    code, _, err = run(capsys, OLD, changed, "--page", "2")
    assert code == exit_codes.MISUSED
    assert "diff/no-such-page" in err


def test_what_cannot_be_read_is_told_and_nothing_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, OLD, "no-such-issue")
    assert (code, out) == (exit_codes.MISUSED, "")
    assert "diff/no-such-version" in err
