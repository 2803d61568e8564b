"""Headlines (标题), horizontal and vertical (竖题): TY-80 to TY-84, TY-90 to TY-97."""

from itertools import pairwise
from typing import Any

import pytest
import uharfbuzz as hb

from layout_engine.base.units import pt
from layout_engine.spec.model_regions import HeadlineSpec, StoryRegion
from layout_engine.typography.vertical import CORNER_FIRST
from tests.clreq.measure import Line, ink_box, lines_of
from tests.clreq.off import NO_SQUEEZE
from tests.clreq.press import Press, Printed
from tests.clreq.rule import Switch, patched, rule
from tests.clreq.test_marks import NEAR, close
from tests.kit.pages import STYLES, page_of, story, text_style
from tests.pdf.reader import Shown, read_glyphs

HEAD_PT = 20


class Sideways(hb.Buffer):
    """A buffer that is shaped as a horizontal line whatever it is told."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, "ltr" if name == "direction" else value)


NO_VERT = patched("layout_engine.typography.glyphs.hb.Buffer", Sideways)


def headed(press: Press, headline: str, *, names: tuple[str, ...] = (), columns: str = "1-2", **more: Any) -> Printed:
    """A story with this headline over `columns`."""
    direction = more.pop("direction", "horizontal")
    place = "left" if direction == "vertical" else "top"
    least, most = more.pop("sizes", (HEAD_PT, HEAD_PT))
    head = text_style("head", size_least=pt(least), size_most=pt(most), leading=pt(30), indent=0, lines_most=3,
                      align="centre", half_digits=False, **more)  # fmt: skip
    spec = HeadlineSpec(style="head", direction=direction, place=place)
    region = StoryRegion(id="lead", story="lead", columns=columns, rows="1-30", headline=spec)
    styles = {**STYLES, "head": head}
    copy = story("lead", "正文。", headline=press.copy(headline))
    return press.page(page_of(region, styles=styles), copy, names=names)


def head_lines(printed: Printed) -> list[Line]:
    """The headline's lines, in em of the headline."""
    size = next(one.size for one in read_glyphs(printed.pdf))
    return [line for line in lines_of(printed.pdf, 50.0, size) if line.glyphs[0].size == size]


def vertical(printed: Printed) -> list[Shown]:
    """The headline's glyphs that stand one under another."""
    return [one for one in read_glyphs(printed.pdf) if one.font.endswith("V")]


@rule("TY-80", off=Switch(copy=(("春播开始", "春 开始"),)))
def test_ty80_upright_han_stand_one_em_under_each_other(press: Press) -> None:
    glyphs = vertical(headed(press, "春播开始", direction="vertical"))
    assert "".join(one.text for one in glyphs) == "春播开始"
    assert len({one.x for one in glyphs}) == 1
    steps = [above.y - below.y for above, below in pairwise(glyphs)]
    assert steps == [NEAR(HEAD_PT, abs=0.1)] * 3


def box(printed: Printed, mark: str, vertical_: bool) -> tuple[float, float, float, float]:
    one = next(one for one in read_glyphs(printed.pdf) if one.text == mark and one.font.endswith("V") == vertical_)
    return ink_box(printed.pdf, one)  # type: ignore[arg-type]


@rule("TY-81", off=NO_VERT)
@pytest.mark.parametrize("mark", "，。、（）《》")
def test_ty81_marks_take_their_vertical_glyphs(press: Press, mark: str) -> None:
    copy = f"汉{mark}字"
    upright = box(headed(press, copy, direction="vertical"), mark, True)
    assert upright != box(headed(press, copy), mark, False)
    if mark in "，。、":  # to the upper right
        left, bottom, _, _ = upright
        assert left > 0.5
        assert bottom > 0.4


@rule("TY-81", off=NO_VERT)
def test_ty81_the_dash_turns_and_stands_in_the_middle(press: Press) -> None:
    printed = headed(press, "汉——字", direction="vertical")
    dash = next(one for one in vertical(printed) if one.text.startswith("—"))
    left, bottom, right, top = ink_box(printed.pdf, dash)  # type: ignore[arg-type]
    assert top - bottom > 4 * (right - left)


