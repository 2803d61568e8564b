"""Everything that may be wrong is one type (诊断): a code, a source position, and the words for it.

The texts live in `codes/<area>.toml`, in Chinese and English; a diagnostic carries only the code and the
values to put in, so that the same finding can be shown in either language.
"""

from string import Formatter
from typing import Generic, Literal, TypeVar

import msgspec

from layout_engine.base.codes import CodeEntry, lookup

Severity = Literal["error", "warning", "info"]
Lang = Literal["zh", "en"]
T = TypeVar("T")


class Span(msgspec.Struct, frozen=True, order=True):
    """A place in a source: the file as seen from the issue's folder (POSIX), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding: its code (`area/short-name`), where it is, and the values that its text names.

    `values` are pairs of name and text, in the order in which they were given. `told_as` takes the place of the
    catalogue's severity where a house gave a reason for it.
    """

    code: str
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()
    related: tuple[Span, ...] = ()
    told_as: Severity | None = None

    @property
    def severity(self) -> Severity:
        return self.told_as or lookup(self.code).severity

    def message(self, lang: Lang) -> str:
        """The finding in the trade's words."""
        entry = lookup(self.code)
        return _fill(entry.zh if lang == "zh" else entry.en, dict(self.values))

    def hint(self, lang: Lang) -> str | None:
        """The way out: the first hint of the code all of whose values are given and not empty."""
        entry = lookup(self.code)
        values = dict(self.values)
        for template in entry.hint_zh if lang == "zh" else entry.hint_en:
            if all(values.get(name) for name in _names(template)):
                return _fill(template, values)
        return None


def diagnose(code: str, span: Span | None = None, *, related: tuple[Span, ...] = (), **values: object) -> Diagnostic:
    """A diagnostic with its values given by name: `diagnose("spec/unknown-kind", span, kind="headlin")`."""
    return Diagnostic(code, span, tuple((name, str(value)) for name, value in values.items()), related)


class Outcome(msgspec.Struct, Generic[T], frozen=True):
    """What a stage gives: its value, or None where no sensible one exists, and every finding on the way."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()


class Findings:
    """A collector handed down inside one stage, so that work goes on after an error (诊断收集)."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(self, code: str, span: Span | None = None, *, related: tuple[Span, ...] = (), **values: object) -> None:
        """Note one finding; see `diagnose`."""
        self._found.append(diagnose(code, span, related=related, **values))

    def extend(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Take over what another function found."""
        self._found.extend(diagnostics)

    def __len__(self) -> int:
        return len(self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything found so far, in the order of finding."""
        return tuple(self._found)


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any of the findings is an error."""
    return any(one.severity == "error" for one in diagnostics)


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The findings by file, line, column and code, each once: the order in which people read them."""
    keyed = {(one.span or Span("", 0, 0), one.code, one.values): one for one in diagnostics}
    return tuple(keyed[key] for key in sorted(keyed))


def _names(template: str) -> list[str]:
    """The values that a text asks for; a doubled brace is a brace."""
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _fill(template: str, values: dict[str, str]) -> str:
    return template.format_map(dict.fromkeys(_names(template), "") | values)


__all__ = [
    "CodeEntry",
    "Diagnostic",
    "Findings",
    "Lang",
    "Outcome",
    "Severity",
    "Span",
    "diagnose",
    "has_errors",
    "in_order",
]
