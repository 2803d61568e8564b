"""`explain-line` says why a line ends where it does, and what there is where no such line is."""

import json

import pytest

from tests.cli.conftest import Run
from tests.kit.reference import ISSUES

ISSUE = str(ISSUES / "2024-05-22")


def test_a_line_is_explained_with_its_neighbouring_ends(run: Run) -> None:
    ran = run("explain-line", ISSUE, "wheat:41", "--lang", "zh")
    assert ran.code == 0
    assert "二十厘米深处的含水量降到" in ran.out
    assert "TY-52 第 3 步" in ran.out
    assert "会拆开不可分的字符（TY-36）" in ran.out
    assert "下一行会以不能在行首的标点开头（TY-30）" in ran.out
    assert len([line for line in ran.out.splitlines() if line.startswith("  →")]) == 1


def test_the_explanation_as_json_has_the_numbers_of_the_line(run: Run) -> None:
    told = json.loads(run("explain-line", ISSUE, "wheat:41", "--json").out)
    assert told["room"] - told["natural"] == sum(step["space"] for step in told["steps"])
    (chosen,) = [one for one in told["alternatives"] if one["chosen"]]
    assert chosen["total"] == told["total"] >= told["best"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("wheet:1", "wheat"),
        ("wheat:0", "1"),
        ("wheat:9999", "1"),
        ("wheat", "it has lines 1 to"),
        ("wheat:x", "1"),
        (":", "wheat"),
        ("wheat:" + "9" * 5000, "it has lines 1 to"),
    ],
)
def test_where_no_such_line_is_it_says_what_there_is(run: Run, line: str, says: str) -> None:
    ran = run("explain-line", ISSUE, line, "--lang", "en")
    assert ran.code == 2
    assert says in ran.err
    assert "cli/no-such-" in ran.err


def test_a_page_that_is_not_there_is_told_as_such(run: Run) -> None:
    ran = run("explain-line", ISSUE, "wheat:1", "--page", "7")
    assert ran.code == 2
    assert "build/no-such-page" in ran.err
