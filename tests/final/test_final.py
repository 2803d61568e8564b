"""`build --final`: only a page without an error gets its name, and an earlier one stays until then."""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layout_engine import pipeline
from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.pipeline import Build
from tests.cli.conftest import Run, run
from tests.final.conftest import Paper, build_final, overfill
from tests.pipeline.conftest import PAGE

__all__ = ["run"]


def of_code(build: Build, code: str) -> list[Diagnostic]:
    return [one for one in build.diagnostics if one.code == code]


def plant_rgb(monkeypatch: pytest.MonkeyPatch, on_page: int = 1) -> None:
    """The writer puts the first line of the lead in RGB: a fault of the engine that no gate knows."""
    write_page = pipeline.write_page

    def write_badly(scene: Any, page: Any, *rest: Any) -> bytes:
        data = write_page(scene, page, *rest)
        if page.number != on_page:
            return data
        with pikepdf.open(BytesIO(data)) as pdf:
            content = pdf.pages[0].Contents
            text = re.sub(
                rb"(/R1 BMC.*?)([<\[][^\n]*T[jJ]\n)",
                rb"\1 0 0 1 rg\n\2 0 0 0 1 k\n",
                content.read_bytes(),
                count=1,
                flags=re.S,
            )
            content.write(text)
            spoiled = BytesIO()
            pdf.save(spoiled, deterministic_id=True)
        return spoiled.getvalue()

    monkeypatch.setattr(pipeline, "write_page", write_badly)


def test_a_page_without_errors_gets_its_name_and_nothing_lies_beside(paper: Paper, pdf: Path) -> None:
    built = build_final(paper)
    assert built.clean, built.diagnostics
    assert (built.pages[0].pdf, built.pages[0].rejected) == (pdf, None)
    assert [one.name for one in paper.out.iterdir() if one.is_file()] == [pdf.name]
    assert "preflight" in built.timings_ms


def test_a_final_has_the_bytes_of_an_ordinary_build(paper: Paper, pdf: Path) -> None:
    ordinary = build_final(paper, final=False).pages[0].sha256
    assert build_final(paper).pages[0].sha256 == ordinary


def test_overset_is_no_final_and_the_earlier_one_stays_as_it_was(paper: Paper, pdf: Path, rejected: Path) -> None:
    build_final(paper)
    before = pdf.read_bytes()
    overfill(paper)
    built = build_final(paper)
    page = built.pages[0]
    assert (page.pdf, page.sha256, page.rejected) == (None, None, rejected)
    assert pdf.read_bytes() == before
    assert rejected.read_bytes()[:5] == b"%PDF-"
    (told,) = of_code(built, "build/final-rejected")
    assert "overset" in told.message("en")
    assert rejected.name in str(told.hint("en"))


def test_the_next_good_build_takes_the_rejected_page_away(paper: Paper, pdf: Path, rejected: Path) -> None:
    text = (paper.issue / "articles/lead.md").read_text(encoding="utf-8")
    overfill(paper)
    build_final(paper)
    assert rejected.exists()
    paper.write("articles/lead.md", text)
    assert build_final(paper).clean
    assert pdf.exists()
    assert not rejected.exists()


def test_a_fault_in_the_written_file_is_found_and_named_at_its_line_of_the_copy(
    paper: Paper, pdf: Path, rejected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_rgb(monkeypatch)
    built = build_final(paper)
    assert (built.pages[0].pdf, built.pages[0].rejected) == (None, rejected)
    (found,) = [one for one in built.diagnostics if one.code.startswith("preflight/") and one.span]
    assert found.span == Span("articles/lead.md", 2, 11), found
    (told,) = of_code(built, "build/final-rejected")
    assert "articles/lead.md:2:11" in told.message("en")
    assert not pdf.exists()


def test_a_page_without_a_name_says_the_same_of_itself_in_both_places(paper: Paper) -> None:
    """A space at the end of the title is dropped by readers of XMP and not by those of Info."""
    paper.edit(PAGE, "name: 要闻\n", "")
    paper.edit(PAGE, "　{page_name}", "")
    assert build_final(paper).clean


def test_of_many_pages_the_faulty_one_alone_is_held(big_paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    plant_rgb(monkeypatch, on_page=3)
    built = build_final(big_paper)
    assert [page.number for page in built.pages if page.pdf is None] == [3]
    assert sorted(one.name for one in big_paper.out.glob("*.pdf")) == [
        *(f"paper-20240601-0{number}{'.rejected' * (number == 3)}.pdf" for number in range(1, 6)),
    ]


def test_copy_that_no_page_took_holds_its_page(paper: Paper, rejected: Path) -> None:
    text = (paper.issue / "articles/lead.md").read_text(encoding="utf-8")
    paper.write("articles/lead.md", text.replace("---\n", "---\nkicker: 没有人要的肩题\n", 1))
    built = build_final(paper)
    assert of_code(built, "page/part-not-placed")
    assert built.pages[0].rejected == rejected


def test_a_proof_is_no_final(paper: Paper) -> None:
    built = build_final(paper, profile="proof")
    assert [one.code for one in built.diagnostics] == ["build/final-without-conformance"]
    assert not list(paper.out.glob("*.pdf"))


def test_the_command_ends_with_1_and_json_names_the_rejected_page(run: Run, paper: Paper, rejected: Path) -> None:
    overfill(paper)
    ran = run("build", str(paper.issue), "--final", "--fonts", str(paper.fonts), "--out", str(paper.out), "--json")
    page = json.loads(ran.out)["pages"][0]
    assert ran.code == 1
    assert (page["pdf"], page["rejected"]) == (None, rejected.as_posix())


def test_an_ordinary_build_does_not_load_the_preflight(paper: Paper) -> None:
    code = (
        "import sys; from layout_engine.cli.main import main\n"
        f"assert main(['build', {str(paper.issue)!r}, '--fonts', {str(paper.fonts)!r}]) == 0\n"
        "print([one for one in sys.modules if one.startswith(('layout_engine.final', 'layout_engine.preflight'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"


def test_a_spot_that_the_house_ordered_is_no_surprise_in_its_final(paper: Paper, pdf: Path) -> None:
    house = next(path for path in (paper.issue.parent / "house").glob("*.yaml") if "inks:" in path.read_text("utf-8"))
    text = house.read_text("utf-8")
    house.write_text(re.sub(r"(?m)^  black: .*$", "  black: {k: 100, overprint: true, spot: 专黑}", text), "utf-8")
    built = build_final(paper)
    assert built.pages[0].pdf == pdf
    assert b"/Separation" in pdf.read_bytes()
    assert [one.code for one in built.diagnostics if one.code.startswith("preflight/spot")] == []
