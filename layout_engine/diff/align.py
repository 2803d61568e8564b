"""Two texts laid beside each other (对齐): what stayed, what changed at the character, and what moved as a whole.

Passages that both have are found first; those in the same order hold the texts together, the others have moved. Only
what lies between is compared character by character, by rapidfuzz (longest common subsequence). Last, the result is
put as a person would say it (`tidy`).
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from rapidfuzz.distance import LCSseq

from layout_engine.diff.parts import NO_PARTS, Group, PairedParts
from layout_engine.diff.passages import Match, common_start, heaviest_in_order, passages
from layout_engine.diff.tidy import Beside, tidy

_MOST_CELLS: Final = 400_000_000  # of the table behind an LCS: beyond, both sides count as rewritten


class Edit(msgspec.Struct, frozen=True, order=True):
    """`[a, a_end)` of the old text became `[b, b_end)` of the new one; one of the two may be empty."""

    a: int
    a_end: int
    b: int
    b_end: int


class Alignment(msgspec.Struct, frozen=True):
    """What became of each character: `kept` in order, `moved`, or in one of the `edits`.

    `moves` are the passages that moved as a whole: a match each, or a part that was edited too, whose edits are among
    the others.
    """

    kept: tuple[Match, ...]
    moved: tuple[Match, ...]
    moves: tuple[Edit, ...]
    edits: tuple[Edit, ...]


def align(a: str, b: str, parts: PairedParts = NO_PARTS) -> Alignment:
    """Lay two texts beside each other, of which some parts are known to belong together."""
    beside = Beside(a, b)
    for one in parts.held:
        beside.keep(one)
    for one in parts.moved:
        beside.move(one)
    inner = [_stray(beside, one) for one in parts.strays]
    at_a = at_b = 0
    for fence in sorted(
        (
            *(Group(one.a, one.a, one.b, one.b) for one in _ends(parts.held)),
            *parts.groups,
            Group(len(a), len(a), len(b), len(b)),
        )
    ):
        _gap(beside, at_a, fence.a, at_b, fence.b)
        _gap(beside, fence.a, fence.a_end, fence.b, fence.b_end)
        at_a, at_b = fence.a_end, fence.b_end
    tidy(beside)
    moves = [Edit(one.a, one.a + one.length, one.b, one.b + one.length) for one in beside.moved]
    moves += [Edit(one.a, one.a_end, one.b, one.b_end) for one in parts.strays]
    edits = [*_edits(beside), *(edit for one in inner for edit in one.edits)]
    moved = [*beside.moved, *(match for one in inner for match in (*one.kept, *one.moved))]
    return Alignment(tuple(beside.kept()), tuple(sorted(moved)), tuple(sorted(moves)), tuple(sorted(edits)))


def _ends(held: Sequence[Match]) -> Iterator[Match]:
    """Where each of these begins and where it ends."""
    for one in held:
        yield one
        yield Match(one.a + one.length, one.b + one.length, 0)


def _stray(beside: Beside, one: Group) -> Alignment:
    """A part that moved and was edited, at its places in both texts; to all others it is gone."""
    found = align(beside.a[one.a : one.a_end], beside.b[one.b : one.b_end])
    beside.close(one.a, one.a_end, one.b, one.b_end)

    def placed(matches: Sequence[Match]) -> tuple[Match, ...]:
        return tuple(Match(each.a + one.a, each.b + one.b, each.length) for each in matches)

    def shifted(edits: Sequence[Edit]) -> tuple[Edit, ...]:
        return tuple(Edit(each.a + one.a, each.a_end + one.a, each.b + one.b, each.b_end + one.b) for each in edits)

    return Alignment(placed(found.kept), placed(found.moved), shifted(found.moves), shifted(found.edits))


def _gap(beside: Beside, a: int, a_end: int, b: int, b_end: int) -> None:
    """Compare what lies between two passages that hold the texts together."""
    in_a, in_b = beside.open_in_a(a, a_end), beside.open_in_b(b, b_end)
    old, new = "".join(beside.a[at] for at in in_a), "".join(beside.b[at] for at in in_b)
    head = common_start(old, new)
    tail = common_start(old[head:][::-1], new[head:][::-1])
    _keep(beside, in_a, in_b, Match(0, 0, head))
    _keep(beside, in_a, in_b, Match(len(old) - tail, len(new) - tail, tail))
    in_a, in_b = in_a[head : len(old) - tail], in_b[head : len(new) - tail]
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = passages(old, new)
    if not found:
        _by_character(beside, in_a, in_b, old, new)
        return
    held = heaviest_in_order(found)
    for one in held:
        _keep(beside, in_a, in_b, one)
    for one in sorted(set(found) - set(held)):
        for piece in _pieces(in_a, in_b, one):
            beside.move(piece)
    at_a = at_b = 0
    for one in (*held, Match(len(old), len(new), 0)):
        rest_a = [at for at in in_a[at_a : one.a] if beside.is_open_in_a(at)]
        rest_b = [at for at in in_b[at_b : one.b] if beside.is_open_in_b(at)]
        _by_character(
            beside, rest_a, rest_b, "".join(beside.a[at] for at in rest_a), "".join(beside.b[at] for at in rest_b)
        )
        at_a, at_b = one.a + one.length, one.b + one.length


def _by_character(beside: Beside, in_a: Sequence[int], in_b: Sequence[int], old: str, new: str) -> None:
    if old and new and len(old) * len(new) <= _MOST_CELLS:
        for block in LCSseq.opcodes(old, new):
            if block.tag == "equal":
                length = block.src_end - block.src_start
                _keep(beside, in_a, in_b, Match(block.src_start, block.dest_start, length))


def _keep(beside: Beside, in_a: Sequence[int], in_b: Sequence[int], one: Match) -> None:
    for piece in _pieces(in_a, in_b, one):
        beside.keep(piece)


def _pieces(in_a: Sequence[int], in_b: Sequence[int], one: Match) -> Iterator[Match]:
    """A match of squeezed texts at its true places, in as many pieces as these have."""
    start = 0
    for at in range(1, one.length + 1):
        whole = (
            at < one.length
            and in_a[one.a + at] == in_a[one.a + at - 1] + 1
            and in_b[one.b + at] == in_b[one.b + at - 1] + 1
        )
        if not whole:
            yield Match(in_a[one.a + start], in_b[one.b + start], at - start)
            start = at


def _edits(beside: Beside) -> Iterator[Edit]:
    """What is neither kept nor moved, between two kept passages each."""
    at_a = at_b = 0
    for one in (*beside.kept(), Match(len(beside.a), len(beside.b), 0)):
        old = _stretches(beside.open_in_a(at_a, one.a))
        new = _stretches(beside.open_in_b(at_b, one.b))
        if len(old) == 1 and len(new) == 1:
            yield Edit(*old[0], *new[0])
        else:
            yield from (Edit(first, last, at_b, at_b) for first, last in old)
            yield from (Edit(one.a, one.a, first, last) for first, last in new)
        at_a, at_b = one.a + one.length, one.b + one.length


def _stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for at in places:
        if stretches and stretches[-1][1] == at:
            stretches[-1] = (stretches[-1][0], at + 1)
        else:
            stretches.append((at, at + 1))
    return stretches
