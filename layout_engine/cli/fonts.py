"""`layout-engine fonts`: which faces the paper has, what they cover, and under which licence (字体清单)."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.options import AsJson, FontsDir, Shared
from layout_engine.cli.report import Origin, from_here, show_findings
from layout_engine.cli.table import table
from layout_engine.faces.coverage import SETS, FaceReport, FontsReport, report_fonts
from layout_engine.places import find_places


class Options(Shared, frozen=True, kw_only=True):
    """Whose faces."""

    fonts: FontsDir = None
    json: AsJson = False


class _Listing(msgspec.Struct, frozen=True):
    """The document of `fonts --json`."""

    folder: str
    fonts: FontsReport | None
    diagnostics: tuple[FindingReport, ...]


def run(options: Options, console: Console) -> int:
    """Print the roles and the faces; a fault of the catalogue or of a face beside them."""
    folder = find_places(Path("."), fonts=Path(options.fonts) if options.fonts else None).fonts
    origin = Origin(".", folder)
    read = report_fonts(folder)
    if options.json:
        found = tuple(finding(one, origin, console.lang) for one in read.diagnostics)
        value = msgspec.to_builtins(_Listing(from_here(folder), read.value, found))
        console.say(json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2))
    else:
        if read.value is not None:
            console.say(*_lines(read.value, folder, console))
        show_findings(read.diagnostics, origin, console, console.err)
    return exit_codes.FINDINGS if has_errors(read.diagnostics) else exit_codes.CLEAN


def _lines(report: FontsReport, folder: Path, console: Console) -> Iterator[str]:
    there = {face.entry.key: face.is_there for face in report.faces}
    yield console.words(f"字体文件夹：{from_here(folder)}", f"Fonts folder: {from_here(folder)}")
    yield ""
    roles = [
        (
            console.words("角色", "role"),
            console.words("名称", "name"),
            console.words("字体，按询问的次序", "faces, in the order of asking"),
        )
    ]
    for role in report.roles:
        chain = [key if there.get(key) else f"({key})" for key in role.faces]
        roles.append((role.role, role.title, " → ".join(chain)))
    yield from table(roles)
    yield ""
    yield from table(_face_rows(report.faces, console))
    if not all(there.values()):
        yield ""
        yield console.words("括号里的字体没有装。", "Faces in brackets are not there.")


def _face_rows(faces: tuple[FaceReport, ...], console: Console) -> list[tuple[str, ...]]:
    words = console.words
    titles = [title for _, title in SETS]
    rows: list[tuple[str, ...]] = [
        (words("字体", "face"), *titles, words("许可", "licence"), words("文件", "file"), words("出处", "credit"))
    ]
    for face in faces:
        entry = face.entry
        covered = [f"{one.covered}/{one.total}" for one in face.coverage] or ["-"] * len(titles)
        package = words(f"（软件包 {entry.package}）", f" (package {entry.package})") if entry.package else ""
        rows.append((entry.key, *covered, entry.licence, entry.file + package, entry.credit))
    return rows
