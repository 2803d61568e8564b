"""Programs that did not write our files and must open them in silence (旁人的阅读器).

poppler, MuPDF, Ghostscript, PDFium and qpdf: what each draws, which plates it makes, what it has to say.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

Inks: TypeAlias = NDArray[np.float32]  # rows, columns, plates: 0 is paper, 1 is solid

PACKAGES: Final = {
    "pdfinfo": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftocairo": "poppler-utils",
    "mutool": "mupdf-tools",
    "gs": "ghostscript",
    "qpdf": "qpdf",
}
PLATES: Final = ("Cyan", "Magenta", "Yellow", "Black")
OF_THE_BUILD: Final = {"warning: ICC support is not available"}  # Debian's MuPDF, whatever file it is given
_GHOSTSCRIPT: Final = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
_QPDF_FINDS_NOTHING: Final = "No syntax or stream encoding errors found"


class LoudError(Exception):
    """A reader that had something to say about a file, or would not take it."""


def need(program: str) -> str:
    """The program; where there is none the test is skipped, on a machine that checks everything it fails."""
    found = shutil.which(program)
    if found is None:
        reason = f"no {program} here: apt-get install {PACKAGES[program]}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def said(*command: str | Path) -> tuple[str, str]:
    """What a program writes to both of its outputs; an exit code that is not 0 raises."""
    program, *words = command
    done = subprocess.run([need(str(program)), *words], capture_output=True, text=True, errors="replace")
    loud = "\n".join(line for line in done.stderr.splitlines() if line not in OF_THE_BUILD)
    if done.returncode != 0:
        raise LoudError(f"{command}: exit {done.returncode}\n{done.stdout}{loud}")
    return done.stdout, loud


def silent(*command: str | Path) -> None:
    """Run a program that is to write a file and say nothing at all."""
    told = "".join(said(*command))
    if told:
        raise LoudError(f"{command}:\n{told}")


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.load()
        return picture


def by_pdfium(path: Path, dpi: int, out: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        image: Image.Image = document[0].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
    return image


def by_poppler(path: Path, dpi: int, out: Path) -> Image.Image:
    silent("pdftoppm", "-r", str(dpi), "-png", "-singlefile", path, out / "splash")
    return _opened(out / "splash.png")


def by_cairo(path: Path, dpi: int, out: Path) -> Image.Image:
    silent("pdftocairo", "-r", str(dpi), "-png", "-singlefile", path, out / "cairo")
    return _opened(out / "cairo.png")


def by_mupdf(path: Path, dpi: int, out: Path) -> Image.Image:
    silent("mutool", "draw", "-q", "-r", str(dpi), "-o", out / "mupdf.png", path)
    return _opened(out / "mupdf.png")


def by_ghostscript(path: Path, dpi: int, out: Path) -> Image.Image:
    silent(*_GHOSTSCRIPT, "-sDEVICE=png16m", f"-r{dpi}", f"-sOutputFile={out / 'gs.png'}", path)
    return _opened(out / "gs.png")


def plates_by_ghostscript(path: Path, dpi: int, out: Path) -> Inks:
    silent(*_GHOSTSCRIPT, "-sDEVICE=tiffsep", f"-r{dpi}", f"-sOutputFile={out / 'gs.tif'}", path)
    plates = [np.asarray(_opened(out / f"gs({name}).tif"), dtype=np.float32) for name in PLATES]
    return np.float32(1) - np.stack(plates, axis=-1) / np.float32(255)


def plates_by_mupdf(path: Path, dpi: int, out: Path) -> Inks:
    silent("mutool", "draw", "-q", "-N", "-c", "cmyk", "-r", str(dpi), "-o", out / "mupdf.pam", path)
    head, _, pixels = (out / "mupdf.pam").read_bytes().partition(b"ENDHDR\n")
    width, height = (int(re.findall(rb"%s (\d+)" % key, head)[0]) for key in (b"WIDTH", b"HEIGHT"))
    return np.frombuffer(pixels, np.uint8).reshape(height, width, len(PLATES)).astype(np.float32) / np.float32(255)


def plates_by_poppler(path: Path, dpi: int, out: Path) -> Inks:
    silent("pdftoppm", "-r", str(dpi), "-jpegcmyk", "-singlefile", path, out / "plates")
    return np.asarray(_opened(out / "plates.jpg"), dtype=np.float32) / np.float32(255)


def pdfinfo(path: Path) -> str:
    return _without_warning("pdfinfo", "-box", path)


def pdffonts(path: Path) -> str:
    return _without_warning("pdffonts", path)


def qpdf_check(path: Path) -> str:
    told = _without_warning("qpdf", "--check", path)
    if _QPDF_FINDS_NOTHING not in told or "WARNING" in told:
        raise LoudError(told)
    return told


def _without_warning(*command: str | Path) -> str:
    told, loud = said(*command)
    if loud:
        raise LoudError(f"{command}:\n{loud}")
    return told


Draws: TypeAlias = Callable[[Path, int, Path], Image.Image]
Separates: TypeAlias = Callable[[Path, int, Path], Inks]

PICTURES: Final[Mapping[str, Draws]] = {
    "PDFium": by_pdfium,
    "poppler (Splash)": by_poppler,
    "poppler (Cairo)": by_cairo,
    "MuPDF": by_mupdf,
    "Ghostscript": by_ghostscript,
}
SEPARATIONS: Final[Mapping[str, Separates]] = {
    "Ghostscript": plates_by_ghostscript,
    "MuPDF": plates_by_mupdf,
    "poppler": plates_by_poppler,
}
TELLERS: Final[Mapping[str, Callable[[Path], str]]] = {"pdfinfo": pdfinfo, "pdffonts": pdffonts, "qpdf": qpdf_check}
