"""The preflight let loose on files that others wrote (外来文件): no traceback, bounded time and memory, and counts.

    python -m tests.pdfx.foreign_files FOLDER ... [--profile P] [--seconds 20] [--megabytes 600] [--jobs 2]

Every `*.pdf` below the folders is checked in a process of its own, which is ended when it takes too long or asks for
too much memory. Prints a line for each folder and for each file with trouble; exits with 1 where there is one. Which
packages of the registries such folders can be unpacked from is told in docs/conformance/readers.md; no such file is
kept in the repository.
"""

import argparse
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time
from typing import Final

import msgspec

from layout_engine.pdf.profile import find_profile
from layout_engine.preflight.inspect_file import claimed_standard, preflight

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 5  # times the limit, by the clock on the wall
_PROFILES: Final = {"X4": "pdfx4", "X1a": "pdfx1a"}
_DEFAULT: Final = "pdfx4"


class Limits(msgspec.Struct, frozen=True):
    """What one file may cost: seconds of the processor, however busy the machine is, and of memory."""

    seconds: float = 20
    megabytes: int = 600


class Checked(msgspec.Struct, frozen=True):
    """What became of one file. `trouble` is empty where there is a report."""

    path: str
    seconds: float = 0
    megabytes: int = 0
    claims: str = ""
    codes: dict[str, int] = {}
    trouble: str = ""


def check_here(path: Path, profile: str | None) -> Checked:
    """The file's report, made in this process."""
    begin = process_time()
    claims = claimed_standard(path) or ""
    against = find_profile(profile or _PROFILES.get(claims, _DEFAULT)).value
    assert against is not None, profile
    report = preflight(path, against).value
    assert report is not None
    codes = Counter(f"{one.rule} {one.diagnostic.code}" for one in report.findings)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Checked(str(path), process_time() - begin, used, claims, dict(codes))


def check_apart(path: Path, profile: str | None, limits: Limits) -> Checked:
    """The same in a process of its own, which is ended where it goes past a limit."""
    command = [sys.executable, "-m", "tests.pdfx.foreign_files", "--alone", str(path.resolve())]
    command += ["--megabytes", str(limits.megabytes), *(["--profile", profile] if profile else [])]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=limits.seconds * PATIENCE)
    except subprocess.TimeoutExpired:
        return Checked(str(path), limits.seconds, trouble=f"not done after {limits.seconds * PATIENCE} s")
    if done.returncode != 0 or done.stderr:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return Checked(str(path), trouble=f"exit {done.returncode}: {last}")
    checked = msgspec.json.decode(done.stdout, type=Checked)
    slow = f"took {checked.seconds:.1f} s" if checked.seconds > limits.seconds else ""
    return msgspec.structs.replace(checked, trouble=slow)


def pdf_files(folder: Path) -> list[Path]:
    """Every PDF below a folder, or the file itself."""
    if folder.is_file():
        return [folder]
    return sorted(one for one in folder.rglob("*") if one.suffix.lower() == ".pdf" and one.is_file())


def row(name: str, checked: Sequence[Checked]) -> str:
    """A folder's line of the table."""
    codes = [code for one in checked for code in one.codes]
    unread = sum(code.endswith(("preflight/unreadable", "preflight/locked")) for code in codes)
    clean = sum(not one.codes and not one.trouble for one in checked)
    trouble = sum(bool(one.trouble) for one in checked)
    seconds = sorted(one.seconds for one in checked)
    most = max((one.megabytes for one in checked), default=0)
    return (
        f"| {name} | {len(checked)} | {sum(bool(one.claims) for one in checked)} | {unread} | {clean} | {trouble} | "
        f"{seconds[len(seconds) // 2]:.2f} | {seconds[-1]:.2f} | {most} |"
    )


def main(words: Sequence[str]) -> int:
    """Check every file; 1 where there is trouble with one."""
    parser = argparse.ArgumentParser(prog="python -m tests.pdfx.foreign_files")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--profile")
    parser.add_argument("--seconds", type=float, default=Limits().seconds)
    parser.add_argument("--megabytes", type=int, default=Limits().megabytes)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--findings", action="store_true", help="what is found in each file, as JSON, a line a file")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.alone:
        resource.setrlimit(resource.RLIMIT_AS, (asked.megabytes << 20, asked.megabytes << 20))
        sys.stdout.buffer.write(msgspec.json.encode(check_here(asked.folders[0], asked.profile)))
        return 0
    limits = Limits(asked.seconds, asked.megabytes)
    lines, trouble = [], []
    with ThreadPoolExecutor(asked.jobs) as pool:
        for folder in asked.folders:
            files = pdf_files(folder)
            checked = list(pool.map(lambda path: check_apart(path, asked.profile, limits), files))
            trouble += [one for one in checked if one.trouble]
            lines += [row(folder.name, checked)] if checked else []
            if asked.findings:
                print(*(msgspec.json.encode(one).decode() for one in checked), sep="\n", flush=True)
    print("| Folder | files | claim X | cannot be read | no finding | trouble | median s | most s | most MB |")
    print("|---|---|---|---|---|---|---|---|---|", *lines, sep="\n")
    for one in trouble:
        print(f"{one.path}: {one.trouble}")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
