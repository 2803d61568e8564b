"""PR-40 to PR-52: colour, ink, lines, transparency. Each fault is found wherever it hides, and what is near passes."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.pdf.scenes import made_icc
from tests.pdfx.clause import Fault
from tests.pdfx.faults import on_page
from tests.preflight.bad import OVER, TEXT, Case, a_form, a_spot, a_tint, an_image, codes, only, painting, spoiled

BOX = "300 300 40 40 re f"
RGB_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
CMYK_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
GRAY_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
OVER_0 = Dictionary(OP=True, op=True, OPM=0)
OVER_STROKE = Dictionary(OP=True, OPM=1)
BOTH_BY_ONE = Dictionary(Type=Name.ExtGState, OP=True, OPM=1)
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])


def icc(space: bytes = b"CMYK", channels: int = 4, data: bytes | None = None) -> Any:
    """An ICCBased space."""
    made = made_icc(space=space) if data is None else data
    return lambda pdf: Array([Name.ICCBased, pdf.make_indirect(pdf.make_stream(made, N=channels))])


def own_icc(pdf: pikepdf.Pdf) -> Array:
    return Array([Name.ICCBased, pdf.Root.OutputIntents[0].DestOutputProfile])


def state(**entries: Any) -> dict[str, Any]:
    return {"Gs9": Dictionary(**entries)}


def masked(form: Any) -> dict[str, Any]:
    """A state with a soft mask of luminosity."""
    return {"Gs9": lambda pdf: Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form(pdf)))}


def a_pattern(code: str, **entries: Any) -> Any:
    def make(pdf: pikepdf.Pdf) -> Any:
        about = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": Array([0, 0, 9, 9]), "XStep": 9, "YStep": 9}
        return pdf.make_indirect(pdf.make_stream(code.encode(), **about, **entries))

    return make


def a_shading(space: Any) -> Dictionary:
    count = 3 if space == Name.DeviceRGB else 4
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 9, 9]), Function=a_tint(space, count))


def a_type3(code: str) -> Any:
    return lambda pdf: Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65, LastChar=65, Widths=Array([1000]), Encoding=Dictionary(Differences=Array([65, Name.a])),
        CharProcs=Dictionary(a=pdf.make_indirect(pdf.make_stream(code.encode()))),
    )  # fmt: skip


def an_annotation(code: str) -> Fault:
    def plant(pdf: pikepdf.Pdf) -> None:
        made = a_form(code, BBox=Array([0, 0, 40, 40]))(pdf)
        pdf.pages[0].obj.Annots = Array(
            [Dictionary(Subtype=Name.Stamp, Rect=Array([10, 10, 50, 50]), AP=Dictionary(N=made))]
        )

    return plant


RGB_PLACES: dict[str, Fault] = {
    "a fill": painting(f"1 0 0 rg {BOX}"),
    "a stroke": painting("1 0 0 RG 300 300 m 400 400 l S"),
    "type": painting("1 0 0 rg " + TEXT.format(size=20)),
    "a picture": painting(
        "q 9 0 0 9 300 300 cm /Im9 Do Q", XObject={"Im9": an_image(1, 1, b"xyz", ColorSpace=Name.DeviceRGB)}
    ),
    "a picture with a palette": painting(
        "q 9 0 0 9 300 300 cm /Im9 Do Q",
        XObject={
            "Im9": an_image(1, 1, b"\0", ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(b"xyz")]))
        },
    ),
    "an inline picture": painting("q 9 0 0 9 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID xyz EI Q"),
    "a shading": painting("/Sh9 sh", Shading={"Sh9": a_shading(Name.DeviceRGB)}),
    "a shading pattern": painting(
        f"/Pattern cs /P9 scn {BOX}", Pattern={"P9": Dictionary(PatternType=2, Shading=a_shading(Name.DeviceRGB))}
    ),
    "a tiling pattern": painting(f"/Pattern cs /P9 scn {BOX}", Pattern={"P9": a_pattern("1 0 0 rg 0 0 5 5 re f")}),
    "a form": painting("/F9 Do", XObject={"F9": a_form(f"1 0 0 rg {BOX}")}),
    "a form in a form": painting(
        "/F9 Do",
        XObject={
            "F9": a_form(
                "/F8 Do", Resources=lambda pdf: Dictionary(XObject=Dictionary(F8=a_form(f"1 0 0 rg {BOX}")(pdf)))
            )
        },
    ),
    "a group": painting("/F9 Do", XObject={"F9": a_form(f"0 0 0 1 k {BOX}", Group=RGB_GROUP)}),
    "a group in a form": painting(
        "/F9 Do",
        XObject={
            "F9": a_form(
                "/F8 Do",
                Resources=lambda pdf: Dictionary(
                    XObject=Dictionary(F8=a_form(f"0 0 0 1 k {BOX}", Group=RGB_GROUP)(pdf))
                ),
            )
        },
    ),
    "a soft mask": painting("/Gs9 gs", ExtGState=masked(a_form(f"1 1 1 rg {BOX}", Group=CMYK_GROUP))),
    "the group of a soft mask": painting("/Gs9 gs", ExtGState=masked(a_form(f"1 g {BOX}", Group=RGB_GROUP))),
    "the page's group": on_page("Group", RGB_GROUP),
    "a glyph of Type 3": painting(
        "BT /F9 20 Tf 1 0 0 1 300 300 Tm (A) Tj ET", Font={"F9": a_type3("1 0 0 rg 0 0 9 9 re f")}
    ),
    "an annotation": an_annotation("1 0 0 rg 0 0 9 9 re f"),
    "a profile": painting(f"/Cs9 cs 1 0 0 sc {BOX}", ColorSpace={"Cs9": icc(b"RGB ", 3)}),
    "Lab": painting(f"/Cs9 cs 50 0 0 sc {BOX}", ColorSpace={"Cs9": LAB}),
    "under a spot ink": painting(f"/Cs9 cs 1 sc {BOX}", ColorSpace={"Cs9": a_spot("Gold", Name.DeviceRGB, 3)}),
}


@pytest.mark.parametrize("fault", RGB_PLACES.values(), ids=RGB_PLACES)
@pytest.mark.parametrize("standard", ["X4", "X1a"])
def test_rgb_is_found_wherever_it_hides(fault: Fault, standard: str) -> None:
    assert "rgb" in codes(spoiled(fault, standard=standard), standard)


UNUSED = {
    "a space": painting("", ColorSpace={"Cs9": Name.DeviceRGB}),
    "a palette": painting("", ColorSpace={"Cs9": Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(b"xyz")])}),
    "a profile": painting("", ColorSpace={"Cs9": icc(b"RGB ", 3)}),
    "a picture": painting("", XObject={"Im9": an_image(1, 1, b"xyz", ColorSpace=Name.DeviceRGB)}),
    "a group": painting("", XObject={"F9": a_form("", Group=RGB_GROUP)}),
    "a shading": painting("", Shading={"Sh9": a_shading(Name.DeviceRGB)}),
}


@pytest.mark.parametrize("fault", UNUSED.values(), ids=UNUSED)
def test_rgb_is_found_where_nobody_uses_it(fault: Fault) -> None:
    assert "rgb-unused" in codes(spoiled(fault))


CASES = {
    "grey by its white point": Case(
        "color-space",
        painting(
            f"/Cs9 cs 0 sc {BOX}", ColorSpace={"Cs9": Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))])}
        ),
        painting(f"0 g {BOX}"),
        "X1a",
    ),
    "ICC in X-1a": Case("color-space", painting("", ColorSpace={"Cs9": icc(b"GRAY", 1)}), standard="X1a"),
    "nine inks": Case(
        "colorants",
        painting(
            f"/Cs9 cs 1 1 1 1 1 1 1 1 1 sc {BOX}",
            ColorSpace={
                "Cs9": Array([Name.DeviceN, Array([Name(f"/I{at}") for at in range(9)]), Name.DeviceCMYK, a_tint()])
            },
        ),
        standard="X1a",
    ),
    "a spot over ICC": Case(
        "alternate",
        painting(f"/Cs9 cs 1 sc {BOX}", ColorSpace={"Cs9": lambda pdf: a_spot("Gold", icc()(pdf))}),
        painting(f"/Cs9 cs 1 sc {BOX}", ColorSpace={"Cs9": a_spot("Gold")}),
        "X1a",
    ),
    "a default space": Case("default-space", painting("", ColorSpace={"DefaultGray": Name.DeviceCMYK}), standard="X1a"),
    "a broken profile": Case(
        "icc-broken",
        painting("", ColorSpace={"Cs9": icc(data=b"none")}),
        painting("", ColorSpace={"Cs9": icc(b"GRAY", 1)}),
    ),
    "channels that are not there": Case("icc-channels", painting("", ColorSpace={"Cs9": icc(b"GRAY", 4)})),
    "the condition's own profile": Case("icc-own-condition", painting("", ColorSpace={"Cs9": own_icc})),
    "black type that knocks out": Case(
        "black-text-knocks-out",
        painting("/Knock gs 0 0 0 1 k " + TEXT.format(size=9)),
        painting("/Over gs 0 0 0 1 k " + TEXT.format(size=9)),
    ),
    "black type in grey": Case("black-text-knocks-out", painting("/Over gs 0 g " + TEXT.format(size=9))),
    "black type up to 12 pt": Case(
        "black-text-knocks-out",
        painting("/Knock gs 0 0 0 1 k " + TEXT.format(size=12)),
        painting("/Knock gs 0 0 0 1 k " + TEXT.format(size=14)),
    ),
    "black type scaled down to it": Case(
        "black-text-knocks-out", painting("q .5 0 0 .5 0 0 cm /Knock gs 0 0 0 1 k " + TEXT.format(size=20) + " Q")
    ),
    "type in four blacks": Case(
        "rich-black-text",
        painting("0.6 0.5 0.5 1 k " + TEXT.format(size=40)),
        painting("0.1 0 0 1 k " + TEXT.format(size=40)),
    ),
    "type in three colours": Case(
        "rich-black-text",
        painting("0.7 0.6 0.6 0 k " + TEXT.format(size=40)),
        painting("0.7 0.6 0 0 k " + TEXT.format(size=40)),
    ),
    "type on every plate": Case(
        "rich-black-text", painting("/Cs9 cs 1 scn " + TEXT.format(size=40), ColorSpace={"Cs9": a_spot("All")})
    ),
    "a white panel in overprint": Case(
        "white-overprint", painting(f"/Over gs 0 0 0 0 k {BOX}"), painting(f"/Knock gs 0 0 0 0 k {BOX}")
    ),
    "white type in overprint": Case("white-overprint", painting("/Over gs 0 0 0 0 k " + TEXT.format(size=20))),
    "a white line in overprint": Case(
        "white-overprint",
        painting("/Gs9 gs 0 0 0 0 K 2 w 300 300 m 400 400 l S", ExtGState=state(OP=True, op=False, OPM=1)),
        painting("/Gs9 gs 0 0 0 0 K 2 w 300 300 m 400 400 l S", ExtGState=state(OP=False, op=True, OPM=1)),
    ),
    "a white stencil in overprint": Case(
        "white-overprint",
        painting(
            "/Over gs 0 0 0 0 k q 9 0 0 9 300 300 cm /Im9 Do Q",
            XObject={"Im9": an_image(8, 8, b"\0" * 8, ImageMask=True, BitsPerComponent=1, ColorSpace=None)},
        ),
    ),
    "no spot in overprint": Case(
        "white-overprint",
        painting(f"/Over gs /Cs9 cs 0 scn {BOX}", ColorSpace={"Cs9": a_spot("Gold")}),
        painting(f"/Over gs /Cs9 cs 1 scn {BOX}", ColorSpace={"Cs9": a_spot("Gold")}),
    ),
    "overprint without its mode": Case(
        "overprint-mode",
        painting(f"/Gs9 gs 0 0 0 1 k {BOX}", ExtGState={"Gs9": OVER_0}),
        painting(f"/Gs9 gs 0 0 0 1 k {BOX}", ExtGState={"Gs9": OVER}),
    ),
    "OP that stands for op too": Case("gray-overprint", painting(f"/Gs9 gs 0 g {BOX}", ExtGState={"Gs9": BOTH_BY_ONE})),
    "grey in overprint": Case("gray-overprint", painting(f"/Over gs 0 g {BOX}"), painting(f"/Knock gs 0 g {BOX}")),
    "ICC inks in overprint": Case(
        "icc-overprint", painting(f"/Over gs /Cs9 cs 0 0 0 1 sc {BOX}", ColorSpace={"Cs9": icc()})
    ),
    "a spot ink": Case(
        "spot", painting("", ColorSpace={"Cs9": a_spot("Gold")}), painting("", ColorSpace={"Cs9": a_spot("Cyan")})
    ),
    "a spot ink that is not printed": Case(
        "spot-unordered",
        painting("", ColorSpace={"Cs9": a_spot("Gold")}),
        painting("", ColorSpace={"Cs9": a_spot("Red 032")}),
        numbers={"spots": ("Red 032",)},
    ),
    "a process ink written small": Case("process-name", painting("", ColorSpace={"Cs9": a_spot("black")})),
    "an ink defined twice": Case(
        "spot-twice",
        painting(
            "",
            ColorSpace={
                "Cs8": a_spot("Gold"),
                "Cs9": Array(
                    [
                        Name.Separation,
                        Name.Gold,
                        Name.DeviceCMYK,
                        Dictionary(
                            FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([0, 1, 0, 0]), N=1
                        ),
                    ]
                ),
            },
        ),
        painting("", ColorSpace={"Cs8": a_spot("Gold"), "Cs9": a_spot("Gold")}),
    ),
    "ink over the limit": Case("ink", painting(f"0.8 0.8 0.8 0.8 k {BOX}"), painting(f"0.8 0.8 0.8 0 k {BOX}")),
    "ink in a spot's place": Case(
        "ink", painting(f"0.7 0.7 0.7 0.5 k {BOX}"), painting("0.8 0.8 0.8 0.8 k 300 300 2 2 re f")
    ),
    "a hairline": Case(
        "hairline",
        painting("0 0 0 1 K 0.2 w 300 300 m 400 400 l S"),
        painting("0 0 0 1 K 0.25 w 300 300 m 400 400 l S"),
    ),
    "the thinnest line there is": Case("hairline", painting("0 0 0 1 K 0 w 300 300 m 400 400 l S")),
    "a line made thin by its matrix": Case(
        "hairline", painting("q 0.1 0 0 5 0 0 cm 0 0 0 1 K 1 w 300 30 m 3000 30 l S Q")
    ),
    "a line set by its state": Case(
        "hairline", painting("/Gs9 gs 0 0 0 1 K 300 300 m 400 300 l S", ExtGState=state(LW=0.1))
    ),
    "a rectangle as thin as one": Case(
        "hairline", painting("0 0 0 1 k 300 300 100 0.1 re f"), painting("0 0 0 1 k 300 300 0.2 0.2 re f")
    ),
    "a path as thin as one": Case("hairline", painting("0 0 0 1 k 300 300 m 400 300 l 400 300.1 l 300 300.1 l f")),
    "a thin line in a tint": Case(
        "hairline-mixed",
        painting("0 0 0 0.4 K 0.4 w 300 300 m 400 400 l S"),
        painting("0 0 0 1 K 0.4 w 300 300 m 400 400 l S"),
    ),
    "a thin line in two inks": Case(
        "hairline-mixed",
        painting("0 1 1 0 K 0.4 w 300 300 m 400 400 l S"),
        painting("0 1 1 0 K 0.5 w 300 300 m 400 400 l S"),
    ),
    "small type": Case(
        "type-small", painting("0 0 0 1 k " + TEXT.format(size=5)), painting("0 0 0 1 k " + TEXT.format(size=5.5))
    ),
    "small type in red": Case(
        "type-small-mixed", painting("0 1 1 0 k " + TEXT.format(size=8)), painting("0 1 1 0 k " + TEXT.format(size=9))
    ),
    "small type in white": Case(
        "type-small-mixed", painting("0 0 0 0 k " + TEXT.format(size=8)), painting("0 0 0 1 k " + TEXT.format(size=8))
    ),
    "alpha in X-1a": Case(
        "transparency", painting("", ExtGState=state(ca=0.5)), painting("", ExtGState=state(ca=1)), "X1a"
    ),
    "a blend mode in X-1a": Case(
        "transparency",
        painting("", ExtGState=state(BM=Name.Multiply)),
        painting("", ExtGState=state(BM=Name.Normal)),
        "X1a",
    ),
    "a group in X-1a": Case("transparency", painting("", XObject={"F9": a_form("", Group=CMYK_GROUP)}), standard="X1a"),
    "a soft mask in X-1a": Case(
        "transparency", painting("", XObject={"Im9": an_image(1, 1, b"x", SMask=an_image(1, 1, b"x"))}), standard="X1a"
    ),
    "no blend mode at all": Case(
        "blend-mode", painting("", ExtGState=state(BM=Name.Glow)), painting("", ExtGState=state(BM=Name.Multiply))
    ),
    "a group in grey": Case(
        "group-space",
        painting("/F9 Do", XObject={"F9": a_form("", Group=GRAY_GROUP)}),
        painting("/F9 Do", XObject={"F9": a_form("", Group=CMYK_GROUP)}),
    ),
    "transparency on a page without a group": Case(
        "page-group",
        painting(f"/Gs9 gs 0 0 0 1 k {BOX}", ExtGState=state(ca=0.5)),
        painting(f"/Gs9 gs 0 0 0 1 k {BOX}", ExtGState=state(ca=1)),
    ),
    "a soft picture on a page without a group": Case(
        "page-group",
        painting("q 9 0 0 9 300 300 cm /Im9 Do Q", XObject={"Im9": an_image(1, 1, b"x", SMask=an_image(1, 1, b"x"))}),
    ),
    "a transfer curve": Case("device-state", painting("", ExtGState=state(TR=Name.Identity))),
    "another transfer curve": Case(
        "device-state", painting("", ExtGState=state(TR2=Dictionary())), painting("", ExtGState=state(TR2=Name.Default))
    ),
    "a screen": Case(
        "halftone",
        painting("", ExtGState=state(HT=Dictionary(HalftoneType=6))),
        painting("", ExtGState=state(HT=Dictionary(HalftoneType=1))),
    ),
    "a rendering intent of its own": Case(
        "rendering-intent",
        painting("", ExtGState=state(RI=Name.Vivid)),
        painting("", ExtGState=state(RI=Name.Perceptual)),
    ),
    "an intent of its own in the content": Case("rendering-intent", painting("/Vivid ri"), painting("/Perceptual ri")),
    "a picture's intent of its own": Case(
        "rendering-intent", painting("", XObject={"Im9": an_image(1, 1, b"x", Intent=Name.Vivid)})
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_ink_is_found(case: Case) -> None:
    case.check()


def test_a_page_with_a_cmyk_group_may_have_transparency() -> None:
    live = painting(f"/Gs9 gs 0 0 0 1 k {BOX}", ExtGState=state(ca=0.5))
    assert "page-group" not in codes(spoiled(on_page("Group", CMYK_GROUP), live))


def test_a_form_inherits_the_overprint_of_its_call() -> None:
    """PR-92: what the form does not say itself is that of the page at the call."""
    form = {"F9": a_form(f"0 0 0 0 k {BOX}")}
    assert "white-overprint" in codes(spoiled(painting("/Over gs /F9 Do", XObject=form)))
    assert "white-overprint" not in codes(spoiled(painting("/Knock gs /F9 Do", XObject=form)))


def test_restoring_the_state_restores_overprint_and_colour() -> None:
    assert codes(spoiled(painting(f"/Knock gs 0 0 0 0 k q /Over gs 0 0 0 1 k Q {BOX}"))) == ["identifier-changed"]


def test_an_uncoloured_pattern_is_painted_in_the_colour_of_its_use() -> None:
    pattern = {"P9": a_stencil_pattern}
    spaces = {"Cs9": Array([Name.Pattern, Name.DeviceRGB])}
    assert "rgb" in codes(spoiled(painting(f"/Cs9 cs 1 0 0 /P9 scn {BOX}", Pattern=pattern, ColorSpace=spaces)))


def a_stencil_pattern(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        pdf.make_stream(
            b"0 0 5 5 re f", PatternType=1, PaintType=2, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9
        )
    )


def test_a_clip_is_minded() -> None:
    """What is clipped away is not printed, so it is no hairline."""
    thin = "0 0 0 1 k 300 300 100 0.1 re f"
    assert "hairline" not in codes(spoiled(painting(f"q 0 0 50 50 re W n {thin} Q")))
    assert "hairline" in codes(spoiled(painting(f"q 0 0 50 50 re W n Q {thin}")))


def test_ink_is_told_with_its_sum() -> None:
    one = only("ink", spoiled(painting(f"0.8 0.8 0.8 0.8 k {BOX}")))
    assert one.diagnostic.message("en").startswith("a fill of 320 % ink, above 240 %")