@rule("TY-82", off=patched("layout_engine.typography.shape.DOUBLE_OUTSIDE", CORNER_FIRST))
@pytest.mark.parametrize(("quote", "corner"), [("“", "『"), ("”", "』"), ("‘", "「"), ("’", "」")])
def test_ty82_quotes_become_corner_brackets_by_glyph(press: Press, quote: str, corner: str) -> None:
    printed = headed(press, f"汉{quote}字", direction="vertical")
    assert "".join(one.text for one in vertical(printed)) == f"汉{quote}字"  # the text is as it was
    assert box(printed, quote, True) == box(headed(press, f"汉{corner}字", direction="vertical"), corner, True)


@rule("TY-91", off=Switch(copy=(("。", ""),)))
def test_ty91_a_full_stop_at_the_end_of_a_headline_is_found(press: Press) -> None:
    assert "headline/full-stop" in headed(press, "春播开始农机下地。").codes


@rule("TY-91", off=Switch(copy=(("？", ""),)))
def test_ty91_other_marks_stay(press: Press) -> None:
    assert "".join(line.text for line in head_lines(headed(press, "春播开始了吗？"))) == "春播开始了吗？"


@rule("TY-92", off=Switch(copy=(("蓝谷管理局", "蓝谷\n管理局"),)))
def test_ty92_a_name_is_not_divided(press: Press) -> None:
    for copy in ("我市今年上半年蓝谷管理局办公", "今年五月上旬我市蓝谷管理局迁址"):
        lines = head_lines(headed(press, copy, names=("蓝谷管理局",)))
        assert len(lines) > 1
        assert any("蓝谷管理局" in line.text for line in lines)


@rule("TY-93", off=Switch(copy=(("春播今日全面开始农机纷纷下地忙", "春播\n今日全面开始农机纷"),)))
def test_ty93_two_lines_are_of_about_one_width(press: Press) -> None:
    lines = head_lines(headed(press, "春播今日全面开始农机纷纷下地忙", columns="1-2"))
    assert len(lines) == 2
    widths = [line.right - line.glyphs[0].x for line in lines]
    assert max(widths) - min(widths) <= 0.2 * max(widths)


@rule("TY-94", off=Switch(copy=(("春播开始农机下地", "春播开始农机下地" * 9),)))
def test_ty94_a_headline_fits_within_its_steps_of_size(press: Press) -> None:
    printed = headed(press, "春播开始农机下地", sizes=(12, 26), columns="1")
    assert "headline/does-not-fit" not in printed.codes
    lines = head_lines(printed)
    assert all(12 <= glyph.size <= 26 for line in lines for glyph in line.glyphs)
    assert all(line.right * line.glyphs[0].size <= 12 * 9 + 0.01 for line in lines)


@rule("TY-94", off=Switch(copy=(("春播" * 40, "春播"),)))
def test_ty94_what_cannot_be_made_to_fit_is_an_error_with_its_length(press: Press) -> None:
    printed = headed(press, "春播" * 40, columns="1")
    assert "headline/does-not-fit" in printed.codes
    assert int(printed.laid.value("headline/does-not-fit", "over")) > 0


@rule("TY-95", off=NO_SQUEEZE)
def test_ty95_marks_are_squeezed_and_the_ink_is_centred(press: Press) -> None:
    (line,) = head_lines(headed(press, "“春播”：“开始"))
    assert line.distance("春", "开") == close(2 + 1.5 + 0.5) or line.distance("播", "开") == close(1 + 2)
    left, right = line.glyphs[0].x + 0.5, line.right
    assert left * HEAD_PT == NEAR((24 * 9 + 13.5) - right * HEAD_PT, abs=0.1)


@rule("TY-95", off=Switch(copy=(("，", "\n，"),)))
def test_ty95_line_edges_hold_in_headlines(press: Press) -> None:
    for copy in ("春播开始，农机下地，全面推进", "今日“春播”开始，“农机”下地忙"):
        lines = head_lines(headed(press, copy, columns="1"))
        assert len(lines) > 1
        assert not any(line.text[0] in "，。”？！" or line.text[-1] in "“《（" for line in lines)


