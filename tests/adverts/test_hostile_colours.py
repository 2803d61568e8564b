"""Colours and pictures that are made to break a conversion: one finding each, in bounded time and memory."""

import zlib
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms

from layout_engine.adverts.limits import MAX_COLOURS
from tests.adverts.test_converting import GOLD, GOLD_INK, Edit, content_of, converted, good, spot, whole
from tests.kit.adverts import add_resource, image

QUICK_S = 3.0


def refused(folder: Path, content: bytes, edit: Edit | None = None) -> str:
    """The one finding."""
    begun = process_time()
    outcome = converted(folder, content, edit)
    assert process_time() - begun < QUICK_S
    assert outcome.value is None
    (one,) = outcome.diagnostics
    assert one.severity == "error"
    return one.code


def a_function(**entries: Any) -> Edit:
    """A spot whose function has these entries, as a stream of `data`."""

    def edit(pdf: Pdf, page: Any) -> None:
        function = pdf.make_stream(entries.pop("data", b""))
        function.update(Dictionary(Domain=[0, 1], Range=[0, 1] * 4, **entries))
        space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])
        add_resource(pdf, page, "ColorSpace", "CS0", space)

    return edit


def to_itself(parts: int) -> Edit:
    """A function that is put together from itself."""

    def edit(pdf: Pdf, page: Any) -> None:
        function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Encode=[0, 1] * parts))
        function.Bounds = Array([at / parts for at in range(1, parts)])
        function.Functions = Array([function] * parts)
        space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])
        add_resource(pdf, page, "ColorSpace", "CS0", space)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        a_function(FunctionType=0, BitsPerSample=8, Size=[1_000_000_000]),
        a_function(FunctionType=0, BitsPerSample=8, Size=[0]),
        a_function(FunctionType=0, BitsPerSample=8, Size=[-5]),
        a_function(FunctionType=0, BitsPerSample=12, Size=[2], data=bytes(20)),
        a_function(FunctionType=0, BitsPerSample=8, Size=[200], data=bytes(20)),
        a_function(FunctionType=0, BitsPerSample=8, Size=[2, 2], data=bytes(20)),
        a_function(FunctionType=4, data=b"{ " + b"dup pop " * 20_000 + b"}"),
        a_function(FunctionType=4, data=b"{ " + b"1 " * 300 + b"}"),
        a_function(FunctionType=4, data=b"{ -8 0.5 exp dup dup dup }"),
        a_function(FunctionType=4, data=b"{" * 3_000),
        a_function(FunctionType=4, data=b" " * 10_000_000),
        a_function(FunctionType=2, C0=[0] * 4, C1=[1] * 4, N=-1),
        a_function(FunctionType=7),
        to_itself(1),
        to_itself(2),
        to_itself(50),
    ],
)
def test_no_function_costs_more_than_it_is_worth(tmp_path: Path, edit: Edit) -> None:
    assert refused(tmp_path, GOLD.replace(b"0.5", b"0"), edit) in ("ad/not-converted", "ad/beyond-limit")


def a_picture(data: bytes, width: int, height: int, space: Any = Name.DeviceRGB, **entries: Any) -> Edit:
    kind = entries.pop("filter", Name.FlateDecode)

    def edit(pdf: Pdf, page: Any) -> None:
        stream = pdf.make_stream(b"")
        stream.write(data, filter=kind)
        stream.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=8,
                       ColorSpace=space, **entries)
        )  # fmt: skip
        add_resource(pdf, page, "XObject", "Im1", stream)

    return edit


