"""What the tests of the command line share: a fresh issue, and a command run inside this process."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from layout_engine.cli.main import main


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "LAYOUT_ENGINE_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line given as words."""

    def _run(*words: str) -> Ran:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return _run


@pytest.fixture
def issue(run: Run) -> Path:
    """A new issue in issues/2024-06-01, as `layout-engine new` makes it."""
    folder = Path("issues/2024-06-01")
    assert run("new", str(folder)).code == 0
    return folder


@pytest.fixture
def page(issue: Path) -> Path:
    """The page file of the new issue."""
    return issue / "pages" / "01.yaml"
