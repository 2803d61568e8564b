"""稿件 and 正文: where headline and text stand in their region, and that text is always on the grid."""

from itertools import pairwise

import pytest

from layout_engine.base.marks import Rule
from layout_engine.base.units import read_length
from layout_engine.page.model import PlacedLine
from layout_engine.page.regions.article import frame_rects
from layout_engine.spec.model_regions import ArticleRegion, Frame, FrameRule, HeadlineSpec, StoryRegion
from tests.kit.pages import EM, GRID, ROW, STYLES, Laid, Newsroom, page_of, row_of, story, text_style
from tests.page.test_pour import han, lines_of

HEADLINE = "春风吹绿田野"
FRAME = FrameRule(rule=read_length("0.5pt"), padding=read_length("4pt"))  # type: ignore[arg-type]


def laid_out(newsroom: Newsroom, lines: int, columns: str = "1-4", rows: str = "5-24", **written: object) -> Laid:
    """A story of so many lines of 12 字 in a region of four columns."""
    spec = StoryRegion(id="a", story="a", columns=columns, rows=rows, **written)  # type: ignore[arg-type]
    return newsroom.lay_out(page_of(spec), story("a", lines_of(lines), headline=HEADLINE))


def body(laid: Laid) -> list[PlacedLine]:
    return [one for one in laid.region("a").lines if one.paragraph.kind == "body"]


def head(laid: Laid) -> PlacedLine:
    return next(one for one in laid.region("a").lines if one.paragraph.kind == "headline")


def column_heads(laid: Laid) -> dict[int, int]:
    """For each column (by its x) the first row of text."""
    rows: dict[int, int] = {}
    for one in body(laid):
        rows.setdefault(one.x, row_of(one))
    return rows


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("place", ["top", "left", "right"])
def test_every_line_of_text_stands_on_the_grid_inside_its_region(newsroom: Newsroom, place: str, framed: bool) -> None:
    written = {"frame": FRAME} if framed else {}
    laid = laid_out(newsroom, 30, headline=HeadlineSpec(style="head", place=place), **written)  # type: ignore[arg-type]
    rect = laid.region("a").rect.inset(FRAME.rule.su() if framed else 0)
    assert len(body(laid)) >= 30
    for one in body(laid):
        assert 5 <= row_of(one) <= 24
        assert rect.x <= one.x
        assert one.x + one.line.width <= rect.right
        assert rect.y <= one.y - EM * 880 // 1000
        assert one.y + EM * 120 // 1000 <= rect.bottom


def test_a_headline_over_all_columns_pushes_all_of_them_down(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, 30, headline=HeadlineSpec(style="head"))
    assert len(column_heads(laid)) == 4
    assert len(set(column_heads(laid).values())) == 1
    assert min(column_heads(laid).values()) > 5


def test_a_headline_over_two_of_four_columns_leaves_the_others_their_height(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, 30, headline=HeadlineSpec(style="head", over=2))
    first, second, third, fourth = column_heads(laid).values()
    assert first == second > 5
    assert third == fourth == 5
    x, width = GRID.columns_rect(1, 2)
    assert x <= head(laid).x
    assert head(laid).x + head(laid).line.width <= x + width


@pytest.mark.parametrize("over", [0, 5])
def test_a_headline_over_columns_that_are_not_there_is_told(newsroom: Newsroom, over: int) -> None:
    assert "page/headline-over" in laid_out(newsroom, 30, headline=HeadlineSpec(style="head", over=over)).codes


def test_a_headline_at_the_left_or_right_keeps_clear_of_the_text(newsroom: Newsroom) -> None:
    for place in ("left", "right"):
        laid = laid_out(newsroom, 30, headline=HeadlineSpec(style="small", place=place))  # type: ignore[arg-type]
        one = head(laid)
        at = 1 if place == "left" else 4
        x, width = GRID.columns_rect(at, at)
        assert x <= one.x
        assert one.x + one.line.width <= x + width
        assert sorted(column_heads(laid)) == [GRID.columns_rect(n, n)[0] for n in range(1, 5) if n != at]


def test_text_columns_share_the_width_of_the_region_in_whole_characters(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, 40, text_columns=3)
    measures = {one.line.measure for one in body(laid)}
    assert len(measures) == 1
    assert measures.pop() % EM == 0
    assert len(column_heads(laid)) == 3


@pytest.mark.parametrize(
    "written",
    [
        {"text_columns": 16},
        {"headline": HeadlineSpec(style="head", place="left", columns=4)},
        {"headline": HeadlineSpec(style="head", place="right", columns=9)},
    ],
)
def test_columns_too_narrow_for_text_are_told_once_and_hold_none(
    newsroom: Newsroom, written: dict[str, object]
) -> None:
    laid = laid_out(newsroom, 30, **written)  # type: ignore[arg-type]
    assert laid.codes.count("page/columns-too-narrow") == 1
    assert body(laid) == []
    (account,) = [one for one in laid.region("a").accounts if one.part.kind == "body"]
    assert sum(last - first for first, last in account.left_over) == len(account.part.text)


