"""批注: any stretch of any story that is marked on a proof comes back exactly, with who said what."""

import random
from pathlib import Path
from typing import Final

import pytest
from pypdf.generic import ArrayObject, FloatObject, NumberObject

import layout_engine
from layout_engine.remarks.read import Remark, Remarks, read_remarks
from tests.kit.reference import ISSUES, REFERENCE
from tests.remarks.marked import Letter, Proof, annotated, annotation, around, by_line, proof

SPANS: Final = 200
PAGES: Final = ((REFERENCE, 1), ("2024-05-22", 2), ("2024-05-24", 5))
MARKS: Final = ("Highlight", "Underline", "StrikeOut", "Squiggly")


def remarks(data: bytes) -> Remarks:
    read = read_remarks(data)
    assert read.value is not None, read.diagnostics
    return read.value


def spans(of: Proof, count: int) -> list[list[Letter]]:
    """Random stretches of one part each, from one character to some lines."""
    chance = random.Random(7)
    chosen: list[list[Letter]] = []
    while len(chosen) < count:
        first = chance.randrange(len(of.letters))
        length = chance.choice((1, 1, 2, 3, 5, 12, 40))
        stretch = [one for one in of.letters[first : first + length] if one.key == of.letters[first].key]
        before = of.letters[first - 1] if first else None
        after = next(iter(of.letters[first + len(stretch) :]), None)
        if not (_same_box(before, stretch[0]) or _same_box(stretch[-1], after)):
            chosen.append(stretch)
    return chosen


def _same_box(one: Letter | None, other: Letter | None) -> bool:
    """Whether no box tells them apart: a comma and the quote behind it share a cell, the halves of a dash a glyph."""
    if one is None or other is None or one.line != other.line:
        return False
    return one.character == other.character == "—" or abs(one.cell[0] - other.cell[0]) < 0.1


def meant(one: Remark) -> list[tuple[str, int, int]]:
    return [(each.key, each.start, each.end) for each in one.passages]


def wanted(stretch: list[Letter]) -> list[tuple[str, int, int]]:
    return [(stretch[0].key, stretch[0].at, stretch[-1].at + 1)]


@pytest.mark.parametrize("tight", [False, True], ids=["by widths", "by ink"])
@pytest.mark.parametrize(("name", "page"), PAGES)
def test_random_spans_marked_by_another_library_come_back_exactly(name: str, page: int, tight: bool) -> None:
    of = proof(name, page)
    stretches = spans(of, SPANS)
    marks = [
        annotation(MARKS[number % len(MARKS)], by_line(one, tight=tight), f"第{number}条", "王静")
        for number, one in enumerate(stretches)
    ]
    read = remarks(annotated(of.data, marks))
    assert [meant(one) for one in read.remarks] == [wanted(one) for one in stretches]
    assert [(one.says, one.by) for one in read.remarks] == [(f"第{number}条", "王静") for number in range(SPANS)]


def test_a_mark_over_two_paragraphs_is_two_passages() -> None:
    of = proof(REFERENCE, 1)
    at = next(i for i, one in enumerate(of.letters) if one.key == "lead/body-2")
    stretch = list(of.letters[at - 3 : at + 4])
    (one,) = remarks(annotated(of.data, [annotation("Highlight", by_line(stretch, tight=False))])).remarks
    assert [(each.paragraph, each.text) for each in one.passages] == [(1, "会议。"), (2, "韩世军在")]


def test_a_passage_tells_its_place_in_the_article() -> None:
    of = proof(REFERENCE, 1)
    at = next(i for i, one in enumerate(of.letters) if one.key == "lead/body-2")
    mark = annotation("StrikeOut", by_line(of.letters[at : at + 3], tight=False))
    (one,) = remarks(annotated(of.data, [mark])).remarks
    (passage,) = one.passages
    lines = (ISSUES / REFERENCE / passage.first.file).read_text(encoding="utf-8").splitlines()
    assert lines[passage.first.line - 1][passage.first.column - 1 :].startswith("韩世军")
    assert (passage.story, passage.kind, passage.before, passage.after[:3]) == ("lead", "body", "", "在讲话")


