"""A wrong command line ends with 2 and says what would have been right."""

import pytest

from layout_engine.cli.main import COMMANDS
from tests.cli.conftest import Run

WRONG = [
    (("biuld", "x"), "cli/unknown-command", 'did you mean "build"?'),
    (("nonsense",), "cli/unknown-command", "commands: build, check"),
    (("build",), "cli/missing-argument", "layout-engine build -h"),
    (("build", "x", "--pages", "1"), "cli/unknown-option", "did you mean --page?"),
    (("build", "x", "--pag=1"), "cli/unknown-option", "did you mean --page?"),
    (("build", "x", "y"), "cli/unexpected-argument", "quotes"),
    (("build", "x", "--page"), "cli/no-value", "a page number from 1 to 999"),
    (("build", "x", "--page", "one"), "cli/bad-value", "a page number from 1 to 999"),
    (("build", "x", "--page", "0"), "cli/bad-value", "a page number from 1 to 999"),
    (("build", "x", "--page", "-1"), "cli/bad-value", "a page number from 1 to 999"),
    (("build", "x", "--out", ""), "cli/no-value", "a text"),
    (("build", "x", "--json=yes"), "cli/usage", "layout-engine build -h"),
    (("build", "x", "--lang", "fr"), "cli/bad-value", "zh or en"),
    (("proof", "x", "--dpi", "100000"), "cli/bad-value", "from 18 to 1200"),
    (("schema", "hosue"), "cli/bad-value", "house, issue, page, printer, report"),
    (("explain", "spec/unknown-kinds"), "cli/unknown-code", "spec/unknown-kind"),
]


@pytest.mark.parametrize(("words", "code", "hint"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_line_ends_with_2_and_a_hint(run: Run, words: tuple[str, ...], code: str, hint: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert f"error {code}: " in ran.err
    assert hint in ran.err


def test_all_faults_of_a_line_are_told_at_once(run: Run) -> None:
    err = run("build", "--page", "x", "--jsn", "--lang", "fr").err
    assert [code in err for code in ("cli/missing-argument", "cli/unknown-option", "cli/bad-value")] == [True] * 3


def test_faults_of_the_line_speak_chinese_too(run: Run) -> None:
    assert "错误 cli/unknown-option：build 没有选项 --pages" in run("build", "x", "--pages", "1", "--lang", "zh").err


def test_nothing_at_all_shows_the_commands_and_ends_with_2(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert all(name in ran.err for name in COMMANDS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(run: Run, command: str, lang: str) -> None:
    ran = run(command, "--lang", lang, "-h")
    assert ran.code == 0
    assert COMMANDS[command][lang == "en"] in " ".join(ran.out.split())
    assert ("选项" in ran.out) == (lang == "zh")


def test_help_and_version_end_with_0(run: Run) -> None:
    assert run("-h").code == 0
    assert run("--version").out.startswith("layout-engine 0.")


def test_a_name_after_two_dashes_may_look_like_an_option(run: Run) -> None:
    assert "spec/no-issue" in run("build", "--", "-h").err
