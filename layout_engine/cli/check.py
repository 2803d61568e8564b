"""`layout-engine check`: everything that can be found wrong, and nothing written (检查).

layout-engine check issues/2024-05-21
layout-engine check issues/2024-05-21 --resolved
layout-engine check issues/2024-05-21 --fit --json
"""

import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import msgspec

from layout_engine.base.diagnostics import in_order
from layout_engine.cli.composing import ComposedIssue, compose_issue
from layout_engine.cli.console import Console
from layout_engine.cli.options import AllowCommands, AsJson, FontsDir, IssueDir, OnlyPage, Shared, Told
from layout_engine.cli.outcome import close, exit_code, spacing_lines
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin
from layout_engine.places import find_places
from layout_engine.spec.explain import resolved_lines

if TYPE_CHECKING:
    from layout_engine.fit.model import StoryFit

Resolved = Annotated[
    bool, Told("列出版样的全部定值和来处", "print the spec with everything filled in, and where each value came from")
]
WithFit = Annotated[
    bool, Told("列出凑版的办法，同 fit", "also list what would make stories fit, as the command fit does")
]


class Options(Shared, frozen=True, kw_only=True):
    """As for `build`, less what has to do with files."""

    issue_dir: IssueDir
    page: OnlyPage = None
    resolved: Resolved = False
    fit: WithFit = False
    fonts: FontsDir = None
    json: AsJson = False
    allow_commands: AllowCommands = False


def run(options: Options, console: Console) -> int:
    """Check, and show every finding, notes too."""
    begin = perf_counter()
    issue_dir = Path(options.issue_dir)
    places = find_places(issue_dir, fonts=Path(options.fonts) if options.fonts else None)
    with progress(console):
        composed = compose_issue(issue_dir, places.fonts, options.page)
        fits = _fits(composed, options.page) if options.fit else None
    composed = _guarded(composed, options)
    built, origin = composed.build, Origin(options.issue_dir, places.fonts)
    if options.json:
        from layout_engine.cli.json_report import json_report  # start-up: only who asks pays for it

        console.say(json_report(built, origin, console, fits))
        return exit_code(built)
    if fits is not None:
        from layout_engine.cli.fit_lines import fit_lines

        console.say(*fit_lines(fits, origin, console))
    if options.resolved and built.spec is not None:
        console.say(*resolved_lines(built.spec))
    console.note(*spacing_lines(built, origin, console))
    close(
        built, origin, console, console.err if options.resolved else console.out, perf_counter() - begin, least="info"
    )
    return exit_code(built)


def _guarded(composed: ComposedIssue, options: Options) -> ComposedIssue:
    """With what the editors' guards find; they need copy that could be read."""
    if composed.inputs is None:
        return composed
    from layout_engine.guards.outside import allowed_by  # start-up: only `check` looks
    from layout_engine.guards.run import guard_issue  # as above

    allow = allowed_by(os.environ, all_once=options.allow_commands)
    found = guard_issue(composed.inputs.spec, composed.inputs.copy, allow)
    diagnostics = in_order((*composed.build.diagnostics, *found))
    return msgspec.structs.replace(composed, build=msgspec.structs.replace(composed.build, diagnostics=diagnostics))


def _fits(composed: ComposedIssue, page: int | None) -> "tuple[StoryFit, ...]":
    from layout_engine.fit.advice import advise  # start-up: only who asks pays for it

    return advise(composed.inputs, page=page) if composed.inputs else ()
