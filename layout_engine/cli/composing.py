"""An issue laid out and drawn but not written (只排不出): for `check` and `dump`."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from layout_engine.ad_desk import fetch_adverts, judge_adverts, judge_forms
from layout_engine.base.diagnostics import Diagnostic, diagnose, has_errors, in_order
from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.closing import close_ledger, told_once
from layout_engine.gate import Inputs, Reading, read_inputs
from layout_engine.page.model import PageLayout
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.spacing import page_spacing
from layout_engine.pdf.profile import Profile
from layout_engine.pipeline import (
    Build,
    BuiltPage,
    ComposedPage,
    check_printing,
    compose_page,
    find_printer,
)
from layout_engine.scene.items import Scene, ScenePage
from layout_engine.scene.ledger import Ledger, LedgerEntry


class ComposedIssue(msgspec.Struct, frozen=True):
    """The pages' scenes, and a `Build` none of whose pages has a file; `inputs` is None where the gate stayed shut."""

    build: Build
    scenes: tuple[Scene, ...]
    inputs: Inputs | None = None
    layouts: tuple[PageLayout, ...] = ()


def compose_issue(issue_dir: Path, fonts_dir: Path, only: int | None) -> ComposedIssue:
    """Stages 1 to 6 for all pages, or `only` one of them."""
    watch = Stopwatch()
    reading = read_inputs(issue_dir, fonts_dir, watch, BUILT_IN_KINDS)
    inputs = reading.inputs
    if inputs is None:
        return ComposedIssue(_refused(reading, watch), ())
    wanted = [page for page in inputs.spec.pages if only is None or page.number == only]
    pages = [compose_page(inputs, page, watch) for page in wanted]
    printer = find_printer(inputs.spec, Recall())
    found: list[Diagnostic] = [*reading.diagnostics, *printer.diagnostics]
    if printer.value is not None:
        found += told_once([check_printing(page, inputs.faces, printer.value) for page in pages])
        for page in pages:
            found += _judge_adverts(page.scene.pages[0], inputs, issue_dir, printer.value)
    if not pages:
        known = ", ".join(str(page.number) for page in inputs.spec.pages)
        found.append(diagnose("build/no-such-page", None, page=only, known=known))
    by_number = sorted(pages, key=lambda page: page.layout.spec.number)
    entries: Sequence[LedgerEntry] = [entry for page in by_number for entry in page.entries]
    closed = close_ledger(inputs, entries, all_pages=only is None)
    found += told_once([*(page.diagnostics for page in pages), closed.diagnostics])
    build = Build(
        inputs.spec,
        tuple(_unwritten(page) for page in pages),
        closed.ledger,
        in_order(tuple(found)),
        watch.timings_ms,
        unbalanced=bool(closed.torn) or not all(page.balanced for page in pages),
    )
    return ComposedIssue(build, tuple(page.scene for page in pages), inputs, tuple(page.layout for page in pages))


def _judge_adverts(page: ScenePage, inputs: Inputs, issue_dir: Path, profile: Profile) -> tuple[Diagnostic, ...]:
    """As a build would: where they may be printed, as they come out."""
    judged = judge_adverts(page, inputs.adverts, profile)
    if has_errors(judged):
        return judged
    forms, of_forms = fetch_adverts(page, inputs.adverts, issue_dir, profile, None, Recall())
    return *judged, *of_forms, *judge_forms(page, inputs.adverts, forms, profile)


def _refused(reading: Reading, watch: Stopwatch) -> Build:
    return Build(None, (), Ledger(()), in_order(reading.diagnostics), watch.timings_ms, unreadable=reading.unreadable)


def _unwritten(composed: ComposedPage) -> BuiltPage:
    page = composed.scene.pages[0]
    fullness = tuple(one for region in composed.layout.regions for one in region.fullness)
    spacing = page_spacing(composed.layout)
    return BuiltPage(page.number, page.name, None, None, page.trim.width, page.trim.height, fullness, spacing)
