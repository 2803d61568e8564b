"""An issue with advertisements as PDF: from the spec to the page, and what stops it."""

import shutil
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.base.units import mm
from layout_engine.cli.composing import compose_issue
from layout_engine.cli.json_report import report
from layout_engine.cli.report import Origin
from layout_engine.gate import read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pdf.profile import find_profile
from layout_engine.pipeline import Build, build, compose_page
from layout_engine.places import Places
from layout_engine.preflight.inspect_file import preflight
from layout_engine.scene.dump import dump
from tests.kit.adverts import add_resource, an_advert, write_advert
from tests.kit.face import write_kit_fonts
from tests.pdf.scenes import content_of

BASE = Path(__file__).parents[1] / "cases" / "pages" / "_base"
PAGE = """
page: 1
format: small
regions:
  - {{id: shop, kind: ad, at: [20mm, 20mm], size: [60mm, 40mm], art: ../ads/shop.{more}}}
"""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of one page with one advertisement, ads/shop.pdf."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    write_kit_fonts(tmp_path)
    folder = tmp_path / "2024-05-21"
    write_advert(folder / "ads" / "shop.pdf")
    write_page(folder)
    return folder


def write_page(issue: Path, more: str = "pdf") -> None:
    (issue / "pages").mkdir(exist_ok=True)
    (issue / "pages" / "01.yaml").write_text(PAGE.format(more=more), encoding="utf-8")


def build_it(issue: Path, **kwargs: Any) -> Build:
    cache = issue.parent / "output" / ".cache"
    return build(issue, Places(issue.parent / "fonts", issue.parent / "output", False, cache), **kwargs)


def codes(built: Build) -> list[str]:
    return [one.code for one in built.diagnostics]


def test_it_is_printed_and_nothing_is_told(issue: Path) -> None:
    built = build_it(issue, verify=True)
    assert codes(built) == []
    assert built.pages[0].pdf is not None
    assert b"/Subtype /Form" in built.pages[0].pdf.read_bytes()


def test_a_cold_build_and_one_from_the_cache_give_the_same_bytes(issue: Path) -> None:
    assert build_it(issue).pages[0].sha256 == build_it(issue).pages[0].sha256


def test_a_session_sees_that_the_file_was_replaced(issue: Path) -> None:
    memory = Recall()
    first = build_it(issue, recall=memory)
    assert build_it(issue, recall=memory).pages[0].sha256 == first.pages[0].sha256
    write_advert(issue / "ads" / "shop.pdf", b"0 0 0 1 k 0 0 5 5 re f")
    second = build_it(issue, recall=memory)
    assert second.pages[0].sha256 not in (None, first.pages[0].sha256)
    assert second.pages[0].sha256 == build_it(issue).pages[0].sha256


def test_one_that_cannot_be_placed_stops_at_the_gate(issue: Path) -> None:
    (issue / "ads" / "shop.pdf").write_bytes(b"%PDF-1.4 and no more")
    built = build_it(issue)
    assert codes(built) == ["ad/broken"]
    assert built.pages == ()


def test_eps_is_refused_with_advice(issue: Path) -> None:
    (issue / "ads" / "shop.eps").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0")
    write_page(issue, "eps")
    built = build_it(issue)
    assert codes(built) == ["ad/postscript"]
    assert "PDF/X-4" in (built.diagnostics[0].hint("en") or "")


def transparent(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, ca=0.5))


