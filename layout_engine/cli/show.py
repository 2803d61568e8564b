"""`layout-engine show`: one revision, what it was made from and its files; or the files themselves (看版次).

layout-engine show issues/2024-05-21 latest
layout-engine show issues/2024-05-21 r3 --extract r3
layout-engine show issues/2024-05-21 r3 --file pages/01.txt
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import finding
from layout_engine.cli.json_kept import Shown, revision_report
from layout_engine.cli.kept import bytes_of, event_words, find_store, kind_words, open_kept, plain, size_words
from layout_engine.cli.options import AsJson, IssueDir, OutputDir, Shared, Told
from layout_engine.cli.report import Origin, from_here, show_findings
from layout_engine.cli.table import table
from layout_engine.revisions.extracting import extract
from layout_engine.revisions.model import Event, Revision, StoredFile
from layout_engine.revisions.store import Store

_HASH_SHOWN: Final = 12


class Options(Shared, frozen=True, kw_only=True):
    """Which revision, and what of it."""

    issue_dir: IssueDir
    revision: Annotated[
        str,
        Told(
            "哪个版次：r3、latest、latest~1 或哈希的开头",
            "which: r3, latest, latest~1, or the beginning of a hash",
            "REVISION",
            positional=True,
        ),
    ]
    extract: Annotated[
        str | None, Told("把全部文件取出到新文件夹 DIR", "take all files out into the new folder DIR", "DIR")
    ] = None
    file: Annotated[str | None, Told("把这一个文件原样输出", "print this one file as it is", "NAME")] = None
    out: OutputDir = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """Show it, or take out of it."""
    origin = Origin(options.issue_dir)
    folder = find_store(options.issue_dir, options.out)
    if folder.value is None:
        show_findings(folder.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    opened = open_kept(folder.value)
    if opened.value is None:
        unknown = diagnose("store/no-revision", reference=options.revision[:40])
        return _refuse((*opened.diagnostics, *(() if opened.diagnostics else (unknown,))), options, origin, console)
    with opened.value as store:
        asked = store.find(options.revision)
        if asked.value is None:
            return _refuse((*opened.diagnostics, *asked.diagnostics), options, origin, console)
        revision, events = asked.value, store.events()
        if options.file is not None:
            return _print_file(store, revision, options, origin, console)
        found = extract(store, revision, Path(options.extract)) if options.extract else ()
    found = (*opened.diagnostics, *found)
    if options.json:
        _print_json(revision, events, found, options, origin, console)
    else:
        console.say(*_lines(revision, events, console))
        show_findings(found, origin, console, console.err)
    return exit_codes.FINDINGS if has_errors(found) else exit_codes.CLEAN


def _refuse(found: tuple[Diagnostic, ...], options: Options, origin: Origin, console: Console) -> int:
    if options.json and options.file is None:
        _print_json(None, (), found, options, origin, console)
    else:
        show_findings(found, origin, console, console.err)
    return exit_codes.FINDINGS


def _print_file(store: Store, revision: Revision, options: Options, origin: Origin, console: Console) -> int:
    """Write a file's bytes to the output, whatever they are."""
    assert options.file is not None
    file = revision.file(options.file)
    read: Outcome[bytes] = store.read(file.sha256) if file else _no_file(revision, options.file)
    if read.value is None:
        show_findings(read.diagnostics, origin, console, console.err)
        return exit_codes.FINDINGS
    console.write(read.value)
    return exit_codes.CLEAN


def _no_file(revision: Revision, name: str) -> Outcome[bytes]:
    known = ", ".join(one.name for one in revision.files[:20])
    return Outcome(None, (diagnose("store/no-file", revision=revision.number, name=name[:80], known=known),))


def _lines(one: Revision, events: tuple[Event, ...], console: Console) -> Iterator[str]:
    heads = [
        (console.words("版次", "revision"), f"r{one.number}  {one.id}  {kind_words(one.kind, console)}"),
        (console.words("时间", "when"), one.at),
        (console.words("谁", "who"), one.by),
        (console.words("为什么", "why"), one.note),
        (console.words("内容", "content"), one.content),
    ]
    heads += [(console.words("事项", "fact"), f"{name}: {value}") for name, value in one.facts.items()]
    heads += [
        (console.words("记录", "log"), f"{event.at}  {event_words(event, console)}")
        for event in events
        if event.revision == one.number
    ]
    yield from table([(name, plain(value)) for name, value in heads])
    yield ""
    total = size_words(bytes_of(one))
    yield console.words(f"文件 {len(one.files)} 个，{total}", f"files: {len(one.files)}, {total}")
    yield from _indented([_file_row(file) for file in one.files])
    yield ""
    yield console.words(f"依据 {len(one.inputs)} 个文件", f"made from: {len(one.inputs)} files")
    yield from _indented([(plain(path), sha256[:_HASH_SHOWN]) for path, sha256 in one.inputs.items()])


def _file_row(file: StoredFile) -> tuple[str, ...]:
    return file.name, size_words(file.size), file.sha256[:_HASH_SHOWN]


def _indented(rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield from (f"  {line}" for line in (table(rows) if rows else ()))


def _print_json(
    revision: Revision | None,
    events: tuple[Event, ...],
    found: tuple[Diagnostic, ...],
    options: Options,
    origin: Origin,
    console: Console,
) -> None:
    report = revision_report(revision, events) if revision else None
    written: tuple[str, ...] = ()
    if options.extract and revision:
        paths = ((file.name, Path(options.extract) / file.name) for file in revision.files)
        written = tuple(from_here(path) for name, path in paths if path.is_file())
    told = tuple(finding(one, origin, console.lang) for one in found)
    document = Shown(report, written, told)
    console.say(json.dumps(msgspec.to_builtins(document), ensure_ascii=not console.speaks_utf8(), indent=2))
