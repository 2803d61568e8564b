"""What pdf/document.py takes from inside ReportLab. If one of these fails, ReportLab changed: mend document.py.

The promise of ReportLab's documentation ends at its canvas, which we do not use.
"""

from hashlib import md5

import pytest
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from layout_engine.pdf.document import Document, name, string


def test_a_document_can_be_made_for_a_version_without_a_canvas() -> None:
    document = pdfdoc.PDFDocument(dummyoutline=1, compression=1, invariant=1, pdfVersion=(1, 6), lang="zh-CN")
    assert document.format().startswith(b"%PDF-1.6\n")


def test_reference_registers_an_object_and_refers_to_it_by_number() -> None:
    document = pdfdoc.PDFDocument(invariant=1)
    thing = pdfdoc.PDFDictionary({})
    reference = document.Reference(thing)
    assert reference.format(document) == document.Reference(thing).format(document)
    assert reference.format(document).endswith(b" 0 R")


def test_the_font_resources_are_the_object_called_basic_fonts() -> None:
    document = pdfdoc.PDFDocument(invariant=1)
    assert document.idToObject[pdfdoc.BasicFonts].dict == {}, "a new document must bring no face of its own"


def test_catalogue_and_information_may_be_plain_dictionaries() -> None:
    document = pdfdoc.PDFDocument(invariant=1)
    document.Catalog = pdfdoc.PDFDictionary({"Mine": 1})
    document.info = pdfdoc.PDFDictionary({"Mine": 2})
    written = document.format()
    assert b"/Mine 1" in written
    assert b"/Mine 2" in written
    assert b"/Outlines" not in written


def test_the_identifier_is_asked_for_by_the_method_called_id() -> None:
    class Mine(pdfdoc.PDFDocument):  # type: ignore[misc]
        def ID(self) -> bytes:
            return b"[<00><00>]"

    assert b"/ID [<00><00>]" in Mine(dummyoutline=1, invariant=1).format()


def test_an_object_marked_ref_only_is_never_written_in_place() -> None:
    class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
        __RefOnly__ = 1

        def format(self, document: pdfdoc.PDFDocument) -> bytes:
            return b"<< >>"

    document = pdfdoc.PDFDocument(invariant=1)
    assert pdfdoc.format(Stream(), document).endswith(b" 0 R")


def test_text_in_a_dictionary_is_written_as_it_stands() -> None:
    document = pdfdoc.PDFDocument(invariant=1)
    assert b"/K 1.2345 0 R" in pdfdoc.PDFDictionary({"K": "1.2345 0 R"}).format(document)


def test_a_compact_array_stays_on_short_lines() -> None:
    document = pdfdoc.PDFDocument(invariant=1)
    assert pdfdoc.PDFArrayCompact([1, "2.5"]).format(document) == b"[ 1 2.5 ]"


@pytest.mark.parametrize(
    ("text", "written"),
    [("plain (a)", rb"(plain \(a\))"), ("新", b"(\\376\\377e\\260)")],
)
def test_text_strings_are_latin_or_utf_16(text: str, written: bytes) -> None:
    assert string(text).format(pdfdoc.PDFDocument(invariant=1)) == written  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "written"), [("F0", "/F0"), ("专金", "/#e4#b8#93#e9#87#91"), ("a b/\n", "/a#20b#2f#0a")]
)
def test_names_are_escaped_byte_by_byte(text: str, written: str) -> None:
    assert name(text) == written


def test_settings_from_outside_do_not_reach_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest() -> str:
        document = Document((1, 6))
        content = document.add_stream(b"", {}, filter_name=None)
        document.add_page(content, {"MediaBox": (0, 0, 10, 10)}, {})
        return md5(document.save({}, {"Title": string("题")})).hexdigest()

    plain = digest()
    for setting in ("pdfComments", "pdfMultiLine", "useA85"):
        monkeypatch.setattr(rl_config, setting, 1)
    monkeypatch.setattr(rl_config, "invariant", 0)
    monkeypatch.setattr(rl_config, "documentLang", "xx-XX")
    assert digest() == plain
