"""The page as a picture for the eye."""

from io import BytesIO

import pytest
from PIL import Image

from layout_engine.base.units import SU_PER_PT
from layout_engine.proof import raster
from layout_engine.proof.raster import TooLargeError, render_png
from tests.pdf.scenes import TRIM, a_page, a_region, a_run, written


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return written(a_page(a_region("lead", a_run("样张", ink="red"))))


@pytest.mark.parametrize("dpi", [36, 72])
def test_the_picture_has_the_size_of_the_page(pdf: bytes, dpi: int) -> None:
    image = Image.open(BytesIO(render_png(pdf, dpi)))
    assert image.format == "PNG"
    wanted = (TRIM.width / SU_PER_PT * dpi / 72, TRIM.height / SU_PER_PT * dpi / 72)
    assert image.size == pytest.approx(wanted, abs=1)
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)


def test_the_same_page_gives_the_same_picture(pdf: bytes) -> None:
    assert render_png(pdf, 50) == render_png(pdf, 50)


def test_a_red_headline_is_red(pdf: bytes) -> None:
    image = Image.open(BytesIO(render_png(pdf, 72))).convert("RGB")
    _, darkest = min(image.getcolors(maxcolors=1 << 24) or [], key=lambda counted: sum(counted[1]))
    assert darkest[0] > 2 * darkest[1]


def test_a_picture_too_large_for_memory_is_refused(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MAX_PIXELS", 1000)
    with pytest.raises(TooLargeError):
        render_png(pdf, 72)
