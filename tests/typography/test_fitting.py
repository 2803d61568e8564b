"""Filling lines and choosing their ends: TY-50 to TY-57, TY-60, TY-62, and the shape of the answer."""

from fractions import Fraction
from functools import cache

import msgspec
import pytest

from layout_engine.typography.breaker import (
    Search,
    break_paragraph,
    contrast,
    is_runt,
)
from layout_engine.typography.edges import ALLOWED, HARMS_SENSE, MUST
from layout_engine.typography.first_fit import set_first_fit
from layout_engine.typography.justify import Stretch, line_text, set_line, set_single_line
from layout_engine.typography.weighing import GOOD_COST, NORMAL, Weighing
from tests.typography.setting import EM, break_at, em, line_widths, shape, single, texts

HALF = Fraction(1, 2)
HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张"
COPY = (
    "本报讯（记者 王静）5月20日，记者从即墨区商务局获悉，今年1—4月，全区外贸进出口总额增长18.4%，达到2,000亿元，"
    "其中“一带一路”沿线国家占63%～68%；C919大型客机——这一“大国重器”……完成首飞。咨询电话0532-86567888，《即墨古城》、“海洋经济”等1+3项目加快推进！"
)


def test_a_line_of_han_stands_on_the_cell_grid() -> None:  # TY-50
    shaped = shape(HAN)
    for line in break_at(shaped, 14):
        assert set(line.advances) == {EM}
        assert line.pens == tuple(range(0, len(line.advances) * EM, EM))


@pytest.mark.parametrize("measure", range(8, 31))
def test_every_line_but_the_last_is_filled_exactly(measure: int) -> None:  # TY-50
    lines = break_at(shape(COPY), measure, indent=2)
    assert [line.width - line.measure for line in lines[:-1]] == [0] * (len(lines) - 1)
    assert all(line.indent + sum(line.advances) == line.width for line in lines)


def squeezed(text: str, measure: float) -> dict[str, Fraction]:
    """The one line of `text`, squeezed into `measure`: each cluster's advance."""
    (line,) = break_at(shape(text), measure)
    return dict(line_widths(shape(text), line))


def test_word_spaces_give_way_first_then_brackets_then_commas() -> None:  # TY-51
    line = squeezed("汉（字）乙，丙的", 7)
    assert (line["（"], line["）"], line["，"]) == (HALF, HALF, 1)
    line = squeezed("汉（字）乙，丙的", 6.75)
    assert (line["（"], line["）"], line["，"]) == (HALF, HALF, Fraction(3, 4))


def test_autospace_gives_way_before_stops() -> None:  # TY-51
    line = squeezed("汉A汉。字的", 5.25 + shape("A").advances[0] / EM)
    assert (line["。"], line["A"] + line["汉"]) == (1, em(shape("A").advances[0]) + 1 + Fraction(1, 8))


def test_nothing_but_marks_and_spaces_is_squeezed() -> None:  # TY-51
    shaped = shape(COPY)
    for measure in range(8, 25):
        for line in break_at(shaped, measure):
            for i, (text, width) in enumerate(line_widths(shaped, line), line.start):
                if not any(row[i] for row in shaped.shrinks) and i < line.drawn - 1:
                    assert width >= em(shaped.advances[i]) or i == line.start, text


def test_an_opening_mark_that_is_squeezed_is_moved_with_its_blank() -> None:  # TY-19, TY-51
    shaped = shape("汉（字乙")
    (line,) = break_at(shaped, 3.5)
    assert (em(line.advances[1]), em(line.pens[1]), em(line.pens[2])) == (HALF, HALF, Fraction(3, 2))


def test_autospace_opens_before_the_joints_of_han() -> None:  # TY-52
    shaped = shape("汉字A汉字汉字汉字")
    width = shape("A").advances[0] / EM
    line = break_at(shaped, 5 + 0.5 + 0.5 + width - 0.25)[0]
    assert next(one for text, one in line_widths(shaped, line) if text not in "字A") == 1


def test_the_remainder_goes_to_the_joints_on_the_left() -> None:  # TY-52, deterministic
    shaped = shape("汉字汉字，汉字汉字汉字")
    line = break_paragraph(shaped, [5 * EM + 1])
    assert line is not None
    first = line.lines[0]
    assert sum(first.advances) == 5 * EM + 1
    assert list(first.advances[:-1]) == sorted(first.advances[:-1], reverse=True)


def test_a_joint_beside_brackets_opens_only_where_no_other_can() -> None:  # TY-52
    shaped = shape("汉“字”汉字汉字，汉字")
    line = set_line(shaped, Stretch(0, 8), 9 * EM, 0, fill=True)
    assert [em(one) for one in line.advances] == [Fraction(6, 5), 1, 1, *[Fraction(6, 5)] * 4, 1]
    line = set_line(shaped, Stretch(1, 4), 3 * EM, 0, fill=True)
    assert [em(one) for one in line.advances] == [1, Fraction(3, 2), HALF]


