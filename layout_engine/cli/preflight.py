"""`layout-engine preflight`: whether a finished PDF is fit for the press (印前检查). Any PDF, ours or not.

layout-engine preflight output/2024-05-21/xinjimo-20240521-01.pdf
layout-engine preflight advertisement.pdf --profile pdfx1a --json
layout-engine preflight output/2024-05-21/xinjimo-20240521-01.pdf --issue issues/2024-05-21
"""

import json
from pathlib import Path
from time import perf_counter
from typing import Annotated

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, Severity, diagnose, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.against import AgainstProfile, profile_for
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.options import AsJson, Shared, Told
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, show_findings
from layout_engine.pdf.profile import Profile
from layout_engine.preflight.findings import Finding
from layout_engine.preflight.inspect_file import PreflightReport, preflight

File = Annotated[str, Told("要检查的 PDF 文件", "the PDF to check", "FILE.pdf", positional=True)]
OnPlates = Annotated[
    bool,
    Told(
        "再渲染分色版，测量整版总墨量（要装 Ghostscript）",
        "render the plates too, and measure total ink on them (needs Ghostscript)",
    ),
]
OfIssue = Annotated[
    str | None,
    Told(
        "这是哪一期的版：重排一遍，把每条指到稿件或版样的行",
        "the issue that the page is of: it is set again, and findings name the lines that they come from",
        "ISSUE_DIR",
        ("一期的文件夹", "the folder of an issue"),
    ),
]


class Options(Shared, frozen=True, kw_only=True):
    """Which file, and for which press."""

    file: File
    profile: AgainstProfile = None
    plates: OnPlates = False
    issue: OfIssue = None
    json: AsJson = False


class CheckedFinding(msgspec.Struct, frozen=True):
    """诊断: one finding. Places are in mm from the left and top of the trim; null where there is none.

    `file`, `line` and `column` are its source in the issue, null where none is known.
    """

    rule: str
    code: str
    severity: Severity
    page: int | None
    object: int | None
    x_mm: float | None
    y_mm: float | None
    times: int
    message: str
    hint: str | None
    file: str | None = None
    line: int | None = None
    column: int | None = None


class CheckedFile(msgspec.Struct, frozen=True):
    """The whole document of `--json`. `pages` is 0 where the file cannot be read."""

    file: str
    profile: str
    passes: bool
    pages: int
    bytes: int
    findings: tuple[CheckedFinding, ...]
    source: Annotated[tuple[FindingReport, ...], Meta(description="what is to be said of the sources")] = ()


def run(options: Options, console: Console) -> int:
    """Check, and show every finding."""
    begin = perf_counter()
    path, origin = Path(options.file), Origin(options.issue or ".")
    if not path.is_file():
        show_findings((diagnose("cli/no-such-file", None, path=options.file[:200]),), origin, console, console.err)
        return exit_codes.MISUSED
    profile = profile_for(options.profile, path)
    if profile.value is None or has_errors(profile.diagnostics):
        show_findings(profile.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    if options.plates:
        from layout_engine.plates.ghostscript import find_ghostscript  # start-up: only where asked for
        from layout_engine.plates.render import no_ghostscript

        if find_ghostscript() is None:
            show_findings((no_ghostscript(),), origin, console, console.err)
            return exit_codes.MISUSED
    with progress(console):
        report = preflight(path, profile.value).value
        assert report is not None
        if options.plates and report.pages:
            report = _with_plates(report, path, profile.value)
        report, told = _with_sources(report, path, options)
    if options.json:
        value = msgspec.to_builtins(_document(report, told, options.file, origin, console))
        console.say(json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2))
    else:
        found = [*told, *(one.diagnostic for one in report.findings)]
        show_findings(found, origin, console, console.out)
        pages = console.words(f"{report.pages} 页", f"{report.pages} page{'' if report.pages == 1 else 's'}")
        time = console.words(f"{perf_counter() - begin:.2f} 秒", f"{perf_counter() - begin:.2f} s")
        parts = (report.profile, pages, counted(found, console.lang), time)
        console.note(console.words("，", ", ").join(parts))
    return exit_codes.CLEAN if report.passes else exit_codes.FINDINGS


def _with_plates(report: PreflightReport, path: Path, profile: Profile) -> PreflightReport:
    """The report with what the rendered plates show."""
    from layout_engine.plates.check import ink_findings  # start-up: only where asked for

    return msgspec.structs.replace(report, findings=(*report.findings, *ink_findings(path, profile)))


def _with_sources(
    report: PreflightReport, path: Path, options: Options
) -> tuple[PreflightReport, tuple[Diagnostic, ...]]:
    """The report with the line of the copy that each finding comes from, and what is to be said of that."""
    if options.issue is None:
        return report, ()
    from layout_engine.cli.preflight_source import find_sources  # start-up: only who asks sets a page

    sources = find_sources(path, report.findings, Path(options.issue), options.profile)
    findings = tuple(
        msgspec.structs.replace(one, diagnostic=msgspec.structs.replace(one.diagnostic, span=span))
        for one, span in zip(report.findings, sources.spans, strict=True)
    )
    return msgspec.structs.replace(report, findings=findings), sources.told


def _document(
    report: PreflightReport, told: tuple[Diagnostic, ...], file: str, origin: Origin, console: Console
) -> CheckedFile:
    return CheckedFile(
        file=file,
        profile=report.profile,
        passes=report.passes,
        pages=report.pages,
        bytes=report.size,
        findings=tuple(_finding(one, origin, console) for one in report.findings),
        source=tuple(finding(one, origin, console.lang) for one in told),
    )


def _finding(one: Finding, origin: Origin, console: Console) -> CheckedFinding:
    told = one.diagnostic
    said = finding(told, origin, console.lang)
    return CheckedFinding(
        rule=one.rule,
        code=told.code,
        severity=told.severity,
        page=one.page,
        object=one.object,
        x_mm=one.x_mm,
        y_mm=one.y_mm,
        times=one.times,
        message=said.message,
        hint=said.hint,
        file=said.file,
        line=said.line,
        column=said.column,
    )
