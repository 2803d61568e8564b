"""图文绕排: whatever stands inside a story's text, lines keep clear of it, are wide enough and filled, and read on."""

from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.geometry import Rect
from layout_engine.page.model import LineSlot
from layout_engine.page.slots import LEAST_MEASURE, TextColumn, column_slots, shortened
from layout_engine.spec.model_regions import ArticleRegion, BoxRegion
from layout_engine.spec.resolved import Obstacle, Region
from tests.kit.generated import paragraphs
from tests.kit.pages import EM, GRID, ROW, Newsroom, page_of, region, story

FIRST_ROW, LAST_ROW = 3, 26
BLANK = ROW - EM  # between the em boxes of two rows


@st.composite
def obstacles(draw: st.DrawFn, within: Rect) -> tuple[Obstacle, ...]:
    """Up to three rectangles anywhere in `within`, off the grid as well."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        width, height = draw(st.integers(EM, within.width)), draw(st.integers(EM, within.height))
        x = within.x + draw(st.integers(0, within.width - width))
        y = within.y + draw(st.integers(0, within.height - height))
        found.append(Obstacle(f"box-{number}", Rect(x, y, width, height), draw(st.integers(EM // 2, EM))))
    return tuple(found)


def host_rect(columns: str) -> Rect:
    return region(ArticleRegion(id="a", story="a", columns=columns, rows=f"{FIRST_ROW}-{LAST_ROW}")).rect


def room_kept(one: Obstacle) -> Rect:
    """What no em box of the text may reach into."""
    return Rect(one.rect.x - one.gap, one.rect.y - BLANK, one.rect.width + 2 * one.gap, one.rect.height + 2 * BLANK)


def box_of(slot: LineSlot) -> Rect:
    return Rect(slot.x, slot.baseline - EM * 880 // 1000, slot.width, EM)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_slots_keep_clear_of_every_obstacle_and_are_wide_enough(data: st.DataObject) -> None:
    rect = host_rect("1-4")
    around = data.draw(obstacles(rect))
    columns = [TextColumn(GRID.columns_rect(n, n)[0], GRID.measure, FIRST_ROW, LAST_ROW) for n in range(1, 5)]
    slots = column_slots(GRID, columns, around)
    for slot in slots:
        column = columns[slot.column]
        assert slot.width >= LEAST_MEASURE * EM
        assert slot.width % EM == 0
        assert column.x <= slot.x
        assert slot.x + slot.width <= column.x + column.width
        assert not any(room_kept(one).overlaps(box_of(slot)) for one in around)
    for slot, after in pairwise(slots):
        follows = slot.column == after.column and slot.row + 1 == after.row
        assert (slot.column, slot.row) < (after.column, after.row)
        assert after.run == slot.run + (not follows)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_row_loses_no_more_than_it_must(data: st.DataObject) -> None:
    rect = host_rect("1-4")
    (first, *_) = around = data.draw(obstacles(rect))[:1]
    column = TextColumn(rect.x, rect.width // EM * EM, FIRST_ROW, LAST_ROW)
    held = {slot.row: slot.width for slot in column_slots(GRID, [column], around)}
    for row in range(FIRST_ROW, LAST_ROW + 1):
        top, height = GRID.rows_rect(row, row)
        if not room_kept(first).overlaps(Rect(column.x, top, column.width, height)):
            assert held[row] == column.width
            continue
        sides = (first.rect.x - first.gap - column.x, column.x + column.width - first.rect.right - first.gap)
        wider = max(sides) // EM * EM
        assert held.get(row, 0) == (wider if wider >= LEAST_MEASURE * EM else 0)


@settings(max_examples=60, deadline=None)
@given(st.data(), paragraphs)
def test_text_around_obstacles_is_whole_filled_and_in_order(
    newsroom: Newsroom, data: st.DataObject, texts: list[str]
) -> None:
    columns = data.draw(st.sampled_from(("1-2", "1-3", "2-5")))
    around = data.draw(obstacles(host_rect(columns)))
    host = ArticleRegion(
        id="a",
        story="a",
        columns=columns,
        rows=f"{FIRST_ROW}-{LAST_ROW}",
        text_columns=data.draw(st.integers(1, 3)),
        balance=data.draw(st.booleans()),
    )
    insets: list[Region] = [
        region(BoxRegion(id=one.id, inside="a", columns=1, rows=1), rect=one.rect) for one in around
    ]
    laid = newsroom.lay_out(page_of(host, *insets), story("a", *texts))
    lines = laid.region("a").lines
    kept_free = [room_kept(msgspec.structs.replace(one, gap=EM)) for one in around]
    for one in lines:
        box = Rect(one.x, one.y - EM * 880 // 1000, one.line.width, EM)
        assert not any(each.overlaps(box) for each in kept_free)
        if one.paragraph.kind == "body":
            assert one.line.measure >= LEAST_MEASURE * EM
            assert one.line.width == one.line.measure or one.line.last or one.line.last_resort
    over = {account.part.key: account.left_over for account in laid.region("a").accounts}
    for key, left_over in over.items():
        mine = [one.line for one in lines if one.paragraph.key == key]
        assert all(before.end == after.start for before, after in pairwise(mine))
        assert left_over or mine


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(0, 60))
def test_shortened_around_obstacles_no_column_reaches_below_what_was_taken_off(data: st.DataObject, slots: int) -> None:
    around = data.draw(obstacles(host_rect("1-4")))
    columns = [TextColumn(GRID.columns_rect(n, n)[0], GRID.measure, FIRST_ROW, LAST_ROW) for n in range(1, 5)]
    chain = column_slots(GRID, columns, around)
    short = shortened(chain, slots)
    taken = set(chain) - set(short)
    assert len(taken) == min(slots, len(chain))
    deepest = max((slot.row for slot in short), default=0)
    assert all(slot.row >= deepest for slot in taken)
