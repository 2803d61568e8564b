"""Findings as people read them (报告): the place, what is wrong, and the way out.

issues/2024-05-21/pages/01.yaml:42:9: error spec/unknown-kind: region kind "headlin" is not known
    hint: did you mean "headline"?
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang, Severity, Span
from layout_engine.cli.console import Console, Paint

SEVERITIES: Final[dict[Severity, tuple[str, str]]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("说明", "note"),
}
_PLURALS: Final[dict[Severity, str]] = {"error": "errors", "warning": "warnings", "info": "notes"}
_PAINTS: Final[dict[Severity, Paint]] = {"error": "red", "warning": "yellow", "info": "blue"}
_INDENT: Final = "    "


class Origin(msgspec.Struct, frozen=True):
    """From where the files of spans are seen: the issue's folder and the fonts folder, as the user names them."""

    issue_dir: str
    fonts: Path | None = None

    def path(self, file: str) -> str:
        """The path of a span's file as the user would type it."""
        if self.fonts is not None and file.startswith(f"{self.fonts.name}/"):
            return from_here(self.fonts.parent / file)
        return os.path.normpath(os.path.join(self.issue_dir, file))

    def place(self, span: Span) -> str:
        """`pages/01.yaml:42:9` with the folder in front."""
        return f"{self.path(span.file)}:{span.line}:{span.column}"


def finding_lines(one: Diagnostic, origin: Origin, console: Console, stream: TextIO) -> Iterator[str]:
    """One finding as it is shown: a line, and its hint under it."""
    lang = console.lang
    severity = console.paint(severity_word(one.severity, lang), _PAINTS[one.severity], stream)
    place = f"{console.paint(origin.place(one.span), 'bold', stream)}: " if one.span else ""
    yield f"{place}{severity} {one.code}{console.words('：', ': ')}{_one_line(one.message(lang))}"
    if hint := one.hint(lang):
        yield f"{_INDENT}{console.words('提示：', 'hint: ')}{_one_line(hint)}"


def show_findings(
    found: Sequence[Diagnostic], origin: Origin, console: Console, stream: TextIO, *, least: Severity = "info"
) -> None:
    """Write the findings of severity `least` and above to `stream`."""
    shown = tuple(SEVERITIES)[: tuple(SEVERITIES).index(least) + 1]
    for one in found:
        if one.severity in shown:
            stream.writelines(f"{line}\n" for line in finding_lines(one, origin, console, stream))


def severity_word(severity: Severity, lang: Lang) -> str:
    """错误 or error."""
    zh, en = SEVERITIES[severity]
    return zh if lang == "zh" else en


def counted(found: Sequence[Diagnostic], lang: Lang) -> str:
    """How many findings of each severity: `2 errors, 1 warning`; of nothing, that there is nothing."""
    counts = {severity: sum(one.severity == severity for one in found) for severity in SEVERITIES}
    if lang == "zh":
        return "，".join(f"{SEVERITIES[one][0]} {count} 处" for one, count in counts.items() if count) or "没有问题"
    words = [f"{count} {SEVERITIES[one][1] if count == 1 else _PLURALS[one]}" for one, count in counts.items() if count]
    return ", ".join(words) or "nothing found"


def from_here(path: Path) -> str:
    """The path from the folder where the command was given, if it lies in it."""
    here = os.path.relpath(path)
    return str(path) if here.startswith("..") else here


def _one_line(text: str) -> str:
    """Copy may hold line ends; a finding is one line all the same."""
    return " ".join(text.split("\n"))
