"""`layout-engine verify`: whether finals are what was released (验收), for the printer, from the files alone.

layout-engine verify manifest.json
"""

import json
from pathlib import Path
from typing import Annotated

import msgspec

from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.options import AsJson, Shared, Told
from layout_engine.cli.report import Origin, counted, show_findings
from layout_engine.release.manifest import Manifest
from layout_engine.release.verify import verify


class Options(Shared, frozen=True, kw_only=True):
    """Which manifest."""

    manifest: Annotated[
        str, Told("付印清单，成品在它旁边", "the manifest, the finals beside it", "MANIFEST", positional=True)
    ]
    public: Annotated[
        str | None,
        Told("报社的公钥，清单必须由它签名", "the paper's public key, which has to have signed it", "ed25519:…"),
    ] = None
    json: AsJson = False


class VerifiedPage(msgspec.Struct, frozen=True):
    """成品: one page as the manifest has it."""

    page: int
    file: str
    sha256: str
    signed_by: tuple[str, ...]


class VerifiedRelease(msgspec.Struct, frozen=True):
    """The whole document of `--json`. `holds`: every file is the one that was released.

    `public` is the key that signed the manifest; empty: nobody signed it.
    """

    manifest: str
    holds: bool
    paper: str
    date: str
    released_by: str
    public: str
    pages: tuple[VerifiedPage, ...]
    findings: tuple[FindingReport, ...]


def run(options: Options, console: Console) -> int:
    """Look at every file, and say of each page who signed it."""
    verified = verify(Path(options.manifest), options.public)
    manifest, origin = verified.manifest, Origin(".")
    if options.json:
        pages = _pages(manifest) if manifest else ()
        document = VerifiedRelease(
            options.manifest,
            verified.holds,
            manifest.paper if manifest else "",
            manifest.date if manifest else "",
            manifest.by if manifest else "",
            manifest.public if manifest else "",
            pages,
            tuple(finding(one, origin, console.lang) for one in verified.diagnostics),
        )
        console.say(json.dumps(msgspec.to_builtins(document), ensure_ascii=not console.speaks_utf8(), indent=2))
    else:
        for page in _pages(manifest) if manifest else ():
            signed = console.words("、", ", ").join(page.signed_by) or console.words("没有签名", "nobody signed")
            console.say(f"{page.file}  sha256 {page.sha256[:12]}  {signed}")
        show_findings(verified.diagnostics, origin, console, console.err)
        console.note(_verdict(verified.holds, manifest, console) + counted(verified.diagnostics, console.lang))
    if manifest is None:
        return exit_codes.MISUSED
    return exit_codes.CLEAN if verified.holds else exit_codes.FINDINGS


def _verdict(holds: bool, manifest: Manifest | None, console: Console) -> str:
    if manifest is None:
        return ""
    count = len(manifest.pages)
    if holds:
        return console.words(f"{count} 个文件都是付印的那一份，", f"{count} files are what was released, ")
    return console.words("不要付印：文件与清单不符，", "do not print: files and manifest differ, ")


def _pages(manifest: Manifest) -> tuple[VerifiedPage, ...]:
    signed: dict[int, list[str]] = {}
    for one in manifest.signatures:
        signed.setdefault(one.statement.page, []).append(f"{one.statement.role} {one.statement.by}")
    return tuple(
        VerifiedPage(one.page, one.file, one.sha256, tuple(signed.get(one.page, ()))) for one in manifest.pages
    )
