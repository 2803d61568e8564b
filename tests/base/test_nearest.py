"""Did you mean ...?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.base.nearest import nearest

KINDS = ("story", "headline", "article", "brief", "masthead", "ear", "folio", "photo", "ad", "rule", "box")


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("headlin", "headline"),
        ("Photo", "photo"),
        ("sotry", "story"),
        ("mast-head", "masthead"),
        ("xylophone", ""),
        ("", ""),
    ],
)
def test_a_slip_of_the_fingers_finds_its_word_and_a_strange_word_none(word: str, known: str) -> None:
    assert nearest(word, KINDS) == known


@given(st.text("abc-_", max_size=8), st.lists(st.text("abc-_", min_size=1, max_size=8), max_size=6))
def test_a_known_word_is_nearest_to_itself_and_order_does_not_matter(word: str, known: list[str]) -> None:
    assert nearest(word, known) == nearest(word, reversed(known))
    if word in known:
        assert nearest(word, [word]) == word
