"""What is inside an advertisement is found wherever it stands: page, form, pattern, mask, glyph, unused resource."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, explicit_conversion

from layout_engine.adverts.model import Advert, Fact
from layout_engine.adverts.painting import Painting
from layout_engine.adverts.reading import read_advert
from layout_engine.base.diagnostics import Span
from tests.kit.adverts import add_resource, an_advert, image

Edit = Callable[[Pdf, Any], None]


def read(folder: Path, data: bytes) -> Advert:
    (folder / "lock.pdf").write_bytes(data)
    advert = read_advert(folder / "lock.pdf", "lock.pdf", Span("pages/01.yaml")).value
    assert advert is not None
    return advert


def facts(folder: Path, content: bytes = b"", edit: Edit | None = None) -> dict[str, Fact]:
    return {one.kind: one for one in read(folder, an_advert(content, edit=edit)).facts}


def form(pdf: Pdf, content: bytes, **resources: Any) -> Any:
    made = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50])
    made.Resources = Dictionary(**resources)
    return made


def in_a_form(pdf: Pdf, page: Any) -> None:
    inner = form(pdf, b"1 0 0 rg 0 0 5 5 re f")
    add_resource(pdf, page, "XObject", "X1", form(pdf, b"/X2 Do", XObject=Dictionary(X2=inner)))
    page.Contents = pdf.make_stream(b"/X1 Do")


def in_a_pattern(pdf: Pdf, page: Any) -> None:
    pattern = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9
    )
    pattern.Resources = Dictionary()
    add_resource(pdf, page, "Pattern", "P1", pattern)
    page.Contents = pdf.make_stream(b"/Pattern cs /P1 scn 0 0 9 9 re f")


def in_a_mask(pdf: Pdf, page: Any) -> None:
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form(pdf, b"1 0 0 rg 0 0 5 5 re f"))
    add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, SMask=mask))
    page.Contents = pdf.make_stream(b"/G1 gs")


def in_a_glyph(pdf: Pdf, page: Any) -> None:
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 9, 9],
        FontMatrix=[0.1, 0, 0, 0.1, 0, 0],
        FirstChar=65,
        LastChar=65,
        Widths=[9],
        Encoding=Dictionary(Differences=Array([65, Name.A])),
        CharProcs=Dictionary(A=pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 5 5 re f")),
        Resources=Dictionary(),
    )
    add_resource(pdf, page, "Font", "F1", font)
    page.Contents = pdf.make_stream(b"BT /F1 9 Tf (A) Tj ET")


def in_a_shading(pdf: Pdf, page: Any) -> None:
    blend = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=blend)
    add_resource(pdf, page, "Shading", "S1", shading)


def in_an_unused_space(pdf: Pdf, page: Any) -> None:
    profile = pdf.make_stream(b"profile", N=3)
    add_resource(pdf, page, "ColorSpace", "C1", Array([Name.ICCBased, profile]))


def in_an_indexed_image(pdf: Pdf, page: Any) -> None:
    space = Array([Name.Indexed, Name.DeviceRGB, 1, b"\0\0\0\xff\xff\xff"])
    add_resource(pdf, page, "XObject", "X1", image(pdf, 4, 4, space=space))


def in_a_spots_alternate(pdf: Pdf, page: Any) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    space = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    add_resource(pdf, page, "ColorSpace", "C1", space)


@pytest.mark.parametrize(
    "edit",
    [
        in_a_form, in_a_pattern, in_a_mask, in_a_glyph, in_a_shading, in_an_unused_space, in_an_indexed_image,
        in_a_spots_alternate,
    ],
)  # fmt: skip
def test_rgb_is_found_wherever_it_stands(tmp_path: Path, edit: Edit) -> None:
    assert "rgb" in facts(tmp_path, edit=edit)


@pytest.mark.parametrize("content", [b"1 0 0 rg", b"1 0 0 RG", b"/DeviceRGB cs", b"BI /W 1/H 1/BPC 8/CS/RGB ID \0\nEI"])
def test_rgb_is_found_in_every_operator(tmp_path: Path, content: bytes) -> None:
    assert "rgb" in facts(tmp_path, content)


def test_cmyk_and_gray_are_no_facts(tmp_path: Path) -> None:
    assert facts(tmp_path, b"0 g 0 0 0 1 K 0 0 5 5 re f").keys() == {"version", "ink"}


@pytest.mark.parametrize(
    "state", [{"ca": 0.5}, {"CA": 0.99}, {"BM": Name.Multiply}, {"BM": Array([Name.Screen, Name.Normal])}]
)
def test_transparency_is_found(tmp_path: Path, state: dict[str, Any]) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, **state))

    assert "transparency" in facts(tmp_path, edit=edit)


@pytest.mark.parametrize("state", [{"ca": 1}, {"BM": Name.Normal}, {"SMask": Name.Null}, {"BM": Name.Compatible}])
def test_what_is_opaque_is_not_transparent(tmp_path: Path, state: dict[str, Any]) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, **state))
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    assert facts(tmp_path, edit=edit).keys() == {"version"}


def test_an_rgb_group_counts_where_something_is_transparent(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, ca=0.5))
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    assert "rgb" in facts(tmp_path, edit=edit)


def test_a_soft_mask_of_a_picture_is_transparency(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        mask = image(pdf, 4, 4, space=Name.DeviceGray)
        add_resource(pdf, page, "XObject", "X1", image(pdf, 4, 4, SMask=pdf.make_indirect(mask)))

    assert "transparency" in facts(tmp_path, edit=edit)


@pytest.mark.parametrize(
    ("content", "ink"),
    [
        (b"0.9 0.8 0.7 0.6 k 0 0 5 5 re f", 300),
        (b"0.9 0.8 0.7 0.6 K 1 w 0 0 m 5 5 l S", 300),
        (b"q 1 1 1 1 k Q 0 0 5 5 re f", 100),  # only what paints counts
        (b"1 1 1 1 k 0 0 5 5 re n", None),
        (b"0.3 g 0 0 5 5 re B", 100),
    ],
)
def test_ink_is_that_of_what_is_painted(tmp_path: Path, content: bytes, ink: int | None) -> None:
    found = facts(tmp_path, content).get("ink")
    assert (found.measure if found else None) == ink


def spot(pdf: Pdf, page: Any) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    for name, ink in (("C1", Name("/PANTONE 185 C")), ("C2", Name.Black), ("C3", Name.All)):
        add_resource(pdf, page, "ColorSpace", name, Array([Name.Separation, ink, Name.DeviceCMYK, tint]))


def test_spot_inks_are_named_and_process_inks_are_not(tmp_path: Path) -> None:
    found = read(tmp_path, an_advert(edit=spot)).facts
    assert [one.what for one in found if one.kind == "spot"] == ["PANTONE 185 C"]
    assert sum(one.kind == "all-inks" for one in found) == 1


@pytest.mark.parametrize(("scale", "ppi"), [(b"72 0 0 72", 100), (b"0 36 -36 0", 200), (b"72 0 0 36", 100)])
def test_pictures_are_measured_at_their_size(tmp_path: Path, scale: bytes, ppi: int) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "XObject", "X1", image(pdf, 100, 100))

    assert facts(tmp_path, scale + b" 0 0 cm /X1 Do", edit)["resolution"].measure == ppi


def test_the_units_of_the_page_count(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        page.UserUnit = 2
        add_resource(pdf, page, "XObject", "X1", image(pdf, 100, 100))

    advert = read(tmp_path, an_advert(b"72 0 0 72 0 0 cm /X1 Do 0 0 m 1 1 l S", edit=edit))
    measures = {one.kind: one.measure for one in advert.facts}
    assert measures["resolution"] == 50
    assert advert.frame.width == 2 * (advert.frame.right - advert.frame.left)


def test_line_art_is_measured_apart(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "XObject", "X1", image(pdf, 100, 100, space=Name.DeviceGray, bits=1))

    assert facts(tmp_path, b"36 0 0 36 0 0 cm /X1 Do", edit)["line-art"].measure == 200


def type3(pdf: Pdf, page: Any) -> None:
    """A face without a program: what shows is not asked here."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Made, DescendantFonts=Array([]))
    add_resource(pdf, page, "Font", "F1", font)
    add_resource(pdf, page, "ExtGState", "Over", Dictionary(Type=Name.ExtGState, OP=True, OPM=1))


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"BT /Over gs 0 0 0 1 k /F1 9 Tf (x) Tj ET", {"small-type"}),
        (b"BT 0 0 0 1 k /F1 9 Tf (x) Tj ET", {"small-type", "black-knock-out"}),
        (b"BT 0 0 0 1 k /F1 9 Tf 2 0 0 2 0 0 Tm (x) Tj ET", {"small-type"}),
        (b"BT /Over gs 0 g /F1 9 Tf (x) Tj ET", {"small-type", "black-knock-out"}),  # PR-42: gray does not overprint
        (b"BT /Over gs 0.7 0.6 0.6 0.9 k /F1 9 Tf (x) Tj ET", {"small-type", "rich-black-text"}),
        (b"BT /Over gs 0 0 0 0 k /F1 9 Tf (x) Tj ET", {"small-type", "white-overprint"}),
        (b"BT 3 Tr 0 0 0 1 k /F1 9 Tf (x) Tj ET", set()),
        (b"/Over gs 0 0 0 0 k 0 0 5 5 re f", {"white-overprint"}),
    ],
)
def test_type_and_overprint_are_looked_at(tmp_path: Path, content: bytes, kinds: set[str]) -> None:
    assert facts(tmp_path, content, type3).keys() - {"version", "ink"} == kinds


