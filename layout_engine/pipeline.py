"""The way of an issue to the press, stage by stage (流程). Read this first.

| # | stage | function | what comes out |
|---|---|---|---|
| 1 | read the spec 读版样 | `read_issue` | `IssueSpec` |
| 2 | read the copy 读稿 | `read_copy`, `read_art` | `Copy`, `Outline` |
| 3 | open the faces 开字体 | `open_faces` | `Faces` |
| 4 | shape 字形整形 | `shape_part`, as each region asks | `ShapedParagraph` |
| 5 | flow 走文 | `lay_out_page` | `PageLayout` |
| 6 | draw 成像 | `draw`, `balance` | `Scene`, `Ledger` |
| 7 | write 输出 | `write_page` | a PDF a page |
| 8 | read back 回读 | `check_round_trip`, for proofs and where asked | diagnostics |
| 9 | judge 付印 | `judge`, `release` (final/judging.py), for finals | a page under its name, or held beside it |

Each stage is a function of what stands before it. What is wrong with the input stops the way at the gate after
stage 3 (gate.py), all of it told at once. What does not fit the page is told, and the page is made all the same, so
that people can see it. A ledger that does not balance stops everything: that is a fault of the engine.

Pages go through stages 4 to 7 one at a time, so that memory does not grow with their number.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from layout_engine.ad_desk import PrintedAdvert, fetch_adverts, judge_adverts, judge_forms, printed_adverts
from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors, in_order
from layout_engine.base.marks import Picture
from layout_engine.base.picture_rules import PPI_LEAST, PPI_WANTED
from layout_engine.base.recall import Recall, on_disk
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.checks.ink import check_ink
from layout_engine.closing import ClosedLedger, close_ledger, told_once
from layout_engine.faces.fallback import Faces
from layout_engine.gate import Inputs, read_inputs
from layout_engine.page.lay_out import Materials, lay_out_page, place_pictures
from layout_engine.page.model import Fullness, PageLayout
from layout_engine.page.pictures import check_resolution
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import RegionKind
from layout_engine.page.spacing import PageSpacing, page_spacing
from layout_engine.parallel import LEAST_PAGES, print_pages
from layout_engine.pdf.files import write_atomically
from layout_engine.pdf.marks import room_of_marks
from layout_engine.pdf.profile import Profile, find_profile
from layout_engine.pdf.proof_extras import ProofExtras
from layout_engine.pdf.write import write_page
from layout_engine.places import Places
from layout_engine.press import PicturesInWork, PrintedPicture
from layout_engine.scene.draw import draw
from layout_engine.scene.items import Imprint, Scene
from layout_engine.scene.ledger import Ledger, LedgerEntry, balance
from layout_engine.spec.resolved import IssueSpec, PageSpec

if TYPE_CHECKING:  # of a final, which an ordinary build does not pay for
    from layout_engine.final.judging import Judge
    from layout_engine.final.replacing import Replaced

_MISSING_CHARACTER = "face/missing-character"


class ComposedPage(msgspec.Struct, frozen=True):
    """Stages 4 to 6 for one page: its layout, its scene, its part of the ledger, and what was found."""

    layout: PageLayout
    scene: Scene
    entries: tuple[LedgerEntry, ...]
    balanced: bool
    diagnostics: tuple[Diagnostic, ...]


class BuiltPage(msgspec.Struct, frozen=True):
    """What became of a page: its PDF as a path and the SHA-256 of its bytes, both None where it was not written.

    A final that did not pass lies at `rejected`; `replaced` says what a late page changes.
    """

    number: int
    name: str
    pdf: Path | None
    sha256: str | None
    width: int  # trim, su
    height: int
    fullness: tuple[Fullness, ...]
    spacing: PageSpacing | None = None
    pictures: tuple[PrintedPicture, ...] = ()
    adverts: tuple[PrintedAdvert, ...] = ()
    rejected: Path | None = None
    replaced: "Replaced | None" = None


class PrintedPage(msgspec.Struct, frozen=True):
    """What is kept of a page once it is printed: little, so that an issue may have many."""

    page: BuiltPage
    entries: tuple[LedgerEntry, ...]
    balanced: bool
    diagnostics: tuple[Diagnostic, ...]


ExtrasMaker: TypeAlias = Callable[
    [Inputs, tuple[Diagnostic, ...], ComposedPage, tuple[Diagnostic, ...], int], ProofExtras
]
"""What a proof carries: from the inputs and what was found at the gate, a composed page and what was found on it, and
the paper that the printer's marks take around it."""


