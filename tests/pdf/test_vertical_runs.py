"""Turned and across runs of a vertical line (侧转、纵中横): where PDFium finds their glyphs."""

from collections.abc import Iterator
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from layout_engine.base.units import SU_PER_PT, mm
from layout_engine.checks.readback import check_round_trip, comparable, read_regions
from layout_engine.page.model import PlacedLine
from layout_engine.scene.draw import _draw_line
from layout_engine.scene.items import GlyphRun, ScenePage
from layout_engine.typography.justify import set_single_line
from tests.pdf.scenes import a_page, a_region, a_run, a_scene, a_source, written
from tests.typography.setting import EM, shape

COPY = "甲C919乙24日，“双碳”18.4%"
X, Y = mm(100), mm(30)


def drawn(text: str = COPY) -> tuple[GlyphRun, ...]:
    shaped = shape(text, "headline", direction="vertical")
    line = PlacedLine(shaped, set_single_line(shaped), X, Y, "black")
    runs = tuple(_draw_line(line))
    assert all(isinstance(run, GlyphRun) for run in runs)
    return runs  # type: ignore[return-value]


def page_of(*runs: GlyphRun) -> ScenePage:
    return a_page(a_region("head", *runs))


def characters(pdf: bytes) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its origin from the page's lower left, in points, and the angle in which it stands."""
    page = pdfium.PdfDocument(pdf)[0]
    words = page.get_textpage()
    for at in range(words.count_chars()):
        x, y = raw.c_double(), raw.c_double()
        raw.FPDFText_GetCharOrigin(words.raw, at, x, y)
        yield chr(raw.FPDFText_GetUnicode(words.raw, at)), x.value, y.value, raw.FPDFText_GetCharAngle(words.raw, at)


def test_a_vertical_line_is_a_run_for_each_stance() -> None:
    assert [(run.text, run.posture, run.origins) for run in drawn()] == [
        ("甲", "upright", "vertical"),
        ("C919", "turned", "horizontal"),
        ("乙", "upright", "vertical"),
        ("24", "across", "horizontal"),
        ("日，“双碳”", "upright", "vertical"),
        ("18.4%", "turned", "horizontal"),
    ]


def test_text_of_a_vertical_line_reads_back_in_order() -> None:
    page = page_of(*drawn())
    pdf = written(page)
    assert comparable(read_regions(pdf, page)["head"]) == comparable(COPY)
    assert check_round_trip(pdf, a_scene(page, {"lead/body-1": a_source(COPY)}), page) == ()


def test_turned_glyphs_stand_where_the_scene_has_them() -> None:
    (run,) = [run for run in drawn() if run.text == "C919"]
    found = list(characters(written(page_of(run))))
    assert [one[0] for one in found] == list("C919")
    first = found[0]
    for (_, x, y, angle), pen in zip(found, run.pens, strict=True):
        assert angle == pytest.approx(pi / 2, abs=0.01), "a quarter turn to the right"
        assert x == pytest.approx(first[1], abs=0.01)
        assert first[2] - y == pytest.approx((pen - run.pens[0]) / SU_PER_PT, abs=0.02)


def test_turned_baseline_is_left_of_the_middle_of_the_line() -> None:
    (turned,) = [run for run in drawn() if run.text == "C919"]
    (_, x, _, _), *_ = characters(written(page_of(turned)))
    (_, middle, _, _), *_ = characters(written(page_of(a_run("C", x=X, y=Y))))  # a flat glyph with its origin at X
    assert x - middle == pytest.approx(turned.shifts[0] / SU_PER_PT, abs=0.02)
    assert x < middle


def test_digits_across_stand_side_by_side_on_one_baseline_inside_the_em() -> None:
    (run,) = [run for run in drawn() if run.posture == "across"]
    (_, left, y, angle), (_, right, other, _) = characters(written(page_of(run)))
    assert (y, angle) == (pytest.approx(other, abs=0.01), pytest.approx(0, abs=0.01))
    assert right - left == pytest.approx(EM / 2 / SU_PER_PT, abs=0.02)


def test_three_digits_are_written_narrow() -> None:
    (run,) = [run for run in drawn("甲100家") if run.posture == "across"]
    assert run.narrow < 100
    places = [x for _, x, _, _ in characters(written(page_of(run)))]
    assert places[2] - places[0] == pytest.approx(2 / 3 * EM / SU_PER_PT, rel=0.03)


def test_letters_on_a_turned_baseline_stand_level() -> None:
    """A run of another face or size after a turned one is not turned with it."""
    turned, after = drawn("C919乙")
    found = list(characters(written(page_of(turned, after))))
    assert found[0][3] != pytest.approx(found[-1][3], abs=0.1)
