"""Contents by their hash (内容库): each kept once, whatever it is called, and checked whenever it is read."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from stat import S_ISREG
from typing import Final, Literal

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.revisions.durable import Aside, make_folder, sync_folder
from layout_engine.revisions.model import is_sha256

_CHUNK: Final = 1 << 20

State = Literal["whole", "missing", "damaged"]


class Objects:
    """The folder `objects/` of a store: `objects/ab/cdef…` for the content of SHA-256 abcdef…."""

    def __init__(self, store: Path) -> None:
        self._store: Final = store
        self.folder: Final = store / "objects"

    def put(self, data: bytes) -> str:
        """Keep a content; its hash. What is kept whole is not written again, what is damaged is mended."""
        digest = sha256(data).hexdigest()
        if self.state(digest) == "whole":
            sync_folder(self._path(digest).parent)  # who wrote it may not have come to that
            return digest
        with Aside(self._store) as aside:
            aside.write((data,))
            self._name(aside, digest)
        return digest

    def put_stream(self, stream: RawIOBase) -> tuple[str, int]:
        """Keep what a stream gives, however much: its hash and its size."""
        seen, sizes = sha256(), [0]

        def chunks() -> Iterator[bytes]:
            while chunk := stream.read(_CHUNK):
                seen.update(chunk)
                sizes.append(len(chunk))
                yield chunk

        with Aside(self._store) as aside:
            aside.write(chunks())
            digest = seen.hexdigest()
            if self.state(digest) != "whole":
                self._name(aside, digest)
        return digest, sum(sizes)

    def read(self, digest: str) -> Outcome[bytes]:
        """A content, or why it cannot be had."""
        if not is_sha256(digest):
            return Outcome(None, (diagnose("store/not-a-hash", hash=digest[:80]),))
        try:
            data = b"".join(self._chunks(digest))
        except FileNotFoundError:
            return Outcome(None, (diagnose("store/missing-object", hash=digest),))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return Outcome(None, (diagnose("store/unreadable-object", hash=digest, reason=reason),))
        if sha256(data).hexdigest() != digest:
            return Outcome(None, (diagnose("store/damaged-object", hash=digest),))
        return Outcome(data)

    def state(self, digest: str) -> State:
        """Whether a content is there and is what its name says."""
        seen = sha256()
        try:
            for chunk in self._chunks(digest):
                seen.update(chunk)
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "damaged"
        return "whole" if seen.hexdigest() == digest else "damaged"

    def size(self, digest: str) -> int | None:
        """The bytes of a content, if it is there."""
        try:
            status = os.lstat(self._path(digest))
        except OSError:
            return None
        return status.st_size if S_ISREG(status.st_mode) else None

    def all(self) -> tuple[str, ...]:
        """The hashes of everything that lies there under a right name."""
        return tuple(sorted(one for one in self._names() if is_sha256(one)))

    def strangers(self) -> tuple[str, ...]:
        """What lies among the contents and is none, by its name in the folder."""
        found = []
        for prefix in _entries(self.folder):
            inside = _entries(self.folder / prefix)
            found += [f"{prefix}/{rest}" for rest in inside if not is_sha256(prefix + rest) or len(prefix) != 2]
            if not _is_folder(self.folder / prefix):
                found.append(prefix)
        return tuple(sorted(found))

    def drop(self, digest: str) -> None:
        """Let go of a content that nothing refers to."""
        self._path(digest).unlink(missing_ok=True)

    def _names(self) -> Iterable[str]:
        for prefix in _entries(self.folder):
            if len(prefix) == 2:
                yield from (prefix + rest for rest in _entries(self.folder / prefix))

    def _name(self, aside: Aside, digest: str) -> None:
        path = self._path(digest)
        make_folder(self.folder)
        make_folder(path.parent)
        aside.name(path)

    def _path(self, digest: str) -> Path:
        if not is_sha256(digest):
            raise ValueError(f"not a SHA-256: {digest[:80]!r}")
        return self.folder / digest[:2] / digest[2:]

    def _chunks(self, digest: str) -> Iterator[bytes]:
        path = self._path(digest)
        if path.parent.is_symlink() or self.folder.is_symlink():
            raise NotADirectoryError
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe in its place must not hang us
        with os.fdopen(handle, "rb", buffering=0) as stream:
            if not S_ISREG(os.fstat(handle).st_mode):
                raise FileNotFoundError
            while chunk := stream.read(_CHUNK):
                yield chunk


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _entries(folder: Path) -> list[str]:
    """The names in a folder; none where it is none, or a link."""
    return sorted(os.listdir(folder)) if _is_folder(folder) else []
