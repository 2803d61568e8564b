"""docs/separations.md shows what the commands really print."""

import re
from pathlib import Path

import pytest

from layout_engine.cli.main import main
from tests.docs.test_readme import ANYTHING, commands, newsroom
from tests.plates.sheets import needs_ghostscript

__all__ = ["newsroom"]


@needs_ghostscript
def test_the_commands_print_what_the_page_shows(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = commands("docs/separations.md")
    assert len(shown) == 4
    for command, expected in shown:
        main(command.split()[1:])
        printed = capsys.readouterr()
        pattern = ".*".join(re.escape(piece) for piece in expected.rstrip().split(ANYTHING))
        assert re.fullmatch(pattern, (printed.out + printed.err).rstrip(), re.DOTALL), command
