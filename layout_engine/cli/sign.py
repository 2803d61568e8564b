"""`layout-engine sign`: sign a page as its latest proof shows it, or see who has signed (签样).

layout-engine sign issues/2024-05-21 --page 1 --role 终审 --by 孙伟 --key ~/sunwei.key
layout-engine sign issues/2024-05-21
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.options import A_TEXT, AsJson, FontsDir, IssueDir, OnlyPage, OutputDir, Shared, Told, Words
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, show_findings
from layout_engine.cli.table import table
from layout_engine.places import find_places
from layout_engine.release.keys import Key, read_key
from layout_engine.release.signoff import State
from layout_engine.release.standing import Signing, Standing, check_signatures, read_standing, sign_page, signed_since
from layout_engine.revisions.store import Store, open_store
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec

_STATES: Final[dict[State, tuple[str, str]]] = {
    "valid": ("已签", "signed"),
    "unsigned": ("已签（只留名）", "signed by name alone"),
    "stale": ("签后有改动", "changed since"),
    "missing": ("未签", "not signed"),
    "forged": ("核对不上", "does not verify"),
}


class Options(Shared, frozen=True, kw_only=True):
    """Which page, in which role, by whom. Without a role: who has signed."""

    issue_dir: IssueDir
    page: OnlyPage = None
    role: Annotated[
        Words | None,
        Told("签哪一道，如 终审；不写则列出签样情况", "the role; without it, who has signed", "ROLE", A_TEXT),
    ] = None
    by: Annotated[Words, Told("谁签", "who signs", "NAME", A_TEXT)] = ""
    key: Annotated[str | None, Told("签名用的密钥文件", "the file of the signer's key", "FILE")] = None
    revision: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Told("看的是第几次校样，印在样上（默认最近一次）", "the proof that was looked at (the last by default)", "N"),
    ] = None
    out: OutputDir = None
    fonts: FontsDir = None
    json: AsJson = False


class SignedRole(msgspec.Struct, frozen=True):
    """One role of one page."""

    page: int
    role: str
    state: State
    by: str | None
    at: str | None
    revision: int | None


class SignOffs(msgspec.Struct, frozen=True):
    """The whole document of `--json`. `complete`: everybody signed every page as it is now."""

    date: str
    complete: bool
    roles: tuple[SignedRole, ...]
    findings: tuple[FindingReport, ...]


def run(options: Options, console: Console) -> int:
    """Sign, and show how it stands now."""
    issue_dir = Path(options.issue_dir)
    fonts, out = (Path(one) if one else None for one in (options.fonts, options.out))
    places = find_places(issue_dir, fonts=fonts, output=out)
    origin = Origin(options.issue_dir, places.fonts)
    asked = _misuse(options)
    spec = read_issue(issue_dir)
    if asked or spec.value is None:
        show_findings(asked or spec.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    opened = open_store(places.revisions_of(spec.value.issue.date))
    if opened.value is None:
        show_findings(opened.diagnostics, origin, console, console.err)
        return exit_codes.FINDINGS
    with opened.value as store, progress(console):
        read = read_standing(issue_dir, places.fonts, spec.value, store)
        found = [*read.diagnostics]
        standing = read.value
        if standing is not None and options.role is not None:
            found += _sign(options, standing, store, spec.value, console)
            standing = signed_since(standing, store)
        if standing is not None and options.role is None:
            found += check_signatures(standing, store, console.lang)
    told = tuple(dict.fromkeys(found))  # what is wrong with the store is met before and after signing
    if standing is None:
        show_findings(told, origin, console, console.err)
        return exit_codes.FINDINGS
    _show(standing, told, spec.value, options, origin, console)
    return exit_codes.FINDINGS if has_errors(told) else exit_codes.CLEAN


def _misuse(options: Options) -> tuple[Diagnostic, ...]:
    """What is missing of who signs what."""
    if options.role is None:
        return ()
    missing = [name for name, value in (("--page", options.page), ("--by", options.by)) if not value]
    return tuple(diagnose("cli/missing-option", None, option=name, needed_for="--role") for name in missing)


def _sign(
    options: Options, standing: Standing, store: Store, spec: IssueSpec, console: Console
) -> tuple[Diagnostic, ...]:
    key: Outcome[Key] = Outcome(None)
    if options.key is not None:
        key = read_key(Path(options.key).expanduser())
        if key.value is None:
            return key.diagnostics
    assert options.page is not None
    assert options.role is not None
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    wish = Signing(options.page, options.role, options.by, at, key.value, options.revision)
    signed = sign_page(standing, store, spec, wish, console.lang)
    return (*key.diagnostics, *signed.diagnostics)


def _show(
    standing: Standing,
    found: tuple[Diagnostic, ...],
    spec: IssueSpec,
    options: Options,
    origin: Origin,
    console: Console,
) -> None:
    roles = tuple(_roles(standing, options.page))
    complete = all(one.state in ("valid", "unsigned") for one in roles)
    if options.json:
        told = tuple(finding(one, origin, console.lang) for one in found)
        document = SignOffs(spec.issue.date, complete, roles, told)
        console.say(json.dumps(msgspec.to_builtins(document), ensure_ascii=not console.speaks_utf8(), indent=2))
        return
    rows = [
        (
            console.words(f"第 {one.page} 版", f"page {one.page}"),
            one.role,
            console.words(*_STATES[one.state]),
            one.by or "",
            one.at or "",
            console.words(f"第 {one.revision} 次校样", f"revision {one.revision}") if one.revision else "",
        )
        for one in roles
    ]
    console.say(*table(rows))
    show_findings(found, origin, console, console.err)
    console.note(counted(found, console.lang))


def _roles(standing: Standing, page: int | None) -> Iterator[SignedRole]:
    for one in standing.states:
        if page is None or one.page == page:
            said = one.signature.statement if one.signature else None
            told = (said.by, said.at, said.revision) if said else (None, None, None)
            yield SignedRole(one.page, one.role, one.state, *told)
