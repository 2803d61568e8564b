"""The files of a new issue (新建一期的文件): a page that builds at once, by the house beside it or a small new one."""

import datetime
import os
from pathlib import Path
from string import Template
from typing import Any, Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.base.yaml_nodes import MAX_BYTES, read_yaml

_TEMPLATES: Final = Path(__file__).parent / "templates"
_HOUSES: Final = "house"
_NEW_HOUSE: Final = "paper.yaml"

# Styles that the page uses, for a house that has none of the name: they stand on the page then.
_STYLES: Final = {
    "banner": "{extends: BODY, size: 24pt..32pt, leading: 38pt, indent: 0字, lines: 1..2, fit: width, align: centre}",
    "second": "{extends: BODY, size: 16pt..22pt, leading: 28pt, indent: 0字, lines: 1..2, fit: width, align: centre}",
    "folio": "{extends: BODY, size: 小五, leading: 12pt, indent: 0字, lines: 1, align: centre}",
    "body": "{extends: BODY}",
    "byline": "{extends: BODY, indent: 0字, align: right}",
    "crosshead": "{extends: BODY, indent: 0字, align: centre, rows: 2}",
}


class Scaffold(msgspec.Struct, frozen=True):
    """What to write: the text of each file by its path, and the house that it goes by."""

    files: dict[Path, str]
    house: Path


def scaffold(issue_dir: Path, day: datetime.date) -> Outcome[Scaffold]:
    """The files of an issue of `day` in `issue_dir`; None where the house beside it cannot be used."""
    real = Path(os.path.abspath(issue_dir))
    houses = sorted((real.parent / _HOUSES).glob("*.yaml"))
    files: dict[Path, str] = {}
    if houses:
        house = houses[0]
        text = _read(house)
    else:
        house = real.parent / _HOUSES / _NEW_HOUSE
        text = _fill("house.yaml", editor=_editor_line(house, "house"))
        files[house] = text
    known = _Known.read(text, house.name)
    if known.value is None:
        return Outcome(None, known.diagnostics)
    number = _number_after(real.parent, day)
    files[real / "issue.yaml"] = _fill(
        "issue.yaml",
        editor=_editor_line(real / "issue.yaml", "issue"),
        house=f"../{_HOUSES}/{house.name}",
        date=day.isoformat(),
        number=str(number),
    )
    page = real / "pages" / "01.yaml"
    files[page] = _fill(
        "page.yaml",
        editor=_editor_line(page, "page"),
        format=known.value.format,
        columns=str(known.value.columns),
        styles=known.value.missing_styles(),
    )
    for name in ("lead", "second"):
        files[real / "articles" / f"{name}.md"] = _fill(f"{name}.md")
    return Outcome(Scaffold(files, house))


class _Known(msgspec.Struct, frozen=True):
    """What a page must know of its house."""

    format: str
    columns: int
    body: str
    styles: tuple[str, ...]

    @staticmethod
    def read(text: str, name: str) -> "Outcome[_Known]":
        document = read_yaml(text.encode(), name)
        value = document.value.value if document.value else None
        house: dict[str, Any] = value if isinstance(value, dict) else {}
        formats, grid, styles = (_mapping(house.get(key)) for key in ("formats", "grid", "styles"))
        columns, body = grid.get("columns"), grid.get("body", "body")
        if not formats or not isinstance(columns, int) or body not in styles:
            refused: Diagnostic = diagnose("cli/new-no-use-of-house", None, house=f"{_HOUSES}/{name}")
            return Outcome(None, (*document.diagnostics, refused))
        return Outcome(_Known(next(iter(formats)), columns, str(body), tuple(styles)))

    def missing_styles(self) -> str:
        """The page's own styles: those of the page that the house lacks."""
        missing = [f"  {name}: {style}" for name, style in _STYLES.items() if name not in self.styles]
        return "\n".join(["", "styles:", *missing, ""]).replace("BODY", self.body) if missing else ""


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1).decode(errors="replace")


def _fill(template: str, **values: str) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)


def _editor_line(file: Path, schema: str) -> str:
    """The comment by which editors complete and check the file, where the schemas lie in docs/schema."""
    schemas = next((up / "docs" / "schema" for up in file.parents if (up / "docs" / "schema").is_dir()), None)
    if schemas is None:
        return ""
    path = Path(os.path.relpath(schemas / f"{schema}.json", file.parent)).as_posix()
    return f"# yaml-language-server: $schema={path}\n"


def _number_after(issues: Path, day: datetime.date) -> int:
    """The issue number that comes next after that of the last issue before `day`; 1 where there is none."""
    earlier = sorted(one for one in issues.glob("????-??-??/issue.yaml") if one.parent.name < day.isoformat())
    if not earlier:
        return 1
    last = read_yaml(_read(earlier[-1]).encode(), earlier[-1].name).value
    number = _mapping(last.value if last else None).get("number")
    return number + 1 if isinstance(number, int) else 1
