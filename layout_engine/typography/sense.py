"""Where does a headline break by its sense (按意群), and how much does each other place harm it? TY-92.

Only the text is read: what the rules of line edges forbid (避头尾) is known to the shaped paragraph. There is
no grammar: spaces, marks, numbers and the house's own list of words count first; where they do not do, the words
of the bundled list (lexicon.py) and a few small words of which one knows how they stand in a line.
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Final

from layout_engine.typography.lexicon import FIGURES, Manners, manners, word_ends

# What a line break after a character does to the sense; a greater grade harms more. Order: TY-92, within
# brackets and numbers TY-38.
EXPLICIT: Final = 0  # the copy's own line break
SPACE: Final = 1
MARK: Final = 2  # after a mark that ends a clause
PAUSE: Final = 3  # at another mark: both sides are whole words, the clause is not
PHRASE: Final = 4  # between words, before one that begins a phrase; or where the copy shows the joint
WORD: Final = 5  # between two words
TIGHT: Final = 6  # beside a word of one character, which mostly belongs to its neighbour (促|发展, 王|静)
ANYWHERE: Final = 7  # between any two characters: inside a word, or where nobody looked for words
TITLE: Final = 8  # inside 《…》 or “…”, at a space or mark
TITLE_WORD: Final = 9  # inside 《…》 or “…”, between words
TITLE_ANYWHERE: Final = 10  # inside 《…》 or “…”, elsewhere
UNIT: Final = 11  # between a number and what it counts
NAME: Final = 12  # inside a word of the house's list
LAST_RESORT: Final = 13  # where no word or number should ever break: known to the shaped paragraph only (TY-35)
NEVER: Final = 255

SPACES: Final = frozenset(" \u3000\u205f") | frozenset(map(chr, range(0x2000, 0x200B)))
NEWLINE: Final = "\n"
_BREAK_HERE: Final = "\u200b"  # typed between two words to show the joint

_CLAUSE_ENDS: Final = frozenset("，：；”》？！。,:;?!")
_PAUSE_AFTER: Final = frozenset("、）〉】〕’」』…—⸺")
_PAUSE_BEFORE: Final = frozenset("“《（〈【〔‘「『—⸺")
_PAIRS: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "（": "）", "〔": "〕", "【": "】"}
_CLOSING: Final = frozenset(_PAIRS.values())
_QUOTES_END: Final = frozenset("”》")

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_ORDINAL: Final = "第"
_ORDINAL_DIGITS: Final = _DIGITS | frozenset("〇零一二三四五六七八九十百千")
_JOINERS: Final = frozenset(".,:∶～~—–-+×/·．")  # between two digits: 18.4, 3～5, 5·12, 1+3
_POSTFIXES: Final = frozenset("%％‰℃°")
_MAGNITUDES: Final = frozenset("十百千万亿余多来几")
_DATE_UNITS: Final = frozenset("年月日号时点分秒")
# Units of more than one character; any other number takes the one character that follows it (30家, 5月).
_LONG_UNITS: Final = (
    "个百分点", "百分点", "平方公里", "平方米", "立方米", "公里", "公斤", "公顷", "千米", "千克", "千瓦时", "千瓦",
    "美元", "欧元", "小时", "分钟", "周年", "世纪", "年代", "季度", "摄氏度", "人次", "名次",
)  # fmt: skip


def grade_breaks(text: str, names: tuple[str, ...] = (), *, words: bool = False) -> bytes:
    """For each character of `text`, the grade of a line break after it; after the last one NEVER.

    In a run of spaces and newlines only the place after its last character counts: the run vanishes there.
    `names` are the words of the house's list (house.names). Without `words` nobody looks for the words of the
    language: every place between two plain characters is ANYWHERE.
    """
    grades = bytearray(map(_grade_between, text, text[1:]))
    grades.append(NEVER)
    _mark_runs(text, grades)
    named = tuple(_occurrences(text, names))
    numbers = tuple(_numbers(text))
    if words:
        _mark_words(text, (*named, *numbers), grades)
    else:
        _mark_names(named, grades)
    _mark_brackets(text, grades)
    for start, end in numbers:
        _forbid(grades, start, end, UNIT)
    for start, end in named:
        _forbid(grades, start, end, NAME)
    return bytes(grades[: len(text)])


def _grade_between(before: str, after: str) -> int:
    if after in SPACES or after in (NEWLINE, _BREAK_HERE):
        return NEVER
    if before in SPACES:
        return SPACE
    if before == NEWLINE:
        return EXPLICIT
    if before in _CLAUSE_ENDS:
        return MARK
    if before == _BREAK_HERE:
        return PHRASE
    return PAUSE if before in _PAUSE_AFTER or after in _PAUSE_BEFORE else ANYWHERE


def _mark_runs(text: str, grades: bytearray) -> None:
    """A newline anywhere in a run of blanks makes the whole run a break of the copy's own."""
    explicit = False
    for at, character in enumerate(text):
        explicit = character == NEWLINE or (explicit and character in SPACES)
        if explicit and grades[at] == SPACE:
            grades[at] = EXPLICIT


