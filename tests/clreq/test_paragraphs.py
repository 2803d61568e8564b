"""Paragraphs (段落): TY-60 to TY-66."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from layout_engine.base.units import pt
from layout_engine.page.pour import Block, PouredLine
from layout_engine.spec.model_regions import PhotoRegion
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import SetLine, ShapedParagraph
from tests.clreq.measure import Line, ink_box
from tests.clreq.press import Press, Printed
from tests.clreq.rule import Switch, patched, rule, styled
from tests.clreq.test_marks import NEAR, close
from tests.clreq.texts import SWEEP
from tests.kit.pages import EM, ROW, STYLES, grid, page_of, photo, text_style

ROW_PT = ROW / 65_536
POUR = "layout_engine.page.pour."


def rows(printed: Printed) -> list[float]:
    """The baselines, counted in rows from the first."""
    first = printed.lines[0].baseline
    return [(first - line.baseline) / ROW_PT for line in printed.lines]


@rule("TY-60", off=styled(indent=0))
def test_ty60_a_paragraph_begins_two_em_from_the_left_and_its_lines_at_the_edge(press: Press) -> None:
    first, second, *_ = press.set(SWEEP * 2, measure=12, indent=2 * EM)
    assert (first.glyphs[0].x, second.glyphs[0].x) == (close(2), close(0))
    quoted = press.set(f"“{SWEEP}”", measure=12, indent=2 * EM)[0]
    assert quoted.at(SWEEP[0]) == close(2.5)  # the indent stays two, the mark gives its blank (TY-24)


@rule("TY-61", off=Switch(copy=((f"{SWEEP}二", f"## {SWEEP}"),)))
def test_ty61_no_space_stands_between_paragraphs(press: Press) -> None:
    printed = press.column(SWEEP * 2, f"{SWEEP}二", SWEEP, measure=12)
    steps = [below - above for above, below in pairwise(rows(printed))]
    assert steps == [NEAR(1, abs=0.001)] * len(steps)


def han_at_the_end(line: Line) -> int:
    """Han on a last line; a western word or number counts as two."""
    if any(c.isascii() and c.isalnum() for c in line.text):
        return 2
    return sum("\u4e00" <= c <= "\u9fff" for c in line.text)


@rule("TY-62", off=patched("layout_engine.typography.weighing._RUNT", 0))
def test_ty62_the_last_line_has_two_han_at_least(press: Press) -> None:
    for measure in range(10, 21):  # below, a line of one character less is opened by more than an eighth of an em
        for length in range(2 * measure, 3 * measure):
            last = press.set((SWEEP * 3)[: length - 1] + "。", measure=measure)[-1]
            if length % measure:  # else the mark alone is over, and goes into the line above
                assert han_at_the_end(last) >= 2, (measure, length, last)


def text_of(column: list[Line]) -> list[str]:
    return [line.text for line in column]


def columns_of(printed: Printed) -> list[list[Line]]:
    """The lines column by column: the pen goes up where a new one begins."""
    found: list[list[Line]] = [[]]
    for above, line in zip([None, *printed.lines], printed.lines, strict=False):
        if above is not None and line.baseline > above.baseline:
            found.append([])
        found[-1].append(line)
    return found


# Three lines and a short one, so that the short one would stand at the head of the second column.
SHORT_END = SWEEP[:12] * 3 + "汉字。"


@rule("TY-63", off=patched(f"{POUR}_WIDOW", 0))
def test_ty63_no_short_last_line_stands_alone_at_a_column_head(press: Press) -> None:
    printed = press.column(SHORT_END, SWEEP, measure=12, columns=4, rows=3)
    second = columns_of(printed)[1]
    assert second[0].text != "汉字。", printed.lines
    assert "page/widow" not in printed.codes


@rule("TY-63", off=patched(f"{POUR}_ORPHAN", 0))
def test_ty63_no_first_line_stands_alone_at_a_column_foot(press: Press) -> None:
    copy = SWEEP[:10] + SWEEP[:12] + SWEEP[:11]  # three lines, and the second paragraph would begin in the last row
    printed = press.column(copy, SWEEP * 2, measure=12, columns=3, rows=4, indent=2 * EM)
    assert columns_of(printed)[0][-1].glyphs[0].x != close(2)


@rule("TY-63", off=patched(f"{POUR}_ROWS_UNDER_CROSSHEAD", 0))
def test_ty63_a_crosshead_has_two_lines_under_it(press: Press) -> None:
    for rows_ in range(4, 9):
        printed = press.column(SWEEP * 2, "## 小标题", SWEEP * 4, measure=12, columns=3, rows=rows_)
        for column in columns_of(printed):
            texts = text_of(column)
            if "小标题" in texts:
                assert len(texts) - texts.index("小标题") > 2


def byline_below(byline: ShapedParagraph, block: Block, before: SetLine) -> Iterator[PouredLine]:
    """The byline always on a line of its own."""
    yield PouredLine(byline, block.style, block.byline_ink, set_single_line(byline), None)


@rule("TY-64", off=patched(f"{POUR}_byline", byline_below))
def test_ty64_the_byline_stands_at_the_right_of_the_last_line_where_an_em_is_free(press: Press) -> None:
    beside = press.set(SWEEP[:12] + SWEEP[:4], measure=12, byline="（王静）")[-1]
    assert beside.text == f"{SWEEP[:4]}（王静）"
    assert beside.glyphs[-1].x + 0.5 == close(12)
    assert beside.distance(SWEEP[3], "王") > 2
    below = press.set(SWEEP[:12] + SWEEP[:9], measure=12, byline="（王静）")[-1]
    assert below.text == "（王静）"
    assert below.glyphs[-1].x + 0.5 == close(12)


@rule("TY-66", off=Switch(copy=(("## ", ""),)))
def test_ty66_a_crosshead_takes_its_rows_and_stands_in_their_middle(press: Press) -> None:
    printed = press.column(SWEEP[:9], "## 小标题", SWEEP[:9], measure=12)
    assert rows(printed) == [0, NEAR(1.5, abs=0.001), NEAR(3, abs=0.001)]
    line = printed.lines[1]
    assert line.glyphs[0].x == close(12 - line.right)


@rule("TY-62", off=patched("layout_engine.typography.weighing._WESTERN_CLASS", -1))
def test_ty62_a_western_word_or_number_counts_as_two_han(press: Press) -> None:
    for end in ("AB。", "24。", "A。"):
        first, last = press.set(f"{(SWEEP * 2)[:24]}{end}", measure=24)
        assert (len(first.text), last.text) == (24, end)


@rule("TY-62", off=patched("layout_engine.typography.weighing._RUNT", 0))
def test_ty62_a_bracket_does_not_make_a_word_of_one_han(press: Press) -> None:
    *_, last = press.set(f"{SWEEP[:15]}编辑记者新闻头条要闻（图）", measure=13)
    assert han_at_the_end(last) >= 2
    *_, last = press.set(f"{SWEEP[:15]}编辑记者新闻头条要闻(图)", measure=13)
    assert han_at_the_end(last) >= 2


NAMES_LOOSE = patched("layout_engine.typography.shape._keep_names_whole", lambda *_: frozenset())


@rule("TY-64", off=NAMES_LOOSE)
def test_ty64_a_name_of_two_characters_is_padded_to_three(press: Press) -> None:
    last = press.set(SWEEP[:9], measure=24, byline="（王静 周程林）")[-1]
    assert last.text.endswith("（王静 周程林）")
    assert last.distance("王", "静") == close(2)
    assert last.distance("周", "程") == close(1)


@rule("TY-64", off=NAMES_LOOSE)
def test_ty64_no_line_ends_inside_a_name(press: Press) -> None:
    names = ("王静", "周程林", "刘云睿")
    for measure in range(6, 14):
        lines = press.set(SWEEP[:5], measure=measure, byline="（记者 王静 通讯员 周程林 刘云睿）")
        assert all(any(name in line.text for line in lines) for name in names), measure


@rule("TY-64", off=styled(strong_dateline=False))
@pytest.mark.parametrize("dateline", ["本报讯", "本报北京5月20日电", "新华社青岛5月20日电"])
def test_ty64_a_dateline_is_set_in_the_face_of_strong(press: Press, dateline: str) -> None:
    line = press.set(f"{dateline}（记者 王静）{SWEEP}", measure=30, strong_dateline=True, strong="hei-bold")[0]
    assert line.text.startswith(dateline)
    fonts = [glyph.font for glyph in line.glyphs]
    strong = {font for glyph, font in zip(line.glyphs[: len(dateline)], fonts, strict=False) if glyph.text}
    assert len(strong) == 1
    assert strong.isdisjoint(fonts[len(dateline) :])


CAPTION = "图为五月二十日上午，即墨区农技人员在田间指导春播，农机纷纷下地"


def captioned(press: Press, measure: int, caption: str = CAPTION) -> list[Line]:
    """A picture's caption and credit, in Kai and a size of 7.5 pt."""
    style = press.dress(text_style("caption", face="kai", size=pt(7.5), indent=0))
    region = PhotoRegion(id="photo", photo="photo", columns="1", rows="1-30")
    on = grid(columns=1, measure=measure)
    copy = photo("photo", 400, 100, caption, "（王静 摄）")
    return press.page(page_of(region, on=on, styles={**STYLES, "caption": style}), copy).lines


