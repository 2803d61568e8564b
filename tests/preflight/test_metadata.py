"""PR-10 to PR-15, PR-30 to PR-32: who the file is and for which press."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from layout_engine.preflight.inspect_file import claimed_standard, preflight
from tests.pdf.scenes import TAGS, made_icc
from tests.pdfx.clause import Fault
from tests.pdfx.faults import in_catalog, in_info, in_intent, in_profile, in_xmp
from tests.preflight.bad import PROFILES, Case, codes, only, sound, spoiled

TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'


def with_profile(data: bytes, channels: int = 4) -> Fault:
    """Another output profile."""

    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(data, N=channels)

    return plant


def a_second_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def an_archive_intent(pdf: pikepdf.Pdf) -> None:
    """A second intent, for PDF/A, with a profile of its own."""
    other = pdf.make_indirect(pdf.make_stream(made_icc(), N=4))
    pdf.Root.OutputIntents.append(Dictionary(Type=Name.OutputIntent, S=Name("/GTS_PDFA1"), DestOutputProfile=other))


def packed_xmp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes(), filter=Name.FlateDecode)


CASES = {
    "another standard": Case("version-key", in_xmp("PDF/X-4<", "PDF/X-3<")),
    "another standard in Info": Case("version-key", in_info("GTS_PDFXVersion", String("PDF/X-1:2001")), standard="X1a"),
    "the key of 2001": Case("conformance-key", in_info("GTS_PDFXConformance", String("PDF/X-1a:2001"))),
    "no title in X-1a": Case("info-missing", in_info("Title", None), standard="X1a"),
    "no title": Case("info-absent", in_info("Title", None)),
    "a date without its zone": Case("date", in_info("ModDate", String("D:20240521023000"))),
    "a day that is none": Case("date", in_info("ModDate", String("D:20240231023000+08'00'"))),
    "trapping unknown": Case("trapped", in_info("Trapped", Name.Unknown), in_info("Trapped", Name("/True"))),
    "trapping as a string": Case("trapped", in_info("Trapped", String("False"))),
    "no XMP": Case("xmp-missing", in_catalog("Metadata", None)),
    "XMP packed": Case("xmp-packed", packed_xmp),
    "XMP that is no XML": Case("xmp-broken", in_xmp("</rdf:RDF>", "</rdf:RDFF>")),
    "XMP with entities": Case("xmp-broken", in_xmp("<x:xmpmeta", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x:xmpmeta')),
    "XMP without its packet": Case("xmp-broken", in_xmp("<?xpacket end", "<?xpackex end")),
    "no document identifier": Case("xmp-key", in_xmp("xmpMM:VersionID", "xmpMM:VersionIx")),
    "two titles": Case("info-differs", in_info("Title", String("另一题"))),
    "two dates": Case("info-differs", in_info("ModDate", String("D:20240521023001+08'00'"))),
    "two producers": Case("info-differs", in_info("Producer", String("someone"))),
    "no output intent": Case("intent-count", in_catalog("OutputIntents", Array())),
    "two output intents": Case("intent-count", a_second_intent, an_archive_intent),
    "a condition without a name": Case("intent-key", in_intent("OutputConditionIdentifier", String(""))),
    "a profile by reference": Case("intent-outside", in_intent("DestOutputProfileRef", Dictionary())),
    "no profile": Case("intent-without-profile", in_intent("DestOutputProfile", None)),
    "no profile and no registry": Case(
        "intent-without-profile",
        lambda pdf: [in_intent(key, None)(pdf) for key in ("RegistryName", "DestOutputProfile")] and None,
        in_intent("DestOutputProfile", None),
        standard="X1a",
    ),
    "a monitor's profile": Case("intent-profile", in_profile(12, b"mntr")),
    "an RGB profile": Case("intent-profile", with_profile(made_icc(space=b"RGB ")), with_profile(made_icc())),
    "a profile cut off": Case("intent-profile", with_profile(made_icc()[:-4])),
    "a profile with bytes too many": Case("intent-profile", with_profile(made_icc() + b"x")),
    "a profile without its way back": Case("intent-profile", with_profile(made_icc(("desc", "cprt", "wtpt", "A2B0")))),
    "a profile of three channels": Case("intent-profile", with_profile(made_icc(), 3)),
    "version 4 for an old RIP": Case("intent-profile", with_profile(made_icc(version=4)), standard="X1a"),
    "two profiles": Case("intents-apart", an_archive_intent),
    "another condition": Case("other-condition", in_intent("OutputConditionIdentifier", String("FOGRA39"))),
    "another profile under the name": Case("other-profile", with_profile(made_icc((*TAGS, "gamt")))),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_identity_is_found(case: Case) -> None:
    case.check()


def test_dates_are_compared_as_instants() -> None:
    assert codes(spoiled(in_info("ModDate", String("D:20240520183000Z")))) == ["identifier-changed"]


@pytest.mark.parametrize("zone", ["Z", "Z00'00'", "Z00'00", "+00'00'"])
def test_greenwich_time_is_a_full_date_however_it_is_written(zone: str) -> None:
    """Ghostscript writes Z00'00'."""
    assert "date" not in codes(spoiled(in_info("ModDate", String(f"D:20240520183000{zone}"))))


def test_info_alone_may_be_silent_in_x4() -> None:
    assert "version-key" not in codes(spoiled(in_info("GTS_PDFXVersion", None)))


def test_the_missing_keys_are_named() -> None:
    one = only("info-missing", spoiled(in_info("Title", None), standard="X1a"), "X1a")
    assert "Title" in one.diagnostic.message("en")


@pytest.mark.parametrize(
    ("name", "bad"), [("要闻 终稿.pdf", True), ("A.PDF", True), ("xinjimo-20240521-01.pdf", False)]
)
def test_a_file_name_is_one_that_every_system_takes(name: str, bad: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(sound())
    report = preflight(path, PROFILES["X4"]).value
    assert report is not None
    assert (["preflight/file-name"] if bad else []) == [one.diagnostic.code for one in report.findings]


def test_a_proof_need_not_say_who_it_is() -> None:
    bare = spoiled(in_catalog("Metadata", None), in_info("Title", None), standard="proof")
    assert codes(bare, "proof") == []


@pytest.mark.parametrize(
    ("key", "claimed"),
    [("PDF/X-1a:2003", "X1a"), ("PDF/X-1:2001", "X1a"), ("PDF/X-3:2002", None), ("PDF/X-4", "X4"), ("", None)],
)
def test_a_file_is_held_against_what_it_claims(key: str, claimed: str | None) -> None:
    """PDF/X-1a:2001 has the key PDF/X-1:2001, as Scribus and LaTeX write it."""
    names_it = in_info("GTS_PDFXVersion", String(key)), in_xmp("PDF/X-1a:2003", key)
    assert claimed_standard(spoiled(*names_it, standard="X1a")) == claimed
