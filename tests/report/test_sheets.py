"""纸面报告: sheets of A3 with both pages, numbered marks and every change in words."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import msgspec
import pikepdf
import pypdfium2
import pytest

from layout_engine.base.diagnostics import Lang
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Rule
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change, Comparison, Edition, Leaf, Place
from layout_engine.diff.words import CLASS_WORDS, what_words
from layout_engine.diff_report.leaves import bare_leaf, draw_leaf
from layout_engine.diff_report.sheet_marks import MOST_RECTS, Numbered, Window, draw_marks
from layout_engine.diff_report.sheets import MOST_LISTED, pdf_report
from layout_engine.faces.opening import open_faces
from layout_engine.places import Places, find_places
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from tests.kit.reference import FONTS, ISSUES, REFERENCE
from tests.report.kit import text_change, versions, wild_change, wild_edition

replace = msgspec.structs.replace


def printed(lang: Lang = "zh") -> bytes:
    old, new = versions()
    report = pdf_report(compare(old, new), old, new, lang).value
    assert report is not None
    return report


def of_changes(changes: Sequence[Change], old: Edition, new: Edition) -> bytes:
    report = pdf_report(Comparison("old", "new", (1,), tuple(changes), {}, {}), old, new, "zh").value
    assert report is not None
    return report


def said(pdf: bytes) -> list[str]:
    """What each sheet says, without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_sheets_are_a3_and_the_same_bytes_each_time() -> None:
    report = printed()
    assert report == printed()
    document = pypdfium2.PdfDocument(report)
    try:
        sizes = {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document}
    finally:
        document.close()
    assert sizes == {(420, 297)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_change_is_told_in_words_with_its_number(lang: Lang) -> None:
    old, new = versions()
    comparison = compare(old, new)
    told = "".join(said(printed(lang)))
    for kind in {change.kind for change in comparison.changes}:
        word = CLASS_WORDS[kind][0 if lang == "zh" else 1]
        assert (word if lang == "zh" else word.capitalize()) in told
    for number, change in enumerate(comparison.changes, start=1):
        assert str(number) in told
        if change.kind == "text":
            for side in (change.old, change.new):
                assert side is not None
                assert side.text in told
        else:
            assert "".join(what_words(change, comparison.names, lang).split()) in told


def test_all_faces_are_inside_and_other_readers_are_silent(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(printed())
    with pikepdf.open(path) as opened:
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(one.FontDescriptor.keys()) for one in fonts)
        assert opened.check_pdf_syntax() == []
    if which("pdftoppm"):
        drawn = subprocess.run(
            ["pdftoppm", "-r", "20", str(path), str(tmp_path / "x")], capture_output=True, check=True
        )
        assert drawn.stderr == b""


def test_a_long_list_goes_on_over_sheets_and_loses_nothing() -> None:
    old, _ = versions()
    changes = [text_change(number, f"第{number}号") for number in range(MOST_LISTED + 5)]
    sheets = said(of_changes(changes, old, old))
    assert len(sheets) > 3
    together = "".join(sheets)
    assert all(f"第{number}号" in together for number in range(MOST_LISTED))
    assert "另有5处" in together


def test_where_nothing_changed_one_sheet_says_so() -> None:
    old, _ = versions()
    sheets = said(of_changes([], old, old))
    assert len(sheets) == 1
    assert "没有不同" in sheets[0]


def test_a_page_that_only_one_version_has_is_shown_alone() -> None:
    _, new = versions()
    report = pdf_report(compare(Edition("none", ()), new), Edition("none", ()), new, "zh").value
    assert report is not None
    assert "没有这块版" in said(report)[0]
    assert "头条" in "".join(said(report))


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n%%EOF"])
def test_a_page_whose_pdf_is_no_good_is_outlined(pdf: bytes) -> None:
    old, new = versions()
    blind = replace(old, leaves={1: Leaf(pdf)})
    report = pdf_report(compare(old, new), blind, new, "zh").value
    assert report is not None
    slogan = "走在前"  # on the new page only
    assert [sheet.count(slogan) for sheet in said(report)] == [1]
    assert [sheet.count(slogan) for sheet in said(printed())] == [2]


def test_a_record_that_says_anything_is_printed_all_the_same() -> None:
    _, new = versions()
    odd, wild = wild_edition(), wild_change()
    assert len(said(of_changes([wild], odd, new))) == 1
    assert len(said(of_changes([wild], odd, odd))) == 1


def test_marks_stay_on_their_page_whatever_they_mark() -> None:
    faces = open_faces(FONTS, ["hei-bold"]).value
    assert faces is not None
    window = Window(Rect(1_000_000, 2_000_000, 10_000_000, 15_000_000), 20_000_000, 30_000_000)
    change = text_change(1)
    assert change.new is not None
    everywhere = tuple(Rect(x * 3_000_000, y * 3_000_000, 4_000_000, 100) for x in range(-3, 9) for y in range(-3, 12))
    places = (Place(1, "lead", everywhere * 40),)
    for kind in CLASS_WORDS:
        one = Numbered(1, replace(change, kind=kind, new=replace(change.new, places=places)))
        marks = draw_marks([one], "new", 1, window, faces.all())
        drawn = [*marks.under, *marks.over]
        assert drawn
        assert len([item for item in drawn if isinstance(item, Fill)]) <= MOST_RECTS
        for item in drawn:
            if isinstance(item, Rule | Fill):
                assert window.rect.inset(-400_000).contains(item.rect)


def test_each_class_has_a_shape_of_its_own() -> None:
    faces = open_faces(FONTS, ["hei-bold"]).value
    assert faces is not None
    window = Window(Rect(0, 0, 10_000_000, 15_000_000), 20_000_000, 30_000_000)
    shapes = []
    for kind in CLASS_WORDS:
        over = draw_marks([Numbered(7, replace(text_change(1), kind=kind))], "new", 1, window, faces.all()).over
        shapes.append(next(item.path for item in over if isinstance(item, Art)))
    assert len(set(shapes)) == len(CLASS_WORDS)


def test_of_a_proof_the_page_is_shown_without_its_marks(tmp_path: Path) -> None:
    places = find_places(ISSUES / REFERENCE, fonts=FONTS)
    aside = Places(places.fonts, tmp_path, False, places.cache)
    proof = make_proofs(ISSUES / REFERENCE, aside, lambda _: Stamp("大样"))
    path = proof.pages[0].pdf
    assert path is not None
    old, _ = versions()
    assert draw_leaf(bare_leaf(Leaf(path.read_bytes())), 60) == draw_leaf(bare_leaf(old.leaves[1]), 60)
