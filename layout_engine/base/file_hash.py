"""What a file holds, as its SHA-256 (文件指纹); never all of it in memory."""

from hashlib import file_digest, sha256
from os import PathLike


def hash_of(path: "str | PathLike[str]") -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    with open(path, "rb") as stream:
        return file_digest(stream, sha256).hexdigest()


def hash_if_readable(path: "str | PathLike[str]") -> str:
    """The same; empty where the file cannot be read, which is told by those who need it."""
    try:
        return hash_of(path)
    except OSError:
        return ""
