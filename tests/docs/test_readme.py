"""READMEs and tutorial show what the commands really print (文档与实际一致): each console block is run and compared."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from layout_engine.cli.main import main

ROOT = Path(__file__).parents[2]
READMES = sorted(path.name for path in ROOT.glob("README*.md"))
EVENING = "docs/evening.md"
ANYTHING = "…"


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder laid out as the repository is, in which commands may write."""
    shutil.copytree(ROOT / "issues", tmp_path / "issues")
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    return tmp_path


def commands(readme: str) -> list[tuple[str, str]]:
    """Each command of the console blocks with what is printed below it."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for shown in block.split("$ ")[1:]:
            command, _, output = shown.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize("readme", [*READMES, EVENING])
def test_the_commands_print_what_the_readme_shows(
    readme: str, newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = commands(readme)
    assert len(shown) >= 6
    for command, expected in shown:
        program, *arguments = command.split()
        if program == "sed":  # an edit that a reader is shown
            subprocess.run(command.split(), check=True)
            continue
        assert program == "layout-engine"
        main(arguments)
        printed = capsys.readouterr()
        pattern = ".*".join(re.escape(piece) for piece in expected.rstrip().split(ANYTHING))
        assert re.fullmatch(pattern, (printed.out + printed.err).rstrip(), re.DOTALL), command


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_begins_with_the_page_and_the_two_commands(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    picture, install, check = (
        text.index(one) for one in ("docs/images/front-page.png", "layout-engine build", "python -m tests")
    )
    assert picture < install < check
    assert (ROOT / "docs/images/front-page.png").is_file()


def test_the_readmes_show_the_same_commands_in_both_languages() -> None:
    said = [[command.replace(" --lang zh", "") for command, _ in commands(readme)] for readme in READMES]
    assert said[0] == said[1]


def test_the_python_of_the_readme_runs(newsroom: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert (newsroom / "output/2024-05-21/xinjimo-20240521-01.pdf").is_file()
