"""What became of an issue, as people read it (结果): a line a page, the findings, and how it ended."""

from collections.abc import Iterator
from typing import TextIO

from layout_engine.base.diagnostics import Severity, has_errors
from layout_engine.base.units import format_mm
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.report import Origin, counted, from_here, show_findings
from layout_engine.pipeline import Build

_HASH_SHOWN = 12
_KILO = 1000


def exit_code(built: Build) -> int:
    """How the command ends that made `built`."""
    if built.unbalanced:
        return exit_codes.BUG
    if built.unreadable:
        return exit_codes.MISUSED
    return exit_codes.CLEAN if built.clean else exit_codes.FINDINGS


def page_lines(built: Build, console: Console) -> Iterator[str]:
    """A line for each page that was written: file, size on paper, size on disk, and the start of its SHA-256."""
    for page in built.pages:
        if page.pdf is not None and page.sha256 is not None:
            size = f"{format_mm(page.width)} × {format_mm(page.height)} mm"
            disk = f"{-(-page.pdf.stat().st_size // _KILO)} kB"
            yield f"{from_here(page.pdf)}  {size}  {disk}  sha256 {page.sha256[:_HASH_SHOWN]}"


def plate_lines(built: Build, console: Console) -> Iterator[str]:
    """Of a late page that may go out, which plates are to be made again (换版)."""
    for page in built.pages:
        one = page.replaced
        if page.pdf is None or one is None or one.plates_changed is None or one.plates_same is None:
            continue
        changed, same = "、".join(one.plates_changed), "、".join(one.plates_same)
        if not changed:
            yield console.words(f"换版：各版都没有变（{same}）", f"plates: none changes ({same.replace('、', ', ')})")
            continue
        rest_zh, rest_en = (f"，照旧：{same}", f"; same: {same.replace('、', ', ')}") if same else ("", "")
        doubt_zh, doubt_en = (f"（从严：{one.doubt}）", f" (to be safe: {one.doubt})") if one.doubt else ("", "")
        yield console.words(
            f"换版：要重出的印版：{changed}{rest_zh}{doubt_zh}",
            f"plates to be made again: {changed.replace('、', ', ')}{rest_en}{doubt_en}",
        )


def spacing_lines(built: Build, origin: Origin, console: Console) -> Iterator[str]:
    """The loosest line of each page that has one above what is good (TY-53), with its place."""
    for page in built.pages:
        spacing = page.spacing
        if spacing is None or spacing.loosest is None or not spacing.above_eighth:
            continue
        loosest, mean, most = spacing.loosest, spacing.mean_permille / 10, spacing.loosest.permille / 10
        where = f"{loosest.story}:{loosest.number} {origin.place(loosest.span)}"
        eighth, quarter = spacing.above_eighth, spacing.above_quarter
        yield console.words(
            f"第 {page.number} 版字空：平均每处加减 {mean}%，超过 1/8 字的 {eighth} 行，超过 1/4 的 {quarter} 行；"
            f"最松一行 +{most}%，{where} “{loosest.text}”",
            f"page {page.number}, spacing: {mean}% of an em a joint on average, {eighth} above 1/8, "
            f'{quarter} above 1/4; loosest +{most}%, {where} "{loosest.text}"',
        )


def close(
    built: Build, origin: Origin, console: Console, stream: TextIO, seconds: float, *, least: Severity = "warning"
) -> None:
    """The findings of severity `least` and above, and a line that says how it ended and how long it took."""
    show_findings(built.diagnostics, origin, console, stream, least=least)
    if built.unbalanced:
        console.note(
            console.words(
                "文字账不平：这是引擎的错，有问题的版没有写出。请把这一期的文件夹和以上内容报给我们。",
                "The ledger does not balance: the engine is at fault, and the pages concerned were not written. "
                "Please report it with the issue's folder and the lines above.",
            )
        )
    if not built.pages and has_errors(built.diagnostics):
        console.note(console.words("没有排版：先改正以上错误。", "No page was set: the errors above stand in the way."))
    count = len(built.pages)
    pages = console.words(f"{count} 版", f"{count} page{'' if count == 1 else 's'}")
    found = counted(built.diagnostics, console.lang)
    time = console.words(f"{seconds:.2f} 秒", f"{seconds:.2f} s")
    console.note(console.words("，", ", ").join((pages, found, time)))
