"""A change in words (措辞): `头条第4段：删去逗号` · `lead, paragraph 4: a comma deleted`.

One sentence a change, as it stands in a list, in a log, or on a sign-off that it made void.
"""

from collections.abc import Mapping
from typing import Final

from layout_engine.base.diagnostics import Lang
from layout_engine.diff.model import Change, ChangeClass, Comparison, Fact, Op, Side, StoryName, Topic, Verdict

_Words = tuple[str, str]

CLASS_WORDS: Final[dict[ChangeClass, _Words]] = {
    "text": ("文字", "text"),
    "reflow": ("重排", "reflow"),
    "style": ("样式", "style"),
    "geometry": ("版位", "geometry"),
    "picture": ("图片", "picture"),
}
VERDICT_WORDS: Final[dict[Verdict, _Words]] = {
    "identical": ("无变化", "identical"),
    "reflowed": ("只是重排", "reflowed"),
    "changed": ("有改动", "changed"),
}
_PARTS: Final[dict[str, _Words]] = {
    "kicker": ("引题", "kicker"),
    "headline": ("主题", "headline"),
    "deck": ("副题", "deck"),
    "note": ("提要", "note"),
    "crosshead": ("小标题", "crosshead"),
    "byline": ("署名", "byline"),
    "caption": ("图片说明", "caption"),
    "credit": ("图片作者", "credit"),
}
_KINDS: Final[dict[str, _Words]] = {
    "masthead": ("报头", "masthead"),
    "ear": ("报眼", "ear"),
    "folio": ("报线", "folio"),
    "ad": ("广告", "advertisement"),
    "notice": ("转接文字", "jump lines"),
    "rule": ("线", "rule"),
    "photo": ("图片", "photo"),
    "story": ("稿件区", "story region"),
    "headline": ("标题区", "headline region"),
    "article": ("正文区", "text region"),
    "brief": ("简讯", "brief"),
}
_TOPICS: Final[dict[Topic, _Words]] = {
    "face": ("字体", "face"),
    "size": ("字号", "size"),
    "narrow": ("字宽", "width"),
    "ink": ("颜色", "ink"),
    "tint": ("网底", "tint"),
    "direction": ("排法", "direction"),
    "trim": ("成品尺寸", "trim"),
    "bleed": ("出血", "bleed"),
    "place": ("位置", "place"),
    "extent": ("大小", "size"),
    "rule": ("线", "rule"),
    "fill": ("底色", "fill"),
    "art": ("图形", "art"),
    "picture": ("图", "picture"),
    "lines": ("行数", "lines"),
    "left-over": ("溢文字数", "characters over"),
    "cropped": ("裁切不同，像素", "cropped otherwise, pixels"),
    "swapped": ("换了内容", "swapped"),
    "recoloured": ("同一张，颜色变了", "the same, recoloured"),
    "saved-again": ("同一张，重新存过", "the same, saved again"),
    "imprint": ("报名、日期、期号、版名", "paper, date, number, page name"),
    "page": ("整块版", "the whole page"),
}
_MILLIMETRES: Final[frozenset[Topic]] = frozenset({"trim", "bleed", "place", "extent", "page"})
_BARE: Final[frozenset[Topic]] = frozenset({"swapped", "recoloured", "saved-again", "cropped"})
_SIGNS: Final[dict[str, _Words]] = {
    "，": ("逗号", "comma"),
    "。": ("句号", "full stop"),
    "、": ("顿号", "enumeration comma"),
    "；": ("分号", "semicolon"),
    "：": ("冒号", "colon"),
    "？": ("问号", "question mark"),
    "！": ("叹号", "exclamation mark"),
    "“": ("前引号", "opening quote"),
    "”": ("后引号", "closing quote"),
    " ": ("空格", "space"),
    "　": ("一字空", "full space"),
}
_DONE: Final[dict[Op, _Words]] = {
    "insert": ("加上", "inserted"),
    "delete": ("删去", "deleted"),
    "replace": ("改", "replaced"),
    "move": ("移动", "moved"),
}
_SHOWN: Final = 24  # characters of a longer text


def sentence(change: Change, names: Mapping[str, StoryName], lang: Lang) -> str:
    """The change in one sentence."""
    where, what = place_words(change.side, names, lang), what_words(change, names, lang)
    if not where:
        return what
    return f"{where}：{what}" if lang == "zh" else f"{where}: {what}"


def place_words(side: Side, names: Mapping[str, StoryName], lang: Lang) -> str:
    """`头条第4段`, `photo “sewing”, caption`."""
    if side.part in _KINDS and side.paragraph is None and "/" in side.story:  # a region, not its text
        return _named(*_KINDS[side.part], side.story.partition("/")[2], lang)
    story = story_words(side.story, names, lang)
    if not side.part or side.part == "typed":
        known = names.get(side.story)
        if side.part == "typed" and side.paragraph is not None and known is not None and known.kind != "page":
            return f"{story}第{side.paragraph}段" if lang == "zh" else f"{story}, line {side.paragraph}"
        return story
    if side.part == "body":
        paragraph = side.paragraph
        if paragraph is None:
            return f"{story}正文" if lang == "zh" else f"{story}, text"
        return f"{story}第{paragraph}段" if lang == "zh" else f"{story}, paragraph {paragraph}"
    part = _in(_PARTS.get(side.part, (side.part, side.part)), lang)
    number = side.paragraph if side.paragraph is not None and side.paragraph > 1 else ""
    return f"{story}{part}{number}" if lang == "zh" else f"{story}, {part} {number}".rstrip()


