"""From which line of the copy does a finding on a finished page come (溯源)? The page is set again and compared.

Where the file is byte for byte what the issue gives now, a place on the page leads to its glyph and so to its line.
Where it is not, the place may hold something else by now: it counts only if both files read the same there.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Span, diagnose
from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.checks.text_at import text_at
from layout_engine.final.replacing import page_of_name
from layout_engine.final.tracing import Trace, trace
from layout_engine.gate import Inputs, read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pipeline import ComposedPage, build, compose_page, spans_of
from layout_engine.places import Places, find_places
from layout_engine.preflight.findings import Finding
from layout_engine.spec.resolved import PageSpec

_REJECTED = ".rejected.pdf"


class Sources(msgspec.Struct, frozen=True):
    """The place of each finding in the copy or the spec, None where it has none; and what is to be said of it all."""

    spans: tuple[Span | None, ...]
    told: tuple[Diagnostic, ...] = ()


def find_sources(file: Path, findings: Sequence[Finding], issue_dir: Path, profile: str | None) -> Sources:
    """The sources of what was found in `file`, a page of the issue, when it was checked against `profile`."""
    nowhere = (None,) * len(findings)
    places, memory = find_places(issue_dir), Recall()
    inputs = read_inputs(issue_dir, places.fonts, Stopwatch(), BUILT_IN_KINDS, memory).inputs
    if inputs is None:
        return Sources(nowhere, (diagnose("preflight/issue-unset", None, issue=issue_dir),))
    page = _page(file, inputs)
    if page is None:
        known = ", ".join(one.file_name for one in inputs.spec.pages)
        return Sources(nowhere, (diagnose("preflight/not-of-issue", None, file=file.name, known=known),))
    composed = compose_page(inputs, page, Stopwatch(), recall=memory)
    traces = tuple(_trace(one, composed) for one in findings)
    data = file.read_bytes()
    now = _set_again(issue_dir, places, page.number, profile, data, memory)
    if now == data:
        return Sources(tuple(one.span if one else None for one in traces))
    told = diagnose("preflight/not-as-now", None, file=file.name, page=page.number)
    return Sources(_agreeing(findings, traces, data, now), (told,))


def _page(file: Path, inputs: Inputs) -> PageSpec | None:
    """The page of this name, or of which a rejected final has it."""
    name = file.name.removesuffix(_REJECTED) + ".pdf" if file.name.endswith(_REJECTED) else file.name
    number = page_of_name(name, {page.number: page.file_name for page in inputs.spec.pages})
    return next((page for page in inputs.spec.pages if page.number == number), None)


def _trace(finding: Finding, composed: ComposedPage) -> Trace | None:
    if finding.spot is None or finding.spot.page != 1:
        return None
    return trace(finding.spot.box, composed.scene, composed.scene.pages[0], spans_of(composed))


def _set_again(
    issue_dir: Path, places: Places, page: int, profile: str | None, wanted: bytes, memory: Recall
) -> bytes | None:
    """The page as the issue gives it now: for its own press, or, if that is `wanted`, for the other."""
    first = None
    with TemporaryDirectory(prefix="layout-engine-") as folder:
        aside = Places(places.fonts, Path(folder), False, places.cache)
        for asked in dict.fromkeys((None, profile)):
            made = build(issue_dir, aside, profile=asked, only=page, recall=memory).pages
            if made and made[0].pdf is not None:
                data = made[0].pdf.read_bytes()
                if data == wanted:
                    return data
                first = first or data
    return first


def _agreeing(
    findings: Sequence[Finding], traces: Sequence[Trace | None], data: bytes, now: bytes | None
) -> tuple[Span | None, ...]:
    """The sources where both files read the same, and something."""
    if now is None:
        return (None,) * len(findings)
    boxes = [one.spot.box if one.spot else (0.0, 0.0, 0.0, 0.0) for one in findings]
    read = zip(traces, text_at(data, boxes), text_at(now, boxes), strict=True)
    return tuple(one.span if one is not None and was.strip() and was == is_now else None for one, was, is_now in read)
