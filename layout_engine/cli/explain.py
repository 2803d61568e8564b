"""`layout-engine explain`: what a finding means, why it is one, and what to do (解释诊断).

layout-engine explain spec/unknown-kind
layout-engine explain unknown-kind
"""

from collections.abc import Iterator
from typing import Annotated

from layout_engine.base.codes import CodeEntry, area, areas
from layout_engine.base.diagnostics import Lang, diagnose
from layout_engine.base.nearest import nearest
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import Shared, Told
from layout_engine.cli.report import Origin, finding_lines, severity_word

_INDENT = "    "
_NEAR = 3


class Options(Shared, frozen=True, kw_only=True):
    """Which code."""

    code: Annotated[
        str | None,
        Told(
            "诊断代码，如 spec/unknown-kind（不写则列出全部）",
            "a code such as spec/unknown-kind (all of them by default)",
            "CODE",
            positional=True,
        ),
    ] = None


def run(options: Options, console: Console) -> int:
    """Print the long text of a code, or the list of all codes."""
    entries = {code: entry for name in areas() for code, entry in area(name).items()}
    if options.code is None:
        for code, entry in entries.items():
            console.say(
                f"{code}  {severity_word(entry.severity, console.lang)}  {plain(console.words(entry.zh, entry.en))}"
            )
        return exit_codes.CLEAN
    found_code = _find(options.code, entries)
    if found_code is None:
        found = diagnose(
            "cli/unknown-code", None, given=options.code[:60], nearest=", ".join(_near(options.code, entries))
        )
        console.note(*finding_lines(found, Origin("."), console, console.err))
        return exit_codes.MISUSED
    console.say(*explained(found_code, entries[found_code], console.lang))
    return exit_codes.CLEAN


def explained(code: str, entry: CodeEntry, lang: Lang) -> Iterator[str]:
    """The long text of one code."""
    zh = lang == "zh"
    yield f"{code}  {severity_word(entry.severity, lang)}"
    yield plain(entry.zh if zh else entry.en)
    if text := (entry.explain_zh if zh else entry.explain_en).strip():
        yield ""
        yield from text.splitlines()
    for hint in entry.hint_zh if zh else entry.hint_en:
        yield f"{'提示：' if zh else 'hint: '}{plain(hint)}"
    for title, example in (
        (("会报：" if zh else "Provokes it:"), entry.fails),
        (("不报：" if zh else "Passes:"), entry.passes),
    ):
        if example.strip():
            yield ""
            yield title
            yield from (f"{_INDENT}{line}".rstrip() for line in example.strip("\n").splitlines())


def plain(template: str) -> str:
    """A message with its places to fill shown as 〈name〉, and doubled braces as one."""
    text = template.replace("{{", "\0").replace("}}", "\1")
    return text.replace("{", "〈").replace("}", "〉").replace("\0", "{").replace("\1", "}")


def _find(given: str, entries: dict[str, CodeEntry]) -> str | None:
    """The code that was given whole, or without its area where only one area has it."""
    if given in entries:
        return given
    short = [code for code in entries if code.partition("/")[2] == given]
    return short[0] if len(short) == 1 else None


def _near(given: str, entries: dict[str, CodeEntry]) -> list[str]:
    """Codes that may have been meant: near in letters, or with a word of it in their name."""
    found = [one for one in (nearest(given, entries),) if one]
    by_name = {code.partition("/")[2]: code for code in entries}
    name = given.rpartition("/")[2]
    if near := nearest(name, by_name):
        found.append(by_name[near])
    words = {word for word in name.casefold().split("-") if len(word) > 2}
    shared = sorted(entries, key=lambda code: (-len(words & set(code.partition("/")[2].split("-"))), code))
    found += [code for code in shared if words & set(code.partition("/")[2].split("-"))]
    return list(dict.fromkeys(found))[:_NEAR]