def test_over_and_under_are_told_at_the_place_of_the_story(newsroom: Newsroom) -> None:
    over = laid_out(newsroom, 4 * 20 + 3)
    assert over.codes == ["page/overset"]
    assert (over.value("page/overset", "lines"), over.value("page/overset", "characters")) == ("3", "36")
    (place,) = [one.span for one in over.diagnostics]
    assert place is not None
    assert (place.file, place.column) == ("articles/a.md", 4 * 20 * 12 - 2 + 1)
    under = laid_out(newsroom, 4 * 20 - 6)
    assert under.codes == ["page/underset"]
    assert under.value("page/underset", "lines") == "6"


def test_the_text_that_did_not_fit_is_shown(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, 4 * 20 + 3)
    text = lines_of(4 * 20 + 3)
    assert laid.value("page/overset", "text") == text[-36:][:12]


def test_a_first_line_alone_at_a_columns_foot_is_told_where_it_could_not_be_avoided(newsroom: Newsroom) -> None:
    spec = StoryRegion(id="a", story="a", columns="1-2", rows="1-4", balance=False)
    laid = newsroom.lay_out(page_of(spec), story("a", lines_of(3), lines_of(5)))
    assert laid.codes == ["page/orphan"]
    assert laid.value("page/orphan", "text") == lines_of(5)[:10]


def test_less_than_a_row_a_column_is_level_and_not_told(newsroom: Newsroom) -> None:
    assert laid_out(newsroom, 4 * 20 - 3).codes == []


def test_column_rules_stand_in_the_middle_of_the_gutters(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, 80, column_rules=FrameRule(rule=read_length("0.5pt")))  # type: ignore[arg-type]
    rules = [one.rect for one in laid.region("a").behind if isinstance(one, Rule)]
    assert len(rules) == 3
    for number, rect in enumerate(rules, start=1):
        x, width = GRID.columns_rect(number, number)
        left, right = rect.x - (x + width), GRID.columns_rect(number + 1, number + 1)[0] - rect.right
        assert abs(left - right) <= 1


def test_a_byline_stands_at_the_right_end_of_its_column(newsroom: Newsroom) -> None:
    spec = StoryRegion(id="a", story="a", columns=1, rows="1-9")
    laid = newsroom.lay_out(page_of(spec), story("a", han(30), byline="（王静）"))
    byline = laid.region("a").lines[-1]
    assert byline.x + byline.line.width == sum(GRID.columns_rect(1, 1))


def test_a_chain_runs_through_frames_of_unlike_width_in_their_order(newsroom: Newsroom) -> None:
    chain = (Frame(columns="1-2", rows="1-4", text_columns=1), Frame(columns=4, rows="10-20"))
    region = ArticleRegion(id="a", story="a", chain=chain, columns="1-4", rows="1-20")
    page = page_of(region)
    laid = newsroom.lay_out(page, story("a", lines_of(20)))
    first, second = frame_rects(GRID, page.regions[0], region)
    lines = laid.region("a").lines
    in_first = [one for one in lines if first.x <= one.x < first.right]
    assert [row_of(one) for one in in_first] == [1, 2, 3, 4]
    assert {one.line.measure for one in in_first} == {25 * EM}
    assert [row_of(one) for one in lines[4:]] == list(range(10, 10 + len(lines) - 4))
    assert all(second.x <= one.x and one.line.measure == 12 * EM for one in lines[4:])
    assert all(a.line.end == b.line.start for a, b in pairwise(lines))


@pytest.mark.parametrize(("characters", "codes"), [(12, []), (13, ["page/crosshead-too-wide"])])
def test_a_crosshead_wider_than_its_column_is_told(newsroom: Newsroom, characters: int, codes: list[str]) -> None:
    page = page_of(StoryRegion(id="a", story="a", columns=1, rows="1-9"))  # TY-66: one line, in 12 字
    laid = newsroom.lay_out(page, story("a", lines_of(2), "## " + han(characters), lines_of(5)))
    assert [one for one in laid.codes if one != "page/underset"] == codes


@pytest.mark.parametrize("name", ["body", "crosshead", "byline"])
def test_type_that_is_larger_than_its_rows_is_told_once_for_each_style(newsroom: Newsroom, name: str) -> None:
    large = text_style(name, size=ROW * 2 + 1, leading=3 * ROW, indent=0, rows_least=2, rows_most=2)
    page = page_of(StoryRegion(id="a", story="a", columns="1-3", rows="1-30"), styles=STYLES | {name: large})
    laid = newsroom.lay_out(page, story("a", han(20), "## 村庄", han(20), byline="（王静）"))
    assert laid.codes.count("page/type-too-large") == 1
    assert laid.value("page/type-too-large", "style") == name
