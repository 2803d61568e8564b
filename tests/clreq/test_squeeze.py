"""Fixed squeeze of marks (固定挤压): TY-20 to TY-27."""

from collections.abc import Iterator

import pytest

from layout_engine.spec.resolved import LineRules
from layout_engine.typography import classes as k
from tests.clreq.measure import Line, ink_box
from tests.clreq.off import EVERY_MARK_HALF, NO_SQUEEZE
from tests.clreq.press import Press, Printed
from tests.clreq.rule import patched, rule, styled
from tests.clreq.test_marks import TOLERANCE, close, wide
from tests.clreq.texts import HARD, MEASURES

OPENS = "“‘「『（〔［｛《〈【〖"
CLOSES = "”’」』）〕］｝》〉】〗"
POINTS = "。？！，、；："


@rule("TY-20", off=patched(
    "layout_engine.typography.spacing._CLOSES_JOINT",
    frozenset((k.OPEN, k.CLOSE, k.INTERPUNCT, k.DASH, k.ELLIPSIS, k.LONG, k.SOLIDUS, k.LETTER)),
))
@pytest.mark.parametrize(("text", "width"), [("”——", 3), ("，……", 3), ("”～", 2), ("，/", 1.5)])
def test_ty20_beside_dash_ellipsis_connector_and_solidus_a_mark_keeps_its_blank(
    press: Press, text: str, width: float
) -> None:
    assert wide(press.set(f"汉{text}字")[0], text) == close(width)


JOINTS = [
    *("。”", "！”", "）”", "》）"),  # close or point + close
    *("”，", "》、", "）。"),  # close + point
    *("“《", "（“"),  # open + open
    *("，“", "：“", "、《", "。“"),  # point + open
    *("》《", "”“", "）（"),  # close + open
]


@rule("TY-21", off=NO_SQUEEZE)
@pytest.mark.parametrize("pair", JOINTS)
def test_ty21_adjacent_marks_lose_half_an_em_at_their_joint(press: Press, pair: str) -> None:
    assert wide(press.set(f"汉{pair}字")[0], pair) == close(1.5)


@rule("TY-21", off=NO_SQUEEZE)
@pytest.mark.parametrize("chain", ["：“《", "》）。", "。”（", "！”》", "”），", "》，《", "）。”（“", "‘“《"])
def test_ty21_a_chain_of_marks_loses_half_an_em_at_each_joint(press: Press, chain: str) -> None:
    count = len(chain)
    assert wide(press.set(f"汉{chain}字")[0], chain) == close(count - (count - 1) / 2)


@rule("TY-21", off=EVERY_MARK_HALF)
@pytest.mark.parametrize("pair", ["（）", "“，", "。、", "，。"])
def test_ty21_a_joint_without_a_rule_loses_nothing(press: Press, pair: str) -> None:
    assert wide(press.set(f"汉{pair}字")[0], pair) == close(2)


@rule("TY-21", off=NO_SQUEEZE)
@pytest.mark.parametrize("pair", ["》·", "·《"])
def test_ty21_the_blank_beside_an_interpunct_goes(press: Press, pair: str) -> None:
    assert wide(press.set(f"汉{pair}字")[0], pair) == close(1)


@rule("TY-22", off=EVERY_MARK_HALF | patched(
    "layout_engine.typography.justify._share", lambda room, need: [(i, 3 * most) for i, most in enumerate(room) if most]
))
def test_ty22_no_mark_falls_below_half_an_em(press: Press) -> None:
    for printed in hard_columns(press):
        for line in printed.lines:
            assert_no_ink_on_ink(printed, line)


def hard_columns(press: Press) -> Iterator[Printed]:
    """Copy full of marks in every measure: lines of every degree of squeeze."""
    for measure in MEASURES:
        yield press.column(*HARD, measure=measure)


def assert_no_ink_on_ink(printed: Printed, line: Line) -> None:
    """No glyph of a mark lies on its neighbour: a mark of less than half an em would."""
    end = float("-inf")
    for glyph in line.glyphs:
        if not glyph.text.strip():
            continue
        left, _, right, _ = ink_box(printed.pdf, glyph)
        assert end <= glyph.x + left + 0.05, (line, glyph)  # within a western word letters may touch by kerning
        end = glyph.x + right


