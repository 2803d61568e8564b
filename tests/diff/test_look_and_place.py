"""样式、版位、图片: what is not text is told in its own class, once, and what follows from it is not."""

from collections.abc import Callable

import msgspec
import pytest

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, Rule
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change, Edition
from layout_engine.scene.items import GlyphRun, SceneItem, SceneRegion
from layout_engine.scene.record import PageRecord, PictureRecord
from tests.diff.kit import above_reflow, edition, page, told, with_items, with_region, with_text

replace = msgspec.structs.replace
MM = 185_771  # su
REGIONS = [region.id for region in page().page.regions]
PHOTO = next(iter(page().pictures))


def moved_by(region: SceneRegion, x: int, y: int) -> SceneRegion:
    """The region with all that is in it elsewhere."""

    def moved(item: SceneItem) -> SceneItem:
        if isinstance(item, GlyphRun):
            return replace(item, x=item.x + x, y=item.y + y)
        rect = item.rect
        return replace(item, rect=Rect(rect.x + x, rect.y + y, rect.width, rect.height))

    rect = Rect(region.rect.x + x, region.rect.y + y, region.rect.width, region.rect.height)
    return replace(region, rect=rect, items=tuple(map(moved, region.items)))


def only(record: PageRecord) -> Change:
    changes = above_reflow(told(record))
    assert len(changes) == 1, changes
    return changes[0]


def topics(change: Change) -> set[str]:
    return {fact.topic for fact in change.facts}


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_that_moved_is_one_change_and_its_text_reflowed(name: str) -> None:
    comparison = told(with_region(page(), name, lambda region: moved_by(region, 0, 2 * MM)))
    (change,) = above_reflow(comparison)
    assert (change.kind, change.op, change.story) == ("geometry", "move", f"page-1/{name}")
    assert "changed" not in comparison.stories.values()


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_of_another_size_is_one_change(name: str) -> None:
    def wider(region: SceneRegion) -> SceneRegion:
        return replace(region, rect=replace(region.rect, height=region.rect.height + 5 * MM))

    change = only(with_region(page(), name, wider))
    assert (change.kind, change.op, topics(change)) == ("geometry", "replace", {"extent"})


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_that_is_gone_is_told_once(name: str) -> None:
    change = only(with_region(page(), name, lambda _: None))
    assert change.op == "delete"


def recoloured(item: SceneItem) -> SceneItem:
    return item if isinstance(item, Picture) else replace(item, ink="red" if item.ink == "black" else "black")  # type: ignore[arg-type,union-attr,call-arg]


@pytest.mark.parametrize(
    "name", [name for name in REGIONS if name not in ("nameplate", "slogan", "dateline", "tea", "sewing")]
)
def test_a_region_in_another_ink_is_a_change_of_style(name: str) -> None:
    changes = above_reflow(told(with_items(page(), name, recoloured)))
    assert {change.kind for change in changes} == {"style"}
    assert len({(change.side.part, change.story) for change in changes}) == len(changes)


def test_a_run_of_characters_in_another_face_is_told_with_its_text() -> None:
    def other(item: SceneItem) -> SceneItem:
        return replace(item, face="kai") if isinstance(item, GlyphRun) and item is chosen else item

    runs = [item for region in page().page.regions for item in region.items if isinstance(item, GlyphRun)]
    chosen = next(run for run in runs if run.key == "lead/body-2")
    change = only(with_items(page(), "lead", other))
    assert (change.kind, topics(change)) == ("style", {"face"})
    assert change.new is not None
    assert change.new.text == chosen.text


def test_all_paragraphs_in_another_size_are_one_change() -> None:
    def larger(item: SceneItem) -> SceneItem:
        body = isinstance(item, GlyphRun) and item.key.startswith("lead/body")
        return replace(item, size=item.size + 32_768) if isinstance(item, GlyphRun) and body else item

    change = only(with_items(page(), "lead", larger))
    assert (change.kind, topics(change)) == ("style", {"size", "whole"})


def test_an_ink_mixed_otherwise_is_told_once() -> None:
    inks = page().page.inks
    mixed = {**inks, "red": replace(inks["red"], m=9_000)}
    change = only(replace(page(), page=replace(page().page, inks=mixed)))
    assert (change.kind, topics(change)) == ("style", {"ink"})


