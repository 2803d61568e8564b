"""The catalogue of everything that can be found wrong (诊断目录): one TOML table a code, one file an area.

Loaded on the first finding, not at start-up: a clean build never reads it.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec


class CodeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code's severity and texts; `{name}` in a text is filled from the diagnostic's values.

    `hint_*` are tried in order: the first whose values are all given is shown. `fails` is an example that
    provokes the finding and `passes` the same, mended; both are shown by `layout-engine explain`. Where no text can
    show it (a size, an encoding, what lies on the disk) they are `described` in words.
    """

    severity: Literal["error", "warning", "info"]
    zh: str
    en: str
    hint_zh: tuple[str, ...] = ()
    hint_en: tuple[str, ...] = ()
    explain_zh: str = ""
    explain_en: str = ""
    fails: str = ""
    passes: str = ""
    described: bool = False


def lookup(code: str) -> CodeEntry:
    """The catalogue's entry for `code`; a KeyError is a bug in the engine (a test looks for it)."""
    return area(code.partition("/")[0])[code]


@cache
def area(name: str) -> dict[str, CodeEntry]:
    """All entries of one area, by code."""
    path = Path(__file__).with_name(f"{name}.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: msgspec.convert(entry, CodeEntry) for code, entry in raw.items()}


def areas() -> tuple[str, ...]:
    """The names of all areas, in order."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))
