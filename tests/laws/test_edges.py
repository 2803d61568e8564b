"""避头尾, the law of edges: no line begins or ends with what may not stand there, no unit is divided."""

import re
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.edges import ALLOWED, MUST
from layout_engine.typography.first_fit import set_first_fit
from layout_engine.typography.justify import line_text
from tests.typography.generated import paragraphs
from tests.typography.setting import EM, shape

NEVER_FIRST = "。．？！，、；：”’」』）〕］｝》〉】〗·～／％℃‰%"  # TY-30, level gb
NEVER_LAST = "“‘「『（〔［｛《〈【〖／￥"  # TY-31
# TY-36, told in another way than by the engine: what a line's end may not stand inside of.
UNIT = re.compile(r"——|……|[？！]{2,}|[A-Za-z]+[0-9]+|[0-9]+[A-Za-z]+|[A-Za-z]+|[￥±+]?[0-9]+(?:[.,:+-][0-9]+)*[%‰℃％]?")


@settings(max_examples=200, deadline=None)
@given(paragraphs(), st.integers(8, 30), st.sampled_from([0, 2]))
def test_no_line_begins_or_ends_with_a_forbidden_character(text: str, measure: int, indent: int) -> None:
    shaped = shape(text)
    best = break_paragraph(shaped, [measure * EM], indent=indent * EM)
    assert best is not None
    for broken in (best, set_first_fit(shaped, [measure * EM], indent=indent * EM)):
        for before, after in pairwise(broken.lines):
            if not before.last_resort:
                assert line_text(shaped, after)[:1] not in (*NEVER_FIRST,)
                assert line_text(shaped, before)[-1:] not in (*NEVER_LAST,)


@settings(max_examples=200, deadline=None)
@given(paragraphs(), st.integers(8, 30))
def test_no_unit_is_divided(text: str, measure: int) -> None:
    shaped = shape(text)
    best = break_paragraph(shaped, [measure * EM])
    assert best is not None
    inside = {at for unit in UNIT.finditer(text) for at in range(unit.start() + 1, unit.end())}
    for broken in (best, set_first_fit(shaped, [measure * EM])):
        ends = {shaped.starts[line.end] for line in broken.lines[:-1] if not line.last_resort}
        assert not ends & inside


def test_without_break_levels_the_laws_would_be_broken() -> None:  # negative control
    text = "的一是在不了有，和人这——中大C919为上“个国我以要，他时来用18.4%们生到作地的一是，在不了有"
    shaped = shape(text)
    lawless = msgspec.structs.replace(shaped, breaks=bytes([ALLOWED] * (len(shaped) - 1) + [MUST]))
    heads, divided = 0, 0
    inside = {at for unit in UNIT.finditer(text) for at in range(unit.start() + 1, unit.end())}
    for measure in range(8, 20):
        lines = set_first_fit(lawless, [measure * EM]).lines
        heads += sum(line_text(shaped, line)[:1] in (*NEVER_FIRST,) for line in lines)
        divided += len({shaped.starts[line.end] for line in lines} & inside)
    assert heads > 0
    assert divided > 0
