"""Options are proved: each one that is shown, applied to the files by an editor's hand, fits."""

import pytest

from tests.fit.every_option import Case, try_case

SAMPLE = [
    Case("2024-05-21", "energy", 2),
    Case("2024-05-21", "moral-education", 2),
    Case("2024-05-22", "buses", -4),
    Case("2024-05-22", "weather", 1),
]


@pytest.mark.parametrize("case", SAMPLE, ids=lambda one: f"{one.story}{one.lines:+d}")
def test_every_option_shown_fits_when_it_is_applied_to_the_files(case: Case) -> None:
    tried = try_case(case, range(2))
    assert tried is not None
    assert tried.options
    assert tried.failures == ()
