"""Classes, width and place of marks (标点的字幅与字面): TY-01 to TY-19."""

from itertools import pairwise

import pytest
from PIL import Image

from layout_engine.base.units import SU_PER_PT
from layout_engine.spec.resolved import LineRules
from tests.clreq.measure import Line, ink_box, inked, raster, read_by_pdfium
from tests.clreq.off import HALF_CELLS, NO_CELLS, NO_PAIRED_BANGS, NO_PAIRS, NO_SQUEEZE, NOT_JOINED, WHOLE_CELLS, both
from tests.clreq.press import BODY_PT, Press, Printed
from tests.clreq.rule import Switch, patched, rule, styled
from tests.kit.pages import GRID
from tests.pdf.reader import read_glyphs
from tests.pdf.scenes import content_of

NEAR = pytest.approx
TOLERANCE = 0.01  # em, TY §0
CENTRE = 0.38  # of the em box, which reaches from -0.12 to 0.88


def close(value: float) -> object:
    return NEAR(value, abs=TOLERANCE)


def wide(line: Line, text: str) -> float:
    """How much room `text` takes between a 汉 before it and a 字 after it."""
    assert line.text == f"汉{text}字"
    return line.distance("汉", "字") - 1


def ink(printed: Printed, line: Line, text: str) -> tuple[float, float, float, float]:
    """The ink of a glyph, in em from the line's left edge and from its baseline."""
    glyph = line.glyph(text)
    left, bottom, right, top = ink_box(printed.pdf, glyph)
    return glyph.x + left, bottom, glyph.x + right, top


def test_two_readers_of_the_file_agree(press: Press) -> None:
    printed = press.column("今年以来，“十四五”项目C919、增长18.4%。", measure=9)
    ours = [(one.text, one.x, one.y) for one in read_glyphs(printed.pdf)]
    theirs = [one for one in read_by_pdfium(printed.pdf) if one[0] not in "\r\n"]
    assert [text for text, _, _ in ours] == [text for text, _, _ in theirs]
    for (_, x, y), (_, their_x, their_y) in zip(ours, theirs, strict=True):
        assert (x, y) == (NEAR(their_x, abs=0.01), NEAR(their_y, abs=0.01))


def test_the_body_is_set_at_nine_points_from_the_left_edge(press: Press) -> None:
    (line,) = press.set("汉字")
    assert [glyph.size for glyph in line.glyphs] == [BODY_PT, BODY_PT]
    assert line.glyphs[0].x == 0
    assert GRID.type_area.x == 50 * SU_PER_PT


@rule("TY-01", off=NO_CELLS)
@pytest.mark.parametrize("character", "々〇あア①㈠Ⅷ＃＆＝Ａ１·")
def test_ty01_every_character_takes_the_cell_of_its_class(press: Press, character: str) -> None:
    cells = [wide(press.set(f"汉{one}字")[0], one) for one in (character, "·")]
    assert cells == [close(0.5 if character == "·" else 1), close(0.5)]


@rule("TY-02", off=patched("layout_engine.typography.itemize._quote", lambda text, kinds, at: kinds[at]))
def test_ty02_quotes_inside_a_western_phrase_are_western(press: Press) -> None:
    (line,) = press.set("say “yes” it’s now")
    assert all(line.glyph(quote).drawn < 0.5 for quote in "“”’")


@rule("TY-02", off=patched("layout_engine.typography.itemize._QUOTES", ()) | NO_CELLS | patched(
    "layout_engine.typography.itemize._AMBIGUOUS", ()) | Switch(copy=(("“", '"'), ("”", '"'))))
def test_ty02_quotes_between_chinese_and_western_are_full_width(press: Press) -> None:
    (line,) = press.set("甲“ABC”乙")
    alone = press.set("ABC")[0].right
    assert line.distance("甲", "乙") == close(3 + alone)


