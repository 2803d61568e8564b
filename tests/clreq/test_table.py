"""docs/conformance/clreq.md says what the tests show: no rule is left out, and none is done without a measurement."""

import re
from pathlib import Path
from typing import Final

from tests.clreq.rule import Rule
from tests.kit.promises import promises_in

HERE: Final = Path(__file__).parent
TABLE: Final = HERE.parents[1] / "docs" / "conformance" / "clreq.md"
STATES: Final = ("完成 done", "部分 partly", "有意不同 different", "不适用 n.a.")


def rows() -> dict[str, tuple[str, str, list[str]]]:
    """Rule → state, remark, tests."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| TY-"):
            number, _, _, state, remark, tests = (cell.strip() for cell in line.strip("|").split("|"))
            found[number] = (state, remark, re.findall(r"`(test_\w+)`", tests))
    return found


def promises() -> dict[str, Rule]:
    """Every test that has a control, by its name."""
    return promises_in(HERE, Rule)


def test_every_rule_of_the_standard_has_a_row() -> None:
    numbers = [line.split("|")[0] for line in (HERE / "rules.txt").read_text(encoding="utf-8").splitlines()]
    assert list(rows()) == numbers


def test_every_row_has_a_state_and_every_other_state_a_reason() -> None:
    for number, (state, remark, _) in rows().items():
        assert state in STATES, number
        assert remark or state == "完成 done", number


def test_what_is_done_is_shown_by_tests_with_a_control_that_hold() -> None:
    known = promises()
    for number, (state, _, tests) in rows().items():
        assert tests or state != "完成 done", number
        for name in tests:
            assert number in known[name].numbers, name
            assert not (state == "完成 done" and known[name].find), name


def test_every_measurement_is_in_the_table() -> None:
    table = rows()
    for name, rule in promises().items():
        assert all(name in table[number][2] for number in rule.numbers), name
