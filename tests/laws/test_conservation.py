"""文字守恒, the law of conservation: placed, left over and dropped on purpose tile the copy, whatever the page."""

import pytest
from hypothesis import given, settings

from layout_engine.base.diagnostics import has_errors
from layout_engine.closing import close_ledger
from layout_engine.content.model import Copy, Photo, Story
from layout_engine.page.unplaced import unplaced_parts
from layout_engine.scene.draw import draw
from layout_engine.scene.items import Imprint
from layout_engine.scene.ledger import balance
from layout_engine.spec.model_regions import RegionSpec
from tests.kit.generated import pages
from tests.kit.pages import Newsroom, page_of
from tests.kit.reference import NAMES, composed


@settings(max_examples=80, deadline=None)
@given(pages())
def test_the_ledger_of_any_page_balances(
    newsroom: Newsroom, made: tuple[list[RegionSpec], list[Story | Photo]]
) -> None:
    specs, copy = made
    layout = newsroom.lay_out(page_of(*specs), *copy).layout
    unplaced = unplaced_parts(
        Copy({one.id: one for one in copy if isinstance(one, Story)}, {}, {}),
        [one.id for one in copy if isinstance(one, Story)],
        {account.part.key for region in layout.regions for account in region.accounts},
    )
    balanced = balance(draw([layout], Imprint("报", "2024-05-21", 1)), [layout], unplaced.accounts)
    assert balanced.diagnostics == ()
    written = sum(len(part.text) for one in copy if isinstance(one, Story) for part in one.parts)
    written += sum(len(p.text) for one in copy if isinstance(one, Photo) for p in (one.caption, one.credit) if p)
    typed = sum(one.characters for one in balanced.ledger.entries if one.source.startswith("pages/"))
    assert sum(one.characters for one in balanced.ledger.entries) == written + typed
    for entry in balanced.ledger.entries:
        assert entry.characters == entry.placed + entry.left_over + entry.dropped


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_an_issue_is_on_its_pages(name: str) -> None:
    issue = composed(name)
    entries = [entry for page in issue.pages for entry in page.entries]
    closed = close_ledger(issue.inputs, entries, all_pages=True)
    assert not has_errors(closed.diagnostics)
    assert all(page.balanced for page in issue.pages)
    for story in issue.inputs.copy.stories.values():
        set_text = sum(len(part.text) for part in story.parts)
        left_out = [*story.dropped, *(one for part in story.parts for one in part.dropped)]
        of_file = [one for one in closed.ledger.entries if one.source == story.file]
        assert sum(one.characters for one in of_file) == set_text + sum(len(one.text) for one in left_out)
        for one in of_file:
            assert one.characters == one.placed + one.left_over + one.dropped
            assert one.left_over == one.elsewhere == 0
