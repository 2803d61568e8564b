"""Pictures of advertisements are measured by the square millimetre, however they are packed; no bomb is unpacked."""

import zlib
from io import BytesIO
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from layout_engine.adverts.measuring import measured_pictures
from layout_engine.adverts.model import Fact
from layout_engine.adverts.rasters import DrawnPicture
from layout_engine.pdf import advert_pictures
from layout_engine.pdf.advert_pictures import measure_picture

OWNER = Pdf.new()
SIDE = 118  # pixels of 10 mm at 300 ppi
MM = 72 / 25.4
HEAVY = bytes((255, 255, 204, 0))  # 280 %


def measured(stream: Any, mm: float = 10, named: Any = None) -> dict[str, int]:
    drawn = DrawnPicture(stream, named, (mm * MM, mm * MM), "5, 5 mm")
    return {fact.kind: fact.measure for fact in measured_pictures([drawn], measure_picture)}


def a_picture(data: bytes, space: Any = Name.DeviceCMYK, bits: int = 8, **entries: Any) -> Stream:
    sides = {"Width": SIDE, "Height": SIDE} | {key: entries.pop(key) for key in ("Width", "Height") if key in entries}
    stream = OWNER.make_stream(data)
    stream.update(Dictionary(Subtype=Name.Image, ColorSpace=space, BitsPerComponent=bits, **sides))
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def packed(plain: Stream, kind: str) -> Stream:
    """The same picture in another packing; four channels of eight bits."""
    data = plain.read_bytes()
    picture = Image.frombytes("CMYK", (SIDE, SIDE), data)
    out = BytesIO()
    match kind:
        case "Flate":
            plain.write(zlib.compress(data), filter=Name.FlateDecode)
        case "PNG rows":
            rows = [bytes([0]) + data[at : at + 4 * SIDE] for at in range(0, len(data), 4 * SIDE)]
            parms = Dictionary(Predictor=15, Colors=4, Columns=SIDE, BitsPerComponent=8)
            plain.write(zlib.compress(b"".join(rows)), filter=Name.FlateDecode, decode_parms=parms)
        case "JPEG of Photoshop":
            picture.save(out, "JPEG", quality=95, subsampling=0)
            plain.write(out.getvalue(), filter=Name.DCTDecode)
            plain["/Decode"] = Array([1, 0] * 4)
        case "JPEG in ASCII":
            picture.save(out, "JPEG", quality=95, subsampling=0)
            plain.write(out.getvalue().hex().encode() + b">", filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]))
            plain["/Decode"] = Array([1, 0] * 4)
    return plain


def with_square(side: int, left: int, top: int) -> bytes:
    """Paper with a square of heavy ink on it."""
    ground = Image.new("CMYK", (SIDE, SIDE))
    ground.paste(tuple(HEAVY), (left, top, left + side, top + side))
    return ground.tobytes()


@pytest.mark.parametrize("kind", ["", "Flate", "PNG rows", "JPEG of Photoshop", "JPEG in ASCII"])
def test_the_ink_of_a_picture_is_found_however_it_is_packed(kind: str) -> None:
    flat = packed(a_picture(HEAVY * SIDE * SIDE), kind)
    assert measured(flat)["picture-ink"] == pytest.approx(280, abs=2)
    square = packed(a_picture(with_square(30, 41, 55)), kind)
    assert measured(square)["picture-ink"] == pytest.approx(280, abs=6)


