"""Sharpening takes lightness alone, leaves what is flat or grainy alone, and never overshoots far."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from layout_engine.base.picture_rules import PictureRules
from layout_engine.pdf.color import Inks, assumed_source
from layout_engine.pdf.profile import MODEL_ICC
from layout_engine.pdf.sharpen import sharpen
from layout_engine.pdf.total_ink import max_ink_percent

HALO_MOST = 24  # levels of 255


def step(low: int, high: int, mode: str = "L") -> Image.Image:
    """Dark on the left, light on the right."""
    picture = Image.new("L", (20, 10), low)
    picture.paste(high, (10, 0, 20, 10))
    return picture.convert(mode)


def noise(spread: float = 60) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((64, 48), spread) for _ in range(3)])


@pytest.mark.parametrize("mode", ["L", "RGB", "LAB"])
def test_what_is_flat_stays_flat(mode: str) -> None:
    flat = Image.new(mode, (30, 20), 99 if mode == "L" else (99, 120, 130))
    assert sharpen(flat, 300).tobytes() == flat.tobytes()


def test_grain_is_left_alone() -> None:
    grainy = Image.effect_noise((60, 40), 1).point(lambda value: min(130, max(127, value)))
    assert sharpen(grainy, 100).tobytes() == grainy.tobytes()


def test_an_edge_grows_steeper_on_both_sides_and_nothing_else_changes() -> None:
    row = [int(one) for one in sharpen(step(90, 170), 100).crop((0, 5, 20, 6)).tobytes()]
    assert row[8:12] == [90, 90 - 18, 170 + 18, 170]
    assert set(row[:9]) == {90}
    assert set(row[11:]) == {170}


@given(low=st.integers(0, 255), high=st.integers(0, 255), percent=st.integers(0, 300))
def test_no_halo_is_more_than_a_tenth_of_the_scale(low: int, high: int, percent: int) -> None:
    picture = step(low, high)
    change = ImageChops.difference(sharpen(picture, percent), picture)
    assert int(change.getextrema()[1]) <= HALO_MOST  # type: ignore[arg-type]


def test_colour_is_not_touched() -> None:
    picture = noise().point(lambda value: 60 + value // 2)
    change = [
        ImageChops.subtract(one, other, offset=128)
        for one, other in zip(sharpen(picture, 100).split(), picture.split(), strict=True)
    ]
    assert change[0].tobytes() == change[1].tobytes() == change[2].tobytes()
    assert change[0].getextrema() != (128, 128)


@pytest.mark.parametrize("percent", [0, -1])
def test_none_is_none(percent: int) -> None:
    picture = noise()
    assert sharpen(picture, percent) is picture


@pytest.mark.parametrize("size", [(1, 1), (2, 9), (9, 2), (3, 3)])
def test_the_smallest_pictures_are_safe(size: tuple[int, int]) -> None:
    assert sharpen(noise().resize(size), 100).size == size


@settings(max_examples=20, deadline=None)
@given(percent=st.integers(0, 300), spread=st.integers(1, 120))
def test_a_sharpened_picture_never_breaks_the_ink_limit(percent: int, spread: int) -> None:
    inks = Inks(Path(MODEL_ICC).read_bytes(), PictureRules())
    separated = inks.separate(sharpen(noise(spread), percent), assumed_source("RGB"))
    assert max_ink_percent(separated) <= 240
