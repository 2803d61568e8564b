"""Fixed art is what the house pinned, and prints in its own shape: never mirrored, turned or stretched."""

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from layout_engine.base.stopwatch import Stopwatch
from layout_engine.gate import Reading, read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pipeline import build
from layout_engine.places import Places
from tests.kit.face import write_kit_fonts
from tests.pdf.scenes import content_of, opened

BASE = Path(__file__).parents[1] / "cases" / "pages" / "_base"
# An arm to the right at the top: mirrored, turned or stretched it is another.
FLAG = '<svg viewBox="0 0 40 20"><path d="M0 0L40 0L40 5L10 5L10 20L0 20Z"/></svg>'
HASH = sha256(FLAG.encode()).hexdigest()
PAGE = "page: 1\nformat: small\nregions:\n  - {{id: head, kind: {}, {}, art: ../../house/{}}}\n"
PIXELS = (160, 80)  # of the emblem as a picture


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue with a nameplate."""
    folder = tmp_path_factory.mktemp("pins")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    write_kit_fonts(folder)
    (folder / "2024-05-21" / "pages").mkdir()
    (folder / "house" / "flag.svg").write_text(FLAG)
    (folder / "house" / "other.svg").write_text(FLAG)
    return folder / "2024-05-21"


def read(
    issue: Path, pins: str, place: str = "columns: 1-3, rows: 1-5", kind: str = "masthead", art: str = "flag.svg"
) -> Reading:
    house = issue.parent / "house" / "paper.yaml"
    house.write_text((BASE / "house" / "paper.yaml").read_text(encoding="utf-8") + pins, encoding="utf-8")
    (issue / "pages" / "01.yaml").write_text(PAGE.format(kind, place, art), encoding="utf-8")
    return read_inputs(issue, issue.parent / "fonts", Stopwatch(), BUILT_IN_KINDS)


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.diagnostics]


@pytest.mark.parametrize(
    ("pins", "told"),
    [
        ("", []),
        (f"pins: {{flag.svg: 'sha256:{HASH}'}}\n", []),
        (f"pins: {{flag.svg: 'sha256:{'0' * 64}'}}\n", ["art/pin-differs"]),
        ("pins: {flag.svg: ''}\n", ["art/pin-empty"]),
        (f"pins: {{other.svg: 'sha256:{HASH}'}}\n", ["art/not-pinned"]),
        ("pins: {flog.svg: ''}\n", ["spec/missing-file"]),
        ("pins: {flag.svg: md5}\n", ["spec/wrong-value"]),
    ],
)
def test_what_the_house_pins_is_held_to_it(issue: Path, pins: str, told: list[str]) -> None:
    assert codes(read(issue, pins)) == told


def test_a_difference_names_both_hashes_at_the_pin(issue: Path) -> None:
    (found,) = read(issue, f"pins:\n  flag.svg: sha256:{'0' * 64}\n").diagnostics
    assert found.span is not None
    assert found.span.file.endswith("house/paper.yaml")
    assert "0" * 64 in found.message("zh")
    assert HASH in found.message("zh")
    assert HASH in (found.hint("en") or "")


def test_an_empty_pin_is_told_what_to_write(issue: Path) -> None:
    (found,) = read(issue, "pins: {flag.svg: ''}\n").diagnostics
    assert f"sha256:{HASH}" in (found.hint("zh") or "")


def page_with(issue: Path, place: str, kind: str, art: str = "flag.svg") -> bytes:
    """The page with the art in this place."""
    read(issue, "", place, kind, art)
    places = Places(issue.parent / "fonts", issue.parent / "output", False, None)
    path = build(issue, places).pages[0].pdf
    assert path is not None
    return path.read_bytes()


def printed(issue: Path, place: str, kind: str) -> list[tuple[float, float]]:
    """The corners of the flag as they stand in the file, in points."""
    content = content_of(page_with(issue, place, kind))
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]\b", content)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(("masthead", "ad")), st.integers(10, 100), st.integers(10, 70))
def test_fixed_art_keeps_its_shape_in_any_place(issue: Path, kind: str, width: int, height: int) -> None:
    corners = printed(issue, f"at: [20mm, 20mm], size: [{width}mm, {height}mm]", kind)
    (left, top), (right, _) = corners[:2]
    scale = (right - left) / 40
    assert scale > 0  # not mirrored, not turned
    wanted = [(0, 0), (40, 0), (40, -5), (10, -5), (10, -20), (0, -20)]
    assert corners == [pytest.approx((left + x * scale, top + y * scale), abs=0.01) for x, y in wanted]


@pytest.mark.parametrize("crop", ["fit", "fill"])
@pytest.mark.parametrize(("width", "height"), [(40, 20), (90, 20), (30, 60)])
def test_a_standing_advertisement_of_pixels_keeps_its_shape(issue: Path, crop: str, width: int, height: int) -> None:
    """Upright, as it is, and as wide to its height as the part of it that is printed."""
    picture = Image.new("L", PIXELS, 128)
    picture.putpixel((0, 0), 0)
    picture.save(issue.parent / "house" / "emblem.png", dpi=(300, 300))
    place = f"at: [20mm, 20mm], size: [{width}mm, {height}mm], crop: {crop}"
    pdf = page_with(issue, place, "ad", "emblem.png")
    (found,) = re.findall(r"q (\S+) (\S+) (\S+) (\S+) \S+ \S+ cm /\S+ Do Q", content_of(pdf))
    across, b, c, up = map(float, found)
    assert (b, c) == (0, 0)
    assert across > 0
    assert up > 0
    wanted = width / height if crop == "fill" else PIXELS[0] / PIXELS[1]
    assert across / up == pytest.approx(wanted, rel=0.01)
    with opened(pdf) as file:
        (pixels,) = file.pages[0].Resources.XObject.values()
        assert int(pixels.Width) / int(pixels.Height) == pytest.approx(wanted, rel=0.03)  # whole pixels
