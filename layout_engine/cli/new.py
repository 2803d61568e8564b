"""`layout-engine new`: begin an issue (新建一期).

layout-engine new issues/2024-05-22
"""

import datetime
import os
import re
from pathlib import Path
from typing import Annotated

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import Shared, Told
from layout_engine.cli.report import Origin, from_here, show_findings
from layout_engine.cli.scaffold import scaffold
from layout_engine.spec.calendar import read_date

_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Options(Shared, frozen=True, kw_only=True):
    """Where, and of which day."""

    folder: Annotated[
        str,
        Told(
            "新的一期的文件夹，如 issues/2024-05-22",
            "folder of the new issue, issues/2024-05-22 say",
            "DIR",
            positional=True,
        ),
    ]
    date: Annotated[
        str | None,
        Told("出版日期（默认取文件夹名）", "date of the issue (the folder's name by default)", "YYYY-MM-DD"),
    ] = None


def run(options: Options, console: Console) -> int:
    """Write the files of the issue, none over one that is there."""
    folder = Path(options.folder)
    day = _day(folder, options.date)
    if day.value is None:
        return _refuse(day.diagnostics, console)
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        return _refuse((diagnose("cli/new-exists", None, folder=options.folder),), console)
    made = scaffold(folder, day.value)
    if made.value is None:
        show_findings(made.diagnostics, Origin(str(folder.parent / "house")), console, console.err)
        return exit_codes.FINDINGS
    for path, text in made.value.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        console.say(from_here(path))
    console.note(
        console.words(
            f"建好了。试排：layout-engine build {folder}", f"Ready. To build it: layout-engine build {folder}"
        )
    )
    return exit_codes.CLEAN


def _day(folder: Path, written: str | None) -> Outcome[datetime.date]:
    """The day that the folder's name or `--date` says; both agree, or it is a fault."""
    name = Path(os.path.abspath(folder)).name
    named = name if _DATED.fullmatch(name) else None
    if named and written and named != written:
        return Outcome(None, (diagnose("cli/new-two-dates", None, folder=named, date=written),))
    text = written or named
    if text is None:
        return Outcome(None, (diagnose("cli/new-no-date", None, folder=name),))
    day = read_date(text) if _DATED.fullmatch(text) else None
    if day is None:
        argument = "--date" if written else "DIR"
        zh, en = "日期，如 2024-05-21", "a date such as 2024-05-21"
        refused = diagnose("cli/bad-value", None, argument=argument, value=text[:40], expects_zh=zh, expects_en=en)
        return Outcome(None, (refused,))
    return Outcome(day)


def _refuse(found: tuple[Diagnostic, ...], console: Console) -> int:
    show_findings(found, Origin("."), console, console.err)
    return exit_codes.MISUSED
