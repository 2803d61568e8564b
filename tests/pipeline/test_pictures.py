"""Pictures of every kind on a printed page, looked at by another renderer; what became of them; what stops a page."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from layout_engine.base.picture_rules import PictureRules
from layout_engine.pipeline import Build, build
from layout_engine.places import Places
from tests.kit.face import write_kit_fonts
from tests.pdf.made_pictures import deep_tiff, sixteen_bit_png, tiled_tiff, ycck_jpeg

BASE = Path(__file__).parents[1] / "cases" / "pages" / "_base"
PAGE = """
page: 1
format: small
regions:
  - {{id: shop, kind: ad, at: [20mm, 20mm], size: [40mm, 30mm], art: ../ads/{file}}}
"""
WIDE, HIGH = 400, 300  # pixels, 254 ppi
PAPER, INKED = 235, 120  # grey levels of the rendered page


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of one page with room for one picture."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    write_kit_fonts(tmp_path)
    (tmp_path / "2024-05-21" / "ads").mkdir()
    (tmp_path / "2024-05-21" / "pages").mkdir(exist_ok=True)
    return tmp_path / "2024-05-21"


def printed(issue: Path, name: str, data: bytes) -> Build:
    (issue / "ads" / name).write_bytes(data)
    (issue / "pages" / "01.yaml").write_text(PAGE.format(file=name), encoding="utf-8")
    return build(issue, Places(issue.parent / "fonts", issue.parent / "output", False, issue.parent / "output/.cache"))


def corner(mode: str) -> Image.Image:
    """White but for a dark quarter, top left; with a little of every tone in it, so that it is a photograph."""
    grey = Image.new("L", (WIDE, HIGH), 255)
    grey.paste(Image.linear_gradient("L").resize((WIDE // 2, HIGH // 2)).point(lambda value: value // 3), (0, 0))
    if mode == "CMYK":
        none = Image.new("L", grey.size)
        return Image.merge("CMYK", (none, none, none, grey.point(lambda value: 255 - value)))
    return grey.convert(mode)


def drawing() -> Image.Image:
    """The same as line art."""
    picture = Image.new("1", (WIDE, HIGH), 1)
    picture.paste(0, (0, 0, WIDE // 2, HIGH // 2))
    draw = ImageDraw.Draw(picture)
    chance = Random(5)
    for _ in range(12):
        draw.line([(chance.randrange(WIDE // 2), chance.randrange(HIGH // 2)) for _ in range(2)], fill=1)
    return picture


def dotted() -> Image.Image:
    """Line art of so many dots that Flate packs it better than CCITT."""
    picture = Image.new("1", (WIDE, HIGH), 1)
    picture.paste(0, (0, 0, WIDE // 2, HIGH // 2))
    draw = ImageDraw.Draw(picture)
    for y in range(0, HIGH // 2, 2):
        draw.point([(x, y) for x in range(0, WIDE // 2, 2)], 1)
    return picture


def saved(picture: Image.Image, suffix: str, **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, {"jpg": "JPEG", "tif": "TIFF", "png": "PNG"}[suffix], **options)
    return stream.getvalue()


def turned(orientation: int, suffix: str) -> bytes:
    undone = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(corner("L").transpose(undone[orientation]), suffix, exif=exif)


KINDS: dict[str, Callable[[], bytes]] = {
    "grey.jpg": lambda: saved(corner("L"), "jpg"),
    "grey.png": lambda: saved(corner("L"), "png"),
    "grey-16.png": lambda: sixteen_bit_png(corner("L")),
    "grey-16.tif": lambda: deep_tiff(corner("L"), 1, order=">"),
    "colour.jpg": lambda: saved(corner("RGB"), "jpg"),
    "colour-16.png": lambda: sixteen_bit_png(corner("RGB")),
    "tiles.tif": lambda: tiled_tiff(corner("RGB")),
    "indexed.png": lambda: saved(corner("RGB").quantize(60), "png"),
    "inks.tif": lambda: saved(corner("CMYK"), "tif", compression="tiff_lzw"),
    "inks-16.tif": lambda: deep_tiff(corner("CMYK"), 5),
    "inks.jpg": lambda: saved(corner("CMYK"), "jpg"),
    "inks-progressive.jpg": lambda: saved(corner("CMYK"), "jpg", progressive=True),
    "photoshop.jpg": lambda: ycck_jpeg(corner("CMYK")),
    "drawing.tif": lambda: saved(drawing(), "tif", compression="group4"),
    "drawing.png": lambda: saved(drawing(), "png"),
    "dotted.png": lambda: saved(dotted(), "png"),
    "upside-down.jpg": lambda: turned(3, "jpg"),
    "on-its-side.jpg": lambda: turned(6, "jpg"),
    "on-its-side.tif": lambda: turned(8, "tif"),
    "on-its-side.png": lambda: turned(6, "png"),
}


@pytest.mark.parametrize("name", KINDS)
def test_it_prints_upright_and_never_as_a_negative(name: str, issue: Path) -> None:
    built = printed(issue, name, KINDS[name]())
    pdf = built.pages[0].pdf
    assert pdf is not None, built.diagnostics
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=2, grayscale=True).to_pil().convert("L")
    document.close()
    quarters = [page.resize((1, 1), Image.Resampling.BOX, box=_box(x, y)).getpixel((0, 0)) for x, y in _QUARTERS]
    assert quarters[0] < INKED
    assert min(quarters[1:]) > PAPER


_QUARTERS = ((0, 0), (1, 0), (0, 1), (1, 1))


def _box(x: int, y: int) -> tuple[float, float, float, float]:
    """A quarter of the picture on the rendered page, a little inside."""
    to_px = 2 * 72 / 25.4
    left, top = 20 + 20 * x + 1, 20 + 15 * y + 1
    return left * to_px, top * to_px, (left + 18) * to_px, (top + 13) * to_px


@pytest.mark.parametrize(
    ("name", "space", "bits", "packed"),
    [
        ("grey.jpg", "/DeviceGray", 8, "/DCTDecode"),
        ("colour.jpg", "/DeviceGray", 8, "/DCTDecode"),
        ("photoshop.jpg", "/DeviceCMYK", 8, "/DCTDecode"),
        ("drawing.png", "/DeviceGray", 1, "/CCITTFaxDecode"),
        ("dotted.png", "/DeviceGray", 1, "/FlateDecode"),
    ],
)
def test_it_stands_in_the_file_as_the_press_wants_it(
    name: str, space: str, bits: int, packed: str, issue: Path
) -> None:
    pdf = printed(issue, name, KINDS[name]()).pages[0].pdf
    assert pdf is not None
    with pikepdf.open(pdf) as file:
        (image,) = file.pages[0].Resources.XObject.values()
        assert (str(image.ColorSpace), int(image.BitsPerComponent), str(image.Filter)) == (space, bits, packed)


def test_what_became_of_it_is_recorded(issue: Path) -> None:
    (picture,) = printed(issue, "a.jpg", KINDS["colour.jpg"]()).pages[0].pictures
    assert (picture.file, picture.pixels, picture.plates, picture.bits) == ("ads/a.jpg", (WIDE, HIGH), "K", 8)
    assert (picture.read_as, picture.intent) == ("sRGB", PictureRules().intent_in_words)
    assert 250 < picture.ppi < 260
    assert picture.ink_before is None
    assert picture.ink > 90


def says(issue: Path, text: str) -> None:
    """What the printer of the house says."""
    house = next((issue.parent / "house").glob("*.yaml"))
    lines = [line for line in house.read_text(encoding="utf-8").splitlines() if not line.startswith("output:")]
    house.write_text("\n".join([*lines, "output: {profile: printers/p.yaml}", ""]), encoding="utf-8")
    printers = issue.parent / "house" / "printers"
    printers.mkdir(exist_ok=True)
    (printers / "p.yaml").write_text(text, encoding="utf-8")


def codes(built: Build) -> list[str]:
    return [one.code for one in built.diagnostics]


def test_a_printer_that_refuses_too_much_ink_gets_no_page(issue: Path) -> None:
    says(issue, "pictures: {heavy_cmyk: refuse}\n")
    heavy = Image.new("CMYK", (WIDE, HIGH), (200, 200, 200, 200))
    built = printed(issue, "heavy.tif", saved(heavy, "tif"))
    assert "photo/ink-over" in codes(built)
    assert built.pages[0].pdf is None
    assert built.pages[0].pictures == ()


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ("{least: 150, wanted: 200}", []),
        ("{least: 150, wanted: 260}", ["page/low-resolution"]),
        ("{least: 260, wanted: 300}", ["page/too-low-resolution"]),
    ],
)
def test_resolution_is_judged_by_the_printers_own_numbers(limits: str, told: list[str], issue: Path) -> None:
    says(issue, f"limits: {{picture_ppi: {limits}}}\n")
    built = printed(issue, "a.jpg", saved(corner("L").point(lambda value: max(value, 40)), "jpg"))
    assert codes(built) == told
    assert built.pages[0].pdf is not None


def test_line_art_has_a_limit_of_its_own(issue: Path) -> None:
    assert codes(printed(issue, "a.png", KINDS["drawing.png"]())) == ["photo/line-art-coarse"]
    says(issue, "limits: {picture_ppi: {line_art: 250}}\n")
    assert codes(printed(issue, "a.png", KINDS["drawing.png"]())) == []
