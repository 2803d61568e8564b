"""May this page go to the printer (能否付印)? Judged on the bytes that were written, and then let go or held.

A page is held back until everything of the issue is known: it lies beside its final name as `<stem>.rejected.pdf`, and
is put in its place by a rename. So whatever happens, the earlier file is whole until the new one has passed.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose
from layout_engine.checks.readback import check_round_trip
from layout_engine.final.facts import UnfitError
from layout_engine.final.replacing import Replaced, Replacement, begin_replacing, unfit
from layout_engine.final.tracing import Place, traced
from layout_engine.pdf.profile import Profile
from layout_engine.plates.check import ink_findings
from layout_engine.plates.ghostscript import find_ghostscript
from layout_engine.plates.render import SYSTEM_PACKAGE
from layout_engine.preflight.inspect_file import preflight
from layout_engine.scene.items import Scene, ScenePage

_REJECTED: Final = ".rejected"
_REFUSALS: Final = ("build/replaces-differs", "build/replaces-unfit")  # say all there is to say


class Judged(msgspec.Struct, frozen=True):
    """What was found in a page's file; `refused`: it cannot take the place of the page that it replaces."""

    diagnostics: tuple[Diagnostic, ...]
    refused: bool = False
    replaced: Replaced | None = None

    def waits_at(self, final: Path) -> Path:
        """Where the page lies that may not have the name `final`, or not yet."""
        return final.with_name(f"{final.stem}{_REJECTED}{final.suffix}")


Judge: TypeAlias = Callable[[bytes, Scene, ScenePage, Place], Judged]


class Begun(msgspec.Struct, frozen=True):
    """By what the pages are judged, and which page alone is built."""

    judge: Judge
    only: int | None


class Verdict(msgspec.Struct, frozen=True):
    """What became of a page: the file under its final name, or the one that was rejected; `finding` says why."""

    released: Path | None
    rejected: Path | None
    finding: Diagnostic | None


def begin_final(
    profile: Profile, asked: Span | None, old: Path | None, pages: Mapping[int, str], only: int | None
) -> Outcome[Begun]:
    """Whether there can be a final at all: for a press, and of a page whose file `old` can be read if it replaces one.

    `pages` are the file names of the issue by their numbers; `asked` is where the profile is named.
    """
    found: tuple[Diagnostic, ...] = ()
    if profile.conformance is None:
        found = (diagnose("build/final-without-conformance", asked, profile=profile.name),)
    replacement = None
    if old is not None:
        begun = begin_replacing(old, pages, only)
        found += begun.diagnostics
        replacement = begun.value
        only = only if replacement is None else replacement.page
    return Outcome(None if found else Begun(partial(judge, profile, replacement), only), found)


def judge(
    profile: Profile, replacement: Replacement | None, data: bytes, scene: Scene, page: ScenePage, places: Place
) -> Judged:
    """What another library reads otherwise, and what the file and its plates show, each at its line of the copy."""
    profile = _with_spots_of(page, profile)
    report = preflight(data, profile, page.file_name).value
    of_file = [] if report is None else [*report.findings]
    found = [*check_round_trip(data, scene, page)]
    if find_ghostscript() is None:  # nothing can be done about it here, and it is not the page's fault
        found.append(diagnose("plates/not-measured", None, command=SYSTEM_PACKAGE))
    else:
        of_file += ink_findings(data, profile)
    found += (traced(one, scene, page, places) for one in of_file)
    if replacement is None:
        return Judged(tuple(found))
    try:
        replaced = replacement.compare(data, page.file_name)
    except UnfitError as error:
        return Judged((*found, unfit(page.file_name, error)), refused=True)
    return Judged((*found, *replaced.diagnostics()), bool(replaced.differences), replaced)


def _with_spots_of(page: ScenePage, profile: Profile) -> Profile:
    """The profile with the spots that the house ordered, where the printer has not said which are printed (PR-46)."""
    ordered = tuple(ink.spot for ink in page.inks.values() if ink.spot is not None)
    return msgspec.structs.replace(profile, spots=ordered) if profile.spots is None and ordered else profile


def release(page: int, waiting: Path | None, errors: Sequence[Diagnostic], final: Path) -> Verdict:
    """Put the page under the name `final`, or leave it beside. The file of an earlier build stays where this fails.

    `waiting` is the file that wants to be a final, None where none could be written.
    """
    if waiting is not None and not errors:
        os.replace(waiting, final)
        return Verdict(final, None, None)
    if waiting is None and errors and all(one.code in _REFUSALS for one in errors):
        return Verdict(None, None, None)
    finding = diagnose(
        "build/final-rejected",
        None,
        page=page,
        count=len(errors),
        first=_shown(errors[0]) if errors else "",
        beside=waiting.name if waiting else "",
    )
    return Verdict(None, waiting, finding)


def errors_of(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that stand in the way of a final."""
    return tuple(one for one in found if one.severity == "error")


def _shown(one: Diagnostic) -> str:
    """A finding in a word: its code, its rule if it has one, its place."""
    rule = dict(one.values).get("at_en", "").strip(" ()").partition(",")[0]
    code = f"{one.code} ({rule})" if rule else one.code
    return f"{code} {one.span}" if one.span else code