@rule("TY-65", off=styled(size_least=EM, size_most=EM))
def test_ty65_a_caption_is_set_a_point_to_one_and_a_half_below_the_body_where_the_house_says_so(press: Press) -> None:
    assert {glyph.size for line in captioned(press, 20) for glyph in line.glyphs} == {7.5}


@rule("TY-65", off=styled(face="song"))
def test_ty65_a_caption_is_set_in_the_face_of_its_style(press: Press) -> None:
    printed = press.column("农", face="song")
    assert caption_ink(press) != ink_box(printed.pdf, printed.lines[0].glyphs[0])


def caption_ink(press: Press) -> tuple[float, float, float, float]:
    """The ink of 农 in a caption."""
    style = press.dress(text_style("caption", face="kai", indent=0))
    region = PhotoRegion(id="photo", photo="photo", columns="1", rows="1-30")
    printed = press.page(page_of(region, styles={**STYLES, "caption": style}), photo("photo", 400, 100, "农"))
    return ink_box(printed.pdf, printed.lines[0].glyphs[0])


def credit_below(shaped: Any) -> Any:
    return msgspec.structs.replace(REAL_SINGLE(shaped), width=1 << 30)


REAL_SINGLE = set_single_line


@rule("TY-65", off=patched("layout_engine.page.regions.photo.set_single_line", credit_below))
def test_ty65_the_credit_stands_in_its_brackets_at_the_end_of_the_last_line(press: Press) -> None:
    for measure in (20, 24, 32):
        *_, end = captioned(press, measure)
        assert end.text.endswith("（王静 摄）")
        assert end.text != "（王静 摄）"
        assert len({glyph.size for glyph in end.glyphs}) == 1
        last = end.glyphs[-1]
        assert last.x + last.drawn / 2 == NEAR(measure, abs=0.02)  # the closing bracket gives its blank


@rule("TY-65", off=patched("layout_engine.typography.weighing._RUNT", 0))
def test_ty65_the_last_line_of_a_caption_has_two_han_at_least(press: Press) -> None:
    for length in range(30, 50):
        lines = [line.text.removesuffix("（王静 摄）") for line in captioned(press, 15, (SWEEP * 3)[:length])]
        last = [text for text in lines if text][-1]
        assert len(last) >= 2, length
