"""纵向拉齐: rows that stay free go to headline and crossheads, so that columns end on the region's last row."""

from collections.abc import Mapping

import pytest

from layout_engine.spec.model_regions import BoxRegion, HeadlineSpec, StoryRegion
from layout_engine.spec.resolved import TextStyle
from tests.kit.pages import EM, STYLES, Laid, Newsroom, line_text, page_of, row_of, story, text_style
from tests.page.test_pour import han, lines_of

CROSSHEAD = text_style("crosshead", align="centre", indent=0, rows_least=2, rows_most=3)
GIVING = {**STYLES, "crosshead": CROSSHEAD}
COLUMNS, ROWS, LAST_ROW = 4, 20, 24
HEADLINE_ROWS = 4


def laid_out(
    newsroom: Newsroom,
    *paragraphs: str,
    styles: Mapping[str, TextStyle] = GIVING,
    rows: str = "5-24",
    **written: object,
) -> Laid:
    """A story in four columns, from row 5 to row 24."""
    spec = StoryRegion(id="a", story="a", columns="1-4", rows=rows, **written)  # type: ignore[arg-type]
    return newsroom.lay_out(page_of(spec, styles=styles), story("a", *paragraphs, headline="春风吹绿田野"))


def feet(laid: Laid) -> list[int]:
    """The last row of text in each column, from the left."""
    rows: dict[int, int] = {}
    for one in laid.region("a").lines:
        if one.paragraph.kind == "body":
            column = one.x // (13 * EM)  # columns stand 13.5 字 apart
            rows[column] = max(rows.get(column, 0), row_of(one))
    return [rows[column] for column in sorted(rows)]


def with_crossheads(lines: int, heads: int) -> list[str]:
    """Paragraphs of so many lines in all, with crossheads of two rows between them that take theirs of the lines."""
    parts: list[str] = []
    each, rest = divmod(lines - 2 * heads, heads + 1)
    for number in range(heads + 1):
        parts += [f"## {han(4)}"] if number else []
        parts.append(lines_of(each + (number < rest)))
    return parts


def given(laid: Laid) -> tuple[int, int]:
    """Rows given to the headline, and to crossheads."""
    if "page/rows-given" not in laid.codes:
        return 0, 0
    headline, crossheads = (laid.value("page/rows-given", key) for key in ("headline", "crossheads"))
    return int(headline), int(crossheads)


@pytest.mark.parametrize("free", range(5))
def test_crossheads_take_what_is_free_and_every_column_ends_on_the_last_row(newsroom: Newsroom, free: int) -> None:
    laid = laid_out(newsroom, *with_crossheads(COLUMNS * ROWS - free, heads=4))
    assert feet(laid) == [LAST_ROW] * COLUMNS
    assert given(laid) == (0, free)


