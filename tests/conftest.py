"""Options of the whole test run."""

import os

import pytest
from hypothesis import settings

# CI repeats itself: a new counterexample is for the people who look for one, not for whoever happens to land next.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write what was found as what is expected, for you to read"
    )


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be rewritten; never in CI, where nobody reads them."""
    wanted = bool(request.config.getoption("--update-goldens"))
    if wanted and os.environ.get("CI"):
        pytest.exit("--update-goldens is refused in CI: goldens are read by a person before they count", 2)
    return wanted
