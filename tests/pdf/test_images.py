"""Pictures on their way to the plate: every mode, every turn, never too much ink, never an exception."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from layout_engine.base.diagnostics import Outcome, Span
from layout_engine.base.picture_rules import PictureRules
from layout_engine.pdf.decode import MAX_PIXELS
from layout_engine.pdf.images import Crop, PictureRequest, PreparedPicture, prepare_picture
from layout_engine.pdf.total_ink import limit_ink, max_ink_percent

NEWSPRINT = Path(__file__).parents[2] / "layout_engine/pdf/profiles/newsprint-model.icc"
WHO_ASKS = Span("pages/01.yaml", 12, 9)
SIZE = (120, 80)
ADOBE_MARKER = b"\xff\xee\x00\x0eAdobe"


def wheel(size: tuple[int, int] = SIZE) -> Image.Image:
    """Every hue, from white to black: a picture with smooth changes in all channels."""
    hue = Image.linear_gradient("L").rotate(90).resize(size)
    light = Image.linear_gradient("L").resize(size)
    return Image.merge("HSV", (hue, Image.new("L", size, 220), light)).convert("RGB")


def ramp(size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.linear_gradient("L").resize(size)


def cmyk(size: tuple[int, int] = SIZE) -> Image.Image:
    grey = ramp(size)
    return Image.merge("CMYK", (grey, grey.rotate(180), grey, Image.new("L", size, 60)))


def saved(folder: Path, picture: Image.Image, name: str, **options: object) -> Path:
    path = folder / name
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


def prepared(
    path: Path,
    crop: Crop | None = None,
    target: tuple[int, int] = (4000, 4000),
    total_ink: int = 240,
    cache: Path | None = None,
    rules: PictureRules = PictureRules(),  # noqa: B008 - frozen
) -> Outcome[PreparedPicture]:
    return prepare_picture(PictureRequest(path, crop, target, NEWSPRINT, total_ink, WHO_ASKS, rules), cache)


def picture_of(outcome: Outcome[PreparedPicture]) -> PreparedPicture:
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def inks_of(picture: PreparedPicture) -> Image.Image:
    """What a PDF reader would print: CMYK, or grey."""
    size = (picture.width_px, picture.height_px)
    if picture.bits == 1:
        return bits_of(picture)
    mode = "L" if picture.components == 1 else "CMYK"
    if picture.filter == "FlateDecode":
        return Image.frombytes(mode, size, zlib.decompress(picture.data))
    decoded = Image.open(io.BytesIO(picture.data))
    assert (decoded.mode, decoded.size) == (mode, size)
    if mode == "CMYK" and not picture.inverted:
        return ImageChops.invert(decoded)
    decoded.load()
    return decoded


def bits_of(picture: PreparedPicture) -> Image.Image:
    """Line art read as a PDF reader reads it, by a TIFF around the data."""
    size = (picture.width_px, picture.height_px)
    if picture.filter == "FlateDecode":
        return Image.frombytes("1", size, zlib.decompress(picture.data)).convert("L")
    entries = (
        (256, size[0]), (257, size[1]), (258, 1), (259, 4), (262, 0), (273, 8), (277, 1), (278, size[1]),
        (279, len(picture.data)),
    )  # fmt: skip
    directory = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in entries)
    padded = picture.data + bytes(len(picture.data) % 2)
    head = b"II*\0" + struct.pack("<L", 8 + len(padded))
    return Image.open(io.BytesIO(head + padded + struct.pack("<H", len(entries)) + directory + bytes(4))).convert("L")


def at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = picture.getpixel((x, y))
    return pixel if isinstance(pixel, tuple) else (int(pixel or 0),)


def codes(outcome: Outcome[PreparedPicture]) -> list[str]:
    return [one.code for one in outcome.diagnostics]


RGB_MODES: dict[str, tuple[Callable[[], Image.Image], str]] = {
    "RGB": (lambda: wheel(), "png"),
    "RGB-jpeg": (lambda: wheel(), "jpg"),
    "RGB-tiff": (lambda: wheel(), "tif"),
    "RGBA": (lambda: wheel().convert("RGBA"), "png"),
    "indexed": (lambda: wheel().quantize(100), "png"),
    "YCbCr": (lambda: wheel().convert("YCbCr"), "tif"),
}


@pytest.mark.parametrize("kind", RGB_MODES)
def test_colour_of_any_mode_becomes_cmyk_that_shows_the_same_colour(kind: str, tmp_path: Path) -> None:
    make, suffix = RGB_MODES[kind]
    picture = picture_of(prepared(saved(tmp_path, make(), f"picture.{suffix}")))
    assert picture.components == 4
    shown = on_screen(inks_of(picture))
    red, green, blue = (at(shown.resize((1, 1), box=(x, 20, x + 10, 40)), 0, 0) for x in (2, 40, 80))
    assert red[0] > 1.15 * max(red[1], red[2])
    assert green[1] > 1.05 * max(green[0], green[2])
    assert blue[2] > 1.05 * max(blue[0], blue[1])


def on_screen(inks: Image.Image) -> Image.Image:
    out, screen = ImageCms.getOpenProfile(str(NEWSPRINT)), ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(inks, out, screen, outputMode="RGB")
    assert shown is not None
    return shown


GREY_MODES = {
    "grey": lambda: ramp(),
    "grey-alpha": lambda: ramp().convert("LA"),
    "sixteen-bit": lambda: ramp().convert("I").point(lambda value: value * 257).convert("I;16"),
}


@pytest.mark.parametrize("kind", GREY_MODES)
def test_grey_of_any_mode_stays_one_plate_with_its_numbers(kind: str, tmp_path: Path) -> None:
    picture = picture_of(prepared(saved(tmp_path, GREY_MODES[kind](), "picture.png")))
    assert picture.components == 1
    assert not picture.inverted
    assert max_ink_percent(ImageChops.invert(ImageChops.difference(inks_of(picture), ramp()))) <= 2


def a_drawing(size: tuple[int, int] = SIZE) -> Image.Image:
    drawing = Image.new("1", size, 1)
    drawing.paste(0, (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    return drawing


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
@pytest.mark.parametrize("make", [lambda: ramp().convert("1"), a_drawing])
def test_line_art_of_any_mode_stays_at_one_bit_and_exact_and_keeps_its_pixels(
    mode: str, make: Callable[[], Image.Image], tmp_path: Path
) -> None:
    grey = make().convert("L")
    none = Image.new("L", SIZE)
    inks = (none, none, none, ImageChops.invert(grey))
    source = Image.merge("CMYK", inks) if mode == "CMYK" else grey.convert(mode)
    path = saved(tmp_path, source, "drawing.tif")
    picture = picture_of(prepared(path, target=(SIZE[0] // 2, SIZE[1] // 2)))
    assert (picture.width_px, picture.height_px, picture.bits, picture.components) == (*SIZE, 1, 1)
    assert inks_of(picture).tobytes() == make().convert("L").tobytes()


def test_line_art_finer_than_anyone_can_print_is_sampled_down_without_a_grey(tmp_path: Path) -> None:
    picture = picture_of(prepared(saved(tmp_path, a_drawing((1600, 1200)), "fine.tif"), target=(200, 150)))
    assert (picture.width_px, picture.height_px, picture.bits) == (800, 600, 1)
    assert inks_of(picture).tobytes() == a_drawing((800, 600)).convert("L").tobytes()


def test_a_picture_of_few_colours_is_packed_without_loss(tmp_path: Path) -> None:
    emblem = Image.new("RGB", (200, 200), "white")
    emblem.paste((200, 0, 0), (50, 50, 150, 150))
    picture = picture_of(prepared(saved(tmp_path, emblem, "emblem.png")))
    assert picture.filter == "FlateDecode"
    assert len(inks_of(picture).getcolors() or ()) == 2


def test_what_is_transparent_prints_as_bare_paper(tmp_path: Path) -> None:
    clear = wheel().convert("RGBA")
    clear.putalpha(0)
    outcome = prepared(saved(tmp_path, clear, "clear.png"))
    assert "photo/see-through" in codes(outcome)
    assert picture_of(outcome).max_ink_percent == 0


def test_grey_with_one_transparent_tone_stays_one_plate(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("L", SIZE, 99), "masked.png", transparency=99)
    picture = picture_of(prepared(path))
    assert picture.components == 1
    assert picture.max_ink_percent == 0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_a_picture_lies_as_its_camera_held_it(orientation: int, suffix: str, tmp_path: Path) -> None:
    upright = Image.new("L", (90, 60), 250)
    upright.paste(0, (0, 0, 30, 30))  # a dark corner, top left
    stored = upright if orientation == 1 else upright.transpose(_UNDOES[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = inks_of(picture_of(prepared(saved(tmp_path, stored, f"turned.{suffix}", exif=exif))))
    assert picture.size == (90, 60)
    assert at(picture, 15, 15)[0] <= 4
    assert at(picture, 75, 45)[0] >= 246


_UNDOES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


def test_a_crop_is_measured_on_the_upright_picture_and_sampled_down_to_its_target(tmp_path: Path) -> None:
    big = Image.new("L", (1600, 1200), 255)
    big.paste(0, (800, 0, 1600, 600))
    path = saved(tmp_path, big, "big.jpg", quality=95)
    picture = picture_of(prepared(path, crop=(800, 0, 1600, 600), target=(100, 75)))
    assert (picture.width_px, picture.height_px) == (100, 75)
    assert max_ink_percent(ImageChops.invert(inks_of(picture))) <= 5  # nothing but the dark quarter


def test_a_small_picture_is_never_blown_up(tmp_path: Path) -> None:
    picture = picture_of(prepared(saved(tmp_path, wheel(), "small.png"), target=(5000, 5000)))
    assert (picture.width_px, picture.height_px) == SIZE


@pytest.mark.parametrize("mode", ["L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_in_press_inks_that_needs_no_change_passes_byte_for_byte(
    mode: str, progressive: bool, tmp_path: Path
) -> None:
    source = ramp() if mode == "L" else limit_ink(cmyk(), 230)
    path = saved(tmp_path, source, "ready.jpg", progressive=progressive, quality=95)
    picture = picture_of(prepared(path))
    assert picture.data == path.read_bytes()
    assert picture.inverted == (mode == "CMYK")


def test_metadata_is_left_behind_when_a_jpeg_passes(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera of the secret source"
    path = saved(tmp_path, ramp(), "ready.jpg", exif=exif, comment=b"not for print", icc_profile=NEWSPRINT.read_bytes())
    picture = picture_of(prepared(path))
    assert b"secret source" not in picture.data
    assert b"not for print" not in picture.data
    assert len(picture.data) < 4000
    with Image.open(path) as original:
        assert inks_of(picture).tobytes() == original.tobytes()


def test_a_second_picture_behind_a_jpeg_does_not_pass(tmp_path: Path) -> None:
    path = saved(tmp_path, ramp(), "two.jpg")
    hidden = path.read_bytes() + wheel().tobytes()[:500] + b"\xff\xd9"
    path.write_bytes(hidden + path.read_bytes())
    assert len(picture_of(prepared(path)).data) < len(hidden)


def test_a_cmyk_jpeg_without_adobes_marker_is_not_printed_as_a_negative(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("CMYK", SIZE, (200, 20, 20, 0)), "plain.jpg", quality=95)
    data = path.read_bytes()
    marker = data.index(ADOBE_MARKER)
    path.write_bytes(data[:marker] + data[marker + 16 :])  # the stored numbers, 55 235 235 255, are now the inks
    picture = picture_of(prepared(path, total_ink=400))
    assert not picture.inverted
    inks = at(inks_of(picture), 5, 5)
    assert inks == pytest.approx((55, 235, 235, 255), abs=4)
    changed = picture_of(prepared(path, target=(60, 40), total_ink=400))
    assert at(inks_of(changed), 5, 5) == pytest.approx((55, 235, 235, 255), abs=6)


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_keeps_its_numbers(suffix: str, tmp_path: Path) -> None:
    solid = Image.new("CMYK", SIZE, (10, 20, 200, 40))
    picture = picture_of(prepared(saved(tmp_path, solid, f"solid.{suffix}"), crop=(0, 0, 80, 80)))
    assert at(inks_of(picture), 9, 9) == pytest.approx((10, 20, 200, 40), abs=2)


HEAVY = (220, 200, 190, 240)


def half_heavy() -> Image.Image:
    """A CMYK picture of too much ink on the left, of little on the right."""
    picture = Image.new("CMYK", SIZE, (30, 60, 20, 0))
    picture.paste(HEAVY, (0, 0, 60, 80))
    return picture


def test_a_cmyk_picture_is_separated_again_where_it_has_too_much_ink_and_nowhere_else(tmp_path: Path) -> None:
    outcome = prepared(saved(tmp_path, half_heavy(), "heavy.tif"))
    assert codes(outcome) == ["photo/ink-reduced"]
    picture = picture_of(outcome)
    assert (picture.ink_before_percent or 0) >= 333
    assert picture.max_ink_percent <= 240
    inks = inks_of(picture)
    assert sum(at(inks, 5, 5)) <= 612
    assert at(inks, 110, 5) == (30, 60, 20, 0)
    shown, meant = (at(on_screen(one), 5, 5) for one in (inks, half_heavy()))
    assert shown == pytest.approx(meant, abs=15)  # the darkest that this press prints is lighter


def test_a_printer_may_have_pictures_with_too_much_ink_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, half_heavy(), "heavy.tif")
    refused = prepared(path, rules=PictureRules(heavy_cmyk="refuse"))
    assert refused.value is None
    assert [(one.code, dict(one.values)) for one in refused.diagnostics] == [
        ("photo/ink-over", {"name": "heavy.tif", "ink": "335", "limit": "240"})
    ]


@given(inks=st.tuples(*[st.integers(0, 255)] * 4), percent=st.integers(200, 400))
def test_no_spot_has_more_ink_than_the_limit(inks: tuple[int, int, int, int], percent: int) -> None:
    spot = at(limit_ink(Image.new("CMYK", (1, 1), inks), percent), 0, 0)
    assert 100 * sum(spot) <= percent * 255
    assert spot[3] == inks[3]
    if sum(inks) <= percent * 255 / 100 - 4:
        assert spot == inks


@given(inks=st.tuples(*[st.integers(0, 255)] * 4))
@example(inks=(1, 0, 1, 0))
def test_the_most_ink_is_never_told_too_low_and_at_most_two_per_cent_too_high(inks: tuple[int, int, int, int]) -> None:
    told = max_ink_percent(Image.new("CMYK", (2, 2), inks))
    assert 100 * sum(inks) <= 255 * told <= 100 * sum(inks) + 2 * 255


def test_a_converted_photograph_holds_the_ink_limit_even_after_compression(tmp_path: Path) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((300, 200), spread) for spread in (200, 150, 100)])
    dark = noise.point(lambda value: value // 2)
    inks = inks_of(picture_of(prepared(saved(tmp_path, dark, "dark.png"))))
    mean = inks.resize((30, 20), Image.Resampling.BOX)  # ten pixels are about a square millimetre
    assert max_ink_percent(mean) <= 240


def test_an_embedded_profile_is_obeyed(tmp_path: Path) -> None:
    plain = picture_of(prepared(saved(tmp_path, wheel(), "plain.png")))
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    outcome = prepared(saved(tmp_path, wheel(), "tagged.png", icc_profile=wide))
    assert codes(outcome) == ["photo/profile-ignored"]
    assert picture_of(outcome).data == plain.data
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tagged = prepared(saved(tmp_path, wheel(), "tagged.png", icc_profile=srgb))
    assert not tagged.diagnostics
    assert "sRGB" in picture_of(tagged).converted_from


def test_no_profile_travels_inside_a_prepared_picture(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = picture_of(prepared(saved(tmp_path, wheel((400, 300)), "tagged.jpg", icc_profile=srgb)))
    assert picture.filter == "DCTDecode"
    assert b"ICC_PROFILE" not in picture.data


def test_the_cache_gives_the_same_picture_and_survives_damage(tmp_path: Path) -> None:
    path, cache = saved(tmp_path, wheel((400, 300)), "a.png"), tmp_path / "cache"
    first = prepared(path, cache=cache)
    (kept,) = cache.iterdir()
    assert prepared(path, cache=cache) == first == prepared(path)
    kept.write_bytes(kept.read_bytes()[:-1])
    assert prepared(path, cache=cache) == first


def test_the_cache_knows_everything_that_a_picture_depends_on(tmp_path: Path) -> None:
    path, cache = saved(tmp_path, wheel((400, 300)), "a.png"), tmp_path / "cache"
    prepared(path, cache=cache)
    prepared(path, cache=cache, crop=(0, 0, 300, 300))
    prepared(path, cache=cache, target=(200, 200))
    prepared(path, cache=cache, total_ink=220)
    prepared(saved(tmp_path, wheel((400, 299)), "a.png"), cache=cache)
    assert len(list(cache.iterdir())) == 5


def test_the_source_is_named_by_its_hash(tmp_path: Path) -> None:
    path = saved(tmp_path, wheel(), "a.png")
    assert picture_of(prepared(path)).source_sha256 == sha256(path.read_bytes()).hexdigest()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


HOSTILE = {
    "empty": (b"", "photo/unreadable"),
    "a text": ("缝纫工人".encode() * 99, "photo/unreadable"),
    "only a magic number": (b"\xff\xd8\xff", "photo/unreadable"),
    "a bomb": (png_that_claims(40_000, 40_000), "photo/too-large"),
    "no pixels": (png_that_claims(0, 10), "photo/unreadable"),
    "far too little data": (png_that_claims(900, 900), "photo/truncated"),
    "a tiff of noughts": (b"II*\x00" + bytes(100), "photo/unreadable"),
    "a gif": (b"GIF89a" + bytes(100), "photo/unreadable"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_told_at_the_place_that_asks_for_it(what: str, tmp_path: Path) -> None:
    data, code = HOSTILE[what]
    path = tmp_path / "hostile.jpg"
    path.write_bytes(data)
    outcome = prepared(path)
    assert outcome.value is None
    assert codes(outcome) == [code]
    assert outcome.diagnostics[0].span == WHO_ASKS
    assert outcome.diagnostics[0].message("zh")


def test_half_a_jpeg_is_told_as_cut_off(tmp_path: Path) -> None:
    path = saved(tmp_path, wheel((400, 300)), "half.jpg")
    path.write_bytes(path.read_bytes()[:3000])
    assert codes(prepared(path)) == ["photo/truncated"]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert codes(prepared(tmp_path / "none.jpg")) == ["photo/unreadable"]
    assert codes(prepared(tmp_path)) == ["photo/unreadable"]


@pytest.mark.parametrize("crop", [(0, 0, 121, 80), (-1, 0, 50, 50), (50, 0, 50, 50), (9, 9, 3, 3)])
def test_a_crop_outside_the_picture_is_told(crop: Crop, tmp_path: Path) -> None:
    assert codes(prepared(saved(tmp_path, wheel(), "a.png"), crop=crop)) == ["photo/crop-outside"]


def test_an_output_profile_of_another_kind_is_told(tmp_path: Path) -> None:
    icc = tmp_path / "screen.icc"
    icc.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    request = PictureRequest(saved(tmp_path, wheel(), "a.png"), None, (100, 100), icc)
    assert codes(prepare_picture(request, None)) == ["photo/no-conversion"]


@pytest.fixture(scope="module")
def sound_files(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("sound")
    exif = Image.Exif()
    exif[0x0112] = 6
    return [
        saved(folder, wheel((40, 30)), "a.jpg", exif=exif).read_bytes(),
        saved(folder, cmyk((40, 30)), "b.jpg").read_bytes(),
        saved(folder, wheel((40, 30)).quantize(20), "c.png").read_bytes(),
        saved(folder, wheel((40, 30)), "d.tif", compression="tiff_lzw").read_bytes(),
    ]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_makes_it_raise(
    data: st.DataObject, sound_files: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    damaged = bytearray(data.draw(st.sampled_from(sound_files)))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, min(len(damaged) - 1, 700)))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.jpg"
    path.write_bytes(damaged)
    outcome = prepared(path)
    assert outcome.value is not None or outcome.diagnostics


def test_the_guard_against_bombs_is_stricter_than_a_broadsheet_at_400_ppi() -> None:
    assert (390 / 25.4 * 400) * (546 / 25.4 * 400) < MAX_PIXELS <= 200_000_000


def test_a_lead_picture_is_ready_in_a_blink(tmp_path: Path) -> None:
    path = saved(tmp_path, wheel((1700, 1130)), "lead.jpg", quality=90)
    begin = time.process_time()
    picture_of(prepared(path, target=(2000, 2000)))
    assert time.process_time() - begin < 2.0  # 0.12 s on an idle core; the rest is for a busy machine
