"""A page with marks around it keeps every clause that speaks of something else than what stands outside the trim."""

import pytest

from tests.pdfx.samples import marked
from tests.pdfx.test_table import promises

OUTSIDE = {
    "test_pr23_the_ink_of_every_glyph_lies_five_millimetres_inside_the_trim": "the slug",
    "test_pr24_nothing_crosses_the_trim": "all marks",
    "test_pr25_there_are_no_marks_unless_they_are_asked_for": "they are",
    "test_pr40_the_content_paints_in_process_inks": "the ink of all plates",
    "test_pr46_no_spot_stands_on_a_page_that_names_none": "the ink of all plates",
    "test_pr48_no_flat_ink_is_over_the_limit": "the ink of all plates",
}


@pytest.mark.parametrize("name", sorted(set(promises()) - set(OUTSIDE)))
def test_a_marked_page_keeps_the_clause(name: str) -> None:
    promises()[name].check(marked())


def test_what_is_left_out_is_there() -> None:
    assert set(OUTSIDE) <= set(promises())


def test_marks_are_all_that_stands_outside_the_trim_and_nothing_else_does() -> None:
    file = marked()
    left, bottom, right, top = file.boxes()["/TrimBox"]
    for one in file.painted:
        for x, y, width, height in one.rects:
            outside = x + width < left or x > right or y + height < bottom or y > top
            assert outside == (one.tag == "/Artifact")
        if one.kind == "text":
            _, _, _, _, x, y = one.matrix
            inside = left < x < right and bottom < y < top
            assert inside == (one.tag != "/Artifact")
