"""A file of many pages takes no more memory than one of few: fonts are let go, and read again when asked for."""

from io import BytesIO

import pikepdf
import pytest

from layout_engine.preflight.document import Document
from layout_engine.preflight.fonts import Font
from layout_engine.preflight.inspect_file import preflight
from layout_engine.preflight.interpreter import FontShelf
from tests.pdfx.faults import in_font
from tests.preflight.bad import PROFILES, codes, saved, sound, spoiled

PAGES = 12


def many(data: bytes, count: int = PAGES) -> bytes:
    """So many copies of a page, with fonts of their own each."""
    with pikepdf.open(BytesIO(data)) as first:
        for _ in range(count - 1):
            with pikepdf.open(BytesIO(data)) as again:
                first.pages.append(again.pages[0])
        return saved(first)


def held_after_each_page(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much fonts hold after each page."""
    sizes: list[int] = []
    tidy = FontShelf.tidy

    def weighed(shelf: FontShelf) -> None:
        tidy(shelf)
        sizes.append(sum(font.held for font in shelf.all()))

    monkeypatch.setattr(FontShelf, "tidy", weighed)
    preflight(data, PROFILES["X4"])
    return sizes


def test_fonts_of_pages_that_are_done_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.preflight.interpreter.MAX_FONTS_HELD", 20_000)
    sizes = held_after_each_page(many(sound()), monkeypatch)
    assert len(sizes) == PAGES
    assert 0 < max(sizes) <= 20_000


def test_a_file_that_uses_large_fonts_in_turn_does_not_have_them_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.preflight.interpreter.MAX_FONTS_HELD", 0)
    monkeypatch.setattr("layout_engine.preflight.interpreter.MAX_FONTS_AGAIN", 1)
    sizes = held_after_each_page(many(sound()), monkeypatch)
    assert sizes[0] == 0
    assert sizes[-1] > 0


@pytest.mark.parametrize(
    "data", [sound(), spoiled(in_font("W", pikepdf.Array([1, pikepdf.Array([777])]), "DescendantFonts"))]
)
def test_what_is_found_is_the_same_however_little_is_held(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    many_pages = many(data, 3)
    roomy = codes(many_pages)
    monkeypatch.setattr("layout_engine.preflight.interpreter.MAX_FONTS_HELD", 0)
    assert codes(many_pages) == roomy


def test_a_font_let_go_says_the_same_again() -> None:
    with Document(sound()) as document:
        fonts = dict(document.pdf.pages[0].obj.Resources.Font.items())
        font: Font = document.fonts.font(fonts["/F0"])
        before = [(font.gid(code), font.width(code), font.says(code), font.metrics(code)) for code in range(1, 5)]
        font.let_go()
        assert font.held == 0
        after = [(font.gid(code), font.width(code), font.says(code), font.metrics(code)) for code in range(1, 5)]
    assert [one[:3] for one in before] == [one[:3] for one in after]
    assert [(one.advance, one.ink) for *_, one in before] == [(one.advance, one.ink) for *_, one in after]
    assert font.used == {1, 2, 3, 4}


def test_the_second_reader_is_opened_anew_and_reads_on() -> None:
    with Document(many(sound())) as document:
        texts = {document.second_reader().text(number) for number in range(1, PAGES + 1)}
    assert len(texts) == 1
