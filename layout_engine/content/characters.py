"""What kind of character stands in the copy (字符): enough of TY-01 to read and to check it, not to set it.

The classes that decide about setting live in `typography`; these here decide about reading: whether two lines
join with a space, whether a bracket stands among Chinese, whether a paragraph has come to its end.
"""

from typing import Final

STOPS: Final = frozenset("。！？")  # 句末点号
PAUSES: Final = frozenset("，、；：")  # 句内点号
POINTS: Final = STOPS | PAUSES

# Pairs in both widths; “ ” ‘ ’ share their code points with western quotes.
PAIRS: Final = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "〖": "〗",
    "「": "」",
    "『": "』",
    "［": "］",
    "｛": "｝",
}
OPENERS: Final = frozenset(PAIRS)
CLOSERS: Final = frozenset(PAIRS.values())

# Marks that occur in Chinese only; “ ” ‘ ’ — … · are shared with western text (TY-03) and are not among them.
CHINESE_MARKS: Final = POINTS | frozenset("（）《》〈〉【】〔〕〖〗「」『』［］｛｝～％　﹏")
SHARED_MARKS: Final = frozenset("“”‘’—…·")

_HAN_RANGES: Final = (
    ("\u4e00", "\u9fff"),
    ("\u3400", "\u4dbf"),
    ("\U00020000", "\U000323af"),
    ("\uf900", "\ufaff"),
)
_HAN_SINGLES: Final = frozenset("〇々〻")

# TY-111. Zero-width characters with a use in setting (TY-01 `invisible`) are no faults: FE00–FE0F, 200B …
_BIDI_CONTROLS: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_SEPARATORS: Final = frozenset("\u2028\u2029")


def is_han(one: str) -> bool:
    """Whether `one` is a Chinese character 汉字."""
    return "\u4e00" <= one <= "\u9fff" or one in _HAN_SINGLES or _in_ranges(one)


def is_chinese(one: str) -> bool:
    """Whether `one` is a Chinese character or a mark that only Chinese has."""
    return is_han(one) or one in CHINESE_MARKS


def is_letter(one: str) -> bool:
    """Whether `one` is a Latin letter, accents included; full-width letters are not."""
    return ("a" <= one <= "z") or ("A" <= one <= "Z") or ("\u00c0" <= one <= "\u024f" and one.isalpha())


def is_digit(one: str) -> bool:
    """Whether `one` is one of 0–9; empty text is not."""
    return "0" <= one <= "9"


def is_western(one: str) -> bool:
    """Whether `one` belongs to a western run: a letter, a digit or an ASCII mark, no space."""
    return "!" <= one <= "~" or is_letter(one)


def has_han(text: str) -> bool:
    """Whether there is Chinese in `text`."""
    return any(is_han(one) for one in text)


def needs_space_between(before: str, after: str) -> bool:
    """Whether two source lines, ending and beginning so, are joined with a space: western with western is."""
    if is_chinese(before) or is_chinese(after):
        return False
    return is_western(before) or is_western(after)


def forbidden_kind(one: str) -> str:
    """`control`, `private` or `lost` where `one` may not stand in copy (TY-111); empty where it may."""
    if one == "\ufffd":
        return "lost"
    if (
        (one < " " and one != "\n")
        or "\x7f" <= one <= "\x9f"
        or one in _BIDI_CONTROLS
        or one in _LINE_SEPARATORS
        or "\ufdd0" <= one <= "\ufdef"
        or (ord(one) & 0xFFFE) == 0xFFFE
    ):
        return "control"
    if "\ue000" <= one <= "\uf8ff" or one >= "\U000f0000":
        return "private"
    return ""


def _in_ranges(one: str) -> bool:
    return one > "\u33ff" and any(first <= one <= last for first, last in _HAN_RANGES)
