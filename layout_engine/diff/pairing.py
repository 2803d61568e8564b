"""Which story of the new edition is which of the old one (配对): by name, and where names fail, by what it says."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from layout_engine.diff.copies import StoryCopy

_OTHER: Final = 200  # in thousandths: less alike, and a name is no proof that it is the same story
_SAME: Final = 500  # so much alike, and it is the same story under another name


def pair_stories(
    old: dict[str, StoryCopy], new: dict[str, StoryCopy]
) -> list[tuple[StoryCopy | None, StoryCopy | None]]:
    """Each story once, in the new edition's order, what is gone at the end."""
    paired: dict[str, str] = {}
    doubtful: list[str] = []
    for name, story in new.items():
        if name in old:
            if old[name].text == story.text or likeness(old[name].text, story.text) >= _OTHER:
                paired[name] = name
            else:
                doubtful.append(name)
    lost = [name for name in old if name not in paired.values()]
    come = [name for name in new if name not in paired]
    for of_new, of_old in _by_content(lost, come, old, new):
        paired[of_new] = of_old
    taken = set(paired.values())
    for name in doubtful:
        if name not in paired and name not in taken and old[name].kind == new[name].kind:
            paired[name] = name
    pairs: list[tuple[StoryCopy | None, StoryCopy | None]] = [
        (old.get(paired.get(name, "")), story) for name, story in new.items()
    ]
    taken = set(paired.values())
    return [*pairs, *((story, None) for name, story in old.items() if name not in taken)]


def _by_content(
    lost: Iterable[str], come: Iterable[str], old: dict[str, StoryCopy], new: dict[str, StoryCopy]
) -> list[tuple[str, str]]:
    """The most alike first; names of the new and the old edition."""
    scored = [
        (-likeness(old[one].text, new[other].text), other, one)
        for one in lost
        for other in come
        if (old[one].kind == "article") == (new[other].kind == "article")
    ]
    chosen: list[tuple[str, str]] = []
    for score, of_new, of_old in sorted(scored):
        free = all(of_new != other and of_old != one for other, one in chosen)
        if -score >= _SAME and free:
            chosen.append((of_new, of_old))
    return chosen


def likeness(one: str, other: str) -> int:
    """How much of two texts is the same pairs of characters, in thousandths."""
    mine, theirs = bigrams(one), bigrams(other)
    both = sum((mine & theirs).values())
    return 2000 * both // max(1, sum(mine.values()) + sum(theirs.values()))


def bigrams(text: str) -> Counter[str]:
    """All pairs of characters that stand side by side, and how often."""
    return Counter(map("".join, pairwise(text)))
