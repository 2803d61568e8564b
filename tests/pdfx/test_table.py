"""docs/conformance/pdfx.md says what the tests show: no rule is left out, and none is kept without a test."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

from layout_engine.preflight.rules.every import RULES
from tests.kit.promises import promises_in
from tests.pdfx.clause import Clause

HERE: Final = Path(__file__).parent
TESTS: Final = HERE.parent
TABLE: Final = TESTS.parent / "docs" / "conformance" / "pdfx.md"
KEPT: Final = ("由构造 by construction", "把关 enforced")
STATES: Final = (*KEPT, "用户 the user's", "未做 not yet")


class Row:
    """One line of the table."""

    def __init__(self, line: str) -> None:
        self.number, self.says, self.x4, self.x1a, self.state, self.remark, tests, self.preflight = (
            cell.strip() for cell in line.strip().strip("|").split("|")
        )
        self.tests = re.findall(r"`(test_\w+)`", tests)


@cache
def rows() -> dict[str, Row]:
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| PR-"))
    return {row.number: row for row in map(Row, lines)}


@cache
def promises() -> dict[str, Clause]:
    """Every test with a planted fault, by its name."""
    return promises_in(HERE, Clause)


@cache
def all_tests() -> frozenset[str]:
    """The names of all tests there are."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in TESTS.rglob("test_*.py"))
    return frozenset(node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_rule_of_the_standard_has_a_row() -> None:
    rules = [line.split("|") for line in (HERE / "rules.txt").read_text(encoding="utf-8").splitlines()]
    assert [(row.number, row.says) for row in rows().values()] == [(number, says) for number, says in rules]


def test_every_row_says_how_both_standards_keep_it() -> None:
    for row in rows().values():
        assert row.state in STATES, row.number
        assert row.x4, row.number
        assert row.x1a, row.number


def test_what_is_kept_is_shown_by_tests_that_exist() -> None:
    for row in rows().values():
        assert row.tests or row.state not in KEPT, row.number
        assert set(row.tests) <= all_tests(), row.number


def test_every_clause_that_is_measured_is_in_the_table() -> None:
    for name, clause in promises().items():
        for number in clause.numbers:
            assert name in rows()[number].tests, (number, name)


def test_every_row_names_what_the_preflight_looks_with_or_says_why_it_cannot() -> None:
    for row in rows().values():
        checks = {
            f"{one.check.__module__.rpartition('.')[2]}.{one.check.__name__}"
            for one in RULES
            if one.number == row.number
        }
        assert set(re.findall(r"`(\w+\.\w+)`", row.preflight)) == checks, row.number
        assert row.preflight, row.number


def test_the_sum_of_the_states_is_right() -> None:
    count = Counter(row.state for row in rows().values())
    (told,) = re.findall(r"States: (.*?)\.$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(part.rsplit(" ", 1) for part in told.split("; ")) == {state: str(of) for state, of in count.items()}
