"""Every kind of picture in its press inks: measured against what LittleCMS itself says, and on the decoded plates."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

from layout_engine.base.picture_rules import PictureRules
from layout_engine.pdf.images import PreparedPicture
from layout_engine.pdf.jpeg_data import is_plain, without_metadata
from layout_engine.pdf.total_ink import max_ink_percent
from tests.pdf.made_icc import coated_press, grey_scale, lut8
from tests.pdf.made_pictures import deep_tiff, sixteen_bit_png, tiff, tiled_tiff, ycck_jpeg
from tests.pdf.test_images import NEWSPRINT, at, cmyk, codes, inks_of, picture_of, prepared, ramp, saved, wheel

EXACT = ImageCms.Flags.NOOPTIMIZE  # each value by the profile's own tables, and not by one that LittleCMS makes of them
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
NEAR = 10  # levels of 255 by which LittleCMS's quick table may differ from the exact answer
NEAR_IN_FOUR = 14  # its table for four inks has fewer nodes
PATCH = 8


def patches(mode: str, count: int = 48) -> Image.Image:
    """Flat patches of colours from everywhere, few enough to be packed without loss, so that each can be compared."""
    chance = Random(7)
    picture = Image.new(mode, (PATCH * count, PATCH))
    for number in range(count):
        colour = tuple(chance.randrange(256) for _ in picture.getbands())
        picture.paste(colour, (number * PATCH, 0, (number + 1) * PATCH, PATCH))
    return picture


def press() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(str(NEWSPRINT))


def icc(data: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(BytesIO(data))


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def apart(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of any ink at any spot."""
    return max(int(ends[1]) for ends in (band.getextrema() for band in ImageChops.difference(one, other).split()))  # type: ignore[arg-type]


def lightness(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> list[float]:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    shown = ImageCms.buildTransform(profile, lab, picture.mode, "LAB", RELATIVE, EXACT).apply(picture)
    return [value / 2.55 for value in shown.getchannel("L").tobytes()]


@pytest.mark.parametrize("intent", ["relative", "perceptual"])
@pytest.mark.parametrize("black_point", [True, False])
@pytest.mark.parametrize("embedded", [True, False])
def test_rgb_comes_out_as_littlecms_says(intent: str, black_point: bool, embedded: bool, tmp_path: Path) -> None:
    options = {"icc_profile": srgb()} if embedded else {}
    rules = PictureRules(intent=intent, black_point=black_point)  # type: ignore[arg-type]
    picture = picture_of(prepared(saved(tmp_path, patches("RGB"), "a.png", **options), rules=rules, total_ink=400))
    number = RELATIVE if intent == "relative" else ImageCms.Intent.PERCEPTUAL
    flags = EXACT | BLACK_POINT if black_point else EXACT
    answer = ImageCms.buildTransform(icc(srgb()), press(), "RGB", "CMYK", number, flags).apply(patches("RGB"))
    assert apart(inks_of(picture), answer) <= NEAR
    assert picture.intent.startswith(intent)
    assert ("black point" in picture.intent) == black_point
    assert "sRGB" in picture.converted_from


def test_lab_comes_out_as_littlecms_says(tmp_path: Path) -> None:
    lab = patches("LAB")
    picture = picture_of(prepared(saved(tmp_path, lab, "a.tif"), total_ink=400))
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    answer = ImageCms.buildTransform(screen, press(), "LAB", "CMYK", RELATIVE, BLACK_POINT).apply(lab)
    assert inks_of(picture).tobytes() == answer.tobytes()


SAME_IN_EIGHT_BITS: dict[str, Callable[[Image.Image], bytes]] = {
    "png, 16 bits": sixteen_bit_png,
    "tiff, 16 bits": lambda picture: deep_tiff(picture, 2),
    "tiff, 16 bits, big-endian": lambda picture: deep_tiff(picture, 2, order=">"),
    "tiff, 16 bits, deflated": lambda picture: deep_tiff(picture, 2, packed=True),
    "tiff, tiles": tiled_tiff,
}


@pytest.mark.parametrize("kind", SAME_IN_EIGHT_BITS)
def test_depth_and_packing_make_no_difference(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "deep"
    path.write_bytes(SAME_IN_EIGHT_BITS[kind](wheel((140, 90))))
    plain = picture_of(prepared(saved(tmp_path, wheel((140, 90)), "plain.png")))
    assert picture_of(prepared(path)).data == plain.data


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_a_tiff_is_read_however_it_is_packed(compression: str, mode: str, tmp_path: Path) -> None:
    source = {"RGB": wheel(), "CMYK": cmyk(), "L": ramp()}[mode]
    path = saved(tmp_path, source, "a.tif", compression=compression, strip_size=4000)
    assert picture_of(prepared(path)) == picture_of(prepared(path))
    if mode != "RGB":
        assert apart(inks_of(picture_of(prepared(path, total_ink=400, rules=UNSHARPENED))), source) <= 12


UNSHARPENED = PictureRules(sharpening=0)


@pytest.mark.parametrize("photometric", [0, 1])
def test_sixteen_bit_grey_is_no_negative_whichever_end_is_white(photometric: int, tmp_path: Path) -> None:
    stored = ramp() if photometric else ImageChops.invert(ramp())
    path = tmp_path / "deep.tif"
    path.write_bytes(deep_tiff(stored, photometric))
    picture = picture_of(prepared(path, rules=UNSHARPENED))
    assert apart(inks_of(picture), ramp()) <= 4


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2, 3.0])
def test_grey_with_a_profile_prints_in_black_alone_as_light_as_littlecms_says(gamma: float, tmp_path: Path) -> None:
    greys = Image.frombytes("L", (52, 1), bytes(range(0, 256, 5))).resize((52 * PATCH, PATCH), Image.Resampling.NEAREST)
    picture = picture_of(prepared(saved(tmp_path, greys, "a.png", icc_profile=grey_scale(gamma))))
    assert (picture.components, picture.converted_from) == (1, f"Grey {gamma}")
    black = ImageChops.invert(inks_of(picture))
    none = Image.new("L", black.size)
    printed = lightness(Image.merge("CMYK", (none, none, none, black)), press())
    meant = lightness(greys, icc(grey_scale(gamma)))
    solid = min(lightness(Image.new("CMYK", (1, 1), (0, 0, 0, 255)), press()))
    for shown, wanted in zip(printed, compensated(meant, solid), strict=True):
        assert shown == pytest.approx(wanted, abs=1.0)