def _mark_names(named: tuple[tuple[int, int], ...], grades: bytearray) -> None:
    # Only the place before a listed word is a joint of words for sure: after 即墨 there may stand 区.
    for start, _ in named:
        if start and grades[start - 1] == ANYWHERE:
            grades[start - 1] = WORD


def _mark_words(text: str, whole: tuple[tuple[int, int], ...], grades: bytearray) -> None:
    """Grade the joints between words; names and numbers are `whole`."""
    for at, (left, right) in enumerate(pairwise(text)):
        if left in _QUOTES_END and grades[at] == MARK and right.isalpha():
            grades[at] = PHRASE  # the clause goes on: “双碳”目标
    ends = word_ends(text, whole)
    before, start = "", 0
    for at, end in pairwise(ends):
        left, right = text[start:at], text[at:end]
        if grades[at - 1] == ANYWHERE:
            grades[at - 1] = _grade_joint(before, left, right)
        before, start = left, at


def _grade_joint(before: str, left: str, right: str) -> int:
    """The grade of the joint between the words `left` and `right`. The order of the questions is the rule."""
    known = manners()
    if right in known.closes or left in known.opens or left in known.ties:
        return ANYWHERE
    if _leans(left, known) or (left in known.closes and not _is_word(before, known)):  # 区|图书馆 at the beginning
        return TIGHT
    if right in known.opens or right in known.verbs or left in known.ends:
        return PHRASE
    if left[-1] in known.counts and (left[0] in _DIGITS or left[0] in FIGURES):
        return TIGHT  # 三家|企业
    return TIGHT if _leans(right, known) and right not in known.ties else WORD


def _leans(word: str, known: Manners) -> bool:
    """Whether a word of one character mostly belongs to its neighbour."""
    return len(word) == 1 and not word.isascii() and word not in known.closes


def _is_word(word: str, known: Manners) -> bool:
    """Whether a closing character can belong to this: 即墨|区, but not 在|区."""
    return word[:1].isalnum() and word not in known.opens and word not in known.verbs and word not in known.ties


def _forbid(grades: bytearray, start: int, end: int, grade: int) -> None:
    for at in range(start, end - 1):
        if grades[at] != EXPLICIT:
            grades[at] = max(grades[at], grade)


def _occurrences(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Every place where a word of two characters or more stands in the text, overlapping ones too."""
    for name in names:
        at = text.find(name) if len(name) > 1 else -1
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + 1)


def _mark_brackets(text: str, grades: bytearray) -> None:
    steps = [0] * (len(text) + 1)  # how many pairs open and close here; marks without a partner bound nothing
    for start, end in _brackets(text):
        steps[start] += 1
        steps[end - 1] -= 1
    for at, depth in enumerate(accumulate(steps[:-1])):
        if depth and grades[at] not in (EXPLICIT, NEVER):
            grade = grades[at]
            grades[at] = TITLE if grade <= PAUSE else TITLE_WORD if grade <= WORD else TITLE_ANYWHERE


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """From each opening mark to the end of its closing mark."""
    open_at: list[int] = []
    for at, character in enumerate(text):
        if character in _PAIRS:
            open_at.append(at)
        elif character in _CLOSING:
            while open_at:
                start = open_at.pop()
                if _PAIRS[text[start]] == character:
                    yield start, at + 1
                    break


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Each number with what belongs to it: 18.4%, 3～5年, 5月17日, 第3026期, 30家, 第十二届."""
    at, length = 0, len(text)
    while at < length:
        if _starts_number(text, at):
            end = _number_end(text, at)
            while end < length and text[end] in _DIGITS and text[end - 1] in _DATE_UNITS:
                end = _number_end(text, end)
            yield at, end
            at = end
        elif _is_letter(text[at]):
            at = _word_end(text, at)
        else:
            at += 1


def _starts_number(text: str, at: int) -> bool:
    if text[at] == _ORDINAL:
        return text[at + 1 : at + 2] in _ORDINAL_DIGITS
    return text[at] in _DIGITS and not any(map(_is_letter, text[at : _word_end(text, at)]))


def _number_end(text: str, at: int) -> int:
    is_ordinal = text[at] == _ORDINAL
    at = _run_end(text, at + is_ordinal, _ORDINAL_DIGITS if is_ordinal else _DIGITS)
    while text[at : at + 1] in _JOINERS and text[at + 1 : at + 2] in _DIGITS:
        at = _run_end(text, at + 1, _DIGITS)
    if text[at : at + 1] in _POSTFIXES:
        return at + 1
    at = _run_end(text, at, _MAGNITUDES)
    unit = next((unit for unit in _LONG_UNITS if text.startswith(unit, at)), text[at : at + 1])
    return at + len(unit) if unit.isalpha() and not unit.isascii() else at


def _run_end(text: str, at: int, members: frozenset[str]) -> int:
    while at < len(text) and text[at] in members:
        at += 1
    return at


def _word_end(text: str, at: int) -> int:
    """The end of the western word or number that starts at `at`: letters and digits without a gap."""
    while at < len(text) and (_is_letter(text[at]) or text[at] in _DIGITS):
        at += 1
    return at


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
