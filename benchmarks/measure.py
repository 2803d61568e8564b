"""One process measured from outside (计量): wall time, CPU time and peak memory, as the system counts them.

Memory is that of the largest process of a family, which is what a limit per process sees; `family_memory` adds up
what all of them hold at one time, shared pages counted once.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import IO, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLE_SECONDS: Final = 0.05
_KIB_PER_MB: Final = 1024


class Run(NamedTuple):
    """How long a process took, how long the cores worked for it and its children, and its largest memory."""

    wall: float  # seconds
    cpu: float
    memory: float  # MB of 1,024 KiB
    output: bytes


def run(command: Sequence[str], *, allowed: Sequence[int] = (0,)) -> Run:
    """Run the command to its end. A command that fails ends the benchmark: there would be nothing to compare."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=surroundings())
    errors: list[bytes] = []
    listener = Thread(target=lambda: errors.append(_read(process.stderr)))
    listener.start()
    output = _read(process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    listener.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}\n{errors[0].decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KIB_PER_MB, output)


def family_memory(command: Sequence[str]) -> float | None:
    """The most that the command and its children hold together, in MB; None where the system does not tell (Linux)."""
    if sys.platform != "linux":
        return None
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=surroundings()
    )
    done, most = Event(), [0]

    def watch() -> None:
        while not done.wait(SAMPLE_SECONDS):
            most[0] = max(most[0], sum(map(_proportional_kib, _family(process.pid))))

    watcher = Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return most[0] / _KIB_PER_MB


def surroundings() -> dict[str, str]:
    """The environment of every child: this engine, and bytecode kept as any installation keeps it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def middle(runs: Sequence[Run]) -> Run:
    """The median of each number."""
    return Run(median(one.wall for one in runs), median(one.cpu for one in runs), max(one.memory for one in runs), b"")


def _read(stream: IO[bytes] | None) -> bytes:
    assert stream is not None
    with stream:
        return stream.read()


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _proportional_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
