"""走文: what the pour promises where a column ends, and that nothing is ever lost."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Findings
from layout_engine.page import pour as pour_module
from layout_engine.page.body import BodyStyles, fullness, shape_body
from layout_engine.page.model import LineSlot
from layout_engine.page.pour import Block, Poured, PouredLine, pour
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import TextColumn, column_slots
from layout_engine.spec.model_regions import ArticleRegion
from tests.kit.pages import EM, GRID, STYLES, Newsroom, page_of, story

HAN = "春天的风吹过田野村庄河流山川"
UNEVEN = 4  # 字 by which the wider column is wider


def han(count: int) -> str:
    """A paragraph of `count` characters of Han, without marks: a line of n 字 takes n of them."""
    return (HAN * (count // len(HAN) + 1))[:count]


def lines_of(count: int, measure: int = 12) -> str:
    """A paragraph whose text fills exactly `count` lines."""
    return han(count * measure - 2)


def chain_of(*columns: tuple[int, int]) -> tuple[LineSlot, ...]:
    """Columns given as (rows, measure in 字), side by side from row 1."""
    return column_slots(GRID, [TextColumn(100 * EM * at, m * EM, 1, rows) for at, (rows, m) in enumerate(columns)])


def blocks_of(newsroom: Newsroom, *paragraphs: str, byline: str = "") -> tuple[Block, ...]:
    page = page_of(ArticleRegion(id="a", story="a", columns=1, rows=1))
    desk = Composing(page, None, {}, {}, newsroom.faces, (), Findings())  # type: ignore[arg-type]
    styles = BodyStyles(STYLES["body"], STYLES["crosshead"], STYLES["byline"])
    return shape_body(story("a", *paragraphs, byline=byline), styles, desk)


def poured(
    newsroom: Newsroom, columns: Sequence[tuple[int, int]], *paragraphs: str, byline: str = ""
) -> tuple[Poured, list[list[str]]]:
    """The pour, and the texts of its lines column by column; the last list holds what is over."""
    chain = chain_of(*columns)
    result = pour(blocks_of(newsroom, *paragraphs, byline=byline), chain)
    by_column: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for one in result.lines:
        by_column[one.slot.column if one.slot else len(columns)].append(text(one))
    return result, by_column


def text(one: PouredLine) -> str:
    return one.paragraph.text[one.paragraph.starts[one.line.start] : one.paragraph.starts[one.line.drawn]]


def test_text_that_fits_stands_line_under_line_from_the_first_slot(newsroom: Newsroom) -> None:
    result, columns = poured(newsroom, [(5, 12)], lines_of(2), lines_of(1))
    assert [one.slot.row for one in result.lines if one.slot] == [1, 2, 3]
    assert columns == [[han(34)[:10], han(34)[10:22], han(10)], []]
    assert (result.used, result.lines_over, result.gave_up) == (3, 0, False)


def test_no_text_takes_no_slot(newsroom: Newsroom) -> None:
    nothing = pour((), chain_of((5, 12)))
    assert (nothing.lines, nothing.used, nothing.lines_over) == ((), 0, 0)


def test_a_last_line_never_stands_alone_at_a_column_head(newsroom: Newsroom) -> None:
    result, (first, second, over) = poured(newsroom, [(6, 12), (6, 12)], lines_of(3), han(10 + 24 + 4), lines_of(2))
    widow = next(one for one in result.lines if one.slot and one.slot.column == 1)
    assert not widow.line.last
    assert over == []
    assert len(first) in (5, 6)
    assert len(second) >= 3


def test_a_full_last_line_may_head_a_column(newsroom: Newsroom) -> None:
    """TY-63: it is no widow where it fills two thirds of the measure."""
    _, (first, second, _) = poured(newsroom, [(6, 12), (6, 12)], lines_of(3), han(10 + 24 + 9), lines_of(2))
    assert len(first) == 6
    assert second[0] == han(43)[-9:]


def test_a_first_line_is_kept_from_a_column_foot_where_the_text_before_can_be_set_longer(newsroom: Newsroom) -> None:
    marks = "春天的风，吹过田野，村庄河流，山川万物，都在生长，"  # marks give the lines above something to give
    result, (first, second, _) = poured(newsroom, [(6, 12), (6, 12)], marks * 2 + han(9), lines_of(3))
    assert len(first) == 6
    start = next(one for one in result.lines if one.paragraph.key == "a/body-2")
    assert start.slot is not None
    assert (start.slot.column, start.slot.row) != (0, 6)
    assert second


def test_a_crosshead_has_two_rows_of_text_under_it(newsroom: Newsroom) -> None:
    for above in range(1, 8):
        result, _ = poured(newsroom, [(8, 12), (20, 12)], lines_of(above), "## 小标题", lines_of(6))
        head = next(one for one in result.lines if one.paragraph.kind == "crosshead")
        assert head.slot is not None
        assert head.rows == 2
        under = [
            one for one in result.lines
            if one.slot and one.slot.column == head.slot.column and one.slot.row >= head.slot.row + head.rows
        ]  # fmt: skip
        assert len(under) >= 2, f"{above} lines above"


def test_a_crosshead_never_reaches_below_its_column(newsroom: Newsroom) -> None:
    result, columns = poured(newsroom, [(3, 12), (3, 12), (8, 12)], lines_of(2), "## 小标题", lines_of(3))
    head = next(one for one in result.lines if one.paragraph.kind == "crosshead")
    assert head.slot is not None
    assert head.slot.column == 2, "no column of three rows holds a crosshead and two rows under it"
    assert columns[1] == []


def test_a_crosshead_without_room_anywhere_is_over_and_counted_in_rows(newsroom: Newsroom) -> None:
    result, columns = poured(newsroom, [(3, 12), (3, 12)], lines_of(2), "## 小标题", lines_of(3))
    assert columns[2][0] == "小标题"
    assert result.lines_over == 2 + 3


def test_a_byline_stands_beside_the_last_words_if_an_em_is_free(newsroom: Newsroom) -> None:
    result, _ = poured(newsroom, [(6, 12)], han(10 + 7), byline="（王静）")
    before, byline = result.lines[-2:]
    assert byline.beside
    assert byline.slot == before.slot
    assert before.line.width + EM + byline.line.width <= before.line.measure
    assert result.used == 2


def test_a_byline_stands_on_a_line_of_its_own_where_the_last_words_leave_too_little(newsroom: Newsroom) -> None:
    result, (column, _) = poured(newsroom, [(6, 12)], han(10 + 9), byline="（王静）")
    assert not result.lines[-1].beside
    assert column[-1] == "（王静）"
    assert result.used == 3


def test_a_byline_wider_than_the_column_is_broken_and_loses_nothing(newsroom: Newsroom) -> None:
    byline = "（王静　刘帅　周程林　刘云睿　李明　张海）"
    result, _ = poured(newsroom, [(9, 12)], lines_of(1), byline=byline)
    own = [one for one in result.lines if one.paragraph.kind == "byline"]
    assert len(own) > 1
    assert "".join(text(one) for one in own).replace("　", "") == byline.replace("　", "")


def test_a_byline_is_not_left_alone_at_a_column_head(newsroom: Newsroom) -> None:
    marks = "春天的风，吹过田野，村庄河流，山川万物，都在生长，"
    result, (_, second, _) = poured(newsroom, [(7, 12), (7, 12)], marks * 3 + han(8), byline="（王静）")
    assert second != ["（王静）"]
    assert result.lines_over == 0


def test_a_paragraph_is_broken_well_through_the_joint_of_two_measures(newsroom: Newsroom) -> None:
    result, (narrow, wide, over) = poured(newsroom, [(4, 12), (4, 16)], han(10 + 3 * 12 + 2 * 16 + 11))
    assert [len(one) for one in narrow] == [10, 12, 12, 12]
    assert [len(one) for one in wide] == [16, 16, 11]
    assert all(one.line.width == one.line.measure for one in result.lines[:-1])
    assert over == []


def test_the_last_lines_before_a_joint_are_set_for_what_comes_after_it(newsroom: Newsroom) -> None:
    marks = "春天的风，吹过田野村庄，河流山川万物，都在生长发芽，" * 5
    result, _ = poured(newsroom, [(5, 12), (9, 16)], marks)
    for one in result.lines:
        assert one.slot is not None
        assert one.line.measure == one.slot.width
        if not one.line.last:
            assert one.line.width == one.slot.width


def test_what_is_over_is_counted_exactly_in_lines_and_characters(newsroom: Newsroom) -> None:
    copy = story("a", lines_of(3), lines_of(4))
    chain = chain_of((3, 12), (2, 12))
    result = pour(blocks_of(newsroom, lines_of(3), lines_of(4)), chain)
    full = fullness(copy, result, chain)
    assert (full.lines_over, full.characters_over) == (2, 24)
    assert (full.rows_under, full.characters_under) == (0, 0)


def test_what_is_under_is_counted_exactly_in_rows_and_characters(newsroom: Newsroom) -> None:
    chain = chain_of((4, 12), (4, 16))
    result = pour(blocks_of(newsroom, lines_of(3)), chain)
    full = fullness(story("a", lines_of(3)), result, chain)
    assert (full.rows_under, full.characters_under) == (5, 12 + 4 * 16)
    assert full.lines_over == 0


def test_a_story_that_is_over_is_never_under_as_well(newsroom: Newsroom) -> None:
    chain = chain_of((5, 12))
    result = pour(blocks_of(newsroom, lines_of(3), "## 小标题", lines_of(3)), chain)
    full = fullness(story("a"), result, chain)
    assert full.lines_over == 2 + 3
    assert full.rows_under == 0


def test_without_any_slot_everything_is_over(newsroom: Newsroom) -> None:
    result = pour(blocks_of(newsroom, lines_of(2), "## 小标题", lines_of(1), byline="（王静）"), ())
    assert all(one.slot is None for one in result.lines)
    assert result.used == 0
    assert result.lines_over >= 2 + 2 + 1


def test_a_search_that_gives_up_says_so_and_loses_nothing(newsroom: Newsroom, monkeypatch: object) -> None:
    monkeypatch.setattr(pour_module, "_MAX_STEPS", 3)  # type: ignore[attr-defined]
    paragraphs = [lines_of(3), han(38), lines_of(5)]
    result, columns = poured(newsroom, [(6, 12), (6, 12)], *paragraphs)
    assert result.gave_up
    assert "".join(map("".join, columns)) == "".join(paragraphs)


WORDS = ("春天，", "“风吹”", "2024年", "ABC ", "田野。", "河流、", "——")
PARAGRAPHS = st.lists(
    st.one_of(
        st.integers(1, 90).map(han),
        st.just("## 小标题"),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(lambda words: "山" + "".join(words).strip()),
    ),
    min_size=0,
    max_size=7,
)
COLUMNS = st.lists(st.tuples(st.integers(1, 9), st.integers(8, 16)), min_size=0, max_size=5)


@settings(max_examples=120, deadline=None)
@given(PARAGRAPHS, COLUMNS, st.sampled_from(["", "（王静）", "（周程林　刘云睿　本报记者　李明）"]))
def test_every_character_is_set_once_and_in_order_and_every_slot_is_used_once(
    newsroom: Newsroom, paragraphs: list[str], columns: list[tuple[int, int]], byline: str
) -> None:
    blocks = blocks_of(newsroom, *paragraphs, byline=byline)
    chain = chain_of(*columns)
    result = pour(blocks, chain)
    wanted = [shaped for block in blocks for shaped in (block.paragraph, block.byline) if shaped is not None]
    set_paragraphs = [list(group) for _, group in groupby(result.lines, key=lambda one: one.paragraph.key)]
    assert [group[0].paragraph.key for group in set_paragraphs] == [one.key for one in wanted]
    for group, shaped in zip(set_paragraphs, wanted, strict=True):
        assert group[0].line.start == 0
        assert group[-1].line.end == len(shaped)
        assert all(a.line.end == b.line.start for a, b in pairwise(group))
    taken: list[tuple[int, int]] = []
    over = False
    for one in result.lines:
        over = over or one.slot is None
        assert (one.slot is None) == over, "once the slots have run out, nothing finds one again"
        if one.slot is not None and not one.beside:
            rows = [(one.slot.column, one.slot.row + n) for n in range(one.rows)]
            assert all(place in {(s.column, s.row) for s in chain} for place in rows), "inside its column"
            taken += rows
    assert taken == sorted(set(taken))
    assert result.lines_over == sum(one.rows for one in result.lines if one.slot is None and not one.beside)


def test_two_lines_are_not_torn_apart_by_a_joint(newsroom: Newsroom) -> None:
    _, (_, second, _) = poured(newsroom, [(6, 12), (9, 12)], lines_of(5), han(10 + 3), lines_of(2))
    assert second[:2] == [han(10), han(13)[10:]]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(1, 90).map(han), max_size=7), st.lists(st.integers(5, 9), min_size=2, max_size=5))
def test_no_widow_where_every_column_could_spare_a_row(
    newsroom: Newsroom, paragraphs: list[str], rows: list[int]
) -> None:
    result = pour(blocks_of(newsroom, *paragraphs), chain_of(*((n, 12) for n in rows)))
    if result.gave_up or result.lines_over or result.used + len(rows) > sum(rows):
        return
    for above, below in pairwise(result.lines):
        assert above.slot
        assert below.slot
        if above.slot.column != below.slot.column and below.line.last and below.line.start:
            assert 3 * below.line.width >= 2 * below.line.measure
