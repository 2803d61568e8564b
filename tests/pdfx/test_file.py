"""The file and what it says of itself: PR-01 to PR-15."""

import re
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.pdf.xmp import XMP, xmp_values
from tests.pdfx.clause import clause
from tests.pdfx.faults import a_stream, in_catalog, in_info, in_xmp, on_page
from tests.pdfx.measure import everything, names_in, streams
from tests.pdfx.readers import qpdf_check
from tests.pdfx.samples import PROFILES, VERSIONS, Written, samples

FILTERS = {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"}  # PR-05: ours
ACTING = {
    "/OpenAction", "/AA", "/A", "/JS", "/JavaScript", "/AcroForm", "/XFA", "/EmbeddedFiles", "/EF", "/RichMedia", "/3D",
    "/PresSteps", "/OPI", "/PS", "/Ref", "/Alternates", "/JobTicket", "/Thumb", "/Filespec", "/Names", "/URI",
}  # fmt: skip


def instant(date: str) -> datetime:
    """A PDF date or an ISO one."""
    found = re.fullmatch(r"D:(\d{14})([+-]\d\d)'(\d\d)'", date)
    if found:
        return datetime.strptime(f"{found[1]}{found[2]}{found[3]}", "%Y%m%d%H%M%S%z")
    return datetime.fromisoformat(date)


@clause("PR-01", damage=lambda data: data.replace(b"%PDF-1.4", b"%PDF-1.7", 1))
def test_pr01_the_header_names_the_version_of_the_standard(file: Written) -> None:
    first, second = file.data.split(b"\n", 2)[:2]
    assert first == (b"%PDF-1.4" if file.old else b"%PDF-1.6")
    assert second.startswith(b"%")
    assert sum(byte > 127 for byte in second) >= 4


@clause("PR-01", fault=in_catalog("Version", Name("/1.7")))
def test_pr01_the_catalogue_raises_no_other_version(file: Written) -> None:
    assert "/Version" not in file.pdf.Root


@clause("PR-02", damage=lambda data: data + b"\nstartxref\n0\n%%EOF\n")
def test_pr02_there_is_one_revision_with_nothing_behind_it(file: Written) -> None:
    assert file.data.count(b"startxref") == file.data.count(b"%%EOF") == 1
    assert file.data.endswith(b"%%EOF\n")
    assert "/Linearized" not in names_in(file.pdf)


@clause("PR-02", damage=lambda data: data.replace(b"\nxref\n", b"\nXref\n"))
def test_pr02_the_cross_reference_is_a_classic_table(file: Written) -> None:
    """Wanted of X-1a; our X-4 has one too."""
    assert file.data.count(b"\nxref\n") == 1
    assert not {"/ObjStm", "/XRef", "/XRefStm"} & names_in(file.pdf)


@clause("PR-02", damage=lambda data: data.replace(b" 0 obj", b" 0 objx", 3))
def test_pr02_another_parser_opens_it_without_repair(file: Written) -> None:
    assert file.pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("profile", PROFILES)
def test_pr02_qpdf_has_nothing_to_say(profile: str, tmp_path: Path) -> None:
    for file in samples():
        if file.profile == profile:
            path = tmp_path / file.name
            path.write_bytes(file.data)
            qpdf_check(path)


@clause("PR-03", damage=lambda data: re.sub(rb"/ID \[<..", b"/ID [<zz", data))
def test_pr03_the_identifier_is_sixteen_bytes_twice(file: Written) -> None:
    (found,) = re.findall(rb"/ID\s*\[\s*<([0-9a-f]{32})><([0-9a-f]{32})>\s*\]", file.data)
    assert found[0] == found[1]


def test_pr03_every_page_has_an_identifier_of_its_own() -> None:
    ids = [bytes(file.pdf.trailer.ID[0]) for file in samples()]
    assert len(set(ids)) == len(ids)


@clause("PR-04", damage=lambda data: data.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << >>", 1))
def test_pr04_nothing_is_encrypted(file: Written) -> None:
    assert b"/Encrypt" not in file.data
    assert not file.pdf.is_encrypted


@clause("PR-05", fault=a_stream(Filter=Name.LZWDecode))
def test_pr05_streams_are_packed_in_the_ways_that_we_know(file: Written) -> None:
    for stream in streams(file.pdf):
        filters = stream.get("/Filter", Array())
        assert {str(one) for one in (filters if isinstance(filters, Array) else [filters])} <= FILTERS


@clause("PR-05", fault=a_stream(F=String("ad.eps")))
def test_pr05_no_data_lies_outside_the_file(file: Written) -> None:
    for stream in streams(file.pdf):
        assert not {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys())


@clause("PR-06", fault=in_catalog("OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()"))))
def test_pr06_nothing_acts(file: Written) -> None:
    assert not ACTING & names_in(file.pdf)


