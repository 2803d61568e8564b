"""排版: in which order regions are composed, where open ends end, what may lie on what, and kinds of one's own."""

import pytest

from layout_engine.base.units import read_length
from layout_engine.page.model import RegionLayout
from layout_engine.spec.model_regions import (
    AdRegion,
    ArticleRegion,
    BoxRegion,
    BriefRegion,
    Frame,
    FrameRule,
    HeadlineSpec,
    RegionSpec,
    RuleRegion,
    StoryRegion,
    TintSpec,
)
from tests.kit.pages import EM, GRID, ROW, Newsroom, page_of, row_of, story
from tests.page.test_pour import lines_of

SOLID = TintSpec(ink="red")
SMALL = read_length("0.5pt")
assert SMALL is not None


def end_row(laid: RegionLayout) -> int:
    """The row in which the region ends; it must end with the em box of a row."""
    rows, off = divmod(laid.rect.bottom - GRID.type_area.y - EM, ROW)
    assert off == 0
    return rows + 1


@pytest.mark.parametrize(
    "spec",
    [
        StoryRegion(id="a", story="a", columns="1-2", rows="3+"),
        StoryRegion(id="a", story="a", columns="1-2", rows="3+", balance=False, text_columns=1),
        ArticleRegion(id="a", story="a", columns="1-2", rows="3+"),
        BriefRegion(id="a", story="a", columns=1, rows="3+"),
    ],
)
def test_an_open_ended_region_takes_what_its_text_needs(newsroom: Newsroom, spec: RegionSpec) -> None:
    laid = newsroom.lay_out(page_of(spec), story("a", lines_of(8)))
    rows = [row_of(one) for one in laid.region("a").lines]
    assert end_row(laid.region("a")) == max(rows)
    assert max(rows) < 3 + 8
    assert laid.region("a").rect.y == GRID.rows_rect(3, 3)[0]
    assert laid.codes == []


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
@pytest.mark.parametrize("place", ["top", "left"])
def test_an_open_ended_region_holds_its_headline_too(newsroom: Newsroom, place: str, direction: str) -> None:
    headline = HeadlineSpec(style="head", place=place, direction=direction)  # type: ignore[arg-type]
    page = page_of(StoryRegion(id="a", story="a", columns="1-3", rows="3+", headline=headline))
    laid = newsroom.lay_out(page, story("a", lines_of(4), headline="春风吹绿田野")).region("a")
    head = next(one for one in laid.lines if one.paragraph.kind == "headline")
    size = head.paragraph.size
    top = head.y if direction == "vertical" else head.y - size * 880 // 1000
    bottom = top + (head.line.width if direction == "vertical" else size)
    assert laid.rect.y <= top
    assert bottom <= laid.rect.bottom
    assert end_row(laid) < GRID.rows


def test_column_rules_end_where_an_open_ended_region_ends(newsroom: Newsroom) -> None:
    for kind in (StoryRegion, ArticleRegion):
        page = page_of(kind(id="a", story="a", columns="1-2", rows="3+", column_rules=FrameRule(rule=SMALL)))
        laid = newsroom.lay_out(page, story("a", lines_of(8))).region("a")
        (rule,) = laid.behind
        assert (rule.rect.y, rule.rect.bottom) == (laid.rect.y, laid.rect.bottom)


def test_a_region_below_an_open_ended_one_begins_where_that_ends(newsroom: Newsroom) -> None:
    page = page_of(
        StoryRegion(id="b", story="b", columns="1-2", rows="4-13", below="a"),
        StoryRegion(id="a", story="a", columns="1-2", rows="3+"),
    )
    laid = newsroom.lay_out(page, story("a", lines_of(8)), story("b", lines_of(20)))
    assert min(row_of(one) for one in laid.region("b").lines) == end_row(laid.region("a")) + 1
    assert end_row(laid.region("b")) == end_row(laid.region("a")) + 10


def test_regions_below_one_another_move_together(newsroom: Newsroom) -> None:
    page = page_of(
        StoryRegion(id="a", story="a", columns="1-2", rows="3+"),
        AdRegion(id="b", columns="1-2", rows="4-8", below="a"),
        RuleRegion(id="c", columns="1-2", rows=9, below="b", weight=SMALL),
        StoryRegion(id="d", story="d", columns="1-2", rows="10+", below="c"),
    )
    laid = newsroom.lay_out(page, story("a", lines_of(8)), story("d", lines_of(6)))
    ends = [end_row(laid.region(name)) for name in "abcd"]
    assert ends[0] == 6
    assert ends[1:3] == [ends[0] + 5, ends[0] + 6]
    assert min(row_of(one) for one in laid.region("d").lines) == ends[2] + 1
    assert laid.codes == []


def test_a_region_pushed_off_the_page_is_told(newsroom: Newsroom) -> None:
    page = page_of(
        StoryRegion(id="a", story="a", columns="1", rows="3+"),
        AdRegion(id="b", columns="1", rows="4-8", below="a"),
    )
    laid = newsroom.lay_out(page, story("a", lines_of(36)))
    assert laid.codes == ["page/pushed-off"]
    assert laid.value("page/pushed-off", "rows") == str(38 + 5 - 40)


def test_an_open_ended_region_that_runs_into_another_is_told_unless_it_may(newsroom: Newsroom) -> None:
    for over, codes in ((("b",), []), ((), ["page/collision"])):
        page = page_of(
            StoryRegion(id="a", story="a", columns="1", rows="3+", over=over),
            AdRegion(id="b", columns="1", rows="5-8"),
        )
        assert newsroom.lay_out(page, story("a", lines_of(9))).codes == codes


def test_an_open_ended_region_between_the_frames_of_a_chain_runs_into_nothing(newsroom: Newsroom) -> None:
    chain = (Frame(columns="1-3", rows="1-4"), Frame(columns=1, rows="5-20"))
    page = page_of(
        ArticleRegion(id="a", story="a", columns="1-3", rows="1-20", chain=chain),
        StoryRegion(id="b", story="b", columns="2-3", rows="5+"),
    )
    assert newsroom.lay_out(page, story("a", lines_of(28)), story("b", lines_of(10))).codes == []


def test_regions_come_in_reading_order_and_those_not_named_after_them(newsroom: Newsroom) -> None:
    boxes = [BoxRegion(id=name, columns=1, rows=row) for row, name in enumerate("abc", start=1)]
    laid = newsroom.lay_out(page_of(*boxes, reading_order=("c", "a")))
    assert [one.region.id for one in laid.layout.regions] == ["c", "a", "b"]


def test_what_lies_over_another_is_painted_after_it_wherever_it_was_written(newsroom: Newsroom) -> None:
    page = page_of(
        StoryRegion(id="a", story="a", columns="1-2", rows="3-9", over="tint"),
        BoxRegion(id="tint", columns="1-2", rows="2-10", tint=SOLID),
        reading_order=("a", "tint"),
    )
    laid = newsroom.lay_out(page, story("a", lines_of(14)))
    assert [one.region.id for one in laid.layout.regions] == ["tint", "a"]


def test_regions_that_lie_over_each_other_are_both_there(newsroom: Newsroom) -> None:
    page = page_of(
        BoxRegion(id="a", columns=1, rows="1-5", over="b"), BoxRegion(id="b", columns=1, rows="1-5", over="a")
    )
    assert [one.region.id for one in newsroom.lay_out(page).layout.regions] == ["a", "b"]