@pytest.mark.parametrize("left", range(30, 36))
def test_a_heavy_square_millimetre_is_found_wherever_it_lies(left: int) -> None:
    assert measured(a_picture(with_square(18, left, 61 - left // 2)))["picture-ink"] > 270


def test_a_speck_of_less_than_a_square_millimetre_is_not_held_against_it() -> None:
    assert measured(a_picture(with_square(4, 40, 40)))["picture-ink"] < 60


def test_bands_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measured(a_picture(with_square(18, 33, 47)))
    monkeypatch.setattr(advert_pictures, "_BAND", 4 * SIDE * 20)
    assert measured(a_picture(with_square(18, 33, 47))) == whole
    flate = packed(a_picture(with_square(18, 33, 47)), "Flate")
    assert measured(flate) == whole


@pytest.mark.parametrize(
    ("picture", "ink"),
    [
        (lambda: a_picture(bytes(SIDE * SIDE), Name.DeviceGray), 100),
        (lambda: a_picture(bytes([204]) * SIDE * SIDE, Name.DeviceGray), 20),
        (lambda: a_picture(bytes([204]) * SIDE * SIDE, Name.DeviceGray, Decode=Array([1, 0])), 80),
        (lambda: a_picture(bytes([0x33]) * (SIDE // 2 * SIDE), Name.DeviceGray, 4), 80),
        (lambda: a_picture(bytes([128, 0] * 4) * SIDE * SIDE, bits=16), 201),
        (lambda: a_picture(bytes([1]) * SIDE * SIDE, indexed(1)), 280),
        (lambda: a_picture(bytes([0x11]) * (SIDE // 2 * SIDE), indexed(1), 4), 280),
        (lambda: a_picture(bytes([0]) * SIDE * SIDE, indexed(1)), 0),
        (lambda: a_picture(bytes([0]) * SIDE * SIDE, indexed(1), Decode=Array([1, 0])), 280),
        (lambda: a_picture(bytes([102, 255]) * SIDE * SIDE, inks("Black", "Gold")), 140),
        (lambda: a_picture(bytes([51] * 5) * SIDE * SIDE, inks(*"ABCDE")), 100),
    ],
)
def test_every_way_of_writing_samples_is_read(picture: Any, ink: int) -> None:
    assert measured(picture())["picture-ink"] == pytest.approx(ink, abs=2)


def indexed(high: int) -> Array:
    return Array([Name.Indexed, Name.DeviceCMYK, high, String(bytes(4) + HEAVY)])


def inks(*names: str) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    return Array([Name.DeviceN, Array([Name(f"/{one}") for one in names]), Name.DeviceCMYK, tint])


def ramp(darkest: int) -> bytes:
    """Greys from white to `darkest`, whose lowest lines are as dark all over."""
    steps = b"".join(bytes([255 - (255 - darkest) * row // 90] * SIDE) for row in range(90))
    return steps + bytes([darkest]) * SIDE * (SIDE - 90)


def test_the_black_of_shades_is_told_and_that_of_a_drawing_is_meant() -> None:
    assert measured(a_picture(ramp(0), Name.DeviceGray))["picture-black"] == 100
    assert measured(a_picture(ramp(13), Name.DeviceGray))["picture-black"] == 95
    assert "picture-black" not in measured(a_picture(bytes(SIDE * SIDE), Name.DeviceGray))


def test_pictures_that_are_no_ink_or_of_one_bit_are_not_measured() -> None:
    assert measured(a_picture(bytes(3 * SIDE * SIDE), Name.DeviceRGB)) == {}
    assert measured(a_picture(bytes(15 * SIDE), Name.DeviceGray, 1)) == {}
    fax = a_picture(b"", Name.DeviceGray, 1)
    fax.write(b"abc", filter=Name.CCITTFaxDecode)
    assert measured(fax) == {}


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_2000_is_measured(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (SIDE, SIDE), 51 if mode == "L" else (51, 51, 0, 51)).save(out, "JPEG2000")
    space = Name.DeviceGray if mode == "L" else Name.DeviceCMYK
    assert measured(filtered(out.getvalue(), Name.JPXDecode, space=space)) == {
        "picture-ink": pytest.approx(80 if mode == "L" else 60, abs=1)
    }


def a_jpeg(size: tuple[int, int], mode: str = "CMYK") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, "JPEG")
    return out.getvalue()


def filtered(data: bytes, kind: Name, **entries: Any) -> Stream:
    stream = a_picture(b"", **entries)
    stream.write(data, filter=kind)
    return stream


@pytest.mark.parametrize(
    "picture",
    [
        lambda: filtered(zlib.compress(bytes(100)), Name.FlateDecode),  # too few samples
        lambda: filtered(zlib.compress(bytes(100))[:20], Name.FlateDecode),  # cut off
        lambda: filtered(b"no data at all", Name.FlateDecode),
        lambda: filtered(a_jpeg((SIDE, SIDE))[:300], Name.DCTDecode),
        lambda: filtered(a_jpeg((2_000, 2_000)), Name.DCTDecode),  # larger than it says
        lambda: filtered(a_jpeg((SIDE, SIDE), "RGB"), Name.DCTDecode),
        lambda: filtered(b"no JPEG", Name.DCTDecode),
        lambda: filtered(b"no JPEG", Name.JPXDecode),
        lambda: a_picture(b"", Width=60_000, Height=60_000),
        lambda: a_picture(b"", Width=0),
        lambda: a_picture(b"", bits=7),
        lambda: a_picture(b"", Array([Name.Indexed, Name.DeviceCMYK, 255, String(b"")])),
        lambda: a_picture(bytes(SIDE * SIDE), Name.DeviceGray, Decode=Array([0])),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_is_told(picture: Any) -> None:
    assert list(measured(picture())) == ["picture-unmeasured"]


def test_more_data_than_samples_is_not_unpacked() -> None:
    bomb = zlib.compress(bytes(100_000_000), 6)
    flat = filtered(bomb, Name.FlateDecode)
    assert measured(flat)["picture-ink"] == 0


def test_the_place_and_the_size_are_told() -> None:
    drawn = DrawnPicture(a_picture(bytes(4 * SIDE * SIDE)), None, None, "5, 5 mm")
    assert list(measured_pictures([drawn], measure_picture)) == [Fact("picture-ink", "118 × 118 px, 5, 5 mm", 0)]
