"""`layout-engine fit`: what would make stories fit that are over or under, each way proved (凑版).

layout-engine fit issues/2024-05-21
layout-engine fit issues/2024-05-21 --page 1 --story lead --json
"""

from pathlib import Path
from typing import Annotated

from layout_engine.base.diagnostics import diagnose
from layout_engine.base.nearest import nearest
from layout_engine.cli import exit_codes
from layout_engine.cli.composing import compose_issue
from layout_engine.cli.console import Console
from layout_engine.cli.fit_lines import fit_lines
from layout_engine.cli.options import AsJson, FontsDir, IssueDir, OnlyPage, Shared, Told
from layout_engine.cli.outcome import exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, finding_lines, show_findings
from layout_engine.fit.advice import advise
from layout_engine.places import find_places

OnlyStory = Annotated[
    str | None,
    Told("只看一篇稿件", "only this story", "ID", ("articles/ 里的稿件名", "the name of a story in articles/")),
]


class Options(Shared, frozen=True, kw_only=True):
    """Which stories."""

    issue_dir: IssueDir
    page: OnlyPage = None
    story: OnlyStory = None
    fonts: FontsDir = None
    json: AsJson = False


def run(options: Options, console: Console) -> int:
    """List the options of every story that is over or under; the exit code says whether there is one."""
    issue_dir = Path(options.issue_dir)
    places = find_places(issue_dir, fonts=Path(options.fonts) if options.fonts else None)
    origin = Origin(options.issue_dir, places.fonts)
    with progress(console):
        composed = compose_issue(issue_dir, places.fonts, options.page)
        built, inputs = composed.build, composed.inputs
        if inputs is not None and options.story is not None and options.story not in inputs.copy.stories:
            known = inputs.copy.stories
            found = diagnose(
                "cli/no-such-story",
                None,
                story=options.story[:60],
                nearest=nearest(options.story, known),
                known=", ".join(known),
            )
            console.note(*finding_lines(found, origin, console, console.err))
            return exit_codes.MISUSED
        fits = advise(inputs, page=options.page, story=options.story) if inputs else ()
    if options.json:
        from layout_engine.cli.json_report import json_report  # start-up: only who asks pays for it

        console.say(json_report(built, origin, console, fits))
    elif inputs is None or not built.pages:
        show_findings(built.diagnostics, origin, console, console.err, least="error")
    else:
        console.say(*fit_lines(fits, origin, console))
    if inputs is None or not built.pages:
        return exit_code(built)
    return exit_codes.FINDINGS if fits else exit_codes.CLEAN
