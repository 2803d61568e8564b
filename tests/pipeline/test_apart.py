"""Pictures made in a process of their own (另起进程): the same page, whatever becomes of that process."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import layout_engine
from layout_engine import press
from layout_engine.apart import begin_apart

ISSUE = Path(__file__).parents[2] / "issues/2024-05-22"


def built(out: Path, *, caching: bool) -> str | None:
    return layout_engine.build(ISSUE, out=out, caching=caching).pages[0].sha256


def test_what_is_begun_apart_is_done_when_it_has_been_waited_for(tmp_path: Path) -> None:
    wait = begin_apart(lambda: (tmp_path / "done").write_text("done"))
    assert wait is not None
    wait()
    assert (tmp_path / "done").read_text() == "done"
    wait()  # twice does no harm


def test_an_exception_apart_stays_there(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise OSError("disk full")

    wait = begin_apart(fail)
    assert wait is not None
    wait()
    assert capfd.readouterr() == ("", "")


def test_pictures_made_apart_give_the_page_that_threads_give(tmp_path: Path) -> None:
    apart = built(tmp_path / "apart", caching=True)
    assert list((tmp_path / "apart/.cache").glob("picture-*"))
    assert apart == built(tmp_path / "threads", caching=False)


def test_a_process_that_dies_costs_time_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin_and_die(work: Callable[[], object]) -> Callable[[], None] | None:
        return begin_apart(lambda: os._exit(9))

    monkeypatch.setattr(press, "begin_apart", begin_and_die)
    died = built(tmp_path / "died", caching=True)
    monkeypatch.undo()
    assert died is not None
    assert died == built(tmp_path / "well", caching=True)


def test_where_no_process_can_be_forked_threads_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "begin_apart", lambda work: None)
    assert built(tmp_path / "threads", caching=True) is not None
