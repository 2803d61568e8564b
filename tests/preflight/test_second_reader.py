"""PR-79: PDFium reads the same characters as our own interpreter, or it is told."""

from pathlib import Path

import pytest

from layout_engine.preflight.second_reader import SecondReader
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
