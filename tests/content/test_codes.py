"""Every code of the area `copy` says what is wrong, and its example provokes it."""

import pytest

from layout_engine.base.codes import area
from layout_engine.content.article import read_article
from layout_engine.content.intake import check_copy

CODES = area("copy")


def codes_of(article: str) -> set[str]:
    outcome = read_article(article.encode(), "articles/a.md", "a", frozenset())
    found = outcome.diagnostics + (check_copy(outcome.value) if outcome.value else ())
    for one in found:
        assert one.message("zh")
        assert one.message("en")
        assert one.hint("zh") or one.code == "copy/straight-quote", one.code
    return {one.code for one in found}


@pytest.mark.parametrize("code", [code for code, entry in CODES.items() if not entry.described])
def test_the_example_of_a_code_provokes_it_and_its_mended_form_is_clean(code: str) -> None:
    assert codes_of(CODES[code].fails) == {code}
    assert codes_of(CODES[code].passes) == set()


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_both_languages(code: str) -> None:
    entry = CODES[code]
    assert all((entry.zh, entry.en, entry.explain_zh, entry.explain_en))
    assert len(entry.hint_zh) == len(entry.hint_en)