def compensated(meant: list[float], black: float) -> list[float]:
    """The lightness that black point compensation asks for: from the press's own black to paper, linear in Y."""

    def luminance(one: float) -> float:
        f = (one + 16) / 116
        return float(f**3) if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29)

    darkest = luminance(black)
    fitted = [darkest + (1 - darkest) * luminance(one) for one in meant]
    return [116 * one ** (1 / 3) - 16 for one in fitted]


def test_a_grey_jpeg_whose_profile_says_otherwise_does_not_pass_as_it_came(tmp_path: Path) -> None:
    path = saved(tmp_path, ramp(), "a.jpg", icc_profile=grey_scale(1.0))
    picture = picture_of(prepared(path, rules=UNSHARPENED))
    assert picture.intent
    assert apart(inks_of(picture), ramp()) > 20


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_grey_stored_as_colour_prints_in_black_alone(suffix: str, tmp_path: Path) -> None:
    outcome = prepared(saved(tmp_path, ramp().convert("RGB"), f"a.{suffix}"))
    assert codes(outcome) == ["photo/grey-in-colour"]
    picture = picture_of(outcome)
    assert picture.components == 1
    assert apart(inks_of(picture), ramp()) <= 16  # two units of L*, and sharpening


def test_one_patch_of_colour_in_a_grey_picture_keeps_it_in_four_inks(tmp_path: Path) -> None:
    spotted = ramp((400, 300)).convert("RGB")
    spotted.paste((200, 40, 40), (201, 151, 203, 153))
    assert picture_of(prepared(saved(tmp_path, spotted, "a.png"))).components == 4


def test_cmyk_made_for_another_press_is_converted_as_littlecms_says(tmp_path: Path) -> None:
    source = patches("CMYK", 40)
    outcome = prepared(saved(tmp_path, source, "a.tif", icc_profile=coated_press()), total_ink=400)
    assert [(one.code, dict(one.values)["condition"]) for one in outcome.diagnostics] == [
        ("photo/other-press", "Coated test press")
    ]
    picture = picture_of(outcome)
    answer = ImageCms.buildTransform(icc(coated_press()), press(), "CMYK", "CMYK", RELATIVE, EXACT | BLACK_POINT)
    assert apart(inks_of(picture), answer.apply(source)) <= NEAR_IN_FOUR
    assert picture.ink_before_percent == max_ink_percent(source)


