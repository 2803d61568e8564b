"""Numbered files (编号文件): `0001.json`, `0002.json` … each written once, never over another."""

import os
from pathlib import Path
from stat import S_ISREG
from typing import Final

from layout_engine.revisions.durable import Aside, make_folder, sync_folder

_SUFFIX: Final = ".json"
_DIGITS: Final = 4
_MOST_DIGITS: Final = 9
_LARGEST: Final = 1 << 20  # bytes; a pointer has a hundred, an event a few more


class Numbered:
    """The numbered files of one folder of a store."""

    def __init__(self, store: Path, folder: Path) -> None:
        self._store: Final = store
        self._folder: Final = folder

    def numbers(self) -> tuple[int, ...]:
        """The numbers that are there, in order."""
        if self._folder.is_symlink() or not self._folder.is_dir():
            return ()
        return tuple(sorted(number for name in os.listdir(self._folder) if (number := _number(name))))

    def write(self, number: int, data: bytes) -> None:
        """Write file `number`; FileExistsError where there is one."""
        make_folder(self._folder)
        with Aside(self._store) as aside:
            aside.write((data,))
            aside.name_new(self.path(number))

    def read(self, number: int) -> bytes:
        """The bytes of file `number`; OSError where there is no such plain file of sensible size."""
        handle = os.open(self.path(number), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                raise OSError(f"not a plain file of at most {_LARGEST} bytes")
            return stream.read(_LARGEST)

    def drop(self, number: int) -> None:
        """Take file `number` away."""
        self.path(number).unlink(missing_ok=True)
        sync_folder(self._folder)

    def path(self, number: int) -> Path:
        """Where file `number` lies."""
        return self._folder / f"{number:0{_DIGITS}}{_SUFFIX}"


def _number(name: str) -> int:
    """The number that a file's name stands for; 0 where it is no such name."""
    digits = name.removesuffix(_SUFFIX)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS and name.endswith(_SUFFIX)):
        return 0
    return int(digits) if name == f"{int(digits):0{_DIGITS}}{_SUFFIX}" else 0
