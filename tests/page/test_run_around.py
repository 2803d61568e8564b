"""图文绕排: text keeps clear of what stands inside it, and the place under it counts like the head of a column."""

from itertools import pairwise

import pytest

from layout_engine.base.marks import Rule
from layout_engine.base.units import read_length
from layout_engine.page.model import PlacedLine
from layout_engine.page.pour import pour
from layout_engine.page.slots import TextColumn, column_slots
from layout_engine.spec.model_regions import (
    ArticleRegion,
    BoxRegion,
    Frame,
    FrameRule,
    HeadlineRegion,
    HeadlineSpec,
    StoryRegion,
)
from layout_engine.spec.resolved import Obstacle
from tests.kit.pages import EM, GRID, Laid, Newsroom, page_of, region, row_of, story
from tests.page.test_pour import blocks_of, han, lines_of

WIDE = 2 * GRID.measure + GRID.gutter  # 25.5 字, set in 25


def laid_out(newsroom: Newsroom, *insets: object, lines: int = 40, **written: object) -> Laid:
    """A story in columns 1 and 2, rows 1 to 20, with these regions inside it."""
    host = StoryRegion(id="a", story="a", columns="1-2", rows="1-20", **written)  # type: ignore[arg-type]
    return newsroom.lay_out(page_of(host, *insets), story("a", lines_of(lines)))  # type: ignore[arg-type]


def body(laid: Laid) -> list[PlacedLine]:
    return [one for one in laid.region("a").lines if one.paragraph.kind == "body"]


def box(columns: str, rows: str, **written: object) -> BoxRegion:
    return BoxRegion(id="box", columns=columns, rows=rows, inside="a", **written)  # type: ignore[arg-type]


@pytest.mark.parametrize(("columns", "text_at"), [("1", "right"), ("2", "left")])
def test_text_stands_on_the_other_side_a_gap_away_and_flush_with_its_column(
    newsroom: Newsroom, columns: str, text_at: str
) -> None:
    laid = laid_out(newsroom, box(columns, "6-9"), text_columns=1)
    (x, width) = GRID.columns_rect(int(columns), int(columns))
    whole = {row_of(one): one for one in body(laid)}
    column_left = min(one.x for one in body(laid))
    for row in range(6, 10):
        one = whole[row]
        assert one.line.measure == 12 * EM
        if text_at == "left":
            assert one.x == column_left
            assert EM <= x - (one.x + one.line.width) < 2 * EM
        else:
            assert one.x + one.line.width == column_left + 25 * EM
            assert EM <= one.x - (x + width) < 2 * EM
    assert whole[5].line.measure == whole[10].line.measure == 25 * EM


def test_amid_a_column_the_wider_side_holds_the_text(newsroom: Newsroom) -> None:
    x, _ = GRID.columns_rect(1, 1)
    rect = region(box("1", "6-9")).rect
    for at, left in ((8 * EM, False), (12 * EM, True)):
        inset = region(box("1", "6-9"), rect=type(rect)(x + at, rect.y, 6 * EM, rect.height))
        lines = [one for one in body(laid_out(newsroom, inset, text_columns=1)) if 6 <= row_of(one) <= 9]
        assert len(lines) == 4
        assert all((one.x < inset.rect.x) == left for one in lines)


def test_where_less_than_six_characters_are_left_no_text_stands(newsroom: Newsroom) -> None:
    rect = region(box("1", "6-9")).rect
    inset = region(box("1", "6-9"), rect=type(rect)(rect.x, rect.y, 6 * EM, rect.height))
    rows = [row_of(one) for one in body(laid_out(newsroom, inset)) if one.x < GRID.columns_rect(2, 2)[0]]
    assert not {6, 7, 8, 9}.intersection(rows)
    assert {5, 10}.issubset(rows)


def test_a_picture_in_one_column_takes_nothing_of_the_next(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, box("1", "6-9"))
    assert {one.line.measure for one in body(laid)} == {GRID.measure}


def test_what_stands_off_the_rows_takes_every_row_that_it_touches(newsroom: Newsroom) -> None:
    rect = region(box("1", "6-9")).rect
    inset = region(box("1", "6-9"), rect=type(rect)(rect.x, rect.y - 1, rect.width, rect.height + 2))
    rows = [row_of(one) for one in body(laid_out(newsroom, inset)) if one.x < GRID.columns_rect(2, 2)[0]]
    assert not set(range(5, 11)).intersection(rows)


def test_columns_with_something_inside_end_level(newsroom: Newsroom) -> None:
    for lines in range(12, 36):
        laid = laid_out(newsroom, box("1", "3-6"), lines=lines)
        feet = [
            max(row_of(one) for one in body(laid) if (one.x < GRID.columns_rect(2, 2)[0]) == left)
            for left in (True, False)
        ]
        assert 0 <= feet[0] - feet[1] <= 1, lines