def test_no_line_is_both_squeezed_and_stretched() -> None:  # TY-54
    shaped = shape(COPY)
    for measure in range(8, 25):
        for line in break_at(shaped, measure):
            middle = range(line.start + 1, line.drawn - 1)
            changes = [line.advances[i - line.start] - shaped.advances[i] for i in middle]
            assert not (min(changes, default=0) < 0 < max(changes, default=0))


@pytest.mark.parametrize("setter", [break_paragraph, set_first_fit])
def test_text_that_fills_its_lines_by_nature_is_left_alone(setter) -> None:  # TY-54 (1)  # type: ignore[no-untyped-def]
    broken = setter(shape(HAN), [10 * EM])
    assert [line.spread for line in broken.lines] == [0] * 4


def test_first_fit_squeezes_before_it_stretches() -> None:  # TY-54 (2), (3)
    shaped = shape("甲，乙丙、丁戊己庚辛壬癸")
    broken = set_first_fit(shaped, [31 * EM // 4])
    assert line_text(shaped, broken.lines[0]) == "甲，乙丙、丁戊己"


def test_a_last_line_is_natural() -> None:  # TY-56
    line = break_at(shape(HAN[:20] + "，汉字。"), 14)[-1]
    assert set(line.advances[:6]) == {EM}


def test_a_last_line_that_overruns_is_squeezed_rather_than_broken() -> None:  # TY-56
    lines = break_at(shape("甲乙，丙丁、戊己庚辛。"), 10)
    assert (len(lines), em(lines[0].width), lines[0].last) == (1, 10, True)


def test_a_single_line_is_natural_with_its_edges_trimmed() -> None:  # TY-57
    line = single("“汉字”")
    assert (em(line.width), line.measure, line.spread) == (3, line.width, 0)


def test_a_part_of_a_paragraph_can_be_a_single_line() -> None:
    shaped = shape("甲乙，丙丁")
    line = set_single_line(shaped, 0, 3)
    assert (line_text(shaped, line), em(line.width), line.last) == ("甲乙，", Fraction(5, 2), False)


def test_the_indent_is_two_em_also_before_an_opening_mark() -> None:  # TY-60, TY-24
    lines = break_at(shape(f"“{HAN}"), 14, indent=2)
    assert (em(lines[0].indent), em(lines[0].pens[1]), lines[1].indent) == (2, Fraction(5, 2), 0)


@pytest.mark.parametrize("measure", [10, 12, 14])
def test_the_last_line_is_no_runt_where_that_can_be_helped(measure: int) -> None:  # TY-62
    for count in range(measure + 1, 3 * measure):
        text = f"甲乙，丙丁，{HAN * 2}"[: count - 1] + "。"
        shaped = shape(text)
        last = texts(shaped, break_at(shaped, measure))[-1]
        assert len(last.rstrip("，。")) >= 2, text


def test_first_fit_leaves_a_runt_there() -> None:  # TY-62: negative control
    shaped = shape(HAN[:14] + "字。")
    assert line_text(shaped, set_first_fit(shaped, [14 * EM]).lines[-1]) == "字。"
    assert len(texts(shaped, break_at(shaped, 14))[-1]) > 2


def test_a_runt_that_is_left_can_be_told() -> None:  # TY-62
    shaped = shape(HAN[:14] + "字。")
    assert is_runt(shaped, set_first_fit(shaped, [14 * EM]).lines[-1])
    assert not is_runt(shaped, break_at(shaped, 14)[-1])
    assert not is_runt(shape("字。"), single("字。"))


def test_a_line_break_in_the_copy_must_be() -> None:
    shaped = shape("甲乙丙\n丁戊", kind="headline")
    lines = break_at(shaped, 10)
    assert texts(shaped, lines) == ["甲乙丙", "丁戊"]
    assert [(line.end, line.drawn, line.last, em(line.width)) for line in lines] == [(4, 3, False, 3), (6, 6, True, 2)]


def test_an_empty_paragraph_has_no_lines() -> None:
    assert break_at(shape(""), 14) == ()


def test_lines_follow_measures_of_unequal_width() -> None:
    shaped = shape(COPY)
    measures = [14, 14, 9, 9, 16]
    lines = break_at(shaped, *measures, indent=2)
    assert [em(line.measure) for line in lines[:6]] == [14, 14, 9, 9, 16, 16]
    assert all(line.width == line.measure for line in lines[:-1])


@pytest.mark.parametrize("measure", [10, 14, 20])
def test_lines_of_one_width_come_out_alike_however_they_are_asked_for(measure: int) -> None:
    shaped = shape(COPY)
    uniform = break_paragraph(shaped, [measure * EM], indent=2 * EM)
    # a last measure that is never reached takes the way of unequal lines
    listed = break_paragraph(shaped, [measure * EM] * 60 + [5 * EM], indent=2 * EM)
    assert uniform is not None
    assert listed is not None
    assert uniform.cost == listed.cost
    assert uniform.lines == listed.lines


@pytest.mark.parametrize("count", range(20, 70))
def test_a_text_that_may_end_a_line_sooner_or_later_is_set_before_the_measures_run_out(count: int) -> None:
    shaped = shape(("春风，吹过“田野”。" * 10)[:count])
    lines = break_at(shaped, *[12] * 8, 20, indent=2)
    assert lines[-1].end == len(shaped)
    assert [em(line.measure) for line in lines] == [12] * len(lines)


def test_looseness_asks_for_a_line_more_or_fewer() -> None:
    shaped = shape(COPY)
    best = len(break_at(shaped, 14))
    more = break_paragraph(shaped, [14 * EM], looseness=1)
    assert more is not None
    assert len(more.lines) == best + 1
    assert break_paragraph(shaped, [14 * EM], looseness=-best) is None
    assert break_paragraph(shaped, [14 * EM], looseness=-5) is None


@pytest.mark.parametrize("measures", [[8], [9, 6, 11]])
def test_the_optimum_is_the_least_of_all_settings(measures: list[int]) -> None:
    shaped = shape(COPY[:40])
    search = Search(shaped, [one * EM for one in measures], 2 * EM)
    weighing = search.weighing

    @cache
    def least(p: int, line: int, fitness: int) -> int:
        if p == weighing.sums.count:
            return 0
        return min(
            cost + contrast(fitness, after) + least(q, line + 1, after)
            for q, cost, after in weighing.candidates(p, weighing.room(line))
        )

    assert search.best()[0] == least(0, 0, NORMAL)


def test_lines_that_are_not_justified_keep_their_natural_width() -> None:
    shaped = shape(COPY)
    assert all(line.width <= line.measure for line in break_at(shaped, 14, justify=False))
    assert any(line.width < line.measure for line in break_at(shaped, 14, justify=False)[:-1])


def test_a_mark_hangs_by_what_does_not_fit_and_the_rest_of_it_lies_in_the_measure() -> None:  # TY-26
    text = HAN[:8] + "，" + HAN[:6]
    shaped = msgspec.structs.replace(shape(text), line_end="hang", hangs=bytes(one == "，" for one in text))
    line = break_at(shaped, 8)[0]
    assert (line_text(shaped, line), em(line.hung), em(line.advances[-1])) == (HAN[:8] + "，", HALF, 0)
    assert line.indent + sum(line.advances) == line.width == line.measure
    assert set_first_fit(shaped, [8 * EM]).lines[0] == line
    assert break_at(shape(text), 8)[0].hung == 0


def test_in_the_grid_a_mark_keeps_its_cell_where_the_line_is_then_full() -> None:  # TY-25
    text = HAN[:7] + "，" + HAN[:6]
    shaped = msgspec.structs.replace(shape(text), line_end="grid")
    line = break_at(shaped, 8)[0]
    assert (set(line.advances), line.width, line.spread) == ({EM}, 8 * EM, 0)
    assert set_first_fit(shaped, [8 * EM]).lines[0] == line
    assert em(break_at(shape(text), 8)[0].advances[-1]) == HALF


def test_the_greater_harm_to_the_sense_costs_more() -> None:  # TY-38
    shaped = shape(HAN[:16])
    breaks = bytes(HARMS_SENSE if i == 7 else MUST if i == 15 else ALLOWED for i in range(16))
    costs = []
    for rank in (1, 2, 3, 4):
        harmed = msgspec.structs.replace(shaped, breaks=breaks, harms={7: rank})
        end, cost, _ = Weighing(harmed, [8 * EM], 0).candidates(0, 8 * EM)[0]
        assert end == 8
        costs.append(cost)
    assert 0 < costs[0] < costs[1] < costs[2] < costs[3] < GOOD_COST


@pytest.mark.parametrize("measures", [[30, 20, 20, 9], [14, 14, 9, 9, 9, 9, 9, 9, 9, 16], [40, 60, 12]])
def test_a_paragraph_may_end_before_its_measures_are_all_used(measures: list[int]) -> None:
    for count in range(20, len(COPY), 7):
        lines = break_at(shape(COPY[:count]), *measures)
        assert lines[-1].end == len(shape(COPY[:count]))


def test_a_paragraph_too_long_to_search_is_set_line_after_line_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.typography.weighing.MOST_WEIGHED", 1000)
    shaped = shape(COPY * 40)
    broken = break_paragraph(shaped, [14 * EM])
    assert broken is not None
    assert broken.first_fit
    assert broken.lines == set_first_fit(shaped, [14 * EM]).lines
    assert break_paragraph(shaped, [14 * EM], looseness=1) is None
    plain = break_paragraph(shape(COPY), [14 * EM])
    assert plain is not None
    assert not plain.first_fit


def test_asking_a_long_paragraph_for_a_line_more_has_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shaped = shape(COPY * 16)
    monkeypatch.setattr("layout_engine.typography.weighing.MOST_WEIGHED", 40_000)
    broken = break_paragraph(shaped, [14 * EM])
    assert broken is not None
    assert not broken.first_fit
    assert break_paragraph(shaped, [14 * EM], looseness=1) is None  # as many lines again for each line's number
    monkeypatch.undo()
    assert break_paragraph(shaped, [14 * EM], looseness=1) is not None
