"""The model profile of coldset newsprint is a complete, honest output profile that keeps to the ink limit."""

import struct
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from layout_engine.pdf.icc import icc_fault

FILE = Path(__file__).parents[2] / "layout_engine/pdf/profiles/newsprint-model.icc"
MOST_BYTES = 250_000
D50 = (0.9642, 1.0, 0.8249)
EXACT = ImageCms.Flags.NOOPTIMIZE  # LittleCMS else puts a coarse table of its own, off the grey axis, before ours
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC

# CIELAB of the press, absolute (print.md, table K).
AIMS = {
    "paper": ((0, 0, 0, 0), (82, 0, 3)),
    "cyan": ((255, 0, 0, 0), (57, -23, -27)),
    "magenta": ((0, 255, 0, 0), (54, 44, -2)),
    "yellow": ((0, 0, 255, 0), (78, -3, 58)),
    "black": ((0, 0, 0, 255), (36, 1, 4)),
    "red": ((0, 255, 255, 0), (52, 41, 25)),
    "green": ((255, 0, 255, 0), (53, -34, 17)),
    "blue": ((255, 255, 0, 0), (41, 7, -22)),
}


@cache
def data() -> bytes:
    return FILE.read_bytes()


def tags() -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from(">L", data(), 128)
    entries = (struct.unpack_from(">4sLL", data(), 132 + 12 * i) for i in range(count))
    return {name.decode(): (offset, size) for name, offset, size in entries}


def press() -> Any:
    return ImageCms.getOpenProfile(str(FILE))


def row(mode: str, pixels: Sequence[tuple[int, ...]]) -> Image.Image:
    return Image.frombytes(mode, (len(pixels), 1), bytes(value for pixel in pixels for value in pixel))


def pixels(picture: Image.Image) -> list[tuple[int, ...]]:
    raw, bands = picture.tobytes(), len(picture.getbands())
    return [tuple(raw[i : i + bands]) for i in range(0, len(raw), bands)]


def separated(lab: Sequence[tuple[int, ...]], intent: ImageCms.Intent) -> list[tuple[int, ...]]:
    """Inks for colours in Pillow's LAB: L* 0 to 255, a* and b* as signed bytes."""
    exact = ImageCms.Flags.NOOPTIMIZE  # the profile's own tables, not a table of tables made from them
    way = ImageCms.buildTransform(ImageCms.createProfile("LAB"), press(), "LAB", "CMYK", intent, exact)
    return pixels(way.apply(row("LAB", lab)))


def printed(inks: Sequence[tuple[int, ...]], intent: ImageCms.Intent) -> list[tuple[float, float, float]]:
    way = ImageCms.buildTransform(press(), ImageCms.createProfile("LAB"), "CMYK", "LAB", intent, EXACT)
    shown = pixels(way.apply(row("CMYK", inks)))
    return [(lightness / 2.55, _signed(a), _signed(b)) for lightness, a, b in shown]


def _signed(value: int) -> float:
    return value - 256 if value > 127 else value


def grid(step: int) -> list[tuple[int, ...]]:
    return [(light, a, b) for light in range(0, 256, step) for a in range(0, 256, step) for b in range(0, 256, step)]


def test_it_is_an_output_profile_by_pr_31() -> None:
    assert icc_fault(data()) is None


def test_it_is_version_2_4_so_that_every_rip_reads_it() -> None:
    assert data()[8:10] == b"\x02\x40"


def test_its_header_says_how_long_it_is_and_that_is_not_long() -> None:
    assert struct.unpack_from(">L", data()) == (len(data()),)
    assert len(data()) < MOST_BYTES


def test_it_has_all_intents_and_the_gamut() -> None:
    assert set(tags()) == {"desc", "cprt", "wtpt", "A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2", "gamt"}


def test_every_tag_lies_inside_and_on_a_word() -> None:
    first = 132 + 12 * len(tags())
    assert all(first <= at and at % 4 == 0 and at + size <= len(data()) for at, size in tags().values())


