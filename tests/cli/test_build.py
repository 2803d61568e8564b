"""What `layout-engine build` promises."""

from hashlib import sha256
from inspect import signature
from pathlib import Path

import pytest

import layout_engine
from layout_engine.cli import build
from layout_engine.cli.options import Shared
from tests.cli.conftest import Run

PDF = Path("output/2024-06-01/paper-20240601-01.pdf")


def test_a_clean_build_ends_with_0_and_names_each_page_on_one_line(run: Run, issue: Path) -> None:
    ran = run("build", str(issue))
    digest = sha256(PDF.read_bytes()).hexdigest()
    assert ran.code == 0
    assert ran.out.splitlines() == [f"{PDF}  270 × 390 mm  {-(-PDF.stat().st_size // 1000)} kB  sha256 {digest[:12]}"]


def test_the_last_line_counts_pages_and_findings(run: Run, issue: Path) -> None:
    assert run("build", str(issue)).err.startswith("1 page, nothing found, 0.")
    assert run("build", str(issue), "--lang", "zh").err.startswith("1 版，没有问题，0.")


def test_out_takes_the_pages_as_it_is(run: Run, issue: Path) -> None:
    run("build", str(issue), "--out", "elsewhere")
    assert [one.name for one in Path("elsewhere").glob("*.pdf")] == [PDF.name]
    assert not Path("output").exists()


def test_a_broken_spec_shows_place_and_hint_and_leaves_the_last_output_whole(run: Run, issue: Path, page: Path) -> None:
    run("build", str(issue))
    before = PDF.read_bytes()
    page.write_text(page.read_text().replace("kind: folio", "kind: foilo"))
    line = next(n for n, text in enumerate(page.read_text().splitlines(), 1) if "foilo" in text)
    ran = run("build", str(issue))
    assert ran.code == 1
    assert f'{page}:{line}:11: error spec/unknown-kind: region kind "foilo" is not known\n' in ran.err
    assert '    hint: did you mean "folio"' in ran.err
    assert PDF.read_bytes() == before


def test_findings_speak_chinese_when_asked(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("kind: folio", "kind: foilo"))
    ran = run("build", str(issue), "--lang", "zh")
    assert "错误 spec/unknown-kind：" in ran.err
    assert "\n    提示：" in ran.err
    assert "没有排版：先改正以上错误。" in ran.err


def test_findings_speak_the_language_of_the_locale(run: Run, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "1 版" in run("build", str(issue)).err
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "1 page" in run("build", str(issue)).err


def test_every_fault_is_told_in_one_run(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("kind: folio", "kind: foilo").replace("style: banner", "style: baner"))
    (issue / "articles" / "second.md").unlink()
    codes = {
        line.split(" error ")[1].split(":")[0]
        for line in run("build", str(issue)).err.splitlines()
        if " error " in line
    }
    assert {"spec/unknown-kind", "spec/unknown-style", "spec/unknown-story"} <= codes


def test_the_house_is_shown_where_it_lies(run: Run, issue: Path) -> None:
    house = Path("issues/house/paper.yaml")
    house.write_text(house.read_text().replace("columns: 5", "columns: 五"))
    assert f"{house}:" in run("build", str(issue)).err


def test_an_unknown_page_is_told(run: Run, issue: Path) -> None:
    ran = run("build", str(issue), "--page", "9")
    assert ran.code == 1
    assert "error build/no-such-page" in ran.err


def test_a_folder_without_an_issue_ends_with_2(run: Run) -> None:
    Path("empty").mkdir()
    ran = run("build", "empty")
    assert ran.code == 2
    assert ran.err.startswith("empty/issue.yaml:1:1: error spec/no-issue")


def test_a_folder_that_is_not_there_ends_with_2(run: Run) -> None:
    assert run("build", "nowhere").code == 2


def test_an_unreadable_spec_ends_with_2(run: Run, issue: Path) -> None:
    (issue / "issue.yaml").write_bytes(b"\xff\xfe\x00")
    assert run("build", str(issue)).code == 2


def test_options_are_the_parameters_of_the_api() -> None:
    options = set(build.Options.__struct_fields__) - set(Shared.__struct_fields__) - {"json"}
    assert options == set(signature(layout_engine.build).parameters)


def test_the_api_builds_the_same_bytes(run: Run, issue: Path) -> None:
    run("build", str(issue))
    built = layout_engine.build(issue, out="api")
    assert [page.sha256 for page in built.pages] == [sha256(PDF.read_bytes()).hexdigest()]
