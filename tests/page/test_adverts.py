"""An advertisement meets its hole: within a millimetre it is fitted, else it is told and not stretched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.adverts.model import Advert, Frame
from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import mm
from layout_engine.page.adverts import is_document, place_advert

ASKED_AT = Span("pages/01.yaml", 5, 9)
HOLE = Rect(mm(20), mm(30), mm(100), mm(60))


def placed(width: int, height: int) -> tuple[PlacedPage, list[str]]:
    findings = Findings()
    advert = Advert("ads/lock.pdf", "", 1, "trim", Frame(0, 0, width, height), (), False)
    page = place_advert(advert, "key", HOLE, ASKED_AT, findings)
    return page, [one.message("en") for one in findings.all()]


def test_one_of_the_right_size_fills_its_hole() -> None:
    page, told = placed(HOLE.width, HOLE.height)
    assert (page.rect, page.clip, told) == (HOLE, HOLE, [])


@pytest.mark.parametrize(("off_x", "off_y"), [(1, 0), (-1, -1), (0, 1)])
def test_a_millimetre_is_forgiven(off_x: int, off_y: int) -> None:
    page, told = placed(HOLE.width + mm(off_x), HOLE.height + mm(off_y))
    assert told == []
    assert abs(page.rect.width - HOLE.width) <= mm(2)


def test_more_is_told_with_both_sizes_and_not_stretched() -> None:
    page, told = placed(mm(98), mm(50))
    assert told == ['the ad "ads/lock.pdf" measures 98 × 50 mm, its place on the page 100 × 60 mm']
    assert (page.rect.width, page.rect.height) == (mm(98), mm(50))
    assert abs(page.rect.x + page.rect.right - HOLE.x - HOLE.right) <= 2


@given(st.integers(mm(3), mm(400)), st.integers(mm(3), mm(400)))
def test_it_keeps_its_shape_and_its_middle(width: int, height: int) -> None:
    page, _ = placed(width, height)
    assert abs(page.rect.width * height - page.rect.height * width) <= max(width, height)
    assert abs(page.rect.x + page.rect.right - HOLE.x - HOLE.right) <= 2
    assert abs(page.rect.width - width) * 100 <= width + 100
    assert page.clip == HOLE


@pytest.mark.parametrize(("file", "document"), [("a.PDF", True), ("a.eps", True), ("a.jpg", False), ("pdf", False)])
def test_documents_are_known_by_their_names(file: str, document: bool) -> None:
    assert is_document(file) == document
