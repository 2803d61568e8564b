"""文字账: whatever happens to any one glyph between the layout and the page is found, and its character named."""

import random
from collections.abc import Callable

import msgspec
import pytest

from layout_engine.content.model import PartKind
from layout_engine.scene.draw import draw
from layout_engine.scene.items import GlyphRun, Imprint, Scene, SceneItem
from layout_engine.scene.ledger import Ledger, LedgerEntry, balance
from layout_engine.spec.model_regions import (
    ArticleRegion,
    EarRegion,
    HeadlineRegion,
    HeadlineSpec,
    PhotoRegion,
    StoryRegion,
)
from tests.kit.pages import Newsroom, page_of, photo, story
from tests.kit.reference import composed
from tests.page.test_pour import han

TRIALS = 300
IMPRINT = Imprint("新即墨", "2024-05-21", 3026)
Place = tuple[int, int]  # region, item


def runs_of(scene: Scene) -> list[Place]:
    return [
        (at, number)
        for at, region in enumerate(scene.pages[0].regions)
        for number, item in enumerate(region.items)
        if isinstance(item, GlyphRun)
    ]


def run_at(scene: Scene, place: Place) -> GlyphRun:
    run = scene.pages[0].regions[place[0]].items[place[1]]
    assert isinstance(run, GlyphRun)
    return run


def with_items(scene: Scene, region: int, items: list[SceneItem]) -> Scene:
    """The scene with other items in one region of its first page."""
    page = scene.pages[0]
    regions = list(page.regions)
    regions[region] = msgspec.structs.replace(regions[region], items=tuple(items))
    pages = (msgspec.structs.replace(page, regions=tuple(regions)), *scene.pages[1:])
    return msgspec.structs.replace(scene, pages=pages)


def with_run(scene: Scene, place: Place, *runs: GlyphRun) -> Scene:
    """The scene with these runs in place of one."""
    region, number = place
    items = list(scene.pages[0].regions[region].items)
    items[number : number + 1] = runs
    return with_items(scene, region, items)


def changed(run: GlyphRun, **changes: object) -> GlyphRun:
    return msgspec.structs.replace(run, **changes)


def without(values: tuple[int, ...], at: int) -> tuple[int, ...]:
    return values[:at] + values[at + 1 :]


def doubled(values: tuple[int, ...], at: int) -> tuple[int, ...]:
    return values[: at + 1] + values[at:]


def replaced(values: tuple[int, ...], at: int, value: int) -> tuple[int, ...]:
    return (*values[:at], value, *values[at + 1 :])


def delete(scene: Scene, rng: random.Random) -> Scene:
    """One glyph taken out; its characters are left to a neighbour, or to nobody."""
    place = rng.choice(runs_of(scene))
    run = run_at(scene, place)
    at = rng.randrange(len(run.gids))
    shifts = without(run.shifts, at) if run.shifts else ()
    starts = without(run.starts, at + rng.randrange(2))
    return with_run(
        scene, place, changed(run, gids=without(run.gids, at), pens=without(run.pens, at), starts=starts, shifts=shifts)
    )


def duplicate(scene: Scene, rng: random.Random) -> Scene:
    """One glyph there twice: in its run, or in a run of its own somewhere else."""
    place = rng.choice(runs_of(scene))
    run = run_at(scene, place)
    at = rng.randrange(len(run.gids))
    if rng.randrange(2):
        shifts = doubled(run.shifts, at) if run.shifts else ()
        starts = (*run.starts[: at + 2], *run.starts[at + 1 :])
        return with_run(
            scene,
            place,
            changed(run, gids=doubled(run.gids, at), pens=doubled(run.pens, at), starts=starts, shifts=shifts),
        )
    alone = changed(
        run,
        gids=run.gids[at : at + 1],
        pens=run.pens[at : at + 1],
        starts=run.starts[at : at + 2],
        shifts=run.shifts[at : at + 1],
        text=run.text[run.starts[at] - run.starts[0] : run.starts[at + 1] - run.starts[0]],
        marks=(),
    )
    other = rng.choice(runs_of(scene))
    return with_run(scene, other, run_at(scene, other), alone)


