"""The file around the page: what a printer's preflight looks at first (PR-01 to PR-30)."""

import re
import uuid

import pikepdf
import pytest

from layout_engine.base.units import mm, pt
from layout_engine.pdf.profile import Condition
from tests.pdf.scenes import TRIM, a_page, a_profile, a_region, a_run, made_icc, opened, written
from tests.pdf.xmp import XMP, xmp_values


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return written(a_page(a_region("lead", a_run("我市召开——会议"), a_run("好。", direction="vertical"))))


def test_the_header_is_1_6_and_marked_as_binary(pdf: bytes) -> None:
    first, second = pdf.split(b"\n")[:2]
    assert first == b"%PDF-1.6"
    assert second.startswith(b"%")
    assert sum(byte > 127 for byte in second) >= 4


def test_there_is_one_revision_and_nothing_after_it(pdf: bytes) -> None:
    assert pdf.count(b"startxref") == pdf.count(b"%%EOF") == 1
    assert pdf.endswith(b"%%EOF\n")


def test_another_parser_finds_no_fault(pdf: bytes) -> None:
    with opened(pdf) as file:
        assert file.check_pdf_syntax() == []


def test_every_object_is_reached_from_the_trailer(pdf: bytes) -> None:
    with opened(pdf) as file:
        before = len(file.objects)
        seen: set[tuple[int, int]] = set()
        _walk(file.trailer, seen)
        assert len(seen) == before


def test_the_identifier_is_sixteen_bytes_twice(pdf: bytes) -> None:
    with opened(pdf) as file:
        first, second = (bytes(half) for half in file.trailer.ID)
    assert first == second
    assert len(first) == 16


def test_another_content_has_another_identifier(pdf: bytes) -> None:
    other = written(a_page(a_region("lead", a_run("我市召开——会诊"))))
    with opened(pdf) as one, opened(other) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def test_the_catalogue_holds_nothing_that_acts(pdf: bytes) -> None:
    with opened(pdf) as file:
        assert set(file.Root.keys()) == {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}


def test_without_bleed_the_three_boxes_are_the_trim(pdf: bytes) -> None:
    with opened(pdf) as file:
        page = file.pages[0]
        boxes = {key: [float(edge) for edge in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")}
        assert boxes["/MediaBox"] == boxes["/BleedBox"] == boxes["/TrimBox"]
        assert boxes["/TrimBox"] == pytest.approx([0, 0, TRIM.width / pt(1), TRIM.height / pt(1)], abs=0.0001)
        assert {"/CropBox", "/ArtBox", "/Rotate", "/UserUnit", "/Annots", "/Group"}.isdisjoint(page.keys())


def test_with_bleed_the_trim_lies_inside_the_media() -> None:
    with opened(written(a_page(bleed=mm(3)))) as file:
        page = file.pages[0]
        media, bleed, trim = ([float(edge) for edge in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
    margin = mm(3) / pt(1)
    assert media == bleed == pytest.approx([0, 0, trim[2] + margin, trim[3] + margin], abs=0.0002)
    assert trim[:2] == pytest.approx([margin, margin], abs=0.0001)


def test_numbers_in_boxes_have_four_decimals_at_most(pdf: bytes) -> None:
    boxes = re.findall(rb"/(?:Media|Bleed|Trim)Box \[([^\]]+)\]", pdf)
    assert len(boxes) == 3
    assert all(re.fullmatch(rb"-?\d+(\.\d{1,4})?", number) for box in boxes for number in box.split())


def test_info_is_complete_and_dated_by_the_issue(pdf: bytes) -> None:
    with opened(pdf) as file:
        info = {str(key): str(value) for key, value in file.trailer.Info.items()}
    assert info["/Title"] == "新即墨 2024-05-21 要闻"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20240521023000+08'00'"
    assert info["/Trapped"] == "/False"
    assert info["/GTS_PDFXVersion"] == "PDF/X-4"
    assert {"/Creator", "/Producer"} < info.keys()
    assert "/GTS_PDFXConformance" not in info


def test_xmp_is_complete_unfiltered_and_says_what_info_says(pdf: bytes) -> None:
    with opened(pdf) as file:
        assert "/Filter" not in file.Root.Metadata
        values = xmp_values(file)
        info = file.trailer.Info
        assert values.keys() == XMP.keys()
        assert values["dc:title"] == str(info.Title)
        assert values["xmp:CreatorTool"] == str(info.Creator)
        assert values["pdf:Producer"] == str(info.Producer)
        assert values["pdf:Trapped"] == str(info.Trapped)[1:]
        assert values["pdfxid:GTS_PDFXVersion"] == str(info.GTS_PDFXVersion)
        assert values["xmp:CreateDate"] == values["xmp:ModifyDate"] == "2024-05-21T02:30:00+08:00"


def test_the_document_id_is_a_name_based_uuid_of_the_page(pdf: bytes) -> None:
    with opened(pdf) as file:
        named = uuid.uuid5(uuid.NAMESPACE_URL, "新即墨/2024-05-21/1")
        assert xmp_values(file)["xmpMM:DocumentID"] == f"uuid:{named}"


def test_markup_in_a_title_stays_text() -> None:
    page = a_page(a_region("lead"))
    page = type(page)(1, "<a> & b", page.file_name, page.trim, 0, page.inks, page.regions)
    with opened(written(page)) as file:
        assert xmp_values(file)["dc:title"] == "新即墨 2024-05-21 <a> & b"


def test_the_output_intent_holds_its_profile(pdf: bytes) -> None:
    with opened(pdf) as file:
        (intent,) = file.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "IFRA26"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.Info)
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == made_icc()


def test_a_condition_of_no_registry_names_none() -> None:
    profile = type(a_profile())(
        name="house",
        conformance="PDF/X-4",
        condition=Condition("OurPress", None, "our press"),
        icc_file=a_profile().icc_file,
        icc=made_icc(),
    )
    with opened(written(a_page(), profile=profile)) as file:
        (intent,) = file.Root.OutputIntents
        assert "/RegistryName" not in intent
        assert str(intent.Info) == "our press"


def test_a_proof_claims_no_conformance() -> None:
    with opened(written(a_page(a_region("lead", a_run("样"))), profile=a_profile(None))) as file:
        assert "/OutputIntents" not in file.Root
        assert "/GTS_PDFXVersion" not in file.trailer.Info
        assert "pdfxid:GTS_PDFXVersion" not in xmp_values(file)


def test_no_colour_space_but_cmyk_gray_and_named_spots(pdf: bytes) -> None:
    for word in (b"RGB", b"/Lab", b"/CalGray", b"/ICCBased", b"Pattern", b"/Shading"):
        assert word not in pdf


def test_streams_use_flate_or_nothing(pdf: bytes) -> None:
    with opened(pdf) as file:
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        filters = {str(one.get("/Filter")) for one in streams}
    assert filters == {"/FlateDecode", "None"}


def test_streams_end_on_a_line_of_their_own(pdf: bytes) -> None:
    assert pdf.count(b"endstream") == pdf.count(b"\nendstream\n")


def test_an_empty_page_is_a_page() -> None:
    with opened(written(a_page())) as file:
        assert len(file.pages) == 1
        assert file.pages[0].Contents.read_bytes() == b""


def _walk(value: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for one in value.values() if isinstance(value, pikepdf.Dictionary) else (v for _, v in value.items()):
            _walk(one, seen)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            _walk(one, seen)
