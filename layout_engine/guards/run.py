"""All guards over an issue (把关): each finding switched and weighed as the issue says, else as the house does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings
from layout_engine.base.nearest import nearest
from layout_engine.content.model import Copy
from layout_engine.guards.built_in import BUILT_IN_GUARDS
from layout_engine.guards.earlier import earlier_stories, unplaced_photos
from layout_engine.guards.guard import Guard, Sheet
from layout_engine.guards.outside import OUTSIDE, Allow, ask_outside
from layout_engine.spec.resolved import IssueSpec, Switch

MAX_FINDINGS: Final = 200  # of one guard: more help nobody


def guard_issue(
    spec: IssueSpec,
    copy: Copy,
    allow: Allow = Allow(),  # noqa: B008  # a frozen value
    guards: Sequence[Guard] = BUILT_IN_GUARDS,
) -> tuple[Diagnostic, ...]:
    """Every finding of every guard, of the house's own program too where `allow` lets it run.

    Looks into the issue's folder for photos that no page has, and beside it for earlier issues.
    """
    root = Path(spec.root)
    sheet = Sheet(spec, copy, earlier_stories(root, spec), unplaced_photos(root, copy))
    findings = list(run_guards(sheet, guards))
    switch = _counting(spec).get(OUTSIDE)
    if spec.guarding.command is not None and not (switch and switch.off):
        findings += _weighed(ask_outside(spec.guarding.command, sheet, allow), switch)
    return tuple(findings)


def run_guards(sheet: Sheet, guards: Sequence[Guard] = BUILT_IN_GUARDS) -> tuple[Diagnostic, ...]:
    """Every finding of these guards; they read no file and start nothing."""
    findings = list(_judge_switches(sheet.spec, guards))
    switches = _counting(sheet.spec)
    for guard in guards:
        switch = switches.get(guard.name)
        if switch is not None and switch.off:
            continue
        found = Findings()
        guard.look(sheet, found)
        findings += _weighed(found.all()[:MAX_FINDINGS], switch)
    return tuple(findings)


def _counting(spec: IssueSpec) -> dict[str, Switch]:
    """The switches that count: with a reason, and of two for one guard the later, the issue's."""
    return {one.guard: one for one in spec.guarding.switches if one.reason}


def _weighed(found: tuple[Diagnostic, ...], switch: Switch | None) -> tuple[Diagnostic, ...]:
    if switch is None or switch.severity is None:
        return found
    return tuple(msgspec.structs.replace(one, told_as=switch.severity) for one in found)


def _judge_switches(spec: IssueSpec, guards: Sequence[Guard]) -> tuple[Diagnostic, ...]:
    """Switches without a reason, or for a guard that is not there."""
    found = Findings()
    names = [*(one.name for one in guards), OUTSIDE]
    for one in spec.guarding.switches:
        if one.guard not in names:
            near = nearest(one.guard, names)
            found.add("guard/no-such-guard", one.span, guard=one.guard, nearest=near, known=", ".join(names))
        elif not one.reason:
            found.add("guard/no-reason", one.span, guard=one.guard)
    return found.all()
