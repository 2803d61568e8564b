"""From a place on the page back to the line of the copy: every glyph, picture and rule of the sample pages."""

from collections.abc import Iterator

from layout_engine.base.marks import Picture
from layout_engine.base.units import SU_PER_PT
from layout_engine.final.tracing import trace
from layout_engine.pipeline import ComposedPage, spans_of
from layout_engine.preflight.plane import MM_PER_PT, Box
from layout_engine.scene.items import GlyphRun
from tests.kit.reference import composed

SAMPLE = 37  # every so many glyphs
FOUND_IN = ("2024-05-21", "2024-05-22")


def in_mm(left: float, top: float, right: float, foot: float) -> Box:
    left, top, right, foot = (edge / SU_PER_PT * MM_PER_PT for edge in (left, top, right, foot))
    return left, top, right, foot


def pages() -> Iterator[ComposedPage]:
    for name in FOUND_IN:
        yield from composed(name).pages


def runs(page: ComposedPage) -> list[GlyphRun]:
    return [
        item
        for region in page.scene.pages[0].regions
        for item in region.items
        if isinstance(item, GlyphRun) and item.direction == "horizontal" and item.gids
    ]


def test_a_glyph_leads_to_its_character_in_its_file() -> None:
    looked_at = 0
    for page in pages():
        scene, spans = page.scene, spans_of(page)
        glyphs = [(run, number) for run in runs(page) for number in range(len(run.gids))]
        for run, number in glyphs[::SAMPLE]:
            x, y, em = run.x + run.pens[number], run.y, run.size
            box = in_mm(x + em * 0.3, y - em * 0.6, x + em * 0.4, y - em * 0.2)
            found = trace(box, scene, scene.pages[0], spans)
            assert found is not None
            assert found.span == scene.sources[run.key].span(run.starts[number]), (run.text, number)
            looked_at += 1
    assert looked_at > 100


def test_a_line_leads_to_its_first_character_and_reads_as_it_does() -> None:
    page = next(pages())
    scene = page.scene
    for run in runs(page)[::SAMPLE]:
        box = in_mm(run.x, run.y - run.size * 0.8, run.x + run.pens[-1] + run.size * 0.9, run.y + run.size * 0.1)
        found = trace(box, scene, scene.pages[0], spans_of(page))
        assert found is not None
        assert (found.span, found.text) == (scene.sources[run.key].span(run.starts[0]), run.text)


def test_a_picture_leads_to_where_the_spec_asks_for_it() -> None:
    for page in pages():
        for region in page.scene.pages[0].regions:
            for item in region.items:
                if isinstance(item, Picture):
                    rect = item.rect
                    found = trace(
                        in_mm(rect.x, rect.y, rect.right, rect.bottom), page.scene, page.scene.pages[0], spans_of(page)
                    )
                    assert found is not None
                    assert found.span == item.span


def test_bare_paper_leads_nowhere() -> None:
    page = next(pages())
    assert trace((0.0, 0.0, 1.0, 1.0), page.scene, page.scene.pages[0], spans_of(page)) is None