def a_jpeg(width: int, height: int) -> bytes:
    """Something of a photograph."""
    out = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").point(
        [*range(256), *(255 - one for one in range(256)), *(one // 2 for one in range(256))]
    ).save(out, "JPEG")
    return out.getvalue()


SHOWN = b"q 72 0 0 72 0 0 cm /Im1 Do Q"


@pytest.mark.parametrize(
    "edit",
    [
        a_picture(zlib.compress(bytes(100)), 60_000, 60_000),
        a_picture(zlib.compress(bytes(100)), 500, 500),
        a_picture(zlib.compress(bytes(100)), 0, 5),
        a_picture(zlib.compress(bytes(100)), -5, 5),
        a_picture(a_jpeg(900, 900), 50, 50, filter=Name.DCTDecode),
        a_picture(a_jpeg(50, 50)[:400], 50, 50, filter=Name.DCTDecode),
        a_picture(b"\xff\xd8" + b"\xff\xda\0\2" * 5_000, 50, 50, filter=Name.DCTDecode),
        a_picture(zlib.compress(bytes(4)), 2, 2, Array([Name.Indexed, Name.DeviceRGB, 255, 5])),
        a_picture(zlib.compress(bytes(4)), 2, 2, Array([Name.Indexed, Name.DeviceRGB, 255, String(b"")])),
    ],
)
def test_no_picture_costs_more_than_it_is_worth(tmp_path: Path, edit: Edit) -> None:
    assert refused(tmp_path, SHOWN, edit) in ("ad/not-converted", "ad/beyond-limit", "ad/broken")


def test_more_data_than_pixels_is_not_unpacked(tmp_path: Path) -> None:
    form = good(converted(tmp_path, SHOWN, a_picture(zlib.compress(bytes(80_000_000)), 20, 20)))
    assert form.changes == (("picture", 1),)


def test_a_palette_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        table = pdf.make_stream(b"")
        table.write(zlib.compress(bytes(100_000_000)), filter=Name.FlateDecode)
        palette = Array([Name.Indexed, Name.DeviceRGB, 255, table])
        add_resource(pdf, page, "XObject", "Im1", image(pdf, 8, 8, space=palette))

    assert refused(tmp_path, SHOWN, edit) in ("ad/not-converted", "ad/broken")


def profiled(icc: bytes) -> Edit:
    def edit(pdf: Pdf, page: Any) -> None:
        profile = pdf.make_stream(icc)
        profile.N = 3
        add_resource(pdf, page, "ColorSpace", "CS0", Array([Name.ICCBased, profile]))

    return edit


def half_a_profile() -> bytes:
    """Opened by LittleCMS, of no use to it: the curves are gone."""
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag in (b"rTRC", b"gTRC", b"bTRC"):
        icc = icc.replace(tag, b"xxxx")
    return bytes(icc)


@pytest.mark.parametrize("icc", [half_a_profile(), b"no profile", bytes(500), b""])
def test_a_profile_of_no_use_is_told_and_its_colours_read_as_srgb(tmp_path: Path, icc: bytes) -> None:
    form = good(converted(tmp_path, b"/CS0 cs 1 0 0 scn 0 0 9 9 re f", profiled(icc)))
    plain = good(converted(tmp_path, b"1 0 0 rg 0 0 9 9 re f"))
    red = content_of(plain).partition(" re")[0].split("cm ")[1].split(" k")[0]
    assert f"{red} k" in content_of(form)
    assert [(one.kind, one.measure) for one in form.facts if one.kind == "profile-ignored"] == [("profile-ignored", 1)]


def test_a_sound_profile_is_not_told(tmp_path: Path) -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    form = good(converted(tmp_path, b"/CS0 cs 1 0 0 scn 0 0 9 9 re f", profiled(icc)))
    assert [one for one in form.facts if one.kind == "profile-ignored"] == []


def test_a_colour_of_process_and_spot_inks_becomes_its_alternate(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        function = pdf.make_stream(b"{ exch dup 0 mul exch 0.2 mul 3 -1 roll 0 exch }")  # 0, 0.2 gold, 0, black
        function.update(Dictionary(FunctionType=4, Domain=[0, 1] * 2, Range=[0, 1] * 4))
        names = Array([Name.Gold, Name.Black])
        add_resource(pdf, page, "ColorSpace", "CS0", Array([Name.DeviceN, names, Name.DeviceCMYK, function]))

    form = good(converted(tmp_path, b"/CS0 cs 1 0.5 scn 0 0 9 9 re f", edit))
    assert "0 0.2 0 0.5 k" in content_of(form)
    assert b"DeviceN" not in whole(form)
    kept = converted(tmp_path, b"/CS0 cs 1 0.5 scn 0 0 9 9 re f", edit, ("Gold",))
    assert good(kept).changes == ()


def test_two_spots_of_one_name_keep_their_own_colours(tmp_path: Path) -> None:
    other = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.5, 0, 0, 0], N=1)

    def edit(pdf: Pdf, page: Any) -> None:
        spot(GOLD_INK)(pdf, page)
        add_resource(pdf, page, "ColorSpace", "CS1", Array([Name.Separation, Name.Gold, Name.DeviceCMYK, other]))

    content = content_of(good(converted(tmp_path, b"/CS0 cs 1 scn /CS1 cs 1 scn 0 0 9 9 re f", edit)))
    assert "0 0.2 0.8 0.1 k" in content
    assert "0.5 0 0 0 k" in content


