"""The files of an issue (一期的文件): found from the file that names them, never outside the issue's folders."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.nearest import nearest
from layout_engine.base.yaml_nodes import MAX_BYTES, Path, YamlDocument, read_yaml

Within = Literal["issue", "issues", "beside"]  # beside: the folder of the file that names it


class Write(msgspec.Struct, frozen=True):
    """One value of a file that is to be read as if it stood there already; `old` is None where there was none."""

    file: str  # label
    path: Path
    old: Any
    new: Any


class IssueFolder:
    """The issue's folder on disk: what is read of it, under which name, and the hash of every file read.

    A file's label is its path from the issue's folder. Pages must lie in that folder; the house file and art
    may lie beside it, in the folder that holds the issues. Links are followed before this is judged.
    Its files are read as if the `writes` had been made.
    """

    __slots__ = ("_found", "_root", "_writes", "hashes", "root")

    def __init__(self, root: str, found: Findings, writes: Sequence[Write] = ()) -> None:
        self.root = root
        self.hashes: dict[str, str] = {}
        self._root = os.path.realpath(root)
        self._found = found
        self._writes = writes

    def locate(self, name: str, named_in: str, span: Span, within: Within) -> str | None:
        """The label of the file that `named_in` calls `name`, or None with the reason told."""
        if "\0" in name or not name:
            self._found.add("spec/missing-file", span, path=name.replace("\0", "␀"))
            return None
        if os.path.isabs(name) or "\\" in name or ":" in name:
            self._found.add("spec/path-form", span, path=name)
            return None
        label = os.path.normpath(os.path.join(os.path.dirname(named_in), name))
        real = os.path.realpath(os.path.join(self._root, label))
        allowed = self._allowed(named_in, within)
        if os.path.commonpath((real, allowed)) != allowed:
            self._found.add(_LEAVES[within], span, path=name)
            return None
        if not os.path.isfile(real):
            self._found.add("spec/missing-file", span, path=name, looked_for=label, nearest=_beside(real, name))
            return None
        return label

    def locate_outside(self, path: str) -> str | None:
        """The label of a file that was named on the command line and may lie anywhere, or None with the reason told."""
        if "\0" in path or not os.path.isfile(path):
            self._found.add("spec/missing-file", None, path=path.replace("\0", "␀"), looked_for=os.path.basename(path))
            return None
        return os.path.relpath(os.path.realpath(path), self._root)

    def _allowed(self, named_in: str, within: Within) -> str:
        """The folder that a file may not leave."""
        if within == "beside":
            return os.path.dirname(os.path.realpath(os.path.join(self._root, named_in)))
        return self._root if within == "issue" else os.path.dirname(self._root)

    def read(self, label: str) -> YamlDocument | None:
        """The YAML file of that label, with its hash noted; None where nothing of it can be read."""
        path = os.path.join(self._root, label)
        try:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            self._found.add("spec/unreadable-file", Span(label), reason=error.strerror or "")
            return None
        self.hashes[label] = hashlib.sha256(data).hexdigest()
        outcome = read_yaml(data, label)
        self._found.extend(outcome.diagnostics)
        document = outcome.value
        for one in self._writes:
            if document is not None and one.file == label:
                document.put(one.path, one.new)
        return document


_LEAVES: Final[dict[Within, str]] = {
    "issue": "spec/path-leaves-issue",
    "issues": "spec/path-leaves-issues",
    "beside": "spec/path-leaves-folder",
}


def _beside(path: str, name: str) -> str:
    """A file of the same folder with nearly the same name, as it would be written, for the hint."""
    try:
        names = os.listdir(os.path.dirname(path))
    except OSError:
        return ""
    near = nearest(os.path.basename(path), names)
    return os.path.join(os.path.dirname(name), near) if near else ""
