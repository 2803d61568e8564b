"""One finding as a value for programs (诊断的机器可读形式)."""

from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang, Severity
from layout_engine.cli.report import Origin


class FindingReport(msgspec.Struct, frozen=True):
    """诊断: one finding; `file` is the path from where the command was given, null where no file is at fault."""

    code: str
    severity: Severity
    file: str | None
    line: int | None
    column: int | None
    message: str
    hint: str | None


def finding(one: Diagnostic, origin: Origin, lang: Lang) -> FindingReport:
    """One finding with its texts filled in."""
    span = one.span
    return FindingReport(
        code=one.code,
        severity=one.severity,
        file=Path(origin.path(span.file)).as_posix() if span else None,
        line=span.line if span else None,
        column=span.column if span else None,
        message=one.message(lang),
        hint=one.hint(lang),
    )
