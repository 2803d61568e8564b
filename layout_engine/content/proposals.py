"""Which exact edits the rules offer for one paragraph (整理建议): TY-13, 48, 100, 101, 104–108, 111, 112.

Each rule is a function from the text to its proposals. Only text with Chinese in it is looked at, and a mark
is touched only where Chinese stands beside it: `8:30`, `18.4`, `2,000`, `0532-86567888` and `f(x)` stay.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from layout_engine.content.characters import (
    CLOSERS,
    OPENERS,
    PAUSES,
    POINTS,
    SHARED_MARKS,
    has_han,
    is_chinese,
    is_digit,
    is_han,
    is_letter,
    is_western,
)
from layout_engine.content.foreign_forms import foreign_forms
from layout_engine.content.model import Change, PartKind, Proposal
from layout_engine.content.number_forms import grouped_digits, percent_ranges, written_zeros
from layout_engine.content.pairing import pair_brackets, wrong_nesting


def propose(text: str, kind: PartKind) -> list[Proposal]:
    """All proposals for a paragraph, in order; no two touch the same character."""
    if not has_han(text):
        return []
    letters = frozenset(text)
    taken: set[int] = set()
    proposals = []
    for triggers, rule in _RULES:
        if triggers and triggers.isdisjoint(letters):
            continue
        for one in rule(text):
            touched = {at for change in one.changes for at in range(change.start, change.end)}
            if taken.isdisjoint(touched):
                taken |= touched
                proposals.append(one)
    if not foreign_forms().keys().isdisjoint(letters):
        proposals += _foreign_forms(text)
    if kind in ("body", "caption") and not _BLANKS.isdisjoint(letters):
        proposals += [one for one in _spaces_beside_marks(text) if one.changes[0].start not in taken]
    proposals.sort(key=lambda one: (one.at, one.code))
    return proposals


_BLANKS: Final = frozenset(" \u00a0　")
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_WIDE_ALNUM: Final = frozenset(
    chr(one) for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)) for one in range(first, last + 1)
)
_WIDE_POINT: Final = "．"
_WIDE_OFFSET: Final = 0xFEE0  # from a full-width form to its ASCII brother
_INTERPUNCTS: Final = frozenset("・•‧∙⋅．")
_ELLIPSIS_DOTS: Final = frozenset(".。·…")
_DASHES: Final = frozenset("—―─－–-")
_LONG_DASHES: Final = frozenset("—―─")
# What is counted: a hyphen between two numbers before one of these is a range and no score, code or house number.
_MEASURES: Final = frozenset("年月日天个名人岁度米级元倍次公里千百万亿吨亩时分秒层届期条项家户所台辆件周克℃%％斤毫")
_MAX_RANGE_DIGITS: Final = 4


def _half_width_points(text: str) -> Iterator[Proposal]:
    """TY-100: `, ; : ? ! .` beside Chinese."""
    for at, one in enumerate(text):
        if one not in ",;:?!.":
            continue
        before, after = _before(text, at), _after(text, at + 1)
        if one == ".":
            kind = _full_stop_kind(text, at)
        else:
            beside = is_chinese(before) or before in ("”", "’") or is_chinese(after) or after in ("“", "‘")
            kind = "punctuation" if beside else ""
        if kind:
            change = Change(at, at + 1, _FULL_WIDTH[one])
            yield Proposal("copy/half-width-point", "TY-100", kind, at, (change,))


def _full_stop_kind(text: str, at: int) -> str:
    """`punctuation` where `.` can only be 。, `doubtful` where it may be an interpunct, empty where it stays."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before == "." or after == "." or not before:
        return ""
    if not is_han(before) and before not in ("”", "’", "）", "》", "%", "％"):
        return ""
    if not after or after in _BLANKS or after in CLOSERS or after == "\n":
        return "punctuation"
    return "doubtful" if is_han(after) or after in OPENERS else ""


def _half_width_brackets(text: str) -> Iterator[Proposal]:
    """TY-101, TY-100: `( )` around Chinese, or among Chinese; one half of a mixed pair follows the other."""
    for start, end in pair_brackets(text):
        halves = tuple(at for at in (start, end) if text[at] in "()")
        if not halves:
            continue
        content = text[start + 1 : end]
        chinese = any(is_chinese(one) for one in content)
        if chinese or len(halves) == 1 or _among_chinese(text, start, end):
            changes = tuple(Change(at, at + 1, _FULL_WIDTH[text[at]]) for at in halves)
            rule = "TY-101" if chinese else "TY-100"
            yield Proposal("copy/half-width-brackets", rule, "brackets", start, changes)


def _among_chinese(text: str, start: int, end: int) -> bool:
    """Whether a pair of marks stands among Chinese: it on one side, and nothing western on the other."""
    before, after = _before(text, start), _after(text, end + 1)
    if (before and is_western(before)) or (after and is_western(after)):
        return False
    return any(one and (is_chinese(one) or one in SHARED_MARKS) for one in (before, after))


