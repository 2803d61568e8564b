"""An issue made for a printer with a profile of its own: from the file to the finished page, cold and warm."""

import re
import shutil
from pathlib import Path

import pikepdf
import pytest

import layout_engine
from layout_engine.base.diagnostics import Diagnostic
from layout_engine.pipeline import Build
from layout_engine.session import Session
from tests.kit.reference import FONTS, ISSUES, REFERENCE

MAGAZINE = """\
title: 青岛印务
builds_on: pdfx1a
total_ink: 230
boxes: {bleed: 3mm, margin: 15mm}
marks: [crop, register, bar, slug]
name: "QD-{date:%y%m%d}-{page:A02}.pdf"
"""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """The reference issue without its picture, for a printer called qingdao."""
    folder = tmp_path / "issues" / REFERENCE
    shutil.copytree(ISSUES / REFERENCE, folder)
    shutil.copytree(ISSUES / "house", tmp_path / "issues" / "house")
    page = folder / "pages" / "01.yaml"
    page.write_text(
        re.sub(r"(?m)^  - \{id: photo.*\n(?:    .*\n)*", "", page.read_text(encoding="utf-8")), encoding="utf-8"
    )
    house_says(folder, "{profile: printers/qingdao.yaml}")
    printer(folder, MAGAZINE)
    return folder


def house_says(issue: Path, output: str, old: str = "", new: str = "") -> None:
    path = issue.parent / "house" / "xinjimo.yaml"
    text = re.sub(r"(?m)^output: .*$", f"output: {output}", path.read_text(encoding="utf-8"))
    path.write_text(text.replace(old, new) if old else text, encoding="utf-8")


def printer(issue: Path, text: str) -> None:
    path = issue.parent / "house" / "printers" / "qingdao.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def built(issue: Path, profile: str | None = None) -> Build:
    return layout_engine.build(issue, fonts=FONTS, profile=profile)


def of_ink(build: Build) -> list[Diagnostic]:
    return [one for one in build.diagnostics if one.code.startswith("ink/")]


def test_a_page_for_a_magazine_press_has_its_boxes_marks_name_and_standard(issue: Path) -> None:
    house_says(issue, "{profile: printers/qingdao.yaml}", "place: centre}        # 四开", "place: centre, bleed: 3mm}")
    build = built(issue)
    assert of_ink(build) == []
    (page,) = build.pages
    assert page.pdf is not None
    assert page.pdf.name == "QD-240521-A01.pdf"
    with pikepdf.open(page.pdf) as file:
        assert file.pdf_version == "1.4"
        assert str(file.trailer.Info.GTS_PDFXVersion) == "PDF/X-1a:2003"
        box = {key: float(file.pages[0].obj[key][0]) for key in ("/MediaBox", "/BleedBox", "/TrimBox")}
        assert box == pytest.approx({"/MediaBox": 0, "/BleedBox": 12 / 25.4 * 72, "/TrimBox": 15 / 25.4 * 72}, abs=0.01)
        assert b"/Artifact BMC" in file.pages[0].obj.Contents.read_bytes()


def test_a_newsprint_page_at_a_magazine_press_is_told_that_it_has_no_bleed(issue: Path) -> None:
    (finding,) = of_ink(built(issue))
    assert finding.code == "ink/bleed"
    assert "青岛印务" in finding.message("zh")


def test_a_name_on_the_command_line_keeps_the_printer_and_changes_the_standard(issue: Path) -> None:
    (page,) = built(issue, "pdfx4").pages
    assert page.pdf is not None
    with pikepdf.open(page.pdf) as file:
        assert file.pdf_version == "1.6"
        assert page.pdf.name == "QD-240521-A01.pdf"


def test_small_type_is_told_at_its_place_in_the_article(issue: Path) -> None:
    printer(issue, "limits: {type: 10pt}\n")
    findings = of_ink(built(issue))
    assert {one.code for one in findings} == {"ink/small-type"}
    files = {one.span.file for one in findings if one.span}
    assert any(file.startswith("articles/") for file in files)
    assert built(issue).clean


def test_the_inks_of_the_house_are_held_against_the_limit_of_its_printer(issue: Path) -> None:
    printer(issue, "total_ink: 190\n")
    build = built(issue)
    assert {one.code for one in build.diagnostics if one.severity == "error"} == {"spec/total-ink"}
    assert build.pages == ()


def test_a_printers_file_that_changed_is_read_again_by_a_warm_session(issue: Path) -> None:
    printer(issue, "total_ink: 240\n")
    session = Session(issue, fonts=FONTS)
    first, again = session.build(), session.build()
    assert [page.sha256 for page in first.pages] == [page.sha256 for page in again.pages]
    printer(issue, "builds_on: pdfx1a\nmarks: [crop]\n")
    changed = session.build()
    assert [page.sha256 for page in first.pages] != [page.sha256 for page in changed.pages]
    assert [page.sha256 for page in changed.pages] == [page.sha256 for page in built(issue).pages]


def test_the_example_in_the_repository_makes_a_sound_page_of_the_reference_issue(tmp_path: Path) -> None:
    example = ISSUES / "house" / "printers" / "magazine.yaml"
    build = layout_engine.build(ISSUES / REFERENCE, out=tmp_path, profile=str(example))
    assert build.clean
    assert of_ink(build) == []
    (page,) = build.pages
    assert page.pdf is not None
    with pikepdf.open(page.pdf) as file:
        assert file.check_pdf_syntax() == []
        assert str(file.trailer.Info.GTS_PDFXVersion) == "PDF/X-1a:2003"


def test_two_builds_of_a_marked_page_are_the_same_to_the_byte(issue: Path) -> None:
    assert [page.sha256 for page in built(issue).pages] == [page.sha256 for page in built(issue).pages]
