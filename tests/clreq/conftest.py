"""The press of tests that need no control of their own."""

import pytest

from tests.clreq.press import Press


@pytest.fixture(scope="session")
def press() -> Press:
    return Press()
