"""Sizes and formats (字号与开张): TY-120, TY-121."""

from fractions import Fraction

from layout_engine.base.units import SU_PER_PT, read_length
from tests.clreq.press import Press
from tests.clreq.rule import patched, rule
from tests.clreq.test_marks import close
from tests.clreq.texts import SWEEP

# TY-120, typed again from its table.
DTP = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14,
    "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip


METAL = {**{name: Fraction(points) for name, points in DTP.items()}, "一号": Fraction(55, 2), "二号": Fraction(21)}


@rule("TY-120", off=patched("layout_engine.base.units.SIZE_NAMES", METAL))
def test_ty120_a_size_name_is_so_many_points_in_the_file(press: Press) -> None:
    for name, points in DTP.items():
        size = read_length(name)
        assert size is not None
        (line,) = press.set("汉", measure=30, size=size.su())
        assert line.glyphs[0].size == points


@rule("TY-121", off=patched("layout_engine.page.slots.ASCENT_PERMILLE", 700))
def test_ty121_the_first_baseline_lies_eighty_eight_hundredths_of_an_em_below_the_top(press: Press) -> None:
    printed = press.column(SWEEP)
    top = printed.laid.layout.spec.trim.height / SU_PER_PT - 50
    assert (top - printed.lines[0].baseline) / 9 == close(0.88)
