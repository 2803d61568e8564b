"""`layout-engine gc`: clear old proofs away, and contents that no revision uses (清理).

layout-engine gc issues/2024-05-21 --dry-run
layout-engine gc issues/2024-05-21 --keep 5 --by 王静
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import finding
from layout_engine.cli.json_kept import Cleared
from layout_engine.cli.kept import find_store, open_kept, size_words
from layout_engine.cli.options import A_TEXT, AsJson, IssueDir, OutputDir, Shared, Told, Words
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, show_findings
from layout_engine.revisions.collecting import KEPT, Collected
from layout_engine.revisions.refused import RefusedError
from layout_engine.revisions.store import Store


class Options(Shared, frozen=True, kw_only=True):
    """Which issue, how much stays, and who does it."""

    issue_dir: IssueDir
    keep: Annotated[
        Annotated[int, Meta(ge=1, le=9999)],
        Told(
            "大样、小样各留最近的 N 次（默认 20）",
            "keep the last N proofs and the last N galleys (20 by default)",
            "N",
            ("1 到 9999", "from 1 to 9999"),
        ),
    ] = KEPT
    dry_run: Annotated[bool, Told("只说会清掉什么，什么也不动", "say what would go, and touch nothing")] = False
    by: Annotated[Words, Told("谁清理的，记入日志", "who clears away, for the log", "NAME", A_TEXT)] = ""
    out: OutputDir = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """Clear away, and say what went."""
    origin = Origin(options.issue_dir)
    folder = find_store(options.issue_dir, options.out)
    if folder.value is None:
        show_findings(folder.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    opened = open_kept(folder.value)
    found, collected = opened.diagnostics, Collected((), (), (), 0, 0)
    if opened.value is not None:
        with opened.value as store, progress(console):
            try:
                collected = _collect(store, options)
            except RefusedError as refused:
                found = (*found, refused.diagnostic)
    if options.json:
        _print_json(collected, found, options, origin, console)
    else:
        show_findings(found, origin, console, console.err)
        if not has_errors(found):
            console.say(*_lines(collected, options, console))
    return exit_codes.FINDINGS if has_errors(found) else exit_codes.CLEAN


def _collect(store: Store, options: Options) -> Collected:
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    return store.collect(keep=options.keep, at=at, by=options.by, dry_run=options.dry_run)


def _lines(collected: Collected, options: Options, console: Console) -> list[str]:
    if not collected.objects:
        return [console.words("没有可清理的。", "There is nothing to clear away.")]
    going, size = _numbers(collected.revisions), size_words(collected.bytes)
    count = len(collected.objects)
    staying = console.words(
        f"留下 {len(collected.kept)} 个版次，{size_words(collected.bytes_kept)}",
        f"{len(collected.kept)} revisions stay, {size_words(collected.bytes_kept)}",
    )
    if options.dry_run:
        what = console.words(
            f"会清掉：版次 {going or '无'}；{count} 份内容，{size}",
            f"would go: revisions {going or 'none'}; {count} contents, {size}",
        )
    else:
        what = console.words(
            f"清掉了：版次 {going or '无'}；{count} 份内容，{size}",
            f"cleared away: revisions {going or 'none'}; {count} contents, {size}",
        )
    return [what, staying]


def _numbers(numbers: Sequence[int]) -> str:
    """`r1–r4, r7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"r{run[0]}–r{run[-1]}" if len(run) > 1 else f"r{run[0]}" for run in runs)


def _print_json(
    collected: Collected, found: tuple[Diagnostic, ...], options: Options, origin: Origin, console: Console
) -> None:
    document = Cleared(
        options.dry_run,
        collected.revisions,
        collected.kept,
        len(collected.objects),
        collected.bytes,
        collected.bytes_kept,
        tuple(finding(one, origin, console.lang) for one in found),
    )
    console.say(json.dumps(msgspec.to_builtins(document), ensure_ascii=not console.speaks_utf8(), indent=2))
