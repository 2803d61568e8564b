"""标题组: what is stacked where, in whole rows, more air above than below (TY-74, TY-96)."""

from itertools import pairwise

import pytest

from layout_engine.page.model import PlacedLine
from layout_engine.spec.model_regions import HeadlineRegion, HeadlineSpec, StoryRegion
from layout_engine.spec.model_values import Align, Direction
from tests.kit.pages import EM, GRID, ROW, STYLES, Laid, Newsroom, grid, line_text, page_of, row_of, story, text_style
from tests.page.test_pour import han, lines_of

ASCENT = 880
COPY = story(
    "a", lines_of(6), headline="春风吹绿田野", kicker="一季度全区经济", deck="村庄河流山川都在生长", note="韩世军出席"
)
EVERYTHING = HeadlineSpec(style="head", kicker="small", deck="small", note="typed")


def under(newsroom: Newsroom, headline: HeadlineSpec) -> Laid:
    """The story under such a headline over three columns."""
    page = page_of(StoryRegion(id="a", story="a", columns="1-3", rows="1-20", headline=headline))
    return newsroom.lay_out(page, COPY)


def heads(lines: tuple[PlacedLine, ...]) -> list[PlacedLine]:
    return [one for one in lines if one.paragraph.kind not in ("body", "byline", "crosshead")]


def top_of(one: PlacedLine) -> int:
    return one.y - one.paragraph.size * ASCENT // 1000


def test_kicker_headline_deck_and_note_stand_under_one_another_in_this_order(newsroom: Newsroom) -> None:
    laid = under(newsroom, EVERYTHING)
    group = heads(laid.region("a").lines)
    assert [one.paragraph.kind for one in group] == ["kicker", "headline", "deck", "note"]
    assert all(top_of(below) > top_of(above) + above.paragraph.size for above, below in pairwise(group))


def test_gaps_between_parts_are_a_quarter_to_a_half_of_the_smaller_size(newsroom: Newsroom) -> None:
    laid = under(newsroom, EVERYTHING)
    for above, below in pairwise(heads(laid.region("a").lines)):
        gap = top_of(below) - top_of(above) - above.paragraph.size
        smaller = min(above.paragraph.size, below.paragraph.size)
        assert smaller <= 4 * gap <= 2 * smaller


def test_text_begins_on_the_grid_in_the_row_after_the_group(newsroom: Newsroom) -> None:
    laid = under(newsroom, EVERYTHING)
    lines = laid.region("a").lines
    first = next(one for one in lines if one.paragraph.kind == "body")
    last_head = heads(lines)[-1]
    free = top_of(first) - (top_of(last_head) + last_head.paragraph.size)
    assert row_of(first) > 1
    assert 0 < free < 2 * ROW