def test_a_face_from_another_file_is_told_once() -> None:
    faces = page().faces
    name = next(iter(faces))
    change = only(replace(page(), faces={**faces, name: "0" * 64}))
    assert (change.kind, topics(change)) == ("style", {"face"})


def test_an_ink_or_a_face_under_another_name_is_no_change() -> None:
    inks, faces = dict(page().page.inks), dict(page().faces)
    inks["rot"], faces["Song"] = inks.pop("red"), faces.pop(next(iter(page().faces)))
    old = next(iter(page().faces))
    record = page()
    for region in record.page.regions:
        record = with_items(
            record,
            region.id,
            lambda item: _renamed(item, old),
        )
    assert told(replace(record, page=replace(record.page, inks=inks), faces=faces)).changes == ()


def _renamed(item: SceneItem, face: str) -> SceneItem:
    if isinstance(item, GlyphRun) and item.face == face:
        item = replace(item, face="Song")
    if isinstance(item, GlyphRun | Rule | Fill | Art) and item.ink == "red":
        return replace(item, ink="rot")
    return item


def with_picture(change: Callable[[PictureRecord], PictureRecord]) -> PageRecord:
    return replace(page(), pictures={PHOTO: change(page().pictures[PHOTO])})


def other_file(record: PictureRecord) -> PictureRecord:
    return replace(record, sha256="0" * 64)


@pytest.mark.parametrize(
    ("look", "how"),
    [
        (lambda look: bytes(reversed(look)), "swapped"),
        (lambda look: bytes(value // 2 if at % 3 == 2 else value for at, value in enumerate(look)), "recoloured"),
        (lambda look: bytes(max(0, value - 1) for value in look), "saved-again"),
    ],
)
def test_a_picture_is_told_by_content_and_by_look(look: Callable[[bytes], bytes], how: str) -> None:
    change = only(with_picture(lambda record: replace(other_file(record), look=look(record.look))))
    assert (change.kind, change.op, topics(change)) == ("picture", "replace", {how})


def test_another_part_of_a_picture_is_told_as_cropped() -> None:
    def cropped(item: SceneItem) -> SceneItem:
        if not isinstance(item, Picture):
            return item
        left, top, right, bottom = item.crop
        return replace(item, crop=(left, top + 7, right, bottom + 7))

    assert topics(only(with_items(page(), "sewing", cropped))) == {"cropped"}


def test_a_rule_that_moved_in_its_region_is_a_change_of_geometry() -> None:
    def lower(item: SceneItem) -> SceneItem:
        if isinstance(item, Rule):
            return replace(item, rect=replace(item.rect, y=item.rect.y + MM))
        return item

    change = only(with_items(page(), "under-lead", lower))
    assert (change.kind, topics(change)) == ("geometry", {"rule", "place"})


def test_a_page_of_another_size_is_told_once() -> None:
    trim = replace(page().page.trim, height=page().page.trim.height + 10 * MM)
    change = only(replace(page(), page=replace(page().page, trim=trim)))
    assert (change.kind, topics(change)) == ("geometry", {"trim"})


def test_a_page_that_came_is_told_once_beside_its_stories() -> None:
    paper = edition("2024-05-24")
    comparison = compare(Edition("old", paper.pages[:-1]), paper)
    assert [topics(change) for change in comparison.of_class("geometry")] == [{"page"}]
    assert {change.op for change in comparison.of_class("text")} == {"insert"}


def test_what_a_page_says_of_itself_is_told_where_nothing_printed_says_it() -> None:
    change = only(replace(page(), imprint=replace(page().imprint, issue_number=1)))
    assert (change.kind, topics(change)) == ("text", {"imprint"})


def test_a_headline_fitted_anew_is_not_told_as_a_change_of_size() -> None:
    key = "lead/headline"
    longer = with_text(page(), key, page().sources[key].text.replace("工作会议", "工作部署会议"))

    def smaller(item: SceneItem) -> SceneItem:
        return replace(item, size=item.size - 65_536) if isinstance(item, GlyphRun) and item.key == key else item

    change = only(with_items(longer, "lead", smaller))
    assert (change.kind, change.new.text if change.new else "") == ("text", "部署")