@rule("TY-03", off=WHOLE_CELLS)
def test_ty03_ambiguous_characters_follow_the_table(press: Press) -> None:
    cells = {"“": 1, "…": 1, "—": 1, "·": 0.5, "①": 1, "Ⅷ": 1}
    for character, cell in cells.items():
        (line,) = press.set(f"汉{character}字")
        assert wide(line, character) == close(cell)
    (line,) = press.set("汉α字")
    assert line.glyph("α").drawn < 0.8
    assert line.distance("汉", "字") < 2.4


@rule("TY-04", off=Switch(copy=(("”甲“", "“甲”"),)))
def test_ty04_the_direction_of_quotes_is_the_copys(press: Press) -> None:
    (line,) = press.set('他说”甲“，又说"乙"')
    assert line.text == '他说”甲“，又说"乙"'


@rule("TY-10", off=patched("layout_engine.typography.glyphs._features", lambda *_: {"vert": True}))
@pytest.mark.parametrize("mark", "，。、；：？！")
def test_ty10_marks_of_the_mainland_stand_lower_left(press: Press, mark: str) -> None:
    marks = f"，{mark}"
    for one in marks:
        printed = press.column(f"汉{one}字")
        left, bottom, right, top = ink(printed, printed.lines[0], one)
        assert left >= 1
        assert right < 1.5
        assert top < 0.4 or one in "；：？！"
        assert bottom < 0.1


@rule("TY-11", off=styled(rules=LineRules(marks="half")))
@pytest.mark.parametrize("mark", "，、；：”》）“《（")
def test_ty11_a_lone_mark_between_han_keeps_one_em(press: Press, mark: str) -> None:
    assert wide(press.set(f"汉{mark}字")[0], mark) == close(1)


def strip(printed: Printed, line: Line) -> Image.Image:
    """The two em after the first character, from the baseline up."""
    x, y = 50 + BODY_PT, line.baseline
    return raster(printed.pdf, 1200, (x, y, x + 2 * BODY_PT, y + BODY_PT))


def middle(image: Image.Image) -> float:
    """The middle of the ink of a strip, in em above the baseline."""
    rows = [at for at, ink in enumerate(inked(image, "y")) if ink]
    return 1 - (rows[0] + rows[-1] + 1) / 2 / image.height


@rule("TY-12", off=NOT_JOINED)
@pytest.mark.parametrize("face", ["song", "hei", "kai"])
def test_ty12_the_dash_takes_two_em_in_one_joined_stroke_at_the_centre(press: Press, face: str) -> None:
    printed = press.column("汉——字", face=face)
    (line,) = printed.lines
    assert wide(line, "——") == close(2)
    image = strip(printed, line)
    columns = [at for at, ink in enumerate(inked(image, "x")) if ink]
    assert columns == list(range(columns[0], columns[-1] + 1))  # no gap
    assert len(columns) / image.width * 2 == NEAR(2, abs=0.15)  # Noto's stroke leaves 0.07 em at either end
    assert middle(image) == NEAR(CENTRE, abs=0.04)


@rule("TY-12", off=both(NO_PAIRS, HALF_CELLS))
@pytest.mark.parametrize("ellipsis", ["……", "⋯⋯"])
def test_ty12_the_ellipsis_takes_two_em_with_six_dots_at_the_centre(press: Press, ellipsis: str) -> None:
    printed = press.column(f"汉{ellipsis}字")
    (line,) = printed.lines
    assert wide(line, ellipsis) == close(2)
    image = strip(printed, line)
    columns = inked(image, "x")
    dots = [at for at, (before, here) in enumerate(pairwise([False, *columns])) if here > before]
    pitches = [after - before for before, after in pairwise(dots)]
    assert len(dots) == 6
    assert max(pitches) - min(pitches) <= 0.02 * image.width / 2  # as far from each other across the joint as within
    assert middle(image) == NEAR(CENTRE, abs=0.04)


@rule("TY-13", off=HALF_CELLS)
def test_ty13_two_ellipses_take_four_em(press: Press) -> None:
    assert wide(press.set("汉…………字")[0], "…………") == close(4)


