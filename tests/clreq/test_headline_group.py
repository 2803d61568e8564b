"""The headline group and how it is fitted (标题组): TY-90, TY-94, TY-96, in the PDF."""

from itertools import pairwise
from typing import Any, Final

from layout_engine.base.units import pt
from layout_engine.spec.model_regions import HeadlineSpec, StoryRegion
from layout_engine.typography import fitting
from layout_engine.typography.fitting import Setting
from tests.clreq.press import Press, Printed
from tests.clreq.rule import nothing, patched, rule
from tests.clreq.test_headlines import headed
from tests.clreq.test_marks import NEAR
from tests.kit.pages import STYLES, page_of, story, text_style
from tests.pdf.reader import Shown, read_glyphs

GROUP: Final = "layout_engine.page.headline_group."
ASCENT: Final = 0.88
ROW_PT: Final = 12


def grouped(press: Press, kicker: float = 11, headline: float = 22, deck: float = 10) -> Printed:
    """A story whose headline has two lines, with a kicker over it and a deck under it, in these sizes."""
    sizes = {"kicker": kicker, "head": headline, "deck": deck}
    styles = {
        name: text_style(name, size=int(pt(1) * size), leading=pt(30), indent=0, lines_most=2, align="centre")
        for name, size in sizes.items()
    }
    spec = HeadlineSpec(style="head", kicker="kicker", deck="deck")
    region = StoryRegion(id="lead", story="lead", columns="1-2", rows="1-30", headline=spec)
    copy = story("lead", "正文。", kicker="引题在上", headline="春播今日开始\n农机纷纷下地", deck="副题在下")
    return press.page(page_of(region, styles={**STYLES, **styles}), copy)


def lines_of(printed: Printed) -> list[Shown]:
    """The first glyph of each line."""
    glyphs = read_glyphs(printed.pdf)
    return [glyphs[0], *(after for one, after in pairwise(glyphs) if one.y != after.y)]


def gaps(lines: list[Shown]) -> list[float]:
    """Between the em boxes of each two lines, in points."""
    return [(one.y - (1 - ASCENT) * one.size) - (after.y + ASCENT * after.size) for one, after in pairwise(lines)]


@rule("TY-90", off=patched(f"{GROUP}_ORDER", ("deck", "headline", "kicker", "note")))
def test_ty90_the_kicker_stands_over_the_headline_and_the_deck_under_it(press: Press) -> None:
    lines = lines_of(grouped(press))
    assert [one.text for one in lines] == ["引", "春", "农", "副", "正"]
    assert [one.size for one in lines] == [11, 22, 22, 10, 9]
    assert [one.y for one in lines] == sorted((one.y for one in lines), reverse=True)


@rule("TY-90", off=patched(f"{GROUP}_report_ratios", nothing))
def test_ty90_a_kicker_or_deck_out_of_proportion_is_told(press: Press) -> None:
    assert grouped(press).codes.count("headline/part-size") == 0
    assert grouped(press, kicker=16).codes.count("headline/part-size") == 1
    assert grouped(press, kicker=16, deck=6).codes.count("headline/part-size") == 2


@rule("TY-96", off=patched(f"{GROUP}_LINE_GAP", 3))
def test_ty96_the_lines_of_a_headline_stand_an_eighth_to_a_quarter_apart(press: Press) -> None:
    for size in (14, 22, 28):
        lines = lines_of(grouped(press, headline=size))
        assert size / 8 <= gaps(lines)[1] <= size / 4


@rule("TY-96", off=patched(f"{GROUP}_PART_GAP_NUMERATOR", 3))
def test_ty96_kicker_headline_and_deck_stand_a_quarter_to_a_half_of_the_smaller_apart(press: Press) -> None:
    for kicker, deck in ((8, 12), (11, 10), (13, 9)):
        over, _, under, _ = gaps(lines_of(grouped(press, kicker=kicker, deck=deck)))
        assert kicker / 4 <= over <= kicker / 2
        assert deck / 4 <= under <= deck / 2


@rule("TY-96", off=patched(f"{GROUP}HeadlineGroup.rows_needed", lambda group, grid: 3))
def test_ty96_the_group_takes_whole_rows(press: Press) -> None:
    for size in (14, 17, 22, 25):
        printed = grouped(press, headline=size)
        body = lines_of(printed)[-1]
        top = printed.laid.layout.spec.trim.height / 65_536 - 50
        rows = (top - ASCENT * 9 - body.y) / ROW_PT
        assert rows == NEAR(round(rows), abs=0.001)
        assert gaps(lines_of(printed))[-1] >= 0


SETTING_FOR = fitting._setting_for


def narrowed_first(division: Any, pieces: Any, style: Any, width: int) -> Setting | None:
    found = SETTING_FOR(division, pieces, style, width)
    return found and Setting(found.size, found.tracking, style.narrow_least)


@rule("TY-94", off=patched("layout_engine.typography.fitting._setting_for", narrowed_first))
def test_ty94_the_size_gives_way_first_then_the_tracking_then_the_width(press: Press) -> None:
    seen = set()
    for length in range(3, 12):
        printed = headed(press, "春播今日开始农机纷纷下地"[:length], sizes=(10, 20), columns="1", tracking_least=-3,
                         narrow_least=90)  # fmt: skip
        assert "headline/does-not-fit" not in printed.codes
        first, second, *_ = read_glyphs(printed.pdf)
        width = first.advance / first.size
        tracking = (second.x - first.x) / first.size / width - 1
        assert width <= 1.001
        if first.size > 10:
            assert (tracking, width) == (NEAR(0, abs=0.002), NEAR(1, abs=0.002))
        elif width < 0.999:
            assert tracking < -0.025
        seen.add((first.size > 10, tracking < -0.002, width < 0.999))
    assert {(True, False, False)} < seen
