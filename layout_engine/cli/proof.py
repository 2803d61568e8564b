"""`layout-engine proof`: the pages with marks for those who read them, kept as a revision (大样、清样、小样、唱校).

layout-engine proof issues/2024-05-21 --by 王静 --note 改导语
layout-engine proof issues/2024-05-21 --galley lead
layout-engine proof issues/2024-05-21 --call-over
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final

from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, diagnose, has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import (
    A_TEXT,
    Caching,
    Dpi,
    FontsDir,
    IssueDir,
    OnlyPage,
    OutputDir,
    Shared,
    Told,
    Words,
)
from layout_engine.cli.outcome import close, exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, finding_lines, from_here, show_findings
from layout_engine.kept_pages import proof_of
from layout_engine.pdf.files import write_atomically
from layout_engine.places import Places, find_places
from layout_engine.proof.call_over import call_over
from layout_engine.proof.raster import TooLargeError
from layout_engine.proof_desk import MadePage, Ordered, Proved, ProvedGalleys, prove, prove_galleys
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store, open_store
from layout_engine.spec.model_signoff import SignoffSpec
from layout_engine.spec.read import read_issue

FOLDER: Final = "proof"  # in the issue's output folder, apart from what goes to press

Signer = Annotated[
    Words, Told("谁出的样，印在校样上，记入日志", "who makes it, on the proof and in the log", "NAME", A_TEXT)
]
Note = Annotated[Words, Told("为什么出这一次", "why", "TEXT", A_TEXT)]
_Against = Annotated[
    Annotated[int, Meta(ge=0, le=999_999)],
    Told(
        "竖线标出与第 N 次校样不同的行（默认与各版上一次比）",
        "bars at lines that are not as in revision N (the last by default)",
        "N",
        ("校样的次数", "the number of a revision"),
    ),
]
_GalleyStories = Annotated[
    str | None,
    Told("小样：单篇，各篇用逗号隔开，all 是全部", "galleys of these stories, or of all", "STORY,…|all"),
]


class Options(Shared, frozen=True, kw_only=True):
    """Which pages or stories, who and why."""

    issue_dir: IssueDir
    page: OnlyPage = None
    by: Signer = ""
    note: Note = ""
    galley: _GalleyStories = None
    call_over: Annotated[bool, Told("另出唱校稿（逐行念的文本）", "also write the text to be read aloud")] = False
    clean: Annotated[bool, Told("清样：版心内不加任何标记", "a clean proof: nothing marked on the page")] = False
    against: _Against = 0
    bars: Annotated[bool, Told("不加改动竖线", "no bars at changed lines")] = True
    dpi: Dpi = 110
    out: OutputDir = None
    fonts: FontsDir = None
    caching: Caching = True


def run(options: Options, console: Console) -> int:
    """Make the proof and keep it, or say what stands in the way."""
    begin = perf_counter()
    issue_dir = Path(options.issue_dir)
    places = find_places(
        issue_dir,
        fonts=Path(options.fonts) if options.fonts else None,
        output=Path(options.out) if options.out else None,
        caching=options.caching,
    )
    origin = Origin(options.issue_dir, places.fonts)
    spec = read_issue(issue_dir)
    if spec.value is None:
        show_findings(spec.diagnostics, origin, console, console.err)
        return exit_codes.MISUSED
    output = places.output_of(spec.value.issue.date)
    opened = open_store(places.revisions_of(spec.value.issue.date))
    if opened.value is None:
        show_findings(opened.diagnostics, origin, console, console.err)
        return exit_codes.FINDINGS
    signoff = spec.value.house.signoff
    ordered = _ordered(options, signoff if isinstance(signoff, SignoffSpec) else None, console)
    with opened.value as store:
        against = proof_of(store, options.against) if options.bars and options.against else None
        if against is not None and against.value is None:
            show_findings(against.diagnostics, origin, console, console.err)
            return exit_codes.MISUSED
        try:
            with progress(console):
                proved = _prove(issue_dir, places, store, ordered, options.galley)
        except TooLargeError:
            found = diagnose("cli/picture-too-large", dpi=options.dpi)
            console.note(*finding_lines(found, origin, console, console.err))
            return exit_codes.FINDINGS
    _write(proved.pages, output / FOLDER, options, console)
    _tell(proved.revision, console)
    show_findings((*opened.diagnostics, *proved.diagnostics), origin, console, console.err)
    refused = has_errors(proved.diagnostics)
    seconds = perf_counter() - begin
    if isinstance(proved, Proved):
        close(proved.build, origin, console, console.err, seconds)
        code = exit_code(proved.build)
    else:
        code = _close_galleys(proved, origin, console, seconds)
    return code or (exit_codes.FINDINGS if refused else exit_codes.CLEAN)


def _prove(
    issue_dir: Path, places: Places, store: Store, ordered: Ordered, galley: str | None
) -> Proved | ProvedGalleys:
    if galley is None:
        return prove(issue_dir, places, store, ordered)
    stories = () if galley == "all" else tuple(one.strip() for one in galley.split(","))
    return prove_galleys(issue_dir, places, store, stories, ordered)


def _ordered(options: Options, signoff: SignoffSpec | None, console: Console) -> Ordered:
    title = ("小样", "galley") if options.galley is not None else ("清样", "clean proof")
    if options.galley is None and not options.clean:
        title = ("大样", "proof")
    return Ordered(
        datetime.now().astimezone().isoformat(timespec="seconds"),
        options.by,
        options.note,
        console.words(*title),
        options.against if options.bars else None,
        options.dpi,
        options.page,
        options.clean,
        console.lang,
        tuple(signoff.roles) if signoff else None,
    )


def _write(pages: Sequence[MadePage], folder: Path, options: Options, console: Console) -> None:
    """The latest proof where people look for it: what was kept is not to be opened and changed."""
    for page in pages:
        pdf = folder / page.name
        contents = {pdf: page.pdf, pdf.with_suffix(".png"): page.png}
        if options.call_over:
            contents[pdf.with_suffix(".txt")] = call_over(page.record, console.lang).encode()
        for path, data in contents.items():
            write_atomically(path, data)
            console.say(from_here(path))


def _tell(revision: Revision | None, console: Console) -> None:
    if revision is not None:
        number, short = revision.number, revision.content[:12]
        console.note(console.words(f"第 {number} 次校样，内容 {short}", f"revision {number}, content {short}"))


def _close_galleys(proved: ProvedGalleys, origin: Origin, console: Console, seconds: float) -> int:
    found: tuple[Diagnostic, ...] = proved.galleys.diagnostics
    show_findings(found, origin, console, console.err, least="warning")
    count = len(proved.pages)
    sheets = console.words(f"{count} 张", f"{count} sheet{'' if count == 1 else 's'}")
    time = console.words(f"{seconds:.2f} 秒", f"{seconds:.2f} s")
    console.note(console.words("，", ", ").join((sheets, counted(found, console.lang), time)))
    if proved.galleys.unreadable:
        return exit_codes.MISUSED
    return exit_codes.FINDINGS if has_errors(found) else exit_codes.CLEAN
