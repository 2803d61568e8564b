"""A store whose writers are killed at any moment is whole, and what was told finished is there."""

from pathlib import Path

from tests.revisions.kill import kill_often

KILLS = 60


def test_a_killed_writer_loses_nothing_that_was_finished(folder: Path) -> None:
    tally = kill_often(folder, KILLS, seed=20240521)
    assert tally.faults == ()
    assert tally.finished > KILLS  # it did something
    assert tally.half_done  # and was hit while it did