def swap(scene: Scene, rng: random.Random) -> Scene:
    """Two different glyphs change places, in one run or between two."""
    while True:
        one, other = rng.choice(runs_of(scene)), rng.choice(runs_of(scene))
        here, there = run_at(scene, one), run_at(scene, other)
        at, to = rng.randrange(len(here.gids)), rng.randrange(len(there.gids))
        if here.gids[at] != there.gids[to]:
            break
    if one == other:
        gids = replaced(replaced(here.gids, at, here.gids[to]), to, here.gids[at])
        return with_run(scene, one, changed(here, gids=gids))
    first = with_run(scene, one, changed(here, gids=replaced(here.gids, at, there.gids[to])))
    return with_run(first, other, changed(there, gids=replaced(there.gids, to, here.gids[at])))


def move(scene: Scene, rng: random.Random) -> Scene:
    """One glyph, or a whole run, off its place by as little as one su."""
    place = rng.choice(runs_of(scene))
    run = run_at(scene, place)
    at, by = rng.randrange(len(run.gids)), rng.choice((-1, 1)) * rng.choice((1, 100, 65_536))
    shifts = run.shifts or (0,) * len(run.gids)
    moved = rng.choice(
        (
            {"pens": replaced(run.pens, at, run.pens[at] + by)},
            {"shifts": replaced(shifts, at, shifts[at] + by)},
            {"x": run.x + by},
            {"y": run.y + by},
        )
    )
    return with_run(scene, place, changed(run, **moved))


def order(scene: Scene, rng: random.Random) -> Scene:
    """Two runs of one part drawn in the wrong order."""
    while True:
        region, number = rng.choice(runs_of(scene))
        items = list(scene.pages[0].regions[region].items)
        after = items[number + 1] if number + 1 < len(items) else None
        if isinstance(after, GlyphRun) and after.key == run_at(scene, (region, number)).key:
            items[number], items[number + 1] = items[number + 1], items[number]
            return with_items(scene, region, items)


def dress(scene: Scene, rng: random.Random) -> Scene:
    """A run in another face, size, width or ink, or with other words than those it stands for."""
    place = rng.choice(runs_of(scene))
    run = run_at(scene, place)
    change = rng.choice(
        (
            {"face": "other"},
            {"size": run.size + 1},
            {"narrow": run.narrow - 1},
            {"ink": "none"},
            {"text": f"{run.text}。"},
        )
    )
    return with_run(scene, place, changed(run, **change))


def drop_run(scene: Scene, rng: random.Random) -> Scene:
    return with_run(scene, rng.choice(runs_of(scene)))


def test_the_scene_as_it_was_drawn_balances() -> None:
    page = composed().pages[0]
    balanced = balance(page.scene, [page.layout])
    assert balanced.diagnostics == ()
    for entry in balanced.ledger.entries:
        assert entry.characters == entry.placed + entry.left_over + entry.dropped


