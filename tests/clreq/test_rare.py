"""Rare characters, variants, and what the file reads back as (生僻字与异体字): TY-115, TY-116."""

from typing import Final

import pytest

from layout_engine.pdf import fonts
from tests.clreq.press import Press, Printed, print_page
from tests.clreq.rule import Switch, patched, rule, styled
from tests.clreq.test_headlines import headed
from tests.kit.reference import composed
from tests.pdf.reader import read_glyphs
from tests.pdf.scenes import content_of

IN_NO_FACE: Final = "丂"
IN_SONG_ALONE: Final = "♫"  # not in Kai


TO_UNICODE: Final = fonts._to_unicode
UNTOLD: Final = patched("layout_engine.pdf.text._Placed._clusters", lambda placed, _: iter(
    ((0, len(placed._run.gids), None),))) | patched("layout_engine.pdf.fonts._to_unicode", lambda texts: (
    TO_UNICODE([text and text[0].replace("“", "﹃") for text in texts])))


def severities(printed: Printed, code: str) -> list[str]:
    return [one.severity for one in printed.laid.diagnostics if one.code == code]


@rule("TY-115", off=styled(face="song"))
def test_ty115_a_character_that_the_face_lacks_comes_from_the_next_and_is_told(press: Press) -> None:
    printed = press.column(f"汉{IN_SONG_ALONE}字", face="kai")
    (line,) = printed.lines
    fonts = [glyph.font for glyph in line.glyphs]
    assert line.text == f"汉{IN_SONG_ALONE}字"
    assert fonts[0] == fonts[2] != fonts[1]
    assert severities(printed, "face/other-face") == ["info"]


@rule("TY-115", off=Switch(copy=((IN_NO_FACE, "汉"),)))
def test_ty115_a_character_in_no_face_is_an_error_with_its_code_point(press: Press) -> None:
    printed = press.column(f"汉{IN_NO_FACE}字")
    assert severities(printed, "face/missing-character") == ["error"]
    assert printed.laid.value("face/missing-character", "text") == IN_NO_FACE
    assert printed.laid.value("face/missing-character", "codepoints") == "U+4E02"


@rule("TY-115", off=patched("layout_engine.scene.draw._missing_box", lambda *_: ()))
def test_ty115_no_tofu_is_shown_but_a_marked_box_of_one_em(press: Press) -> None:
    printed = press.column(f"汉{IN_NO_FACE}字")
    (line,) = printed.lines
    assert line.text == "汉字"
    assert line.distance("汉", "字") == pytest.approx(2, abs=0.01)
    assert all(glyph.code for glyph in line.glyphs)
    assert content_of(printed.pdf).count(" re") >= content_of(press.column("汉字").pdf).count(" re") + 4


def test_ty115_no_glyph_of_the_reference_paper_is_the_faces_blank() -> None:
    for page in composed().pages:
        assert all(one.code for one in read_glyphs(print_page(page.layout, composed().inputs.faces)))


@rule("TY-116", off=Switch(copy=(("\U000e0100", ""), ("\ufe00", ""))))
@pytest.mark.parametrize("copy", ["葛\U000e0100", "芦\ufe00"])
def test_ty116_a_variant_that_the_face_lacks_is_its_base_and_told(press: Press, copy: str) -> None:
    printed = press.column(f"汉{copy}字")
    (line,) = printed.lines
    assert line.text == f"汉{copy}字"
    assert [glyph.text for glyph in line.glyphs][1] == copy
    (plain,) = press.set(f"汉{copy[0]}字")
    assert line.distance("汉", "字") == pytest.approx(plain.distance("汉", "字"))
    assert severities(printed, "type/no-variant") == ["warning"]


@rule("TY-116", off=UNTOLD)
def test_ty116_a_glyph_for_several_characters_reads_as_them(press: Press) -> None:
    (line,) = press.set("汉——字……é葛\U000e0100")
    assert line.text == "汉——字……é葛\U000e0100"


@rule("TY-116", off=UNTOLD)
def test_ty116_a_vertical_form_reads_as_the_copys_mark(press: Press) -> None:
    copy = "“汉”——字，《春》"
    glyphs = [one for one in read_glyphs(headed(press, copy, direction="vertical").pdf) if one.font.endswith("V")]
    assert "".join(one.text for one in glyphs) == copy
