"""A small paper whose pages are built as finals."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from layout_engine.pipeline import Build, build
from layout_engine.places import find_places
from layout_engine.plates.ghostscript import find_ghostscript
from tests.pipeline.conftest import Paper, add_pages, big_paper, paper

__all__ = ["Build_final", "Paper", "add_pages", "big_paper", "build_final", "paper"]

Build_final = Callable[..., Build]
PDF = "paper-20240601-01.pdf"


def build_final(paper: Paper, **how: object) -> Build:
    """The paper's issue as finals in its output folder."""
    places = find_places(paper.issue, fonts=paper.fonts, output=paper.out, caching=False)
    return build(paper.issue, places, **({"final": True} | how))  # type: ignore[arg-type]


def overfill(paper: Paper) -> None:
    """More copy than the page can hold."""
    text = (paper.issue / "articles/lead.md").read_text(encoding="utf-8")
    paper.write("articles/lead.md", text + "\n" + "多出来的一段。\n\n" * 400)


@pytest.fixture(autouse=True)
def _plates_are_rendered_elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendering takes half a second a page: only the tests that ask for `rendered` do it."""
    if "rendered" not in request.fixturenames:
        monkeypatch.setattr("layout_engine.final.judging.find_ghostscript", lambda: None)


@pytest.fixture
def rendered() -> None:
    """Ghostscript, or no test."""
    if find_ghostscript() is None:
        assert not os.environ.get("CI"), "install ghostscript: see .ci/run"
        pytest.skip("Ghostscript is not installed")


@pytest.fixture
def pdf(paper: Paper) -> Path:
    """Where page 1 lies when it is a final."""
    return paper.out / PDF


@pytest.fixture
def rejected(pdf: Path) -> Path:
    return pdf.with_name("paper-20240601-01.rejected.pdf")
