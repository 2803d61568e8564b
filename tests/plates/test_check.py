"""What a build and the preflight are told of the ink of a written file."""

from io import BytesIO

import msgspec
import pikepdf
import pytest

from layout_engine.pdf.profile import MODEL_ICC
from layout_engine.plates.check import check_total_ink, ink_findings
from tests.pdf.scenes import a_profile
from tests.plates.sheets import OVERPRINTS, a_field, a_sheet, needs_ghostscript, saved

PROFILE = msgspec.structs.replace(a_profile(), icc=MODEL_ICC.read_bytes())
HEAVY = (OVERPRINTS, a_field("1 1 0 0 k", 4, 20, 8, 8), a_field("0 0 0.6 0 k", 6, 22, 3, 3))


@needs_ghostscript
def test_two_fills_each_within_the_limit_are_over_it_where_one_overprints() -> None:
    (one,) = check_total_ink(a_sheet(*HEAVY), PROFILE)
    assert one.message("en") == (
        "total ink of 260 %, over 240 %: C 100 M 100 Y 60; 12 mm² of the page are over the limit"
        " (PR-48, page 1, 6.0 mm from the left, 15.0 mm from the top)"
    )
    assert one.message("zh") == (
        "总墨量 260%，超过 240%：C 100 M 100 Y 60；本页超限共 12 平方毫米（PR-48，第 1 页，距左 6.0、距上 15.0 毫米）"
    )


@needs_ghostscript
def test_each_of_them_alone_is_fine() -> None:
    assert check_total_ink(a_sheet(*HEAVY[:2]), PROFILE) == ()
    assert check_total_ink(a_sheet(HEAVY[2]), PROFILE) == ()


@needs_ghostscript
def test_a_page_of_an_issue_goes_by_its_own_number() -> None:
    (one,) = ink_findings(a_sheet(*HEAVY), PROFILE, counted_from=7)
    assert (one.rule, one.page) == ("PR-48", 7)


@needs_ghostscript
@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90])
def test_a_place_is_told_as_the_page_is_written_however_it_is_turned(turned: int) -> None:
    with pikepdf.open(BytesIO(a_sheet(*HEAVY))) as pdf:
        trim = pdf.pages[0].obj.TrimBox
        trim[3] = float(trim[3]) - 72 / 25.4 * 5  # no square: 40 mm wide, 35 mm high
        pdf.pages[0].obj.Rotate = turned
        (one,) = ink_findings(saved(pdf), PROFILE)
    assert one.x_mm == pytest.approx(6.0, abs=2.01)  # a field of 3 mm, and any square of 1 mm in it
    assert one.y_mm == pytest.approx(10.0, abs=2.01)


@needs_ghostscript
def test_a_picture_over_the_limit_is_found_and_one_within_is_not() -> None:
    assert [one.code for one in check_total_ink(_with_picture(bytes([200, 180, 180, 220])), PROFILE)] == [
        "plates/total-ink"
    ]
    assert check_total_ink(_with_picture(bytes([120, 110, 110, 220])), PROFILE) == ()


@needs_ghostscript
def test_a_profile_that_cannot_be_used_hides_nothing() -> None:
    assert [one.code for one in check_total_ink(a_sheet(*HEAVY), a_profile())] == [
        "plates/profile-refused",
        "plates/total-ink",
    ]
    assert check_total_ink(a_sheet(), a_profile()) == ()


def test_a_build_without_ghostscript_is_warned_and_not_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (one,) = check_total_ink(a_sheet(*HEAVY), PROFILE)
    assert (one.code, one.severity, one.hint("en")) == (
        "plates/not-measured", "warning", "install it: apt-get install ghostscript",
    )  # fmt: skip


def _with_picture(pixel: bytes) -> bytes:
    def resources(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
        about = {"Width": 8, "Height": 8, "BitsPerComponent": 8, "ColorSpace": pikepdf.Name.DeviceCMYK}
        made = pdf.make_stream(pixel * 64, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, **about)
        return pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=pdf.make_indirect(made)))

    return a_sheet("20 0 0 20 10 10 cm /X Do", Resources=resources)
