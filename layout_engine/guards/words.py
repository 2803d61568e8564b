"""The house's lists of words (本报用词): must be written, must not be, and with a better one. Shipped empty."""

from collections.abc import Iterator

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import SourcedText
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import printed_parts, shown_at
from layout_engine.spec.resolved import WordRule


class WordsGuard:
    """One finding for each place, with what the list says instead and why."""

    name = "words"

    def look(self, sheet: Sheet, found: Findings) -> None:
        rules = sheet.spec.guarding.words
        if not rules:
            return
        regions = (region for page in sheet.spec.pages for region in page.regions)
        typed = [text for region in regions for text in region.texts.values()]
        texts = [*(one.copy for one in printed_parts(sheet)), *typed]
        for rule in rules:
            if rule.kind == "must":
                _ask_for(rule, sheet, texts, found)
                continue
            code = "guard/word-forbidden" if rule.kind == "must_not" else "guard/word-preferred"
            for text in texts:
                for at in _uses(text.text, rule):
                    found.add(
                        code,
                        text.span(at),
                        related=(rule.span,),
                        word=rule.word,
                        use=rule.use,
                        reason=rule.reason,
                        context=shown_at(text.text, at, len(rule.word)),
                    )


def _uses(text: str, rule: WordRule) -> Iterator[int]:
    """Where the word stands, but for the contexts that the list excepts."""
    at = text.find(rule.word)
    while at >= 0:
        if not any(_is_inside(text, at, rule.word, context) for context in rule.except_):
            yield at
        at = text.find(rule.word, at + len(rule.word))


def _is_inside(text: str, at: int, word: str, context: str) -> bool:
    """Whether `context`, which holds the word, stands around it here."""
    offset = context.find(word)
    while offset >= 0:
        if text.startswith(context, at - offset) and at >= offset:
            return True
        offset = context.find(word, offset + 1)
    return False


def _ask_for(rule: WordRule, sheet: Sheet, texts: list[SourcedText], found: Findings) -> None:
    if not rule.when:
        if not any(rule.word in one.text for one in texts):
            found.add("guard/word-missing", rule.span, word=rule.word, reason=rule.reason, when="", story="")
        return
    for story in sheet.copy.stories.values():
        if any(rule.word in one.text for one in story.parts):
            continue
        for part in story.parts:
            at = part.text.find(rule.when)
            if at >= 0:
                found.add(
                    "guard/word-missing",
                    part.copy.span(at),
                    related=(rule.span,),
                    word=rule.word,
                    reason=rule.reason,
                    when=rule.when,
                    story=story.id,
                )
                break
