"""Options are proved: each one that is shown, applied to the files by an editor's hand, fits."""

from pathlib import Path

import pytest

from layout_engine.fit.advice import advise
from layout_engine.fit.model import Cut, Option
from layout_engine.fit.proving import MOST_SETTINGS, SETTINGS_TO_WIDEN, first_near
from tests.fit.desk import Desk
from tests.fit.every_option import Case, make, try_case

SAMPLE = [
    Case("2024-05-21", "energy", 2),
    Case("2024-05-21", "moral-education", 2),
    Case("2024-05-22", "buses", -4),
    Case("2024-05-22", "weather", 1),
    Case("2024-05-22", "wheat", 8),  # a crosshead jams: what is cut before it alone is lost again
    Case("2024-05-24", "brief-5", 8),  # of one paragraph, which must lose more than half
]


@pytest.mark.parametrize("case", SAMPLE, ids=lambda one: f"{one.story}{one.lines:+d}")
def test_every_option_shown_fits_when_it_is_applied_to_the_files(case: Case) -> None:
    tried = try_case(case, range(2))
    assert tried is not None
    assert tried.options
    assert tried.failures == ()


def test_one_thing_to_do_comes_before_several_of_as_many_characters(tmp_path: Path) -> None:
    desk = Desk("2024-05-22", tmp_path)
    assert make(desk, Case("2024-05-22", "buses", 3))
    (fit,) = advise(desk.inputs(), story="buses")
    cuts = [[step.characters for step in one.steps] for one in fit.options if _is_cut(one)]
    assert [len(one) for one in cuts] == sorted(len(one) for one in cuts)
    assert [sum(one) for one in cuts if len(one) == 1] == sorted(sum(one) for one in cuts if len(one) == 1)


def test_a_cut_may_be_a_little_more_than_the_least(tmp_path: Path) -> None:
    desk = Desk("2024-05-22", tmp_path)
    assert make(desk, Case("2024-05-22", "buses", 3))
    (fit,) = advise(desk.inputs(), story="buses")
    assert any(step.most > step.characters for one in fit.options for step in one.steps if isinstance(step, Cut))


def test_the_work_for_a_story_has_a_bound() -> None:
    tried = try_case(Case("2024-05-22", "buses", 3), range(0))
    assert tried is not None
    assert tried.settings <= MOST_SETTINGS + SETTINGS_TO_WIDEN


def test_first_near_finds_the_least_wherever_it_begins() -> None:
    for least in range(1, 30):
        for near in range(-3, 40):
            assert first_near(near, 1, 29, lambda count, least=least: count >= least) == least
        assert first_near(5, 1, least - 1, lambda count, least=least: count >= least) is None


def _is_cut(option: Option) -> bool:
    return all(isinstance(step, Cut) for step in option.steps)
