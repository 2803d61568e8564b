"""批注: proofs that other programs rewrote, or that mean ill: read, or told, and never for long."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import NumberObject

from layout_engine.remarks.read import Remark, read_remarks
from tests.kit.reference import REFERENCE
from tests.remarks.marked import Letter, annotated, annotation, proof

OF: Final = proof(REFERENCE, 1)
STRETCH: Final = OF.letters[300:304]
MARKED: Final = annotated(OF.data, [annotation("Highlight", [one.cell for one in STRETCH], "此处")])
Change = Callable[[pikepdf.Pdf, Any], None]


def changed(change: Change, data: bytes = MARKED, **how: Any) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf, pdf.pages[0])
        written = BytesIO()
        pdf.save(written, **how)
    return written.getvalue()


def read(data: bytes) -> tuple[list[Remark], list[str]]:
    outcome = read_remarks(data)
    found = [one.code for one in outcome.diagnostics]
    return list(outcome.value.remarks) if outcome.value else [], found


def meant(one: Remark) -> list[tuple[str, int, int]]:
    return [(each.key, each.start, each.end) for each in one.passages]


def at(one: Letter, end: Letter | None = None) -> list[tuple[str, int, int]]:
    return [(one.key, one.at, end.at + 1 if end else one.at)]


def _no_trim(_: pikepdf.Pdf, page: Any) -> None:
    del page.obj.TrimBox


def _other_trim(_: pikepdf.Pdf, page: Any) -> None:
    page.obj.TrimBox = page.obj.MediaBox


def _odd_trim(_: pikepdf.Pdf, page: Any) -> None:
    page.obj.TrimBox = Name.Odd


def _turned(_: pikepdf.Pdf, page: Any) -> None:
    page.obj.Rotate = 90
    page.obj.CropBox = Array([100, 100, 400, 400])


def _with_a_cover(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.add_blank_page(page_size=(200, 200))
    pdf.pages.reverse()


def _with_junk(_: pikepdf.Pdf, page: Any) -> None:
    for junk in (5, Name.Junk, String("junk"), Dictionary(), Array([])):
        page.Annots.append(junk)


REWRITTEN: dict[str, tuple[Change, dict[str, Any]]] = {
    "no trim": (_no_trim, {}),
    "another trim": (_other_trim, {}),
    "a trim that is none": (_odd_trim, {}),
    "turned and cropped": (_turned, {}),
    "a cover before it": (_with_a_cover, {}),
    "junk among the remarks": (_with_junk, {}),
    "packed anew": (lambda *_: None, {"recompress_flate": True}),
    "unpacked": (lambda *_: None, {"stream_decode_level": pikepdf.StreamDecodeLevel.all, "compress_streams": False}),
    "locked against change": (lambda *_: None, {"encryption": pikepdf.Encryption(owner="a", user="")}),
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_proof_that_another_program_rewrote_is_read_all_the_same(how: str) -> None:
    change, save = REWRITTEN[how]
    remarks, found = read(changed(change, **save))
    assert [(one.says, meant(one)) for one in remarks] == [("此处", at(STRETCH[0], STRETCH[-1]))]
    assert found == []


def test_remarks_on_another_proof_in_the_same_file_are_told() -> None:
    def merged(pdf: pikepdf.Pdf, _: Any) -> None:
        pdf.pages.extend(pikepdf.open(BytesIO(MARKED)).pages)

    remarks, found = read(changed(merged))
    assert (len(remarks), found) == (1, ["remarks/other-pages"])


def _mark(kind: str, **entries: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([60, 60, 70, 70]), **entries)


BOMBS: dict[str, Callable[[pikepdf.Pdf], list[Any]]] = {
    "notes": lambda pdf: [pdf.make_indirect(_mark("Text")) for _ in range(2_500)],
    "quads": lambda _: [_mark("Highlight", QuadPoints=Array([60, 600, 700, 600, 60, 500, 700, 500] * 9_000))] * 20,
    "strokes": lambda pdf: [pdf.make_indirect(_mark("Ink", InkList=Array([Array([60, 60, 61, 61])] * 1_500)))] * 40,
    "the same note": lambda pdf: [pdf.make_indirect(_mark("Text"))] * 20_000,
    "numbers": lambda _: [_mark("Highlight", QuadPoints=Array([Decimal("1" + "0" * 60)] * 8))],
    "far away": lambda _: [_mark("Ink", InkList=Array([Array([-(10**9), 0, 10**9, 0])]))],
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_remark_keeps_the_machine_busy(bomb: str) -> None:
    def planted(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Annots = Array(BOMBS[bomb](pdf))

    remarks, found = read(changed(planted, OF.data))
    assert len(remarks) <= 2_000
    assert found in ([], ["remarks/too-many"], ["record/not-a-pdf"])


def test_answers_in_a_ring_are_read_once() -> None:
    def ring(pdf: pikepdf.Pdf, page: Any) -> None:
        notes = [pdf.make_indirect(_mark("Text", Contents=String(str(number)))) for number in range(3)]
        for one, other in zip(notes, (notes[1], notes[0], notes[2]), strict=True):
            one["/IRT"] = other
        page.Annots = Array(notes)

    assert [(one.says, one.answers) for one in read(changed(ring, OF.data))[0]] == [("0", 2), ("1", 1), ("2", 3)]


def test_an_answer_is_about_what_it_answers_wherever_its_viewer_put_it() -> None:
    mark = annotation("Highlight", [one.cell for one in STRETCH], "此处")
    answer = annotation("Text", [(5, 5, 25, 25)], "照改", more={"/Parent#": NumberObject(0)})
    further = annotation("Text", [(5, 5, 25, 25)], "已改", more={"/Parent#": NumberObject(1)})
    remarks, _ = read(annotated(OF.data, [mark, answer, further]))
    assert [(one.says, one.answers, meant(one)) for one in remarks] == [
        (says, answers, at(STRETCH[0], STRETCH[-1])) for says, answers in (("此处", None), ("照改", 1), ("已改", 2))
    ]


def test_what_a_viewer_notes_of_a_remark_is_no_remark() -> None:
    def accepted(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Annots.append(pdf.make_indirect(_mark("Text", StateModel=String("Review"), State=String("Accepted"))))

    assert [one.says for one in read(changed(accepted))[0]] == ["此处"]


def test_a_stroke_over_half_the_page_means_its_place_and_not_hundreds_of_passages() -> None:
    def struck(_: pikepdf.Pdf, page: Any) -> None:
        page.Annots = Array([_mark("Ink", InkList=Array([Array([60, 60, 700, 1000])]))])

    (remark,) = read(changed(struck, OF.data))[0]
    assert (remark.passages, remark.region) == ((), None)


def _line_ends() -> list[tuple[Letter, bool]]:
    body = [one for one in OF.letters if "/body-" in one.key]
    pairs = [(one, after) for one, after in pairwise(body) if one.line != after.line]
    return [(one, at_end) for last, first in pairs for one, at_end in ((last, True), (first, False))]


def test_a_caret_at_the_end_or_the_beginning_of_a_line_finds_its_letter_though_it_stands_outside() -> None:
    ends = _line_ends()[:60]
    boxes = [(one.ink[2] + 1 if at_end else one.cell[0] - 1, one.cell[1], at_end) for one, at_end in ends]
    carets = [annotation("Caret", [(x - 1.5, low, x + 1.5, low + 4)]) for x, low, _ in boxes]
    remarks, _ = read(annotated(OF.data, carets))
    wanted = [[(one.key, one.at + at_end, one.at + at_end)] for one, at_end in ends]
    assert [meant(one) for one in remarks] == wanted


def test_a_caret_under_a_great_headline_is_in_the_headline() -> None:
    headline = [one for one in OF.letters if one.key.endswith("/headline")][:8]
    carets = [
        annotation("Caret", [(one.cell[0] - 1, one.cell[1], one.cell[0] + 1, one.cell[1] + 4)]) for one in headline
    ]
    remarks, _ = read(annotated(OF.data, carets))
    assert [meant(one) for one in remarks] == [at(one) for one in headline]
