"""转版: a story that runs over pages is one text, whichever of its pages is laid out, and says where it goes on."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Story
from layout_engine.page.model import PlacedLine
from layout_engine.scene.draw import draw
from layout_engine.scene.items import Imprint
from layout_engine.scene.joints import join_pages
from layout_engine.scene.ledger import LedgerEntry, balance
from layout_engine.spec.jumps import link_jumps
from layout_engine.spec.model_regions import ArticleRegion, ContinuedTitle, Frame, HeadlineSpec, RegionSpec, StoryRegion
from layout_engine.spec.resolved import PageSpec
from tests.kit.pages import EM, GRID, Laid, Newsroom, grid, line_text, page_of, row_of, story
from tests.page.test_pour import han, lines_of

PAGES = (1, 3, 5)


def linked(*regions: RegionSpec, on: Sequence[object] = ()) -> tuple[PageSpec, ...]:
    """A page for each region, numbered 1, 3, 5, their jumps resolved; `on` are the grids of the pages."""
    pages = [
        msgspec.structs.replace(page_of(spec, on=at), number=number)  # type: ignore[arg-type]
        for spec, number, at in zip(regions, PAGES, on or [GRID] * len(regions), strict=False)
    ]
    found = Findings()
    resolved = link_jumps(pages, complete=True, found=found)
    assert found.all() == ()
    return resolved


def two_pages(rows: int = 10, rest_rows: int = 10, columns: str = "1-2", **written: object) -> tuple[PageSpec, ...]:
    """A story in columns of 12 字 that goes on from page 1 to page 3."""
    return linked(
        ArticleRegion(id="lead", story="a", columns=columns, rows=f"1-{rows}", jump_to=3),
        StoryRegion(id="rest", story="a", columns=columns, rows=f"1-{rest_rows}", jump_from=1, **written),  # type: ignore[arg-type]
    )


def laid_out(newsroom: Newsroom, pages: Sequence[PageSpec], copy: Story) -> list[Laid]:
    return [newsroom.lay_out(page, copy) for page in pages]


def body(laid: Laid) -> list[PlacedLine]:
    (only,) = laid.layout.regions
    return [one for one in only.lines if one.paragraph.kind in ("body", "crosshead", "byline")]


def typed(laid: Laid) -> list[PlacedLine]:
    (only,) = laid.layout.regions
    return [one for one in only.lines if one.paragraph.kind == "typed"]


def entries_of(laid: Laid) -> tuple[LedgerEntry, ...]:
    balanced = balance(draw([laid.layout], Imprint("报", "2024-05-21", 1)), [laid.layout])
    assert balanced.diagnostics == ()
    return balanced.ledger.entries


def test_the_text_goes_on_with_the_next_character_on_the_other_page(newsroom: Newsroom) -> None:
    copy = story("a", *(lines_of(n) for n in (3, 5, 4, 6, 5, 3, 4)))
    first, second = laid_out(newsroom, two_pages(), copy)
    texts = "".join(line_text(one) for laid in (first, second) for one in body(laid))
    assert texts == "".join(part.text for part in copy.parts)
    assert len(body(first)) == 2 * 10 - 1  # a row is the notice's
    assert first.codes == []


def test_each_end_says_where_the_other_is(newsroom: Newsroom) -> None:
    first, second = laid_out(newsroom, two_pages(), story("a", lines_of(30)))
    (onward,), (back,) = typed(first), typed(second)
    assert (line_text(onward), line_text(back)) == ("（下转第3版）", "（上接第1版）")
    assert row_of(onward) == 10
    assert onward.x + onward.line.width == GRID.type_area.x + 2 * 12 * EM + GRID.gutter
    assert (row_of(back), back.x) == (1, GRID.type_area.x)
    assert row_of(body(second)[0]) == 2


def test_three_pages_hold_one_text(newsroom: Newsroom) -> None:
    copy = story("a", *(lines_of(n) for n in (9, 8, 9, 7)), byline="（王静）")
    pages = linked(
        ArticleRegion(id="one", story="a", columns="1-2", rows="1-8", jump_to=3),
        ArticleRegion(id="two", story="a", columns="2-3", rows="5-9", jump_from=1, jump_to=5),
        StoryRegion(id="three", story="a", columns="1-3", rows="1-10", jump_from=3),
    )
    laid = laid_out(newsroom, pages, copy)
    assert "".join(line_text(one) for each in laid for one in body(each)) == "".join(one.text for one in copy.parts)
    assert [line_text(one) for each in laid for one in typed(each)] == [
        "（下转第3版）", "（上接第1版）", "（下转第5版）", "（上接第3版）",
    ]  # fmt: skip


def test_a_paragraph_is_broken_well_through_a_joint_of_two_measures(newsroom: Newsroom) -> None:
    wide = grid(columns=3, measure=20)
    pages = linked(
        ArticleRegion(id="lead", story="a", columns=1, rows="1-4", jump_to=3),
        ArticleRegion(id="rest", story="a", columns=1, rows="1-9", jump_from=1),
        on=(GRID, wide),
    )
    first, second = laid_out(newsroom, pages, story("a", han(10 + 12 + 12 + 20 + 20 + 5)))
    assert [len(line_text(one)) for one in body(first)] == [10, 12, 12]
    assert [len(line_text(one)) for one in body(second)] == [20, 20, 5]


def test_no_last_line_of_a_paragraph_stands_alone_after_the_jump(newsroom: Newsroom) -> None:
    """Nor does its first stand alone before it: TY-63 holds from page to page."""
    for lines in range(1, 8):
        copy = story("a", lines_of(16), lines_of(lines) + han(7), lines_of(9), lines_of(7))
        first, second = laid_out(newsroom, two_pages(), copy)
        foot, head = body(first)[-1], body(second)[0]
        if foot.paragraph.key == head.paragraph.key:
            assert not head.line.last, lines
            assert foot.line.start > 0, lines


def test_the_columns_end_level_where_the_story_ends(newsroom: Newsroom) -> None:
    _, second = laid_out(newsroom, two_pages(rest_rows=20), story("a", *(lines_of(5) for _ in range(8))))
    feet: dict[int, int] = {}
    for one in body(second):
        feet[one.x] = row_of(one)
    assert len(feet) == 2
    assert max(feet.values()) - min(feet.values()) <= 1


def test_fullness_is_told_once_and_where_the_story_ends(newsroom: Newsroom) -> None:
    first, second = laid_out(newsroom, two_pages(), story("a", lines_of(50)))
    assert first.layout.regions[0].fullness == ()
    (full,) = second.layout.regions[0].fullness
    assert full.lines_over == 50 - 19 - 19
    assert (first.codes, second.codes) == ([], ["page/overset"])


def test_an_open_end_takes_what_is_left(newsroom: Newsroom) -> None:
    pages = linked(
        ArticleRegion(id="lead", story="a", columns="1-2", rows="1-10", jump_to=3),
        ArticleRegion(id="rest", story="a", columns="1-2", rows="3+", jump_from=1),
    )
    _, second = laid_out(newsroom, pages, story("a", lines_of(30)))
    assert second.codes == []
    assert second.region("rest").rect.height == GRID.rows_height(6)  # 11 lines and the notice in two columns


@pytest.mark.parametrize("lines", [5, 19, 20])
def test_what_fits_does_not_jump(newsroom: Newsroom, lines: int) -> None:
    """The row that the notice would have taken is the text's then."""
    first, second = laid_out(newsroom, two_pages(), story("a", lines_of(lines)))
    assert typed(first) == typed(second) == body(second) == []
    assert len(body(first)) == lines
    assert "page/jump-not-needed" in first.codes
    assert second.codes == ["page/jump-not-needed"]


