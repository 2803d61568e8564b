"""Where does a headline break by its sense (按意群), and how much does each other place harm it? TY-92.

Only the text is read: what the rules of line edges forbid (避头尾) is known to the shaped paragraph. There is
no grammar and no guessing: spaces, marks, numbers and the house's own list of words are all that counts.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

# What a line break after a character does to the sense; a greater grade harms more. Order: TY-92, within
# brackets and numbers TY-38.
EXPLICIT: Final = 0  # the copy's own line break
SPACE: Final = 1
MARK: Final = 2  # after a mark that ends a clause
PAUSE: Final = 3  # at another mark: both sides are whole words, the clause is not
WORD: Final = 4  # between words: before one of the house's list, or where the copy shows the joint
ANYWHERE: Final = 5  # between any two characters: perhaps inside a word
TITLE: Final = 6  # inside 《…》 or “…”, at a space or mark
TITLE_WORD: Final = 7  # inside 《…》 or “…”, elsewhere
UNIT: Final = 8  # between a number and what it counts
NAME: Final = 9  # inside a word of the house's list
LAST_RESORT: Final = 10  # where no word or number should ever break: known to the shaped paragraph only (TY-35)
NEVER: Final = 255

SPACES: Final = frozenset(" \u3000\u205f") | frozenset(map(chr, range(0x2000, 0x200B)))
NEWLINE: Final = "\n"
_BREAK_HERE: Final = "\u200b"  # typed between two words to show the joint

_CLAUSE_ENDS: Final = frozenset("，：；”》？！。,:;?!")
_PAUSE_AFTER: Final = frozenset("、）〉】〕’」』…—⸺")
_PAUSE_BEFORE: Final = frozenset("“《（〈【〔‘「『—⸺")
_PAIRS: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "（": "）", "〔": "〕", "【": "】"}
_CLOSING: Final = frozenset(_PAIRS.values())

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


def grade_breaks(text: str, names: tuple[str, ...] = ()) -> bytes:
    """For each character of `text`, the grade of a line break after it; after the last one NEVER.

    In a run of spaces and newlines only the place after its last character counts: the run vanishes there.
    `names` are the words of the house's list (house.names).
    """
    grades = bytearray(map(_grade_between, text, text[1:]))
    grades.append(NEVER)
    _mark_runs(text, grades)
    _mark_words(text, names, grades)
    _mark_brackets(text, grades)
    for start, end in _numbers(text):
        _forbid(grades, start, end, UNIT)
    for start, end in _occurrences(text, names):
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
        return WORD
    return PAUSE if before in _PAUSE_AFTER or after in _PAUSE_BEFORE else ANYWHERE


def _mark_runs(text: str, grades: bytearray) -> None:
    """A newline anywhere in a run of blanks makes the whole run a break of the copy's own."""
    explicit = False
    for at, character in enumerate(text):
        explicit = character == NEWLINE or (explicit and character in SPACES)
        if explicit and grades[at] == SPACE:
            grades[at] = EXPLICIT


def _mark_words(text: str, names: tuple[str, ...], grades: bytearray) -> None:
    # Only the place before a listed word is a joint of words for sure: after 即墨 there may stand 区.
    for start, _ in _occurrences(text, names):
        if start and grades[start - 1] == ANYWHERE:
            grades[start - 1] = WORD


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
            grades[at] = TITLE if grades[at] <= PAUSE else TITLE_WORD


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
