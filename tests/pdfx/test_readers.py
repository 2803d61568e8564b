"""Readers that did not write them open the sample pages in silence and see one picture (PR-02, PR-79, PR-87).

Every page in both profiles is opened by each reader here; the pictures of all pages by all readers are compared by
`python -m tests.pdfx.every_reader`, those of the reference page and the dense page here too.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pikepdf
import pytest
from PIL import Image, ImageChops

from tests.pdfx.alike import DPI, PLATE_DPI, alike, all_alike, apart, consensus, grey
from tests.pdfx.every_reader import AT_ONCE, by_all
from tests.pdfx.readers import PACKAGES, PICTURES, SEPARATIONS, TELLERS, by_mupdf, by_pdfium, need, plates_by_mupdf
from tests.pdfx.samples import PROFILES, Written, samples, saved, to_spoil

SMALL_DPI: Final = 24  # a page is opened and drawn whole; what it looks like is asked elsewhere
COMPARED: Final = 2  # the reference page and the dense page
LINE: Final = re.compile(rb"Tm\n<([0-9a-f]{40,})> Tj\n")  # ten characters or more


def of_profile(profile: str) -> tuple[Written, ...]:
    return tuple(one for one in samples() if one.profile == profile)


@pytest.mark.parametrize("teller", ["pdfinfo", "pdffonts"])  # qpdf: test_file.py
@pytest.mark.parametrize("profile", PROFILES)
def test_a_program_that_reads_the_file_warns_of_nothing(profile: str, teller: str, tmp_path: Path) -> None:
    need(teller)
    for file in of_profile(profile):
        (tmp_path / file.name).write_bytes(file.data)
        told = TELLERS[teller](tmp_path / file.name)
        if teller == "pdffonts":
            fonts = told.splitlines()[2:]
            assert fonts
            assert all(re.search(r" yes yes yes +\d+ +\d+$", font) for font in fonts), told  # embedded, subset, Unicode


@pytest.mark.parametrize("reader", [*(one for one in PICTURES if one != "Ghostscript"), "Ghostscript's plates"])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_reader_draws_every_page_in_silence(profile: str, reader: str, tmp_path: Path) -> None:
    need_all()
    draws: Callable[..., object] = PICTURES.get(reader, SEPARATIONS["Ghostscript"])

    def draw(file: Written) -> None:
        folder = tmp_path / file.name[:-4]
        folder.mkdir()
        (folder / file.name).write_bytes(file.data)
        draws(folder / file.name, SMALL_DPI, folder)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(draw, of_profile(profile)))


@pytest.mark.parametrize("number", range(COMPARED))
def test_all_readers_see_one_picture(number: int, tmp_path: Path) -> None:
    need_all()
    found = all_alike(by_all(PICTURES, put(of_profile("pdfx4")[number], tmp_path), DPI, tmp_path))
    assert all(one.agrees for one in found.values()), found


@pytest.mark.parametrize("number", range(COMPARED))
def test_all_readers_make_the_same_plates(number: int, tmp_path: Path) -> None:
    need_all()
    plates = by_all(SEPARATIONS, put(of_profile("pdfx4")[number], tmp_path), PLATE_DPI, tmp_path)
    found = {pair: apart(plates[pair[0]], plates[pair[1]]) for pair in combinations(plates, 2)}
    assert all(one.agrees for one in found.values()), found


def test_both_profiles_of_a_page_are_one_picture(tmp_path: Path) -> None:
    for files in zip(*map(of_profile, PROFILES), strict=True):
        one, other = (by_pdfium(put(file, tmp_path), SMALL_DPI, tmp_path) for file in files)
        assert ImageChops.difference(one, other).getbbox() is None


# What the measure notices: one reader is given a page with a fault, the others see it sound.


def without_a_line(content: bytes, page: pikepdf.Page) -> bytes:
    line = list(LINE.finditer(content))[2]
    return content[: line.start()] + b"Tm\n" + content[line.end() :]


def without_a_picture(content: bytes, page: pikepdf.Page) -> bytes:
    return content.replace(b"/Im0 Do", b"")


def with_another_character(content: bytes, page: pikepdf.Page) -> bytes:
    start, end = list(LINE.finditer(content))[2].span(1)
    line = content[start:end]
    return content[:start] + line[:12] + line[-8:-4] + line[16:] + content[end:]


def with_a_headline_in_another_face(content: bytes, page: pikepdf.Page) -> bytes:
    """The largest line that another face of the page could set too."""
    faces = {font[1:].encode(): codes_of(page, font) for font in page.Resources.Font}
    found = []
    for run in re.finditer(rb"/(F\d) ([\d.]+) Tf\n1 0 0 1 [\d.]+ [\d.]+ Tm\n<([0-9a-f]{8,})> Tj\n", content):
        reads = {code: char for char, code in faces[run[1]].items()}
        text = [reads[code] for code in re.findall(rb"[0-9a-f]{4}", run[3])]
        for face, codes in faces.items():
            if face != run[1] and all(char in codes for char in text):
                found.append((float(run[2]), run.start(), face, b"".join(codes[char] for char in text)))
    size, at, face, line = max(found)
    assert size > 12
    was = re.match(rb"/F\d", content[at:])
    assert was is not None
    changed = re.sub(rb"<[0-9a-f]+>", b"<%s>" % line, content[at:].replace(was[0], b"/" + face, 1), count=1)
    restore = changed.index(b"Tj\n") + 3
    return content[:at] + changed[:restore] + b"%s %s Tf\n" % (was[0], b"%g" % size) + changed[restore:]


def codes_of(page: pikepdf.Page, font: str) -> dict[bytes, bytes]:
    """By what its ToUnicode says, character to code, both in hexadecimal."""
    table = page.Resources.Font[font].ToUnicode.read_bytes().lower()
    return {char: code for code, char in re.findall(rb"<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\n", table)}


FAULTS: Final = (without_a_line, without_a_picture, with_another_character, with_a_headline_in_another_face)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_one_place_is_noticed(fault: Callable[[bytes, pikepdf.Page], bytes], tmp_path: Path) -> None:
    need("mutool")
    seen = sound()
    reference = consensus([grey(one) for one in seen.values()])
    bad = grey(by_mupdf(put(spoilt(fault), tmp_path), DPI, tmp_path))
    assert alike(grey(seen["MuPDF"]), reference).agrees
    assert not alike(bad, reference).agrees


def test_a_picture_that_is_missing_on_one_plate_is_noticed(tmp_path: Path) -> None:
    need("mutool")
    good = plates_by_mupdf(put(to_spoil(), tmp_path), PLATE_DPI, tmp_path)
    bad = good.copy()
    bad[:, :, 1] = plates_by_mupdf(put(spoilt(without_a_picture), tmp_path), PLATE_DPI, tmp_path)[:, :, 1]
    assert apart(good, good).agrees
    assert not apart(good, bad).agrees


def need_all() -> None:
    for program in PACKAGES:
        need(program)


def put(file: Written, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.data)
    return path


def spoilt(fault: Callable[[bytes, pikepdf.Page], bytes]) -> Written:
    like = to_spoil()
    with pikepdf.open(BytesIO(like.data)) as pdf:
        page = pdf.pages[0]
        before = page.Contents.read_bytes()
        after = fault(before, page)
        assert after != before
        page.Contents = pdf.make_stream(after)
        return saved(pdf, like)


@cache
def sound() -> dict[str, Image.Image]:
    """The page that faults are planted in, by readers that agree on it."""
    readers = {name: PICTURES[name] for name in ("PDFium", "poppler (Splash)", "MuPDF")}
    with TemporaryDirectory() as folder:
        return by_all(readers, put(to_spoil(), Path(folder)), DPI, Path(folder))
