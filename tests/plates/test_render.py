"""The plates hold what a RIP would burn: overprint, knock-out, spots, within the trim."""

from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run
from zlib import compress

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageStat

from layout_engine.pdf.profile import MODEL_ICC
from layout_engine.plates.model import FULL, changed_plates
from layout_engine.plates.render import each_page, render_plates
from tests.plates.sheets import (
    KNOCKS_OUT,
    OVERPRINTS,
    a_field,
    a_sheet,
    inks_at,
    needs_ghostscript,
    plates_of,
    saved,
)

pytestmark = needs_ghostscript

BASE = a_field("1 1 0 0 k", 5, 5, 20, 20)
TOP = a_field("0 0 0.6 0 k", 10, 10, 20, 20)


def test_plates_have_the_size_of_the_trim_and_whole_pixels_to_the_millimetre() -> None:
    plates = plates_of(a_sheet(BASE))
    assert (plates.size_mm, plates.per_mm, plates.ppi) == ((40.0, 40.0), 4, 101.6)


def test_what_knocks_out_takes_the_other_inks_away() -> None:
    plates = plates_of(a_sheet(KNOCKS_OUT, BASE, TOP))
    assert inks_at(plates, 15, 15) == {"Y": 60}
    assert inks_at(plates, 7, 7) == {"C": 100, "M": 100}


def test_what_overprints_is_added() -> None:
    plates = plates_of(a_sheet(OVERPRINTS, BASE, TOP))
    assert inks_at(plates, 15, 15) == {"C": 100, "M": 100, "Y": 60}
    assert inks_at(plates, 28, 28) == {"Y": 60}


def test_each_plate_carries_as_much_ink_as_was_painted() -> None:
    plates = plates_of(a_sheet(KNOCKS_OUT, BASE, TOP))
    ink = {plate.short: sum(plate.ink) / FULL / plates.per_mm**2 for plate in plates.plates}
    assert ink["C"] == pytest.approx(20 * 20 - 15 * 15, rel=0.02)
    assert ink["Y"] == pytest.approx(0.6 * 20 * 20, rel=0.02)
    assert ink["K"] == 0


def test_a_spot_over_process_colours_has_a_plate_of_its_own() -> None:
    spot = "/Spot0 cs 0.5 scn 10 10 20 20 re f"
    over = plates_of(a_sheet(OVERPRINTS, BASE, spot, spots=("专金",)))
    knocked = plates_of(a_sheet(KNOCKS_OUT, BASE, spot, spots=("专金",)))
    assert [one.name for one in over.plates] == ["Cyan", "Magenta", "Yellow", "Black", "专金"]
    assert inks_at(over, 15, 15) == {"C": 100, "M": 100, "专金": 50}
    assert inks_at(knocked, 15, 15) == {"专金": 50}


def test_a_spot_is_shown_in_the_colour_of_its_alternate() -> None:
    (gold,) = plates_of(a_sheet("/Spot0 cs 1 scn 5 5 9 9 re f", spots=("Gold",))).plates[4:]
    assert gold.color == pytest.approx((255, 204, 0), abs=2)


def test_names_of_spots_come_as_they_are_and_in_order() -> None:
    names = ("PANTONE 485/C:%s*", "../../etc", "a")
    painted = [f"/Spot{at} cs 1 scn {5 * at} 5 5 5 re f" for at in range(3)]
    plates = plates_of(a_sheet(*painted, spots=names))
    assert [one.name for one in plates.plates[4:]] == sorted(names)


def test_transparency_is_worked_out() -> None:
    plates = plates_of(
        a_sheet(a_field("0.5 0 0 0 k", 5, 5, 20, 20), "/Multiply gs", a_field("0.5 0 0 0 k", 5, 5, 9, 9))
    )
    assert inks_at(plates, 8, 8) == {"C": 75}


def test_grey_goes_to_black_and_rgb_through_the_profile_of_the_press() -> None:
    plates = plates_of(a_sheet("0.4 g 5 5 9 9 re f", "0 0 0 rg 20 5 9 9 re f"), icc=MODEL_ICC.read_bytes())
    assert inks_at(plates, 8, 8) == {"K": 60}
    black = inks_at(plates, 24, 8)
    assert black["K"] > 80
    assert sum(black.values()) <= 241


