"""A proofreading program of the house's own (外部校对): the copy goes in as JSON, findings come back as JSON.

An issue that came by mail must not run things. So a command runs only where the user says so: once with
`--allow-commands`, or always for this very command, word for word. It is started without a shell, in an empty folder of
its own, so that nothing in the issue's folder is reached by a relative name; within bounds of time and output; and
whatever becomes of it, the answer is findings.
"""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings
from layout_engine.content.files import printable
from layout_engine.content.model import Part
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import printed_parts, shown_at
from layout_engine.spec.resolved import OutsideCommand

OUTSIDE: Final = "outside"  # what a switch calls this guard
ALLOWED: Final = "LAYOUT_ENGINE_ALLOW_COMMANDS"
MAX_ANSWER: Final = 1 << 20  # bytes
MAX_FINDINGS: Final = 500
_MAX_TEXT: Final = 200  # characters of a message that are shown
_MAX_LENGTH: Final = 40
_POLL: Final = 0.02  # s
_VERSION: Final = 1
_CARRIED: Final = ("PATH", "HOME", "SYSTEMROOT")  # what a program needs to find itself


class Allow(msgspec.Struct, frozen=True):
    """What the user lets run: everything, this once; or certain commands, each word for word."""

    all_once: bool = False
    commands: tuple[tuple[str, ...], ...] = ()

    def permits(self, command: tuple[str, ...]) -> bool:
        return self.all_once or command in self.commands


def allowed_by(environ: Mapping[str, str], *, all_once: bool) -> Allow:
    """What the user's environment allows for good: a command a line, as it would be typed."""
    commands = []
    for line in environ.get(ALLOWED, "").splitlines():
        with suppress(ValueError):  # a quotation mark that never closes allows nothing
            commands.append(tuple(shlex.split(line)))
    return Allow(all_once, tuple(one for one in commands if one))


class Told(msgspec.Struct, frozen=True):
    """One finding of the program: which part, which characters of it, what is wrong, what should stand there."""

    part: str
    message: str
    start: int = 0
    end: int | None = None
    suggestion: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What the program writes."""

    findings: tuple[Told, ...] = ()


class _GaveUpError(Exception):
    """It could not be run to its end; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def ask_outside(command: OutsideCommand, sheet: Sheet, allow: Allow) -> tuple[Diagnostic, ...]:
    """What the program finds, or why it did not run."""
    found = Findings()
    shown = printable(shlex.join(command.words))
    if not allow.permits(command.words):
        found.add("guard/command-not-allowed", command.span, command=shown)
        return found.all()
    parts = {part.key: part for part in printed_parts(sheet)}
    try:
        data = _run(command, msgspec.json.encode(_question(sheet)))
        answer = msgspec.json.decode(data, type=Answer)
    except _GaveUpError as reason:
        found.add("guard/command-failed", command.span, command=shown, reason_zh=reason.zh, reason_en=reason.en)
        return found.all()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found.add("guard/command-answer", command.span, command=shown, problem=printable(str(error)[:_MAX_TEXT]))
        return found.all()
    unknown = 0
    for told in answer.findings[:MAX_FINDINGS]:
        part = parts.get(told.part)
        if part is None or not 0 <= told.start <= len(part.text):
            unknown += 1
        else:
            _add(told, part, command, found)
    if unknown:
        found.add("guard/command-place", command.span, command=shown, count=unknown)
    if len(answer.findings) > MAX_FINDINGS:
        found.add("guard/command-too-many", command.span, count=len(answer.findings), most=MAX_FINDINGS)
    return found.all()


def _add(told: Told, part: Part, command: OutsideCommand, found: Findings) -> None:
    length = max(0, min(told.end if told.end is not None else told.start + 1, len(part.text)) - told.start)
    found.add(
        "guard/outside",
        part.copy.span(told.start),
        related=(command.span,),
        message=printable(told.message[:_MAX_TEXT].replace("\n", " ")),
        text=part.text[told.start : told.start + min(length, _MAX_LENGTH)],
        suggestion=printable(told.suggestion[:_MAX_TEXT]),
        context=shown_at(part.text, told.start, min(length, _MAX_LENGTH)),
    )


def _question(sheet: Sheet) -> dict[str, Any]:
    """What the program reads: every part of every story, caption and credit, by its key."""
    stories = [(one.id, one.file, one.parts) for one in sheet.copy.stories.values()]
    photos = [(one.id, one.file, (one.caption, one.credit)) for one in sheet.copy.photos.values()]
    return {
        "version": _VERSION,
        "date": sheet.spec.issue.date,
        "stories": [{"id": name, "file": file, "parts": _written(parts)} for name, file, parts in stories],
        "photos": [{"id": name, "file": file, "parts": _written(parts)} for name, file, parts in photos],
    }


def _written(parts: tuple[Part | None, ...]) -> list[dict[str, str]]:
    return [{"part": one.key, "kind": one.kind, "text": one.text} for one in parts if one is not None]


def _run(command: OutsideCommand, question: bytes) -> bytes:
    """Start it, feed it, and give what it wrote. Raises _GaveUpError."""
    program = _program(command.words[0])
    with tempfile.TemporaryDirectory(prefix="layout-engine-", ignore_cleanup_errors=True) as folder:
        asked, written = Path(folder, "question"), Path(folder, "answer")
        asked.write_bytes(question)
        with asked.open("rb") as stdin, written.open("wb") as stdout:
            try:
                process = subprocess.Popen(
                    [program, *command.words[1:]], cwd=folder, env=_surroundings(), stdin=stdin, stdout=stdout,
                    stderr=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "?"
                raise _GaveUpError(f"不能运行（{reason}）", f"it cannot be run ({reason})") from None
            try:
                code = _wait(process, written, command.seconds)
            finally:
                _end(process)
        if code:
            raise _GaveUpError(f"退出码 {code}", f"exit code {code}")
        with written.open("rb") as stream:
            data = stream.read(MAX_ANSWER + 1)
    if len(data) > MAX_ANSWER:
        raise _too_much()
    return data


def _program(word: str) -> str:
    """The program by its whole path, or by a name that the system finds; never by a path from somewhere."""
    if os.path.isabs(word):
        return word
    found = None if os.path.basename(word) != word else shutil.which(word)
    if found is None or not os.path.isabs(found):
        raise _GaveUpError(
            f"找不到程序 {printable(word)}；写绝对路径，或系统找得到的程序名",
            f"no program {printable(word)}; write its whole path, or a name that the system finds",
        )
    return found


def _wait(process: "subprocess.Popen[bytes]", written: Path, seconds: int) -> int:
    until = monotonic() + seconds
    while True:
        try:
            return process.wait(_POLL)
        except subprocess.TimeoutExpired:
            if written.stat().st_size > MAX_ANSWER:
                raise _too_much() from None
            if monotonic() > until:
                raise _GaveUpError(f"{seconds} 秒没有结束", f"no end after {seconds} s") from None


def _too_much() -> _GaveUpError:
    return _GaveUpError(f"输出超过 {MAX_ANSWER} 字节", f"it wrote more than {MAX_ANSWER} bytes")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Nothing of it stays behind, what it started neither."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _surroundings() -> dict[str, str]:
    """Little of our environment: no tokens, no settings of interpreters."""
    return {name: os.environ[name] for name in _CARRIED if name in os.environ} | {"LC_ALL": "C.UTF-8"}