def test_many_colours_are_converted_at_once(tmp_path: Path) -> None:
    colours = b"\n".join(b"0.%03d 0.2 0.1 rg 0 0 9 9 re f" % at for at in range(MAX_COLOURS // 2))
    strokes = b"\n".join(b"0.1 0.%03d 0.9 RG 0 0 9 9 re S" % at for at in range(MAX_COLOURS // 2))
    begun = process_time()
    form = good(converted(tmp_path, colours + b"\n" + strokes))
    assert process_time() - begun < QUICK_S
    assert form.changes == (("colour", MAX_COLOURS),)
    assert refused(tmp_path, colours + b"\n" + strokes + b" 0 0 0.123 rg") == "ad/beyond-limit"


def picture_of(folder: Path, content: bytes, edit: Edit) -> tuple[pikepdf.Dictionary, bytes]:
    form = good(converted(folder, content, edit))
    (found,) = [
        one for one in form.objects if b"/Subtype /Image" in b"".join(p for p in one.parts if isinstance(p, bytes))
    ]
    syntax = b"".join(part if isinstance(part, bytes) else b"null" for part in found.parts)
    return pikepdf.Object.parse(syntax), found.stream or b""


def test_a_jpeg_is_sampled_down_to_what_prints_and_stays_one(tmp_path: Path) -> None:
    edit = a_picture(a_jpeg(1_500, 1_200), 1_500, 1_200, filter=Name.DCTDecode)
    about, data = picture_of(tmp_path, SHOWN, edit)
    assert (about.Width, about.Height) == (375, 300)  # an inch: neither side has less than 300
    assert (about.Filter, about.ColorSpace) == (Name.DCTDecode, Name.DeviceCMYK)
    assert list(about.Decode) == [1, 0] * 4
    with Image.open(BytesIO(data)) as opened:
        assert (opened.size, opened.mode) == ((375, 300), "CMYK")


def test_what_is_drawn_larger_elsewhere_keeps_the_pixels_for_it(tmp_path: Path) -> None:
    edit = a_picture(a_jpeg(1_500, 1_500), 1_500, 1_500, filter=Name.DCTDecode)
    about, _ = picture_of(tmp_path, SHOWN + b" q 144 0 0 144 0 0 cm /Im1 Do Q", edit)
    assert about.Width == 600
    about, _ = picture_of(tmp_path, b"q 720 0 0 720 0 0 cm /Im1 Do Q", edit)
    assert about.Width == 1_500  # never blown up


def test_what_was_packed_without_loss_is_so_again(tmp_path: Path) -> None:
    about, data = picture_of(tmp_path, SHOWN, a_picture(zlib.compress(bytes((200, 30, 40)) * 400), 20, 20))
    assert about.Filter == Name.FlateDecode
    assert len(zlib.decompress(data)) == 4 * 400


def test_a_picture_in_one_spot_ink_becomes_its_alternate(tmp_path: Path) -> None:
    space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, GOLD_INK])
    _, data = picture_of(tmp_path, SHOWN, a_picture(zlib.compress(bytes([255]) * 400), 20, 20, space))
    assert zlib.decompress(data)[:4] == bytes((0, 51, 204, 26))


def test_pictures_in_jpeg_2000_are_converted_too(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 40), (200, 30, 40)).save(out, "JPEG2000")
    about, data = picture_of(tmp_path, SHOWN, a_picture(out.getvalue(), 40, 40, filter=Name.JPXDecode))
    assert about.Filter == Name.DCTDecode
    with Image.open(BytesIO(data)) as opened:
        assert opened.mode == "CMYK"