def test_what_is_left_of_the_rows_goes_sixty_to_forty_above_and_below(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="small", rows=6)
    laid = under(newsroom, headline)
    (head,) = [one for one in laid.region("a").lines if one.paragraph.kind == "headline"]
    above = top_of(head) - GRID.type_area.y
    height = 6 * ROW - (ROW - EM) // 2
    below = GRID.type_area.y + height - top_of(head) - head.paragraph.size
    assert abs(above - (above + below) * 60 // 100) <= 1


def test_a_group_without_rows_takes_no_more_rows_than_it_needs(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="small")
    laid = under(newsroom, headline)
    first = next(one for one in laid.region("a").lines if one.paragraph.kind == "body")
    assert row_of(first) == 3  # 12 pt of type and half an em of air in two rows of 12 pt


def test_lines_of_wide_leading_leave_their_headline_room(newsroom: Newsroom) -> None:
    """The row's blank counts: the group never reaches out of the rows that it was given."""
    wide = grid(row=2 * ROW)
    page = page_of(
        StoryRegion(id="a", story="a", columns="1-3", rows="1-20", headline=HeadlineSpec(style="small")), on=wide
    )
    lines = newsroom.lay_out(page, COPY).region("a").lines
    assert top_of(heads(lines)[0]) >= wide.type_area.y


@pytest.mark.parametrize(("align", "at"), [("left", 0), ("centre", 1), ("right", 2)])
def test_the_group_is_flush_or_centred_over_its_columns(newsroom: Newsroom, align: str, at: int) -> None:
    headline = HeadlineSpec(style="small", align=align)  # type: ignore[arg-type]
    laid = under(newsroom, headline)
    (head,) = [one for one in laid.region("a").lines if one.paragraph.kind == "headline"]
    x, width = GRID.columns_rect(1, 3)
    assert head.x == x + (width - head.line.width) * at // 2


def test_a_vertical_group_stands_right_to_left_inside_its_height(newsroom: Newsroom) -> None:
    region = HeadlineRegion(
        id="a", story="a", columns="1-2", rows="1-30", style="head", kicker="small", direction="vertical"
    )
    laid = newsroom.lay_out(page_of(region), COPY)
    group = laid.region("a").lines
    assert [one.paragraph.kind for one in group] == ["kicker", "headline"]
    assert group[0].x > group[1].x
    rect = laid.region("a").rect
    for one in group:
        assert one.paragraph.direction == "vertical"
        assert rect.x <= one.x - one.paragraph.size // 2
        assert one.x + one.paragraph.size // 2 <= rect.right
        assert rect.y <= one.y
        assert one.y + one.line.width <= rect.bottom


def test_two_lines_of_a_vertical_headline_read_from_right_to_left(newsroom: Newsroom) -> None:
    region = HeadlineRegion(id="a", story="a", columns="1", rows="1-20", style="head", direction="vertical")
    laid = newsroom.lay_out(page_of(region), story("a", headline="春风吹绿田野\n山川草木生长"))
    first, second = laid.region("a").lines
    assert (line_text(first), line_text(second)) == ("春风吹绿田野", "山川草木生长")
    assert first.x > second.x


def test_a_part_without_a_style_stays_off_the_page(newsroom: Newsroom) -> None:
    region = HeadlineRegion(id="a", story="a", columns="1-3", rows="1-8", style="head")
    laid = newsroom.lay_out(page_of(region), COPY)
    assert {one.paragraph.kind for one in laid.region("a").lines} == {"headline"}
    assert [one.part.kind for one in laid.region("a").accounts] == ["headline"]


def test_a_group_taller_than_its_rows_is_told_with_the_rows_it_needs(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="head", kicker="small", deck="small", rows=2)
    laid = under(newsroom, headline)
    assert "page/headline-too-tall" in laid.codes
    needs = int(laid.value("page/headline-too-tall", "needs"))
    headline = HeadlineSpec(style="head", kicker="small", deck="small", rows=needs)
    laid = under(newsroom, headline)
    assert "page/headline-too-tall" not in laid.codes


def test_a_vertical_group_wider_than_its_space_is_told(newsroom: Newsroom) -> None:
    styles = STYLES | {"huge": text_style("huge", size=120 * 65_536, leading=120 * 65_536, lines_most=2, indent=0)}
    region = HeadlineRegion(id="a", story="a", columns="1", rows="1-40", style="huge", direction="vertical")
    laid = newsroom.lay_out(page_of(region, styles=styles), story("a", headline="春\n风"))
    assert "page/headline-too-wide" in laid.codes


def test_lines_of_a_step_begin_flush_and_end_flush(newsroom: Newsroom) -> None:  # TY-93
    region = HeadlineRegion(id="a", story="a", columns="1-3", rows="1-9", style="head", shape="step")
    laid = newsroom.lay_out(page_of(region), story("a", headline="春风吹绿\n田野山川\n草木生长"))
    rect = laid.region("a").rect
    first, second, third = laid.region("a").lines
    assert (first.x, third.x + third.line.width) == (rect.x, rect.right)
    assert second.x == rect.x + (rect.width - second.line.width) // 2


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_a_headline_is_spread_only_when_asked_for(newsroom: Newsroom, direction: Direction) -> None:  # TY-94
    def lines(align: Align) -> list[int]:
        region = HeadlineRegion(
            id="a", story="a", columns="1-2", rows="1-16", style="small", align=align, direction=direction
        )
        laid = newsroom.lay_out(page_of(region), story("a", headline="春风吹绿田野山川草木生长"))
        rect = laid.region("a").rect
        room = rect.width if direction == "horizontal" else rect.height
        return [room - one.line.width for one in laid.region("a").lines]

    assert lines("justify") == [0]
    assert lines("centre") != [0], "control"


def test_a_line_too_short_to_be_spread_keeps_its_width(newsroom: Newsroom) -> None:
    region = HeadlineRegion(id="a", story="a", columns="1-3", rows="1-4", style="small", align="justify")
    laid = newsroom.lay_out(page_of(region), story("a", headline="春风"))
    (line,) = laid.region("a").lines
    assert line.line.width < laid.region("a").rect.width // 2


def test_a_kicker_nearly_as_large_as_its_headline_is_told(newsroom: Newsroom) -> None:  # TY-90
    region = HeadlineRegion(id="a", story="a", columns="1-3", rows="1-9", style="small", kicker="small")
    laid = newsroom.lay_out(page_of(region), COPY)
    assert laid.value("headline/part-size", "percent") == "100"
    region = HeadlineRegion(id="a", story="a", columns="1-3", rows="1-9", style="head", kicker="small")
    laid = newsroom.lay_out(page_of(region), COPY)
    assert "headline/part-size" not in laid.codes, f"control: {laid.region('a').lines[0].paragraph.size}"


@pytest.mark.parametrize("place", ["above", "left"])
def test_a_vertical_headline_that_is_too_long_is_told_once(newsroom: Newsroom, place: str) -> None:
    headline = HeadlineSpec(style="head", direction="vertical", place=place)  # type: ignore[arg-type]
    region = StoryRegion(id="a", story="a", columns="1-4", rows="1-20", headline=headline)
    page = newsroom.lay_out(page_of(region), story("a", han(30), headline="水流过石桥" * 20))
    assert [code for code in page.codes if "headline" in code] == ["headline/does-not-fit"]
