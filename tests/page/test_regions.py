"""区域类型: what each kind of region promises of its pictures, lines and rules."""

from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, Rule
from layout_engine.base.units import pt, read_length
from layout_engine.content.art import Outline
from layout_engine.page.model import RegionLayout
from layout_engine.page.pictures import check_resolution, place_picture
from layout_engine.spec.model_regions import (
    AdRegion,
    BoxRegion,
    BriefRegion,
    EarRegion,
    FolioRegion,
    FrameRule,
    MastheadRegion,
    PhotoRegion,
    RegionSpec,
    RuleRegion,
    TintSpec,
    TypedLine,
)
from tests.kit.pages import EM, GRID, ROW, STYLES, Newsroom, line_text, page_of, photo, row_of, story, text_style
from tests.page.test_pour import han, lines_of

ASCENT = 880
T = TypeVar("T")
NOWHERE = Span("pages/01.yaml")
RULE = FrameRule(rule=read_length("1pt"), padding=read_length("4pt"))  # type: ignore[arg-type]


def rect_of(columns: tuple[int, int], rows: tuple[int, int]) -> Rect:
    (x, width), (y, height) = GRID.columns_rect(*columns), GRID.rows_rect(*rows)
    return Rect(x, y, width, height)


def marks(laid: RegionLayout, kind: type[T]) -> list[T]:
    return [one for one in laid.behind if isinstance(one, kind)]


# 图片

SIDES = st.integers(1, 5000)
ROOMS = st.builds(Rect, st.just(1000), st.just(2000), st.integers(pt(20), pt(800)), st.integers(pt(20), pt(1000)))
PERCENT = st.floats(0, 100)


def scales(picture: Picture) -> tuple[Fraction, Fraction]:
    left, top, right, bottom = picture.crop
    return Fraction(picture.rect.width, right - left), Fraction(picture.rect.height, bottom - top)


@settings(max_examples=300)
@given(SIDES, SIDES, ROOMS, PERCENT, PERCENT)
def test_a_filled_room_is_filled_and_the_picture_is_scaled_evenly_within_a_pixel(
    wide: int, high: int, room: Rect, x: float, y: float
) -> None:
    picture = place_picture("a.jpg", (wide, high), room, "fill", (x, y), NOWHERE)
    left, top, right, bottom = picture.crop
    assert picture.rect == room
    assert 0 <= left < right <= wide
    assert 0 <= top < bottom <= high
    assert right - left == wide or bottom - top == high, "no more is cut than must be"
    even = max(Fraction(room.width, wide), Fraction(room.height, high))
    assert abs(room.width / even - (right - left)) <= 1
    assert abs(room.height / even - (bottom - top)) <= 1


@settings(max_examples=300)
@given(SIDES, SIDES, ROOMS)
def test_a_fitted_picture_is_whole_inside_its_room_and_not_distorted(wide: int, high: int, room: Rect) -> None:
    picture = place_picture("a.jpg", (wide, high), room, "fit", (50, 50), NOWHERE)
    assert picture.crop == (0, 0, wide, high)
    assert room.contains(picture.rect)
    assert abs(picture.rect.width * high - picture.rect.height * wide) <= max(wide, high)
    assert picture.rect.width == room.width or picture.rect.height == room.height


@settings(max_examples=300)
@given(st.integers(100, 5000), st.integers(100, 5000), ROOMS, PERCENT, PERCENT)
def test_a_crop_keeps_its_focus(wide: int, high: int, room: Rect, x: float, y: float) -> None:
    left, top, right, bottom = place_picture("a.jpg", (wide, high), room, "fill", (x, y), NOWHERE).crop
    assert left <= wide * x / 100 + 1
    assert wide * x / 100 - 1 <= right
    assert top <= high * y / 100 + 1
    assert high * y / 100 - 1 <= bottom


def test_a_crop_is_as_near_its_focus_as_the_edges_allow() -> None:
    room = Rect(0, 0, pt(100), pt(100))
    crops = [place_picture("a", (300, 100), room, "fill", (x, 50), NOWHERE).crop for x in (0, 50, 100)]
    assert crops == [(0, 0, 100, 100), (100, 0, 200, 100), (200, 0, 300, 100)]


