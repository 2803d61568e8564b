"""Put a finished file in its place (落盘): whole or not at all, whenever the run is killed."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

MOST_KEPT: Final = 512 << 20  # bytes in the cache folder: some hundred converted pictures

_DIGEST_BYTES: Final = 32


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path`: beside it under another name, then renamed over it. Folders are made as needed.

    The data is not forced to the disk (fsync): a killed *process* leaves the old file or the new one all the
    same, and after a power cut an output is built again from its sources.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def kept(folder: Path | None, key: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, from the cache folder if it was made before; `key` names all that it depends on.

    A file that was cut off or changed by another hand is made again: each carries the hash of its content.
    Without a folder, and where it cannot be written, nothing is kept.
    """
    if folder is None:
        return make()
    path = folder / key
    try:
        found = path.read_bytes()
    except OSError:
        found = b""
    data = found[_DIGEST_BYTES:]
    if len(found) >= _DIGEST_BYTES and sha256(data).digest() == found[:_DIGEST_BYTES]:
        return data
    data = make()
    with suppress(OSError):  # a full disk shows itself where the page is written
        write_atomically(path, sha256(data).digest() + data)
        _drop_oldest(folder, MOST_KEPT)
    return data


def _drop_oldest(folder: Path, most: int) -> None:
    """Delete the files that were written longest ago until the rest is no larger than `most` bytes."""
    with os.scandir(folder) as entries:
        files = [(status.st_mtime_ns, entry.path, status.st_size) for entry in entries if (status := entry.stat())]
    total = sum(size for _, _, size in files)
    for _, path, size in sorted(files):
        if total <= most:
            return
        with suppress(OSError):  # another process may have been quicker
            os.unlink(path)
        total -= size
