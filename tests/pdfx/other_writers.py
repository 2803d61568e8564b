"""PDF/X files by other programs (别家写的 PDF/X), through our preflight: what it says of each.

    python -m tests.pdfx.other_writers [--keep FOLDER]

Scribus, LaTeX with `pdfx`, WeasyPrint and Ghostscript each write a small page by every PDF/X that they know, where they
are installed (`apt-get install scribus xvfb xauth texlive-latex-extra ghostscript`, `pip install weasyprint`). Prints
what is found in each, against the profile that the file claims, else pdfx4. What of that is right is told in
docs/conformance/readers.md.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.pdfx.foreign_files import ROOT, check_here
from tests.pdfx.samples import to_spoil

ICC: Final = ROOT / "layout_engine" / "pdf" / "profiles" / "newsprint-model.icc"
WORDS: Final = "A line of type by another program. " * 12

SCRIBUS: Final = f"""
import scribus
scribus.newDocument((200, 280), (10, 10, 10, 10), scribus.PORTRAIT, 1, scribus.UNIT_MILLIMETERS, scribus.PAGE_1, 0, 1)
text = scribus.createText(20, 20, 150, 60)
scribus.setText({WORDS!r}, text)
scribus.setFont([name for name in scribus.getFontNames() if "Regular" in name][0], text)
scribus.defineColorCMYK("Warm", 0, 255, 255, 0)
scribus.setFillColor("Warm", scribus.createRect(20, 100, 60, 40))
for version, name in ((10, "x4"), (11, "x1a"), (12, "x3")):
    pdf = scribus.PDFfile()
    pdf.version, pdf.outdst, pdf.info, pdf.pages = version, 1, "A page by Scribus", [1]
    pdf.bleedt = pdf.bleedb = pdf.bleedl = pdf.bleedr = 3
    pdf.file = f"scribus-{{name}}.pdf"
    pdf.save()
scribus.closeDoc()
"""
LATEX: Final = r"""
\begin{filecontents*}{\jobname.xmpdata}
\Title{A page by LaTeX}\Author{Somebody}
\end{filecontents*}
\documentclass{article}
\usepackage[VARIANT]{pdfx}
\begin{document}Some words, and \textcolor{red}{some in red}.\end{document}
"""
WEASYPRINT: Final = """
<html><head><title>A page by WeasyPrint</title><style>
@color-profile device-cmyk { src: url(file://ICC); components: cyan, magenta, yellow, black }
@page { size: 200mm 150mm; bleed: 3mm; MARKS }
body { font: 10pt serif; color: device-cmyk(0 0 0 1) }
h1 { color: device-cmyk(0 1 1 0) }
</style></head><body><h1>A headline</h1><p>WORDS</p></body></html>
"""


def by_scribus(folder: Path) -> None:
    if shutil.which("scribus") and shutil.which("xvfb-run"):
        (folder / "script.py").write_text(SCRIBUS, encoding="utf-8")
        _run(folder, "xvfb-run", "-a", "scribus", "-g", "-ns", "-py", "script.py")


def by_latex(folder: Path) -> None:
    if shutil.which("pdflatex"):
        for variant in ("x-1a", "x-1a1", "x-3", "x-302", "x-4"):
            name = f"latex-{variant.replace('-', '')}"
            (folder / f"{name}.tex").write_text(LATEX.replace("VARIANT", variant), encoding="utf-8")
            _run(folder, "pdflatex", "-interaction=batchmode", f"{name}.tex")


def by_weasyprint(folder: Path) -> None:
    if find_spec("weasyprint"):
        page = WEASYPRINT.replace("ICC", str(ICC)).replace("WORDS", WORDS)
        for variant in ("x-1a", "x-3", "x-4"):
            for marks in ("", "marks: crop"):
                name = f"weasyprint-{variant.replace('-', '')}{'-marks' if marks else ''}"
                (folder / f"{name}.html").write_text(page.replace("MARKS", marks), encoding="utf-8")
                options = ("--pdf-variant", f"pdf/{variant}", f"{name}.html", f"{name}.pdf")
                _run(folder, sys.executable, "-m", "weasyprint", *options)


def by_ghostscript(folder: Path) -> None:
    """Our own page written anew as PDF/X-3, without the boxes that Ghostscript would not take."""
    program = shutil.which("gs")
    if program:
        found = subprocess.run([program, "-h"], capture_output=True, text=True).stdout
        libraries = [Path(one.strip(" :")) for one in found.split("Search path:")[-1].split() if one.startswith("/")]
        head = next((one / "PDFX_def.ps" for one in libraries if (one / "PDFX_def.ps").is_file()), None)
        if head is not None:
            lines = head.read_text(encoding="latin-1").splitlines()
            lines = [f"/ICCProfile ({ICC}) def" if "/ICCProfile (" in one else one for one in lines]
            (folder / "head.ps").write_text("\n".join(lines), encoding="latin-1")
            (folder / "ours.source").write_bytes(to_spoil().data)
            inks = ("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK")
            options = ("-dPDFX", f"--permit-file-read={ICC}", *inks, "-sDEVICE=pdfwrite", "-o", "ghostscript-x3.pdf")
            _run(folder, "gs", "-q", "-dSAFER", *options, "head.ps", "ours.source")


WRITERS: Final[Sequence[Callable[[Path], None]]] = (by_scribus, by_latex, by_weasyprint, by_ghostscript)


def written(folder: Path) -> Iterator[Path]:
    """The files of every writer that is here."""
    for writes in WRITERS:
        writes(folder)
    yield from sorted(folder.glob("*.pdf"))


def main(words: Sequence[str]) -> int:
    """Show what is found in each."""
    parser = argparse.ArgumentParser(prog="python -m tests.pdfx.other_writers")
    parser.add_argument("--keep", type=Path, help="where the files are to stay")
    asked = parser.parse_args(words)
    with TemporaryDirectory() as passing:
        folder = (asked.keep or Path(passing)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        print("| File | held against | found |", "|---|---|---|", sep="\n")
        for path in written(folder):
            checked = check_here(path, None)
            found = ", ".join(code.partition(" preflight/")[2] for code in checked.codes)
            print(f"| {path.stem} | {checked.claims or 'X4, which it does not claim'} | {found or 'nothing'} |")
    return 0


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=120, env=dict(os.environ))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