def slots_around(rows: int, first: int, last: int, width: int) -> tuple[Obstacle, TextColumn]:
    """A column of 12 字, and something `width` 字 wide at the left of its rows `first` to `last`."""
    x, _ = GRID.columns_rect(1, 1)
    y, height = GRID.rows_rect(first, last)
    rect = region(box("1", "1")).rect
    return Obstacle("box", type(rect)(x, y, width * EM, height), EM), TextColumn(x, 12 * EM, 1, rows)


def test_a_widow_does_not_stand_under_what_covers_a_whole_column(newsroom: Newsroom) -> None:
    obstacle, column = slots_around(20, 5, 8, 12)
    chain = column_slots(GRID, [column], [obstacle])
    assert [slot.row for slot in chain] == [1, 2, 3, 4, *range(9, 21)]
    for tail in range(3, 8):
        poured = pour(blocks_of(newsroom, han(10 + 36 + tail), lines_of(4)), chain)
        under = next(one for one in poured.lines if one.slot is not None and one.slot.row >= 9)
        assert not under.line.last or under.line.start == 0, f"{tail} characters on the last line"


def test_a_crosshead_never_straddles_rows_of_unequal_width(newsroom: Newsroom) -> None:
    for lines in range(1, 9):
        obstacle, column = slots_around(20, 6, 9, 4)
        poured = pour(
            blocks_of(newsroom, lines_of(lines), f"## {han(4)}", lines_of(4)), column_slots(GRID, [column], [obstacle])
        )
        slots = {one.slot.row: one.slot for one in poured.lines if one.slot is not None}
        head = next(one for one in poured.lines if one.paragraph.kind == "crosshead")
        assert head.slot is not None
        row = head.slot.row
        widths = {7 if 6 <= at <= 9 else 12 for at in (row, row + 1)}
        assert len(widths) == 1
        assert {row + 2, row + 3}.issubset(slots), "two lines of text under it"


def test_column_rules_stop_at_what_stands_across_them(newsroom: Newsroom) -> None:
    rule = FrameRule(rule=read_length("0.5pt"))  # type: ignore[arg-type]
    laid = laid_out(newsroom, box("1-2", "6-9"), lines=30, column_rules=rule)
    rects = [one.rect for one in laid.region("a").behind if isinstance(one, Rule)]
    assert [(rect.y, rect.bottom) for rect in rects] == [
        (GRID.rows_rect(1, 5)[0], sum(GRID.rows_rect(1, 5))),
        (GRID.rows_rect(10, 20)[0], sum(GRID.rows_rect(10, 20))),
    ]
    beside = laid_out(newsroom, box("1", "6-9"), lines=30, column_rules=rule)
    assert len([one for one in beside.region("a").behind if isinstance(one, Rule)]) == 1


def test_something_on_the_headline_is_told(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, box("1", "1-3"), headline=HeadlineSpec(style="head"))
    assert "page/headline-covered" not in laid.codes, "the story has no headline"
    host = StoryRegion(id="a", story="a", columns="1-2", rows="1-20", headline=HeadlineSpec(style="head"))
    told = newsroom.lay_out(page_of(host, box("1", "1-3")), story("a", lines_of(30), headline="春风吹绿田野"))
    assert "page/headline-covered" in told.codes


def test_an_open_end_reaches_below_what_stands_inside(newsroom: Newsroom) -> None:
    host = StoryRegion(id="a", story="a", columns="1-2", rows="1+")
    laid = newsroom.lay_out(page_of(host, box("2", "6-15")), story("a", lines_of(10)))
    assert laid.region("a").rect.bottom == sum(GRID.rows_rect(1, 15))


def test_every_frame_of_a_chain_is_run_around(newsroom: Newsroom) -> None:
    chain = (Frame(columns=1, rows="1-10"), Frame(columns=2, rows="5-10"))
    host = ArticleRegion(id="a", story="a", chain=chain, columns="1-2", rows="1-10")
    laid = newsroom.lay_out(page_of(host, box("1-2", "6-7")), story("a", lines_of(12)))
    assert [row_of(one) for one in body(laid)] == [1, 2, 3, 4, 5, 8, 9, 10, 5, 8, 9, 10]


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_a_headline_stands_in_the_text_of_its_own_story(newsroom: Newsroom, direction: str) -> None:
    head = HeadlineRegion(
        id="head",
        story="a",
        style="small",
        direction=direction,
        columns=1,
        rows="4-10",
        inside="a",  # type: ignore[arg-type]
    )
    host = StoryRegion(id="a", story="a", columns="1-2", rows="1-20", text_columns=1)
    laid = newsroom.lay_out(page_of(host, head), story("a", lines_of(30), headline="春风吹绿田野"))
    assert laid.codes == [] or set(laid.codes) == {"page/underset"}
    beside = [one for one in body(laid) if 4 <= row_of(one) <= 10]
    assert {one.line.measure for one in beside} == {12 * EM}
    assert all(before.line.end == after.line.start for before, after in pairwise(body(laid)))
