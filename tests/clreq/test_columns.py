"""Columns and grid (栏与网格): TY-70 to TY-76."""

from itertools import pairwise
from typing import Any

import msgspec

from layout_engine.base.geometry import Rect
from layout_engine.base.units import Length, pt, read_length
from layout_engine.page import jumped, slots
from layout_engine.page.body import set_body
from layout_engine.page.slots import baseline_in_row
from layout_engine.spec.model_regions import ArticleRegion, BoxRegion
from layout_engine.spec.resolved import Grid
from tests.clreq.forbidden import NEVER_FIRST
from tests.clreq.measure import Line
from tests.clreq.press import Press, Printed
from tests.clreq.rule import patched, rule, styled
from tests.clreq.test_marks import NEAR, close
from tests.clreq.test_paragraphs import columns_of, rows
from tests.clreq.texts import HARD, SWEEP
from tests.kit.pages import EM, GRID, grid, page_of, region, story, text_style
from tests.kit.reference import NAMES, composed
from tests.page.test_jumped import two_pages

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


def spread_out(on: Grid, row: int, size: int, rows_: int = 1) -> int:
    return baseline_in_row(on, row, size, rows_) + row * on.row // 4


@rule("TY-73", off=patched(f"{BODY}baseline_in_row", spread_out))
def test_ty73_the_bodies_of_the_papers_in_the_repository_lie_within_the_bound(press: Press) -> None:
    for name in NAMES:
        page = composed(name).inputs.spec.pages[0]
        body = press.dress(page.styles["body"])
        region_ = ArticleRegion(id="lead", story="lead", columns="1", rows="1-30")
        styles = {**press.styles(), "body": body}
        printed = press.page(page_of(region(region_, page.grid), on=page.grid, styles=styles), story("lead", SWEEP * 9))
        steps = {round(above.baseline - below.baseline, 2) for above, below in pairwise(printed.lines)}
        size = printed.lines[0].glyphs[0].size
        assert len(steps) == 1
        assert 1.25 <= steps.pop() / size <= 1.4


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


BOX = (4, 12)  # rows of the box


def around_a_box(press: Press, gap: str = "1字") -> tuple[Printed, Rect]:
    """A story of one column of 26 em, 9 em of which a box at its right takes in some rows."""
    on = grid(columns=1, measure=26, rows=20)
    host = ArticleRegion(id="lead", story="lead", columns="1", rows="1-20")
    top, height = on.rows_rect(*BOX)
    rect = Rect(on.type_area.right - 9 * EM, top, 9 * EM, height)
    written = read_length(gap)
    assert written is not None
    box = region(BoxRegion(id="box", inside="lead", at=(pt_of(0), pt_of(0)), size=(pt_of(9), pt_of(9)), gap=written),
                 on, rect)  # fmt: skip
    return press.page(page_of(region(host, on), box, on=on, styles=press.styles()), story("lead", SWEEP * 40)), rect


def pt_of(points: int) -> Length:
    length = read_length(f"{points}pt")
    assert length is not None
    return length


def no_obstacles(on: Grid, columns: Any, obstacles: Any = ()) -> Any:
    return SLOTS(on, columns, ())


SLOTS = slots.column_slots


@rule("TY-76", off=patched("layout_engine.page.fill.column_slots", no_obstacles))
def test_ty76_text_beside_a_box_keeps_half_an_em_to_one_from_it(press: Press) -> None:
    for gap, least in (("0.5字", 0.5), ("1字", 1)):
        printed, rect = around_a_box(press, gap)
        left = (rect.x - GRID.type_area.x) / EM
        placed = zip(rows(printed), printed.lines, strict=True)
        beside = [line for row, line in placed if BOX[0] <= round(row) + 1 <= BOX[1]]
        assert len(beside) == BOX[1] - BOX[0] + 1
        for line in beside:
            assert 0 <= left - line.right - least < 1  # what is left over of a whole 字
            assert line.right == close(round(line.right))
            assert line.right - line.glyphs[0].x >= 6
        assert "".join(line.text for line in printed.lines) in SWEEP * 40


@rule("TY-76", off=patched("layout_engine.page.slots.LEAST_MEASURE", 1))
def test_ty76_where_less_than_six_em_are_left_beside_it_the_rows_are_skipped(press: Press) -> None:
    on = grid(columns=1, measure=14, rows=20)
    host = ArticleRegion(id="lead", story="lead", columns="1", rows="1-20")
    top, height = on.rows_rect(*BOX)
    rect = Rect(on.type_area.right - 8 * EM, top, 8 * EM, height)
    box = region(BoxRegion(id="box", inside="lead", at=(pt_of(0), pt_of(0)), size=(pt_of(9), pt_of(9))), on, rect)
    printed = press.page(page_of(region(host, on), box, on=on, styles=press.styles()), story("lead", SWEEP * 8))
    assert printed.lines
    assert not [row for row in rows(printed) if BOX[0] <= round(row) + 1 <= BOX[1]]


@rule("TY-75", off=patched("layout_engine.page.fill._may_take", lambda _: False))
def test_ty75_free_rows_go_to_crossheads_and_every_column_ends_on_the_last_row(press: Press) -> None:
    crosshead = text_style("crosshead", align="centre", indent=0, rows_least=2, rows_most=3)
    spec = ArticleRegion(id="lead", story="lead", columns="1-3", rows="1-12")
    for free in range(3):
        lines = 3 * 12 - 2 * 2 - free
        parts = [SWEEP_LINE * 5, "## 小标题", SWEEP_LINE * 7, "## 又一题", SWEEP_LINE * (lines - 12)]
        styles = {**press.styles(), "crosshead": crosshead}
        printed = press.page(page_of(spec, styles=styles), story("lead", *parts))
        feet = [max(rows_of(printed, column)) for column in columns_of(printed)]
        assert feet == [NEAR(11, abs=0.001)] * 3, free


SWEEP_LINE = SWEEP[:12]


def rows_of(printed: Printed, column: list[Line]) -> list[float]:
    """The rows of a column's lines, from the first of the page."""
    first = max(line.baseline for line in printed.lines)
    return [(first - line.baseline) / 12 for line in column]


def torn(self: Any, part: int) -> Any:
    return LINES_IN(self, part)[part:]


LINES_IN = jumped._Course.lines_in


@rule("TY-34", off=patched("layout_engine.page.jumped._Course.lines_in", torn))
def test_ty34_a_story_reads_on_from_the_file_of_one_page_to_that_of_the_next(press: Press) -> None:
    copy = story("a", *HARD)
    for depth in range(5, 9):
        texts = []
        for page in two_pages(depth, 24):
            page_styles = msgspec.structs.replace(page, styles=press.styles())
            lines = press.page(page_styles, copy).lines
            texts.append("".join(line.text for line in lines if line.text[:2] not in ("（下", "（上")))
            assert not {line.text[0] for line in lines} & set(NEVER_FIRST["gb"])
        assert "".join(texts).replace("　", "") == "".join(HARD).replace("　", "")  # a line's end drops its space
