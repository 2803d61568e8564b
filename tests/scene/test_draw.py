"""成像: a line is drawn as runs of one face each; what no face has is a marked box."""

from layout_engine.base.marks import Fill, Rule
from layout_engine.scene.draw import draw
from layout_engine.scene.dump import dump
from layout_engine.scene.items import GlyphRun, Imprint
from layout_engine.spec.model_regions import ArticleRegion, BoxRegion, HeadlineRegion, TintSpec
from tests.kit.pages import EM, Newsroom, page_of, story
from tests.page.test_pour import han

IMPRINT = Imprint("新即墨", "2024-05-21", 3026)
COLUMN = ArticleRegion(id="a", story="a", columns=1, rows="1-9")


def test_a_line_of_one_face_is_one_run_from_its_first_character_to_its_last(newsroom: Newsroom) -> None:
    layout = newsroom.lay_out(page_of(COLUMN), story("a", han(30))).layout
    runs = draw([layout], IMPRINT).pages[0].regions[0].items
    assert [one.text for one in runs if isinstance(one, GlyphRun)] == [han(30)[:10], han(30)[10:22], han(30)[22:]]
    for run in runs:
        assert isinstance(run, GlyphRun)
        assert len(run.starts) == len(run.gids) + 1 == len(run.pens) + 1
        assert run.starts[-1] - run.starts[0] == len(run.text)


def test_glyphs_stand_where_the_line_has_them(newsroom: Newsroom) -> None:
    layout = newsroom.lay_out(page_of(COLUMN), story("a", han(30))).layout
    for line, run in zip(layout.regions[0].lines, draw([layout], IMPRINT).pages[0].regions[0].items, strict=True):
        assert isinstance(run, GlyphRun)
        assert (run.x, run.y, run.pens, run.gids) == (line.x, line.y, line.line.pens, line.paragraph.gids[
            line.line.start : line.line.drawn])  # fmt: skip


def test_a_missing_glyph_is_a_hollow_box_of_one_em_between_two_runs(newsroom: Newsroom) -> None:
    layout = newsroom.lay_out(page_of(COLUMN), story("a", "春ㄅ天")).layout
    before, *box, after = draw([layout], IMPRINT).pages[0].regions[0].items
    assert isinstance(before, GlyphRun)
    assert isinstance(after, GlyphRun)
    assert (before.text, after.text) == ("春", "天")
    rects = [one.rect for one in box if isinstance(one, Rule)]
    assert len(rects) == len(box) == 4
    x, y = before.x + before.pens[0] + EM, before.y - EM * 880 // 1000
    assert (min(one.x for one in rects), min(one.y for one in rects)) == (x, y)
    assert (max(one.right for one in rects), max(one.bottom for one in rects)) == (x + EM, y + EM)
    assert not any(one.overlaps(other) for at, one in enumerate(rects) for other in rects[:at])


def test_a_missing_glyph_of_a_vertical_headline_is_boxed_at_its_place(newsroom: Newsroom) -> None:
    region = HeadlineRegion(id="h", story="a", columns=1, rows="1-20", style="small", direction="vertical")
    layout = newsroom.lay_out(page_of(region), story("a", headline="ㄅ春")).layout
    *box, run = draw([layout], IMPRINT).pages[0].regions[0].items
    assert isinstance(run, GlyphRun)
    (line,) = layout.regions[0].lines
    rects = [one.rect for one in box if isinstance(one, Rule)]
    size = run.size
    assert (min(one.x for one in rects), min(one.y for one in rects)) == (line.x - size // 2, line.y)
    assert max(one.bottom for one in rects) == line.y + size


def test_tint_is_painted_before_the_text_of_its_region_and_of_those_over_it(newsroom: Newsroom) -> None:
    page = page_of(
        ArticleRegion(id="a", story="a", columns=1, rows="2-9", over="box", tint=TintSpec(ink="black", percent=10)),
        BoxRegion(id="box", columns=1, rows="1-10", tint=TintSpec(ink="red", percent=10)),
    )
    scene = draw([newsroom.lay_out(page, story("a", han(30))).layout], IMPRINT)
    items = [type(item) for region in scene.pages[0].regions for item in region.items]
    assert items == [Fill, Fill, GlyphRun, GlyphRun, GlyphRun]


def test_the_dump_names_every_item_and_the_place_of_its_first_glyph(newsroom: Newsroom) -> None:
    page = page_of(
        ArticleRegion(id="a", story="a", columns=1, rows="1-2"),
        HeadlineRegion(id="h", story="a", columns=2, rows="1-20", style="small", direction="vertical"),
    )
    text = dump(draw([newsroom.lay_out(page, story("a", han(12), headline="春ㄅ风")).layout], IMPRINT))
    lines = text.splitlines()
    assert lines[0] == "page 1 要闻 244.83 x 203.55 mm kit-20240521-01.pdf"
    assert lines[1:4] == [
        "  region a article 17.64 17.64 38.1 7.41",
        "    glyphs a/body-1[0:10] kit 9 black 68,57.92 春天的风吹过田野村庄",
        "    glyphs a/body-1[10:12] kit 9 black 50,69.92 河流",
    ]
    spring, *box, wind = lines[5:]
    assert spring.startswith("    glyphs a/headline[0:1] kit 12 vertical black ")
    x, y = spring.split()[-2].split(",")
    assert wind.split()[-2] == f"{x},{float(y) + 24:g}"
    assert len(box) == 4