def test_what_the_press_may_not_have_is_not_printed_but_proofed(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", b"/G1 gs 1 0 0 rg 0 0 9 9 re f", edit=transparent)
    for profile, told in (
        ("pdfx1a", ["ad/rgb", "ad/transparency"]),
    ):
        built = build_it(issue, profile=profile)
        assert codes(built) == told
        assert built.pages[0].pdf is None
    proof = build_it(issue, profile="proof")
    assert codes(proof) == ["ad/rgb-converted"]
    assert proof.pages[0].pdf is not None


def test_a_wrong_size_is_told_and_shown(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", size=(58, 40))
    built = build_it(issue)
    assert codes(built) == ["ad/size"]
    assert built.pages[0].pdf is not None


def test_page_and_box_are_those_of_the_spec(issue: Path) -> None:
    def second(pdf: Pdf, _: Any) -> None:
        pdf.add_blank_page(page_size=(60 * 72 / 25.4, 40 * 72 / 25.4))

    (issue / "ads" / "shop.pdf").write_bytes(an_advert(edit=second))
    assert codes(build_it(issue)) == ["ad/which-page"]
    write_page(issue, "pdf, page: 2, box: media")
    assert codes(build_it(issue)) == []


def test_page_of_a_picture_means_nothing_and_that_is_told(issue: Path) -> None:
    (issue / "ads" / "shop.svg").write_text('<svg viewBox="0 0 6 4"><path d="M0 0L6 0L6 4Z"/></svg>')
    write_page(issue, "svg, page: 2")
    assert "ad/page-of-no-pdf" in codes(build_it(issue))


def test_what_was_printed_is_told(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", size=(60.3, 40.2))
    (printed,) = build_it(issue).pages[0].adverts
    assert (printed.file, printed.page, printed.box) == ("ads/shop.pdf", 1, "trim")
    assert printed.sha256 == sha256((issue / "ads" / "shop.pdf").read_bytes()).hexdigest()
    assert printed.size[0] == pytest.approx(mm(60), abs=10)
    assert printed.natural[0] == pytest.approx(mm(Fraction("60.3")), abs=10)


def test_a_check_finds_what_a_build_would(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", b"1 0 0 rg 0 0 9 9 re f")
    checked = codes(compose_issue(issue, issue.parent / "fonts", None).build)
    assert checked == codes(build_it(issue)) == ["ad/colours-changed", "ad/rgb-converted"]


def test_outlines_are_printed_in_the_ink_of_the_spec(issue: Path) -> None:
    (issue / "ads" / "shop.svg").write_text('<svg viewBox="0 0 6 4"><path d="M0 0L6 0L6 4Z"/></svg>')
    write_page(issue, "svg, ink: red")
    built = build_it(issue)
    assert codes(built) == []
    assert built.pages[0].pdf is not None
    content = content_of(built.pages[0].pdf.read_bytes())
    assert "0 1 1 0 k" in content
    assert "226.7717 230.3071 l" in content  # its upper right corner, in points


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_pictures_are_advertisements_too(issue: Path, kind: str) -> None:
    Image.new("CMYK" if kind != "PNG" else "L", (600, 400)).save(issue / "ads" / "shop.pic", kind)
    write_page(issue, "pic")
    built = build_it(issue)
    assert codes(built) == []
    assert built.pages[0].pdf is not None
    assert b"/Subtype /Image" in built.pages[0].pdf.read_bytes()


def test_the_dump_says_which_page_stands_where(issue: Path) -> None:
    inputs = read_inputs(issue, issue.parent / "fonts", Stopwatch(), BUILT_IN_KINDS).inputs
    assert inputs is not None
    scene = compose_page(inputs, inputs.spec.pages[0], Stopwatch()).scene
    assert "placed 56.69 56.69 170.08 113.39 ads/shop.pdf page 1 trim clip 56.69 56.69 170.08 113.39" in dump(scene)


def in_colours(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ColorSpace", "CS0", Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.3, 0.9, 0.1], N=1)]))  # fmt: skip
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.2, 0.5, 0.3], C1=[0.8, 0.7, 0.4], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 60, 0], Function=function)
    add_resource(pdf, page, "Shading", "Sh1", shading)
    picture = pdf.make_stream(bytes((180, 90, 60)) * 10_000)
    picture.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=100, Height=100, BitsPerComponent=8,
                              ColorSpace=Name.DeviceRGB))  # fmt: skip
    add_resource(pdf, page, "XObject", "Im1", picture)


COLOURS = b"""0.7 0.5 0.4 rg 0 60 40 40 re f /CS0 cs 1 scn 50 60 40 40 re f
q 30 0 0 30 100 60 cm /Im1 Do Q q 0 0 60 50 re W n /Sh1 sh Q"""


