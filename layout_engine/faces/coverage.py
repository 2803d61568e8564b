"""How much of the standard sets does each face have (字符覆盖)? For people who choose a face.

Shown by `layout-engine fonts`; no build needs it.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings, Outcome
from layout_engine.faces.catalog import RoleEntry, read_catalog
from layout_engine.faces.face import NO_GLYPH, Face, FaceEntry
from layout_engine.faces.opening import locate, open_face

CHARSETS: Final = Path(__file__).parent / "charsets"
SETS: Final = (("gb2312", "GB/T 2312"), ("tonggui", "通用规范汉字表"))
LACKING_SHOWN: Final = 12


class SetCoverage(msgspec.Struct, frozen=True):
    """How many characters of one set a face has, and the first that it lacks."""

    charset: str
    title: str
    total: int
    covered: int
    lacking: str


class FaceReport(msgspec.Struct, frozen=True):
    """One face of the catalogue: whether its file is there and sound, and what it covers."""

    entry: FaceEntry
    family: str  # as the face calls itself; empty where it could not be opened
    is_there: bool
    coverage: tuple[SetCoverage, ...]  # empty where it could not be opened


class FontsReport(msgspec.Struct, frozen=True):
    """Everything that fonts.yaml names, used or not."""

    roles: tuple[RoleEntry, ...]
    faces: tuple[FaceReport, ...]


def report_fonts(fonts_dir: Path) -> Outcome[FontsReport]:
    """The roles and faces of a fonts folder. A file that is not there is no fault here."""
    read = read_catalog(fonts_dir)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    found = Findings()
    found.extend(read.diagnostics)
    faces = tuple(_report(fonts_dir, entry, found) for entry in read.value.faces.values())
    return Outcome(FontsReport(tuple(read.value.roles.values()), faces), found.all())


def _report(fonts_dir: Path, entry: FaceEntry, found: Findings) -> FaceReport:
    path = locate(fonts_dir, entry)
    face = None if path is None else open_face(path, entry, found)
    if face is None:
        return FaceReport(entry, "", path is not None, ())
    return FaceReport(entry, face.descriptor.family, True, cover(face))


def cover(face: Face) -> tuple[SetCoverage, ...]:
    """The face's coverage of each standard set."""
    return tuple(_cover(face, name, title) for name, title in SETS)


def _cover(face: Face, name: str, title: str) -> SetCoverage:
    wanted = read_charset(name)
    lacking = [c for c in wanted if face.glyph(ord(c)) == NO_GLYPH]
    return SetCoverage(name, title, len(wanted), len(wanted) - len(lacking), "".join(lacking[:LACKING_SHOWN]))


@cache
def read_charset(name: str) -> str:
    """The characters of one set, in the set's own order."""
    lines = (CHARSETS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return "".join(line for line in lines if not line.startswith("# "))