def test_the_numbers_of_the_press_pass_its_profile_unchanged() -> None:
    plates = plates_of(a_sheet(a_field("0.2 0.4 0.6 0.1 k", 5, 5, 9, 9)), icc=MODEL_ICC.read_bytes())
    assert inks_at(plates, 8, 8) == {"C": 20, "M": 40, "Y": 60, "K": 10}


def test_a_finer_resolution_is_kept() -> None:
    plates = plates_of(a_sheet(BASE), ppi=300)
    assert (plates.per_mm, plates.width) == (12, 480)


def test_pages_come_in_turn_and_are_told_as_wanted() -> None:
    pdf = a_sheet(BASE, pages=3)
    assert [page for page, _ in each_page(pdf)] == [1, 2, 3]
    assert [page for page, _ in each_page(pdf, counted_from=5)] == [5, 6, 7]
    only = dict(each_page(pdf, only=2))
    assert [one.value.pages for one in only.values() if one.value] == [3]


def test_a_page_that_is_not_there_is_told() -> None:
    assert codes(a_sheet(BASE), page=2) == ["plates/no-page"]


def test_a_turned_page_is_measured_as_it_is_seen() -> None:
    plates = plates_of(a_sheet(a_field("0 0 0 1 k", 0, 0, 10, 10), Rotate=90))
    assert inks_at(plates, 5, 35) == {"K": 100}


def test_the_same_page_gives_the_same_plates(tmp_path: Path) -> None:
    path = tmp_path / "page -dX %d.pdf"
    path.write_bytes(a_sheet(OVERPRINTS, BASE, TOP))
    assert plates_of(path) == plates_of(path.read_bytes())


def test_a_picture_comes_onto_the_plates_as_it_is_sampled() -> None:
    rows = [bytes([25 * column, 250 - 25 * row, 100, 10 * row]) for row in range(10) for column in range(10)]

    def picture(pdf: pikepdf.Pdf) -> Dictionary:
        about = {"Width": 10, "Height": 10, "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
        made = pdf.make_stream(b"".join(rows), Type=Name.XObject, Subtype=Name.Image, **about)
        return Dictionary(XObject=Dictionary(X=pdf.make_indirect(made)))

    plates = plates_of(a_sheet("20 0 0 20 10 10 cm /X Do", Resources=picture))
    assert inks_at(plates, 17, 23) == {"C": 29, "M": 69, "Y": 39, "K": 12}
    for plate, at in zip(plates.plates, range(4), strict=True):
        mean = sum(row[at] for row in rows) / len(rows)
        assert sum(plate.ink) / len(plate.ink) == pytest.approx(mean / 4, rel=0.02)


@pytest.mark.skipif(which("pdftoppm") is None, reason="poppler is not installed")
def test_poppler_agrees_on_every_plate(tmp_path: Path) -> None:
    """An unrelated renderer that knows overprint too."""
    pdf = tmp_path / "page.pdf"
    fields = [a_field("0.3 0 0 0.9 k", 8, 8, 9, 9), KNOCKS_OUT, a_field("0 0.2 0.7 0 k", 20, 2, 13, 17)]
    pdf.write_bytes(a_sheet(OVERPRINTS, BASE, TOP, *fields))
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        opened.pages[0].obj.MediaBox = opened.pages[0].obj.TrimBox
        opened.save(pdf)
    command = ("pdftoppm", "-overprint", "-jpegcmyk", "-r", "406.4", str(pdf), str(tmp_path / "seen"))
    run(command, check=True, capture_output=True)
    (picture,) = tmp_path.glob("seen*.jpg")
    seen = [mean / 255 for mean in ImageStat.Stat(Image.open(picture)).mean]
    ours = [sum(plate.ink) / len(plate.ink) / 255 for plate in plates_of(pdf).plates]
    assert ours == pytest.approx(seen, abs=0.004)


def test_only_plates_with_other_ink_are_made_again() -> None:
    old, new = (plates_of(a_sheet(OVERPRINTS, BASE, one)) for one in (TOP, a_field("0 0 0.7 0 k", 10, 10, 20, 20)))
    assert changed_plates(old, new) == (("Yellow",), ("Cyan", "Magenta", "Black"))
    assert changed_plates(old, old)[0] == ()


def test_a_spot_that_comes_or_goes_is_a_change_and_an_empty_plate_is_none() -> None:
    plain = plates_of(a_sheet(BASE))
    golden = plates_of(a_sheet(BASE, "/Spot0 cs 1 scn 30 30 5 5 re f", spots=("Gold",)))
    empty = plates_of(a_sheet(BASE, "/Spot0 cs 0 scn 0 0 1 1 re f", spots=("Gold",)))
    assert changed_plates(plain, golden)[0] == changed_plates(golden, plain)[0]
    assert "Gold" in changed_plates(plain, golden)[0]
    assert "Gold" not in changed_plates(plain, empty)[0]


# What is not fit to be rendered


def codes(pdf: bytes, page: int = 1) -> list[str]:
    outcome = render_plates(pdf, page)
    return [one.code for one in outcome.diagnostics]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"%!PS\n{} loop", a_sheet(BASE)[:300]], ids=str)
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    assert codes(data) == ["plates/unreadable"]


