"""对齐: every character of both texts is kept, moved or changed, once; what is said to be equal is equal."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.diff.align import Alignment, align

CLAUSES = st.sampled_from(
    [
        "韩世军指出，",
        "项目招引建设是城市发展的生命线，",
        "增长18.4%，",
        "今年以来",
        "ABC公司",
        "\n",
        "全力抢抓各级政策机遇，",
        "的",
    ]
)
TEXTS = st.one_of(
    st.text("的了，。12.\n", max_size=40),
    st.lists(CLAUSES, max_size=14).map("".join),
)


def tiles(ranges: list[tuple[int, int]], length: int) -> bool:
    """Whether these stretches cover everything once."""
    at = 0
    for start, end in sorted(one for one in ranges if one[0] < one[1]):
        if start != at:
            return False
        at = end
    return at == length


def check(a: str, b: str, found: Alignment) -> None:
    equal = (*found.kept, *found.moved)
    assert all(a[one.a : one.a + one.length] == b[one.b : one.b + one.length] for one in equal)
    assert tiles([(one.a, one.a + one.length) for one in equal] + [(one.a, one.a_end) for one in found.edits], len(a))
    assert tiles([(one.b, one.b + one.length) for one in equal] + [(one.b, one.b_end) for one in found.edits], len(b))
    assert list(found.kept) == sorted(found.kept, key=lambda one: one.b)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_each_character_is_told_once(a: str, b: str) -> None:
    check(a, b, align(a, b))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(0, 60), st.text("甲乙，", min_size=1, max_size=8))
def test_what_was_inserted_is_one_edit(text: str, at: int, new: str) -> None:
    at = min(at, len(text))
    changed = text[:at] + new + text[at:]
    found = align(text, changed)
    check(text, changed, found)
    assert len(found.edits) == 1
    assert not found.moves


def test_text_without_end_and_without_sense_takes_no_time() -> None:
    begin = time.process_time()
    check("我们" * 10_000, "们我" * 9_000, align("我们" * 10_000, "们我" * 9_000))
    check("的" * 20_000, "的" * 19_000 + "了", align("的" * 20_000, "的" * 19_000 + "了"))
    assert time.process_time() - begin < 5
