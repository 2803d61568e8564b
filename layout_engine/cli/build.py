"""`layout-engine build`: an issue as PDFs (排版出 PDF).

layout-engine build issues/2024-05-21
layout-engine build issues/2024-05-21 --page 1 --profile proof --out /tmp/look --json
layout-engine build issues/2024-05-21 --final
layout-engine build issues/2024-05-21 --replaces output/2024-05-21/xinjimo-20240521-01.pdf
"""

from pathlib import Path
from time import perf_counter

from layout_engine.cli.console import Console
from layout_engine.cli.options import (
    AsJson,
    Caching,
    Final,
    FontsDir,
    IssueDir,
    OnlyPage,
    OutputDir,
    ProfileName,
    Replaces,
    Shared,
    Verify,
)
from layout_engine.cli.outcome import close, exit_code, page_lines, plate_lines
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin
from layout_engine.pipeline import build
from layout_engine.places import find_places


class Options(Shared, frozen=True, kw_only=True):
    """The same names as the parameters of `layout_engine.build`."""

    issue_dir: IssueDir
    page: OnlyPage = None
    profile: ProfileName = None
    out: OutputDir = None
    fonts: FontsDir = None
    caching: Caching = True
    verify: Verify = False
    final: Final = False
    replaces: Replaces = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """Build, and show a line a page, or what stands in the way."""
    begin = perf_counter()
    issue_dir = Path(options.issue_dir)
    places = find_places(
        issue_dir,
        fonts=Path(options.fonts) if options.fonts else None,
        output=Path(options.out) if options.out else None,
        caching=options.caching,
    )
    with progress(console):
        built = build(
            issue_dir,
            places,
            profile=options.profile,
            only=options.page,
            verify=options.verify,
            final=options.final,
            replaces=Path(options.replaces) if options.replaces else None,
        )
    origin = Origin(options.issue_dir, places.fonts)
    if options.json:
        from layout_engine.cli.json_report import json_report  # start-up: only who asks pays for it

        console.say(json_report(built, origin, console))
        return exit_code(built)
    console.say(*page_lines(built, console))
    console.say(*plate_lines(built, console))
    unwritten = [str(page.number) for page in built.pages if page.pdf is None and page.rejected is None]
    if unwritten and not built.unbalanced:
        console.note(
            console.words(
                f"第 {'、'.join(unwritten)} 版没有写出：先改正错误；以前出的文件没有动。",
                f"Not written: page {', '.join(unwritten)}. The errors stand in the way; older files stay.",
            )
        )
    close(built, origin, console, console.err, perf_counter() - begin)
    return exit_code(built)
