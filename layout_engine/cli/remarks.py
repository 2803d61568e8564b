"""`layout-engine remarks`: what people marked on a proof, as places in the articles (批注归稿).

layout-engine remarks output/2024-05-21/proof/xinjimo-20240521-01.pdf
layout-engine remarks proof.pdf --json
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import msgspec

from layout_engine.base.diagnostics import Outcome, Span, diagnose
from layout_engine.base.units import format_mm
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import AsJson, Shared, Told
from layout_engine.cli.report import Origin, show_findings
from layout_engine.proof.carried import MAX_FILE
from layout_engine.remarks.annotations import Kind
from layout_engine.remarks.read import Passage, Remark, Remarks, read_remarks

File = Annotated[str, Told("有批注的校样", "the proof with remarks on it", "PROOF.pdf", positional=True)]
InIssue = Annotated[
    str | None,
    Told("稿件所在的一期文件夹，路径写全", "the issue's folder, to show whole paths", "ISSUE_DIR"),
]
_KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "highlight": ("标亮", "highlight"),
    "underline": ("下划线", "underline"),
    "squiggly": ("波浪线", "squiggly"),
    "strike-out": ("删除线", "strike-out"),
    "caret": ("插入", "caret"),
    "note": ("便笺", "note"),
    "text": ("文字", "text"),
    "ink": ("手写", "ink"),
    "shape": ("图形", "shape"),
}


class Options(Shared, frozen=True, kw_only=True):
    """Which proof."""

    file: File
    issue: InIssue = None
    json: AsJson = False


class MarkedPassage(msgspec.Struct, frozen=True):
    """文段: characters `start` up to `end` of a part, counted from 1; where the two are equal, a place between two."""

    file: str
    line: int
    column: int
    last_line: int
    last_column: int
    story: str
    part: str
    paragraph: int | None
    start: int
    end: int
    text: str
    before: str
    after: str


class WrittenRemark(msgspec.Struct, frozen=True):
    """批注: one remark. Places are in mm from the left and top of the trim."""

    number: int
    kind: Kind
    page: int
    says: str
    by: str
    at: str
    answers: int | None
    region: str | None
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    passages: tuple[MarkedPassage, ...]


class RemarksFile(msgspec.Struct, frozen=True):
    """The whole document of `--json`."""

    file: str
    paper: str
    date: str
    page: int
    remarks: tuple[WrittenRemark, ...]


def run(options: Options, console: Console) -> int:
    """Show every remark with its place."""
    path, origin = Path(options.file), Origin(options.issue or ".")
    read = _read(path, options.file)
    show_findings(read.diagnostics, origin, console, console.err)
    if read.value is None:
        return exit_codes.MISUSED
    if options.json:
        document = msgspec.to_builtins(_document(read.value, options, origin))
        console.say(json.dumps(document, ensure_ascii=not console.speaks_utf8(), indent=2))
        return exit_codes.CLEAN
    for remark in read.value.remarks:
        for line in _lines(remark, origin, console):
            console.say(line)
    count = len(read.value.remarks)
    console.note(console.words(f"{count} 条批注", f"{count} remark{'' if count == 1 else 's'}"))
    return exit_codes.CLEAN


def _read(path: Path, shown: str) -> Outcome[Remarks]:
    if not path.is_file():
        return Outcome(None, (diagnose("cli/no-such-file", None, path=shown[:200]),))
    if path.stat().st_size > MAX_FILE:
        reason = f"> {MAX_FILE // 1_000_000} MB"
        return Outcome(None, (diagnose("record/not-a-pdf", None, reason=reason),))
    return read_remarks(path.read_bytes())


def _lines(remark: Remark, origin: Origin, console: Console) -> Iterator[str]:
    """What was marked, and under it what was said."""
    zh, en = _KINDS[remark.kind]
    kind = console.words(zh, en)
    for passage in remark.passages:
        yield f"{origin.place(passage.first)}: {kind} {_shown(passage, console)}"
    if not remark.passages:
        where = f"{remark.region or '—'} {format_mm(remark.place.x)},{format_mm(remark.place.y)} mm"
        page = console.words(f"第 {remark.page} 版", f"page {remark.page}")
        yield f"{page} {where}: {kind}"
    said = " ".join(remark.says.split())
    if said or remark.by:
        answer = console.words(f"（答第 {remark.answers} 条）", f"(to no. {remark.answers}) ") if remark.answers else ""
        by = f"{remark.by}{console.words('：', ': ')}" if remark.by else ""
        yield f"    {remark.number}. {answer}{by}{said}"


def _shown(passage: Passage, console: Console) -> str:
    where = passage.story or passage.key
    if passage.paragraph:
        where += console.words(f" 第{passage.paragraph}段", f" ¶{passage.paragraph}")
    text = passage.text.replace("\n", "／")
    return f"{where} …{passage.before}【{text}】{passage.after}…".replace("\n", "／")


def _document(remarks: Remarks, options: Options, origin: Origin) -> RemarksFile:
    imprint = remarks.record.imprint
    return RemarksFile(
        options.file,
        imprint.paper,
        imprint.date,
        remarks.record.page.number,
        tuple(_remark(one, origin) for one in remarks.remarks),
    )


def _remark(one: Remark, origin: Origin) -> WrittenRemark:
    x, y, width, height = (float(format_mm(v)) for v in (one.place.x, one.place.y, one.place.width, one.place.height))
    passages = tuple(_passage(each, origin) for each in one.passages)
    return WrittenRemark(
        one.number, one.kind, one.page, one.says, one.by, one.at, one.answers, one.region, x, y, width, height, passages
    )


def _passage(one: Passage, origin: Origin) -> MarkedPassage:
    first, last = one.first, one.last
    return MarkedPassage(
        _path(first, origin), first.line, first.column, last.line, last.column, one.story, one.key, one.paragraph,
        one.start + 1, one.end + 1, one.text, one.before, one.after,
    )  # fmt: skip


def _path(span: Span, origin: Origin) -> str:
    return Path(origin.path(span.file)).as_posix()
