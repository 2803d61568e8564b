"""Which press a file is for: profiles, the printer's own numbers, and ICC files that will not do (PR-30 to PR-32)."""

from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.base.units import mm, pt
from layout_engine.pdf.icc import MAX_BYTES, icc_fault
from layout_engine.pdf.profile import NEWSPRINT, PrinterSays, find_profile, profile_names
from tests.pdf.scenes import TAGS, made_icc

HERE = Span("house/xinjimo.yaml", 40, 12)


@pytest.fixture
def icc(tmp_path: Path) -> Path:
    file = tmp_path / "press.icc"
    file.write_bytes(made_icc())
    return file


def codes(name: str, says: PrinterSays) -> list[str]:
    return [one.code for one in find_profile(name, says, HERE).diagnostics]


def says(icc: Path, **more: object) -> PrinterSays:
    return PrinterSays(icc=icc, condition="OurPress", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "claims", "version"),
    [("pdfx4", "PDF/X-4", (1, 6)), ("pdfx1a", "PDF/X-1a:2003", (1, 4)), ("proof", None, (1, 6))],
)
def test_each_built_in_profile_claims_what_it_is(
    name: str, claims: str | None, version: tuple[int, int], icc: Path
) -> None:
    profile = find_profile(name, says(icc)).value
    assert profile is not None
    assert (profile.name, profile.conformance, profile.pdf_version) == (name, claims, version)


def test_only_x_1a_forbids_transparency_and_wants_cid_sets(icc: Path) -> None:
    profiles = [find_profile(name, says(icc)).value for name in profile_names()]
    told = {one.name: (one.transparency, one.cid_sets) for one in profiles if one}
    assert told == {"pdfx4": (True, False), "pdfx1a": (False, True), "proof": (True, False)}


def test_x_1a_takes_no_icc_profile_of_version_4(tmp_path: Path) -> None:
    file = tmp_path / "press.icc"
    file.write_bytes(made_icc(version=4))
    assert find_profile("pdfx4", says(file)).diagnostics == ()
    (finding,) = find_profile("pdfx1a", says(file)).diagnostics
    assert finding.code == "pdf/icc-unfit"
    assert "version 4" in finding.message("en")


@pytest.mark.parametrize(
    ("name", "registry", "found"),
    [
        ("pdfx1a", "icc", "pdf/separated-by-model"),
        ("pdfx1a", "none", "pdf/icc-wanted"),
        ("pdfx4", "icc", "pdf/icc-wanted"),
        ("proof", "none", "pdf/separated-by-model"),
    ],
)
def test_a_condition_without_icc_profile_is_enough_only_where_its_name_is_registered_and_x_1a_claimed(
    name: str, registry: str, found: str
) -> None:
    outcome = find_profile(name, PrinterSays(condition="FOGRA48", registry=registry), HERE)
    assert [one.code for one in outcome.diagnostics] == [found]
    assert outcome.value is not None
    assert not outcome.value.embeds_icc


def test_the_engines_model_may_be_asked_for_by_its_name() -> None:
    outcome = find_profile("pdfx4", PrinterSays(condition="IFRA26", registry="icc"))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert (outcome.value.condition, outcome.value.embeds_icc) == (NEWSPRINT, True)


def test_an_unknown_profile_is_an_error_with_the_known_ones(icc: Path) -> None:
    outcome = find_profile("pdfx5", says(icc), HERE)
    assert outcome.value is None
    (finding,) = outcome.diagnostics
    assert all(name in (finding.hint("zh") or "") for name in profile_names())


def test_the_printers_numbers_win(icc: Path) -> None:
    profile = find_profile("pdfx4", says(icc, registry="http://www.color.org", total_ink=220)).value
    assert profile is not None
    assert profile.total_ink == 220
    assert (profile.condition.identifier, profile.condition.registry) == ("OurPress", "http://www.color.org")
    assert profile.icc_file == icc


