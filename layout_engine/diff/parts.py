"""Which parts of a story are which (段落对齐): the same ones first, then those that are like each other.

A paragraph may have been divided, or two joined; one may have moved and been edited. Whoever compares characters
after this need not look beyond such a group, and is not led astray by what paragraphs have in common by chance.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from layout_engine.diff.copies import StoryCopy
from layout_engine.diff.pairing import bigrams
from layout_engine.diff.passages import Match, heaviest_in_order

_LIKE: Final = 400  # thousandths of the pairs of characters: more, and one became the other
_VERY_LIKE: Final = 600  # the same for one that is not at its place any more
_MOST: Final = 4000  # pairs of parts to be weighed; beyond, the text was written anew
_GROUPS: Final = ((1, 1), (1, 2), (2, 1))


class Group(msgspec.Struct, frozen=True, order=True):
    """`[a, a_end)` of the old text and `[b, b_end)` of the new one belong together; both end with a part."""

    a: int
    a_end: int
    b: int
    b_end: int


class PairedParts(msgspec.Struct, frozen=True):
    """`held` are equal and in order, `moved` equal and elsewhere; `groups` alike and in order, `strays` elsewhere."""

    held: tuple[Match, ...]
    moved: tuple[Match, ...]
    groups: tuple[Group, ...]
    strays: tuple[Group, ...]


NO_PARTS: Final = PairedParts((), (), (), ())


def pair_parts(old: StoryCopy, new: StoryCopy) -> PairedParts:
    """The parts of two versions of a story."""
    matches = list(_same(old, new))
    held = heaviest_in_order(matches, each=len(new.text))
    moved = sorted(set(matches) - set(held))
    left = _rest(old, [one.a for one in matches])
    right = _rest(new, [one.b for one in matches])
    groups: list[Group] = []
    at_a = at_b = 0
    for one in (*held, Match(len(old.text), len(new.text), 0)):
        between = [part for part in left if at_a <= part.start < one.a]
        groups += _alike(between, [part for part in right if at_b <= part.start < one.b])
        at_a, at_b = one.a + one.length, one.b + one.length
    strays = _strays(
        [part for part in left if not any(one.a <= part.start < one.a_end for one in groups)],
        [part for part in right if not any(one.b <= part.start < one.b_end for one in groups)],
    )
    return PairedParts(tuple(held), tuple(moved), tuple(groups), tuple(strays))


class _Part(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str
    pairs: Counter[str]


def _same(old: StoryCopy, new: StoryCopy) -> Iterator[Match]:
    waiting: dict[tuple[str, str], list[int]] = {}
    for part, start in zip(old.parts, old.starts, strict=True):
        waiting.setdefault((part.kind, part.text), []).append(start)
    for part, start in zip(new.parts, new.starts, strict=True):
        same = waiting.get((part.kind, part.text))
        if same:
            yield Match(same.pop(0), start, len(part.text) + 1)


def _rest(story: StoryCopy, taken: Sequence[int]) -> list[_Part]:
    known = set(taken)
    return [
        _Part(start, start + len(part.text) + 1, part.kind, bigrams(part.text))
        for part, start in zip(story.parts, story.starts, strict=True)
        if start not in known
    ]


def _alike(old: list[_Part], new: list[_Part]) -> list[Group]:
    """The best way through both in order: as many pairs of characters as possible on common ground."""
    if not old or not new or len(old) * len(new) > _MOST:
        return []
    best: list[list[tuple[int, tuple[int, int]]]] = [[(0, (0, 0))] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            ways = [(best[i - 1][j][0], (1, 0))] if i else []
            ways += [(best[i][j - 1][0], (0, 1))] if j else []
            for many, more in _GROUPS:
                if many <= i and more <= j:
                    shared = _shared(old[i - many : i], new[j - more : j])
                    if shared:
                        ways.append((best[i - many][j - more][0] + shared, (many, more)))
            if ways:
                best[i][j] = max(ways)
    groups: list[Group] = []
    i, j = len(old), len(new)
    while i or j:
        many, more = best[i][j][1]
        if many and more:
            groups.append(Group(old[i - many].start, old[i - 1].end, new[j - more].start, new[j - 1].end))
        i, j = i - many, j - more
    return groups[::-1]


def _shared(old: Sequence[_Part], new: Sequence[_Part], least: int = _LIKE) -> int:
    """How many pairs of characters both have; 0 where that is too few. A group of three must be worth it."""
    mine: Counter[str] = sum((part.pairs for part in old[1:]), old[0].pairs)
    theirs: Counter[str] = sum((part.pairs for part in new[1:]), new[0].pairs)
    both = sum((mine & theirs).values())
    if 2000 * both < least * (sum(mine.values()) + sum(theirs.values())):
        return 0
    if len(old) + len(new) > 2:
        single = max(sum((one.pairs & other.pairs).values()) for one in old for other in new)
        return both if both > single + single // 8 else 0
    return both


def _strays(old: list[_Part], new: list[_Part]) -> list[Group]:
    """Parts that moved and were edited, the most alike first."""
    if len(old) * len(new) > _MOST:
        return []
    scored = [
        (-_shared([one], [other], _VERY_LIKE), one.start, other.start, one, other) for one in old for other in new
    ]
    strays: list[Group] = []
    for score, _, _, one, other in sorted(scored, key=lambda found: found[:3]):
        if score and all(one.start != each.a and other.start != each.b for each in strays):
            strays.append(Group(one.start, one.end, other.start, other.end))
    return strays
