"""Passages that two texts have in common (相同段落): the longest first, each character in one of them at most."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

SHORTEST: Final = 8  # characters; a shorter passage elsewhere is chance, and is told as gone and come
_MOST_PLACES: Final = 16  # of one passage that stands in many places
_MOST_FOLLOWED: Final = 64  # times the length of both: more is only asked by text that repeats itself without end
_STEP: Final = 32


class Match(msgspec.Struct, frozen=True, order=True):
    """`length` characters that both texts have, at `a` in the old one and at `b` in the new one."""

    a: int
    b: int
    length: int


def common_start(a: str, b: str, at: int = 0, b_at: int = 0) -> int:
    """How many characters from `at` on are the same in both. Cost follows from what is the same, not from the rest."""
    most = min(len(a) - at, len(b) - b_at)
    low, step = 0, _STEP
    while low < most and a[at + low : at + low + step] == b[b_at + low : b_at + low + step]:
        low += step
        step *= 2
    low, high = min(low, most), min(low + step, most)
    while low < high:
        middle = (low + high + 1) // 2
        if a[at + low : at + middle] == b[b_at + low : b_at + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def passages(a: str, b: str) -> list[Match]:
    """Passages of at least `SHORTEST` characters that both have, by their place in `a`."""
    if min(len(a), len(b)) < SHORTEST:
        return []
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(a) - SHORTEST + 1):
        places[a[at : at + SHORTEST]].append(at)
    candidates: list[Match] = []
    reach: dict[int, int] = {}  # by diagonal: up to where of b it has been followed
    budget = _MOST_FOLLOWED * (len(a) + len(b))
    for at in range(len(b) - SHORTEST + 1):
        for start in places.get(b[at : at + SHORTEST], ())[:_MOST_PLACES]:
            if reach.get(at - start, 0) <= at and budget > 0:
                length = common_start(a, b, start, at)
                budget -= length
                reach[at - start] = at + length
                candidates.append(Match(start, at, length))
    candidates.sort(key=lambda one: (-one.length, abs(one.a - one.b), one.b))
    return _without_overlap(candidates, len(a), len(b))


def _without_overlap(candidates: Sequence[Match], a_length: int, b_length: int) -> list[Match]:
    taken_a, taken_b = bytearray(a_length), bytearray(b_length)
    chosen: list[Match] = []
    for one in candidates:
        for free in _free_stretches(one, taken_a, taken_b):
            taken_a[free.a : free.a + free.length] = b"\1" * free.length
            taken_b[free.b : free.b + free.length] = b"\1" * free.length
            chosen.append(free)
    return sorted(chosen)


def _free_stretches(one: Match, taken_a: bytearray, taken_b: bytearray) -> list[Match]:
    """What no longer passage has taken of this one, where it is still long enough."""
    free: list[Match] = []
    start = None
    for at in range(one.length + 1):
        open_here = at < one.length and not taken_a[one.a + at] and not taken_b[one.b + at]
        if open_here and start is None:
            start = at
        elif not open_here and start is not None:
            if at - start >= SHORTEST:
                free.append(Match(one.a + start, one.b + start, at - start))
            start = None
    return free


def heaviest_in_order(matches: Sequence[Match], each: int = 0) -> list[Match]:
    """Those that stand in the same order in both texts, with as many characters as possible; they do not overlap.

    Each counts for `each` characters besides its own: where it is large, as many matches as possible.
    """
    ordered = sorted(matches)
    ends: list[int] = []  # where chains end in b, ascending; each is heavier than all that end before it
    chains: list[tuple[int, int]] = []  # its weight, and its last match
    before: list[int | None] = []
    for index, one in enumerate(ordered):
        at = bisect_left(ends, one.b + 1)
        weight, previous = chains[at - 1] if at else (0, None)
        before.append(previous)
        _keep(ends, chains, one.b + one.length, (weight + one.length + each, index))
    chosen: list[Match] = []
    last = chains[-1][1] if chains else None
    while last is not None:
        chosen.append(ordered[last])
        last = before[last]
    return chosen[::-1]


def _keep(ends: list[int], chains: list[tuple[int, int]], end: int, chain: tuple[int, int]) -> None:
    """Enter a chain unless one that ends no later is as heavy; those that end later and are no heavier go."""
    at = bisect_left(ends, end + 1)
    if at and chains[at - 1][0] >= chain[0]:
        return
    first = bisect_left(ends, end)
    stop = first
    while stop < len(ends) and chains[stop][0] <= chain[0]:
        stop += 1
    ends[first:stop] = [end]
    chains[first:stop] = [chain]