@pytest.mark.parametrize("free", [5, 6, 7, 9, 10, 11])
def test_crossheads_that_cannot_fill_the_columns_make_them_level(newsroom: Newsroom, free: int) -> None:
    laid = laid_out(newsroom, *with_crossheads(COLUMNS * ROWS - free, heads=4))
    assert len(set(feet(laid))) == 1
    assert given(laid) == (0, free % COLUMNS)
    assert laid.value("page/underset", "lines") == str(free // COLUMNS * COLUMNS)


@pytest.mark.parametrize("free", range(2 * COLUMNS + 3))
def test_the_headline_takes_what_all_its_columns_can_spare_and_crossheads_the_rest(
    newsroom: Newsroom, free: int
) -> None:
    lines = COLUMNS * (ROWS - HEADLINE_ROWS) - free
    headline = HeadlineSpec(style="head", rows=f"{HEADLINE_ROWS}..{HEADLINE_ROWS + 2}")
    laid = laid_out(newsroom, *with_crossheads(lines, heads=2), headline=headline)
    rest = free % COLUMNS
    assert given(laid) == (free // COLUMNS, rest if rest <= 2 else 0)
    assert feet(laid) == [LAST_ROW] * COLUMNS if rest <= 2 else [LAST_ROW, *[LAST_ROW - 1] * 3]


def test_rows_of_a_headline_over_two_columns_are_taken_off_these(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="head", rows=f"{HEADLINE_ROWS}..{HEADLINE_ROWS + 3}", over="2-3")
    laid = laid_out(newsroom, lines_of(COLUMNS * ROWS - 2 * HEADLINE_ROWS - 4), headline=headline)
    assert given(laid) == (2, 0)
    assert feet(laid) == [LAST_ROW] * COLUMNS


def test_the_text_keeps_its_leading_and_the_grid_whatever_is_given(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="head", rows=f"{HEADLINE_ROWS}..{HEADLINE_ROWS + 1}")
    laid = laid_out(newsroom, *with_crossheads(COLUMNS * (ROWS - HEADLINE_ROWS) - 5, heads=2), headline=headline)
    assert given(laid) == (1, 1)
    assert all(row_of(one) for one in laid.region("a").lines if one.paragraph.kind == "body")


def test_a_column_that_ends_high_is_filled_by_its_own_crosshead(newsroom: Newsroom) -> None:
    """So no line of text moves to another column."""
    paragraphs = with_crossheads(COLUMNS * ROWS - 1, heads=4)
    plain, filled = (laid_out(newsroom, *paragraphs, styles=styles) for styles in (STYLES, GIVING))
    assert feet(plain) == [LAST_ROW, LAST_ROW, LAST_ROW, LAST_ROW - 1]
    for before, after in zip(plain.region("a").lines, filled.region("a").lines, strict=True):
        assert (before.x, line_text(before)) == (after.x, line_text(after))


def test_without_a_range_nothing_is_given(newsroom: Newsroom) -> None:
    paragraphs = with_crossheads(COLUMNS * ROWS - 3, heads=4)
    assert laid_out(newsroom, *paragraphs, styles=STYLES).codes == []


def test_a_story_that_is_over_or_fills_its_columns_gives_nothing(newsroom: Newsroom) -> None:
    assert laid_out(newsroom, *with_crossheads(COLUMNS * ROWS, heads=4)).codes == []
    assert laid_out(newsroom, *with_crossheads(COLUMNS * ROWS + 2, heads=4)).codes == ["page/overset"]


def test_an_open_end_is_made_level_and_no_deeper(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, *with_crossheads(COLUMNS * 12 - 2, heads=4), rows="5+")
    assert feet(laid) == [16] * COLUMNS
    assert given(laid) == (0, 2)


def test_a_range_of_rows_begins_with_what_the_headline_needs(newsroom: Newsroom) -> None:
    full = lines_of(COLUMNS * ROWS)
    tight = laid_out(newsroom, full, headline=HeadlineSpec(style="head", rows="1..9"))
    plain = laid_out(newsroom, full, headline=HeadlineSpec(style="head"))
    assert [(one.x, one.y) for one in tight.region("a").lines] == [(one.x, one.y) for one in plain.region("a").lines]


def test_a_headline_that_needs_more_than_its_range_is_told(newsroom: Newsroom) -> None:
    laid = laid_out(newsroom, lines_of(50), headline=HeadlineSpec(style="head", kicker="small", rows="1..2"))
    assert "page/headline-too-tall" in laid.codes


@pytest.mark.parametrize("free", [1, 2])
def test_rows_are_left_free_under_and_above_what_stands_inside(newsroom: Newsroom, free: int) -> None:
    """One column beside the picture is short by so many rows: they go to the picture's foot, then to its head."""
    spec = StoryRegion(id="a", story="a", columns="1-4", rows="5-24", balance=False)
    inset = BoxRegion(id="b", columns=4, rows="10-14", inside="a", space=2)
    page = page_of(spec, inset, styles=GIVING)
    free_slots = COLUMNS * ROWS - 5  # the box takes five
    laid = newsroom.lay_out(page, story("a", lines_of(free_slots - free)))
    plain = newsroom.lay_out(
        page_of(spec, BoxRegion(id="b", columns=4, rows="10-14", inside="a"), styles=GIVING),
        story("a", lines_of(free_slots - free)),
    )
    assert (feet(plain)[-1], feet(laid)[-1]) == (LAST_ROW - free, LAST_ROW)
    assert laid.value("page/rows-given", "around") == str(free)
