"""A guard is switched off or weighed anew with a reason, never without; anybody may add one."""

from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Findings
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.content.model import Copy
from layout_engine.gate import read_inputs
from layout_engine.guards.built_in import BUILT_IN_GUARDS
from layout_engine.guards.guard import Sheet
from layout_engine.guards.run import guard_issue, run_guards
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.places import find_places
from tests.guards.kit import codes, look, spec_of, story

_FAULTY = story("lead", "共127人。", headline="172人")


def _run(tmp_path: Path, house: str = "", issue: str = "") -> list[tuple[str, str]]:
    spec = spec_of(tmp_path, house, issue)
    figures = next(one for one in BUILT_IN_GUARDS if one.name == "figures")
    return [(one.code.removeprefix("guard/"), one.severity) for one in look(figures, spec, _FAULTY)]


def test_a_guard_is_on_without_a_word(tmp_path: Path) -> None:
    assert _run(tmp_path) == [("figure-not-in-text", "warning")]


def test_a_guard_is_switched_off_with_a_reason(tmp_path: Path) -> None:
    assert _run(tmp_path, "checks: {guards: {figures: {off: true, reason: 数字专版}}}") == []


def test_a_switch_without_a_reason_does_nothing_and_is_told(tmp_path: Path) -> None:
    found = _run(tmp_path, 'checks: {guards: {figures: {off: true, reason: "  "}}}')
    assert found == [("no-reason", "warning"), ("figure-not-in-text", "warning")]


def test_a_finding_is_weighed_anew_with_a_reason(tmp_path: Path) -> None:
    found = _run(tmp_path, "checks: {guards: {figures: {severity: error, reason: 财经版}}}")
    assert found == [("figure-not-in-text", "error")]


def test_the_word_of_the_issue_counts_over_that_of_the_house(tmp_path: Path) -> None:
    house = "checks: {guards: {figures: {off: true, reason: 数字专版}}}"
    issue = "checks: {guards: {figures: {severity: info, reason: 本期要查}}}"
    assert _run(tmp_path, house, issue) == [("figure-not-in-text", "info")]


def test_a_switch_for_no_guard_is_told_with_the_nearest(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "checks: {guards: {figuers: {off: true, reason: 数字专版}}}")
    found = run_guards(Sheet(spec, Copy({}, {}, {})), BUILT_IN_GUARDS)
    assert [dict(one.values)["nearest"] for one in found if one.code == "guard/no-such-guard"] == ["figures"]


class _Shouting:
    """The toy of docs/guards.md."""

    name = "shouting"

    def look(self, sheet: Sheet, found: Findings) -> None:
        for one in sheet.copy.stories.values():
            for part in one.parts:
                if "！！" in part.text:
                    at = part.text.index("！！")
                    found.add("guard/marks-order", part.copy.span(at), marks="！！", after="！", context=part.text)


def test_a_guard_of_ones_own_is_run_and_switched_like_any(tmp_path: Path) -> None:
    loud = story("lead", "好极了！！")
    assert codes(look(_Shouting(), spec_of(tmp_path), loud)) == ["marks-order"]
    spec = spec_of(tmp_path, "checks: {guards: {shouting: {off: true, reason: 副刊}}}")
    assert look(_Shouting(), spec, loud) == ()


def test_every_guard_has_a_name_of_its_own() -> None:
    names = [one.name for one in BUILT_IN_GUARDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("day", ["21", "22", "24"])
def test_the_sample_issues_raise_no_false_alarm(day: str) -> None:
    issue = Path(__file__).parents[2] / "issues" / f"2024-05-{day}"
    inputs = read_inputs(issue, find_places(issue).fonts, Stopwatch(), BUILT_IN_KINDS).inputs
    assert inputs is not None
    assert guard_issue(inputs.spec, inputs.copy) == ()
