"""`layout-engine diff`: what is different between two versions of an issue (比对).

layout-engine diff issues/2024-05-21#3 issues/2024-05-21
layout-engine diff first.pdf second.pdf --json
layout-engine diff issues/2024-05-21@HEAD issues/2024-05-21 --html changes.html
"""

from pathlib import Path
from typing import Annotated

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.diff_lines import diff_lines
from layout_engine.cli.json_diff import diff_report
from layout_engine.cli.options import AsJson, FontsDir, OnlyPage, Shared, Told
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, from_here, show_findings
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Comparison, Edition
from layout_engine.editions.open_edition import open_editions
from layout_engine.pdf.files import write_atomically

OldVersion = Annotated[
    str,
    Told(
        "旧版本：一期的文件夹，或 文件夹#校样次数、文件夹@git版本、PDF 文件",
        "the older version: the folder of an issue, FOLDER#REVISION, FOLDER@COMMIT, or a PDF",
        "OLD",
        positional=True,
    ),
]
NewVersion = Annotated[str, Told("新版本，同上", "the newer version, likewise", "NEW", positional=True)]
HtmlFile = Annotated[
    str | None,
    Told(
        "另存一份网页报告：两版并排、叠看、闪看，不用联网",
        "also write a report to look at in a browser: side by side, onion skin, blink; works offline",
        "FILE",
    ),
]
PdfFile = Annotated[
    str | None,
    Told(
        "另存一份纸面报告：A3，两版并排，标记编号",
        "also write a report to print: A3, side by side, numbered marks",
        "FILE",
    ),
]


class Options(Shared, frozen=True, kw_only=True):
    """Which two versions."""

    old: OldVersion
    new: NewVersion
    page: OnlyPage = None
    html: HtmlFile = None
    pdf: PdfFile = None
    json: AsJson = False
    fonts: FontsDir = None


def run(options: Options, console: Console) -> int:
    """Compare; 0 where nothing is different, 1 where something is, 2 where a version cannot be read."""
    fonts = Path(options.fonts) if options.fonts else None
    with progress(console):
        old, new = open_editions(options.old, options.new, fonts, showing=bool(options.html or options.pdf))
        comparison = compare(old.value, new.value) if old.value and new.value else None
    for outcome, reference in ((old, options.old), (new, options.new)):
        _tell(outcome.diagnostics, reference, fonts, console)
    if comparison is None:
        return exit_codes.MISUSED
    if options.page is not None:
        if options.page not in comparison.pages:
            known = ", ".join(map(str, comparison.pages))
            _tell((diagnose("diff/no-such-page", None, page=options.page, known=known),), ".", fonts, console)
            return exit_codes.MISUSED
        comparison = comparison.on_page(options.page)
    _show(comparison, options, console)
    if old.value is not None and new.value is not None:
        _write_reports(comparison, old.value, new.value, options, console)
    return exit_codes.FINDINGS if comparison.changes else exit_codes.CLEAN


def _tell(found: tuple[Diagnostic, ...], reference: str, fonts: Path | None, console: Console) -> None:
    show_findings(found, Origin(reference, fonts), console, console.err)


def _write_reports(comparison: Comparison, old: Edition, new: Edition, options: Options, console: Console) -> None:
    """What is to be looked at. Start-up time: a list alone needs neither pictures nor a writer."""
    if options.html is not None:
        from layout_engine.diff_report.html import html_report

        with progress(console):
            page = html_report(comparison, old, new, console.lang)
        _write(page, Path(options.html), console)
    if options.pdf is not None:
        from layout_engine.diff_report.sheets import pdf_report

        with progress(console):
            sheets = pdf_report(comparison, old, new, console.lang)
        _tell(sheets.diagnostics, ".", None, console)
        if sheets.value is not None:
            _write(sheets.value, Path(options.pdf), console)


def _write(report: bytes, path: Path, console: Console) -> None:
    write_atomically(path, report)
    console.note(f"{from_here(path)}  {len(report) // 1000} kB")


def _show(comparison: Comparison, options: Options, console: Console) -> None:
    if options.json:
        console.say(msgspec.json.format(msgspec.json.encode(diff_report(comparison, console.lang))).decode())
    else:
        console.say(*diff_lines(comparison, console))
