"""满行, the law of fill: a justified line's advances sum to its measure exactly, and no character is lost."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.typography.breaker import break_paragraph, contrast
from layout_engine.typography.first_fit import set_first_fit
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import BrokenParagraph, ShapedParagraph
from layout_engine.typography.weighing import NORMAL, Weighing
from tests.typography.generated import paragraphs
from tests.typography.setting import EM, shape

MEASURES = st.lists(st.integers(8, 30), min_size=1, max_size=6)


def settings_of(shaped: ShapedParagraph, measures: list[int], indent: int) -> list[BrokenParagraph]:
    """The paragraph set by both breakers."""
    in_su = [one * EM for one in measures]
    best = break_paragraph(shaped, in_su, indent=indent * EM)
    assert best is not None
    return [best, set_first_fit(shaped, in_su, indent=indent * EM)]


@settings(max_examples=150, deadline=None)
@given(paragraphs(), MEASURES, st.sampled_from([0, 2]))
def test_every_justified_line_is_filled_exactly(text: str, measures: list[int], indent: int) -> None:
    for broken in settings_of(shape(text), measures, indent):
        for number, line in enumerate(broken.lines):
            assert line.width == line.indent + sum(line.advances)
            assert line.measure == measures[min(number, len(measures) - 1)] * EM
            assert line.width <= line.measure
            if not line.last and not line.last_resort:
                assert line.width == line.measure


@settings(max_examples=150, deadline=None)
@given(paragraphs(), MEASURES, st.sampled_from([0, 2]))
def test_the_lines_tile_the_paragraph(text: str, measures: list[int], indent: int) -> None:
    shaped = shape(text)
    for broken in settings_of(shaped, measures, indent):
        lines = broken.lines
        assert lines[0].start == 0
        assert lines[-1].end == len(shaped)
        assert lines[-1].last
        assert all(before.end == after.start and not before.last for before, after in pairwise(lines))
        assert all(line.start < line.end and len(line.pens) == len(line.advances) for line in lines)
        dropped = "".join(text[shaped.starts[line.drawn] : shaped.starts[line.end]] for line in lines)
        assert dropped.strip() == ""


@settings(max_examples=100, deadline=None)
@given(paragraphs(), st.integers(1, 7))
def test_nothing_is_lost_and_no_overrun_is_silent_in_narrow_measures(text: str, measure: int) -> None:
    for broken in settings_of(shape(text), [measure], 0):
        assert [line.start for line in broken.lines[1:]] == [line.end for line in broken.lines[:-1]]
        for line in broken.lines:
            if line.width > line.measure:
                assert line.last_resort
            elif not line.last and not line.last_resort:
                assert line.width == line.measure


@settings(max_examples=100, deadline=None)
@given(paragraphs(), st.integers(8, 30))
def test_advances_stay_within_what_a_cluster_may_give_and_pens_follow_them(text: str, measure: int) -> None:
    shaped = shape(text)
    for broken in settings_of(shaped, [measure], 0):
        for line in broken.lines:
            x = 0
            for i, (pen, advance) in enumerate(zip(line.pens, line.advances, strict=True), line.start):
                first = shaped.edge[i][0] if i == line.start else 0
                last = shaped.edge[i][1] if i == line.drawn - 1 else 0
                least = shaped.advances[i] - sum(row[i] for row in shaped.shrinks)
                assert advance >= min(least, shaped.advances[i] - first - last)
                assert x + shaped.dx[i] - EM // 2 <= pen <= x + shaped.dx[i]
                x += advance


@given(paragraphs())
@settings(max_examples=50, deadline=None)
def test_a_single_line_is_as_wide_as_its_advances(text: str) -> None:
    shaped = shape(text)
    line = set_single_line(shaped)
    assert line.width == sum(line.advances) == line.measure


@settings(max_examples=100, deadline=None)
@given(paragraphs(), st.integers(8, 30), st.sampled_from([0, 2]))
def test_the_optimum_never_costs_more_than_first_fit(text: str, measure: int, indent: int) -> None:
    shaped = shape(text)
    best, quick = settings_of(shaped, [measure], indent)
    weighing = Weighing(shaped, [measure * EM], indent * EM)
    cost, before = 0, NORMAL
    for number, line in enumerate(quick.lines):
        prices = weighing.candidates(line.start, weighing.room(number))
        found = [(own, fitted) for end, own, fitted in prices if end == line.end]
        if not found:
            return  # a line that the search has no name for: first fit's own last resort
        cost += found[0][0] + contrast(before, found[0][1])
        before = found[0][1]
    assert best.cost <= cost
