"""Why a line ends where it does: the numbers are those of the set line and of the search."""

import pytest

from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.explain import explain_line
from layout_engine.typography.justify import line_text
from tests.typography.setting import EM, shape
from tests.typography.test_fitting import COPY


@pytest.mark.parametrize("measure", range(8, 22, 3))
def test_the_numbers_of_an_explanation_are_those_of_the_line(measure: int) -> None:
    shaped = shape(COPY)
    broken = break_paragraph(shaped, [measure * EM], indent=2 * EM)
    assert broken is not None
    for number, line in enumerate(broken.lines):
        told = explain_line(shaped, broken.lines, number)
        assert told.text == line_text(shaped, line)
        assert told.total == told.best
        assert (told.lines, told.best_lines) == (len(broken.lines), len(broken.lines))
        fitted = sum(line.advances) - told.natural
        given = sum(step.space if step.rule == "TY-52" else -step.space for step in told.steps)
        assert given == (0 if line.spread == 0 else fitted)


@pytest.mark.parametrize("measure", [9, 14])
def test_no_alternative_is_better_than_the_best_setting(measure: int) -> None:
    shaped = shape(COPY)
    broken = break_paragraph(shaped, [measure * EM])
    assert broken is not None
    for number in range(len(broken.lines)):
        told = explain_line(shaped, broken.lines, number)
        totals = [one.total for one in told.alternatives if one.total is not None]
        assert min(totals) == told.best
        assert [one.total for one in told.alternatives if one.chosen] == [told.best]


def test_a_line_made_longer_for_the_page_says_what_the_best_would_cost() -> None:
    shaped = shape(COPY)
    longer = break_paragraph(shaped, [14 * EM], looseness=1)
    assert longer is not None
    told = explain_line(shaped, longer.lines, 0)
    assert told.total is not None
    assert told.total > told.best
    assert told.lines == told.best_lines + 1


@pytest.mark.parametrize(
    ("text", "before", "rule"),
    [
        ("天地玄黄宇宙洪，荒日月盈昃辰宿列张", "洪", "TY-30"),
        ("天地玄黄宇宙洪“荒日月”盈昃辰宿列张", "“", "TY-31"),
        ("天地玄黄宇宙洪2024荒日月盈昃辰宿列张", "2", "TY-36"),
        ("天地玄黄宇宙洪5月荒日月盈昃辰宿列张", "5", "TY-38"),
        ("天地玄黄宇宙洪——荒日月盈昃辰宿列张", "", ""),
    ],
)
def test_a_place_that_may_not_end_a_line_names_its_rule(text: str, before: str, rule: str) -> None:
    shaped = shape(text)
    broken = break_paragraph(shaped, [8 * EM])
    assert broken is not None
    rules = {one.text[-1]: one.why for one in explain_line(shaped, broken.lines, 0).alternatives}
    assert rules.get(before, "") == rule
