"""The door for those who measure: `set_paragraph` sets one paragraph as the page sets it."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.typography import set_paragraph
from layout_engine.typography.justify import line_text
from tests.typography.generated import paragraphs
from tests.typography.setting import EM, break_at, shape

TEXT = "今年以来，全区引进 C919项目和5G基站共30个，涉及“A股”公司（王静）等。"


@settings(max_examples=60, deadline=None)
@given(paragraphs(), st.integers(8, 24))
def test_advances_spell_the_line_and_add_up_to_its_width(text: str, measure: int) -> None:
    lines = set_paragraph(text, measure)
    for line in lines:
        assert "".join(cluster for cluster, _ in line.advances) == line.text
    for line, set_line in zip(lines, break_at(shape(text), measure), strict=True):
        assert sum(advance for _, advance in line.advances) == pytest.approx(set_line.width / EM, abs=0.001)


@settings(max_examples=30, deadline=None)
@given(paragraphs(), st.integers(8, 24))
def test_a_paragraph_is_set_as_on_the_page(text: str, measure: int) -> None:
    shaped = shape(text)
    lines = break_at(shaped, measure)
    assert [line.text for line in set_paragraph(text, measure)] == [line_text(shaped, line) for line in lines]
    advances = [tuple(one / EM for one in line.advances) for line in lines]
    assert [tuple(one for _, one in line.advances) for line in set_paragraph(text, measure)] == advances


def test_the_size_changes_nothing_but_rounding() -> None:
    for small, large in zip(set_paragraph(TEXT, 14), set_paragraph(TEXT, 14, size_pt=42.0), strict=True):
        assert small.text == large.text
        for one, other in zip(small.advances, large.advances, strict=True):
            assert one[1] == pytest.approx(other[1], abs=0.001)


def test_a_space_that_vanishes_at_a_line_end_is_in_neither() -> None:  # TY-43
    first, second = set_paragraph("记者 王静", 2)
    assert (first.text, first.advances) == ("记者", (("记", 1.0), ("者", 1.0)))
    assert second.text == "王静"


def test_a_line_break_begins_a_new_paragraph() -> None:
    assert [line.text for line in set_paragraph("甲乙丙\n\n丁", 2)] == ["甲乙", "丙", "丁"]
    assert set_paragraph("", 14) == []


def test_a_character_that_no_face_has_is_one_em() -> None:
    assert set_paragraph("汉𪚥字", 14)[0].advances == (("汉", 1.0), ("𪚥", 1.0), ("字", 1.0))


@pytest.mark.parametrize("measure", [0, -1, float("nan"), float("inf")])
def test_a_measure_that_nothing_can_be_set_in_is_refused(measure: float) -> None:
    with pytest.raises(ValueError, match="measure_em"):
        set_paragraph(TEXT, measure)


def test_an_unknown_style_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no style 'kaimin'; there are gb, basic, strict, kaiming"):
        set_paragraph(TEXT, 14, "kaimin")


@pytest.mark.parametrize("size", [0, 301, float("nan")])
def test_a_size_that_nothing_can_be_set_in_is_refused(size: float) -> None:
    with pytest.raises(ValueError, match="size_pt"):
        set_paragraph(TEXT, 14, size_pt=size)


def test_importing_the_package_stays_free_of_cost() -> None:
    code = "import sys, layout_engine.typography; sys.exit('uharfbuzz' in sys.modules or 'msgspec' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_line_ends_of_any_system_begin_a_new_paragraph() -> None:
    assert set_paragraph("水流\r\n石桥", 10) == set_paragraph("水流\n石桥", 10)