@pytest.mark.parametrize("harm", [delete, duplicate, swap, move, order, dress, drop_run])
def test_no_harm_to_any_glyph_goes_unnoticed(harm: Callable[[Scene, random.Random], Scene]) -> None:
    page = composed().pages[0]
    rng = random.Random(harm.__name__)
    for trial in range(TRIALS if harm in (delete, duplicate, swap, move) else TRIALS // 6):
        harmed = harm(page.scene, rng)
        found = balance(harmed, [page.layout]).diagnostics
        assert found, f"trial {trial}"
        assert all(one.severity == "error" for one in found)
        files = {source.file for source in page.scene.sources.values()}
        assert all(one.span is not None and one.span.file in files for one in found), "the character is named"


def test_a_glyph_from_nowhere_is_found(newsroom: Newsroom) -> None:
    layout = newsroom.lay_out(
        page_of(ArticleRegion(id="a", story="a", columns=1, rows="1-9")), story("a", han(30))
    ).layout
    scene = draw([layout], IMPRINT)
    run = run_at(scene, runs_of(scene)[0])
    found = balance(with_run(scene, runs_of(scene)[0], run, changed(run, key="nobody/body-1")), [layout]).diagnostics
    assert [one.code for one in found] == ["ledger/unknown-source"]


def test_what_is_over_is_left_over_to_the_character(newsroom: Newsroom) -> None:
    page = page_of(StoryRegion(id="a", story="a", columns=1, rows="1-3"))
    layout = newsroom.lay_out(page, story("a", han(34), han(34))).layout
    ledger = balance(draw([layout], IMPRINT), [layout]).ledger
    assert [(one.placed, one.left_over, one.dropped) for one in ledger.entries] == [(34, 0, 0), (0, 34, 0)]
    assert ledger.by_story()["a"].left_over == 34


def test_a_story_a_photo_and_regions_of_one_name_have_sums_of_their_own() -> None:
    def entry(key: str, kind: PartKind, characters: int) -> LedgerEntry:
        return LedgerEntry(key, "water", "", characters, characters, 0, 0, kind=kind)

    ledger = Ledger(
        (
            entry("page-1/water/text", "typed", 1),
            entry("water/headline", "headline", 2),
            entry("water/body-1", "body", 4),
            entry("water/left-out", "body", 8),
            entry("page-1/sea/caption", "caption", 16),
            entry("page-1/sea/credit", "credit", 32),
            entry("page-2/water/lines[0]", "typed", 64),
        )
    )
    assert {name: one.characters for name, one in ledger.by_story().items()} == {
        "page-1/water": 1,
        "water": 14,
        "photos/water": 48,
        "page-2/water": 64,
    }


def test_a_photo_may_stand_twice_on_a_page(newsroom: Newsroom) -> None:
    regions = [PhotoRegion(id=f"sea-{n}", photo="sea", columns=n, rows="1-12") for n in (1, 2)]
    layout = newsroom.lay_out(page_of(*regions), photo("sea", caption="图为海边。", credit="（王静）")).layout
    balanced = balance(draw([layout], IMPRINT), [layout])
    assert balanced.diagnostics == ()
    assert [one.placed for one in balanced.ledger.entries] == [5, 4, 5, 4]


def test_spaces_at_line_ends_and_line_breaks_are_dropped_on_purpose(newsroom: Newsroom) -> None:
    page = page_of(EarRegion(id="e", columns="1-2", rows="1-5", text="走在前\n显担当 \n", style="typed"))
    layout = newsroom.lay_out(page).layout
    (entry,) = balance(draw([layout], IMPRINT), [layout]).ledger.entries
    assert (entry.characters, entry.placed, entry.left_over, entry.dropped) == (9, 6, 0, 3)


def test_a_character_without_a_face_is_accounted_for(newsroom: Newsroom) -> None:
    headline = HeadlineSpec(style="head")
    page = page_of(StoryRegion(id="a", story="a", columns="1-2", rows="1-12", headline=headline))
    laid = newsroom.lay_out(page, story("a", "春天ㄅ的风。", headline="春风ㄅ"))
    balanced = balance(draw([laid.layout], IMPRINT), [laid.layout])
    assert "face/missing-character" in laid.codes
    assert balanced.diagnostics == ()
    assert [one.dropped for one in balanced.ledger.entries] == [1, 1]


def test_a_glyph_that_stands_otherwise_than_the_layout_has_it_is_found(newsroom: Newsroom) -> None:
    """Vertical setting: turned, across and upright glyphs each have their own look."""
    region = HeadlineRegion(id="h", story="a", columns=1, rows="1-30", style="small", direction="vertical")
    layout = newsroom.lay_out(page_of(region), story("a", headline="甲C919乙24日")).layout
    scene = draw([layout], IMPRINT)
    assert "ledger/wrong-glyph" not in {one.code for one in balance(scene, [layout]).diagnostics}
    for place in runs_of(scene):
        run = run_at(scene, place)
        for other in {"upright", "turned", "across"} - {run.posture}:
            found = balance(with_run(scene, place, changed(run, posture=other)), [layout]).diagnostics
            assert "ledger/wrong-glyph" in {one.code for one in found}
