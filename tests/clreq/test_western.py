"""Chinese and western together (中西混排): TY-41 to TY-47."""

from itertools import pairwise
from typing import Any

import pytest

from layout_engine.spec.resolved import LineRules
from layout_engine.typography import classes as k
from tests.clreq.measure import Line
from tests.clreq.off import ANY_BREAK, NO_AUTOSPACE, NO_TYPED_SPACES, NOT_FILLED, WHOLE_CELLS
from tests.clreq.press import Press
from tests.clreq.rule import Switch, patched, rule, styled
from tests.clreq.test_marks import TOLERANCE, close
from tests.clreq.texts import HARD, MEASURES, SWEEP, sweep

# As if marks were Han to the autospace (TY-42).
MARKS_AS_HAN = patched(
    "layout_engine.typography.spacing._HAN",
    frozenset((k.HAN, k.COMMA, k.POINT, k.OPEN, k.CLOSE, k.DASH_TAIL, k.DASH, k.ELLIPSIS_TAIL, k.INTERPUNCT, k.SOLIDUS,
               k.LONG)),
)  # fmt: skip


def width_of(press: Press, western: str) -> float:
    return press.set(western)[0].right


@rule("TY-41", off=NO_AUTOSPACE)
@pytest.mark.parametrize("western", ["ABC", "5", "C919", "2024"])
def test_ty41_a_quarter_em_stands_between_han_and_western(press: Press, western: str) -> None:
    (line,) = press.set(f"汉{western}字")
    assert line.distance("汉", "字") - 1 - width_of(press, western) == close(0.5)


@rule("TY-41", off=NOT_FILLED)
def test_ty41_the_autospace_of_a_fitted_line_is_an_eighth_to_a_half(press: Press) -> None:
    seen = []
    for measure in MEASURES:
        for line in press.set(*HARD, measure=measure):
            for one, after in pairwise(line.glyphs):
                if is_han(one.text) and after.text.isascii() and after.text.isalnum():
                    seen.append(after.x - one.x - one.drawn)
    assert all(gap >= 0.125 - TOLERANCE for gap in seen)
    beyond = [gap for gap in seen if gap > 0.5 + TOLERANCE]
    assert len(beyond) <= len(seen) * 0.05  # only where the line had no other joint to give
    assert max(seen) > 0.3
    assert min(seen) < 0.25 + TOLERANCE


def is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


@rule("TY-41", off=styled(rules=LineRules()))
@pytest.mark.parametrize(("parts", "space"), [(0, 0.0), (3, 0.125)])
def test_ty41_the_house_may_choose_an_eighth_or_none(press: Press, parts: int, space: float) -> None:
    (line,) = press.set("汉ABC字", rules=LineRules(autospace=parts))
    assert line.distance("汉", "字") - 1 - width_of(press, "ABC") == close(2 * space)


@rule("TY-42", off=MARKS_AS_HAN)
@pytest.mark.parametrize(
    ("before", "after"), [("（", "）"), ("“", "”"), ("《", "》"), ("，", "。"), ("——", "——"), ("·", "·"), ("～", "～")]
)
def test_ty42_no_autospace_stands_beside_a_mark(press: Press, before: str, after: str) -> None:
    copy = f"汉{before}ABC{after}字"
    (line,) = press.set(copy)
    cells = sum(0.5 if mark == "·" else 1 for mark in before + after)
    assert line.distance("汉", "字") - 1 == close(cells + width_of(press, "ABC"))