def story_words(story: str, names: Mapping[str, StoryName], lang: Lang) -> str:
    """A story as people call it."""
    name = names.get(story)
    if name is None:
        region = story.partition("/")[2] or story
        return _named("版位", "region", region, lang) if story else ""
    if name.kind == "article":
        if name.is_lead and name.page == 1:
            return "头条" if lang == "zh" else "lead"
        if name.is_lead:
            return f"{name.page}版头条" if lang == "zh" else f"lead of page {name.page}"
        headline = name.headline[:_SHOWN].strip() or story
        headline = headline.split(" ")[0] if len(headline.split(" ")[0]) > 3 else headline
        return f"《{headline}》"
    if name.kind == "page":
        return f"第{name.page}版" if lang == "zh" else f"page {name.page}"
    zh, en = _KINDS.get(name.kind, ("版位", "region"))
    return _named(zh, en, name.region, lang)


def _named(zh: str, en: str, name: str, lang: Lang) -> str:
    return f"{zh}“{name}”" if lang == "zh" else f"{en} “{name}”"


def what_words(change: Change, names: Mapping[str, StoryName], lang: Lang) -> str:
    """What happened, without where."""
    if change.kind == "text":
        return _text_words(change, names, lang)
    if change.kind == "reflow":
        return _reflow_words(change, lang)
    return _fact_words(change, lang)


def _text_words(change: Change, names: Mapping[str, StoryName], lang: Lang) -> str:
    zh = lang == "zh"
    if any(fact.topic == "imprint" for fact in change.facts):
        return _fact_words(change, lang)
    whole = next((fact for fact in change.facts if fact.topic == "whole"), None)
    if any(fact.topic == "break" for fact in change.facts):
        if change.op == "insert":
            return "从这里另起一段" if zh else "a new paragraph begins here"
        return "两段并成一段" if zh else "two paragraphs joined"
    if change.op == "replace":
        old, new = _shown(change.old), _shown(change.new)
        return f"“{old}”改为“{new}”" if zh else f"“{old}” became “{new}”"
    if change.op == "move":
        assert change.old is not None, "what moved came from somewhere"
        from_ = place_words(change.old, names, lang)
        thing = _thing(change.new, whole, lang)
        if whole is None and from_ == place_words(change.side, names, lang):
            return f"{thing}在本段内移动" if zh else f"{thing} moved within it"
        return f"{thing}由{from_}移来" if zh else f"{thing} moved here from {from_}"
    thing = _thing(change.side, whole, lang)
    done = _in(_DONE[change.op], lang)
    return f"{done}{thing}" if zh else f"{thing} {done}"


def _thing(side: Side | None, whole: Fact | None, lang: Lang) -> str:
    """`逗号`, `“两个字”`, `整段（37字）“…”`."""
    text = side.text if side else ""
    if whole is not None:
        count = whole.new or whole.old
        letters = len(text.replace("\n", ""))
        if lang == "zh":
            return f"{'整段' if count == '1' else f'{count}段'}（{letters}字）“{_shown(side)}”"
        what = "the whole paragraph" if count == "1" else f"{count} paragraphs"
        return f"{what} ({letters} characters) “{_shown(side)}”"
    if text in _SIGNS:
        return _in(_SIGNS[text], lang) if lang == "zh" else f"a {_SIGNS[text][1]}"
    return f"“{_shown(side)}”"


def _shown(side: Side | None) -> str:
    """The text in one line; of a long one beginning and end."""
    text = (side.text if side else "").replace("\n", " ").strip("\n")
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]}……{text[-_SHOWN // 2 :]}"


def _reflow_words(change: Change, lang: Lang) -> str:
    moved = next((fact.new for fact in change.facts if fact.topic == "moved-lines"), "0")
    rest = [_fact(fact, lang) for fact in change.facts if fact.topic != "moved-lines"]
    first = (
        f"{moved}行移动或转行"
        if lang == "zh"
        else f"{moved} {'line' if moved == '1' else 'lines'} moved or broke otherwise"
    )
    return ("，" if lang == "zh" else ", ").join([first, *rest])


def _fact_words(change: Change, lang: Lang) -> str:
    facts = [_fact(fact, lang) for fact in change.facts if fact.topic != "whole"]
    done = f"{_in(_DONE[change.op], lang)} " if change.op in ("insert", "delete") else ""
    count = next((fact.new for fact in change.facts if fact.topic == "whole"), "")
    text = change.side.text
    of_text = f"“{_shown(change.side)}”" if text and change.kind == "style" else ""
    if count:
        of_text = f"{count}段" if lang == "zh" else f"{count} paragraphs"
    said = ("，" if lang == "zh" else ", ").join(facts)
    return f"{done}{of_text}{' ' if of_text else ''}{said}".strip()


def _fact(fact: Fact, lang: Lang) -> str:
    name = _in(_TOPICS.get(fact.topic, (fact.topic, fact.topic)), lang)
    unit = " mm" if fact.topic in _MILLIMETRES or fact.topic in ("rule", "fill", "art", "picture") else ""
    if fact.topic in _BARE and fact.old == fact.new:
        return f"{name} {fact.new}".rstrip()
    if fact.old and fact.new:
        return f"{name} {fact.old} → {fact.new}{unit}"
    value = fact.old or fact.new
    return f"{name} {value}{unit}" if value else name


def _in(words: _Words, lang: Lang) -> str:
    return words[0] if lang == "zh" else words[1]


def summary(comparison: Comparison, lang: Lang) -> str:
    """How many changes of each class."""
    counts = [(kind, len(comparison.of_class(kind))) for kind in CLASS_WORDS]
    if lang == "zh":
        return "，".join(f"{CLASS_WORDS[kind][0]} {count} 处" for kind, count in counts if count) or "没有不同"
    return ", ".join(f"{CLASS_WORDS[kind][1]} {count}" for kind, count in counts if count) or "nothing changed"
