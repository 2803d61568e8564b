"""TY-01: every character has one class, and the table is data."""

from itertools import pairwise

import pytest

from layout_engine.typography.classes import CLASS_NAMES, KIND_NAMES, kind_table

MEMBERS = {
    "han": "汉〇㐀𠀀々〻あア①㈠Ａ１＃Ⅷ",
    "stop": "。．？！‼⁇⁈⁉",
    "pause": "，、；：",
    "open": "“‘「『（〔［｛《〈【〖",
    "close": "”’」』）〕］｝》〉】〗",
    "ellipsis": "…⋯",
    "connect": "～〜—-‐–",
    "interpunct": "·‧・",
    "solidus": "/／",
    "prefix": "￥¥$＄€£№±+−＋－",
    "postfix": "%％‰°℃℉′″￠¢",
    "western": "AzÀΩя09,.;:!?()[]{}×",
    "space": " \u3000\u00a0\u202f\n",
    "invisible": "\ufe0f\U000e0100\u200b\u2060\ufeff\u00ad\u0301",
}


@pytest.mark.parametrize(("name", "members"), MEMBERS.items())
def test_each_character_has_the_class_of_the_standard(name: str, members: str) -> None:
    table = kind_table()
    classes = table.classify(members).translate(table.class_of)
    assert {c: CLASS_NAMES[one] for c, one in zip(members, classes, strict=True)} == dict.fromkeys(members, name)


def test_the_rows_of_the_table_are_the_kinds_of_the_code_in_order() -> None:
    assert tuple(kind.name for kind in kind_table().kinds) == KIND_NAMES


def test_no_two_ranges_of_the_table_overlap() -> None:
    ranges = kind_table().ranges
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


def test_a_character_of_no_row_is_a_letter() -> None:
    assert CLASS_NAMES[kind_table().kinds[kind_table()[ord("ก")]].class_index] == "western"
