"""Which words does a headline not divide (词表)? Writes words.txt beside this file.

    pip download --no-deps --no-binary :all: jieba==0.42.1
    tar -xf jieba-0.42.1.tar.gz jieba-0.42.1/jieba/dict.txt
    python layout_engine/typography/words/make.py jieba-0.42.1/jieba/dict.txt

Sources and their licences: README.md beside this file. The result is the same bytes each time.
"""

import hashlib
import math
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent

DICT_SHA256 = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"  # jieba 0.42.1

WORDS = 60_000  # of two to five characters, the commonest
SINGLES = 4_000
LONGEST = 5
STEPS_A_NAT = 4  # of the logarithm of a word's probability
NOUGHT = ord("0")
COUNT_OF_OURS = 2_000  # as often as jieba counts a word that every paper has daily

HEAD = """\
# Words of Chinese with how rare they are, made by make.py from jieba's dictionary (MIT) and more.txt. One line a
# first character: how rare it is as a word of its own, then the rest of each word and how rare that is.
# Rare: -4 ln p of the word, as the character of that number after 0; ~ where it is no word.
"""


def main(dictionary: Path) -> None:
    packed = dictionary.read_bytes()
    if (found := hashlib.sha256(packed).hexdigest()) != DICT_SHA256:
        raise SystemExit(f"{dictionary}: sha256 {found}, expected {DICT_SHA256}")
    rows = [line.split(" ") for line in packed.decode("utf-8").splitlines()]
    counts = {word: int(count) for word, count, _ in rows}
    total = sum(counts.values())
    kept = commonest(counts, range(2, LONGEST + 1), WORDS) | commonest(counts, range(1, 2), SINGLES)
    for word in ours():
        kept[word] = max(kept.get(word, 0), COUNT_OF_OURS)
    by_first: dict[str, list[str]] = defaultdict(list)
    singles: dict[str, str] = {}
    for word, count in sorted(kept.items()):
        rarity = chr(NOUGHT + round(-STEPS_A_NAT * math.log(count / total)))
        if len(word) == 1:
            singles[word] = rarity
        else:
            by_first[word[0]].append(word[1:] + rarity)
    lines = (
        " ".join([first + singles.get(first, "~"), *by_first.get(first, ())]) for first in sorted({*by_first, *singles})
    )
    (HERE / "words.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def commonest(counts: dict[str, int], lengths: range, most: int) -> dict[str, int]:
    """The commonest words of Chinese characters of these lengths; among equals the first in the order of code."""
    words = [word for word, count in counts.items() if count and len(word) in lengths and all(map(is_han, word))]
    return {word: counts[word] for word in sorted(words, key=lambda word: (-counts[word], word))[:most]}


def ours() -> list[str]:
    lines = (HERE / "more.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
