"""Stories one by one, to be read before there is a page (小样): each on sheets of its own, its lines numbered."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, Lang, diagnose, in_order
from layout_engine.base.nearest import nearest
from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.gate import Inputs, read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.strips import set_strips
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.write import write_page
from layout_engine.pipeline import ComposedPage, find_printer, input_hashes
from layout_engine.places import Places
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import PROFILE, extras_of
from layout_engine.recording import record_page
from layout_engine.scene.draw import draw
from layout_engine.scene.items import Imprint
from layout_engine.scene.ledger import balance
from layout_engine.scene.record import PageRecord
from layout_engine.spec.resolved import PageSpec, Region


class Sheet(msgspec.Struct, frozen=True):
    """One sheet of a story: the name of its file, its PDF, its record."""

    name: str
    pdf: bytes
    record: PageRecord


class Galleys(msgspec.Struct, frozen=True):
    """What came of the stories that were asked for. `unreadable`: there is no spec to speak of."""

    sheets: tuple[Sheet, ...]
    date: str
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False
    inputs: dict[str, str] = {}  # msgspec gives each its own


def make_galleys(issue_dir: Path, places: Places, stories: Sequence[str], stamp: Stamp, lang: Lang = "zh") -> Galleys:
    """The stories of these names, all that stand on the issue's pages where none is named."""
    watch, memory = Stopwatch(), Recall()
    reading = read_inputs(issue_dir, places.fonts, watch, BUILT_IN_KINDS, memory, PROFILE, showing=True)
    inputs = reading.inputs
    if inputs is None:
        return Galleys((), "", in_order(reading.diagnostics), reading.unreadable)
    printer = find_printer(inputs.spec, memory)
    placed = {story: (page, region) for page, region, story in _placed(inputs)}
    known = [name for name in inputs.copy.stories if name in placed]
    found = [*reading.diagnostics, *printer.diagnostics]
    for name in stories:
        if name not in known:
            near, have = nearest(name, known) or "", ", ".join(known)
            found.append(diagnose("cli/no-such-story", None, story=name[:60], nearest=near, known=have))
    sheets: list[Sheet] = []
    if printer.value is not None:
        for name in [one for one in known if not stories or one in stories]:
            sheets += _sheets(name, *placed[name], inputs, printer.value, issue_dir, places, stamp, lang)
    return Galleys(tuple(sheets), inputs.spec.issue.date, in_order(tuple(found)), inputs=input_hashes(inputs))


def _placed(inputs: Inputs) -> Iterator[tuple[PageSpec, Region, str]]:
    """Every region that holds a story's text, the first of a story last, so that it counts."""
    for page in reversed(inputs.spec.pages):
        for region in reversed(page.regions):
            story = getattr(region.spec, "story", None)
            if isinstance(story, str) and hasattr(region.spec, "byline"):
                yield page, region, story


def _sheets(
    name: str,
    page: PageSpec,
    region: Region,
    inputs: Inputs,
    profile: Profile,
    issue_dir: Path,
    places: Places,
    stamp: Stamp,
    lang: Lang,
) -> Iterator[Sheet]:
    story, issue, findings = inputs.copy.stories[name], inputs.spec.issue, Findings()
    for layout in set_strips(story, page, region, inputs.faces, inputs.spec.house.names, findings):
        scene = draw([layout], Imprint(inputs.spec.house.paper, issue.date, issue.number))
        balanced = balance(scene, [layout])
        composed = ComposedPage(
            layout, scene, balanced.ledger.entries, not balanced.diagnostics, (*findings.all(), *balanced.diagnostics)
        )
        record = record_page(composed, inputs, issue_dir)
        extras = extras_of(record, inputs.faces, stamp, (), lang)
        pdf = write_page(scene, scene.pages[0], inputs.faces, profile, {}, places.cache, extras=extras)
        yield Sheet(layout.spec.file_name, pdf, record)
