"""小样: a story by itself has every character of its article, in order, its lines numbered, on sheets that fit A4."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from layout_engine.base.units import mm
from layout_engine.galleys import Galleys, make_galleys
from layout_engine.places import find_places
from layout_engine.proof.overlay import MARGIN
from layout_engine.proof.placing import lines_of
from layout_engine.proof.stamp import Stamp
from layout_engine.scene.items import GlyphRun
from layout_engine.scene.record import PageRecord
from tests.kit.reference import FONTS, ISSUES, NAMES, composed


def galleys(name: str, *stories: str) -> Galleys:
    return make_galleys(ISSUES / name, find_places(ISSUES / name, fonts=FONTS), stories, Stamp("小样", by="王静"))


def said(records: list[PageRecord]) -> dict[str, str]:
    """What the sheets say of each part."""
    texts: dict[str, str] = {}
    for record in records:
        for line in lines_of(record):
            texts[line.key] = texts.get(line.key, "") + "".join(run.text for run in line.runs)
    return texts


@pytest.mark.parametrize("name", NAMES)
def test_every_story_is_there_whole_and_in_order(name: str) -> None:
    made = galleys(name)
    assert not [one for one in made.diagnostics if one.code.startswith("ledger/")]
    texts = said([sheet.record for sheet in made.sheets])
    stories = composed(name).inputs.copy.stories
    bare = {key: text.replace(" ", "").replace("　", "") for key, text in texts.items()}
    for story in stories.values():
        for part in story.parts:
            assert bare[part.key] == part.text.replace(" ", "").replace("　", "").replace("\n", "")


def test_the_sheets_of_a_long_story_share_it_without_gap() -> None:
    sheets = [sheet.record for sheet in galleys("2024-05-21", "lead").sheets]
    assert len(sheets) > 1
    for entry in sheets[0].entries:
        others = [one for sheet in sheets[1:] for one in sheet.entries if one.key == entry.key]
        assert entry.placed + entry.dropped + sum(one.placed + one.dropped for one in others) == entry.characters


def test_only_the_stories_that_are_asked_for() -> None:
    assert {sheet.name for sheet in galleys("2024-05-21", "energy").sheets} == {"energy-1.pdf"}


def test_a_story_that_is_not_there_is_told_with_the_nearest() -> None:
    made = galleys("2024-05-21", "leed", "energy")
    assert [(one.code, dict(one.values)["nearest"]) for one in made.diagnostics if one.code.startswith("cli/")] == [
        ("cli/no-such-story", "lead")
    ]
    assert len(made.sheets) == 1


def test_a_sheet_with_its_margin_is_an_a4() -> None:
    sheet = galleys("2024-05-21", "energy").sheets[0]
    with pikepdf.open(BytesIO(sheet.pdf)) as opened:
        left, low, right, top = (float(edge) for edge in opened.pages[0].MediaBox)
    assert abs(right - left - 210 * 72 / 25.4) < 1.5
    assert abs(top - low - 297 * 72 / 25.4) < 1.5
    assert mm(25) < MARGIN < mm(27)


def test_lines_stand_inside_the_sheet_and_not_on_one_another() -> None:
    for sheet in galleys("2024-05-22").sheets:
        trim = sheet.record.page.trim
        lines = [line for line in lines_of(sheet.record) if isinstance(line.runs[0], GlyphRun)]
        assert all(one.rect.x >= 0 and one.rect.right <= trim.width + one.rect.height for one in lines)
        assert all(one.rect.y >= 0 and one.rect.bottom <= trim.height for one in lines)
        places = [(one.rect.x, one.rect.y) for one in lines]
        assert len(set(places)) == len(places)


def test_an_issue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "issue.yaml").write_text("date: [", encoding="utf-8")
    made = make_galleys(tmp_path, find_places(tmp_path, fonts=FONTS), (), Stamp("小样"))
    assert made.unreadable
    assert made.diagnostics