def _straight_quotes(text: str) -> Iterator[Proposal]:
    """TY-104: `"` and `'` in Chinese, paired from the left; an odd one out has no edit."""
    for mark, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        found: list[int] = []
        for at, one in enumerate(text):
            if one == mark and not _is_apostrophe_or_measure(text, at, opened=len(found) % 2 == 1):
                found.append(at)
        if len(found) % 2:
            yield Proposal("copy/straight-quote", "TY-104", "quotes", found[0])
            continue
        for start, end in zip(found[::2], found[1::2], strict=True):
            content = text[start + 1 : end]
            if any(is_chinese(one) for one in content) or _among_chinese(text, start, end):
                changes = (Change(start, start + 1, opening), Change(end, end + 1, closing))
                yield Proposal("copy/straight-quote", "TY-104", "quotes", start, changes)


def _is_apostrophe_or_measure(text: str, at: int, *, opened: bool) -> bool:
    """`it's`, `students' `, 6'2", 55" screens: no quotes. `opened`: a quotation is open, and may close here."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == '"':
        return bool(before) and is_digit(before) and not opened
    return bool(before) and (is_letter(before) or is_digit(before)) and not is_han(after)


def _ellipses(text: str) -> Iterator[Proposal]:
    """TY-105: `...`, `。。。`, `···`, one or three `…`."""
    for start, end in _runs(text, _ELLIPSIS_DOTS):
        mark, length = text[start], end - start
        if text[start:end] != mark * length:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        western = before and is_western(before) and (not after or is_western(after) or after in _BLANKS)
        wrong = length in (1, 3) or length > 4 if mark == "…" else length >= 3
        if wrong and not western:
            change = Change(start, end, "……")
            yield Proposal("copy/ellipsis", "TY-105", "ellipses", start, (change,))


def _doubled_ellipses(text: str) -> Iterator[Proposal]:
    """TY-13: two ellipses in a row stand for whole passages left out, and have a line of their own."""
    for start, end in _runs(text, _ELLIPSIS_DOTS):
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        if text[start:end] == "…………" and not alone:
            yield Proposal("copy/doubled-ellipsis", "TY-13", "doubtful", start, (Change(start, end, "……"),))


def _dashes(text: str) -> Iterator[Proposal]:
    """TY-105: `--`, a single — beside a mark, three of them, or dashes of other kinds in a pair."""
    for start, end in _runs(text, _DASHES):
        run, length = text[start:end], end - start
        before, after = text[start - 1 : start], text[end : end + 1]
        if run == "——" or (run == "—" * length and length >= 4):
            continue
        chinese = is_chinese(before) or is_chinese(after) or before in SHARED_MARKS or after in SHARED_MARKS
        if length == 1:
            wrong = run in _LONG_DASHES and _opens_or_follows_mark(before, after)
        else:
            wrong = chinese and not (before and after and is_western(before) and is_western(after))
        if wrong:
            yield Proposal("copy/dash", "TY-105", "dashes", start, (Change(start, end, "——"),))


def _opens_or_follows_mark(before: str, after: str) -> bool:
    """Whether a single dash can be no connector: at a line's start before Chinese, or beside a Chinese mark."""
    if not before or before == "\n":
        return bool(after) and (is_chinese(after) or after in OPENERS)
    if before in POINTS or before in ("”", "）", "》"):
        return True
    return after in PAUSES or (after == "“" and is_han(before))


def _ranges(text: str) -> Iterator[Proposal]:
    """TY-112: `-` in a range of counted numbers or between two places, `~` for ～."""
    for at, one in enumerate(text):
        if one not in "-~－" or not 0 < at < len(text) - 1:
            continue
        before, after = text[at - 1], text[at + 1]
        if one == "~":
            sides = all(is_digit(x) or is_han(x) or x in _MEASURES for x in (before, after))
            wrong = sides and (is_digit(before) or is_han(before) or before in _MEASURES)
            mark = "～"
        else:
            wrong = (is_han(before) and is_han(after)) or _is_counted_range(text, at)
            mark = "—"
        if wrong:
            yield Proposal("copy/range-dash", "TY-112", "dashes", at, (Change(at, at + 1, mark),))


def _is_counted_range(text: str, at: int) -> bool:
    start, end = at, at + 1
    while start and (is_digit(text[start - 1]) or text[start - 1] in ".%"):
        start -= 1
    while end < len(text) and (is_digit(text[end]) or text[end] == "."):
        end += 1
    first, last = text[start:at].rstrip("%"), text[at + 1 : end]
    whole = [number.partition(".")[0] for number in (first, last)]
    if not all(0 < len(number) <= _MAX_RANGE_DIGITS for number in whole):
        return False
    if (start and is_western(text[start - 1])) or any(len(one) > 1 and one[0] == "0" for one in whole):
        return False
    return text[end : end + 1] in _MEASURES and end < len(text)


def _full_width_digits(text: str) -> Iterator[Proposal]:
    """TY-106: １Ａ; a ．between two full-width digits goes with them."""
    at = 0
    while at < len(text):
        if text[at] not in _WIDE_ALNUM:
            at += 1
            continue
        end = at + 1
        while end < len(text) and (
            text[end] in _WIDE_ALNUM
            or (text[end] == _WIDE_POINT and text[end + 1 : end + 2] in _WIDE_ALNUM and end + 1 < len(text))
        ):
            end += 1
        after = "".join(chr(ord(one) - _WIDE_OFFSET) for one in text[at:end])
        yield Proposal("copy/full-width-digit", "TY-106", "digits", at, (Change(at, end, after),))
        at = end


