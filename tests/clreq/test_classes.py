"""Which character is what (字符分类): TY-01, the whole table against a list of its own."""

from collections.abc import Iterator
from typing import Final

import pytest

from layout_engine.base.diagnostics import Findings
from layout_engine.typography.classes import CLASS_NAMES, LETTER
from layout_engine.typography.shape import shape_part
from tests.clreq.press import Press, real_faces
from tests.clreq.rule import patched, rule
from tests.typography.setting import EM, part

# TY-01, typed again from its table: class → single characters and ranges (first, last).
MEMBERS: Final[dict[str, tuple[str, tuple[tuple[int, int], ...]]]] = {
    "han": (
        "〇々〻＃＆＝あんアンㄅㄩⅠⅫ",
        (
            (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x323AF), (0xF900, 0xFAFF), (0x2460, 0x2473),
            (0x3220, 0x3229), (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
        ),
    ),
    "stop": ("。．？！‼⁇⁈⁉", ()),
    "pause": ("，、；：", ()),
    "open": ("“‘「『（〔［｛《〈【〖", ()),
    "close": ("”’」』）〕］｝》〉】〗", ()),
    "dash": ("⸺", ()),
    "ellipsis": ("…⋯", ()),
    "connect": ("～〜—-‐–", ()),
    "interpunct": ("·‧・", ()),
    "solidus": ("/／", ()),
    "postfix": ("%％‰°℃℉′″￠¢", ()),
    "western": ("ABZabzÀÿĀαωΑΩАЯая", ((0x30, 0x39),)),
    "space": (" \u3000\u00a0\u202f", ()),
    "invisible": ("\u200b\u2060\ufeff\u00ad", ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))),
}  # fmt: skip
PREFIXES: Final = "￥¥$＄€£№±+−＋－-"
_STEP: Final = 997  # of a range of thousands of Han every so many are asked for, and both ends


def characters(singles: str, ranges: tuple[tuple[int, int], ...]) -> Iterator[str]:
    yield from singles
    for first, last in ranges:
        yield from map(chr, (*range(first, last, 1 if last - first < _STEP else _STEP), last))


def class_of(press: Press, text: str, at: int) -> str:
    """The class of the cluster in which character `at` of the text stands."""
    shaped = shape_part(part(press.copy(text)), press.style(), EM, real_faces(), Findings())
    cluster = max(i for i, start in enumerate(shaped.starts[:-1]) if start <= at)
    return CLASS_NAMES[shaped.classes[cluster]] if shaped.starts[cluster] == at else "invisible"


ALL_LETTERS = patched("layout_engine.typography.classes.KindTable.classify", lambda _, text: (
    bytearray([LETTER]) * len(text)))
ALL_HAN = patched("layout_engine.typography.classes.KindTable.classify", lambda _, text: bytearray(len(text)))


@rule("TY-01", off=ALL_LETTERS)
@pytest.mark.parametrize("name", ["han", "stop", "pause", "open", "close", "space"])
def test_ty01_the_table_is_that_of_the_standard(press: Press, name: str) -> None:
    wrong = {one for one in characters(*MEMBERS[name]) if class_of(press, f"汉{one}字", 1) != name}
    assert wrong == set()


@rule("TY-01", off=ALL_HAN)
@pytest.mark.parametrize(
    "name", ["dash", "ellipsis", "connect", "interpunct", "solidus", "postfix", "western", "invisible"]
)
def test_ty01_what_is_no_han_is_not_taken_for_one(press: Press, name: str) -> None:
    wrong = {one for one in characters(*MEMBERS[name]) if class_of(press, f"汉{one}字", 1) != name}
    assert wrong == set()


@rule("TY-01", off=ALL_HAN)
@pytest.mark.parametrize("pair", ["——", "……", "⋯⋯"])
def test_ty01_a_pair_is_of_one_class(press: Press, pair: str) -> None:
    assert class_of(press, f"汉{pair}字", 1) == ("dash" if pair == "——" else "ellipsis")


@rule("TY-01", off=ALL_HAN)
@pytest.mark.parametrize("sign", PREFIXES)
def test_ty01_a_sign_before_a_digit_is_a_prefix(press: Press, sign: str) -> None:
    assert class_of(press, f"汉{sign}5字", 1) == "prefix"