def test_a_printer_says_everything_that_a_profile_numbers(icc: Path) -> None:
    own = {
        "total_ink": 260,
        "spots": ("专金",),
        "rule_least": pt(1),
        "rule_least_mixed": pt(2),
        "type_least": pt(6),
        "type_least_mixed": pt(10),
        "picture_ppi_least": 100,
        "picture_ppi_wanted": 150,
        "picture_ppi_most": 250,
        "line_art_ppi_least": 800,
        "trims": ((mm(270), mm(390)),),
        "bleed": mm(3),
        "margin": mm(12),
        "marks": ("crop", "slug"),
    }
    profile = find_profile("pdfx1a", says(icc, title="青岛印务", **own)).value
    assert profile is not None
    assert {key: getattr(profile, key) for key in own} == own
    assert profile.name == "青岛印务"


@pytest.mark.parametrize("registry", [None, "none"])
def test_a_condition_without_registry_is_described_in_words(registry: str | None, icc: Path) -> None:
    profile = find_profile("pdfx4", says(icc, registry=registry)).value
    assert profile is not None
    assert profile.condition.registry is None
    assert profile.condition.info


def test_half_a_condition_is_told(icc: Path) -> None:
    assert codes("pdfx4", PrinterSays(icc=icc)) == ["pdf/condition-apart"]


def test_a_profile_for_newsprint_has_the_limits_of_the_standard(icc: Path) -> None:
    profile = find_profile("pdfx4", says(icc)).value
    assert profile is not None
    assert profile.total_ink == 240
    assert (profile.rule_least, profile.rule_least_mixed) == (pt(1) // 4, pt(1) // 2)
    assert (profile.type_least, profile.type_least_mixed) == (pt(11) // 2, pt(9))
    assert (profile.picture_ppi_least, profile.picture_ppi_wanted, profile.picture_ppi_most) == (150, 200, 300)


def test_a_missing_icc_file_is_an_error_naming_it(tmp_path: Path) -> None:
    outcome = find_profile("pdfx4", says(tmp_path / "gone.icc"), HERE)
    assert outcome.value is None
    assert [one.code for one in outcome.diagnostics] == ["pdf/icc-missing"]
    assert "gone.icc" in outcome.diagnostics[0].message("zh")


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    found = codes("pdfx5", PrinterSays(icc=tmp_path / "gone.icc"))
    assert found == ["pdf/unknown-profile", "pdf/condition-apart", "pdf/icc-missing"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not an ICC profile"),
        (b"\x89PNG" + bytes(200), "not an ICC profile"),
        (made_icc()[:-1], "says"),
        (made_icc() + b"\0", "says"),
        (made_icc(version=5), "version 5"),
        (made_icc(kind=b"mntr"), "class 'mntr'"),
        (made_icc(space=b"RGB "), "space 'RGB'"),
        (made_icc(TAGS[:-1]), "no B2A1"),
        (made_icc(()), "no desc, cprt"),
    ],
)
def test_an_unfit_icc_file_is_told_why(data: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "press.icc"
    file.write_bytes(data)
    outcome = find_profile("pdfx4", says(file), HERE)
    assert outcome.value is None
    (finding,) = outcome.diagnostics
    assert finding.code == "pdf/icc-unfit"
    assert reason in finding.message("en")


def test_a_tag_that_reaches_past_the_end_is_found() -> None:
    data = bytearray(made_icc())
    data[128 + 4 + 8 : 128 + 4 + 12] = b"\xff\xff\xff\xff"
    assert "past the end" in (icc_fault(bytes(data)) or "")


def test_a_tag_table_too_long_for_the_file_is_found() -> None:
    data = bytearray(made_icc())
    data[128:132] = b"\x00\x00\x00\x60"
    assert icc_fault(bytes(data)) == "a broken tag table"


def test_an_icc_file_too_large_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "press.icc"
    with file.open("wb") as opened:
        opened.truncate(MAX_BYTES * 4)
    (finding,) = find_profile("pdfx4", says(file), HERE).diagnostics
    assert finding.code == "pdf/icc-unfit"
    assert "4 MB" in finding.message("en")


def test_a_sound_icc_file_has_no_fault() -> None:
    assert icc_fault(made_icc()) is None
    assert icc_fault(made_icc(version=4)) is None


def test_the_model_profile_is_fit_for_a_press() -> None:
    outcome = find_profile("pdfx4")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.condition == NEWSPRINT