@rule("TY-14", off=NO_PAIRED_BANGS)
@pytest.mark.parametrize(
    ("run", "width"), [("？？", 1), ("！！", 1), ("？！", 1), ("！？", 1), ("！！！", 2), ("？！？！", 2)]
)
def test_ty14_a_run_of_question_and_exclamation_takes_one_em_for_two(press: Press, run: str, width: int) -> None:
    printed = press.column(f"汉{run}字")
    (line,) = printed.lines
    assert wide(line, run) == close(width)
    first, second = (line.glyphs[at] for at in (1, 2))
    assert first.x + ink_box(printed.pdf, first)[2] < second.x + ink_box(printed.pdf, second)[0]  # no ink on ink


@rule("TY-15", off=NO_CELLS)
@pytest.mark.parametrize("face", ["song", "hei", "kai"])
def test_ty15_the_interpunct_takes_half_an_em_and_is_centred(press: Press, face: str) -> None:
    printed = press.column("汉·字", face=face)
    (line,) = printed.lines
    assert wide(line, "·") == close(0.5)
    left, _, right, _ = ink(printed, line, "·")
    assert (left + right) / 2 == NEAR(1.25, abs=0.03)


@rule("TY-16", off=NO_CELLS)
@pytest.mark.parametrize(("sign", "cell"), [("-", 0.5), ("–", 0.5), ("—", 1), ("～", 1), ("/", 0.5), ("／", 0.5)])
def test_ty16_connectors_and_solidus_take_their_cells_and_are_centred(press: Press, sign: str, cell: float) -> None:
    for one, width in ((sign, cell), ("-", 0.5)):
        printed = press.column(f"汉{one}字")
        (line,) = printed.lines
        assert wide(line, one) == close(width)
        left, _, right, _ = ink(printed, line, one)
        assert (left + right) / 2 == NEAR(1 + width / 2, abs=0.03)


@rule("TY-17", off=styled(half_digits=False))
def test_ty17_digits_take_half_an_em_each(press: Press) -> None:
    (line,) = press.set("0123456789")
    assert [pitch for _, pitch in line.pitches] == [close(0.5)] * 9
    assert all(glyph.drawn == close(0.5) for glyph in line.glyphs)  # glyphs of that width, not others moved together


@rule("TY-18", off=patched("layout_engine.typography.glyphs._features", lambda *_: {"pwid": True}) | NO_CELLS)
@pytest.mark.parametrize("quote", "“”‘’")
def test_ty18_chinese_quotes_have_their_blank_outside(press: Press, quote: str) -> None:
    printed = press.column(f"汉{quote}字")
    (line,) = printed.lines
    assert wide(line, quote) == close(1)
    left, _, right, _ = ink(printed, line, quote)
    assert (left >= 1.5) if quote in "“‘" else (right <= 1.5)


@rule("TY-19", off=patched("layout_engine.typography.glyphs._SPACING_OFF", {"palt": True, "kern": True}))
def test_ty19_the_spacing_features_of_the_face_are_off(press: Press) -> None:
    (line,) = press.set("汉字、汉，字（汉）字。汉")
    assert all(glyph.drawn == 1 for glyph in line.glyphs)
    assert [gap for gap in line.gaps if abs(gap) > TOLERANCE] == []


@rule("TY-19", off=NO_SQUEEZE)
def test_ty19_a_squeezed_mark_is_the_same_glyph_moved_and_not_scaled(press: Press) -> None:
    alone, chain = press.column("汉“字"), press.column("汉：“字")
    (before,), (after,) = alone.lines, chain.lines
    assert ink_box(alone.pdf, before.glyph("“")) == ink_box(chain.pdf, after.glyph("“"))
    assert before.glyph("“").drawn == after.glyph("“").drawn == 1
    assert " Tz" not in content_of(chain.pdf)
    assert wide(after, "：“") == close(1.5)
