"""Files that are there after a power cut, or not at all (落盘): written aside, forced to the disk, then named.

Unlike the outputs of a build, which are made again from their sources, what goes through here is made once.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

READ_ONLY: Final = 0o444  # nobody is to edit what is kept
_ASIDE: Final = "aside"  # where files lie while they are written
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})


class Aside:
    """A file being written where nothing looks for it, under `folder`; used as a context, it leaves nothing behind."""

    def __init__(self, folder: Path) -> None:
        parent = folder / _ASIDE
        make_folder(parent)
        self.path: Final = parent / f"{os.getpid()}-{os.urandom(6).hex()}"

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)

    def write(self, chunks: Iterable[bytes]) -> None:
        """Write it and force it to the disk."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, READ_ONLY)
        try:
            for chunk in chunks:
                _write_all(handle, chunk)
            os.fsync(handle)
        finally:
            os.close(handle)

    def name(self, target: Path) -> None:
        """Give it its name, in place of what bears it."""
        os.replace(self.path, target)
        sync_folder(target.parent)

    def name_new(self, target: Path) -> None:
        """Give it its name, unless something bears it: then FileExistsError."""
        try:
            os.link(self.path, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(target):  # a file system without links: the index's lock stands in
                raise FileExistsError(errno.EEXIST, "exists", str(target)) from None
            os.replace(self.path, target)
        try:
            sync_folder(target.parent)
        except OSError:
            target.unlink(missing_ok=True)
            raise


def make_folder(folder: Path) -> None:
    """Make a folder and what is above it, each forced to the disk; a link in its place is refused."""
    if folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if folder.is_dir():
        return
    make_folder_above(folder)
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise
    sync_folder(folder.parent)


def make_folder_above(folder: Path) -> None:
    """Make what is above a folder; there, links are the user's own business."""
    if not folder.parent.is_dir():
        make_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def left_aside(folder: Path) -> tuple[Path, ...]:
    """What killed processes left behind; only to be touched while nobody writes."""
    parent = folder / _ASIDE
    if parent.is_symlink() or not parent.is_dir():
        return ()
    return tuple(sorted(parent.iterdir()))


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
