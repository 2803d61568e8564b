"""PR-01 to PR-08: the file itself. Each fault is found, and what is near to it passes."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.pdfx.faults import a_stream, in_catalog, on_page
from tests.preflight.bad import Case, a_form, an_image, both, codes, painting, saved, sound, spoiled

LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 50, 50]))
MARK = Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([10, 10, 50, 50]))
AWAY = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([-90, -90, -50, -50]))
LAYERS = Dictionary(OCGs=Array(), D=Dictionary(Name=String("all")))
UNNAMED = Dictionary(OCGs=Array(), D=Dictionary())
ACTING = Dictionary(OCGs=Array(), D=Dictionary(Name=String("all"), AS=Array()))

CASES = {
    "a version in the catalogue": Case("version-override", in_catalog("Version", Name("/1.7"))),
    "LZW": Case("filter", a_stream(Filter=Name.LZWDecode), a_stream(Filter=Name.FlateDecode)),
    "LZW by its short name": Case("filter", a_stream(Filter=Name("/LZW"))),
    "JPEG 2000 for an old RIP": Case("filter", a_stream(Filter=Name.JPXDecode), standard="X1a"),
    "data in another file": Case("outside-data", a_stream(F=String("ad.eps"))),
    "a file named": Case("outside-data", in_catalog("Extra", Dictionary(Type=Name.Filespec, F=String("ad.eps")))),
    "a picture in the content": Case(
        "inline-picture",
        painting("q 9 0 0 9 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"),
        painting("q 9 0 0 9 300 300 cm /Im9 Do Q", XObject={"Im9": an_image(1, 1, b"x")}),
    ),
    "JavaScript on opening": Case(
        "action", in_catalog("OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()")))
    ),
    "JavaScript by name": Case("action", in_catalog("Names", Dictionary(JavaScript=Dictionary()))),
    "an action of the page": Case("action", on_page("AA", Dictionary())),
    "a form to fill in": Case("action", in_catalog("AcroForm", Dictionary(Fields=Array()))),
    "a link that goes somewhere": Case(
        "action", on_page("Annots", Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("x")))]))
    ),
    "PostScript": Case("foreign", painting("", XObject={"Ps": a_form("", Subtype=Name.PS)})),
    "PostScript in a form": Case("foreign", painting("", XObject={"Ps": a_form("", Subtype2=Name.PS)})),
    "OPI": Case("foreign", painting("", XObject={"F9": a_form("", OPI=Dictionary())})),
    "a reference to another file": Case("foreign", painting("", XObject={"F9": a_form("", Ref=Dictionary())})),
    "other versions of a picture": Case(
        "foreign", painting("", XObject={"Im9": an_image(1, 1, b"x", Alternates=Array())})
    ),
    "3D": Case("foreign", on_page("Annots", Array([Dictionary(Subtype=Name("/3D"), Rect=Array([0, 0, 9, 9]))]))),
    "attachments": Case("attached", in_catalog("Names", Dictionary(EmbeddedFiles=Dictionary()))),
    "a thumbnail": Case("attached", on_page("Thumb", Dictionary())),
    "a link on the page": Case("annotation", on_page("Annots", Array([LINK])), on_page("Annots", Array([MARK]))),
    "a link beside the page": Case("annotation-outside", on_page("Annots", Array([AWAY]))),
    "layers": Case("layers", in_catalog("OCProperties", LAYERS)),
    "layers for an old RIP": Case("layers-forbidden", in_catalog("OCProperties", LAYERS), standard="X1a"),
    "a nameless configuration": Case(
        "layer-configuration", in_catalog("OCProperties", UNNAMED), in_catalog("OCProperties", LAYERS)
    ),
    "layers that switch themselves": Case("layer-configuration", in_catalog("OCProperties", ACTING)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_the_file_is_found(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("standard", ["X4", "X1a", "proof"])
def test_a_sound_file_has_no_finding_at_all(standard: str) -> None:
    assert codes(sound(standard), standard) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("version", b"%PDF-1.6", b"%PDF-1.7"),
        ("header", b"%PDF-1.6", b"\n%PDF-1.6"),
        ("binary-mark", sound()[9:14], b"%abcd"),
        ("end-of-file", b"%%EOF\n", b"%%EOF\nmail footer"),
        ("mended", b"\nxref\n", b"\nXref\n"),
        ("identifier", b"/ID", b"/Id"),
        ("mended", b"/MediaBox", b"/MediaBux"),
        ("filter", b"/FlateDecode", b"/Crypt      "),
    ],
)
def test_damaged_bytes_are_found(code: str, old: bytes, new: bytes) -> None:
    data = sound()
    assert old in data
    assert code in codes(data.replace(old, new, 1))


def test_a_second_revision_is_found() -> None:
    data = sound()
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    again = data + data[start:]
    assert "revisions" in codes(again)


def test_linearised_and_compressed_files_are_found() -> None:
    with pikepdf.open(BytesIO(sound("X1a"))) as pdf:
        assert "linearised" in codes(saved(pdf, linearize=True), "X1a")
        packed = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        assert "compressed-objects" in codes(packed, "X1a")
    with pikepdf.open(BytesIO(sound())) as pdf:
        packed = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, force_version="1.6")
        assert "compressed-objects" not in codes(packed)


def test_encryption_is_found_with_and_without_its_password() -> None:
    with pikepdf.open(BytesIO(sound())) as pdf:
        assert "encrypted" in codes(saved(pdf, static_id=False, encryption=pikepdf.Encryption(owner="x", user="")))
        locked = saved(pdf, static_id=False, encryption=pikepdf.Encryption(owner="x", user="y"))
        assert codes(locked) == ["locked"]


def test_the_identifier_changes_when_a_file_is_saved_again() -> None:
    assert codes(spoiled()) == ["identifier-changed"]


def test_javascript_inside_a_tree_is_found_too() -> None:
    deep = Dictionary(Kids=Array([Dictionary(A=Dictionary(S=Name.JavaScript, JS=String("x")))]))
    assert "action" in codes(spoiled(both(in_catalog("Extra", deep))))
