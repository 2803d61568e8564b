"""Ghostscript as a program apart (另起的渲染程序), kept on a short lead: it reads files of unknown people.

It may read that one file and write one other, in a folder of its own, with an environment of its own, within bounds
of time, memory and size. Whatever becomes of it, the caller gets an answer.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

SECONDS: Final = 30  # for one page; a tabloid page takes half a second
MAX_MEMORY: Final = 2 << 30  # address space; a tabloid page takes 50 MB
MAX_WRITTEN: Final = 1 << 30  # bytes of any one file that it writes

_INTERPRETER_KB: Final = 1 << 20  # what its PostScript and PDF interpreter may take
_SAID_MOST: Final = 4096  # bytes of what it says that are read
_LINE_MOST: Final = 160
_SAID: Final = "said.txt"
_FIXED: Final = ("-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dNOPROMPT", f"-K{_INTERPRETER_KB}")


class MissingError(Exception):
    """Ghostscript is not installed, or not where programs are looked for."""


class FailedError(Exception):
    """It gave up, or was ended at a bound; the message says why, in its own words or in ours."""


class TooSlowError(FailedError):
    """It was ended because it came to no end."""


def find_ghostscript() -> Path | None:
    """The program, or None where it is not installed."""
    found = shutil.which("gs")
    return Path(found).resolve() if found else None


def run_ghostscript(arguments: tuple[str, ...], pdf: Path, folder: Path, seconds: float) -> tuple[str, ...]:
    """Run it on `pdf` in `folder`, and give the lines that it said. Raises MissingError or FailedError."""
    program = find_ghostscript()
    if program is None:
        raise MissingError
    command = [str(program), *_FIXED, *arguments, "-f", str(pdf.resolve())]
    with (folder / _SAID).open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=_surroundings(folder), stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            _bound(process.pid, seconds)
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TooSlowError(f"no end after {seconds:g} s") from None
        finally:
            _end(process)
    lines = _said(folder)
    if code:
        raise FailedError(lines[0] if lines else f"signal {-code}" if code < 0 else f"exit code {code}")
    return lines


def _surroundings(folder: Path) -> dict[str, str]:
    """Nothing of our environment: no GS_LIB, no GS_OPTIONS, no home."""
    return {"PATH": os.defpath, "TMPDIR": str(folder), "HOME": str(folder), "LC_ALL": "C"}


def _bound(pid: int, seconds: float) -> None:
    """Have the system hold it to its bounds, where the system can."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415  # not there on every system

    bounds = {
        resource.RLIMIT_AS: MAX_MEMORY,
        resource.RLIMIT_FSIZE: MAX_WRITTEN,
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        with suppress(ProcessLookupError):  # it has ended already
            resource.prlimit(pid, kind, (most, most))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Nothing of it stays behind, however we leave."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _said(folder: Path) -> tuple[str, ...]:
    """The first lines of what it said, without the names of our folders and without what a terminal would obey."""
    with (folder / _SAID).open("rb") as file:
        text = file.read(_SAID_MOST).decode("utf-8", "replace").replace(str(folder), "")
    lines = ("".join(filter(str.isprintable, line)).strip(" *") for line in text.splitlines())
    return tuple(line[:_LINE_MOST] for line in lines if line)
