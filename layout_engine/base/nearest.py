"""The known name nearest to what was written (近似名), for "did you mean ...?"."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that `word` most likely meant, or nothing where none is near.

    Near is a third of the letters wrong at most, rounded up; of two as near, the first in alphabetical order.
    """
    folded = word.casefold().replace("_", "-")
    most = (len(word) + 2) // 3
    best, best_distance = "", most + 1
    for name in sorted(known):
        distance = _distance(folded, name.casefold().replace("_", "-"), best_distance)
        if distance < best_distance:
            best, best_distance = name, distance
    return best


def _distance(one: str, other: str, bound: int) -> int:
    """How many letters must be changed, added, left out or swapped; `bound` where it is as many or more."""
    if abs(len(one) - len(other)) >= bound:
        return bound
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before_that, before = before, row
        row = [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, before_that[j - 2] + 1)
            row.append(cost)
    return row[-1]
