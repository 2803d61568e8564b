"""Each style of composing in the PDF (排版风格): the table "Styles" of the standard, typed again."""

from itertools import pairwise
from typing import Final, NamedTuple

import pytest

from layout_engine.spec.rule_styles import RULE_STYLES
from tests.clreq.off import NO_SQUEEZE
from tests.clreq.press import Press
from tests.clreq.rule import rule, styled
from tests.clreq.test_marks import close
from tests.clreq.texts import HARD, SWEEP

GB: Final = styled(rules=RULE_STYLES["gb"])
QUANJIAO: Final = styled(rules=RULE_STYLES["quanjiao"])


class Row(NamedTuple):
    """A row's cells for one style."""

    stop: float  # a lone 。？！ between Han
    mark: float  # any other lone mark
    start: float  # an opening mark at a line's start
    end: float  # a mark at a line's end


TABLE: Final = {
    "gb": Row(1, 1, 0.5, 0.5),
    "basic": Row(1, 1, 0.5, 0.5),
    "strict": Row(1, 1, 0.5, 0.5),
    "kaiming": Row(1, 0.5, 0.5, 0.5),
    "quanjiao": Row(1, 1, 1, 1),
    "banjiao": Row(0.5, 0.5, 0.5, 0.5),
}


def lone(press: Press, name: str, mark: str) -> float:
    (line,) = press.set(f"汉{mark}字", rules=RULE_STYLES[name])
    return line.distance("汉", "字") - 1


@rule("TY-11", off=styled(rules=RULE_STYLES["banjiao"]))
@pytest.mark.parametrize("name", ["gb", "basic", "strict", "quanjiao"])
def test_ty11_a_lone_mark_keeps_one_em_in_the_styles_of_full_cells(press: Press, name: str) -> None:
    assert [lone(press, name, mark) for mark in "。？！，、；：“”《》（）"] == [close(1)] * 13


@rule("TY-11", off=GB)
@pytest.mark.parametrize("name", ["kaiming", "banjiao"])
def test_ty11_a_lone_mark_takes_half_an_em_in_kaiming_and_banjiao(press: Press, name: str) -> None:
    row = TABLE[name]
    assert [lone(press, name, mark) for mark in "。？！"] == [close(row.stop)] * 3
    assert [lone(press, name, mark) for mark in "，、；：“”《》（）"] == [close(row.mark)] * 10


@rule("TY-24", off=NO_SQUEEZE)
@pytest.mark.parametrize("name", ["gb", "basic", "strict", "kaiming", "banjiao"])
def test_ty24_an_opening_mark_takes_half_an_em_at_a_line_start_in_each_style_but_quanjiao(
    press: Press, name: str
) -> None:
    (line,) = press.set("“汉字", rules=RULE_STYLES[name])
    assert line.at("汉") == close(TABLE[name].start)


@rule("TY-24", off=GB)
def test_ty24_in_quanjiao_it_keeps_its_cell(press: Press) -> None:
    (line,) = press.set("“汉字", rules=RULE_STYLES["quanjiao"])
    assert line.at("汉") == close(1)


@rule("TY-25", off=QUANJIAO)
@pytest.mark.parametrize("name", ["gb", "basic", "strict", "kaiming", "banjiao"])
def test_ty25_a_mark_takes_half_an_em_at_a_line_end_in_each_style_but_quanjiao(press: Press, name: str) -> None:
    first, _ = press.set("汉字排版行中文报，字排版行中文报纸", measure=9, rules=RULE_STYLES[name])
    assert first.text[-1] == "，"
    assert first.glyphs[-1].x == close(8.5)


@rule("TY-25", off=GB)
def test_ty25_in_quanjiao_it_keeps_its_cell(press: Press) -> None:
    first, _ = press.set("汉字排版行中文报，字排版行中文报纸", measure=9, rules=RULE_STYLES["quanjiao"])
    assert first.text[-1] == "，"
    assert first.glyphs[-1].x == close(8)


@rule("TY-51", off=GB)
def test_ty51_in_quanjiao_no_mark_is_squeezed(press: Press) -> None:
    for measure in range(9, 16):
        for copy in HARD:
            for line in press.set(copy, measure=measure, rules=RULE_STYLES["quanjiao"]):
                for one, after in pairwise(line.glyphs):
                    if one.text in "，、；" and "\u4e00" <= after.text <= "\u9fff":
                        assert after.x - one.x >= 0.99, line


@rule("TY-51", off=GB)
def test_ty51_in_kaiming_no_stop_is_squeezed(press: Press) -> None:
    copy = f"汉字。版行，文报。{SWEEP}！中文。报纸。"
    for measure in (8, 9, 10, 11, 12, 13):
        for line in press.set(copy * 2, measure=measure, rules=RULE_STYLES["kaiming"]):
            for one, after in pairwise(line.glyphs):
                if one.text in "。！" and "\u4e00" <= after.text <= "\u9fff":
                    assert after.x - one.x >= 0.99, line
