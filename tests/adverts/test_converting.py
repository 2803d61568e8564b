"""RGB and foreign spots come out as ink, everywhere on the page; what needs no change comes through byte for byte."""

from collections.abc import Callable
from io import BytesIO
from math import dist
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms

from layout_engine.adverts.calculator import calculator
from layout_engine.adverts.model import Choice, CopiedForm
from layout_engine.adverts.reading import copy_advert, read_advert
from layout_engine.base.diagnostics import Outcome, Span
from layout_engine.pdf.advert_inks import AdvertInks
from layout_engine.pdf.profile import find_profile
from tests.kit.adverts import add_resource, an_advert, image

ASKED_AT = Span("pages/01.yaml", 7, 12)
Edit = Callable[[Pdf, Any], None]


def converted(
    folder: Path, content: bytes, edit: Edit | None = None, kept: tuple[str, ...] = ()
) -> Outcome[CopiedForm]:
    path = folder / "lock.pdf"
    path.write_bytes(an_advert(content, edit=edit))
    read = read_advert(path, path.name, ASKED_AT)
    assert read.value is not None, read.diagnostics
    profile = find_profile("pdfx4").value
    assert profile is not None
    return copy_advert(path, read.value, ASKED_AT, AdvertInks(profile), Choice(True, frozenset(kept)))


def content_of(form: CopiedForm) -> str:
    found = pikepdf.new()
    stream = found.make_stream(form.objects[0].stream or b"")
    stream["/Filter"] = Name.FlateDecode
    return " ".join(stream.read_bytes().decode("latin-1").split())


def whole(form: CopiedForm) -> bytes:
    return b"".join(part for one in form.objects for part in one.parts if isinstance(part, bytes))


def good(outcome: Outcome[CopiedForm]) -> CopiedForm:
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def test_black_and_greys_of_rgb_become_black_alone(tmp_path: Path) -> None:
    form = good(converted(tmp_path, b"0 0 0 rg 0 0 9 9 re f 0 0 0 RG 0 0 9 9 re S 1 1 1 rg 0 0 1 1 re f"))
    content = content_of(form)
    assert "0 0 0 1 k" in content
    assert "0 0 0 1 K" in content
    assert "0 0 0 0 k" in content
    assert form.changes == (("colour", 3),)


def test_a_colour_of_rgb_keeps_within_the_ink_of_the_press(tmp_path: Path) -> None:
    content = content_of(good(converted(tmp_path, b"0.05 0 0.3 rg 0 0 9 9 re f")))
    words = content.split()
    inks = [float(one) for one in words[words.index("k") - 4 : words.index("k")]]
    assert 1 < sum(inks) <= 2.4
    assert inks[0] > inks[2]


@pytest.mark.parametrize(
    "colour", [(0.7, 0.5, 0.4), (0.6, 0.6, 0.3), (0.5, 0.5, 0.5), (0.8, 0.7, 0.6), (0.4, 0.5, 0.5)]
)
def test_a_colour_that_the_press_can_print_looks_the_same(colour: tuple[float, ...]) -> None:
    profile = find_profile("pdfx4").value
    assert profile is not None
    (inks,) = AdvertInks(profile).colours([colour], None)
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    meant = lab_of("RGB", colour, screen)
    printed = lab_of("CMYK", inks, ImageCms.ImageCmsProfile(BytesIO(profile.icc)))
    assert dist(meant, printed) <= 3  # CIE 1976


def lab_of(mode: str, colour: tuple[float, ...], profile: ImageCms.ImageCmsProfile) -> tuple[float, ...]:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    one = Image.frombytes(mode, (1, 1), bytes(round(255 * part) for part in colour))
    relative, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    light, a, b = ImageCms.buildTransform(profile, lab, mode, "LAB", relative, flags).apply(one).tobytes()
    return light * 100 / 255, a - 256 * (a > 127), b - 256 * (b > 127)


def test_a_form_that_paints_in_a_space_from_outside_is_refused(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        spot(GOLD_INK)(pdf, page)
        form = pdf.make_stream(b"0.5 scn 0 0 9 9 re f")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary()))
        add_resource(pdf, page, "XObject", "Fm1", form)

    outcome = converted(tmp_path, b"/CS0 cs /Fm1 Do", edit)
    assert [one.code for one in outcome.diagnostics] == ["ad/not-converted"]


def rgb_space(kind: str) -> Edit:
    def edit(pdf: Pdf, page: Any) -> None:
        space: Any = {
            "lab": Array([Name.Lab, Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-100, 100, -100, 100])]),
            "cal": Array([Name.CalRGB, Dictionary(WhitePoint=[0.9505, 1, 1.089], Gamma=[2.2, 2.2, 2.2],
                          Matrix=[0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505])]),
        }[kind]  # fmt: skip
        add_resource(pdf, page, "ColorSpace", "CS0", space)

    return edit