class Build(msgspec.Struct, frozen=True):
    """What became of an issue. `unreadable`: there is no spec to speak of; `unbalanced`: the engine is at fault.

    `inputs` are the files that it was made from, as seen from the issue's folder, each with the SHA-256 of its bytes.
    """

    spec: IssueSpec | None
    pages: tuple[BuiltPage, ...]
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    timings_ms: dict[str, float]
    unreadable: bool = False
    unbalanced: bool = False
    inputs: dict[str, str] = {}  # msgspec gives each its own

    @property
    def clean(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.diagnostics)


def build(
    issue_dir: Path,
    places: Places,
    *,
    profile: str | None = None,
    only: int | None = None,
    verify: bool = False,
    final: bool = False,
    replaces: Path | None = None,
    kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
    recall: Recall | None = None,
    extras: ExtrasMaker | None = None,
    versions: Mapping[int, int] | None = None,
) -> Build:
    """The whole way: the issue's pages, or `only` one of them, as PDFs of `profile` (the house's own if None).

    A profile is a name, or the file of a printer's own.

    Nothing is written while an input is wrong, and never half of a file. With `verify` each page is read back by
    another library before it is written, and written only if it says what was put on it. A process that builds
    again and again passes the same `recall` each time. With `extras` pages are proofs: they are made although pictures
    are missing, and carry what it gives for each.

    A `final` is what the printer gets: each page is read back and held against the rules for print, and one with an
    error is not put under its name. One that `replaces` an earlier PDF must be like it in all that the press is set by.
    `versions` says of pages by their numbers which version they are (1 where it does not).
    """
    watch = Stopwatch()
    memory = recall or Recall()
    reading = read_inputs(issue_dir, places.fonts, watch, kinds, memory, profile, showing=extras is not None)
    inputs = reading.inputs
    if inputs is None:
        return _ended(None, reading.diagnostics, watch, unreadable=reading.unreadable)
    found = [*reading.diagnostics]
    with watch.stage("profile"):
        printer = find_printer(inputs.spec, memory)
        found += printer.diagnostics
    if printer.value is None or has_errors(printer.diagnostics):
        return _ended(inputs.spec, tuple(found), watch)
    judge = None
    if final or replaces is not None:
        from layout_engine.final.judging import begin_final  # noqa: PLC0415  # an ordinary build does not pay for it

        names = {page.number: page.file_name for page in inputs.spec.pages}
        begun = begin_final(printer.value, inputs.spec.output.span, replaces, names, only)
        found += begun.diagnostics
        if begun.value is None:
            return _ended(inputs.spec, tuple(found), watch)
        judge, only = begun.value.judge, begun.value.only
    wanted = [page for page in inputs.spec.pages if only is None or page.number == only]
    if not wanted:
        found.append(diagnose("build/no-such-page", None, page=only, known=_numbers(inputs.spec)))
    desk = _Desk(
        inputs,
        issue_dir,
        places,
        printer.value,
        kinds,
        memory,
        builds_once=recall is None,
        few_pages=len(wanted) < LEAST_PAGES,
        verify=verify and judge is None,  # a final is read back anyhow
        judge=judge,
        extras=partial(extras, inputs, reading.diagnostics) if extras else None,
        versions=versions or {},
    )
    printed = print_pages(partial(_print_page, desk), wanted, watch, alone=recall is not None)
    by_number = sorted(printed, key=lambda one: one.page.number)  # an issue may list its pages otherwise
    closed = close_ledger(inputs, [entry for one in by_number for entry in one.entries], all_pages=only is None)
    found += told_once([*(one.diagnostics for one in printed), closed.diagnostics])
    if judge is None:
        pages = [_withdrawn(one.page) if closed.tears(one.entries) else one.page for one in printed]
    else:
        pages, held = _released(printed, closed, inputs.spec, places)
        found += held
    return Build(
        inputs.spec,
        tuple(pages),
        closed.ledger,
        in_order(tuple(found)),
        watch.timings_ms,
        unbalanced=bool(closed.torn) or not all(one.balanced for one in printed),
        inputs=input_hashes(inputs),
    )


def input_hashes(inputs: Inputs) -> dict[str, str]:
    """Every file that the issue was read from, with the SHA-256 of its bytes, in the order of their names."""
    outlines = {file: outline.sha256 for file, outline in inputs.arts.items()}
    adverts = {one.file: one.sha256 for one in inputs.adverts.values()}
    return dict(sorted({**inputs.spec.hashes, **inputs.copy.hashes, **outlines, **adverts}.items()))