def test_what_is_black_alone_stays_black_alone_when_cmyk_is_converted(tmp_path: Path) -> None:
    text = Image.new("CMYK", SIZE_OF_TEXT, (0, 0, 0, 0))
    text.paste((0, 0, 0, 255), (10, 10, 40, 30))
    text.paste((0, 0, 0, 128), (40, 10, 60, 30))
    text.paste((90, 20, 10, 0), (60, 10, 70, 30))
    picture = picture_of(prepared(saved(tmp_path, text, "a.tif", icc_profile=coated_press())))
    for x in (15, 45):
        cyan, magenta, yellow, black = at(inks_of(picture), x, 15)
        assert (cyan, magenta, yellow) == (0, 0, 0)
        assert black > 90


SIZE_OF_TEXT = (80, 40)


@pytest.mark.parametrize("suffix", ["tif", "jpg"])
def test_a_printer_may_have_the_numbers_of_cmyk_kept(suffix: str, tmp_path: Path) -> None:
    solid = Image.new("CMYK", (80, 80), (10, 20, 200, 40))
    path = saved(tmp_path, solid, f"a.{suffix}", icc_profile=coated_press())
    outcome = prepared(path, rules=PictureRules(tagged_cmyk="keep"))
    assert codes(outcome) == ["photo/other-press-kept"]
    assert picture_of(outcome).converted_from == "Coated test press"
    assert at(inks_of(picture_of(outcome)), 9, 9) == pytest.approx((10, 20, 200, 40), abs=2)


def test_cmyk_made_for_this_very_press_keeps_its_numbers(tmp_path: Path) -> None:
    solid = Image.new("CMYK", (80, 80), (10, 20, 200, 40))
    outcome = prepared(saved(tmp_path, solid, "a.tif", icc_profile=NEWSPRINT.read_bytes()))
    assert codes(outcome) == []
    assert at(inks_of(picture_of(outcome)), 9, 9) == (10, 20, 200, 40)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("target", [(4000, 4000), (60, 40)])
