"""The laws of newspaper paragraphs on two thousand of them; `python -m tests.laws.paragraphs` takes 100,000."""

import pytest

from tests.clreq.off import ANY_BREAK, NOT_FILLED, NOT_JOINED, NOT_SQUEEZED
from tests.clreq.rule import Switch, patched
from tests.clreq.test_fitting import reversed_shrink, squeezed_and_opened, tracked_shrink
from tests.laws.paragraphs import run

COUNT = 2_000
WEIGHING = "layout_engine.typography.weighing."
SHRINK = "layout_engine.typography.justify._shrink"


def test_two_thousand_newspaper_paragraphs_break_no_law() -> None:
    tally = run(range(COUNT))
    assert tally.faults == []
    assert tally.counts["paragraphs"] == COUNT
    assert tally.counts["squeezed"] > COUNT


@pytest.mark.parametrize(
    ("off", "law"),
    [
        (ANY_BREAK | NOT_JOINED, "no line starts with a forbidden mark"),
        (ANY_BREAK | NOT_JOINED, "no line ends with a forbidden mark"),
        (ANY_BREAK | NOT_JOINED, "no unit is divided"),
        (NOT_FILLED, "a line is as wide as its advances"),
        (NOT_SQUEEZED, "no line overruns its measure"),
        (patched(SHRINK, reversed_shrink), "a step of squeezing is used up before the next"),
        (patched(SHRINK, tracked_shrink), "Han, western and digits are rigid"),
        (patched(SHRINK, squeezed_and_opened), "no line is both squeezed and stretched"),
        (patched(f"{WEIGHING}_LAST_RESORT", 1), "a last resort is taken only where a unit is wider than its line"),
        (patched(f"{WEIGHING}_RUNT", 0), "a runt is left only where the line above cannot mend it"),
    ],
)
def test_a_law_that_is_switched_off_is_missed(off: Switch, law: str) -> None:
    with off.thrown():
        assert law in {fault.law for fault in run(range(150)).faults}
