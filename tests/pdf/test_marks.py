"""Rules, fills, art and pictures: drawn by another renderer, and the ink counted where it should be."""

import pypdfium2
import pytest
from PIL import Image

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, Rule
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.pdf.images import PreparedPicture
from layout_engine.pdf.write import picture_key
from layout_engine.scene.items import SceneItem
from tests.pdf.scenes import TRIM, a_page, a_picture, a_region, a_run, content_of, opened, written

BOX = Rect(pt(100), pt(200), pt(60), pt(40))
WHITE = 255
SAME = 3  # of 255


def drawn(*items: SceneItem, bleed: int = 0, pictures: dict[str, PreparedPicture] | None = None) -> Image.Image:
    """The page in grey, one pixel to the point."""
    pdf = written(a_page(a_region("lead", *items), bleed=bleed), pictures=pictures)
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=1, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return image


def inked(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The smallest box around everything that is not white."""
    return image.point(lambda value: WHITE - value).getbbox()


def edges(rect: Rect) -> tuple[int, int, int, int]:
    return (
        rect.x // SU_PER_PT,
        rect.y // SU_PER_PT,
        rect.right // SU_PER_PT,
        rect.bottom // SU_PER_PT,
    )


def near(found: tuple[int, int, int, int] | None, wanted: tuple[int, int, int, int], by: int = 1) -> bool:
    return found is not None and all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("item", [Rule(BOX, "black"), Fill(BOX, "black"), Fill(BOX, "red", 4_000)])
def test_a_rectangle_covers_its_place_and_nothing_else(item: SceneItem) -> None:
    assert near(inked(drawn(item)), edges(BOX))


def test_with_bleed_everything_moves_by_the_bleed() -> None:
    moved = Rect(BOX.x + pt(9), BOX.y + pt(9), BOX.width, BOX.height)
    assert near(inked(drawn(Fill(BOX, "black"), bleed=pt(9))), edges(moved))


def test_text_stands_on_its_baseline() -> None:
    left, top, right, bottom = inked(drawn(a_run("国", size=pt(100), x=pt(100), y=pt(300)))) or (0, 0, 0, 0)
    assert 100 <= left < 115
    assert 185 <= right <= 200
    assert 212 <= top < 225  # the em box reaches from 88 above to 12 below
    assert 300 < bottom <= 312


def test_vertical_text_hangs_from_the_middle_of_its_top_edge() -> None:
    run = a_run("国国", size=pt(100), x=pt(150), y=pt(100), direction="vertical")
    left, top, right, bottom = inked(drawn(run)) or (0, 0, 0, 0)
    assert 100 <= left < 115
    assert 185 <= right <= 200
    assert 100 <= top < 115
    assert 285 < bottom <= 300


def test_narrow_type_is_narrower_and_as_tall() -> None:
    plain = inked(drawn(a_run("国", size=pt(100), x=pt(100), y=pt(300)))) or (0, 0, 0, 0)
    narrow = inked(drawn(a_run("国", size=pt(100), x=pt(100), y=pt(300), narrow=80))) or (0, 0, 0, 0)
    assert (narrow[1], narrow[3]) == (plain[1], plain[3])
    assert (narrow[2] - narrow[0]) / (plain[2] - plain[0]) == pytest.approx(0.8, abs=0.03)


SQUARE = (("M", (0, 0)), ("L", (100_000, 0)), ("L", (100_000, 50_000)), ("L", (0, 50_000)), ("Z", ()))


def test_art_fills_its_rectangle_evenly() -> None:
    art = Art(Rect(pt(100), pt(200), pt(80), pt(40)), "red", (0, 0, 100_000, 50_000), SQUARE)
    assert near(inked(drawn(art)), (100, 200, 180, 240))


def test_art_of_another_shape_stands_in_the_middle_undistorted() -> None:
    art = Art(Rect(pt(100), pt(200), pt(80), pt(80)), "red", (0, 0, 100_000, 50_000), SQUARE)
    assert near(inked(drawn(art)), (100, 220, 180, 260))


def test_art_may_have_its_origin_anywhere() -> None:
    moved = tuple((one, tuple(number - 30_000 for number in numbers)) for one, numbers in SQUARE)
    art = Art(Rect(pt(100), pt(200), pt(80), pt(40)), "red", (-30_000, -30_000, 100_000, 50_000), moved)
    assert near(inked(drawn(art)), (100, 200, 180, 240))


def test_a_quadratic_curve_becomes_the_same_curve() -> None:
    path = (("M", (0, 0)), ("Q", (30_000, 0, 30_000, 60_000)), ("Z", ()))
    content = content_of(
        written(a_page(a_region("lead", Art(Rect(0, 0, pt(30), pt(60)), "red", (0, 0, 30_000, 60_000), path))))
    )
    (curve,) = [line for line in content.splitlines() if line.endswith(" c")]
    x1, y1, x2, y2, x3, y3 = map(float, curve.split()[:6])
    top = TRIM.height / SU_PER_PT
    # Degree elevation: controls at start + 2/3 (q - start) and end + 2/3 (q - end).
    assert (x1, x2, x3) == pytest.approx((20, 30, 30), abs=0.001)
    assert (top - y1, top - y2, top - y3) == pytest.approx((0, 20, 60), abs=0.001)


def test_a_closed_outline_goes_on_from_where_it_began() -> None:
    path = (("M", (0, 0)), ("L", (30_000, 0)), ("Z", ()), ("Q", (30_000, 0, 30_000, 60_000)))
    content = content_of(
        written(a_page(a_region("lead", Art(Rect(0, 0, pt(30), pt(60)), "red", (0, 0, 30_000, 60_000), path))))
    )
    (curve,) = [line for line in content.splitlines() if line.endswith(" c")]
    assert float(curve.split()[0]) == pytest.approx(20, abs=0.001)


PICTURE = Picture(BOX, "photos/a.jpg", (0, 0, 2, 2), Span("pages/01.yaml", 3, 5))
TONES = b"\x00\x40\x80\xff"
GREY = a_picture(2, 2, TONES)


def corner_tones(image: Image.Image) -> tuple[int, ...]:
    """The tones near the four corners of BOX, in reading order."""
    left, top, right, bottom = edges(BOX)
    points = ((left + 3, top + 3), (right - 4, top + 3), (left + 3, bottom - 4), (right - 4, bottom - 4))
    return tuple(int(image.getpixel(point)) for point in points)  # type: ignore[arg-type]


def test_a_picture_stands_upright_in_its_rectangle() -> None:
    image = drawn(PICTURE, pictures={picture_key(PICTURE): GREY})
    assert corner_tones(image) == pytest.approx((0, 0x40, 0x80, 0xFF), abs=SAME)


def test_an_inverted_picture_prints_positive() -> None:
    negative = a_picture(2, 2, bytes(255 - one for one in TONES), inverted=True)
    image = drawn(PICTURE, pictures={picture_key(PICTURE): negative})
    assert corner_tones(image) == pytest.approx((0, 0x40, 0x80, 0xFF), abs=SAME)


def test_pictures_are_gray_or_cmyk_and_knock_out() -> None:
    colour = a_picture(1, 1, b"\x00\xff\xff\x00", components=4, inverted=True)
    other = Picture(Rect(0, 0, pt(10), pt(10)), "photos/b.jpg", (0, 0, 1, 1), Span("pages/01.yaml"))
    pictures = {picture_key(PICTURE): GREY, picture_key(other): colour}
    pdf = written(a_page(a_region("photo", a_run("黑"), PICTURE, other)), pictures=pictures)
    with opened(pdf) as file:
        images = file.pages[0].Resources.XObject
        assert [str(image.ColorSpace) for image in images.values()] == ["/DeviceGray", "/DeviceCMYK"]
        assert [int(one) for one in images["/Im1"].Decode] == [1, 0] * 4
        assert "/Decode" not in images["/Im0"]
    content = content_of(pdf)
    assert content.index("/Knock gs") < content.index("/Im0 Do")


def test_the_same_picture_twice_is_embedded_once() -> None:
    again = Picture(Rect(pt(300), pt(300), pt(60), pt(40)), "photos/a.jpg", (0, 0, 2, 2), Span("pages/01.yaml", 9, 5))
    pdf = written(a_page(a_region("photo", PICTURE, again)), pictures={picture_key(PICTURE): GREY})
    with opened(pdf) as file:
        assert list(file.pages[0].Resources.XObject.keys()) == ["/Im0"]
    assert content_of(pdf).count("/Im0 Do") == 2


def test_another_crop_or_size_is_another_picture() -> None:
    crop = Picture(BOX, PICTURE.file, (0, 0, 1, 2), PICTURE.span)
    size = Picture(Rect(BOX.x, BOX.y, pt(30), pt(40)), PICTURE.file, PICTURE.crop, PICTURE.span)
    assert len({picture_key(one) for one in (PICTURE, crop, size)}) == 3