def test_a_caret_stands_between_two_characters() -> None:
    of = proof(REFERENCE, 1)
    at = next(i for i, one in enumerate(of.letters) if one.key == "lead/body-2") + 5
    left, low, right, _ = of.letters[at].cell
    mark = annotation("Caret", [(left - 3, low - 4, left + 3, low + 4)], "此处加“区”")
    (one,) = remarks(annotated(of.data, [mark])).remarks
    assert meant(one) == [("lead/body-2", 5, 5)]
    assert right > left


def test_a_note_belongs_to_the_text_that_it_lies_on() -> None:
    of = proof(REFERENCE, 1)
    letter = next(one for one in of.letters if one.key == "lead/headline")
    (one,) = remarks(annotated(of.data, [annotation("Text", [letter.cell], "题太长")])).remarks
    assert [each.key for each in one.passages] == ["lead/headline"]
    assert one.says == "题太长"


def test_ink_around_a_word_marks_the_word() -> None:
    of = proof(REFERENCE, 1)
    at = next(i for i, one in enumerate(of.letters) if one.key == "lead/body-3") + 4
    word = of.letters[at : at + 3]
    x0, y0, x1, y1 = around([one.cell for one in word])
    stroke = ArrayObject([FloatObject(v) for v in (x0 - 1, y0, x1 + 1, y0, x1 + 1, y1, x0 - 1, y1, x0 - 1, y0)])
    mark = annotation("Ink", [(x0 - 1, y0, x1 + 1, y1)], more={"/InkList": ArrayObject([stroke])})
    (one,) = remarks(annotated(of.data, [mark])).remarks
    assert meant(one) == [("lead/body-3", word[0].at, word[-1].at + 1)]


def test_a_mark_on_a_picture_tells_its_region() -> None:
    of = proof(REFERENCE, 1)
    photo = next(region for region in of.record.page.regions if region.kind == "photo")
    caption = next(one for one in of.letters if one.key.startswith(f"page-1/{photo.id}/"))
    left, _, _, top = caption.cell
    mark = annotation("Square", [(left + 60, top + 60, left + 120, top + 120)], "换图")
    (one,) = remarks(annotated(of.data, [mark])).remarks
    assert one.region == photo.id


def test_an_answer_names_the_remark_that_it_answers() -> None:
    of = proof(REFERENCE, 1)
    box = [of.letters[300].cell]
    marks = [
        annotation("Highlight", box, "对吗？", "王静"),
        annotation("Text", box, "核过，对。", "刘帅", {"/Parent#": NumberObject(0)}),
    ]
    first, second = remarks(annotated(of.data, marks)).remarks
    assert (first.answers, second.answers) == (None, first.number)


def test_links_and_windows_are_no_remarks() -> None:
    of = proof(REFERENCE, 1)
    marks = [annotation("Link", [(0, 0, 9, 9)]), annotation("Popup", [(0, 0, 9, 9)])]
    assert remarks(annotated(of.data, marks)).remarks == ()


def test_a_proof_without_marks_has_no_remarks() -> None:
    assert remarks(proof(REFERENCE, 1).data).remarks == ()


def codes(data: bytes) -> list[str]:
    return [one.code for one in read_remarks(data).diagnostics]


def test_a_file_for_the_press_carries_no_record(tmp_path: Path) -> None:
    (page,) = layout_engine.build(ISSUES / REFERENCE, out=tmp_path).pages
    assert page.pdf is not None
    assert codes(page.pdf.read_bytes()) == ["remarks/no-record"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n", b"\x89PNG"])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    assert codes(data) == ["record/not-a-pdf"]


def test_a_mark_that_makes_no_sense_is_left_out_and_the_others_are_read() -> None:
    of = proof(REFERENCE, 1)
    good = annotation("Highlight", [of.letters[300].cell], "好")
    bad = annotation("Ink", [(0, 0, 1, 1)], more={"/InkList": NumberObject(3)})
    worse = annotation("Highlight", [(0, 0, 1, 1)], more={"/QuadPoints": NumberObject(3)})
    assert [one.says for one in remarks(annotated(of.data, [bad, worse, good])).remarks] == ["好"]
