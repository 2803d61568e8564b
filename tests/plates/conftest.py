"""Tests that render need Ghostscript. Here they are skipped without it; CI must have it."""

import os

import pytest

from layout_engine.plates.ghostscript import find_ghostscript


@pytest.fixture(scope="session", autouse=True)
def _ghostscript_in_ci() -> None:
    assert find_ghostscript() or not os.environ.get("CI"), "install ghostscript: see .ci/run"