def _interpuncts(text: str) -> Iterator[Proposal]:
    """TY-107: ・ • ．between two parts of a name or a date."""
    for at, one in enumerate(text):
        if one in _INTERPUNCTS and 0 < at < len(text) - 1:
            before, after = text[at - 1], text[at + 1]
            if (is_han(before) and is_han(after)) or (is_digit(before) and is_digit(after) and one != _WIDE_POINT):
                yield Proposal("copy/interpunct", "TY-107", "punctuation", at, (Change(at, at + 1, "·"),))


def _series_marks(text: str) -> Iterator[Proposal]:
    """TY-108: 、 between 》《 or ”“."""
    for at, one in enumerate(text):
        if one == "、" and text[at - 1 : at] + text[at + 1 : at + 2] in ("》《", "”“"):
            yield Proposal("copy/series-mark", "TY-108", "series", at, (Change(at, at + 1, ""),))


def _doubled_spaces(text: str) -> Iterator[Proposal]:
    """TY-43: one space between Chinese is meant; two are a slip."""
    for start, end in _runs(text, _BLANKS):
        if end - start > 1:
            run = text[start:end]
            after = run[0] if run == run[0] * len(run) else " "
            yield Proposal("copy/spaces", "TY-43", "spaces", start, (Change(start, end, after),))


def _spaces_beside_marks(text: str) -> Iterator[Proposal]:
    """TY-42: marks carry their own blank. After 。！？ a space may be meant (a byline follows), so it stays."""
    for start, end in _runs(text, _BLANKS):
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in ("，", "、", "；", "：", "（", "《") or after in _NO_SPACE_BEFORE:
            yield Proposal("copy/spaces", "TY-42", "spaces", start, (Change(start, end, ""),))


_NO_SPACE_BEFORE: Final = frozenset("，。、；：！？）》")


def _compatibility_forms(text: str) -> Iterator[Proposal]:
    """TY-111: radicals and compatibility forms that look like a character and are another."""
    for at, one in enumerate(text):
        if "\u2e80" <= one <= "\u2fdf" or "\uf900" <= one <= "\ufaff":
            form = unicodedata.normalize("NFKC", one)
            changes = (Change(at, at + 1, form),) if form != one else ()
            if changes or one <= "\u2fdf":  # twelve of F900–FAFF are characters in their own right
                yield Proposal("copy/compatibility-character", "TY-111", "forms", at, changes)


def _foreign_forms(text: str) -> Iterator[Proposal]:
    """TY-111: a traditional or Japanese form in simplified copy, told once a character; a name may keep it."""
    forms = foreign_forms()
    for one in dict.fromkeys(text):
        if one in forms:
            at = text.index(one)
            changes = (Change(at, at + 1, forms[one]),) if forms[one] else ()
            yield Proposal("copy/foreign-form", "TY-111", "forms", at, changes)


def _nesting(text: str) -> Iterator[Proposal]:
    """TY-103: inside “ ” come ‘ ’, inside 《 》 come 〈 〉."""
    for start, end, opening, closing in wrong_nesting(text):
        changes = (Change(start, start + 1, opening), Change(end, end + 1, closing))
        yield Proposal("copy/nesting", "TY-103", "nesting", start, changes)


# The earlier rule has a character before the later one. A rule is run only where one of its triggers occurs.
_RULES: Final[tuple[tuple[frozenset[str], Callable[[str], Iterator[Proposal]]], ...]] = (
    (_WIDE_ALNUM, _full_width_digits),
    (_ELLIPSIS_DOTS, _ellipses),
    (frozenset("…"), _doubled_ellipses),
    (_DASHES, _dashes),
    (frozenset("-~－"), _ranges),
    (frozenset("%％"), percent_ranges),
    (frozenset("年"), written_zeros),
    (frozenset(","), grouped_digits),
    (frozenset("()"), _half_width_brackets),
    (frozenset("\"'"), _straight_quotes),
    (frozenset(",;:?!."), _half_width_points),
    (_INTERPUNCTS, _interpuncts),
    (frozenset("、"), _series_marks),
    (_BLANKS, _doubled_spaces),
    (frozenset("“‘《〈"), _nesting),
    (frozenset(), _compatibility_forms),
)


def _runs(text: str, marks: frozenset[str]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        if text[at] not in marks:
            at += 1
            continue
        end = at + 1
        while end < len(text) and text[end] in marks:
            end += 1
        yield at, end
        at = end


def _before(text: str, at: int) -> str:
    """The last character before `at` that is no blank; empty at the start of the line."""
    while at and text[at - 1] in _BLANKS:
        at -= 1
    return text[at - 1 : at] if at and text[at - 1] != "\n" else ""


def _after(text: str, at: int) -> str:
    """The first character from `at` on that is no blank; empty at the end of the line."""
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return text[at : at + 1] if text[at : at + 1] != "\n" else ""