def test_a_ycck_jpeg_is_no_negative_and_keeps_its_colours(
    progressive: bool, target: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "photoshop.jpg"
    path.write_bytes(ycck_jpeg(Image.new("CMYK", (120, 80), (200, 100, 20, 40)), progressive=progressive))
    picture = picture_of(prepared(path, target=target))
    assert at(inks_of(picture), 9, 9) == pytest.approx((200, 100, 20, 40), abs=4)
    assert picture.inverted == (picture.filter == "DCTDecode")


INKY = {
    "RGB noise": lambda: Image.merge("RGB", [Image.effect_noise((240, 200), 150) for _ in range(3)]).point(
        lambda value: value // 3
    ),
    "CMYK noise": lambda: Image.merge("CMYK", [Image.effect_noise((240, 200), 90) for _ in range(4)]).point(
        lambda value: min(255, value + 90)
    ),
    "CMYK solid": lambda: Image.new("CMYK", (240, 200), (255, 255, 255, 255)),
}


@pytest.mark.parametrize("kind", INKY)
@pytest.mark.parametrize("total_ink", [220, 240])
@pytest.mark.parametrize("sharpening", [0, 80, 300])
@pytest.mark.parametrize("suffix", ["tif", "jpg"])
def test_no_square_millimetre_of_the_decoded_plates_has_more_ink_than_the_limit(
    kind: str, total_ink: int, sharpening: int, suffix: str, tmp_path: Path
) -> None:
    path = saved(tmp_path, INKY[kind](), f"a.{suffix}")
    picture = picture_of(prepared(path, total_ink=total_ink, rules=PictureRules(sharpening=sharpening)))
    plates = inks_of(picture)
    mean = plates.resize((plates.width // 12, plates.height // 12), Image.Resampling.BOX)  # 12 px at 300 ppi: 1 mm
    assert inkiest(mean) <= total_ink + 0.75  # PR-48
    assert picture.max_ink_percent <= total_ink


def inkiest(plates: Image.Image) -> float:
    raw = plates.tobytes()
    return max(sum(raw[at : at + 4]) for at in range(0, len(raw), 4)) * 100 / 255


def test_what_became_of_the_ink_is_told(tmp_path: Path) -> None:
    heavy = picture_of(prepared(saved(tmp_path, Image.new("CMYK", (90, 90), (220, 200, 190, 240)), "a.tif")))
    assert (heavy.ink_before_percent, heavy.intent) == (335, "relative colorimetric, black point compensated")
    assert heavy.max_ink_percent <= 240
    light = picture_of(prepared(saved(tmp_path, Image.new("CMYK", (90, 90), (20, 20, 20, 0)), "b.tif")))
    assert (light.ink_before_percent, light.intent, light.converted_from) == (light.max_ink_percent, "", "CMYK")


def test_of_several_pages_the_first_is_used_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    ramp().save(path, save_all=True, append_images=[ImageChops.invert(ramp())])
    outcome = prepared(path, rules=UNSHARPENED)
    assert "photo/first-of-several" in codes(outcome)
    assert apart(inks_of(picture_of(outcome)), ramp()) <= 4


def test_an_animation_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "moving.png"
    wheel().save(path, save_all=True, append_images=[wheel().rotate(180)])
    assert codes(prepared(path)) == ["photo/first-of-several"]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_half_transparent_lets_white_paper_through(mode: str, tmp_path: Path) -> None:
    black = Image.new("RGBA", (90, 90), (0, 0, 0, 128))
    black.paste((255, 255, 255, 255), (0, 0, 45, 90))
    path = saved(tmp_path, black.quantize() if mode == "P" else black.convert(mode), "a.png")
    outcome = prepared(path)
    assert "photo/see-through" in codes(outcome)
    picture = picture_of(outcome)
    assert picture.components == 1
    assert at(inks_of(picture), 5, 5) == (255,)
    assert 100 < at(inks_of(picture), 80, 80)[0] < 150


def test_an_alpha_channel_that_hides_nothing_is_not_worth_a_word(tmp_path: Path) -> None:
    assert codes(prepared(saved(tmp_path, wheel().convert("RGBA"), "a.png"))) == []


@pytest.mark.parametrize("broken", [b"no profile", coated_press(), coated_press(lut8(3, 4, 2, b""))[:300], b"\0" * 200])
def test_a_profile_that_is_none_is_passed_over_and_told(broken: bytes, tmp_path: Path) -> None:
    outcome = prepared(saved(tmp_path, wheel(), "a.png", icc_profile=broken))
    assert codes(outcome) == ["photo/profile-ignored"]
    assert picture_of(outcome).data == picture_of(prepared(saved(tmp_path, wheel(), "b.png"))).data


def test_a_tiff_with_odd_channels_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "odd.tif"
    path.write_bytes(tiff((4, 4), {258: [32], 262: [1], 277: [1], 339: [3]}, [bytes(64)]))
    (finding,) = prepared(path).diagnostics
    assert (finding.code, dict(finding.values)["reason"]) == ("photo/unreadable", "F")


def recorded(picture: PreparedPicture) -> tuple[str, str, int | None]:
    return picture.converted_from, picture.intent, picture.ink_before_percent


def test_a_picture_that_passes_says_that_it_was_not_converted(tmp_path: Path) -> None:
    assert recorded(picture_of(prepared(saved(tmp_path, ramp(), "a.jpg")))) == ("grey", "", None)


def test_a_profile_for_colour_in_a_grey_picture_says_what_its_greys_mean(tmp_path: Path) -> None:
    tagged = prepared(saved(tmp_path, ramp(), "a.png", icc_profile=srgb()), rules=UNSHARPENED)
    assert codes(tagged) == []
    as_colour = prepared(saved(tmp_path, ramp().convert("RGB"), "b.png", icc_profile=srgb()), rules=UNSHARPENED)
    assert inks_of(picture_of(tagged)).tobytes() == inks_of(picture_of(as_colour)).tobytes()


def test_a_cmyk_profile_that_cannot_be_converted_by_is_passed_over_and_told(tmp_path: Path) -> None:
    useless = coated_press().replace(b"A2B", b"a2b")
    solid = Image.new("CMYK", (80, 80), (10, 20, 200, 40))
    outcome = prepared(saved(tmp_path, solid, "a.tif", icc_profile=useless))
    assert codes(outcome) == ["photo/profile-ignored"]
    assert at(inks_of(picture_of(outcome)), 9, 9) == (10, 20, 200, 40)


def test_a_jpeg_coded_as_no_pdf_allows_does_not_pass_as_it_came() -> None:
    stream = BytesIO()
    cmyk().save(stream, "JPEG")
    baseline = stream.getvalue()
    assert is_plain(baseline)
    assert not is_plain(baseline.replace(b"\xff\xc0", b"\xff\xc9"))  # arithmetic coding
    assert not is_plain(baseline + b"hidden")


def test_no_thumbnail_passes_with_a_jpeg() -> None:
    stream = BytesIO()
    ramp().save(stream, "JPEG")
    plain = stream.getvalue()
    start = plain.index(b"\xff\xe0")
    small = b"\xff\xe0\x00\x0cJFXX\0\x13\x01\x01\0\0"
    assert without_metadata(plain[: start + 18] + small + plain[start + 18 :]) == plain


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_that_passes_tells_of_a_profile_that_is_none(mode: str, tmp_path: Path) -> None:
    source = ramp() if mode == "L" else Image.new("CMYK", (80, 80), (10, 20, 200, 40))
    outcome = prepared(saved(tmp_path, source, "a.jpg", icc_profile=b"no profile"))
    assert "photo/profile-ignored" in codes(outcome)
    assert recorded(picture_of(outcome))[1] == ""


def test_a_chart_keeps_its_blacks_and_greys_in_black_alone(tmp_path: Path) -> None:
    chart = Image.new("RGB", (300, 100), "white")
    for x, colour in ((0, (0, 0, 0)), (50, (128, 128, 128)), (100, (200, 30, 30)), (150, (20, 60, 160))):
        chart.paste(colour, (x, 0, x + 50, 100))
    inks = inks_of(picture_of(prepared(saved(tmp_path, chart, "chart.png"))))
    assert at(inks, 20, 50) == (0, 0, 0, 255)
    assert at(inks, 70, 50)[:3] == (0, 0, 0)
    assert at(inks, 70, 50)[3] == pytest.approx(127, abs=10)
    assert at(inks, 250, 50) == (0, 0, 0, 0)
    separated = ImageCms.buildTransform(icc(srgb()), press(), "RGB", "CMYK", RELATIVE, BLACK_POINT).apply(chart)
    assert [at(inks, x, 50) for x in (120, 170)] == [at(separated, x, 50) for x in (120, 170)]


def test_a_chart_with_smooth_edges_is_a_drawing_too_and_a_photograph_of_few_tones_is_none(tmp_path: Path) -> None:
    chart = Image.new("RGB", (400, 400), (196, 222, 238))
    ImageDraw.Draw(chart).ellipse((10, 10, 390, 390), fill=(30, 110, 170), outline=(40, 40, 40), width=9)
    smooth = chart.resize((200, 200), Image.Resampling.LANCZOS)
    assert len(smooth.getcolors(1024) or ()) > 64
    assert picture_of(prepared(saved(tmp_path, smooth, "chart.png"))).filter == "FlateDecode"
    grey = picture_of(prepared(saved(tmp_path, ramp((200, 200)).convert("RGB"), "grey.png")))
    assert (grey.components, grey.filter) == (1, "DCTDecode")


def shadows(darkest: int) -> Image.Image:
    """A grey photograph that goes over into a field of its darkest."""
    picture = ramp((400, 400)).point([max(darkest, tone) for tone in range(256)])
    picture.paste(darkest, (100, 100, 200, 200))
    return picture


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_black_that_closes_the_screen_is_told_where_numbers_are_kept(suffix: str, tmp_path: Path) -> None:
    assert "photo/black-heavy" in codes(prepared(saved(tmp_path, shadows(0), f"a.{suffix}"), rules=UNSHARPENED))
    assert codes(prepared(saved(tmp_path, shadows(34), f"b.{suffix}"), rules=UNSHARPENED)) == []
    none = Image.new("L", (400, 400))
    inks = Image.merge("CMYK", (none, none, none, ImageChops.invert(shadows(0))))
    outcome = prepared(saved(tmp_path, inks, f"c.{suffix}"), rules=UNSHARPENED)
    assert "photo/black-heavy" in codes(outcome)
    assert dict(outcome.diagnostics[0].values)["black"] == "100"


def test_black_is_held_where_a_picture_is_converted(tmp_path: Path) -> None:
    for source in (saved(tmp_path, shadows(0), "a.png", icc_profile=grey_scale(2.2)),
                   saved(tmp_path, shadows(0).convert("RGB"), "b.png")):  # fmt: skip
        outcome = prepared(source, rules=UNSHARPENED)
        assert "photo/black-heavy" not in codes(outcome)
        assert 8 <= at(inks_of(picture_of(outcome)), 150, 150)[0] <= 18  # 95 %, give or take what JPEG does


def test_the_solids_of_a_drawing_are_meant(tmp_path: Path) -> None:
    drawing = Image.new("L", (400, 400), 255)
    drawing.paste(0, (100, 100, 200, 200))
    drawing.paste(128, (200, 200, 300, 300))
    outcome = prepared(saved(tmp_path, drawing, "a.png"))
    assert codes(outcome) == []
    assert at(inks_of(picture_of(outcome)), 150, 150) == (0,)