@pytest.mark.parametrize("standard", ["pdfx4", "pdfx1a"])
def test_an_advertisement_in_rgb_is_printed_in_ink_and_passes_the_preflight(issue: Path, standard: str) -> None:
    write_advert(issue / "ads" / "shop.pdf", COLOURS, edit=in_colours)
    house = issue.parent / "house" / "paper.yaml"
    printers = house.parent / "printers"
    printers.mkdir(exist_ok=True)
    (printers / "ours.yaml").write_text(f"builds_on: {standard}\nadverts: {{rgb: convert}}\n", encoding="utf-8")
    lines = [one for one in house.read_text(encoding="utf-8").splitlines() if not one.startswith("output:")]
    house.write_text("\n".join([*lines, "output: {profile: printers/ours.yaml}", ""]), encoding="utf-8")
    built = build_it(issue)
    assert codes(built) == ["ad/colours-changed", "ad/rgb-converted", "ad/spot-converted"]
    assert dict(built.diagnostics[0].values)["changed"] == "colour 3, picture 1, shading 1"
    assert built.pages[0].pdf is not None
    data = built.pages[0].pdf.read_bytes()
    profile = find_profile(standard).value
    assert profile is not None
    assert [one.code for one in preflight(data, profile).diagnostics if one.severity == "error"] == []
    with Pdf.open(built.pages[0].pdf) as pdf:
        assert b"DeviceRGB" not in b"".join(one.unparse(resolved=True) for one in pdf.objects)
    again = build_it(issue)
    assert again.pages[0].sha256 == built.pages[0].sha256
    assert built.pages[0].adverts[0].changes == (("colour", 3), ("picture", 1), ("shading", 1))
    told = report(built, Origin(str(issue)), "en").pages[0].adverts[0].changes
    assert [(one.kind, one.count) for one in told] == [("colour", 3), ("picture", 1), ("shading", 1)]


def a_photograph(ink: bytes) -> Callable[[Pdf, Any], None]:
    """A picture of 60 × 40 mm in flat ink."""

    def edit(pdf: Pdf, page: Any) -> None:
        picture = pdf.make_stream(ink * (480 * 320))
        picture.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=480, Height=320, BitsPerComponent=8,
                                  ColorSpace=Name.DeviceCMYK if len(ink) == 4 else Name.DeviceRGB))  # fmt: skip
        add_resource(pdf, page, "XObject", "Im1", picture)

    return edit


WHOLE = b"q 170 0 0 113 0 0 cm /Im1 Do Q"


def test_a_picture_with_more_ink_than_the_press_takes_is_not_printed_but_proofed(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", WHOLE, edit=a_photograph(bytes((200, 200, 200, 60))))
    for _ in range(2):  # from the cache too
        built = build_it(issue)
        assert codes(built) == ["ad/picture-ink"]
        assert dict(built.diagnostics[0].values)["ink"] == "259"
        assert built.pages[0].pdf is None
    assert codes(compose_issue(issue, issue.parent / "fonts", None).build) == ["ad/picture-ink"]
    proof = build_it(issue, profile="proof")
    assert (codes(proof), proof.pages[0].pdf is not None) == (["ad/picture-ink"], True)


def test_a_picture_of_rgb_is_measured_as_it_is_printed(issue: Path) -> None:
    write_advert(issue / "ads" / "shop.pdf", WHOLE, edit=a_photograph(bytes((20, 0, 60))))
    built = build_it(issue)
    assert codes(built) == ["ad/colours-changed", "ad/rgb-converted"]
    assert built.pages[0].pdf is not None


def test_a_spot_of_the_house_that_only_an_advertisement_uses_has_its_plate_named(issue: Path) -> None:
    house = issue.parent / "house" / "paper.yaml"
    (house.parent / "printers").mkdir(exist_ok=True)
    printer = house.parent / "printers" / "ours.yaml"
    printer.write_text("builds_on: pdfx4\nmarks: [slug, bar]\n", encoding="utf-8")
    lines = [one for one in house.read_text(encoding="utf-8").splitlines() if not one.startswith("output:")]
    house.write_text("\n".join([*lines, "output: {profile: printers/ours.yaml}", ""]), encoding="utf-8")

    def separations(content: bytes) -> int:
        write_advert(issue / "ads" / "shop.pdf", content, edit=in_gold)
        built = build_it(issue)
        assert built.pages[0].pdf is not None, codes(built)
        with Pdf.open(built.pages[0].pdf) as pdf:
            return len(pdf.pages[0].obj.Resources.get("/ColorSpace", {}))

    inks = house.read_text(encoding="utf-8")
    assert separations(b"0 0 0 1 k 0 0 9 9 re f") == 0  # the other inks are device colours
    assert "inks:" in inks
    house.write_text(
        inks.replace("inks:", "inks:\n  gold: {m: 30, y: 90, k: 10, spot: Gold}", 1), encoding="utf-8"
    )
    assert separations(b"/CS0 cs 1 scn 0 0 9 9 re f") == 1


def in_gold(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ColorSpace", "CS0", Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.3, 0.9, 0.1], N=1)]))  # fmt: skip
