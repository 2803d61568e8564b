"""PR-80 to PR-83: pictures. Resolution at the size in print, and data that is what it says."""

import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.preflight.bad import Case, a_form, an_image, codes, only, painting, spoiled


@cache
def a_jpeg(width: int = 100, height: int = 100, mode: str = "L") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "JPEG")
    return out.getvalue()


def placed(pixels: int, points: float, code: str = "", **entries: Any) -> Any:
    """A square picture of so many pixels on so many points."""
    data = bytes(pixels * pixels)
    drawn = code or f"q {points} 0 0 {points} 300 300 cm /Im9 Do Q"
    return painting(drawn, XObject={"Im9": an_image(pixels, pixels, data, **entries)})


def a_bitmap(pixels: int, points: float) -> Any:
    row = (pixels + 7) // 8
    return painting(
        f"/Knock gs 0 0 0 1 k q {points} 0 0 {points} 300 300 cm /Im9 Do Q",
        XObject={"Im9": an_image(pixels, pixels, bytes(row * pixels), BitsPerComponent=1)},
    )


def held(data: bytes, **entries: Any) -> Any:
    """A picture that is in the file and not drawn."""
    width, height = entries.pop("Width", 100), entries.pop("Height", 100)
    return painting("", XObject={"Im9": an_image(width, height, data, **entries)})


DCT = {"Filter": Name.DCTDecode}
FLATE = {"Filter": Name.FlateDecode}
CMYK = {"ColorSpace": Name.DeviceCMYK}

CASES = {
    "under 150": Case("ppi", placed(100, 72), placed(100, 36)),
    "under 200": Case("ppi-low", placed(180, 72), placed(200, 72)),
    "far above 300": Case("ppi-waste", placed(100, 12), placed(100, 24)),
    "stretched in one direction": Case("ppi", placed(100, 0, "q 200 0 0 20 300 300 cm /Im9 Do Q")),
    "turned": Case("ppi", placed(100, 0, "q 0 72 -72 0 400 300 cm /Im9 Do Q")),
    "skewed": Case("ppi", placed(100, 0, "q 50 50 -50 50 400 300 cm /Im9 Do Q")),
    "scaled up by a form": Case(
        "ppi",
        painting("/F9 Do", XObject={"F9": a_form(
            "q 36 0 0 36 50 50 cm /Im9 Do Q", Matrix=Array([2, 0, 0, 2, 0, 0]),
            Resources=lambda pdf: Dictionary(XObject=Dictionary(Im9=an_image(100, 100, bytes(10_000))(pdf))),
        )}),
    ),
    "line art under 600": Case("line-art-ppi", a_bitmap(500, 72), a_bitmap(600, 72)),
    "no width": Case("picture-dictionary", held(b"", Width=0)),
    "three bits": Case("picture-dictionary", held(bytes(10_000), BitsPerComponent=3)),
    "16 bits in X-1a": Case(
        "picture-bits", held(bytes(20_000), BitsPerComponent=16), held(bytes(10_000)), "X1a"
    ),
    "data too short": Case("picture-data", held(bytes(9_999)), held(bytes(10_000))),
    "data packed and too short": Case(
        "picture-data", held(zlib.compress(bytes(9_999)), **FLATE), held(zlib.compress(bytes(10_000)), **FLATE)
    ),
    "data cut off": Case("picture-data", held(zlib.compress(bytes(range(250)) * 40)[:-20], **FLATE)),
    "too short for a predictor": Case(
        "picture-data",
        held(zlib.compress(bytes(10_000)), DecodeParms=Dictionary(Predictor=15, Columns=100), **FLATE),
        held(zlib.compress(bytes(10_100)), DecodeParms=Dictionary(Predictor=15, Columns=100), **FLATE),
    ),
    "a JPEG cut off": Case("picture-data", held(a_jpeg()[:-40], **DCT), held(a_jpeg(), **DCT)),
    "a JPEG that is none": Case("picture-data", held(b"GIF89a", **DCT)),
    "a JPEG of another size": Case("picture-differs", held(a_jpeg(), Width=90, **DCT), held(a_jpeg(), **DCT)),
    "a JPEG of other channels": Case("picture-differs", held(a_jpeg(mode="CMYK"), **DCT), held(a_jpeg(), **DCT)),
    "a negative": Case(
        "negative",
        held(a_jpeg(mode="CMYK"), **DCT, **CMYK),
        held(a_jpeg(mode="CMYK"), Decode=Array([1, 0] * 4), **DCT, **CMYK),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_a_picture_is_found(case: Case) -> None:
    case.check()


def test_the_resolution_is_that_of_the_worse_direction() -> None:
    one = only("ppi", spoiled(placed(100, 0, "q 200 0 0 20 300 300 cm /Im9 Do Q")))
    assert one.diagnostic.message("en").startswith("the picture has 36 ppi, where 150 are the least")


def test_a_soft_mask_has_no_resolution_to_keep() -> None:
    mask = an_image(2, 2, bytes(4))
    assert "ppi" not in codes(spoiled(placed(300, 72, SMask=mask)))


def test_a_picture_bomb_is_bounded() -> None:
    bomb = zlib.compress(bytes(1 << 24))
    told = codes(spoiled(held(bomb, Width=100_000, Height=100_000, **FLATE)))
    assert "picture-data" in told


def test_one_heavy_page_of_several_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file's pages are light on the average, and one of them is not."""
    monkeypatch.setattr("layout_engine.preflight.rules.pictures._PAGE_BYTES", 50_000)

    def plant(pdf: pikepdf.Pdf) -> None:
        placed(300, 72)(pdf)
        for _ in range(9):
            pdf.add_blank_page(page_size=(300, 300))

    one = only("heavy", spoiled(plant))
    assert one.page == 1
