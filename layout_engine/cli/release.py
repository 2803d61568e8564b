"""`layout-engine release`: the finals for the printer with their manifest, or every reason against it (付印).

layout-engine release issues/2024-05-21 --by 孙伟 --key ~/sunwei.key
layout-engine release issues/2024-05-21 --replaces 1 --reason 更正姓名 --by 孙伟
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.options import (
    A_TEXT,
    AllowCommands,
    AsJson,
    Caching,
    FontsDir,
    IssueDir,
    OutputDir,
    Shared,
    Told,
    Words,
)
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, from_here, show_findings
from layout_engine.guards.outside import allowed_by
from layout_engine.places import find_places
from layout_engine.release.desk import Order, Released, release
from layout_engine.release.keys import Key, read_key
from layout_engine.release.manifest import FILE_NAME
from layout_engine.revisions.store import open_store
from layout_engine.spec.read import read_issue


class Options(Shared, frozen=True, kw_only=True):
    """Who releases; which page replaces a released one, and why."""

    issue_dir: IssueDir
    by: Annotated[Words, Told("谁付印", "who releases", "NAME", A_TEXT)] = ""
    key: Annotated[str | None, Told("在清单上签名用的密钥文件", "the key that signs the manifest", "FILE")] = None
    note: Annotated[Words, Told("附言，记入日志", "a note for the log", "TEXT", A_TEXT)] = ""
    replaces: Annotated[
        Annotated[int, Meta(ge=1, le=999)] | None,
        Told("换版：换下已付印的第 N 版", "replace page N of what was released", "N", ("版次", "a page number")),
    ] = None
    reason: Annotated[Words, Told("换版的原因，记入日志和清单", "why it is replaced", "TEXT", A_TEXT)] = ""
    out: OutputDir = None
    fonts: FontsDir = None
    caching: Caching = True
    allow_commands: AllowCommands = False
    json: AsJson = False


class ReleasedFile(msgspec.Struct, frozen=True):
    """One final."""

    page: int
    file: str
    sha256: str


class ReleaseReport(msgspec.Struct, frozen=True):
    """The whole document of `--json`. `again`: the very same had been released before."""

    released: bool
    again: bool
    manifest: str | None
    plates_changed: tuple[str, ...] | None
    pages: tuple[ReleasedFile, ...]
    findings: tuple[FindingReport, ...]


def run(options: Options, console: Console) -> int:
    """Release, or say all that is against it."""
    begin = perf_counter()
    issue_dir = Path(options.issue_dir)
    fonts, out = (Path(one) if one else None for one in (options.fonts, options.out))
    places = find_places(issue_dir, fonts=fonts, output=out, caching=options.caching)
    origin = Origin(options.issue_dir, places.fonts)
    key: Outcome[Key] = read_key(Path(options.key).expanduser()) if options.key else Outcome(None)
    spec = read_issue(issue_dir)
    asked = _misuse(options)
    if asked or spec.value is None or (options.key and key.value is None):
        show_findings((*asked, *key.diagnostics, *(() if asked else spec.diagnostics)), origin, console, console.err)
        return exit_codes.MISUSED
    opened = open_store(places.revisions_of(spec.value.issue.date))
    if opened.value is None:
        show_findings(opened.diagnostics, origin, console, console.err)
        return exit_codes.FINDINGS
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    allow = allowed_by(os.environ, all_once=options.allow_commands)
    order = Order(at, options.by, key.value, options.note, options.replaces, options.reason, console.lang, allow)
    with opened.value as store, progress(console):
        released = release(issue_dir, places, store, spec.value, order)
    found = (*key.diagnostics, *released.diagnostics)
    if options.json:
        document = msgspec.to_builtins(_document(released, found, origin, console))
        console.say(json.dumps(document, ensure_ascii=not console.speaks_utf8(), indent=2))
    else:
        console.say(*_lines(released, console))
        show_findings(found, origin, console, console.err, least="warning")
        console.note(*_verdict(released, found, console, perf_counter() - begin))
    if released.build is not None and released.build.unbalanced:
        return exit_codes.BUG
    return exit_codes.FINDINGS if released.manifest is None or has_errors(found) else exit_codes.CLEAN


def _misuse(options: Options) -> tuple[Diagnostic, ...]:
    """A replacement has a reason; whoever signs the manifest has a name."""
    missing = []
    if options.replaces is not None and not options.reason.strip():
        missing.append(("--reason", "--replaces"))
    if not options.by and (options.key is not None or options.replaces is not None):
        missing.append(("--by", "--replaces" if options.replaces is not None else "--key"))
    if options.reason and options.replaces is None:
        missing.append(("--replaces", "--reason"))
    return tuple(diagnose("cli/missing-option", None, option=one, needed_for=other) for one, other in missing)


def _lines(released: Released, console: Console) -> Iterator[str]:
    if released.manifest is None:
        return
    for page in released.manifest.pages:
        yield f"{from_here(released.folder / page.file)}  sha256 {page.sha256[:12]}"
    yield from_here(released.folder / FILE_NAME)
    plates = _plates(released)
    if plates is not None:
        listed = "、".join(plates) or console.words("无", "none")
        yield console.words(f"换版：要重出的印版：{listed}", f"plates to be made again: {listed.replace('、', ', ')}")


def _plates(released: Released) -> tuple[str, ...] | None:
    pages = released.build.pages if released.build else ()
    return next((one.replaced.plates_changed for one in pages if one.replaced), None)


def _verdict(released: Released, found: tuple[Diagnostic, ...], console: Console, seconds: float) -> Iterator[str]:
    if released.manifest is None:
        said = console.words(
            "没有付印：先解决以上各条；以前付印的没有动", "not released: the above stand in the way; older finals stay"
        )
    elif released.again:
        said = console.words("早已付印，内容一字不差", "released before, and the same to the byte")
    else:
        said = console.words("已付印", "released")
    time = console.words(f"{seconds:.2f} 秒", f"{seconds:.2f} s")
    yield console.words("，", ", ").join((said, counted(found, console.lang), time))


def _document(released: Released, found: tuple[Diagnostic, ...], origin: Origin, console: Console) -> ReleaseReport:
    manifest = released.manifest
    return ReleaseReport(
        manifest is not None,
        released.again,
        from_here(released.folder / FILE_NAME) if manifest else None,
        _plates(released),
        tuple(ReleasedFile(one.page, one.file, one.sha256) for one in manifest.pages) if manifest else (),
        tuple(finding(one, origin, console.lang) for one in found),
    )
