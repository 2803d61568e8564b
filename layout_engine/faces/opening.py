"""Open the faces of the roles in use (开字体): is each file there, sound, and free to be embedded?

Quick, since nothing of a face is read here but its table directory and a few numbers; the rest waits until a
character asks for it. What is wrong is told at its place in fonts.yaml.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome, Span
from layout_engine.faces.catalog import Catalog, RoleEntry, read_catalog
from layout_engine.faces.face import Face, FaceEntry
from layout_engine.faces.fallback import FaceChain, Faces
from layout_engine.faces.sfnt import BadFaceError, Header, Tables, face_count, read_header

MAX_FACE_BYTES: Final = 128 << 20  # the largest collection of a whole CJK family has some 100 MB


def open_faces(fonts_dir: Path, roles: Iterable[str], used_at: Mapping[str, Span] | None = None) -> Outcome[Faces]:
    """The faces of `roles` from the catalogue in `fonts_dir`; None only where there is no catalogue.

    A role whose first face is not there has an error, whatever stands behind it in the chain: nothing is
    set in another face in silence. `used_at` says where each role is asked for, for a role that the
    catalogue does not know.
    """
    read = read_catalog(fonts_dir)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    opener = _Opener(fonts_dir, read.value)
    opener.found.extend(read.diagnostics)
    chains = [opener.chain(role, (used_at or {}).get(role)) for role in dict.fromkeys(roles)]
    return Outcome(Faces(chains), opener.found.all())


def locate(fonts_dir: Path, entry: FaceEntry) -> Path | None:
    """The entry's file, in the fonts folder or in the installed package, or None where there is none."""
    if entry.package is None:
        candidates = [os.path.join(fonts_dir, entry.file)]
    else:  # asking the import system would cost a millisecond, and nothing of the package is imported
        candidates = [os.path.join(folder, entry.package, entry.file) for folder in sys.path]
    return next((Path(one) for one in candidates if os.path.isfile(one)), None)


def open_face(path: Path, entry: FaceEntry, found: Findings) -> Face | None:
    """The face in the file at `path`; None where it is damaged or may not be used as the entry says."""
    header = _examine(path, entry, found)
    return None if header is None else Face(entry, path, header.upem)


class _Opener:
    """Opens each face once, however many roles name it."""

    def __init__(self, fonts_dir: Path, catalog: Catalog) -> None:
        self.found = Findings()
        self._fonts_dir = fonts_dir
        self._catalog = catalog
        self._opened: dict[str, Face | None] = {}
        self._missing: set[str] = set()

    def chain(self, role: str, used_at: Span | None) -> FaceChain:
        """The role's chain of those faces that could be opened."""
        entry = self._catalog.roles.get(role)
        if entry is None:
            known = ", ".join(self._catalog.roles)
            self.found.add("face/unknown-role", used_at or self._catalog.span, role=role, known=known)
            return FaceChain(role, role, ())
        if not entry.faces:
            self.found.add("face/role-empty", entry.span, related=_maybe(used_at), role=role, title=entry.title)
        faces, absent = [], []
        for number, key in enumerate(entry.faces):
            face = self._face(key, entry, is_first=number == 0, used_at=used_at)
            if face is not None:
                faces.append(face)
            elif (package := self._package(key)) is not None:
                absent.append(package)
        return FaceChain(role, entry.title, tuple(faces), tuple(dict.fromkeys(absent)))

    def _face(self, key: str, role: RoleEntry, *, is_first: bool, used_at: Span | None) -> Face | None:
        entry = self._catalog.faces.get(key)
        if entry is None:  # its entry was faulty, which is told already
            return None
        if key not in self._opened:
            path = locate(self._fonts_dir, entry)
            if path is None:
                self._missing.add(key)
            self._opened[key] = None if path is None else open_face(path, entry, self.found)
        if key in self._missing and (is_first or entry.package is None):
            code = "face/role-empty" if is_first else "face/file-missing"
            values = {"face": key, "file": entry.file, "role": role.role, "title": role.title}
            self.found.extend((Diagnostic(code, entry.span, tuple(values.items()), _maybe(used_at)),))
        return self._opened[key]

    def _package(self, key: str) -> str | None:
        entry = self._catalog.faces.get(key)
        return entry.package if entry is not None else None


def _examine(path: Path, entry: FaceEntry, found: Findings) -> Header | None:
    """The face's header, if the file is sound and the face may be used as the entry says."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_FACE_BYTES:
                _tell(found, "face/too-large", entry, size=size >> 20, most=MAX_FACE_BYTES >> 20)
                return None
            if size == 0:
                raise BadFaceError("empty file")
            with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                count = face_count(data)
                if entry.index >= count:
                    _tell(found, "face/no-such-index", entry, index=entry.index, last=count - 1)
                    return None
                header = read_header(Tables(data, entry.index))
    except BadFaceError as error:
        _tell(found, "face/broken", entry, reason=error)
        return None
    except OSError as error:
        _tell(found, "face/broken", entry, reason=error.strerror)
        return None
    if not header.may_be_embedded:
        _tell(found, "face/embedding-refused", entry, fs_type=f"0x{header.fs_type:04X}")
        return None
    return header if _axes_fit(header, entry, found) else None


def _axes_fit(header: Header, entry: FaceEntry, found: Findings) -> bool:
    known = {axis.tag: axis for axis in header.axes}
    fits = True
    for tag, value in entry.axes:
        axis = known.get(tag)
        if axis is None:
            _tell(found, "face/unknown-axis", entry, axis=tag, known=", ".join(known))
            fits = False
        elif not axis.least <= value <= axis.most:
            limits = f"{axis.least:g}..{axis.most:g}"
            _tell(found, "face/axis-out-of-range", entry, axis=tag, value=f"{value:g}", limits=limits)
            fits = False
    return fits


def _tell(found: Findings, code: str, entry: FaceEntry, **values: object) -> None:
    named = (
        ("face", entry.key),
        ("file", entry.file),
        *((name, str(value)) for name, value in values.items()),
    )
    found.extend((Diagnostic(code, entry.span, named),))


def _maybe(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