def test_a_program_that_looks_like_a_pdf_is_never_run() -> None:
    assert codes(b"%!PS\n{} loop\n" + a_sheet(BASE)) == ["plates/unreadable"]


def test_a_locked_file_is_told() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(a_sheet(BASE))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert codes(out.getvalue()) == ["plates/locked"]


@pytest.mark.parametrize("entries", [{"TrimBox": Array([0, 0, 20_000, 20_000])}, {"UserUnit": 1_000}], ids=str)
def test_a_page_as_large_as_a_house_is_not_rendered(entries: dict[str, object]) -> None:
    assert codes(a_sheet(BASE, **entries)) == ["plates/page-size"]


def test_a_page_without_end_is_ended_and_so_is_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.plates.render.SECONDS", 0.5)
    found = list(each_page(_spinning(pages=3)))
    assert [(page, [one.code for one in outcome.diagnostics]) for page, outcome in found] == [(1, ["plates/too-slow"])]


def test_a_form_that_draws_itself_is_told() -> None:
    def form(pdf: pikepdf.Pdf) -> Dictionary:
        made = pdf.make_indirect(
            pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
        )
        made.Resources = Dictionary(XObject=Dictionary(X=made))
        return made.Resources

    assert codes(a_sheet("/X Do", Resources=form)) == ["plates/not-silent"]


def test_a_picture_bomb_is_survived() -> None:
    def bomb(pdf: pikepdf.Pdf) -> Dictionary:
        image = pdf.make_stream(
            compress(bytes(10**7)), Type=Name.XObject, Subtype=Name.Image, Width=200_000, Height=200_000,
            BitsPerComponent=8, ColorSpace=Name.DeviceCMYK, Filter=Name.FlateDecode,
        )  # fmt: skip
        return Dictionary(XObject=Dictionary(X=pdf.make_indirect(image)))

    assert set(codes(a_sheet("40 0 0 40 0 0 cm /X Do", Resources=bomb))) <= {"plates/not-rendered", "plates/not-silent"}


def test_more_spots_than_any_press_has_are_told() -> None:
    painted = [f"/Spot{at} cs 1 scn {at} 5 1 5 re f" for at in range(40)]
    outcome = render_plates(a_sheet(*painted, spots=[f"Ink {at}" for at in range(40)]), 1)
    assert [one.code for one in outcome.diagnostics] == ["plates/not-silent"]
    assert outcome.value is not None
    assert len(outcome.value.plates) == 24


def test_nothing_of_our_surroundings_reaches_the_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GS_OPTIONS", "-dNoSuchThing -sDEVICE=nosuchdevice")
    monkeypatch.setenv("GS_LIB", "/nowhere")
    assert plates_of(a_sheet(BASE)).width == 160


def test_without_ghostscript_there_is_one_clear_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (one,) = render_plates(a_sheet(BASE), 1).diagnostics
    assert (one.code, one.hint("en")) == ("plates/no-ghostscript", "install it: apt-get install ghostscript")


def _spinning(pages: int) -> bytes:
    """Forms in forms, ten times ten times …: a day's work for any reader."""
    with pikepdf.open(BytesIO(a_sheet("/X Do", pages=pages))) as pdf:
        inner = None
        for _ in range(12):
            about = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 99, 99])}
            painted = b"0 0 9 9 re f " if inner is None else b"/X Do "
            form = pdf.make_indirect(pdf.make_stream(painted * 10, **about))
            if inner is not None:
                form.Resources = Dictionary(XObject=Dictionary(X=inner))
            inner = form
        for page in pdf.pages:
            page.obj.Resources = Dictionary(XObject=Dictionary(X=inner))
        return saved(pdf)
