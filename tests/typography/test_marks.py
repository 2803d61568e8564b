"""Width and squeeze of marks before fitting: TY-11 to TY-25. Widths in em."""

from fractions import Fraction

import pytest

from tests.typography.setting import EM, em, faces, natural, shape, single, widths

HALF = Fraction(1, 2)


@pytest.mark.parametrize("mark", "，。、；：？！“”‘’（）《》【】「」")
def test_a_lone_mark_between_han_keeps_one_em(mark: str) -> None:  # TY-11
    assert natural(f"汉{mark}字") == 3


def test_a_dash_is_one_stroke_of_two_em() -> None:  # TY-12
    assert widths("汉——字")[1] == ("——", 2)


def test_a_dash_is_two_em_where_the_face_does_not_join_it() -> None:  # TY-12
    shaped = shape("汉——字", face="plain")
    assert [em(one) for one in shaped.advances] == [1, 1, 1, 1]


def test_strokes_that_the_face_does_not_join_are_moved_until_they_touch() -> None:  # TY-12
    shaped = shape("汉——字", face="plain")
    stroke = faces().chain("plain").faces[0].hb_font.get_glyph_extents(shaped.gids[1])
    right_of_first = shaped.dx[1] + (stroke.x_bearing + stroke.width) * EM // 1000
    left_of_second = shaped.advances[1] + shaped.dx[2] + stroke.x_bearing * EM // 1000
    assert abs(right_of_first - left_of_second) <= 2
    assert abs(shaped.dx[1]) > 2, "the face's own strokes must not touch, or the test shows nothing"


def test_an_ellipsis_is_two_em_and_a_lone_one_is_one() -> None:  # TY-12, TY-13
    assert (natural("汉……字"), natural("汉…字"), natural("汉…………字")) == (4, 3, 6)


@pytest.mark.parametrize(
    ("marks", "width"), [("？！", 1), ("！！", 1), ("！？", 1), ("？？", 1), ("！！！", 2), ("‼", 1)]
)
def test_two_exclamations_take_one_em(marks: str, width: int) -> None:  # TY-14
    assert natural(f"汉{marks}字") == 2 + width


def test_an_interpunct_is_half_an_em_with_its_ink_in_the_middle() -> None:  # TY-15
    for face in ("song", "hei"):
        shaped = shape("让·雅", face=face)
        assert em(shaped.advances[1]) == HALF
        assert abs(_ink_centre(face, shaped.gids[1], shaped.dx[1]) - EM // 4) < EM * 3 // 100


@pytest.mark.parametrize(
    ("text", "width"),
    [("甲-乙", HALF), ("甲–乙", HALF), ("甲—乙", 1), ("甲～乙", 1), ("甲/乙", HALF), ("甲／乙", HALF)],
)
def test_connectors_between_han(text: str, width: Fraction) -> None:  # TY-16
    assert widths(text)[1][1] == width


@pytest.mark.parametrize("face", ["song", "kai", "hei"])
@pytest.mark.parametrize("text", ["甲／乙", "甲／B", "A／乙", "A／B"])
def test_the_stroke_of_a_full_width_solidus_stays_in_its_half_em(face: str, text: str) -> None:  # TY-16
    shaped = shape(text, face=face)
    ink = faces().chain(face).faces[0].hb_font.get_glyph_extents(shaped.gids[1])
    left = shaped.dx[1] + ink.x_bearing * EM // 1000
    overhang = EM * 3 // 100  # the ends of a slanted stroke
    assert shaped.advances[1] <= EM // 2
    assert -overhang <= left <= left + ink.width * EM // 1000 <= shaped.advances[1] + overhang


def test_digits_of_body_text_are_half_an_em() -> None:  # TY-17
    assert [width for _, width in widths("0123456789")] == [HALF] * 10


def test_digits_are_the_faces_own_where_the_style_does_not_ask_for_half_ones() -> None:  # TY-17, negative control
    assert natural("0123456789", half_digits=False) > 5


PAIRS = [
    "。”", "！”", "）”", "》）", "”，", "》、", "“《", "（“", "，“", "：“", "、《", "。“", "》《", "”“", "）（",
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_two_marks_that_meet_lose_half_an_em(pair: str) -> None:  # TY-21
    assert natural(f"汉{pair}字") == 2 + Fraction(3, 2)


@pytest.mark.parametrize("chain", ["：“《", "》）。", "。”（", "”），", "》，《", "）。”", "》、《"])
def test_a_chain_of_marks_loses_half_an_em_a_joint(chain: str) -> None:  # TY-21
    assert natural(f"汉{chain}字") == 2 + len(chain) - HALF * (len(chain) - 1)


@pytest.mark.parametrize(("pair", "width"), [("》·", 1), ("·《", 1), ("（）", 2), ("（，", 2), ("。、", 2)])
def test_joints_without_blank_lose_nothing(pair: str, width: int) -> None:  # TY-21
    assert natural(f"汉{pair}字") == 2 + width


@pytest.mark.parametrize("text", ["汉——”字", "汉，……字", "汉……，字", "汉”～字"])
def test_dashes_ellipses_and_connectors_take_no_part(text: str) -> None:  # TY-20
    assert natural(text) == len(text)


def test_no_mark_falls_below_half_an_em() -> None:  # TY-22
    shaped = shape("“（《汉》）”，‘字’。！？”（。")
    least = [a - sum(row[i] for row in shaped.shrinks) for i, a in enumerate(shaped.advances)]
    assert min(least) >= EM // 2
    trimmed = [a - first - last for a, (first, last) in zip(shaped.advances, shaped.edge, strict=True)]
    assert min(trimmed) >= EM // 2


def test_an_opening_mark_that_gives_its_blank_is_moved_with_it() -> None:  # TY-19
    shaped = shape("“《汉")
    assert (em(shaped.advances[1]), em(shaped.dx[1])) == (HALF, -HALF)


def test_an_opening_mark_at_a_line_start_is_trimmed_to_half_an_em() -> None:  # TY-24
    line = single("“汉字")
    assert (em(line.advances[0]), em(line.pens[0]), em(line.pens[1])) == (HALF, -HALF, HALF)


@pytest.mark.parametrize("mark", "，。、；：？！”）》")
def test_a_mark_at_a_line_end_is_trimmed_to_half_an_em(mark: str) -> None:  # TY-25
    assert em(single(f"汉字{mark}").advances[-1]) == HALF


@pytest.mark.parametrize("unit", ["！！！", "？！", "‼"])
def test_a_run_of_exclamations_is_not_trimmed_again(unit: str) -> None:  # TY-25
    shaped = shape(f"汉{unit}")
    assert em(single(f"汉{unit}").width) == em(sum(shaped.advances))


def test_marks_are_shaped_in_their_mainland_form() -> None:  # TY-10, TY-18
    ink = faces().chain("song").faces[0].hb_font.get_glyph_extents(shape("汉，").gids[1])
    assert ink.x_bearing + ink.width < 500
    assert ink.y_bearing < 400


def test_the_squeeze_is_no_part_of_the_faces_own_spacing() -> None:  # TY-19: palt, chws and kern are off
    assert [width for _, width in widths("汉字、汉")] == [1, 1, 1, 1]


def _ink_centre(face: str, gid: int, dx: int) -> int:
    ink = faces().chain(face).faces[0].hb_font.get_glyph_extents(gid)
    return dx + (2 * ink.x_bearing + ink.width) * EM // 2000