@pytest.mark.parametrize(("kind", "red"), [("lab", b"53 80 67"), ("cal", b"1 0 0")])
def test_calibrated_colours_are_what_they_look_like(tmp_path: Path, kind: str, red: bytes) -> None:
    of_rgb = content_of(good(converted(tmp_path, b"1 0 0 rg 0 0 9 9 re f"))).split()
    form = good(converted(tmp_path, b"/CS0 cs " + red + b" sc 0 0 9 9 re f", rgb_space(kind)))
    of_other = content_of(form).split()
    ends = [at for at, word in enumerate(of_other) if word == "k"]
    wanted = [float(one) for one in of_rgb[of_rgb.index("k") - 4 : of_rgb.index("k")]]
    got = [float(one) for one in of_other[ends[-1] - 4 : ends[-1]]]
    assert got == pytest.approx(wanted, abs=0.05)
    assert b"/Lab" not in whole(form)
    assert b"/CalRGB" not in whole(form)


def test_pictures_and_palettes_of_rgb_become_cmyk(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        picture = pdf.make_stream(bytes((200, 30, 40)) * 100)
        picture.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10, ColorSpace=Name.DeviceRGB,
                       BitsPerComponent=8)
        )  # fmt: skip
        add_resource(pdf, page, "XObject", "Im1", picture)
        palette = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\xff\xff")])
        add_resource(pdf, page, "XObject", "Im2", image(pdf, 8, 8, space=palette))

    form = good(converted(tmp_path, b"q 9 0 0 9 0 0 cm /Im1 Do Q q 9 0 0 9 9 9 cm /Im2 Do Q", edit))
    assert form.changes == (("picture", 2),)
    assert b"DeviceRGB" not in whole(form)
    assert whole(form).count(b"DeviceCMYK") == 2


def test_shadings_of_rgb_are_sampled_in_ink(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=function)
        add_resource(pdf, page, "Shading", "Sh1", shading)

    form = good(converted(tmp_path, b"/Sh1 sh", edit))
    assert form.changes == (("shading", 1),)
    assert b"DeviceRGB" not in whole(form)


def spot(transform: Any, alternate: Any = Name.DeviceCMYK, name: str = "Gold") -> Edit:
    def edit(pdf: Pdf, page: Any) -> None:
        function = transform if isinstance(transform, Dictionary) else pdf.make_stream(transform)
        if not isinstance(transform, Dictionary):
            function.update(Dictionary(FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4))
        add_resource(pdf, page, "ColorSpace", "CS0", Array([Name.Separation, Name("/" + name), alternate, function]))

    return edit


GOLD_INK = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.8, 0.1], N=1)
GOLD = b"/CS0 cs 0.5 scn 0 0 9 9 re f"


def test_a_spot_without_a_plate_becomes_its_alternate(tmp_path: Path) -> None:
    straight = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.8, 0.1], N=1)
    for transform in (straight, b"{ dup 0 mul exch dup 0.2 mul exch dup 0.8 mul exch 0.1 mul }"):
        form = good(converted(tmp_path, GOLD, spot(transform)))
        assert "0 0.1 0.4 0.05 k" in content_of(form)
        assert b"Gold" not in whole(form)


def test_a_spot_of_the_house_stays_byte_for_byte(tmp_path: Path) -> None:
    straight = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.8, 0.1], N=1)
    kept = good(converted(tmp_path, GOLD, spot(straight), ("Gold",)))
    read = read_advert(tmp_path / "lock.pdf", "lock.pdf", ASKED_AT)
    assert read.value is not None
    as_it_came = good(copy_advert(tmp_path / "lock.pdf", read.value, ASKED_AT))
    assert (kept.objects, kept.changes) == (as_it_came.objects, ())
    assert kept.spots == ("Gold",)


def mesh(pdf: Pdf, page: Any) -> None:
    shading = pdf.make_stream(bytes(100))
    shading.update(Dictionary(ShadingType=4, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=8, BitsPerComponent=8,
                              BitsPerFlag=8, Decode=[0, 1] * 5))  # fmt: skip
    add_resource(pdf, page, "Shading", "Sh1", shading)


@pytest.mark.parametrize(
    ("content", "edit"),
    [
        (b"/Sh1 sh", mesh),
        (b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI 0 0 9 9 re f", None),
        (GOLD, spot(b"{ pop pop pop }")),
        (GOLD, spot(b"{ 1 0 div }")),
        (GOLD, spot(b"{ " * 100)),
    ],
)
def test_what_no_rule_converts_is_refused_with_the_reason(tmp_path: Path, content: bytes, edit: Edit | None) -> None:
    outcome = converted(tmp_path, content, edit)
    assert outcome.value is None
    assert [one.code for one in outcome.diagnostics] == ["ad/not-converted"]


@pytest.mark.parametrize(
    ("program", "inputs", "output"),
    [
        (b"{ 2 mul 1 exch sub }", [0.25], 0.5),
        (b"{ dup 0.5 gt { pop 1 } { pop 0 } ifelse }", [0.7], 1),
        (b"{ 1 2 3 3 1 roll pop pop exch pop }", [9.0], 3),
        (b"{ 2 copy add 3 1 roll pop pop }", [0.25, 0.5], 0.75),
        (b"{ 1 index exch pop sub }", [0.25, 0.5], 0),
    ],
)
def test_the_calculator_counts_as_postscript_does(program: bytes, inputs: list[float], output: float) -> None:
    assert calculator(program, 1)(inputs) == [pytest.approx(output)]


@pytest.mark.parametrize("program", [b"", b"{", b"{ foo }", b"{ pop }", b"{ -1 copy }", b"{ 1e300 1e300 mul }"])
def test_a_calculator_that_makes_no_sense_is_refused(program: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever the sense is that it lacks
        calculator(program, 2)([0.5])
