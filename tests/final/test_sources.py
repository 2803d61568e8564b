"""`preflight FILE.pdf --issue ISSUE_DIR`: each finding names the line of the copy or the spec that it comes from."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, run
from tests.final.conftest import Paper, build_final

__all__ = ["run"]

# The body is 五号, 10.5 pt, which the paper's own press takes.
STRICT = "title: 城南印务\nbuilds_on: pdfx4\nlimits: {type: 11pt}\n"
FIRST_LINE = "articles/lead.md:4:1"


@pytest.fixture
def final(paper: Paper) -> Path:
    made = build_final(paper).pages[0].pdf
    assert made is not None
    return made


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    path = tmp_path / "strict.yaml"
    path.write_text(STRICT, encoding="utf-8")
    return path


def of_body(document: dict[str, Any]) -> dict[str, Any]:
    (found,) = [
        one for one in document["findings"] if one["code"] == "preflight/type-small" and "10.5" in one["message"]
    ]
    return dict(found)


def test_what_a_stricter_press_refuses_is_named_at_its_line_of_the_article(
    run: Run, paper: Paper, final: Path, strict: Path
) -> None:
    ran = run("preflight", str(final), "--profile", str(strict), "--issue", str(paper.issue), "--lang", "en")
    assert ran.code == 1
    assert f"{paper.issue / FIRST_LINE}: error preflight/type-small: type of 10.5 pt" in ran.out
    assert "preflight/not-as-now" not in ran.out


def test_json_has_file_line_and_column(run: Run, paper: Paper, final: Path, strict: Path) -> None:
    words = ("preflight", str(final), "--profile", str(strict), "--json")
    found = of_body(json.loads(run(*words, "--issue", str(paper.issue)).out))
    assert (found["file"], found["line"], found["column"]) == ((paper.issue / "articles/lead.md").as_posix(), 4, 1)
    without = of_body(json.loads(run(*words).out))
    assert (without["file"], without["line"], without["column"]) == (None, None, None)


def test_a_rejected_page_is_known_by_its_name_too(run: Run, paper: Paper, final: Path, strict: Path) -> None:
    beside = final.rename(final.with_name(f"{final.stem}.rejected.pdf"))
    ran = run("preflight", str(beside), "--profile", str(strict), "--issue", str(paper.issue), "--lang", "en")
    assert FIRST_LINE in ran.out
    assert "preflight/not-as-now" not in ran.out


def test_a_page_that_changed_since_is_said_and_what_reads_the_same_is_still_named(
    run: Run, paper: Paper, final: Path, strict: Path
) -> None:
    paper.edit("articles/second.md", "。", "！")
    ran = run("preflight", str(final), "--profile", str(strict), "--issue", str(paper.issue), "--lang", "en")
    assert "warning preflight/not-as-now" in ran.out
    assert FIRST_LINE in ran.out


def test_where_the_text_is_another_one_now_no_line_is_named(run: Run, paper: Paper, final: Path, strict: Path) -> None:
    paper.edit("articles/lead.md", "这是头条的位置。", "那是头条的位置。")
    words = ("preflight", str(final), "--profile", str(strict), "--json", "--lang", "en")
    document = json.loads(run(*words, "--issue", str(paper.issue)).out)
    assert of_body(document)["file"] is None
    assert [one["code"] for one in document["source"]] == ["preflight/not-as-now"]


def test_a_file_of_another_name_is_no_page_of_the_issue(run: Run, paper: Paper, final: Path, strict: Path) -> None:
    other = final.rename(final.with_name("other.pdf"))
    ran = run("preflight", str(other), "--profile", str(strict), "--issue", str(paper.issue), "--lang", "en")
    assert "warning preflight/not-of-issue" in ran.out
    assert "articles/" not in ran.out


def test_an_issue_that_cannot_be_set_leaves_the_findings_as_they_are(
    run: Run, paper: Paper, final: Path, strict: Path
) -> None:
    paper.write("pages/01.yaml", "page: [")
    ran = run("preflight", str(final), "--profile", str(strict), "--issue", str(paper.issue), "--lang", "en")
    assert "warning preflight/issue-unset" in ran.out
    assert "error preflight/type-small" in ran.out
