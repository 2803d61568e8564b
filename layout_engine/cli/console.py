"""Where a command speaks (终端): in which language, with colour or without, on which streams.

Words never kill a build: a terminal that cannot show a character shows a question mark in its place.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from typing import Final, Literal, TextIO

from layout_engine.base.diagnostics import Lang

Paint = Literal["red", "yellow", "blue", "bold", "dim"]

_CODES: Final[dict[Paint, str]] = {"red": "31;1", "yellow": "33;1", "blue": "34;1", "bold": "1", "dim": "2"}
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as POSIX has it


class Console:
    """The two streams of a command: `say` what was asked for, `note` what is said beside it."""

    def __init__(self, lang: Lang, out: TextIO, err: TextIO, environ: Mapping[str, str]) -> None:
        self.lang: Final[Lang] = lang
        self.out: Final = out
        self.err: Final = err
        self.is_watched: Final = err.isatty()
        self._colour = environ.get("TERM") != "dumb" and not environ.get("NO_COLOR")
        for stream in (out, err):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")

    def say(self, *lines: str) -> None:
        """Write lines to the output."""
        self.out.writelines(f"{line}\n" for line in lines)

    def write(self, data: bytes) -> None:
        """Write bytes to the output as they are."""
        self.out.flush()
        self.out.buffer.write(data)
        self.out.buffer.flush()

    def note(self, *lines: str) -> None:
        """Write lines beside the output."""
        self.err.writelines(f"{line}\n" for line in lines)

    def words(self, zh: str, en: str) -> str:
        """The text of the two that the reader reads."""
        return zh if self.lang == "zh" else en

    def paint(self, text: str, paint: Paint, stream: TextIO) -> str:
        """`text` in colour where `stream` is a terminal whose user has nothing against it."""
        if not self._colour or not stream.isatty():
            return text
        return f"\033[{_CODES[paint]}m{text}\033[0m"

    def flush(self) -> None:
        """Have everything written, so that a closed pipe or a full disk shows itself now."""
        self.out.flush()
        self.err.flush()

    def speaks_utf8(self) -> bool:
        """Whether the output takes any character."""
        return (self.out.encoding or "").lower().replace("-", "").startswith("utf8")


def open_console(arguments: Sequence[str]) -> Console:
    """The console of this process; `--lang` counts before the line is taken apart, so that faults speak it too."""
    return Console(_asked_for(arguments) or language_of(os.environ), sys.stdout, sys.stderr, os.environ)


def language_of(environ: Mapping[str, str]) -> Lang:
    """Chinese where the locale is any Chinese, else English."""
    locale = next((value for name in _LOCALE if (value := environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _asked_for(arguments: Sequence[str]) -> Lang | None:
    lang: Lang | None = None
    for word, following in zip(arguments, (*arguments[1:], ""), strict=False):
        value = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if value == "zh":
            lang = "zh"
        elif value == "en":
            lang = "en"
    return lang
