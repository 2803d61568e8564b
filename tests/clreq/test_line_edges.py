"""Line start, line end, and what a break may not divide (避头尾与不可分): TY-30 to TY-39."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from layout_engine.spec.model_regions import PhotoRegion
from layout_engine.spec.resolved import LineRules
from tests.clreq.forbidden import NEVER_FIRST, units
from tests.clreq.measure import Line
from tests.clreq.off import ANY_BREAK, HAN_ONLY, NO_TIES, NOT_JOINED
from tests.clreq.press import Press
from tests.clreq.rule import nothing, patched, rule, styled
from tests.clreq.texts import HARD, MEASURES, SWEEP, SWEEPS, sweep
from tests.kit.pages import STYLES, grid, page_of, photo

ANYWHERE = ANY_BREAK | NO_TIES


def joints(
    press: Press, *paragraphs: str, measures: range = SWEEPS, **options: object
) -> Iterator[tuple[Line, Line]]:
    """Every two lines of one paragraph, in several measures."""
    for measure in measures:
        for text in paragraphs:
            yield from pairwise(press.set(text, measure=measure, **options))


def starts(press: Press, *paragraphs: str, **options: object) -> set[str]:
    return {after.text[0] for _, after in joints(press, *paragraphs, **options)}


def ends(press: Press, *paragraphs: str, **options: object) -> set[str]:
    return {before.text.rstrip(" 　")[-1] for before, _ in joints(press, *paragraphs, **options)}


@rule("TY-30", off=ANYWHERE)
@pytest.mark.parametrize("level", ["basic", "gb", "strict"])
def test_ty30_no_line_starts_with_a_forbidden_mark(press: Press, level: str) -> None:
    rules = LineRules(level=level)
    assert not starts(press, *HARD, rules=rules) & set(NEVER_FIRST[level])


@rule("TY-30", off=ANYWHERE)
@pytest.mark.parametrize("mark", [*"。？！，、；：”’」』）〕］｝》〉】〗·-～%℃‰々", "％"])
def test_ty30_each_mark_of_the_list_never_starts_a_line(press: Press, mark: str) -> None:
    copy = sweep(f"12{mark}" if mark in "%％℃‰" else mark)
    assert mark not in starts(press, copy)


@rule("TY-30", off=styled(rules=LineRules(level="basic")))
def test_ty30_from_level_gb_the_solidus_starts_no_line(press: Press) -> None:
    assert "／" not in starts(press, sweep("／"))


@rule("TY-30", off=styled(rules=LineRules(level="gb")))
@pytest.mark.parametrize("mark", ["——", "……"])
def test_ty30_at_level_strict_no_dash_or_ellipsis_starts_a_line(press: Press, mark: str) -> None:
    assert mark[0] not in starts(press, sweep(mark), rules=LineRules(level="strict"))


@rule("TY-31", off=ANYWHERE)
@pytest.mark.parametrize("mark", ["“", "‘", "「", "『", "（", "〔", "［", "｛", "《", "〈", "【", "〖", "￥", "±", "№"])
def test_ty31_no_opening_mark_or_prefix_ends_a_line(press: Press, mark: str) -> None:
    assert mark not in ends(press, sweep(mark, "8" if mark in "￥±№" else ""))


@rule("TY-31", off=styled(rules=LineRules(level="basic")))
def test_ty31_from_level_gb_the_solidus_ends_no_line(press: Press) -> None:
    assert "／" not in ends(press, sweep("／"))


@rule("TY-32", off=ANYWHERE)
def test_ty32_ascii_marks_follow_their_chinese_brothers(press: Press) -> None:
    for mark in ",.;:!?)]}":
        assert mark not in starts(press, sweep(mark))
    for mark in "([{":
        assert mark not in ends(press, sweep(mark))


@rule("TY-33", off=styled(rules=LineRules(level="strict")))
def test_ty33_dash_and_ellipsis_may_start_and_end_a_line(press: Press) -> None:
    assert {"—", "…"} <= starts(press, sweep("——"), sweep("……"))
    assert {"—", "…"} <= ends(press, sweep("——"), sweep("……"))


@rule("TY-34", off=ANYWHERE)
def test_ty34_the_prohibitions_hold_over_columns(press: Press) -> None:
    heads = []
    for rows in range(3, 9):
        lines = press.column(*HARD, measure=9, columns=4, rows=rows).lines
        heads += [line.text[0] for line, after in pairwise(lines)]
    assert heads
    assert not set(heads) & set(NEVER_FIRST["gb"])


@rule("TY-34", off=ANYWHERE)
def test_ty34_the_prohibitions_hold_in_captions_and_typed_lines(press: Press) -> None:
    found = []
    for measure in MEASURES:
        region = PhotoRegion(id="photo", photo="photo", columns="1", rows="1-40")
        on = grid(columns=1, measure=measure)
        styles = {**STYLES, "caption": press.style()}
        lines = press.page(page_of(region, on=on, styles=styles), photo("photo", 400, 100, HARD[0])).lines
        found += [line.text[0] for line in lines]
    assert len(found) > 50
    assert not set(found) & set(NEVER_FIRST["gb"])


@rule("TY-35", off=patched("layout_engine.typography.sums.LineSums._allow_last_resorts", nothing))
def test_ty35_where_no_break_is_to_be_had_nothing_is_lost_and_it_is_told(press: Press) -> None:
    copy = "汉字internationalization汉字）））））））））））））））））））））））。字"
    printed = press.column(copy, measure=8)
    assert "".join(line.text for line in printed.lines) == copy
    assert "page/last-resort" in printed.codes
    for line in printed.lines:
        assert line.glyphs[-1].x < 8


def divided(press: Press, copy: str) -> list[tuple[str, str]]:
    """Lines that end inside a unit of the copy."""
    found = []
    for measure in SWEEPS:
        at = 0
        inside = {place for start, end in units(copy) for place in range(start + 1, end)}
        lines = press.set(copy, measure=measure)
        for before, after in pairwise(lines):
            at = copy.index(before.text, at) + len(before.text)
            if at in inside:
                found.append((before.text, after.text))
    return found


@rule("TY-36", off=ANYWHERE | NOT_JOINED)
@pytest.mark.parametrize(
    "unit",
    [
        *("——", "……", "⋯⋯", "？！", "！！！"),  # a, b
        *("C919", "5G", "COVID", "it’s", "Office"),  # c
        *("18.4", "2,000", "8:30", "8∶30", "2024"),  # d
        *("￥1280", "±3", "+3"),  # e
        *("18.4%", "37℃", "5‰", "120°", "37％"),  # f
        *("0532-86567888", "1+3"),  # g
        *("100km", "5GHz"),  # h
    ],
)
def test_ty36_a_unit_is_never_divided(press: Press, unit: str) -> None:
    assert divided(press, sweep(unit)) == []


@rule("TY-36", off=ANYWHERE)
def test_ty36_a_sign_may_start_a_line_and_a_connector_may_not(press: Press) -> None:
    assert all(before.text[-1] != "-" for before, _ in joints(press, sweep("-5")))
    assert "-" not in starts(press, sweep("青-岛"))


@rule("TY-36", off=ANYWHERE)
@pytest.mark.parametrize("join", ["\u2060", "\u00a0", "\u202f"])
def test_ty36_a_joiner_keeps_its_neighbours_together(press: Press, join: str) -> None:
    for before, after in joints(press, sweep(f"甲{join}乙")):
        assert (before.text[-1], after.text[0]) != ("甲", "乙")
        assert join not in (before.text[-1], after.text[0])


@rule("TY-37", off=HAN_ONLY)
def test_ty37_lines_may_end_between_han_and_western_and_at_spaces(press: Press) -> None:
    copies = sweep("Abc"), sweep("Abc def"), sweep("2024")
    pairs = {(before.text.rstrip()[-1], after.text[0]) for before, after in joints(press, *copies)}
    assert any(left in SWEEP and right in SWEEP for left, right in pairs)
    assert any(left in "cf4" and right in SWEEP for left, right in pairs)
    assert any(left in SWEEP and right in "A2" for left, right in pairs)
    assert ("c", "d") in pairs


@rule("TY-38", off=NO_TIES)
@pytest.mark.parametrize(
    ("left", "right"),
    [("30", "家"), ("5", "月"), ("52", "亿元"), ("第", "30期"), ("3～", "5"), ("《诗", "经》"), ("（图", "片）")],
)
def test_ty38_what_belongs_together_is_divided_less_often(press: Press, left: str, right: str) -> None:
    def cuts(at: Press) -> int:
        found = joints(at, sweep(left + right), measures=range(12, 25))
        return sum(before.text.endswith(left) and after.text.startswith(right) for before, after in found)

    tied = cuts(press)
    with NO_TIES.thrown() as loose:
        by_chance = cuts(loose)
    assert tied <= by_chance * 0.6