@pytest.mark.parametrize("lines", range(20, 26))
def test_a_jump_takes_two_lines_along_or_none(newsroom: Newsroom, lines: int) -> None:
    first, second = laid_out(newsroom, two_pages(), story("a", lines_of(lines)))
    assert len(body(first)) >= 2
    assert len(body(second)) != 1


def test_a_continued_title_stands_over_the_part_and_has_its_own_account(newsroom: Newsroom) -> None:
    title = ContinuedTitle(text="春风再起", style="head")
    _, second = laid_out(newsroom, two_pages(continued_title=title), story("a", lines_of(30)))
    head = typed(second)[0]
    assert line_text(head) == "春风再起"
    assert row_of(typed(second)[1]) == row_of(body(second)[0]) - 1 > 1
    entry = next(one for one in entries_of(second) if one.key == "page-3/rest/continued_title.text")
    assert (entry.story, entry.placed) == ("rest", 4)


def test_a_continued_title_stands_over_the_first_frame_of_a_chain(newsroom: Newsroom) -> None:
    frames = (Frame(columns=1, rows="1-8"), Frame(columns=2, rows="1-8"))
    pages = linked(
        ArticleRegion(id="lead", story="a", columns="1-2", rows="1-10", jump_to=3),
        msgspec.structs.replace(
            ArticleRegion(id="rest", story="a", columns="1-2", rows="1-8", jump_from=1, chain=frames),
            continued_title=ContinuedTitle(text="春风", style="small"),
        ),
    )
    _, second = laid_out(newsroom, pages, story("a", lines_of(30)))
    top = {one.x: row_of(one) for one in reversed(body(second))}
    assert len(top) == 2
    assert top[min(top)] > 2
    assert top[max(top)] == 1


def test_a_headline_on_the_first_page_is_known_on_the_other(newsroom: Newsroom) -> None:
    pages = linked(
        StoryRegion(id="lead", story="a", columns="1-2", rows="1-12", jump_to=3, headline=HeadlineSpec(style="head")),
        ArticleRegion(id="rest", story="a", columns="1-2", rows="1-12", jump_from=1),
    )
    copy = story("a", lines_of(34), headline="春风吹绿田野")
    first, second = laid_out(newsroom, pages, copy)
    assert (
        body(second)[0].paragraph.starts[body(second)[0].line.start]
        == (body(first)[-1].paragraph.starts[body(first)[-1].line.end])
    )


