"""`layout-engine log`: the revisions of an issue, who made them when and why, and what became of them (版次日志).

layout-engine log issues/2024-05-21
layout-engine log issues/2024-05-21 --check
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import finding
from layout_engine.cli.json_kept import Log, event_report, revision_report
from layout_engine.cli.kept import bytes_of, event_words, find_store, kind_words, open_kept, plain, size_words
from layout_engine.cli.options import AsJson, IssueDir, OutputDir, Shared, Told
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, from_here, show_findings
from layout_engine.cli.table import table
from layout_engine.revisions.model import Event, Revision

_HASH_SHOWN: Final = 12


class Options(Shared, frozen=True, kw_only=True):
    """Which issue, and whether to check that everything is still there."""

    issue_dir: IssueDir
    check: Annotated[
        bool, Told("清点：每份内容都读一遍，核对哈希值", "read every content and verify its hash, too")
    ] = False
    out: OutputDir = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """Show the log; with `--check`, what is wrong with the store."""
    origin = Origin(options.issue_dir)
    folder = find_store(options.issue_dir, options.out)
    if folder.value is None:
        show_findings(folder.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    opened = open_kept(folder.value)
    found, revisions, events = opened.diagnostics, tuple[Revision, ...](), tuple[Event, ...]()
    if opened.value is not None:
        with opened.value as store, progress(console):
            found += store.check() if options.check else ()
            revisions, events = store.revisions(), store.events()
    found = tuple(dict.fromkeys(found))
    if options.json:
        _print_json(folder.value, revisions, events, found, options, origin, console)
    else:
        _print(revisions, events, options, console)
        show_findings(found, origin, console, console.err)
        if options.check:
            console.note(_checked(revisions, found, console))
    return exit_codes.FINDINGS if has_errors(found) else exit_codes.CLEAN


def _print(revisions: Sequence[Revision], events: Sequence[Event], options: Options, console: Console) -> None:
    if not revisions:
        console.note(console.words("还没有版次。", "There are no revisions yet."))
    else:
        heads = (("次", "no."), ("时间", "when"), ("种类", "kind"), ("谁", "who"), ("为什么", "why"))
        more = (("哈希", "hash"), ("内容", "content"), ("大小", "size"), ("记录", "log"))
        rows = [tuple(console.words(*head) for head in (*heads, *more))]
        rows += [tuple(_row(one, events, console)) for one in revisions]
        console.say(*table(rows))
    there = {one.number for one in revisions}
    others = [one for one in events if one.revision not in there]
    if others:
        console.say("", *table([_event_row(one, console) for one in others]))


def _row(one: Revision, events: Sequence[Event], console: Console) -> Iterator[str]:
    yield f"r{one.number}"
    yield _when(one.at)
    yield kind_words(one.kind, console)
    yield plain(one.by)
    yield plain(one.note)
    yield one.id
    yield one.content[:_HASH_SHOWN]
    yield size_words(bytes_of(one))
    about = (plain(event_words(event, console)) for event in events if event.revision == one.number)
    yield console.words("；", "; ").join(about)


def _event_row(event: Event, console: Console) -> tuple[str, str, str]:
    of = f"r{event.revision}" if event.revision is not None else ""
    return of, _when(event.at), plain(event_words(event, console))


def _when(at: str) -> str:
    """A time as people read it; what it is not is shown as it stands."""
    return plain(at[:16].replace("T", " "))


def _checked(revisions: Sequence[Revision], found: tuple[Diagnostic, ...], console: Console) -> str:
    count = len(revisions)
    asked = console.words(f"清点了 {count} 个版次", f"{count} revision{'' if count == 1 else 's'} checked")
    return console.words("，", ", ").join((asked, counted(found, console.lang)))


def _print_json(
    folder: Path,
    revisions: tuple[Revision, ...],
    events: tuple[Event, ...],
    found: tuple[Diagnostic, ...],
    options: Options,
    origin: Origin,
    console: Console,
) -> None:
    document = Log(
        from_here(folder),
        options.check,
        tuple(revision_report(one, events) for one in revisions),
        tuple(map(event_report, events)),
        tuple(finding(one, origin, console.lang) for one in found),
    )
    console.say(json.dumps(msgspec.to_builtins(document), ensure_ascii=not console.speaks_utf8(), indent=2))