@rule("TY-42", off=patched("layout_engine.typography.spacing._open_autospace", lambda spacing, at, setting, *_: (
    spacing.advances.__setitem__(at, spacing.advances[at] + setting.em // 4))))
def test_ty42_no_autospace_stands_at_a_line_start_or_end(press: Press) -> None:
    found = 0
    for measure in MEASURES:
        for line, after in pairwise(press.set(sweep("Abc"), measure=measure)):
            if line.text.endswith("c"):
                found += 1
                assert line.right == close(measure)
            if after.text.startswith("A"):
                assert after.glyphs[0].x == close(0)
    assert found


@rule("TY-43", off=NO_TYPED_SPACES)
def test_ty43_a_typed_space_is_replaced_by_the_autospace(press: Press) -> None:
    (typed,), (plain,) = press.set("汉 ABC 字"), press.set("汉ABC字")
    assert typed.text == "汉 ABC 字"
    for one in "汉ABC字":
        assert typed.at(one) == close(plain.at(one))


@rule("TY-43", off=NO_TYPED_SPACES)
def test_ty43_a_typed_space_between_han_takes_half_an_em(press: Press) -> None:
    (line,) = press.set("记者 王静")
    assert line.distance("者", "王") == close(1.5)


@rule("TY-43", off=patched("layout_engine.typography.classes.CELL_SPACE", -2) | NO_TYPED_SPACES)
def test_ty43_an_ideographic_space_takes_one_em_beside_a_half(press: Press) -> None:
    (line,) = press.set("王　静 李")
    assert line.distance("王", "静") == close(2)
    assert line.distance("静", "李") == close(1.5)


@rule("TY-43", off=patched("layout_engine.typography.justify.VANISHING", frozenset()))
@pytest.mark.parametrize("space", [" ", "　"])
def test_ty43_spaces_vanish_at_a_line_end(press: Press, space: str) -> None:
    found = 0
    lines = press.set(f"{SWEEP[:8]}{space}" * 5, measure=8)
    for line in lines:
        found += 1
        assert line.text[-1] != space
        assert line.right == close(8)
    assert found == 5


@rule("TY-44", off=NO_TYPED_SPACES | WHOLE_CELLS)
def test_ty44_word_spaces_are_a_quarter_to_a_third_of_an_em(press: Press) -> None:
    (line,) = press.set("New York Times")
    spaces = [pitch for text, pitch in line.pitches if text == " "]
    assert len(spaces) == 2
    assert all(0.25 - 0.001 <= pitch <= 1 / 3 + 0.001 for pitch in spaces)


@rule("TY-44", off=NOT_FILLED)
def test_ty44_word_spaces_of_a_fitted_line_reach_half_an_em_first(press: Press) -> None:
    first = press.set("汉字 New York 汉字internationalization", measure=10)[0]
    assert first.text == "汉字 New York 汉字"
    assert [pitch for text, pitch in first.pitches if text == " "][1] == close(0.5)
    assert first.right == close(10)


@rule("TY-45", off=ANY_BREAK)
def test_ty45_western_words_are_never_letter_spaced(press: Press) -> None:
    natural = inner_pitches(press.set("internationalization Office", measure=30)[0])
    for measure in (12, 14, 16, 18):
        for line in press.set(f"汉字汉字汉字汉字汉字汉internationalization汉字{SWEEP}Office汉字", measure=measure):
            for pair, pitch in inner_pitches(line).items():
                assert pitch == close(natural[pair])


def inner_pitches(line: Line) -> dict[str, float]:
    """From letter to letter, by the two letters and the place in the line's word."""
    return {
        f"{one.text}{after.text}": after.x - one.x
        for one, after in pairwise(line.glyphs)
        if one.text.isascii() and after.text.isascii() and one.text.isalpha() and after.text.isalpha()
    }


@rule("TY-46", off=ANY_BREAK)
def test_ty46_a_western_word_goes_to_the_next_line_whole(press: Press) -> None:
    for measure in MEASURES:
        lines = press.set(sweep("Office"), measure=measure)
        assert sum(line.text.count("Office") for line in lines) == 12
        assert not any("-" in line.text for line in lines)


@rule("TY-46", off=Switch(copy=(("organization", "organi-zation"),)))
@pytest.mark.parametrize("hyphenates", [False, True])
def test_ty46_a_line_ends_with_a_hyphen_only_where_one_is_written(press: Press, hyphenates: bool) -> None:
    rules = LineRules(hyphenates=hyphenates)
    ends = {line.text[-1] for measure in MEASURES for line in press.set(sweep(press.copy("organization")),
                                                                        measure=measure, rules=rules)}  # fmt: skip
    assert "-" not in ends


def of_another_face(part: Any, style: Any, faces: Any, *_: Any) -> Any:
    """Western from Hei."""
    han, latin = (faces.chain(role).faces[0] for role in ("song", "hei"))
    return [latin if c.isascii() else han for c in part.text]


@rule("TY-47", off=patched("layout_engine.typography.itemize._choose_faces", of_another_face))
def test_ty47_western_comes_from_the_chinese_face_in_its_size_and_on_its_baseline(press: Press) -> None:
    (line,) = press.set("汉ABC 12字")
    assert len({glyph.font for glyph in line.glyphs}) == 1
    assert len({glyph.size for glyph in line.glyphs}) == 1
