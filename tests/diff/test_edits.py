"""Random edits of the sample issue are told each in its class, and nothing else above reflow.

The long run: `python -m tests.diff.edits 500`.
"""

from pathlib import Path

import pytest

from tests.diff.edits import run


@pytest.mark.parametrize("seed", [3, 4])
def test_every_edit_is_told_in_its_class_and_nothing_else(seed: int, tmp_path: Path) -> None:
    tally = run(40, seed, tmp_path)
    assert tally.trials == 40
    assert tally.faults == []


def test_the_same_is_told_of_proofs_in_pdf(tmp_path: Path) -> None:
    tally = run(5, 5, tmp_path, printed=True)
    assert tally.trials == 5
    assert tally.faults == []
