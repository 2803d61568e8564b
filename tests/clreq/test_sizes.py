"""Sizes and formats (字号与开张): TY-120, TY-121."""

from fractions import Fraction
from pathlib import Path

from layout_engine.base.units import SU_PER_PT, read_length
from tests.clreq.press import Press
from tests.clreq.rule import patched, rule
from tests.clreq.test_marks import NEAR, close
from tests.clreq.texts import SWEEP
from tests.spec.issue_folder import BASE, HOUSE, read_with

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


METAL_POINT = 0.3515 / 25.4 * 72
# Points of the metal series; a style may not be as small as 七号 and 八号.
IN_METAL = {
    "初号": 42, "小初": 36, "一号": 27.5, "小一": 24, "二号": 21, "小二": 18, "三号": 15.75, "小三": 15, "四号": 13.75,
    "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.875, "小六": 6.875,
}  # fmt: skip


@rule("TY-120", off=patched("layout_engine.spec.styles.in_metal", lambda length: length))
def test_ty120_where_the_house_counts_in_metal_a_name_is_so_many_metal_points(press: Press, tmp_path: Path) -> None:
    styles = "".join(f"  in-{at}: {{face: song, size: {name}, leading: 60pt}}\n" for at, name in enumerate(IN_METAL))
    house = (BASE / HOUSE).read_text(encoding="utf-8").replace("styles:\n", f"styles:\n{styles}")
    spec = read_with(tmp_path, {HOUSE: f"size_names: metal\n{house}"}).value
    assert spec is not None
    for at, points in enumerate(IN_METAL.values()):
        (line,) = press.set("汉", measure=30, size=spec.pages[0].styles[f"in-{at}"].size_most)
        assert line.glyphs[0].size == NEAR(points * METAL_POINT, abs=0.001)


@rule("TY-121", off=patched("layout_engine.page.slots.ASCENT_PERMILLE", 700))
def test_ty121_the_first_baseline_lies_eighty_eight_hundredths_of_an_em_below_the_top(press: Press) -> None:
    printed = press.column(SWEEP)
    top = printed.laid.layout.spec.trim.height / SU_PER_PT - 50
    assert (top - printed.lines[0].baseline) / 9 == close(0.88)
