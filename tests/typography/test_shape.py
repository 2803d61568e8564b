"""What shaping gives, and what it finds wrong: TY-80 to TY-84, TY-94, TY-97, TY-115, TY-116."""

from fractions import Fraction

from layout_engine.base.diagnostics import Span
from layout_engine.content.model import Emphasis
from layout_engine.typography.edges import FORBIDDEN, MUST
from layout_engine.typography.justify import line_text, set_single_line
from tests.typography.setting import EM, em, faces, natural, shape, shape_with_findings, single

HALF = Fraction(1, 2)


def test_a_plain_character_is_the_faces_own_glyph() -> None:
    shaped = shape("汉字")
    face = faces().chain("song").faces[0]
    assert shaped.gids == tuple(face.glyph(ord(c)) for c in "汉字")
    assert (shaped.starts, shaped.dx, shaped.faces) == ((0, 1, 2), (0, 0), ((0, "song"),))


def test_the_columns_of_a_paragraph_are_of_one_length() -> None:
    shaped = shape("本报讯（记者 王静）5月20日——“一带一路”占18.4%……")
    n = len(shaped)
    rows = (shaped.advances, shaped.dx, shaped.classes, shaped.breaks, shaped.edge, *shaped.shrinks, *shaped.stretches)
    assert [len(row) for row in rows] == [n] * len(rows)
    assert shaped.starts[0] == 0
    assert shaped.starts[-1] == len(shaped.text)
    assert list(shaped.starts) == sorted(set(shaped.starts))


def test_emphasis_is_set_in_its_faces() -> None:  # TY-97
    shaped = shape("汉字汉字汉字", emphasis=(Emphasis(1, 3, "emphasis"), Emphasis(4, 5, "strong")))
    assert shaped.faces == ((0, "song"), (1, "kai"), (3, "song"), (4, "hei"), (5, "song"))


def test_marks_that_a_face_leaves_to_another_come_from_there_without_a_word() -> None:
    shaped = shape("汉“字”——汉", face="kai")
    assert [key for _, key in shaped.faces] == ["kai", "song", "kai", "song", "kai"]


def test_a_character_that_no_face_has_keeps_glyph_0_and_one_em_and_is_an_error() -> None:  # TY-115
    shaped, found = shape_with_findings("汉𪚥字")
    assert (shaped.gids[1], em(shaped.advances[1])) == (0, 1)
    (one,) = found
    assert (one.code, one.span) == ("face/missing-character", Span("articles/a.md", 7, 2))
    assert dict(one.values)["chain"] == "song"
    assert dict(one.values)["codepoints"] == "U+2A6A5"


def test_every_place_of_a_missing_character_is_named() -> None:  # TY-115
    _, found = shape_with_findings("𪚥汉𪚥")
    assert [one.span.column for one in found if one.span] == [1, 3]


def test_a_missing_letter_is_one_em_wide_too() -> None:  # TY-115
    shaped, found = shape_with_findings("汉กa")
    assert (shaped.gids[1], em(shaped.advances[1]), len(found)) == (0, 1, 1)


def test_a_helping_face_is_noted() -> None:  # TY-115
    shaped, found = shape_with_findings("汉①字", face="kai")
    keys = [key for _, key in shaped.faces]
    assert [one.code for one in found] == ["face/other-face"] * (keys == ["kai", "song", "kai"])


def test_a_variant_that_no_face_has_is_set_in_its_usual_form_and_told() -> None:  # TY-116
    shaped, found = shape_with_findings("汉葛\U000e0100字")
    assert [one.code for one in found] == ["type/no-variant"]
    assert shaped.gids == shape("汉葛字").gids
    assert (shaped.starts, shaped.extras) == ((0, 1, 3, 4), {})


def test_a_combining_mark_belongs_to_its_base() -> None:  # TY-36 i
    shaped = shape("e\u0301汉")
    assert shaped.starts == (0, 2, 3)


def test_a_line_break_is_a_cluster_without_width() -> None:
    shaped = shape("甲\n乙", kind="headline")
    assert (len(shaped), shaped.advances[1], list(shaped.breaks)) == (3, 0, [FORBIDDEN, MUST, MUST])


def test_tracking_is_between_clusters_and_not_after_the_last() -> None:  # TY-94
    line = single("标题字", kind="headline", tracking=10)
    assert [em(one) for one in line.advances] == [Fraction(11, 10), Fraction(11, 10), 1]
    assert em(line.width) == 3 + Fraction(2, 10)


def test_tracking_does_not_part_a_dash() -> None:  # TY-94, TY-12
    assert em(single("甲——乙", face="plain", tracking=10).width) == 4 + Fraction(2, 10)


def test_narrow_type_takes_less_room_and_its_cells_follow() -> None:  # TY-94
    line = single("标，题A", narrow=90)
    wide = single("标，题A")
    assert abs(line.width * 10 - wide.width * 9) < 100
    assert shape("标题", narrow=90).size == EM


def test_tracking_may_be_negative() -> None:  # TY-94
    assert em(single("标题字", tracking=-3).width) == 3 - Fraction(6, 100)


def test_marks_turn_in_vertical_setting() -> None:  # TY-81, TY-82
    text = "汉，“字”——（乙）"
    flat, turned = shape(text), shape(text, direction="vertical")
    changed = [i for i, (a, b) in enumerate(zip(flat.gids, turned.gids, strict=True)) if a != b]
    assert changed == [i for i, at in enumerate(flat.starts[:-1]) if text[at] not in "汉字乙"]
    assert turned.advances == flat.advances
    assert turned.dx == flat.dx


def test_a_mark_without_a_vertical_form_is_an_error() -> None:  # TY-82
    _, found = shape_with_findings("甲——乙", face="plain", direction="vertical")
    assert [one.code for one in found] == ["type/no-vertical-form"]


def test_letters_and_short_abbreviations_stand_upright_in_vertical_setting() -> None:  # TY-83
    assert shape("甲A乙WTO丙", direction="vertical").advances == (EM,) * 7


def test_no_autospace_beside_upright_western() -> None:  # TY-84
    assert em(sum(shape("甲A乙", direction="vertical").advances)) == 3


def test_a_full_line_of_digits_uses_the_half_em_glyphs_of_the_face() -> None:  # TY-17
    assert shape("18").gids != shape("18", half_digits=False).gids


def test_ligatures_are_off() -> None:
    assert len(shape("office")) == 6


def test_line_text_leaves_out_what_vanishes() -> None:
    shaped = shape("王静 ")
    assert line_text(shaped, set_single_line(shaped)) == "王静"


def test_shaping_twice_gives_the_same() -> None:
    text = "本报讯（记者 王静）5月20日——“一带一路”占18.4%……"
    assert shape(text) == shape(text)
    assert natural(text) == natural(text)
