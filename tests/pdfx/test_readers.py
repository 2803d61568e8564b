"""Readers that did not write them open the sample pages in silence and see one picture (PR-02, PR-79, PR-87)."""

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.pdfx.samples import PROFILES, Written, samples

DPI: Final = 50
ALIKE: Final = 8.0  # of 255: mean difference in grey; each turns ink into screen colours by a profile of its own


def by_pdfium(file: Written, folder: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(file.data)
    try:
        image: Image.Image = document[0].render(scale=DPI / 72).to_pil()
    finally:
        document.close()
    return image


def by_poppler(file: Written, folder: Path) -> Image.Image:
    (folder / "page.pdf").write_bytes(file.data)
    silent(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "page.pdf", "poppler"], folder)
    return Image.open(folder / "poppler.png")


def by_ghostscript(file: Written, folder: Path) -> Image.Image:
    (folder / "page.pdf").write_bytes(file.data)
    device = ["-sDEVICE=png16m", f"-r{DPI}", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
    silent(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *device, "-sOutputFile=gs.png", "page.pdf"], folder)
    return Image.open(folder / "gs.png")


def silent(command: list[str], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@cache
def of_profile(profile: str) -> tuple[Written, ...]:
    """The reference page and the dense page."""
    return tuple(one for one in samples() if one.profile == profile)[:2]


@pytest.mark.parametrize("reader", [by_poppler, by_ghostscript])
@pytest.mark.parametrize("profile", PROFILES)
def test_another_reader_sees_what_pdfium_sees(
    reader: Callable[[Written, Path], Image.Image], profile: str, tmp_path: Path
) -> None:
    for file in of_profile(profile):
        assert difference(by_pdfium(file, tmp_path), reader(file, tmp_path)) < ALIKE


def test_both_profiles_of_a_page_are_one_picture(tmp_path: Path) -> None:
    for one, other in zip(*map(of_profile, PROFILES), strict=True):
        assert difference(by_pdfium(one, tmp_path), by_pdfium(other, tmp_path)) == 0


def test_another_page_is_another_picture(tmp_path: Path) -> None:
    first = by_pdfium(of_profile("pdfx4")[0], tmp_path)
    assert difference(first, first.transpose(Image.Transpose.FLIP_TOP_BOTTOM)) > 2 * ALIKE


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference in grey, a little blurred, as the eye sees a page at arm's length."""
    size = one.size
    assert all(abs(side - theirs) <= 1 for side, theirs in zip(size, other.size, strict=True))
    seen = [image.convert("L").resize(size).filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*seen)).mean[0])