def test_a_notice_wider_than_its_column_is_told(newsroom: Newsroom) -> None:
    narrow = grid(columns=8, measure=6)
    pages = linked(
        ArticleRegion(id="lead", story="a", columns=1, rows="1-9", jump_to=3, jump="head"),
        ArticleRegion(id="rest", story="a", columns=1, rows="1-9", jump_from=1),
        on=(narrow, narrow),
    )
    first, _ = laid_out(newsroom, pages, story("a", lines_of(12, 6)))
    assert "page/jump-notice-too-wide" in first.codes


def test_a_part_too_small_for_its_notices_loses_nothing(newsroom: Newsroom) -> None:
    pages = linked(
        ArticleRegion(id="one", story="a", columns=1, rows=1, jump_to=3),
        ArticleRegion(id="two", story="a", columns=1, rows=1, jump_from=1, jump_to=5),
        ArticleRegion(id="three", story="a", columns=1, rows="1-9", jump_from=3),
    )
    laid = laid_out(newsroom, pages, story("a", lines_of(6)))
    joined = join_pages([one for each in laid for one in entries_of(each)], (), all_pages=True)
    assert next(one for one in joined.entries if one.story == "a").placed == 70


@settings(max_examples=40, deadline=None)
@given(
    paragraphs=st.lists(st.integers(1, 120), min_size=1, max_size=8),
    rows=st.tuples(st.integers(1, 14), st.integers(1, 14), st.integers(1, 14)),
    columns=st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)),
    byline=st.sampled_from(("", "（王静）")),
)
def test_law_a_text_over_pages_is_conserved(
    newsroom: Newsroom, paragraphs: list[int], rows: tuple[int, ...], columns: tuple[int, ...], byline: str
) -> None:
    """Each page balances by itself, and together they hold every character once and in order."""
    copy = story("a", *(han(count) for count in paragraphs), byline=byline)
    places = [(f"1-{wide}", f"1-{deep}") for wide, deep in zip(columns, rows, strict=True)]
    ends = [(msgspec.UNSET, 3), (1, 5), (3, msgspec.UNSET)]
    pages = linked(
        *(
            ArticleRegion(id=f"p{at}", story="a", columns=wide, rows=deep, jump_from=back, jump_to=on, balance=True)  # type: ignore[arg-type]
            for at, ((wide, deep), (back, on)) in enumerate(zip(places, ends, strict=True))
        )
    )
    laid = laid_out(newsroom, pages, copy)
    entries = [entry for each in laid for entry in entries_of(each)]
    joined = join_pages(entries, [copy], all_pages=True)
    assert joined.diagnostics == ()
    of_story = [one for one in joined.entries if one.story == "a"]
    assert [one.key for one in of_story] == [part.key for part in copy.parts]
    assert sum(one.characters for one in of_story) == sum(len(part.text) for part in copy.parts)
    for one in of_story:
        assert one.characters == one.placed + one.left_over + one.dropped
        assert one.elsewhere == 0


def test_a_line_lost_at_the_joint_does_not_pass_the_ledger(newsroom: Newsroom) -> None:
    copy = story("a", lines_of(30))
    first, second = laid_out(newsroom, two_pages(), copy)
    shares = [*entries_of(first), *entries_of(second)]
    cut = [
        msgspec.structs.replace(one, here=one.here[1:] if one.here and at else one.here)
        for at, one in enumerate(shares)
    ]
    assert join_pages(shares, [copy], all_pages=True).torn == frozenset()
    torn = join_pages(cut, [copy], all_pages=True)
    assert [one.code for one in torn.diagnostics] == ["ledger/lost"]
    assert torn.torn == {"a"}


def test_pages_that_pour_differently_do_not_pass_the_ledger(newsroom: Newsroom) -> None:
    """Page 1 laid out for another page 3 than the one that is printed."""
    copy = story("a", *(lines_of(3) for _ in range(9)))
    first, _ = laid_out(newsroom, two_pages(), copy)
    _, second = laid_out(newsroom, two_pages(rows=9), copy)
    shares = [*entries_of(first), *entries_of(second)]
    found = join_pages(shares, [copy], all_pages=True)
    assert {one.code for one in found.diagnostics} >= {"ledger/doubled"}


def test_a_paragraph_that_no_page_took_does_not_pass_the_ledger(newsroom: Newsroom) -> None:
    copy = story("a", *(lines_of(3) for _ in range(9)))
    first, second = laid_out(newsroom, two_pages(), copy)
    lost = body(second)[-1].paragraph.key
    shares = [one for one in (*entries_of(first), *entries_of(second)) if one.key != lost]
    found = join_pages(shares, [copy], all_pages=True)
    assert [(one.code, dict(one.values)["part"]) for one in found.diagnostics] == [("ledger/lost", lost)]


def test_of_one_page_alone_the_rest_is_elsewhere(newsroom: Newsroom) -> None:
    _, second = laid_out(newsroom, two_pages(), story("a", lines_of(30)))
    (entry,) = (one for one in join_pages(entries_of(second), (), all_pages=False).entries if one.story == "a")
    assert entry.elsewhere == 19 * 12 - 2
    assert entry.characters == entry.placed + entry.elsewhere