@rule("TY-23", off=styled(rules=LineRules()))
@pytest.mark.parametrize("pair", ["，“", "：“", "》《", "）（", "。《"])
def test_ty23_with_adjacent_one_a_joint_of_one_em_loses_all_of_it(press: Press, pair: str) -> None:
    (line,) = press.set(f"汉{pair}字", rules=LineRules(adjacent="1.0"))
    assert wide(line, pair) == close(1)


@rule("TY-24", off=styled(rules=LineRules(line_start_open="keep")))
def test_ty24_the_ink_of_an_opening_mark_stands_at_the_left_edge(press: Press) -> None:
    for mark in OPENS:
        for indent in (0, 2):
            printed = press.column(f"{mark}汉字", indent=indent * 9 * 65536)
            (line,) = printed.lines
            assert line.at("汉") == close(indent + 0.5)
            assert line.at(mark) + ink_box(printed.pdf, line.glyph(mark))[0] >= indent
    found = 0
    for printed in hard_columns(press):
        for line in printed.lines:
            if line.text[0] in OPENS:
                found += 1
                assert line.glyphs[0].x == close(-0.5)
    assert found > 20


@rule("TY-24", off=NO_SQUEEZE)
def test_ty24_where_the_house_keeps_the_blank_the_mark_keeps_its_cell(press: Press) -> None:
    (line,) = press.set("“汉字", rules=LineRules(line_start_open="keep"))
    assert line.at("“") == close(0)
    assert line.at("汉") == close(1)
    (trimmed,) = press.set("“汉字")
    assert trimmed.at("汉") == close(0.5)


def last_mark(line: Line) -> str:
    return line.text[-1] if line.text[-1] in POINTS + CLOSES and line.text[-2] not in "？！" else ""


@rule("TY-25", off=styled(rules=LineRules(line_end="keep")))
def test_ty25_a_mark_at_a_line_end_takes_half_an_em(press: Press) -> None:
    found = 0
    for measure in MEASURES:
        printed = press.column(*HARD, measure=measure)
        for line, after in zip(printed.lines, printed.lines[1:], strict=False):
            ends_paragraph = any(copy.endswith(line.text) for copy in HARD)
            if last_mark(line) and not ends_paragraph and after.glyphs[0].x < 0.6 and line.right > measure - 0.6:
                found += 1
                assert line.glyphs[-1].x + 0.5 == close(measure)
                assert line.glyphs[-1].x + ink_box(printed.pdf, line.glyphs[-1])[2] <= measure
    assert found > 50


@rule("TY-25", off=NO_SQUEEZE)
def test_ty25_in_the_grid_style_a_mark_keeps_its_cell_where_the_line_is_full(press: Press) -> None:
    first, _ = press.set("汉字汉字汉字汉，汉字汉", measure=8, rules=LineRules(line_end="grid"))
    assert first.text == "汉字汉字汉字汉，"
    assert [pitch for _, pitch in first.pitches] == [close(1)] * 7
    half = press.set("汉字汉字汉字汉，汉字汉", measure=8)[0]
    assert half.glyphs[-1].x == close(7.5)


@rule("TY-26", off=styled(rules=LineRules(hanging="stop-pause")))
def test_ty26_nothing_hangs_beyond_the_measure(press: Press) -> None:
    for measure in MEASURES:
        for line in press.set(*HARD, measure=measure):
            mark = line.text[-1] in POINTS + CLOSES
            assert line.glyphs[-1].x + (0.5 if mark else line.glyphs[-1].drawn) <= measure + TOLERANCE, line


@rule("TY-26", off=styled(rules=LineRules()))
def test_ty26_where_the_house_hangs_stops_and_commas_stand_outside(press: Press) -> None:
    outside = set()
    for measure in MEASURES:
        for line in press.set(*HARD, measure=measure, rules=LineRules(hanging="stop-pause")):
            if line.glyphs[-1].x > measure - 0.5 + TOLERANCE and line.glyphs[-1].drawn == 1:
                outside.add(line.text[-1])
    assert outside
    assert outside <= set("。，、")


@rule("TY-27", off=NO_SQUEEZE)
def test_ty27_the_squeeze_is_made_before_lines_are_broken(press: Press) -> None:
    first, _ = press.set("他在会上说：“汉字》、《字汉字汉字", measure=12)
    assert first.text == "他在会上说：“汉字》、《字汉"
    assert first.right == close(12)
