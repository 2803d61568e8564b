"""What the terminal is told, and what it is spared."""

import io
from time import sleep
from typing import Any

import pytest

from layout_engine.base.diagnostics import Span, diagnose
from layout_engine.cli.console import Console, language_of
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, finding_lines


class Terminal(io.StringIO):
    """A stream that people look at."""

    def isatty(self) -> bool:
        return True


def _console(**environ: str) -> Console:
    return Console("en", Terminal(), Terminal(), environ)


FOUND = diagnose("spec/unknown-kind", Span("../house/x.yaml", 3, 7), kind="headlin", nearest="headline", term="")


def _shown(console: Console) -> str:
    return "\n".join(finding_lines(FOUND, Origin("issues/2024-05-21"), console, console.err))


def test_a_path_is_shown_as_the_user_would_type_it() -> None:
    assert _shown(_console(NO_COLOR="1")).startswith("issues/house/x.yaml:3:7: error spec/unknown-kind: ")


def test_a_terminal_has_colour() -> None:
    assert "\033[31;1merror\033[0m" in _shown(_console())


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(environ: dict[str, str]) -> None:
    assert "\033" not in _shown(_console(**environ))


def test_a_pipe_has_no_colour() -> None:
    console = Console("en", io.StringIO(), io.StringIO(), {})
    assert "\033" not in _shown(console)


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "", "LC_ALL": "", "LC_MESSAGES": "zh_CN"}, "zh"),
    ],
)
def test_the_language_follows_the_locale(environ: dict[str, str], lang: str) -> None:
    assert language_of(environ) == lang


def test_long_work_shows_a_sign_of_life_on_a_terminal() -> None:
    console = _console()
    with progress(console, quiet=0.01):
        sleep(0.6)
    assert "setting pages" in console.err.getvalue()  # type: ignore[attr-defined]
    assert console.err.getvalue().endswith("\033[K")  # type: ignore[attr-defined]


def test_short_work_is_done_in_silence() -> None:
    console = _console()
    with progress(console):
        pass
    assert console.err.getvalue() == ""  # type: ignore[attr-defined]


def test_a_pipe_sees_no_progress() -> None:
    console = Console("en", io.StringIO(), io.StringIO(), {})
    with progress(console, quiet=0.0):
        sleep(0.05)
    assert console.err.getvalue() == ""  # type: ignore[attr-defined]


def test_a_terminal_without_unicode_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    console = Console("zh", io.TextIOWrapper(raw, encoding="ascii"), io.StringIO(), {})
    console.say("版面 ok")
    console.flush()
    assert raw.getvalue() == b"?? ok\n"
    assert not console.speaks_utf8()


@pytest.mark.parametrize(
    ("codes", "zh", "en"),
    [
        ((), "没有问题", "nothing found"),
        (("spec/no-issue",), "错误 1 处", "1 error"),
        (("page/underset", "spec/no-issue", "spec/no-issue"), "错误 2 处，警告 1 处", "2 errors, 1 warning"),
    ],
)
def test_findings_are_counted_in_words(codes: tuple[str, ...], zh: str, en: str) -> None:
    found: list[Any] = [diagnose(code) for code in codes]
    assert (counted(found, "zh"), counted(found, "en")) == (zh, en)