def compose_page(
    inputs: Inputs,
    page: PageSpec,
    watch: Stopwatch,
    kinds: Sequence[RegionKind] = BUILT_IN_KINDS,
    recall: Recall | None = None,
) -> ComposedPage:
    """One page laid out and drawn, and its copy accounted for."""
    with watch.stage("layout"):
        laid_out = lay_out_page(page, _materials(inputs), kinds, recall)
    layout = laid_out.value
    if layout is None:
        raise AssertionError("a page that passed the gate can be laid out")
    issue = inputs.spec.issue
    with watch.stage("scene"):
        scene = draw([layout], Imprint(inputs.spec.house.paper, issue.date, issue.number))
    with watch.stage("ledger"):
        balanced = balance(scene, [layout])
    says = inputs.spec.output.says
    wanted, least = says.picture_ppi_wanted or PPI_WANTED, says.picture_ppi_least or PPI_LEAST
    return ComposedPage(
        layout,
        scene,
        balanced.ledger.entries,
        not balanced.diagnostics,
        (*laid_out.diagnostics, *check_resolution(_pictures(scene), wanted, least), *balanced.diagnostics),
    )


def _pictures(scene: Scene) -> list[Picture]:
    regions = (region for page in scene.pages for region in page.regions)
    return [item for region in regions for item in region.items if isinstance(item, Picture)]


def check_printing(composed: ComposedPage, faces: Faces, profile: Profile) -> tuple[Diagnostic, ...]:
    """Whether the press can hold what is drawn."""
    return check_ink(composed.scene, composed.scene.pages[0], faces, profile, spans_of(composed))


def spans_of(composed: ComposedPage) -> dict[str, Span]:
    """Where the spec asks for each region."""
    return {one.id: one.span for one in composed.layout.spec.regions}


def _materials(inputs: Inputs) -> Materials:
    return Materials(
        inputs.copy, inputs.arts, inputs.pixels, inputs.faces, inputs.spec.house.names, adverts=inputs.adverts
    )


class _Desk(msgspec.Struct, frozen=True):
    """What every page of a build is printed with."""

    inputs: Inputs
    issue_dir: Path
    places: Places
    profile: Profile
    kinds: Sequence[RegionKind]
    recall: Recall
    builds_once: bool
    few_pages: bool  # printed in this process alone, so that there are cores to spare
    verify: bool
    judge: "Judge | None" = None  # of a final
    extras: Callable[[ComposedPage, tuple[Diagnostic, ...], int], ProofExtras] | None = None
    versions: Mapping[int, int] = {}  # msgspec gives each its own