@clause("PR-07", fault=on_page("Annots", Array()))
def test_pr07_there_are_no_annotations(file: Written) -> None:
    assert "/Annots" not in file.page


@clause("PR-08", fault=in_catalog("OCProperties", Dictionary()))
def test_pr08_there_are_no_layers(file: Written) -> None:
    assert not {"/OCProperties", "/OC", "/OCGs"} & names_in(file.pdf)


@clause("PR-10", fault=in_info("GTS_PDFXVersion", String("PDF/X-1:2001")))
def test_pr10_info_and_xmp_name_the_standard(file: Written) -> None:
    assert str(file.pdf.trailer.Info.GTS_PDFXVersion) == VERSIONS[file.profile]
    assert xmp_values(file.pdf)["pdfxid:GTS_PDFXVersion"] == VERSIONS[file.profile]


@clause("PR-10", fault=in_info("GTS_PDFXConformance", String("PDF/X-1a:2001")))
def test_pr10_no_key_of_an_older_standard_is_there(file: Written) -> None:
    assert "/GTS_PDFXConformance" not in file.pdf.trailer.Info


@clause("PR-11", fault=in_info("Trapped", String("False")))
def test_pr11_the_document_information_is_whole(file: Written) -> None:
    info = file.pdf.trailer.Info
    assert str(info.Title).startswith("新即墨 2024-05-2")
    for key in ("/CreationDate", "/ModDate"):
        assert re.fullmatch(r"D:\d{14}[+-]\d\d'\d\d'", str(info[key]))
    assert info.Trapped == Name("/False")
    assert isinstance(info.Trapped, pikepdf.Name)
    assert str(info.Creator)
    assert str(info.Producer).startswith("layout-engine ")


@clause("PR-12", fault=in_xmp("<xmpMM:VersionID>1</xmpMM:VersionID>", ""))
def test_pr12_the_xmp_packet_is_whole(file: Written) -> None:
    stream = file.pdf.Root.Metadata
    assert (stream.Type, stream.Subtype) == ("/Metadata", "/XML")
    assert "/Filter" not in stream
    packet = bytes(stream.read_raw_bytes())
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    assert re.search(rb'<\?xpacket end="[rw]"\?>\s*$', packet)
    found = xmp_values(file.pdf)
    assert set(found) == set(XMP)
    assert all(found.values())
    assert found["xmpMM:VersionID"].isdigit()
    assert found["xmpMM:RenditionClass"] == "default"
    assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["xmpMM:DocumentID"])


@clause("PR-13", fault=in_info("ModDate", String("D:20240521023001+08'00'")))
def test_pr13_info_and_xmp_say_the_same(file: Written) -> None:
    info, found = file.pdf.trailer.Info, xmp_values(file.pdf)
    assert found["dc:title"] == str(info.Title)
    assert found["xmp:CreatorTool"] == str(info.Creator)
    assert found["pdf:Producer"] == str(info.Producer)
    assert f"/{found['pdf:Trapped']}" == str(info.Trapped)
    assert instant(found["xmp:CreateDate"]) == instant(str(info.CreationDate))
    assert instant(found["xmp:ModifyDate"]) == instant(str(info.ModDate))


def test_pr15_the_file_is_named_by_the_pattern_of_the_house() -> None:
    for file in samples():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,55}\.pdf", file.name)
        assert len(file.pdf.pages) == 1


@clause("PR-86", fault=lambda pdf: setattr(pdf.Root, "Long", Array([0] * 9_000)))
def test_pr86_nothing_is_longer_than_an_old_reader_takes(file: Written) -> None:
    for one in everything(file.pdf):
        if isinstance(one, pikepdf.Array):
            assert len(one) <= 8_191
            values = list(one)
        else:
            assert all(len(key.encode()) <= 128 for key in one.keys())  # noqa: SIM118 - of a PDF dictionary
            values = [value for _, value in one.items()]
        for value in values:
            assert not isinstance(value, pikepdf.Name) or len(str(value).encode()) <= 128
            assert not isinstance(value, pikepdf.String) or len(bytes(value)) <= 32_767
