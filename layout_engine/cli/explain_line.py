"""`layout-engine explain-line`: why a line of a story ends where it does (为什么断在这里).

layout-engine explain-line issues/2024-05-21 lead:12
layout-engine explain-line issues/2024-05-22 wheat:41 --lang zh --json
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import msgspec

from layout_engine.base.diagnostics import diagnose
from layout_engine.base.nearest import nearest
from layout_engine.cli import exit_codes
from layout_engine.cli.composing import compose_issue
from layout_engine.cli.console import Console
from layout_engine.cli.options import AsJson, FontsDir, IssueDir, OnlyPage, Shared, Told
from layout_engine.cli.outcome import exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, finding_lines, show_findings
from layout_engine.page.model import PageLayout, PlacedLine
from layout_engine.page.spacing import story_lines
from layout_engine.places import find_places
from layout_engine.typography.explain import Alternative, LineExplanation, explain_line

Line = Annotated[
    str,
    Told("稿件名:第几行（正文行，从 1 数起）", "a story, and its body line from 1 on", "STORY:LINE", positional=True),
]
_GOOD: Final = 8  # TY-53
_MOST_DIGITS: Final = 9
_WHY: Final = {
    "TY-30": ("下一行会以不能在行首的标点开头（TY-30）", "the next line would begin with what may not (TY-30)"),
    "TY-31": ("行末会是不能在行末的标点（TY-31）", "the line would end with what may not (TY-31)"),
    "TY-36": ("会拆开不可分的字符（TY-36）", "it would divide what must stay whole (TY-36)"),
    "TY-38": ("会拆开最好不分的词语（TY-38）", "it would divide what should stay together (TY-38)"),
    "TY-62": ("末行成孤字（TY-62）", "the last line would be a runt (TY-62)"),
}
_STEPS: Final = {
    ("TY-51", 2): ("西文词间", "word spaces"),
    ("TY-51", 3): ("括号、引号", "brackets and quotation marks"),
    ("TY-51", 4): ("，、；", "， 、 ；"),
    ("TY-51", 5): ("中西间距", "space between Chinese and western"),
    ("TY-51", 6): ("。？！：", "。 ？ ！ ："),
    ("TY-52", 1): ("西文词间", "word spaces"),
    ("TY-52", 2): ("中西间距", "space between Chinese and western"),
    ("TY-52", 3): ("字间", "the joints between clusters"),
}


class Options(Shared, frozen=True, kw_only=True):
    """Which line; of a story on several pages the first page that has it, unless `page` says another."""

    issue_dir: IssueDir
    line: Line
    page: OnlyPage = None
    fonts: FontsDir = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """Set the issue, find the line, and say what the search knows of it."""
    places = find_places(Path(options.issue_dir), fonts=Path(options.fonts) if options.fonts else None)
    origin = Origin(options.issue_dir, places.fonts)
    with progress(console):
        composed = compose_issue(Path(options.issue_dir), places.fonts, None)
    if not composed.layouts:
        show_findings(composed.build.diagnostics, origin, console, console.err, least="error")
        return exit_code(composed.build)
    story, colon, number = options.line.rpartition(":")
    if not colon:
        story, number = options.line, ""
    asked = [story_lines(one) for one in composed.layouts if options.page in (None, one.spec.number)]
    lines = next((one[story] for one in asked if story in one), None)
    if not asked:
        pages = ", ".join(str(one.spec.number) for one in composed.layouts)
        found = diagnose("build/no-such-page", None, page=options.page, known=pages)
    elif lines is None:
        known = sorted({name for one in asked for name in one})
        found = diagnose("cli/no-such-story", None, story=(story or options.line)[:60],
                         nearest=nearest(story or options.line, known), known=", ".join(known))  # fmt: skip
    elif not number.isdecimal() or len(number) > _MOST_DIGITS or not 1 <= int(number) <= len(lines):
        found = diagnose("cli/no-such-line", None, story=story, line=number[:20] or "—", last=len(lines))
    else:
        _show(lines, int(number) - 1, composed.layouts, options, origin, console)
        return exit_codes.CLEAN
    console.note(*finding_lines(found, origin, console, console.err))
    return exit_codes.MISUSED


def _show(
    lines: Sequence[PlacedLine],
    number: int,
    layouts: Sequence[PageLayout],
    options: Options,
    origin: Origin,
    console: Console,
) -> None:
    one = lines[number]
    together = [
        other.line
        for layout in layouts
        for region in layout.regions
        for other in region.lines
        if other.paragraph.key == one.paragraph.key
    ]
    told = explain_line(one.paragraph, together, together.index(one.line))
    place = origin.place(one.paragraph.copy.span(one.paragraph.starts[one.line.start]))
    if options.json:
        value = {"line": options.line, "place": place, **msgspec.to_builtins(told)}
        console.say(json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2))
    else:
        console.say(f"{place}  {options.line}", *_words(told, console))


def _words(told: LineExplanation, console: Console) -> Iterator[str]:
    """The explanation in the trade's words."""
    words = console.words

    def em(length: int) -> str:
        return f"{length / told.em:.3f}".rstrip("0").rstrip(".") + words(" 字", " em")

    yield f"  {told.text}"
    room, natural = em(told.room), em(told.natural)
    yield words(f"行长 {room}，自然宽 {natural}", f"room {room}, natural width {natural}")
    for step in told.steps:
        name = words(*_STEPS[step.rule, step.number])
        done = words("挤", "squeezed") if step.rule == "TY-51" else words("拉", "opened")
        yield words(
            f"  {done} {em(step.space)}：{name}（{step.rule} 第 {step.number} 步）",
            f"  {done} {em(step.space)}: {name} ({step.rule} step {step.number})",
        )
    if told.hung:
        yield words(f"  行末标点悬出 {em(told.hung)}（TY-26）", f"  the last mark hangs out by {em(told.hung)} (TY-26)")
    good = told.spread * _GOOD <= told.em
    yield words(
        f"每处平均 {told.spread * 100 / told.em:+.1f}%，{told.joints} 处"
        + ("，在 1/8 字以内（TY-53）" if good else "，超过 1/8 字（TY-53）"),
        f"{told.spread * 100 / told.em:+.1f}% of an em a joint, {told.joints} joints"
        + (", within 1/8 em (TY-53)" if good else ", above 1/8 em (TY-53)"),
    )
    if told.total is not None:
        total, count = told.total, told.lines
        yield words(f"全段代价 {total}，共 {count} 行", f"the paragraph costs {total} in {count} lines")
        if (total, count) != (told.best, told.best_lines):
            yield words(
                f"最匀的排法代价 {told.best}，{told.best_lines} 行；版面为栏首栏末选了现在的排法",
                f"its most even setting costs {told.best} in {told.best_lines} lines; "
                "the page chose this one for its column joints",
            )
    if told.last:
        yield words("这是段落的末行，按自然宽排（TY-56）。", "It ends its paragraph: natural width (TY-56).")
    yield words("可在这里断的各处：", "The places where it might have ended:")
    chosen = next(one.end for one in told.alternatives if one.chosen)
    for one in told.alternatives:
        where = _alternative(one, one.end - chosen, told, console, em(abs(one.gap)), em(one.squeezable))
        yield f"  {'→' if one.chosen else ' '} {where}"


def _alternative(
    one: Alternative, more: int, told: LineExplanation, console: Console, gap: str, squeezable: str
) -> str:
    words = console.words
    end = f"…{one.text[-4:]}|"
    why = words(*_WHY[one.why]) if one.why else ""
    if one.gap < 0:
        fit = words(f"要挤 {gap}，可挤 {squeezable}", f"to squeeze {gap} of {squeezable} available")
    elif one.gap:
        joint = f"+{one.spread * 100 / told.em:.1f}%"
        fit = words(f"空 {gap}，每处 {joint}", f"{gap} to fill, {joint} a joint")
    else:
        fit = words("正好", "full as it is")
    if one.cost is None:
        price = words("不可", "impossible")
    else:
        price = words(f"本行 {one.cost}，全段至少 {one.total}", f"line {one.cost}, paragraph at least {one.total}")
    parts = [f"{more:+d}" if more else " 0", end, fit, *([why] if why else []), price]
    return words("  ", "  ").join(parts)