def _print_page(desk: _Desk, page: PageSpec, watch: Stopwatch) -> PrintedPage:
    """The page written as a PDF, unless it may not be.

    It may not where the ledger is out, a picture or an advertisement cannot be prepared, and, for a file that claims
    conformance, a character has no face or an advertisement holds what the press may not have.
    """
    pictures = PicturesInWork(
        desk.issue_dir, desk.profile, desk.places.cache, desk.recall, apart=desk.builds_once and desk.few_pages
    )
    with watch.stage("layout"):
        pictures.begin(place_pictures(page, _materials(desk.inputs), desk.kinds, desk.recall))
    composed = compose_page(desk.inputs, page, watch, desk.kinds, desk.recall)
    scene_page = composed.scene.pages[0]
    pictures.begin(_pictures(composed.scene))
    fullness = tuple(one for region in composed.layout.regions for one in region.fullness)
    spacing = page_spacing(composed.layout)
    built = BuiltPage(page.number, page.name, None, None, page.trim.width, page.trim.height, fullness, spacing)
    with watch.stage("ink"):
        of_adverts = judge_adverts(scene_page, desk.inputs.adverts, desk.profile)
        found = (*composed.diagnostics, *check_printing(composed, desk.inputs.faces, desk.profile), *of_adverts)
    unfit = any(one.code == _MISSING_CHARACTER for one in found) or has_errors(of_adverts)
    if composed.balanced and not (unfit and desk.profile.conformance is not None):
        with watch.stage("write"):
            forms, of_adverts = fetch_adverts(
                scene_page, desk.inputs.adverts, desk.issue_dir, desk.profile, desk.places.cache, desk.recall
            )
            judged_ads = judge_forms(scene_page, desk.inputs.adverts, forms, desk.profile)
            found = (*found, *judged_ads)
            extras = None
            if desk.extras is not None:  # a proof shows what was found, that of its pictures too
                taken = room_of_marks(scene_page, desk.profile)
                extras = desk.extras(composed, (*found, *of_adverts, *pictures.close()), taken)
            data = write_page(
                _of_version(composed.scene, desk.versions.get(page.number)),
                scene_page,
                desk.inputs.faces,
                desk.profile,
                pictures,
                desk.places.cache,
                forms,
                extras,
            )
        of_file = (*of_adverts, *pictures.close())
        if desk.verify:
            from layout_engine.checks.readback import check_round_trip  # noqa: PLC0415  # a second PDF library

            with watch.stage("read back"):
                of_file += check_round_trip(data, composed.scene, scene_page)
        unfit = has_errors(judged_ads) and desk.profile.conformance is not None
        may_lie = desk.extras is not None or not (has_errors(of_file) or unfit)
        path = desk.places.output_of(desk.inputs.spec.issue.date) / page.file_name
        if desk.judge is not None:
            with watch.stage("preflight"):
                judged = desk.judge(data, composed.scene, scene_page, spans_of(composed))
            of_file += judged.diagnostics
            path, may_lie = judged.waits_at(path), may_lie and not judged.refused
            built = msgspec.structs.replace(built, replaced=judged.replaced)
        found = (*found, *of_file)
        if may_lie:
            with watch.stage("save"):
                write_atomically(path, data)
            digest = sha256(data).hexdigest()
            built = msgspec.structs.replace(
                built,
                pdf=path,
                sha256=digest,
                pictures=pictures.printed(),
                adverts=printed_adverts(scene_page, desk.inputs.adverts, forms),
            )
    if desk.builds_once:
        desk.recall.forget_unused()  # memory must not grow with the number of pages
    return PrintedPage(built, composed.entries, composed.balanced, found)


def _of_version(scene: Scene, version: int | None) -> Scene:
    """The scene saying which version of the page it is."""
    if version is None:
        return scene
    return msgspec.structs.replace(scene, imprint=msgspec.structs.replace(scene.imprint, version=version))


def _withdrawn(page: BuiltPage) -> BuiltPage:
    """The page without its file, which is taken away: what it holds does not go on where another page says."""
    if page.pdf is not None:
        page.pdf.unlink(missing_ok=True)
    return _unwritten(page)


def _unwritten(page: BuiltPage) -> BuiltPage:
    return msgspec.structs.replace(page, pdf=None, sha256=None, pictures=(), adverts=())


def _released(
    printed: Sequence[PrintedPage], closed: ClosedLedger, spec: IssueSpec, places: Places
) -> tuple[list[BuiltPage], list[Diagnostic]]:
    """Each page put under its final name, or held for an error: its own, or one of the whole issue that may be its."""
    from layout_engine.final.judging import errors_of, release  # noqa: PLC0415  # as above

    names = {page.number: places.output_of(spec.issue.date) / page.file_name for page in spec.pages}
    sources = {one.source for page in printed for one in page.entries}
    of_issue = errors_of(closed.diagnostics)
    pages, held = [], []
    for one in printed:
        own, torn = {entry.source for entry in one.entries}, closed.tears(one.entries)
        shared = [e for e in of_issue if torn or e.span is None or e.span.file in own or e.span.file not in sources]
        page = one.page
        verdict = release(page.number, page.pdf, (*errors_of(one.diagnostics), *shared), names[page.number])
        if verdict.finding is None:
            pages.append(msgspec.structs.replace(page, pdf=verdict.released))
        else:
            held.append(verdict.finding)
            pages.append(msgspec.structs.replace(_unwritten(page), rejected=verdict.rejected))
    return pages, held


def find_printer(spec: IssueSpec, recall: Recall) -> Outcome[Profile]:
    """The profile that the issue is made for."""
    output = spec.output
    arguments = (output.profile, output.says, output.span)
    made_from = (arguments, on_disk(output.says.icc) if output.says.icc else None)
    return recall.get("profile", made_from, partial(find_profile, *arguments))


def _ended(
    spec: IssueSpec | None, found: tuple[Diagnostic, ...], watch: Stopwatch, *, unreadable: bool = False
) -> Build:
    return Build(spec, (), Ledger(()), in_order(found), watch.timings_ms, unreadable=unreadable)


def _numbers(spec: IssueSpec) -> str:
    return ", ".join(str(page.number) for page in spec.pages)
