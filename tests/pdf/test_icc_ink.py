"""The ink that a profile's own separation lays down at most, in each of the forms that a table may have (PR-32)."""

import struct
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from layout_engine.base.diagnostics import Span
from layout_engine.pdf.icc import icc_fault
from layout_engine.pdf.icc_ink import own_ink_limit
from layout_engine.pdf.profile import MODEL_ICC, find_profile
from layout_engine.spec.resolved import PrinterSays
from tests.pdf.made_icc import coated_press, lut8, lut16

PERCEPTUAL, EXACT = ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.NOOPTIMIZE
LIGHT = (0, 0, 0, 0)
HALF_SOLID = tuple(step // 2 for step in range(256))


def nodes(*inky: tuple[int, ...]) -> bytes:
    return bytes(value for node in (*inky, *[LIGHT] * (8 - len(inky))) for value in node)


def modern(values: tuple[int, ...], curve: bytes) -> bytes:
    """A lutBToAType of eight nodes, one of them with these inks, and one curve for all."""
    grid = bytes((2, 2, 2)).ljust(16, b"\0") + b"\x01\0\0\0" + nodes(values)
    padded = curve + bytes(-len(curve) % 4)
    head = struct.pack(">4sLBBxxLLLLL", b"mBA ", 0, 3, 4, 0, 0, 0, 32, 32 + len(grid))
    return head + grid + padded * 4


def curve(*values: int) -> bytes:
    return struct.pack(f">4sLL{len(values)}H", b"curv", 0, len(values), *values)


def parametric(form: int, *values: float) -> bytes:
    return struct.pack(f">4sLHH{len(values)}l", b"para", 0, form, 0, *(round(one * 65536) for one in values))


TABLES = {
    "lut8": (lut8(3, 4, 2, nodes((255, 255, 0, 51))), 220),
    "lut8 with a curve": (lut8(3, 4, 2, nodes((255, 255, 0, 51)), bytes(HALF_SOLID)), 110),
    "lut16": (lut16(3, 4, 2, [65535, 65535, 65535, 0] + [0] * 28), 300),
    "modern, straight": (modern((255, 255, 255, 204), curve()), 380),
    "modern, gamma 2": (modern((128, 128, 0, 255), curve(512)), 150),
    "modern, sampled": (modern((255, 255, 255, 255), curve(0, 32768)), 200),
    "modern, parametric 0": (modern((128, 128, 0, 255), parametric(0, 2)), 150),
    "modern, parametric 1": (modern((255, 0, 0, 0), parametric(1, 1, 0.5, 0.25)), 150),
    "modern, parametric 3": (modern((255, 255, 0, 0), parametric(3, 1, 1, 0, 0.5, 2)), 100),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_highest_sum_is_found_in_every_form_of_table(kind: str) -> None:
    table, percent = TABLES[kind]
    assert own_ink_limit(coated_press(table)) == pytest.approx(percent, abs=1)


def test_the_made_profiles_are_sound() -> None:
    assert icc_fault(coated_press()) is None


def test_no_colour_gets_more_ink_from_the_model_than_its_own_limit() -> None:
    icc = MODEL_ICC.read_bytes()
    limit = own_ink_limit(icc)
    assert limit is not None
    assert limit <= 240  # PR-48
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    press = ImageCms.ImageCmsProfile(BytesIO(icc))
    steps = range(0, 256, 17)
    colours = bytes(value for colour in product(steps, repeat=3) for value in colour)
    picture = Image.frombytes("LAB", (len(colours) // 3, 1), colours)
    inks = ImageCms.buildTransform(lab, press, "LAB", "CMYK", PERCEPTUAL, EXACT).apply(picture)
    raw = inks.tobytes()
    most = max(sum(raw[at : at + 4]) for at in range(0, len(raw), 4)) * 100 / 255
    assert limit - 8 <= most <= limit + 1


@given(data=st.binary(max_size=200), at=st.integers(0, 400))
def test_a_damaged_table_is_no_table_and_never_raises(data: bytes, at: int) -> None:
    sound = coated_press(modern((255, 255, 255, 204), curve(0, 9, 65535)))
    place = sound.index(b"mBA ") + at % 100
    own_ink_limit(sound[:place] + data + sound[place + len(data) :])
    own_ink_limit(data)


@pytest.mark.parametrize(("total_ink", "told"), [(240, ["pdf/icc-too-inky"]), (300, []), (320, [])])
def test_an_icc_profile_that_lays_down_more_than_the_limit_is_told(
    total_ink: int, told: list[str], tmp_path: Path
) -> None:
    icc = tmp_path / "coated.icc"
    icc.write_bytes(coated_press(lut8(3, 4, 2, nodes((255, 255, 255, 0)))))
    found = find_profile("pdfx4", PrinterSays(icc=icc, condition="Coated", total_ink=total_ink), Span("h.yaml"))
    assert [one.code for one in found.diagnostics] == told
    assert found.value is not None
    assert found.value.total_ink == total_ink
