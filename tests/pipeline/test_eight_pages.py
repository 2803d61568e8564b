"""The eight-page issue, built whole: full pages, stories that jump, every picture credited (issues/2024-05-24)."""

from pathlib import Path

import pytest

import layout_engine
from layout_engine.pipeline import Build
from layout_engine.scene.items import GlyphRun
from tests.kit.reference import composed

NAME = "2024-05-24"
ISSUE = Path(__file__).parents[2] / "issues" / NAME
JUMPS = ("water", "coast-walk")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return layout_engine.build(ISSUE, out=tmp_path_factory.mktemp("out"), verify=True)


def test_the_issue_builds_with_nothing_to_mend(built: Build) -> None:
    assert [f"{one.code} {one.values}" for one in built.diagnostics if one.severity != "info"] == []


def test_eight_pages_come_out_in_order(built: Build) -> None:
    assert [page.number for page in built.pages] == list(range(1, 9))
    assert all(page.pdf is not None for page in built.pages)


def test_every_character_of_the_copy_is_printed_or_dropped_on_purpose(built: Build) -> None:
    assert not built.unbalanced
    for entry in built.ledger.entries:
        assert entry.left_over == 0, entry.key
        assert entry.placed + entry.dropped + entry.elsewhere == entry.characters, entry.key


@pytest.mark.parametrize("story", JUMPS)
def test_a_story_that_jumps_reads_on_without_a_gap(story: str) -> None:
    of_issue = composed(NAME)
    parts = {part.key: part.text for part in of_issue.inputs.copy.stories[story].body}
    set_text = dict.fromkeys(parts, "")
    pages = []
    for page in of_issue.pages:
        runs = [
            item
            for region in page.scene.pages[0].regions
            for item in region.items
            if isinstance(item, GlyphRun) and item.key in parts
        ]
        if runs:
            pages.append(page.scene.pages[0].number)
        for run in runs:
            set_text[run.key] += run.text
    assert pages == [1, 3]
    for key, text in parts.items():
        assert "".join(set_text[key].split()) == "".join(text.split()), key


def test_every_picture_names_its_author_on_the_page_and_in_the_credits() -> None:
    credits = (ISSUE / "photos" / "CREDITS.md").read_text(encoding="utf-8")
    sidecars = sorted((ISSUE / "photos").glob("*.yaml"))
    assert sidecars
    for sidecar in sidecars:
        fields = dict(line.split(": ", 1) for line in sidecar.read_text(encoding="utf-8").splitlines())
        assert fields["credit"].startswith("（"), sidecar.name
        assert len(fields["credit"]) > len("（摄）"), sidecar.name
        assert f"`{fields['file']}`" in credits, sidecar.name
