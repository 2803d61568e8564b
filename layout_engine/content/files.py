"""Which files an issue may read (取文件): regular ones inside its own folder, symbolic links followed and checked."""

import os
import stat
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.nearest import nearest

_MAX_NAME: Final = 255  # POSIX NAME_MAX, and a path of an issue needs no more
_MAX_SIBLINGS: Final = 2_000  # names among which the nearest is looked for


class FoundFile(msgspec.Struct, frozen=True):
    """A file that may be read: its path on the disk, and its name as seen from the issue's folder."""

    path: str
    name: str
    size: int


def find_file(root: Path, folder: str, name: str, asked_at: Span, found: Findings) -> FoundFile | None:
    """The file `name`, as seen from `folder` below the issue's folder `root`; or a finding, and None."""
    if not is_plain_name(name):
        found.add("copy/file-name", asked_at, name=printable(name))
        return None
    seen = os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")
    path = os.path.join(root, seen)
    home = os.path.realpath(root)
    real = os.path.realpath(path)
    if os.path.isabs(name) or seen.startswith("../") or seen == ".." or not _is_inside(real, home):
        found.add("copy/leaves-folder", asked_at, name=name)
        return None
    try:
        status = os.stat(real)
    except FileNotFoundError:
        found.add("copy/file-missing", asked_at, name=seen, nearest=_nearest_sibling(path))
        return None
    except OSError as error:
        found.add("copy/unreadable", asked_at, name=seen, reason=error.strerror or "")
        return None
    if not stat.S_ISREG(status.st_mode):
        found.add("copy/not-a-file", asked_at, name=seen)
        return None
    return FoundFile(real, seen, status.st_size)


def read_bytes(file: FoundFile, most: int, asked_at: Span, found: Findings) -> bytes | None:
    """The file's bytes, of which there may be `most`; or a finding, and None."""
    if file.size > most:
        found.add("copy/too-large", asked_at, bytes=file.size, most=most)
        return None
    try:
        with open(file.path, "rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        found.add("copy/unreadable", asked_at, name=file.name, reason=error.strerror or "")
        return None


def is_plain_name(name: str) -> bool:
    """Whether `name` can be a file's: not empty, not too long, without control characters and backslashes."""
    return 0 < len(name) <= _MAX_NAME and "\\" not in name and printable(name) == name


def printable(name: str) -> str:
    """The name with what cannot be shown as a code point."""
    return "".join(one if one.isprintable() or one == "　" else f"<U+{ord(one):04X}>" for one in name[:_MAX_NAME])


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _nearest_sibling(path: str) -> str:
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(_MAX_SIBLINGS), entries, strict=False)]
    except OSError:
        return ""
    return nearest(name, [one for one in names if is_plain_name(one)])