@pytest.mark.parametrize(
    ("pixels", "told"),
    [(149, ["page/too-low-resolution"]), (150, ["page/low-resolution"]), (199, ["page/low-resolution"]), (200, [])],
)
def test_too_few_pixels_are_told_and_enough_are_not(pixels: int, told: list[str]) -> None:
    picture = place_picture("a", (pixels, pixels), Rect(0, 0, pt(72), pt(72)), "fill", (50, 50), NOWHERE)
    assert [one.code for one in check_resolution([picture], 200, 150)] == told


def test_a_picture_takes_the_rows_that_its_caption_leaves(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1-2", rows="5-20"))
    laid = newsroom.lay_out(page, photo("p", caption=han(60), credit="刘帅 摄")).region("p")
    (picture,) = marks(laid, Picture)
    caption = [row_of(one) for one in laid.lines if one.paragraph.kind == "caption"]
    assert caption == [18, 19, 20]
    assert picture.rect == rect_of((1, 2), (5, 17))


def test_a_credit_shares_the_last_row_of_its_caption_where_an_em_stays_free(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1-2", rows="5-20"))
    laid = newsroom.lay_out(page, photo("p", caption=han(20 - 1), credit="刘帅摄")).region("p")
    caption, credit = laid.lines
    assert row_of(caption) == row_of(credit) == 20
    assert credit.x + credit.line.width == laid.rect.right
    assert credit.x - (caption.x + caption.line.width) >= EM


def test_a_credit_without_room_beside_its_caption_stands_under_it(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1-2", rows="5-20"))
    laid = newsroom.lay_out(page, photo("p", caption=han(25), credit="刘帅摄")).region("p")
    caption, credit = laid.lines
    assert (row_of(caption), row_of(credit)) == (19, 20)
    assert credit.x + credit.line.width == laid.rect.right


def test_a_credit_longer_than_a_line_is_broken_inside_its_region(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1", rows="5-20"))
    laid = newsroom.lay_out(page, photo("p", caption=han(5), credit=han(20))).region("p")
    assert "".join(line_text(one) for one in laid.lines if one.paragraph.kind == "credit") == han(20)
    assert all(laid.rect.x <= one.x and one.x + one.line.width <= laid.rect.right for one in laid.lines)


def test_a_picture_without_words_takes_every_row(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1-2", rows="5-20"))
    (picture,) = marks(newsroom.lay_out(page, photo("p")).region("p"), Picture)
    assert picture.rect == rect_of((1, 2), (5, 20))


def test_a_caption_that_leaves_no_room_is_an_error(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1", rows="5-7"))
    assert "page/no-room-for-picture" in newsroom.lay_out(page, photo("p", caption=han(60))).codes


def test_a_stand_in_is_told(newsroom: Newsroom) -> None:
    page = page_of(PhotoRegion(id="p", photo="p", columns="1-2", rows="5-20", stand_in=True))
    assert "page/stand-in" in newsroom.lay_out(page, photo("p")).codes


# 报头


def outline(width: int, height: int) -> Outline:
    return Outline("mark.svg", "", (0, 0, width * 1000, height * 1000), (("M", (0, 0)), ("L", (1000, 1000)), ("Z", ())))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 2000), st.integers(1, 2000))
def test_a_nameplate_is_never_stretched_and_never_leaves_its_room(newsroom: Newsroom, width: int, height: int) -> None:
    page = page_of(MastheadRegion(id="m", columns="1-3", rows="1-9", art="mark.svg", art_columns=2))
    laid = newsroom.lay_out(page, arts={"mark.svg": outline(width, height)}).region("m")
    (art,) = marks(laid, Art)
    room = rect_of((1, 2), (1, 9))
    assert room.contains(art.rect)
    assert abs(art.rect.width * height - art.rect.height * width) <= max(width, height)
    assert room.width - art.rect.width <= 1 + width / height or room.height - art.rect.height <= 1 + height / width


def test_typed_lines_stand_at_the_right_of_the_nameplate(newsroom: Newsroom) -> None:
    line = TypedLine(text="即墨区主办", style="typed")
    for art_columns in ({"art_columns": 2}, {}):
        page = page_of(MastheadRegion(id="m", columns="1-3", rows="1-9", art="mark.svg", lines=(line,), **art_columns))
        laid = newsroom.lay_out(page, arts={"mark.svg": outline(100, 100)})
        (art,) = marks(laid.region("m"), Art)
        assert laid.codes == []
        assert all(one.x >= art.rect.right + EM for one in laid.region("m").lines)


# 报眉


@pytest.mark.parametrize(("align", "at"), [("left", 0), ("centre", 1), ("right", 2)])
def test_a_folio_is_one_line_flush_or_centred(newsroom: Newsroom, align: str, at: int) -> None:
    region = FolioRegion(id="f", columns="1-5", rows=3, text="2024年5月21日 星期二", style="folio", align=align)  # type: ignore[arg-type]
    (line,) = newsroom.lay_out(page_of(region)).region("f").lines
    rect = rect_of((1, 5), (3, 3))
    assert line.x == rect.x + (rect.width - line.line.width) * at // 2
    assert row_of(line) == 3


def test_a_spread_folio_fills_the_width_with_even_gaps(newsroom: Newsroom) -> None:
    text = "2024年5月21日　农历四月十四　星期二　第3026期"
    region = FolioRegion(id="f", columns="1-5", rows=3, text=text, style="folio", align="spread")
    laid = newsroom.lay_out(page_of(region))
    lines, rect = laid.region("f").lines, laid.region("f").rect
    assert [line_text(one) for one in lines] == text.split("　")
    assert lines[0].x == rect.x
    assert lines[-1].x + lines[-1].line.width == rect.right
    gaps = [b.x - a.x - a.line.width for a, b in pairwise(lines)]
    assert max(gaps) - min(gaps) <= 1


def test_a_folio_too_wide_for_its_line_is_never_broken_but_told(newsroom: Newsroom) -> None:
    region = FolioRegion(id="f", columns=1, rows=3, text=han(30), style="folio", align="spread")
    laid = newsroom.lay_out(page_of(region))
    assert laid.codes == ["page/folio-too-wide"]
    assert len(laid.region("f").lines) == 1


def test_a_folio_stands_between_its_rules(newsroom: Newsroom) -> None:
    region = FolioRegion(
        id="f", columns="1-5", rows="3-4", text="星期二", style="folio", rule_above=RULE, rule_below=RULE
    )
    laid = newsroom.lay_out(page_of(region)).region("f")
    above, below = marks(laid, Rule)
    assert (above.rect.y, below.rect.bottom) == (laid.rect.y, laid.rect.bottom)
    assert above.rect.bottom < laid.lines[0].y < below.rect.y


def test_a_folio_whose_rules_leave_no_room_for_it_is_told(newsroom: Newsroom) -> None:
    region = FolioRegion(id="f", columns="1-5", rows=3, text="星期二", style="folio", rule_above=RULE, rule_below=RULE)
    assert newsroom.lay_out(page_of(region)).codes == ["page/text-too-tall"]


# 文字行: ear, ad


def test_each_line_of_an_ear_is_set_as_one_line_in_the_middle(newsroom: Newsroom) -> None:
    region = EarRegion(id="e", columns="4-5", rows="1-6", text="走在前 显担当\n作贡献", style="typed")
    laid = newsroom.lay_out(page_of(region)).region("e")
    assert [line_text(one) for one in laid.lines] == ["走在前 显担当", "作贡献"]
    above = laid.lines[0].y - EM * ASCENT // 1000 - laid.rect.y
    below = laid.rect.bottom - (laid.lines[-1].y + EM * (1000 - ASCENT) // 1000)
    assert abs(above - below) <= 2


def test_typed_lines_of_one_place_and_side_are_one_stack(newsroom: Newsroom) -> None:
    lines = (
        TypedLine(text="上", style="typed", place="top", align="left"),
        TypedLine(text="中一", style="typed", align="left"),
        TypedLine(text="中二", style="typed", align="left"),
        TypedLine(text="下", style="typed", place="bottom", align="right"),
    )
    laid = newsroom.lay_out(page_of(AdRegion(id="a", columns="1-2", rows="1-10", lines=lines)))
    y = {line_text(one): one.y for one in laid.region("a").lines}
    rect = laid.region("a").rect
    assert laid.codes == []
    assert y["上"] < y["中一"] < y["下"]
    assert y["中二"] - y["中一"] == STYLES["typed"].leading
    assert rect.y <= y["上"] - EM * ASCENT // 1000
    assert y["下"] + EM * (1000 - ASCENT) // 1000 <= rect.bottom


def test_stacks_that_run_into_each_other_are_told(newsroom: Newsroom) -> None:
    lines = (
        TypedLine(text=han(10), style="typed", align="left"),
        TypedLine(text=han(10), style="typed", align="right"),
    )
    assert newsroom.lay_out(page_of(AdRegion(id="a", columns="1-2", rows="1-10", lines=lines))).codes == []
    assert newsroom.lay_out(page_of(AdRegion(id="a", columns=1, rows="1-10", lines=lines))).codes == [
        "page/lines-collide"
    ]


def test_a_stack_taller_than_its_region_is_told(newsroom: Newsroom) -> None:
    lines = tuple(TypedLine(text="茶", style="typed") for _ in range(4))
    assert newsroom.lay_out(page_of(AdRegion(id="a", columns=1, rows="1-3", lines=lines))).codes == [
        "page/text-too-tall"
    ]


@pytest.mark.parametrize("place", ["top", "block", "bottom"])
@pytest.mark.parametrize("rows", [1, 2, 5])
def test_as_many_lines_fit_at_row_leading_as_there_are_rows(newsroom: Newsroom, rows: int, place: str) -> None:
    line = TypedLine(text="\n".join("茶" * rows), style="typed", place=place)  # type: ignore[arg-type]
    laid = newsroom.lay_out(page_of(AdRegion(id="a", columns=1, rows=f"1-{rows}", lines=(line,))))
    assert laid.codes == []
    rect = laid.region("a").rect
    assert rect.y <= laid.region("a").lines[0].y - EM * ASCENT // 1000
    assert laid.region("a").lines[-1].y + EM - EM * ASCENT // 1000 <= rect.bottom
    more = AdRegion(id="a", columns=1, rows=f"1-{rows}", lines=(line, msgspec.structs.replace(line, text="茶")))
    assert newsroom.lay_out(page_of(more)).codes == ["page/text-too-tall"]


def test_a_blank_line_keeps_its_height(newsroom: Newsroom) -> None:
    text = "\n甲\n\n　\n乙\n丙\n"
    laid = newsroom.lay_out(page_of(EarRegion(id="e", columns=1, rows="1-20", text=text, style="typed")))
    assert [line_text(one) for one in laid.region("e").lines] == ["甲", "乙", "丙"]
    first, second, third = (one.y for one in laid.region("e").lines)
    leading = STYLES["typed"].leading
    assert (second - first, third - second) == (3 * leading, leading)


def test_a_placed_advertisement_stays_whole_inside_its_frame(newsroom: Newsroom) -> None:
    region = AdRegion(id="a", columns="1-2", rows="1-10", art="ads/tea.png", frame=RULE)
    laid = newsroom.lay_out(page_of(region), pixels={"ads/tea.png": (900, 300)}).region("a")
    (picture,) = marks(laid, Picture)
    assert picture.crop == (0, 0, 900, 300)
    assert laid.rect.inset(pt(5)).contains(picture.rect)
    assert len(marks(laid, Rule)) == 4


# 简讯


def test_a_brief_stands_under_its_headline_in_one_column(newsroom: Newsroom) -> None:
    page = page_of(BriefRegion(id="b", story="b", columns=2, rows="4-12"))
    laid = newsroom.lay_out(page, story("b", lines_of(3), headline="温泉茶开采")).region("b")
    assert [row_of(one) for one in laid.lines] == [4, 5, 6, 7]
    assert laid.lines[0].paragraph.kind == "headline"
    assert {one.x for one in laid.lines} == {GRID.columns_rect(2, 2)[0]}


def test_a_larger_headline_of_a_brief_takes_the_rows_it_covers(newsroom: Newsroom) -> None:
    styles = STYLES | {"large": text_style("large", size=pt(16), leading=2 * ROW, indent=0)}
    page = page_of(BriefRegion(id="b", story="b", columns=2, rows="4-12", headline="large"), styles=styles)
    laid = newsroom.lay_out(page, story("b", lines_of(3), headline="温泉茶")).region("b")
    assert [row_of(one) for one in laid.lines[1:]] == [6, 7, 8]


# 线, 框


def rule_region(**written: object) -> RuleRegion:
    return RuleRegion(id="r", weight=read_length("1pt"), **written)  # type: ignore[arg-type]


def test_a_rule_stands_in_the_middle_of_its_rows(newsroom: Newsroom) -> None:
    (rule,) = marks(newsroom.lay_out(page_of(rule_region(columns="1-5", rows=9))).region("r"), Rule)
    assert rule.rect == Rect(GRID.type_area.x, GRID.rows_rect(9, 9)[0] + (EM - pt(1)) // 2, GRID.type_area.width, pt(1))


def test_a_vertical_rule_reaches_from_row_to_row_or_to_the_rules_there(newsroom: Newsroom) -> None:
    for ends, short in (("rows", 0), ("rules", (EM - pt(1)) // 2)):
        spec = rule_region(columns=2, rows="3-9", direction="vertical", ends=ends)
        (rule,) = marks(newsroom.lay_out(page_of(spec)).region("r"), Rule)
        y, height = GRID.rows_rect(3, 9)
        assert (rule.rect.y, rule.rect.height) == (y + short, height - 2 * short)


def test_a_double_rule_is_centred_as_a_pair_and_never_overlaps(newsroom: Newsroom) -> None:
    for direction in ("horizontal", "vertical"):
        laid = newsroom.lay_out(page_of(rule_region(columns=2, rows=9, direction=direction, double=True))).region("r")
        one, two = (rule.rect for rule in marks(laid, Rule))
        assert not one.overlaps(two)
        before, after = (
            (one.y - laid.rect.y, laid.rect.bottom - two.bottom)
            if direction == "horizontal"
            else (one.x - laid.rect.x, laid.rect.right - two.right)
        )
        assert abs(before - after) <= 1


def test_a_box_is_a_tint_and_a_frame_whose_corners_never_double(newsroom: Newsroom) -> None:
    spec = BoxRegion(id="b", columns="1-2", rows="1-9", frame=RULE, tint=TintSpec(ink="black", percent=12.5))
    laid = newsroom.lay_out(page_of(spec)).region("b")
    (fill,), rules = marks(laid, Fill), [one.rect for one in marks(laid, Rule)]
    assert (fill.rect, fill.percent) == (laid.rect, 1250)
    assert len(rules) == 4
    assert not any(one.overlaps(other) for at, one in enumerate(rules) for other in rules[:at])
    around = 2 * (laid.rect.width + laid.rect.height) - 4 * pt(1)
    assert sum(one.width * one.height for one in rules) == around * pt(1)


@pytest.mark.parametrize(
    "spec",
    [
        PhotoRegion(id="x", photo="none", columns=1, rows=1),
        BriefRegion(id="x", story="none", columns=1, rows=1),
        AdRegion(id="x", columns=1, rows=1, art="none.png"),
        MastheadRegion(id="x", columns=1, rows=1, art="none.svg"),
        EarRegion(id="x", columns=1, rows=1, text="", style="typed"),
        FolioRegion(id="x", columns=1, rows=1, text="", style="folio", align="spread"),
    ],
)
def test_a_region_without_its_copy_is_empty_and_raises_nothing(newsroom: Newsroom, spec: RegionSpec) -> None:
    assert newsroom.lay_out(page_of(spec)).region("x").lines == ()
