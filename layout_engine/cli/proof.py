"""`layout-engine proof`: the pages as pictures to look at (小样图).

layout-engine proof issues/2024-05-21 --dpi 200
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from layout_engine.base.diagnostics import diagnose
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import Caching, Dpi, FontsDir, IssueDir, OnlyPage, OutputDir, Shared
from layout_engine.cli.outcome import close, exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, finding_lines, from_here
from layout_engine.pdf.files import write_atomically
from layout_engine.pipeline import Build, build
from layout_engine.places import Places, find_places
from layout_engine.proof.raster import TooLargeError, render_png

_PROFILE = "proof"
_FOLDER = "proof"  # in the issue's output folder, apart from what goes to press


class Options(Shared, frozen=True, kw_only=True):
    """As for `build`; the profile is `proof`."""

    issue_dir: IssueDir
    page: OnlyPage = None
    dpi: Dpi = 110
    out: OutputDir = None
    fonts: FontsDir = None
    caching: Caching = True


def run(options: Options, console: Console) -> int:
    """Make the pictures, or say what stands in the way."""
    begin = perf_counter()
    issue_dir = Path(options.issue_dir)
    places = find_places(issue_dir, fonts=Path(options.fonts) if options.fonts else None, caching=options.caching)
    origin = Origin(options.issue_dir, places.fonts)
    with progress(console), TemporaryDirectory(prefix="layout-engine-") as folder:
        aside = Places(places.fonts, Path(folder), False, places.cache)
        built = build(issue_dir, aside, profile=_PROFILE, only=options.page, verify=True)
        try:
            pictures = _pictures(built, options.dpi)
        except TooLargeError:
            console.note(
                *finding_lines(diagnose("cli/picture-too-large", dpi=options.dpi), origin, console, console.err)
            )
            return exit_codes.FINDINGS
    for name, data in pictures.items():
        path = _folder(options, places, built) / name
        write_atomically(path, data)
        console.say(from_here(path))
    close(built, origin, console, console.err, perf_counter() - begin)
    return exit_code(built)


def _pictures(built: Build, dpi: int) -> dict[str, bytes]:
    """The PNG of each page that was made, by file name."""
    return {
        page.pdf.with_suffix(".png").name: render_png(page.pdf.read_bytes(), dpi) for page in built.pages if page.pdf
    }


def _folder(options: Options, places: Places, built: Build) -> Path:
    if options.out is not None:
        return Path(options.out)
    date = built.spec.issue.date if built.spec else ""
    return places.output_of(date) / _FOLDER