def test_the_version_is_the_greater_of_the_two_claims(tmp_path: Path) -> None:
    def edit(pdf: Pdf, _: Any) -> None:
        pdf.Root.Version = Name("/1.7")

    assert facts(tmp_path, edit=edit)["version"].measure == 17


def test_the_printing_condition_is_read(tmp_path: Path) -> None:
    def edit(pdf: Pdf, _: Any) -> None:
        intent = Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39")
        pdf.Root.OutputIntents = Array([intent])

    assert facts(tmp_path, edit=edit)["condition"].what == "FOGRA39"


@pytest.mark.parametrize(
    ("entries", "ink"),
    [
        ({"C0": [0, 0, 0, 0], "C1": [1, 1, 0.8, 0]}, 280),
        ({"C0": [1, 1, 1, 0.2], "C1": [0, 0, 0, 0]}, 320),
        ({"C0": [1, 1, 1, 0.2], "C1": [0, 0, 0, 0], "N": -1}, None),
        ({"C0": [1, 1], "C1": [0, 0, 0]}, None),
    ],
)
def test_the_ink_of_a_gradient_is_measured_along_it(entries: dict[str, Any], ink: int | None, tmp_path: Path) -> None:
    function = Dictionary({f"/{key}": value for key, value in ({"N": 1} | entries).items()})
    function.FunctionType, function.Domain = 2, Array([0, 1])

    def edit(pdf: Pdf, page: Any) -> None:
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=function)
        add_resource(pdf, page, "Shading", "Sh1", shading)

    found = facts(tmp_path, b"/Sh1 sh", edit)
    assert (found["ink"].measure if "ink" in found else None) == ink


def test_a_picture_in_a_mask_is_no_ink(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        group = form(
            pdf, b"/Im1 Do", XObject=Dictionary(Im1=pdf.make_indirect(image(pdf, 9, 9, space=Name.DeviceGray)))
        )
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
        add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, SMask=mask))
        add_resource(pdf, page, "XObject", "Im2", image(pdf, 9, 9))

    (tmp_path / "lock.pdf").write_bytes(an_advert(b"/G1 gs 9 0 0 9 0 0 cm /Im2 Do", edit=edit))
    with Pdf.open(tmp_path / "lock.pdf") as pdf, explicit_conversion():
        page: Any = pdf.pages[0].obj
        painting = Painting((0, 0), 1)
        painting.paint(page.Contents.read_bytes(), page.Resources)
        assert [str(one.image.ColorSpace) for one in painting.pictures.values()] == ["/DeviceCMYK"]
