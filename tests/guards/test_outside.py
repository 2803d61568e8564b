"""A program of the house's own: run only by leave, within its bounds, and never more than a finding."""

import json
import sys
from pathlib import Path
from time import monotonic

import pytest

from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.content.model import Copy
from layout_engine.guards.guard import Sheet
from layout_engine.guards.outside import ALLOWED, Allow, allowed_by, ask_outside
from layout_engine.spec.resolved import OutsideCommand
from tests.guards.kit import codes, spec_of, story, values

_ONCE = Allow(all_once=True)
_AT = Span("house.yaml", 3, 1)


def _ask(tmp_path: Path, script: str, allow: Allow = _ONCE, seconds: int = 5) -> tuple[Diagnostic, ...]:
    return _run(tmp_path, (sys.executable, "-c", script), allow, seconds)


def _run(tmp_path: Path, words: tuple[str, ...], allow: Allow = _ONCE, seconds: int = 5) -> tuple[Diagnostic, ...]:
    sheet = Sheet(spec_of(tmp_path), Copy({"lead": story("lead", "一个错字。", headline="标题")}, {}, {}))
    return ask_outside(OutsideCommand(words, seconds, _AT), sheet, allow)


def test_nothing_is_run_without_leave(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    found = _ask(tmp_path, f"open({str(trace)!r}, 'w')", Allow())
    assert codes(found) == ["command-not-allowed"]
    assert not trace.exists()


def test_leave_for_good_is_for_the_very_command(tmp_path: Path) -> None:
    allow = allowed_by({ALLOWED: f"{sys.executable} -c pass\nother 'x y'"}, all_once=False)
    assert allow.commands == ((sys.executable, "-c", "pass"), ("other", "x y"))
    assert not allow.permits((sys.executable, "-c", "print()"))
    assert allow.permits((sys.executable, "-c", "pass"))


def test_what_the_program_finds_is_told_at_its_place(tmp_path: Path) -> None:
    script = (
        "import json,sys; asked=json.load(sys.stdin); part=asked['stories'][0]['parts'][1];"
        "at=part['text'].index('错');"
        "print(json.dumps({'findings':[{'part':part['part'],'start':at,'end':at+2,'message':'疑有错字','suggestion':'别字'}]}))"
    )
    found = _ask(tmp_path, script)
    assert codes(found) == ["outside"]
    assert (str(found[0].span), values(found, "text"), found[0].hint("zh")) == (
        "articles/lead.md:2:3", ["错字"], "改为“别字”",
    )  # fmt: skip


@pytest.mark.parametrize("answer", ["", "no json", "[]", '{"findings": 3}', '{"findings": [{"part": 1}]}', "[" * 9999])
def test_an_answer_of_another_form_is_a_finding(tmp_path: Path, answer: str) -> None:
    assert codes(_ask(tmp_path, f"print({answer!r})")) == ["command-answer"]


def test_bytes_that_are_no_text_are_a_finding(tmp_path: Path) -> None:
    script = 'import sys; sys.stdout.buffer.write(b\'{"findings": [{"part": "\\xff", "message": ""}]}\')'
    assert codes(_ask(tmp_path, script)) == ["command-answer"]


@pytest.mark.parametrize("start", [-1, 99])
def test_a_place_that_is_not_there_is_told(tmp_path: Path, start: int) -> None:
    answer = json.dumps({"findings": [{"part": "lead/body-2", "message": "x", "start": start}]})
    assert codes(_ask(tmp_path, f"print({answer!r})")) == ["command-place"]


def test_a_program_that_fails_is_a_finding(tmp_path: Path) -> None:
    assert codes(_ask(tmp_path, "raise SystemExit(3)")) == ["command-failed"]


def test_a_program_that_never_ends_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    trace, begin = tmp_path / "trace", monotonic()
    child = f"import time; time.sleep(20); open({str(trace)!r}, 'w')"
    script = f"import subprocess,sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert codes(_ask(tmp_path, script, seconds=1)) == ["command-failed"]
    assert monotonic() - begin < 15
    assert not trace.exists()


def test_a_program_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    begin = monotonic()
    found = _ask(tmp_path, "import sys\nwhile True: sys.stdout.write('x' * 65536)", seconds=60)
    assert codes(found) == ["command-failed"]
    assert monotonic() - begin < 30


@pytest.mark.parametrize(
    "word", ["./check.sh", "tools/check.sh", "../check.sh", "no-such-program-anywhere", "/no/such"]
)
def test_a_program_from_the_issue_or_from_nowhere_is_a_finding(tmp_path: Path, word: str) -> None:
    assert codes(_run(tmp_path, (word,))) == ["command-failed"]


def test_no_shell_reads_the_words(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    _run(tmp_path, (sys.executable, "-c", "pass", f"; touch {trace}", f"$(touch {trace})"))
    assert not trace.exists()


def test_the_program_stands_in_an_empty_folder_without_our_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    script = "import os,sys; sys.exit(4 if 'SOME_TOKEN' in os.environ or os.path.exists('issue.yaml') else 0)"
    assert codes(_ask(tmp_path, script)) == ["command-answer"]  # it wrote nothing, and ended well


def test_what_a_message_says_cannot_steer_a_terminal(tmp_path: Path) -> None:
    answer = json.dumps({"findings": [{"part": "lead/body-2", "message": "\x1b[31mred"}]})
    assert "\x1b" not in _ask(tmp_path, f"print({answer!r})")[0].message("zh")
