"""Boxes and what stands in them: PR-20 to PR-25."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array

from tests.pdfx.clause import clause
from tests.pdfx.faults import on_page, painting
from tests.pdfx.measure import OPERATORS
from tests.pdfx.samples import Written

MM = 72 / 25.4
SIZES = {"xinjimo-20240522-02.pdf": (360, 546)}  # mm; any other page is a tabloid
TABLOID = (270, 390)
NEAR = 0.02  # pt


@clause("PR-20", fault=on_page("ArtBox", Array([0, 0, 100, 100])))
def test_pr20_a_page_has_its_three_boxes_and_no_other(file: Written) -> None:
    assert set(file.boxes()) == {"/MediaBox", "/BleedBox", "/TrimBox"}


@clause("PR-21", fault=on_page("TrimBox", Array([-10, 0, 500, 500])))
def test_pr21_trim_lies_in_bleed_and_bleed_in_media(file: Written) -> None:
    boxes = file.boxes()
    for inner, outer in (("/TrimBox", "/BleedBox"), ("/BleedBox", "/MediaBox")):
        low, high = boxes[inner], boxes[outer]
        assert all(one >= other - 0.01 for one, other in zip(low[:2], high[:2], strict=True))
        assert all(one <= other + 0.01 for one, other in zip(low[2:], high[2:], strict=True))


@clause("PR-22", fault=on_page("Rotate", 90))
def test_pr22_the_trim_is_the_format_upright(file: Written) -> None:
    assert "/Rotate" not in file.page
    assert "/UserUnit" not in file.page
    left, bottom, right, top = file.boxes()["/TrimBox"]
    width, height = SIZES.get(file.name, TABLOID)
    assert ((right - left) / MM, (top - bottom) / MM) == pytest.approx((width, height), abs=0.1)


@clause("PR-23", fault=painting("BT /F0 9 Tf 0 0 0 1 k 1 0 0 1 6 300 Tm <0001> Tj ET"))
def test_pr23_the_ink_of_every_glyph_lies_five_millimetres_inside_the_trim(file: Written) -> None:
    left, bottom, right, top = file.boxes()["/TrimBox"]
    document = pypdfium2.PdfDocument(file.data)
    try:
        text = document[0].get_textpage()
        for at in range(text.count_chars()):
            if not pdfium.FPDFText_IsGenerated(text.raw, at):
                x0, y0, x1, y1 = text.get_charbox(at)
                assert min(x0 - left, y0 - bottom, right - x1, top - y1) >= 5 * MM
    finally:
        document.close()


@clause("PR-24", fault=painting("0 0 0 1 k 10 10 5000 20 re f"))
def test_pr24_nothing_crosses_the_trim(file: Written) -> None:
    left, bottom, right, top = file.boxes()["/TrimBox"]
    for one in file.painted:
        rects = one.rects
        if one.kind == "image":
            a, b, c, d, x, y = one.matrix
            assert (b, c) == (0, 0)
            rects = ((x, y, a, d),)
        for x, y, width, height in rects:
            assert left - NEAR <= x <= x + width <= right + NEAR
            assert bottom - NEAR <= y <= y + height <= top + NEAR


@clause("PR-25", fault=painting("/Artifact BMC 0 0 0 1 k 0 0 1 1 re f EMC"))
def test_pr25_there_are_no_marks_unless_they_are_asked_for(file: Written) -> None:
    assert all(one.tag != "/Artifact" for one in file.painted)
    assert file.boxes()["/MediaBox"] == file.boxes()["/TrimBox"]


def test_the_operators_that_are_known_are_those_of_the_specification() -> None:
    assert {"Tj", "TJ", "re", "Do", "gs", "k", "scn"} <= OPERATORS
    assert not {"BI", "sh", "d0", "PS"} & OPERATORS
