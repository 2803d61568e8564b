"""An issue as it is in a commit of git (git 版本): its files and the house's, read out and set.

Git is asked for names and contents only, without a shell; nothing of what it answers is taken for a path before it has
been looked at. Faces come from the folder as it is now.
"""

import os
import subprocess
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.diff.model import Edition
from layout_engine.editions.folder import read_folder
from layout_engine.places import find_places

ISSUE: Final = "issue.yaml"
_SECONDS: Final = 60
_MAX_FILES: Final = 5_000
_MAX_BYTES: Final = 600_000_000  # of all files together
_ISSUES: Final = "issues"
_REGULAR: Final = (b"100644", b"100755")


class _GitError(Exception):
    """Git refused; what it said."""


class _Blob(msgspec.Struct, frozen=True):
    """A file in the commit: its path as seen from the folder that holds the issues, its object, its size."""

    path: PurePosixPath
    name: str
    size: int


def read_committed(
    issue_dir: Path, version: str, fonts: Path | None, label: str, *, showing: bool = False
) -> Outcome[Edition]:
    """The issue in `issue_dir` as it is in commit `version`; with `showing`, its pages are written."""
    issue = Path(os.path.abspath(issue_dir))
    if not issue.parent.is_dir():
        return Outcome(None, (diagnose("diff/no-such-version", None, reference=label),))
    try:
        commit = _commit(issue.parent, version)
        blobs = _blobs(issue, commit)
        if not any(blob.path == PurePosixPath(issue.name, ISSUE) for blob in blobs):
            return Outcome(None, (diagnose("diff/not-in-commit", None, path=issue_dir, version=version),))
        if len(blobs) > _MAX_FILES or sum(blob.size for blob in blobs) > _MAX_BYTES:
            return Outcome(None, (diagnose("diff/commit-too-large", None, version=label, most=_MAX_BYTES >> 20),))
        with TemporaryDirectory(prefix="layout-engine-") as folder:
            root = Path(folder, _ISSUES)
            _write(issue.parent, blobs, root)
            return read_folder(root / issue.name, fonts or find_places(issue).fonts, label, showing=showing)
    except (_GitError, OSError, subprocess.SubprocessError) as fault:
        return Outcome(None, (diagnose("diff/git", None, version=label, reason=_reason(fault)),))


def _reason(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "git is not installed"
    return str(fault).strip().partition("\n")[0][:200] or type(fault).__name__


def _git(folder: Path, *words: str, asked: bytes = b"") -> bytes:
    """What git answers. Its own configuration of the folder may start no program for what is asked here."""
    done = subprocess.run(
        ("git", "-C", str(folder), "--no-optional-locks", *words),
        input=asked,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"},
    )
    if done.returncode:
        raise _GitError(done.stderr.decode(errors="replace"))
    return done.stdout


def _commit(folder: Path, version: str) -> str:
    """The hash of the commit; what is no plain name of one never reaches git as an option."""
    if not version or version.startswith("-"):
        raise _GitError(f"not a revision: {version[:40]!r}")
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{version}^{{commit}}")
    try:
        return _git(folder, *words).decode("ascii").strip()
    except _GitError as fault:
        raise _GitError(str(fault).strip() or f"unknown revision {version[:40]!r}") from None


def _blobs(issue: Path, commit: str) -> list[_Blob]:
    """The files of the issue, and those beside it that belong to no other issue: the house's."""
    listed = _git(issue.parent, "ls-tree", "-r", "-l", "-z", commit, "--", ".")
    blobs = [blob for line in listed.split(b"\0") if (blob := _blob(line)) is not None]
    issues = {blob.path.parts[0] for blob in blobs if blob.path.name == ISSUE and len(blob.path.parts) == 2}
    others = issues - {issue.name}
    return [blob for blob in blobs if blob.path.parts[0] not in others]


def _blob(line: bytes) -> _Blob | None:
    """One line of the listing; None for links, modules, and names that are not plain."""
    about, _, name = line.partition(b"\t")
    words = about.split()
    if len(words) != 4 or words[0] not in _REGULAR or words[1] != b"blob" or not words[3].isdigit():
        return None
    try:
        path = PurePosixPath(name.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if path.is_absolute() or not path.parts or any(part in ("..", ".") or "\\" in part for part in path.parts):
        return None
    return _Blob(path, words[2].decode("ascii"), int(words[3]))


def _write(folder: Path, blobs: list[_Blob], root: Path) -> None:
    """The files under `root`, all of them asked for at once."""
    asked = "".join(f"{blob.name}\n" for blob in blobs).encode()
    answered = memoryview(_git(folder, "cat-file", "--batch", asked=asked))
    at = 0
    for blob in blobs:
        header = bytes(answered[at : at + 256]).partition(b"\n")[0]
        if header.split() != [blob.name.encode(), b"blob", str(blob.size).encode()]:
            raise _GitError(f"{blob.path}: not as listed")
        start = at + len(header) + 1
        path = root / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answered[start : start + blob.size])
        at = start + blob.size + 1
