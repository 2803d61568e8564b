"""An alignment put as a person would say it (整理): no crumbs, no number cut in two, edits at the ends of phrases.

A computer is content with any shortest list of edits. An editor who reads that 18.4 became 18.6 wants the number, not
its last digit; and where a clause was put in, its comma goes with it.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from layout_engine.diff.passages import Match

PART_END: Final = "\n"  # ends each part in a joined text; inside a part there is none
_CRUMB: Final = 5  # so many characters at most stay by chance between two larger changes
_FULL_STOPS: Final = frozenset("。！？\n")
_STOPS: Final = frozenset("，；：、…—”’）》」』】 　")
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９.%．％‰")
_NUMERALS: Final = frozenset("〇零一二三四五六七八九十百千")
_TURNED_MOST: Final = 64  # characters with which two passages that changed places may begin or end alike
_GONE: Final = -1
_MOVED: Final = -2


class Beside:
    """Two texts, and for each character of one which of the other it is. Filled while they are compared."""

    def __init__(self, a: str, b: str) -> None:
        self.a: Final = a
        self.b: Final = b
        self.in_b: Final = [_GONE] * len(a)
        self.in_a: Final = [_GONE] * len(b)
        self.moved: list[Match] = []

    def keep(self, one: Match) -> None:
        for offset in range(one.length):
            self.in_b[one.a + offset] = one.b + offset
            self.in_a[one.b + offset] = one.a + offset

    def move(self, one: Match) -> None:
        self.moved.append(one)
        self.close(one.a, one.a + one.length, one.b, one.b + one.length)

    def close(self, a: int, a_end: int, b: int, b_end: int) -> None:
        """What lies here belongs together and to nothing else."""
        self.in_b[a:a_end] = [_MOVED] * (a_end - a)
        self.in_a[b:b_end] = [_MOVED] * (b_end - b)

    def part(self, a: int) -> None:
        """Character `a` is no longer kept."""
        self.in_a[self.in_b[a]] = _GONE
        self.in_b[a] = _GONE

    def is_open(self, a: int, b: int) -> bool:
        return self.in_b[a] == self.in_a[b] == _GONE

    def is_open_in_a(self, at: int) -> bool:
        return self.in_b[at] == _GONE

    def is_open_in_b(self, at: int) -> bool:
        return self.in_a[at] == _GONE

    def open_in_a(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.in_b[at] == _GONE]

    def open_in_b(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.in_a[at] == _GONE]

    def kept(self) -> Iterator[Match]:
        """The longest passages that are kept, in order."""
        start = 0
        while start < len(self.a):
            if self.in_b[start] < 0:
                start += 1
                continue
            end = start + 1
            while end < len(self.a) and self.in_b[end] == self.in_b[end - 1] + 1:
                end += 1
            yield Match(start, self.in_b[start], end - start)
            start = end


def tidy(beside: Beside) -> None:
    """Put the alignment as a person would say it."""
    _sweep_crumbs(beside)
    _grow_moves(beside)
    _slide(beside)
    _mend_numbers(beside)


def _sweep_crumbs(beside: Beside) -> None:
    """A few characters kept between two larger changes are chance: the whole was rewritten."""
    kept = list(beside.kept())
    ends = [Match(0, 0, 0), *kept, Match(len(beside.a), len(beside.b), 0)]
    gaps = [(after.a - one.a - one.length, after.b - one.b - one.length) for one, after in pairwise(ends)]
    left, waiting = gaps[0], list[tuple[tuple[int, int], Match]]()
    for one, right in zip(kept, gaps[1:], strict=True):
        waiting.append((left, one))
        left = right
        while waiting and _is_crumb(beside, *waiting[-1], left):
            (gone, come), crumb = waiting.pop()
            for at in range(crumb.a, crumb.a + crumb.length):
                beside.part(at)
            left = (gone + crumb.length + left[0], come + crumb.length + left[1])


def _is_crumb(beside: Beside, before: tuple[int, int], one: Match, after: tuple[int, int]) -> bool:
    """Whether what is kept says less than the change on either side; what is only in one of the texts is no chance."""
    one_sided = not (before[0] or after[0]) or not (before[1] or after[1])
    small = one.length <= _CRUMB and one.length < min(max(before), max(after))
    begins_part = PART_END in (beside.a[one.a - 1 : one.a], beside.b[one.b - 1 : one.b])
    return small and not one_sided and not begins_part and PART_END not in beside.a[one.a : one.a + one.length]


def _grow_moves(beside: Beside) -> None:
    """What went and came right beside a passage that moved has moved with it."""
    for index, one in enumerate(beside.moved):
        one = _turned(beside, one)
        a, b, length = one.a, one.b, one.length
        while a and b and beside.a[a - 1] == beside.b[b - 1] and beside.is_open(a - 1, b - 1):
            a, b, length = a - 1, b - 1, length + 1
        while (
            a + length < len(beside.a)
            and b + length < len(beside.b)
            and beside.a[a + length] == beside.b[b + length]
            and beside.is_open(a + length, b + length)
        ):
            length += 1
        beside.moved[index] = Match(a, b, length)
        beside.in_b[a : a + length] = [_MOVED] * length
        beside.in_a[b : b + length] = [_MOVED] * length


def _turned(beside: Beside, one: Match) -> Match:
    """The passage with as much of what follows it, or goes before it, as was taken for something that stayed.

    Where `A，B，C` became `B，A，C`, the comma after A moved with it, and that after B stayed.
    """
    texts, partners = (beside.a, beside.b), (beside.in_b, beside.in_a)
    for side in (0, 1):
        for ahead in (True, False):
            by = _turn(texts, partners, (one.a, one.b), one.length, side, ahead)
            if by:
                one = Match(one.a, one.b, one.length + by) if ahead else Match(one.a - by, one.b - by, one.length + by)
                beside.in_b[one.a : one.a + one.length] = [_MOVED] * one.length
                beside.in_a[one.b : one.b + one.length] = [_MOVED] * one.length
    return one


def _turn(
    texts: tuple[str, str],
    partners: tuple[list[int], list[int]],
    starts: tuple[int, int],
    length: int,
    side: int,
    ahead: bool,
) -> int:
    """How many characters on one end of the passage, kept on `side` and gone on the other one, move along.

    On `side` the same characters stand at the passage's other end without a partner; they take those that are left.
    """
    other = 1 - side
    end, end_other = starts[side] + length, starts[other] + length
    for by in range(min(_TURNED_MOST, length), 0, -1):
        low, high = (starts[side] - by, end) if ahead else (end, starts[side] - by)
        far = end_other if ahead else starts[other] - by
        if min(low, high, far) < 0:
            continue
        said = texts[side][high : high + by]
        alike = len(said) == by and said == texts[side][low : low + by] == texts[other][far : far + by]
        if not alike or any(at != _GONE for at in (*partners[side][low : low + by], *partners[other][far : far + by])):
            continue
        if any(at < 0 for at in partners[side][high : high + by]):
            continue
        for at in range(by):
            partner = partners[side][high + at]
            partners[side][low + at], partners[other][partner] = partner, low + at
            partners[side][high + at] = _GONE
        return by
    return 0


def _slide(beside: Beside) -> None:
    """Of the places where an insertion or deletion may be told, take the one that begins and ends with a phrase."""
    kept = list(beside.kept())
    for before, after in pairwise(kept):
        a, b = before.a + before.length, before.b + before.length
        if (a == after.a) == (b == after.b):
            continue
        text, at, end = (beside.b, b, after.b) if a == after.a else (beside.a, a, after.a)
        if any(one < 0 and one != _GONE for one in (beside.in_a if text is beside.b else beside.in_b)[at:end]):
            continue
        by = _best_slide(text, at, end, _room(text, at, end, before.length, after.length))
        _slide_by(beside, before, after, by)


def _room(text: str, at: int, end: int, left: int, right: int) -> tuple[int, int]:
    """How far the stretch can slide to the left and to the right and say the same."""
    back = 0
    while back < left - 1 and text[at - 1 - back] == text[end - 1 - back]:
        back += 1
    ahead = 0
    while ahead < right - 1 and text[at + ahead] == text[end + ahead]:
        ahead += 1
    return back, ahead


def _best_slide(text: str, at: int, end: int, room: tuple[int, int]) -> int:
    back, ahead = room

    def merit(by: int) -> tuple[int, int]:
        before = text[at + by - 1] if at + by > 0 else PART_END
        last = text[end + by - 1]
        whole = 2 * (before in _FULL_STOPS) + (before in _STOPS)
        return whole + 2 * (last in _FULL_STOPS) + (last in _STOPS), -abs(by)

    return max(range(-back, ahead + 1), key=merit)


def _slide_by(beside: Beside, before: Match, after: Match, by: int) -> None:
    """Characters next to the stretch change their partner."""
    a, b = before.a + before.length, before.b + before.length
    gap_a, gap_b = after.a - a, after.b - b
    if by < 0:
        for at in range(a - 1, a - 1 + by, -1):
            partner = beside.in_b[at]
            beside.part(at)
            beside.keep(Match(at + gap_a, partner + gap_b, 1))
    for at in range(after.a, after.a + max(0, by)):
        partner = beside.in_b[at]
        beside.part(at)
        beside.keep(Match(at - gap_a, partner - gap_b, 1))


def _mend_numbers(beside: Beside) -> None:
    """A number or a word of letters of which a part changed has changed as a whole."""
    for text, partners, in_old in ((beside.a, beside.in_b, True), (beside.b, beside.in_a, False)):
        for start, end in _tokens(text):
            states = {partners[at] >= 0 for at in range(start, end)}
            if len(states) == 2 or (len(states) == 1 and _torn(partners, start, end)):
                for at in range(start, end):
                    if partners[at] >= 0:
                        beside.part(at if in_old else partners[at])


def _torn(partners: list[int], start: int, end: int) -> bool:
    """Whether something stands between characters of it on the other side."""
    kept = [partners[at] for at in range(start, end)]
    return kept[0] >= 0 and kept[-1] - kept[0] != end - start - 1


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Numbers and words of letters, of two characters or more."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _sort(text[at]) != _sort(text[start]):
            if _sort(text[start]) and at - start > 1:
                yield start, at
            start = at


def is_tied(pair: str) -> bool:
    """Whether two characters belong to one number or one word of letters."""
    return len(pair) == 2 and _sort(pair[0]) == _sort(pair[1]) != ""


def _sort(character: str) -> str:
    if character in _DIGITS:
        return "digit"
    if character.isascii() and character.isalpha():
        return "letter"
    return "numeral" if character in _NUMERALS else ""