def test_it_says_that_it_is_a_model() -> None:
    assert "not a measured characterisation" in ImageCms.getProfileDescription(press())
    assert "CC0" in ImageCms.getProfileCopyright(press())


def test_the_white_point_is_the_paper() -> None:
    at, _ = tags()["wtpt"]
    x, y, z = (value / 65536 for value in struct.unpack_from(">3l", data(), at + 8))
    assert y == pytest.approx(((82 + 16) / 116) ** 3, abs=1e-4)
    assert x / y == pytest.approx(D50[0], abs=1e-3)
    assert z / y < D50[2]  # yellowish


@pytest.mark.parametrize("what", AIMS)
def test_the_primaries_are_the_published_aims(what: str) -> None:
    inks, aim = AIMS[what]
    (found,) = printed([inks], ImageCms.Intent.ABSOLUTE_COLORIMETRIC)
    assert found == pytest.approx(aim, abs=1.2)


def test_half_tones_gain_26_per_cent() -> None:
    paper, half, solid = (
        ((lightness + 16) / 116) ** 3
        for lightness, _, _ in printed([(0, 0, 0, k) for k in (0, 128, 255)], RELATIVE)
    )
    assert (paper - half) / (paper - solid) == pytest.approx(0.76, abs=0.01)  # Murray-Davies


@pytest.mark.parametrize("intent", [0, 1, 2])
def test_no_colour_takes_more_than_240_per_cent_of_ink(intent: int) -> None:
    assert max(sum(inks) for inks in separated(grid(13), ImageCms.Intent(intent))) <= 612


@pytest.mark.parametrize("intent", [0, 1])
def test_every_ink_only_grows_from_white_to_black(intent: int) -> None:
    grey = separated([(light, 0, 0) for light in range(255, -1, -1)], ImageCms.Intent(intent))
    for ink in zip(*grey, strict=True):
        assert all(after >= before - 1 for before, after in pairwise(ink))


def test_the_grey_axis_prints_grey() -> None:
    ramp = [(light, 0, 0) for light in range(255, 100, -5)]
    shown = printed(separated(ramp, RELATIVE), RELATIVE)
    for (wanted, _, _), (lightness, a, b) in zip(ramp, shown, strict=True):
        assert abs(a) <= 2
        assert abs(b) <= 2
        assert wanted < 112 or lightness == pytest.approx(wanted / 2.55, abs=1)


def test_white_is_bare_paper_and_black_is_heavy_in_black() -> None:
    white, black = separated([(255, 0, 0), (0, 0, 0)], ImageCms.Intent.PERCEPTUAL)
    assert white == (0, 0, 0, 0)
    assert black[3] >= 0.93 * 255
    assert sum(black[:3]) < 1.6 * 255


def test_black_comes_early_and_carries_the_shadows() -> None:
    light, middle, dark = separated([(light, 0, 0) for light in (230, 165, 130)], RELATIVE)
    assert light[3] > 0
    assert middle[3] > middle[0]
    assert dark[3] > 1.5 * dark[0]


def test_colours_that_print_come_back_as_they_were() -> None:
    inside = [(light, a % 256, b % 256) for light in (166, 190, 215) for a in (-9, 0, 9) for b in (-9, 0, 9)]
    back = printed(separated(inside, RELATIVE), RELATIVE)
    for (light, a, b), found in zip(inside, back, strict=True):
        assert found == pytest.approx((light / 2.55, _signed(a), _signed(b)), abs=2.5)


def test_srgb_goes_through_littlecms_with_black_point_compensation() -> None:
    way = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), press(), "RGB", "CMYK",
        RELATIVE, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    shadow, darker = pixels(way.apply(row("RGB", [(32, 32, 32), (8, 8, 8)])))
    assert sum(shadow) < sum(darker) <= 612  # shadows keep their drawing
