"""The page to be read aloud (唱校): in reading order, line by line as set, with every mark and line end in words.

One reads, the other follows the proof; what is said must be all that is printed, so nothing is left to the eye. Lines
of a story bear the numbers that stand beside them on the proof.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from layout_engine.base.diagnostics import Lang
from layout_engine.proof.placing import Line, lines_of
from layout_engine.scene.record import PageRecord

_BODY: Final = ("body", "crosshead", "byline")
_KINDS: Final[dict[str, tuple[str, str]]] = {
    "kicker": ("引题", "kicker"),
    "headline": ("主题", "headline"),
    "deck": ("副题", "deck"),
    "note": ("提要", "note"),
    "body": ("正文", "text"),
    "crosshead": ("小标题", "crosshead"),
    "byline": ("署名", "byline"),
    "caption": ("图片说明", "caption"),
    "credit": ("图片作者", "credit"),
    "typed": ("版上文字", "typed"),
}
_LINE_END: Final = ("行末", "line end")
_PART_END: Final = ("段末", "paragraph end")
_RARE: Final = ("生僻字", "rare")
_RARE_FROM: Final = (0x3400, 0x4DBF), (0x20000, 0x3FFFF)  # extension A; the planes beyond the first

_SIGNS: Final[dict[str, tuple[str, str]]] = {
    "，": ("逗号", "comma"),
    "。": ("句号", "full stop"),
    "、": ("顿号", "enumeration comma"),
    "；": ("分号", "semicolon"),
    "：": ("冒号", "colon"),
    "？": ("问号", "question mark"),
    "！": ("叹号", "exclamation mark"),
    "“": ("前引号", "open quote"),
    "”": ("后引号", "close quote"),
    "‘": ("前单引号", "open single quote"),
    "’": ("后单引号", "close single quote"),
    "『": ("前双角引号", "open double corner quote"),
    "』": ("后双角引号", "close double corner quote"),
    "「": ("前角引号", "open corner quote"),
    "」": ("后角引号", "close corner quote"),
    "（": ("前括号", "open bracket"),
    "）": ("后括号", "close bracket"),
    "〔": ("前六角括号", "open tortoise-shell bracket"),
    "〕": ("后六角括号", "close tortoise-shell bracket"),
    "【": ("前方头括号", "open lenticular bracket"),
    "】": ("后方头括号", "close lenticular bracket"),
    "［": ("前方括号", "open square bracket"),
    "］": ("后方括号", "close square bracket"),
    "《": ("前书名号", "open title mark"),
    "》": ("后书名号", "close title mark"),
    "〈": ("前单书名号", "open single title mark"),
    "〉": ("后单书名号", "close single title mark"),
    "——": ("破折号", "dash"),
    "—": ("一字线", "em dash"),
    "–": ("半字线", "en dash"),
    "～": ("浪纹线", "wave dash"),
    "……": ("省略号", "ellipsis"),
    "…": ("半个省略号", "half an ellipsis"),
    "·": ("间隔号", "interpunct"),
    "/": ("斜线", "solidus"),
    "／": ("斜线", "solidus"),
    "-": ("短横线", "hyphen"),
    ".": ("点", "point"),
    ",": ("西文逗号", "western comma"),
    ":": ("西文冒号", "western colon"),
    ";": ("西文分号", "western semicolon"),
    "(": ("西文前括号", "western open bracket"),
    ")": ("西文后括号", "western close bracket"),
    '"': ("直引号", "straight quote"),
    "'": ("直单引号", "straight single quote"),
    "?": ("西文问号", "western question mark"),
    "!": ("西文叹号", "western exclamation mark"),
    "%": ("百分号", "per cent"),
    "％": ("百分号", "per cent"),
    "‰": ("千分号", "per mille"),
    "℃": ("摄氏度", "degrees Celsius"),
    "°": ("度", "degrees"),
    "+": ("加号", "plus"),
    "=": ("等号", "equals"),
    "×": ("乘号", "times"),
    "@": ("圈a", "at"),
    "#": ("井号", "number sign"),
    "&": ("和号", "ampersand"),
    "*": ("星号", "asterisk"),
    "_": ("下划线", "underscore"),
    "●": ("圆点", "bullet"),
    "■": ("方块", "square"),
    "▲": ("三角", "triangle"),
    "　": ("空一字", "a full space"),
    " ": ("空格", "space"),
}
_DOUBLED: Final = ("——", "……")


def call_over(record: PageRecord, lang: Lang = "zh") -> str:
    """The page as a text to be read aloud."""
    return "\n".join([*_lines(record, lang), ""])


def _lines(record: PageRecord, lang: Lang) -> Iterator[str]:
    imprint, page = record.imprint, record.page
    if lang == "zh":
        issue, which = f"第{imprint.issue_number}期", f"第{page.number}版"
        yield "　".join(("唱校", imprint.paper, imprint.date, issue, which, page.name)).rstrip()
    else:
        issue, which = f"no. {imprint.issue_number}", f"page {page.number} {page.name}"
        yield ", ".join((f"Call-over: {imprint.paper}", imprint.date, issue, which)).rstrip()
    counts: dict[str, int] = {}
    names = {region.id: region.kind for region in page.regions}
    for region, of_region in groupby(lines_of(record), key=lambda line: line.region):
        yield f"\n【{region} · {names[region]}】"
        for key, group in groupby(of_region, key=lambda line: line.key):
            yield from _part(key, list(group), record, counts, lang)


def _part(key: str, lines: list[Line], record: PageRecord, counts: dict[str, int], lang: Lang) -> Iterator[str]:
    """A part's lines; the number of each body line as on the proof."""
    at = 0 if lang == "zh" else 1
    name = _KINDS.get(lines[0].kind, _KINDS["typed"])[at]
    ends = lines[-1].runs[-1].starts[-1] >= len(record.sources[key].text.rstrip())
    for number, line in enumerate(lines):
        label = name if number == 0 else ""
        if line.kind in _BODY:
            counts[line.story] = counts.get(line.story, 0) + 1
            label = f"{counts[line.story]:>3} {label}"
        last = number == len(lines) - 1 and ends
        text = "".join(run.text for run in line.runs)
        yield f"{label}｜{spelled(text, lang)}〔{(_PART_END if last else _LINE_END)[at]}〕"


def spelled(text: str, lang: Lang = "zh", signs: Mapping[str, tuple[str, str]] = _SIGNS) -> str:
    """The text with every mark in words, and rare characters with their code points."""
    at = 0 if lang == "zh" else 1
    said: list[str] = []
    index = 0
    while index < len(text):
        sign = text[index : index + 2] if text[index : index + 2] in _DOUBLED else text[index]
        index += len(sign)
        if sign in signs:
            said.append(f"〔{signs[sign][at]}〕")
        elif any(first <= ord(sign) <= last for first, last in _RARE_FROM):
            said.append(f"{sign}〔{_RARE[at]} U+{ord(sign):04X}〕")
        else:
            said.append(sign)
    return "".join(said)
