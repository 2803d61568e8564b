"""Fit advice as people read it (凑版建议的文字): a line for each story, and one for each way to make it fit."""

from collections.abc import Iterator, Sequence
from typing import Final

from layout_engine.base.diagnostics import Lang, Span
from layout_engine.cli.console import Console
from layout_engine.cli.report import Origin
from layout_engine.fit.model import (
    Add,
    Border,
    CrossheadRows,
    Cut,
    Drop,
    HeadlineLines,
    HeadlineRows,
    Join,
    Option,
    Picture,
    Split,
    Step,
    StoryFit,
    Verdict,
)
from layout_engine.spec.files import Write

_PARTS: Final = {
    "kicker": ("引题", "kicker"),
    "headline": ("主题", "headline"),
    "deck": ("副题", "deck"),
    "note": ("附题", "note"),
}


def fit_lines(fits: Sequence[StoryFit], origin: Origin, console: Console) -> Iterator[str]:
    """Every story that is over or under, and its options, the least trouble first."""
    lang = console.lang
    if not fits:
        yield console.words("全部稿件都合适：没有溢文，也没有缺文。", "Every story fits: none is over, none under.")
    for fit in fits:
        file = f"  {origin.path(fit.file)}"
        yield console.paint(story_line(fit, lang), "bold", console.out) + file
        for number, option in enumerate(fit.options, start=1):
            yield f"  {number}. {option_line(option, lang)}"
            for step in option.steps:
                for write in getattr(step, "writes", ()):
                    yield f"       {write_line(write, origin, lang)}"
        if not fit.options:
            yield "  " + console.words("试过的办法都不能正好合适。", "None of the ways tried makes it fit.")
            if fit.closest is not None:
                closest = option_line(fit.closest, lang)
                yield "  " + console.words(f"最接近的：{closest}", f"closest: {closest}")


def story_line(fit: StoryFit, lang: Lang) -> str:
    """`稿件 lead（第 1 版）：溢 3 行 41 字`."""
    if lang == "zh":
        amount = (
            f"溢 {fit.lines_over} 行 {fit.characters_over} 字"
            if fit.lines_over
            else f"缺 {fit.rows_under} 行（约 {fit.characters_under} 字）"
        )
        return f"稿件 {fit.story}（第 {fit.page} 版）：{amount}"
    amount = (
        f"{_count(fit.lines_over, 'line')} over, {_count(fit.characters_over, 'character')}"
        if fit.lines_over
        else f"{_count(fit.rows_under, 'row')} under, about {_count(fit.characters_under, 'character')}"
    )
    return f"story {fit.story} (page {fit.page}): {amount}"


def option_line(option: Option, lang: Lang) -> str:
    """An option in one line: its steps, and how the story then stands."""
    steps = ("；" if lang == "zh" else "; ").join(step_text(step, lang) for step in option.steps)
    return f"{steps} → {_standing(option.verdict, lang)}"


def step_text(step: Step, lang: Lang) -> str:
    """What a person does."""
    zh = lang == "zh"
    match step:
        case Cut():
            noun = "character" if step.most == 1 else "characters"
            text = f"删 {_from_to(step)} 字" if zh else f"cut {_from_to(step)} {noun} in"
            return _in_paragraph(text, step, lang)
        case Drop():
            length = _count(step.characters, "character")
            text = f"删去第 {step.sentence} 句（{step.characters} 字）" if zh else f"leave out sentence {step.sentence}"
            return _in_paragraph(text if zh else f"{text} ({length}) of", step, lang)
        case Add():
            noun = "character" if step.most == 1 else "characters"
            text = f"补 {_from_to(step)} 字" if zh else f"add {_from_to(step)} {noun} in"
            return _in_paragraph(text, step, lang)
        case Split():
            text = (
                f"第 {step.sentence} 句后另起一段" if zh else f"begin a new paragraph after sentence {step.sentence} of"
            )
            return _in_paragraph(text, step, lang)
        case Join():
            place = _place(step.span, step.begins, lang)
            if zh:
                return f"第 {step.paragraph}、{step.paragraph + 1} 段并为一段{place}"
            return f"join ¶{step.paragraph} and ¶{step.paragraph + 1}{place}"
        case Picture():
            change = f"{'加' if step.rows > 0 else '减'} {abs(step.rows)} 行"
            return f"图片 {step.region} {change}" if zh else f"picture {step.region} {_rows(step.rows)}"
        case Border():
            taken, count = step.rows > 0, abs(step.rows)
            if zh:
                return f"{'从' if taken else '让给'} {step.region} {'要来 ' if taken else ''}{count} 行"
            return f"{'take' if taken else 'give'} {_count(count, 'row')} {'from' if taken else 'to'} {step.region}"
        case HeadlineRows():
            return f"标题占 {step.rows} 行" if zh else f"headline in {_count(step.rows, 'row')}"
        case HeadlineLines():
            name = _PARTS[step.part][0 if zh else 1]
            return f"{name}排 {step.lines} 行" if zh else f"{name} in {_count(step.lines, 'line')}"
        case CrossheadRows():
            return f"小标题各占 {step.rows} 行" if zh else f"crossheads in {_count(step.rows, 'row')} each"


def write_line(write: Write, origin: Origin, lang: Lang) -> str:
    """`pages/01.yaml  regions.4.rows: 45-67 → 45-65`."""
    old = ("（未写）" if lang == "zh" else "(not written)") if write.old is None else write.old
    return f"{origin.path(write.file)}  {'.'.join(map(str, write.path))}: {old} → {write.new}"


def _standing(verdict: Verdict, lang: Lang) -> str:
    if verdict.lines_over:
        return f"溢 {verdict.lines_over} 行" if lang == "zh" else f"{_count(verdict.lines_over, 'line')} over"
    if verdict.rows_under:
        rows = verdict.rows_under
        return f"合适，末尾空 {rows} 行" if lang == "zh" else f"fits, {_count(rows, 'row')} free at the end"
    return "正好排满" if lang == "zh" else "fits to the row"


def _in_paragraph(text: str, step: Cut | Drop | Add | Split, lang: Lang) -> str:
    place = _place(step.span, step.begins, lang)
    return f"第 {step.paragraph} 段{text}{place}" if lang == "zh" else f"{text} ¶{step.paragraph}{place}"


def _place(span: Span, begins: str, lang: Lang) -> str:
    """Where to look in the story's file, and the words that stand there."""
    return f"〔{span.line} 行：{begins}…〕" if lang == "zh" else f" [line {span.line}: {begins}…]"


def _from_to(step: Cut | Add) -> str:
    return str(step.characters) if step.most <= step.characters else f"{step.characters}–{step.most}"


def _rows(rows: int) -> str:
    return f"{rows:+d} {'row' if abs(rows) == 1 else 'rows'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
