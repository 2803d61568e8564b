"""Columns and grid (栏与网格): TY-70 to TY-76."""

from itertools import pairwise
from typing import Any

from layout_engine.base.units import pt
from layout_engine.page.body import set_body
from layout_engine.page.slots import baseline_in_row
from layout_engine.spec.model_regions import ArticleRegion
from layout_engine.spec.resolved import Grid
from tests.clreq.measure import Line
from tests.clreq.press import Press, Printed
from tests.clreq.rule import patched, rule, styled
from tests.clreq.test_marks import NEAR, close
from tests.clreq.test_paragraphs import columns_of, rows
from tests.clreq.texts import HARD, SWEEP
from tests.kit.pages import EM, GRID, grid, page_of, story

BODY = "layout_engine.page.body."
GUTTER = GRID.gutter / EM


def lefts(printed: Printed) -> list[float]:
    """Where each column begins, in em."""
    return [min(line.glyphs[0].x for line in column) for column in columns_of(printed)]


@rule("TY-70", off=styled(size_least=pt(9) + 20_000, size_most=pt(9) + 20_000))
def test_ty70_the_body_is_set_in_nine_points(press: Press) -> None:
    assert {glyph.size for line in press.set(*HARD) for glyph in line.glyphs} == {9.0}


def narrowed(self: Grid, width: int, count: int) -> tuple[int, int]:
    return width // count - EM - EM // 3, EM + EM // 3


@rule("TY-71", off=patched("layout_engine.spec.resolved.Grid.columns_in", narrowed))
def test_ty71_a_column_measures_whole_em(press: Press) -> None:
    printed = press.column(SWEEP * 12, measure=12, columns=3, rows=6)
    for at, left in enumerate(lefts(printed)):
        assert left == close(at * (12 + GUTTER))
    for column in columns_of(printed):
        assert column[0].right - column[0].glyphs[0].x == close(12)


@rule("TY-72", off=patched("layout_engine.spec.resolved.Grid.columns_in", narrowed))
def test_ty72_columns_in_a_width_leave_gutters_of_one_to_two_em(press: Press) -> None:
    for count in (2, 3, 4, 5):
        region = ArticleRegion(id="lead", story="lead", columns="1-5", rows="1-8", text_columns=count)
        width = 5 * 12 + 4 * GUTTER
        measure = int((width - (count - 1)) // count)
        gutter = (width - count * measure) / (count - 1)
        printed = press.page(page_of(region, styles=press.styles()), story("lead", SWEEP * 40))
        assert lefts(printed) == [close(at * (measure + gutter)) for at in range(count)]
        assert gutter >= 1


@rule("TY-73", off=patched("tests.clreq.press.grid", lambda **given: grid(row=pt(16), **given)))
def test_ty73_leading_is_a_quarter_to_two_fifths_of_the_size_more(press: Press) -> None:
    lines = press.set(SWEEP * 6, measure=12)
    steps = {round(above.baseline - below.baseline, 3) for above, below in pairwise(lines)}
    assert steps == {12.0}
    assert 1.25 <= steps.pop() / 9 <= 1.4


def off_grid(on: Grid, row: int, size: int, rows_: int = 1) -> int:
    return baseline_in_row(on, row, size, rows_) + row * 300


@rule("TY-74", off=patched(f"{BODY}baseline_in_row", off_grid))
def test_ty74_every_baseline_of_every_column_lies_on_the_grid(press: Press) -> None:
    printed = press.column(*HARD, measure=12, columns=3, rows=14)
    assert len(columns_of(printed)) == 3
    for row in rows(printed):
        assert row == NEAR(round(row), abs=0.001)


def not_level(*given: Any, **more: Any) -> Any:
    return set_body(*given, **{**more, "level": False})


@rule("TY-75", off=patched("layout_engine.page.regions.article.set_body", not_level))
def test_ty75_columns_of_a_balanced_story_end_on_the_same_row_or_step_down(press: Press) -> None:
    for length in range(4, 12):
        region = ArticleRegion(id="lead", story="lead", columns="1-3", rows="1-20", balance=True)
        printed = press.page(page_of(region, styles=press.styles()), story("lead", SWEEP * length))
        depths = [len(column) for column in columns_of(printed)]
        assert len(depths) == 3
        assert depths == sorted(depths, reverse=True)
        assert max(depths) - min(depths) <= 1


@rule("TY-75", off=patched(f"{BODY}report_fullness", lambda *_: None))
def test_ty75_what_does_not_fit_is_told_with_its_length(press: Press) -> None:
    printed = press.column(SWEEP * 20, measure=12, columns=1, rows=10)
    assert "page/overset" in printed.codes
    set_here = sum(len(line.text) for line in printed.lines)
    assert printed.laid.value("page/overset", "characters") == str(len(SWEEP * 20) - set_here)


@rule("TY-76", off=patched(f"{BODY}LEAST_MEASURE", 0))
def test_ty76_columns_below_six_em_take_no_text(press: Press) -> None:
    region = ArticleRegion(id="lead", story="lead", columns="1", rows="1-8", text_columns=2)
    printed = press.page(page_of(region, styles=press.styles()), story("lead", SWEEP))
    assert "page/columns-too-narrow" in printed.codes
    assert first_lines(printed) == []


def first_lines(printed: Printed) -> list[Line]:
    return printed.lines[:1]
