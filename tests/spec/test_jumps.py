"""转版: the parts of a story in a row, as every page that holds one is told of them."""

import shutil
from pathlib import Path

import pytest

from layout_engine.spec.explain import resolved_lines
from layout_engine.spec.model_regions import FlowingRegion
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec, Region
from tests.spec.test_cases import CASES, ROLES

HOUSE = "house/paper.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for layer in ("_base", "jump-sound"):
        shutil.copytree(CASES / layer, tmp_path, dirs_exist_ok=True)
    return tmp_path


def read(folder: Path) -> IssueSpec:
    outcome = read_issue(folder / "2024-05-21", roles=ROLES)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def jumping(spec: IssueSpec) -> list[Region]:
    return [region for page in spec.pages for region in page.regions if region.parts]


def test_every_part_knows_all_parts_in_order(folder: Path) -> None:
    regions = jumping(read(folder))
    assert len(regions) == 3
    for region in regions:
        assert [(part.page.number, part.region.id) for part in region.parts] == [(1, "lead"), (2, "rest"), (3, "rest")]
        assert all(part.page.regions == () for part in region.parts)


def test_the_notices_take_the_style_jump_or_else_the_bylines(folder: Path) -> None:
    def styles() -> list[object]:
        return [region.spec.jump for region in jumping(read(folder)) if isinstance(region.spec, FlowingRegion)]

    assert styles() == ["byline", "byline", "caption"]  # the last says so itself
    house = folder / HOUSE
    text = house.read_text(encoding="utf-8")
    house.write_text(text.replace("inks:\n", "  jump: {extends: body, face: hei}\ninks:\n"), encoding="utf-8")
    assert styles() == ["jump", "jump", "caption"]


def test_a_continued_title_has_its_fields_filled_in(folder: Path) -> None:
    texts = [region.texts["continued_title.text"].text for region in jumping(read(folder)) if region.texts]
    assert texts == ["再说（本地）"]


def test_the_listing_says_how_a_story_runs(folder: Path) -> None:
    assert "      jumps: page 1 (lead) → page 2 (rest) → page 3 (rest)" in resolved_lines(read(folder))


@pytest.mark.parametrize("value", ["9", "1", "0", "-2", "three", "[2]", "9" * 30])
@pytest.mark.parametrize(("page", "end"), [("01", "jump_to: 2"), ("02", "jump_from: 1")])
def test_a_faulty_end_is_told_and_its_other_end_is_not(folder: Path, page: str, end: str, value: str) -> None:
    path = folder / f"2024-05-21/pages/{page}.yaml"
    text = path.read_text(encoding="utf-8")
    key, right = end.split(": ")
    if value == right:
        value = "3"
    assert end in text
    path.write_text(text.replace(end, f"{key}: {value}"), encoding="utf-8")
    (found,) = read_issue(folder / "2024-05-21", roles=ROLES).diagnostics
    assert (found.span.file, found.severity) == (f"pages/{page}.yaml", "error") if found.span else False


def test_a_page_that_sets_all_its_text_otherwise_is_told_once(folder: Path) -> None:
    path = folder / "2024-05-21/pages/02.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "styles: {body: {rules: kaiming}}\n", encoding="utf-8")
    found = read_issue(folder / "2024-05-21", roles=ROLES).diagnostics
    assert [one.code for one in found] == ["spec/jump-style"]
