"""PR-79: PDFium reads the same characters as our own interpreter, or it is told."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary

from layout_engine.preflight.second_reader import SecondReader
from tests.pdf.made_faces import a_face, a_face_of_many_forms
from tests.pdf.scenes import a_page, a_region, a_run, written
from tests.pdfx.clause import Fault
from tests.pdfx.faults import on_page
from tests.preflight.bad import both, codes, only, painting, sound, spoiled


def test_a_sound_page_reads_the_same_twice() -> None:
    assert not {"second-reader", "second-reader-fails"} & set(codes(sound()))


def test_what_another_program_reads_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondReader, "text", lambda self, page: "我市召开大白话乙")
    one = only("second-reader", sound())
    assert one.diagnostic.message("en").startswith(
        "two programs read 2 characters of the page otherwise: the other one misses 会 and has 乙 besides"
    )


def also_mapped(words: bytes) -> Fault:
    """More at the end of the ToUnicode of the first font."""

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"endcmap", words + b"\nendcmap"))

    return plant


# Files that PDFium reads otherwise than a reader who takes them at their word.
CONTRADICTIONS = {
    "a mapping in a comment": (b"% 1 beginbfchar\n% <0001> <9F98>\n% endbfchar", "misses 龘 and has 会 besides"),
    "a text of one byte": (b"1 beginbfchar\n<0001> <9F>\nendbfchar", "misses – and has 会 besides"),
    "a text without its end": (
        b"1 beginbfchar\n<0001> <9F98> <0002> <4E00\nendbfchar",
        "misses 龘 and has 会 besides",
    ),
}


@pytest.mark.parametrize(("words", "told"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_map_that_two_programs_read_otherwise_is_told(words: bytes, told: str) -> None:
    assert told in only("second-reader", spoiled(also_mapped(words))).diagnostic.message("en")


@pytest.mark.parametrize(
    "words",
    [
        b"1 beginbfchar\n<0001> <9F98>\nendbfchar",
        b"1 beginbfrange\n<0001> <0003> <4E00>\nendbfrange",
        b"1 beginbfrange\n<0001> <0002> [<9F98> <9F99>]\nendbfrange",
        b"1 beginbfchar\n<0001> <D842DFB7>\nendbfchar",
        b"1 beginbfchar\n<0001> <4E004E01>\nendbfchar",
    ],
)
def test_what_both_read_alike_is_not_told(words: bytes) -> None:
    """That the file maps a code twice is a matter of PR-68, which holds texts against outlines."""
    assert "second-reader" not in codes(spoiled(also_mapped(words)))


SPAN = "0 0 0 1 k /Span {} BDC BT /F0 20 Tf 1 0 0 1 300 300 Tm <0001> Tj <0002> Tj ET EMC"


@pytest.mark.parametrize(
    "properties",
    [
        "<</ActualText <FEFF4E004E01>>>",
        "<</ActualText (ab)>>",
        "/P9",
        "<</ActualText <FEFF4E00>>> BDC /Span <</ActualText <FEFF4E01>>>",
        "<</ActualText <FEFF4E00>>> BDC /Span <</Lang (zh)>>",
    ],
)
def test_a_text_in_place_of_the_glyphs_is_read_by_both(properties: str) -> None:
    """ActualText, in the content or under a name: a glyph that serves two characters has one."""
    fault = painting(SPAN.format(properties), Properties={"P9": Dictionary(ActualText="丙丁")})
    ends = both(fault, painting("EMC")) if properties.count("BDC") > 1 else fault
    assert "second-reader" not in codes(spoiled(ends))


def test_a_glyph_of_ours_that_serves_two_characters_is_read_by_both(tmp_path: Path) -> None:
    faces = a_face(tmp_path, a_face_of_many_forms())
    page = a_page(a_region("lead", a_run("AΑA", faces=faces)))
    assert "second-reader" not in codes(written(page, faces=faces))


def test_a_page_that_another_program_cannot_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondReader, "text", lambda self, page: None)
    assert "second-reader-fails" in codes(sound())


@pytest.mark.parametrize(
    "fault",
    [painting("BT /F7 9 Tf (a) Tj ET"), painting("q"), both(on_page("Resources", None))],
    ids=["a font that is missing", "a state left open", "no resources"],
)
def test_a_broken_page_is_not_compared(fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondReader, "text", lambda self, page: pytest.fail("was asked"))
    assert codes(spoiled(fault))  # type: ignore[arg-type]


def test_it_reads_a_path_and_bytes_and_closes_twice(tmp_path: Path) -> None:
    path = tmp_path / "新 金.pdf"
    path.write_bytes(sound())
    for source in (path, sound(), b"none"):
        reader = SecondReader(source)
        text = reader.text(1)
        assert (text is None) is (source == b"none")
        assert text is None or "我市召开大会" in text
        assert reader.text(99) is None
        reader.close()
        reader.close()
