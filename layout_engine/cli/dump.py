"""`layout-engine dump`: what stands on the pages, item by item, as text that can be compared (版面清单)."""

from pathlib import Path
from time import perf_counter

from layout_engine.cli.composing import compose_issue
from layout_engine.cli.console import Console
from layout_engine.cli.options import FontsDir, IssueDir, OnlyPage, Shared
from layout_engine.cli.outcome import close, exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin
from layout_engine.places import find_places
from layout_engine.scene.dump import dump


class Options(Shared, frozen=True, kw_only=True):
    """Which pages."""

    issue_dir: IssueDir
    page: OnlyPage = None
    fonts: FontsDir = None


def run(options: Options, console: Console) -> int:
    """Print the scene of each page; findings go beside it."""
    begin = perf_counter()
    places = find_places(Path(options.issue_dir), fonts=Path(options.fonts) if options.fonts else None)
    with progress(console):
        composed = compose_issue(Path(options.issue_dir), places.fonts, options.page)
    for scene in composed.scenes:
        console.say(dump(scene).rstrip("\n"))
    close(composed.build, Origin(options.issue_dir, places.fonts), console, console.err, perf_counter() - begin)
    return exit_code(composed.build)
