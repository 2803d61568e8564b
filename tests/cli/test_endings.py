"""How a command ends when something goes wrong outside the copy and the spec: never with a traceback."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span, diagnose
from layout_engine.cli import build as build_command
from layout_engine.pipeline import Build
from layout_engine.scene.ledger import Ledger
from tests.cli.conftest import Run

FailWith = Callable[[BaseException], None]


@pytest.fixture
def fail_with(monkeypatch: pytest.MonkeyPatch) -> FailWith:
    """Let the pipeline break with an error."""

    def _fail_with(error: BaseException) -> None:
        def _build(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(build_command, "build", _build)

    return _fail_with


def test_a_bug_ends_with_3_and_asks_for_a_report(run: Run, fail_with: FailWith) -> None:
    fail_with(ZeroDivisionError("division by zero"))
    ran = run("build", "x")
    assert ran.code == 3
    assert "cli/bug" in ran.err
    assert "ZeroDivisionError: division by zero" in ran.err
    assert "please report it" in ran.err
    assert "Traceback" not in ran.err


def test_a_traceback_comes_only_when_asked_for(run: Run, fail_with: FailWith, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(ZeroDivisionError("division by zero"))
    monkeypatch.setenv("LAYOUT_ENGINE_TRACEBACK", "1")
    assert "Traceback" in run("build", "x").err


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_refuses_ends_with_1_and_names_the_place(run: Run, fail_with: FailWith, number: int) -> None:
    fail_with(OSError(number, "No room", "/press/.page.pdf.17.part"))
    ran = run("build", "x")
    assert ran.code == 1
    assert ran.err.startswith("error cli/disk: cannot write /press: No room")


def test_an_interrupt_ends_quietly(run: Run, fail_with: FailWith) -> None:
    fail_with(KeyboardInterrupt())
    assert run("build", "x") == (130, "", "")


def test_a_reader_that_went_away_is_no_fault(run: Run, fail_with: FailWith) -> None:
    fail_with(BrokenPipeError())
    assert run("build", "x") == (141, "", "")


def test_an_output_folder_that_is_a_file_ends_with_1(run: Run, issue: Path) -> None:
    Path("taken").write_text("here already")
    ran = run("build", str(issue), "--out", "taken")
    assert ran.code == 1
    assert "error cli/disk: cannot write taken" in ran.err
    assert Path("taken").read_text() == "here already"


def test_a_ledger_that_does_not_balance_ends_with_3_and_asks_for_a_report(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = diagnose("ledger/lost", Span("articles/lead.md", 5, 3), text="字", part="lead/body-1")

    def _build(*_: object, **__: object) -> Build:
        return Build(None, (), Ledger(()), (lost,), {}, unbalanced=True)

    monkeypatch.setattr(build_command, "build", _build)
    ran = run("build", "x")
    assert ran.code == 3
    assert "x/articles/lead.md:5:3: error ledger/lost" in ran.err
    assert "Please report it" in ran.err


def test_a_bug_leaves_no_half_of_a_document(run: Run, fail_with: FailWith) -> None:
    fail_with(ZeroDivisionError("division by zero"))
    ran = run("build", "x", "--json")
    assert (ran.code, ran.out) == (3, "")
