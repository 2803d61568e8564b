"""What does fonts.yaml say: which faces there are, and which stand behind each role (字体目录)?

Only the file is read here, no face: see opening.py. Every fault of the file is found in one reading, with
its place.
"""

from pathlib import Path, PurePosixPath
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.yaml_nodes import MAX_BYTES, YamlDocument, read_yaml
from layout_engine.faces.face import FaceEntry

CATALOG_NAME: Final = "fonts.yaml"

_FACE_KEYS: Final = ("file", "index", "axes", "licence", "credit", "not_for", "package")
_ROLE_KEYS: Final = ("title", "faces")
_TOP_KEYS: Final = ("faces", "roles")


def find_fonts(*before: Path) -> Path:
    """The first folder with a catalogue: of those `before`, or else the engine's own.

    The engine's faces lie beside the package, or are installed inside it. Where no folder has one, the first is named.
    """
    package = Path(__file__).parents[1]
    candidates = (*before, package.parent / "fonts", package / "bundled_fonts")
    return next((one for one in candidates if (one / CATALOG_NAME).is_file()), candidates[0])


class RoleEntry(msgspec.Struct, frozen=True):
    """One role of fonts.yaml: its name in the trade, and the keys of its faces in the order of asking."""

    role: str
    title: str
    faces: tuple[str, ...]
    span: Span


class Catalog(msgspec.Struct, frozen=True):
    """fonts.yaml: the faces and the roles, by name."""

    faces: dict[str, FaceEntry]
    roles: dict[str, RoleEntry]
    span: Span


def read_catalog(fonts_dir: Path) -> Outcome[Catalog]:
    """The catalogue in a fonts folder; None where it cannot be read at all. A faulty entry is left out."""
    label = f"{fonts_dir.name}/{CATALOG_NAME}"
    try:
        with (fonts_dir / CATALOG_NAME).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        found = Findings()
        found.add("face/no-catalog", Span(label), file=label)
        return Outcome(None, found.all())
    document = read_yaml(data, label)
    if document.value is None:
        return Outcome(None, document.diagnostics)
    reader = _CatalogReader(document.value)
    reader.found.extend(document.diagnostics)
    return Outcome(reader.read(), reader.found.all())


class _CatalogReader:
    """Goes through the document once; what is wrong is noted and left out."""

    def __init__(self, document: YamlDocument) -> None:
        self.found = Findings()
        self._document = document

    def read(self) -> Catalog:
        top = self._mapping((), self._document.value, _TOP_KEYS)
        raw_faces = self._names(("faces",), top.get("faces"))
        raw_roles = self._names(("roles",), top.get("roles"))
        faces = {key: entry for key, raw in raw_faces.items() if (entry := self._face(key, raw)) is not None}
        roles = {role: self._role(role, raw, raw_faces) for role, raw in raw_roles.items()}
        return Catalog(faces, roles, self._document.span())

    def _face(self, key: str, raw: Any) -> FaceEntry | None:
        path = ("faces", key)
        entry = self._mapping(path, raw, _FACE_KEYS)
        file = self._text(path, entry, "file")
        licence = self._text(path, entry, "licence")
        if not file and isinstance(entry.get("file", ""), str):
            self.found.add("face/no-file", self._document.key_span(path), face=key)
        elif not _is_inside(file):
            self.found.add("face/outside", self._document.span((*path, "file")), face=key, file=file)
            file = ""
        if not licence and isinstance(entry.get("licence", ""), str):
            self.found.add("face/no-licence", self._document.key_span(path), face=key)
        package = self._text(path, entry, "package")
        if package and not package.isidentifier():
            self._wrong((*path, "package"), "name_of_package")
            return None
        index = entry.get("index", 0)
        if not isinstance(index, int) or isinstance(index, bool) or index < 0:
            self._wrong((*path, "index"), "0, 1, 2 …")
            return None
        if not file or not licence:
            return None
        return FaceEntry(
            key=key,
            file=file,
            licence=licence,
            credit=self._text(path, entry, "credit"),
            span=self._document.span((*path, "file")),
            index=index,
            axes=self._axes((*path, "axes"), entry.get("axes")),
            not_for=frozenset(self._text(path, entry, "not_for")),
            package=package or None,
        )

    def _role(self, role: str, raw: Any, known: dict[str, Any]) -> RoleEntry:
        path = ("roles", role)
        entry = self._mapping(path, raw, _ROLE_KEYS)
        keys = entry.get("faces", [])
        if not isinstance(keys, list):
            self._wrong((*path, "faces"), "[song, …]")
            keys = []
        good = []
        for number, key in enumerate(keys):
            if not isinstance(key, str):
                self._wrong((*path, "faces", number), "song")
            elif key not in known:
                place = self._document.span((*path, "faces", number))
                self.found.add("face/unknown-face", place, face=key, known=", ".join(known))
            else:
                good.append(key)
        title = self._text(path, entry, "title") or role
        return RoleEntry(role, title, tuple(good), self._document.key_span(path))

    def _axes(self, path: tuple[str, ...], raw: Any) -> tuple[tuple[str, float], ...]:
        axes = []
        for tag, value in self._names(path, raw).items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                self._wrong((*path, tag), "700")
            else:
                axes.append((tag, float(value)))
        return tuple(sorted(axes))

    def _mapping(self, path: tuple[str, ...], raw: Any, keys: tuple[str, ...]) -> dict[str, Any]:
        """The mapping at `path` with only the keys that are known."""
        named = self._names(path, raw)
        for key in named:
            if key not in keys:
                place = self._document.key_span((*path, key))
                self.found.add("face/unknown-key", place, key=key, known=", ".join(keys))
        return {key: value for key, value in named.items() if key in keys}

    def _names(self, path: tuple[str, ...], raw: Any) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        if raw is not None:
            self._wrong(path, "{…: …}")
        return {}

    def _text(self, path: tuple[str, ...], entry: dict[str, Any], key: str) -> str:
        value = entry.get(key, "")
        if isinstance(value, str):
            return value
        self._wrong((*path, key), '"…"')
        return ""

    def _wrong(self, path: tuple[str | int, ...], expected: str) -> None:
        if path not in self._document.refused:
            name = ".".join(map(str, path))
            self.found.add("face/wrong-type", self._document.span(path), key=name, expected=expected)


def _is_inside(file: str) -> bool:
    """Whether a path as written stays inside its folder."""
    path = PurePosixPath(file)
    return not path.is_absolute() and ".." not in path.parts and file.isprintable()
