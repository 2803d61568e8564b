"""Fitting a line (行内调整): TY-50 to TY-57."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from layout_engine.spec.model_regions import ArticleRegion
from layout_engine.typography import breaker, justify
from layout_engine.typography.weighing import Weighing
from tests.clreq.measure import Line, ink_box
from tests.clreq.off import NO_SQUEEZE, NO_TIES, NOT_FILLED, NOT_SQUEEZED
from tests.clreq.press import BODY_PT, Press
from tests.clreq.rule import patched, rule, styled
from tests.clreq.test_marks import NEAR, TOLERANCE, close
from tests.clreq.texts import HARD, MEASURES, SWEEP, sweep
from tests.kit.pages import EM, grid, page_of, story

_MARKS = frozenset("。？！，、；：“”‘’（）《》〈〉【】「」『』")
_JUSTIFY = "layout_engine.typography.justify."


def fitted(press: Press, copy: str, measure: int) -> Iterator[tuple[Line, list[tuple[str, str, float]], bool]]:
    """Each line with, for each two glyphs, how much further apart they stand than naturally; and if it is the last."""
    (natural,) = press.set(copy, measure=2000)
    origin = {}
    at = 0
    for glyph in natural.glyphs:
        origin[at] = glyph.x
        at += len(glyph.text)
    place = 0
    lines = press.set(copy, measure=measure)
    for number, line in enumerate(lines):
        place = copy.index(line.text, place)
        changes = []
        for one, after in pairwise(line.glyphs):
            change = after.x - one.x - (origin[place + len(one.text)] - origin[place])
            changes.append((one.text, after.text, change))
            place += len(one.text)
        yield line, changes[1:] if line.text[0] in _MARKS else changes, number == len(lines) - 1


@rule("TY-50", off=NOT_FILLED)
def test_ty50_every_line_but_the_last_ends_at_the_measure(press: Press) -> None:
    for measure in MEASURES:
        for copy in HARD:
            for line, below in pairwise(press.set(copy, measure=measure)):
                last = line.glyphs[-1]
                end = last.x + (0.5 if last.text in _MARKS else last.drawn)
                rigid = line.text.isascii() or line.text[-2:] in ("？！", "！？", "！！")  # TY-45, TY-25
                rigid = rigid or (last.text + below.text[0]).isascii()  # a divided address: kerned to what follows
                if not rigid and last.text not in "·～——……":  # those do not fill their cells
                    assert end * BODY_PT == NEAR(measure * BODY_PT, abs=0.0101), line


@rule("TY-50", off=styled(size_least=EM + EM // 20, size_most=EM + EM // 20))
def test_ty50_a_line_of_han_stands_on_the_cell_grid(press: Press) -> None:
    for measure in MEASURES:
        for line in press.set((SWEEP * 2)[:measure] * 3 + SWEEP[:5], measure=measure):
            assert [glyph.x for glyph in line.glyphs] == [close(at) for at in range(len(line.glyphs))]


def cells(line: Line) -> dict[str, float]:
    """What the marks and the joints with western take in `汉（字）版，行A文。报`, from the Han around them."""
    x = {one: line.at(one) for one in "汉字版行文报"}
    letter, digits = line.at("A"), line.distance("A", "文")
    return {
        "open": x["字"] - x["汉"] - 1,
        "close": x["版"] - x["字"] - 1,
        "comma": x["行"] - x["版"] - 1,
        "before": letter - x["行"] - 1,
        "western": digits,
        "stop": x["报"] - x["文"] - 1,
    }


def reversed_shrink(shaped: Any, *given: Any) -> Any:
    return SHRINK(msgspec.structs.replace(shaped, shrinks=shaped.shrinks[::-1]), *given)


SHRINK = justify._shrink


@rule("TY-51", off=patched(f"{_JUSTIFY}_shrink", reversed_shrink))
@pytest.mark.parametrize(
    ("western", "measure", "bracket", "comma", "autospace", "stop"),
    [
        ("A", 11, None, 1, 0.25, 1),  # brackets give equally
        ("A", 10, 0.5, None, 0.25, 1),  # then commas
        ("A1", 10, 0.5, 0.5, None, 1),  # then autospace
        ("A11", 10, 0.5, 0.5, 0.125, None),  # then stops
    ],
)
def test_ty51_each_step_of_squeezing_is_used_up_before_the_next(
    press: Press,
    western: str,
    measure: int,
    bracket: float | None,
    comma: float | None,
    autospace: float | None,
    stop: float | None,
) -> None:
    copy = f"汉（字）版，行{western}文。报"
    (line,) = press.set(copy, measure=measure)
    (natural,) = press.set(copy, measure=20)
    assert line.right == close(measure)
    found, free = cells(line), cells(natural)
    given = free["western"] - found["western"]
    assert found["open"] == close(found["close"])
    assert 0.25 - found["before"] == close(given)
    for name, cell in (("open", bracket), ("comma", comma), ("before", autospace), ("stop", stop)):
        if cell is not None:
            assert found[name] == close(cell)
        else:  # the step that this line needs in part
            assert (0.125 if name == "before" else 0.5) < found[name] < free[name]


def tracked_shrink(
    shaped: Any, start: int, drawn: int, trims: Any, advances: list[int], dx: Any, need: int
) -> tuple[int, Any]:
    """Negative tracking: every cluster gives the same."""
    for at in range(len(advances)):
        advances[at] -= need // len(advances)
    return need, dx


@rule("TY-51", off=patched(f"{_JUSTIFY}_shrink", tracked_shrink))
def test_ty51_han_western_and_digits_are_rigid(press: Press) -> None:
    squeezed = 0
    for measure in MEASURES:
        for copy in HARD:
            for _, changes, _ in fitted(press, copy, measure):
                for one, after, change in changes:
                    squeezed += change < -TOLERANCE
                    mixed = one.isascii() != after.isascii() or " " in (one, after)
                    if not _MARKS & {one, after} and not mixed:
                        assert change > -TOLERANCE, (one, after)
    assert squeezed > 50


def even_stretch(shaped: Any, start: int, drawn: int, advances: list[int], gap: int) -> None:
    """Every joint takes the same, whatever stands there."""
    for at in range(len(advances) - 1):
        advances[at] += gap // (len(advances) - 1)


@rule("TY-52", off=patched(f"{_JUSTIFY}_stretch", even_stretch))
def test_ty52_word_spaces_open_first_then_autospace_then_all_other_joints_alike(press: Press) -> None:
    stretched = 0
    for measure in range(9, 16):
        for copy in (f"{sweep('Ab cd')}internationalization{SWEEP}", *HARD):
            for line, changes, last in fitted(press, copy, measure):
                if last:
                    continue
                words = [after.x - one.x for one, after in pairwise(line.glyphs) if one.text == " "
                         and after.text.isascii()]  # fmt: skip
                auto = [c for one, after, c in changes if is_auto(one, after)]
                plain = [c for one, after, c in changes if one > "\u2e80" and after > "\u2e80" and c > TOLERANCE]
                if plain:
                    stretched += 1
                    assert max(plain) - min(plain) < 2 * TOLERANCE, line
                    assert all(c == close(0.25) for c in auto), line
                    assert all(width >= 0.5 - TOLERANCE for width in words), line
                elif any(c > TOLERANCE for c in auto):
                    assert all(width >= 0.5 - TOLERANCE for width in words), line
    assert stretched > 50


def is_auto(one: str, after: str) -> bool:
    """Whether autospace stands between these two."""
    han = [("\u4e00" <= c <= "\u9fff") for c in (one, after)]
    letter = [c.isascii() and c.isalnum() for c in (one, after)]
    return (han[0] and letter[1]) or (letter[0] and han[1])


@rule("TY-52", off=patched(f"{_JUSTIFY}_stretch", even_stretch))
def test_ty52_nothing_opens_inside_a_unit_or_beside_a_connector(press: Press) -> None:
    copy = sweep("3～5") + sweep("18.4%") + sweep("2024") + sweep("甲/乙")
    for measure in MEASURES:
        for _, changes, _ in fitted(press, copy, measure):
            for one, after, change in changes:
                if {one, after} & set("～/.") or (one.isdigit() and after.isdigit()):
                    assert change == close(0), (one, after)


@rule("TY-53", off=patched("layout_engine.page.body._LOOSE", 0))
def test_ty53_a_line_opened_by_more_than_a_quarter_em_is_told_with_its_text(press: Press) -> None:
    copy = "汉字汉字汉字internationalizations汉字"
    printed = press.column(copy, measure=12)
    first = printed.lines[0]
    assert first.text == "汉字汉字汉字"
    assert max(first.gaps) > 0.25
    assert "page/loose-line" in printed.codes
    assert printed.laid.value("page/loose-line", "text") == first.text


def squeezed_and_opened(
    shaped: Any, start: int, drawn: int, trims: Any, advances: list[int], dx: Sequence[int], need: int
) -> tuple[int, Sequence[int]]:
    """Everything is squeezed, and what is too much is given back at the joints."""
    taken, moved = SHRINK(shaped, start, drawn, trims, advances, dx, 1 << 40)
    if justify._count_joints(shaped, start, drawn):
        justify._stretch(shaped, start, drawn, advances, taken - need)
    return need, moved


@rule("TY-54", off=patched(f"{_JUSTIFY}_shrink", squeezed_and_opened))
def test_ty54_no_line_is_both_squeezed_and_opened(press: Press) -> None:
    kinds = set()
    for measure in MEASURES:
        for copy in HARD:
            for line, changes, _ in fitted(press, copy, measure):
                least, most = (f((c for _, _, c in changes), default=0.0) for f in (min, max))
                assert least > -TOLERANCE or most < TOLERANCE, line
                kinds.add("squeezed" if least < -TOLERANCE else "opened" if most > TOLERANCE else "natural")
    assert kinds == {"squeezed", "opened", "natural"}


def narrower(weighing: Any, line: int) -> int:
    return int(weighing.measures[0]) - weighing.em


@rule("TY-54", off=patched("layout_engine.typography.weighing.Weighing.room", narrower))
def test_ty54_lines_that_fill_the_measure_by_themselves_are_left_alone(press: Press) -> None:
    copy = "汉字排版行中文报纸编，“辑记者新闻头条要闻汉》，字排版行中文报纸编"
    lines = press.set(copy, measure=12)
    for line in lines[:-1]:
        assert line.right == close(12) or line.glyphs[-1].x == close(11.5)
        assert [gap for gap in line.gaps if gap > TOLERANCE] == []


@rule("TY-54", off=NOT_SQUEEZED)
def test_ty54_a_line_is_squeezed_before_it_is_opened(press: Press) -> None:
    first, _ = press.set("汉，字排（版）行中文报，纸编辑记者新", measure=12)
    assert first.text == "汉，字排（版）行中文报，"
    assert first.glyphs[-1].x == close(11.5)
    tight, _ = press.set("汉，字排（版）行中文报，纸编辑记者新", measure=11)
    assert tight.text == "汉，字排（版）行中文报，"
    assert tight.glyphs[-1].x == close(10.5)


CANDIDATES = Weighing.candidates


def later_ones(self: Any, *given: Any) -> list[tuple[int, int, int]]:
    """A little dearer where the first line takes all that it can."""
    return [(q, cost + (given[0] == 0 and q == 10), fitness) for q, cost, fitness in CANDIDATES(self, *given)]


EITHER_SHORT = f"{SWEEP[:18]}汉——字排版行"  # one of the first two lines must be a character short


@rule("TY-55", off=patched("layout_engine.typography.weighing.Weighing.candidates", later_ones))
def test_ty55_of_two_settings_of_one_cost_the_one_with_the_fuller_line_first_is_taken(press: Press) -> None:
    assert [len(line.text) for line in press.set(EITHER_SHORT, measure=10)][:2] == [10, 9]


@rule("TY-55", off=NO_TIES)
def test_ty55_of_two_settings_of_one_cost_the_one_that_keeps_a_name_together_is_taken(press: Press) -> None:
    region = ArticleRegion(id="lead", story="lead", columns="1", rows="1-40")
    page = page_of(region, on=grid(columns=1, measure=10), styles=press.styles())
    lines = press.page(page, story("lead", EITHER_SHORT), names=(SWEEP[9:11],)).lines
    assert [len(line.text) for line in lines][:2] == [9, 10]


def filled(*given: Any, fill: bool, **more: Any) -> Any:
    return SET_LINE(*given, fill=True, **more)


SET_LINE = breaker.set_line


@rule("TY-56", off=patched("layout_engine.typography.breaker.set_line", filled))
def test_ty56_the_last_line_is_set_at_its_natural_width_from_the_left(press: Press) -> None:
    for measure in MEASURES:
        for copy in HARD:
            *_, (line, changes, last) = fitted(press, copy, measure)
            assert last
            assert line.glyphs[0].x == close(-0.5 if line.text[0] in "“‘（《" else 0)
            assert all(change < TOLERANCE for _, _, change in changes)


@rule("TY-56", off=NOT_SQUEEZED)
def test_ty56_a_last_line_that_overruns_a_little_is_squeezed_to_fit(press: Press) -> None:
    (line,) = press.set("汉（字）排，版行中文", measure=9)
    assert line.right == close(9)


@rule("TY-57", off=NO_SQUEEZE)
@pytest.mark.parametrize("copy", ["（汉字排版", "汉字排版，", "《汉》字"])
def test_ty57_a_centred_line_stands_with_its_ink_in_the_middle(press: Press, copy: str) -> None:
    printed = press.column(f"## {copy}", "汉字", "汉字", measure=16)
    line = printed.lines[0]
    assert line.text == copy
    trim_left = 0.5 if copy[0] in "“（《" else 0.0
    trim_right = 0.5 if copy[-1] in "”，" else 0.0
    left = line.glyphs[0].x + trim_left
    right = 16 - (line.right - trim_right)
    assert left == close(right)
    width = len(copy) - trim_left - trim_right
    assert 16 - left - right == close(width)
    assert ink_box(printed.pdf, line.glyphs[0])[0] + line.glyphs[0].x >= left


@rule("TY-57", off=styled(align="justify"))
def test_ty57_lines_that_are_not_justified_keep_their_natural_width(press: Press) -> None:
    for measure in (9, 11, 13):
        for line in press.set(SWEEP + "internationalization" + SWEEP, measure=measure, align="left"):
            assert [gap for one, gap in zip(line.text, line.gaps, strict=False) if one > "\u4e00" and gap > 0.26] == []
