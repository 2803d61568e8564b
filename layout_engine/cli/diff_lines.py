"""A comparison as people read it (比对报告): by class, page and story, the change within its phrase."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from layout_engine.cli.console import Console, Paint
from layout_engine.diff.model import CLASSES, Change, Comparison, Side, Verdict
from layout_engine.diff.words import CLASS_WORDS, VERDICT_WORDS, place_words, story_words, summary, what_words

_NAMED: Final = 12  # stories by name; of more, the rest by their number
_SHOWN: Final = 60  # characters of a long text
_PAINTS: Final[dict[Verdict, Paint]] = {"changed": "red", "reflowed": "yellow", "identical": "dim"}


def diff_lines(comparison: Comparison, console: Console) -> Iterator[str]:
    """The whole report."""
    yield f"{comparison.old} → {comparison.new}"
    for kind in CLASSES:
        changes = comparison.of_class(kind)
        if not changes:
            continue
        yield ""
        zh, en = CLASS_WORDS[kind]
        yield console.paint(console.words(f"{zh}（{len(changes)} 处）", f"{en} ({len(changes)})"), "bold", console.out)
        for page, group in groupby(changes, key=_page):
            if len(comparison.pages) > 1:
                yield f"  {_page_words(page, console)}"
            for change in group:
                yield from _lines(change, comparison, console)
    yield ""
    yield from _verdicts(comparison, console)
    yield summary(comparison, console.lang)


def _page(change: Change) -> int:
    return change.side.places[0].page if change.side.places else 0


def _page_words(page: int, console: Console) -> str:
    if not page:
        return console.words("全部版面", "all pages")
    return console.words(f"第 {page} 版", f"page {page}")


def _lines(change: Change, comparison: Comparison, console: Console) -> Iterator[str]:
    where = place_words(change.side, comparison.names, console.lang)
    what = what_words(change, comparison.names, console.lang)
    colon = console.words("：", ": ") if where else ""
    yield f"  {console.paint(where, 'bold', console.out)}{colon}{what}"
    if change.kind == "text" and not any(fact.topic == "whole" for fact in change.facts):
        yield f"      {_in_phrase(change, console)}"
    span = change.side.span
    if span is not None and span.file:
        yield console.paint(f"      {span}", "dim", console.out)


def _in_phrase(change: Change, console: Console) -> str:
    """`……前言[-旧-]{+新+}后语……`, in red and blue on a terminal."""
    side = change.side
    old = _marked(change.old, "[-", "-]", "red", console) if change.op in ("delete", "replace") else ""
    new = _marked(change.new, "{+", "+}", "blue", console) if change.op != "delete" else ""
    return f"{_plain(side.before)}{old}{new}{_plain(side.after)}"


def _marked(side: Side | None, opens: str, closes: str, paint: Paint, console: Console) -> str:
    if side is None:
        return ""
    text = _plain(side.text) or "¶"
    if len(text) > _SHOWN:
        text = f"{text[: _SHOWN // 2]}……{text[-_SHOWN // 2 :]}"
    return console.paint(f"{opens}{text}{closes}", paint, console.out)


def _plain(text: str) -> str:
    return " ".join(text.split("\n"))


def _verdicts(comparison: Comparison, console: Console) -> Iterator[str]:
    """What became of the stories: those that changed by name, of the others how many."""
    lang = console.lang
    for verdict in ("changed", "reflowed", "identical"):
        stories = [story for story, found in comparison.stories.items() if found == verdict]
        if not stories:
            continue
        zh, en = VERDICT_WORDS[verdict]
        names = [story_words(story, comparison.names, lang) for story in stories]
        more = console.words("等", " and others") if len(names) > _NAMED else ""
        named = console.words("、", ", ").join(names[:_NAMED]) + more
        counted = console.words(f"{zh} {len(stories)}", f"{en} {len(stories)}")
        yield console.paint(f"{counted}{console.words('：', ': ')}{named}", _PAINTS[verdict], console.out)
