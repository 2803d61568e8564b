"""图样: a swapped picture, one in other colours and the same one saved again are three things."""

from pathlib import Path

import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from layout_engine.proof.look import COLUMNS, NO_LOOK, Look, compare_looks, look_at

SIZE = (360, 240)
SAME, ALIKE = 4, 950


def scene() -> Image.Image:
    """Hills under a sky: lights and darks of all sizes."""
    image = Image.new("RGB", SIZE, (120, 160, 220))
    for x in range(SIZE[0]):
        top = 120 + (x * 7919 % 61) - 30 + x // 6
        for y in range(top, SIZE[1]):
            image.putpixel((x, y), (40 + x // 4, 110 - y // 4, 30 + (x * y) % 40))
    return image.filter(ImageFilter.GaussianBlur(2))


SCENE = scene()


def look(image: Image.Image, folder: Path, name: str = "one.png", quality: int = 90) -> Look:
    path = folder / name
    image.save(path, quality=quality)
    return look_at(path)


def test_a_picture_saved_again_looks_the_same(tmp_path: Path) -> None:
    likeness = compare_looks(look(SCENE, tmp_path), look(SCENE, tmp_path, "one.jpg", quality=60))
    assert likeness is not None
    assert likeness.colour <= SAME
    assert likeness.structure >= ALIKE


def test_other_colours_are_told_from_another_picture(tmp_path: Path) -> None:
    red, _, blue = SCENE.split()
    warm = Image.merge("RGB", (red.point(lambda v: min(255, v + 60)), SCENE.split()[1], blue.point(lambda v: v // 2)))
    for other in (warm, ImageEnhance.Brightness(SCENE).enhance(1.4)):
        likeness = compare_looks(look(SCENE, tmp_path), look(other, tmp_path))
        assert likeness is not None
        assert likeness.colour > SAME
        assert likeness.structure >= 800


@pytest.mark.parametrize("change", [ImageOps.mirror, ImageOps.flip])
def test_another_picture_has_another_structure(change: object, tmp_path: Path) -> None:
    assert callable(change)
    likeness = compare_looks(look(SCENE, tmp_path), look(change(SCENE), tmp_path))
    assert likeness is not None
    assert likeness.structure < 800


def test_a_look_is_small_and_keeps_the_proportions(tmp_path: Path) -> None:
    assert look(SCENE, tmp_path).size == (COLUMNS, 16)


def test_an_upright_picture_is_looked_at_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    SCENE.rotate(90, expand=True).save(tmp_path / "turned.jpg", exif=exif, quality=95)
    likeness = compare_looks(look(SCENE, tmp_path), look_at(tmp_path / "turned.jpg"))
    assert likeness is not None
    assert likeness.structure >= ALIKE


def test_what_cannot_be_opened_has_no_look(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    assert look_at(tmp_path / "broken.jpg") == NO_LOOK
    assert look_at(tmp_path / "none.jpg") == NO_LOOK
    assert compare_looks(NO_LOOK, look(SCENE, tmp_path)) is None
