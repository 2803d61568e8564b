"""`layout-engine separations`: each plate as a picture, and where the ink lies too thick (分色预览、墨量热图).

layout-engine separations output/2024-05-21/xinjimo-20240521-01.pdf
layout-engine separations issues/2024-05-21 --page 1 --json
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Diagnostic, diagnose, has_errors
from layout_engine.base.recall import Recall
from layout_engine.cli import exit_codes
from layout_engine.cli.against import AgainstProfile, profile_for
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import finding
from layout_engine.cli.json_separations import InkReport, PlateReport, SeparatedPage, Separations, SquareReport
from layout_engine.cli.options import AsJson, FontsDir, OnlyPage, OutputDir, Shared, Told
from layout_engine.cli.outcome import exit_code
from layout_engine.cli.progress import progress
from layout_engine.cli.report import Origin, counted, from_here, show_findings
from layout_engine.pdf.files import write_atomically
from layout_engine.pdf.profile import Profile
from layout_engine.pipeline import build, find_printer
from layout_engine.places import Places, find_places
from layout_engine.plates.check import not_rendered, over_limit, parts
from layout_engine.plates.ghostscript import find_ghostscript
from layout_engine.plates.heat import heat_png
from layout_engine.plates.ink import TOLERANCE, InkMap, Square, measure_ink
from layout_engine.plates.model import PROCESS, Plate, Plates
from layout_engine.plates.pictures import grey_png, tinted_png
from layout_engine.plates.render import PPI, each_page, no_ghostscript

Target = Annotated[
    str, Told("一个 PDF，或一期的文件夹", "a PDF, or the folder of an issue", "FILE.pdf|ISSUE_DIR", positional=True)
]
Ppi = Annotated[
    Annotated[int, Meta(ge=50, le=600)],
    Told("分辨率（默认 100）", "resolution (100 by default)", "N", ("50 到 600", "from 50 to 600")),
]

_FOLDER: Final = "plates"
_LONGEST: Final = 60  # characters of a spot's name that go into a file's name


class Options(Shared, frozen=True, kw_only=True):
    """Which pages, how fine, and for which press."""

    target: Target
    page: OnlyPage = None
    ppi: Ppi = PPI
    profile: AgainstProfile = None
    out: OutputDir = None
    fonts: FontsDir = None
    json: AsJson = False


class _Sheet(msgspec.Struct, frozen=True):
    """A PDF to be separated: its first page is told as `counted_from`."""

    pdf: Path
    counted_from: int = 1


class _Job(msgspec.Struct, frozen=True):
    """All that is to be done; the files of an issue lie in a folder that goes away."""

    sheets: tuple[_Sheet, ...]
    profile: Profile
    out: Path
    origin: Origin
    found: tuple[Diagnostic, ...] = ()
    code: int = exit_codes.CLEAN


class _Stopped(msgspec.Struct, frozen=True):
    """Nothing can be separated, and why."""

    code: int
    origin: Origin
    found: tuple[Diagnostic, ...]


def run(options: Options, console: Console) -> int:
    """Separate, write the pictures, and say how much ink there is."""
    begin = perf_counter()
    if find_ghostscript() is None:
        show_findings((no_ghostscript(),), Origin("."), console, console.err)
        return exit_codes.MISUSED
    with ExitStack() as stack:
        stack.enter_context(progress(console))
        job = _from_issue(options, stack) if Path(options.target).is_dir() else _from_file(options)
        if isinstance(job, _Stopped):
            if options.json and job.code != exit_codes.MISUSED:
                _say_json(options, "", (), job, console)
            else:
                show_findings(job.found, job.origin, console, console.err)
            return job.code
        pages, found = _separated(job, options)
    if options.json:
        _say_json(options, job.profile.name, pages, msgspec.structs.replace(job, found=found), console)
    else:
        for page in pages:
            console.say(*_lines(page, console))
        show_findings(found, job.origin, console, console.err, least="warning")
        count = console.words(f"{len(pages)} 页", f"{len(pages)} page{'' if len(pages) == 1 else 's'}")
        time = console.words(f"{perf_counter() - begin:.2f} 秒", f"{perf_counter() - begin:.2f} s")
        console.note(console.words("，", ", ").join((job.profile.name, count, counted(found, console.lang), time)))
    return max(job.code, exit_codes.FINDINGS if has_errors(found) else exit_codes.CLEAN)


def _say_json(
    options: Options, profile: str, pages: tuple[SeparatedPage, ...], ended: _Job | _Stopped, console: Console
) -> None:
    findings = tuple(finding(one, ended.origin, console.lang) for one in ended.found)
    value = msgspec.to_builtins(Separations(options.target, profile, pages, findings))
    console.say(json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2))


def _from_file(options: Options) -> _Job | _Stopped:
    """A finished PDF, ours or not."""
    path, origin = Path(options.target), Origin(".")
    if not path.is_file():
        return _Stopped(exit_codes.MISUSED, origin, (diagnose("cli/no-such-file", None, path=options.target[:200]),))
    profile = profile_for(options.profile, path)
    if profile.value is None or has_errors(profile.diagnostics):
        return _Stopped(exit_codes.MISUSED, origin, profile.diagnostics)
    out = Path(options.out) if options.out else path.parent / _FOLDER
    return _Job((_Sheet(path),), profile.value, out, origin)


def _from_issue(options: Options, stack: ExitStack) -> _Job | _Stopped:
    """An issue, built for its press into a folder that goes away."""
    issue_dir = Path(options.target)
    places = find_places(issue_dir, fonts=Path(options.fonts) if options.fonts else None)
    origin = Origin(options.target, places.fonts)
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="layout-engine-")))
    aside = Places(places.fonts, folder, False, places.cache)
    built = build(issue_dir, aside, profile=options.profile, only=options.page)
    code = exit_code(built)
    printer = find_printer(built.spec, Recall()).value if built.spec else None
    if built.spec is None or printer is None or not any(page.pdf for page in built.pages):
        return _Stopped(code or exit_codes.FINDINGS, origin, built.diagnostics)
    out = Path(options.out) if options.out else places.output_of(built.spec.issue.date) / _FOLDER
    sheets = tuple(_Sheet(page.pdf, page.number) for page in built.pages if page.pdf)
    return _Job(sheets, printer, out, origin, built.diagnostics, code)


def _separated(job: _Job, options: Options) -> tuple[tuple[SeparatedPage, ...], tuple[Diagnostic, ...]]:
    """Every page's pictures written, and its report; a page is dropped before the next is rendered."""
    pages: list[SeparatedPage] = []
    found = [*job.found]
    for sheet in job.sheets:
        seen = False
        for page, outcome in each_page(sheet.pdf, options.ppi, job.profile.icc, options.page, sheet.counted_from):
            seen = True
            found += [one.diagnostic for one in not_rendered(page, outcome.diagnostics)]
            plates = outcome.value
            if plates is not None:
                ink = measure_ink(plates, job.profile.total_ink)
                found += [one.diagnostic for one in over_limit(page, ink)]
                pages.append(_written(plates, ink, job.out / _stem(sheet.pdf, plates)))
        if not seen:
            found.append(diagnose("plates/no-page", None, page=options.page))
    return tuple(pages), tuple(found)


def _written(plates: Plates, ink: InkMap, stem: Path) -> SeparatedPage:
    """Write the pictures of one page beside one another, and say where they are."""
    means = dict(ink.means)
    reports = []
    for plate, label in zip(plates.plates, _labels(plates.plates), strict=True):
        grey, tinted = (stem.with_name(f"{stem.name}-{label}{end}.png") for end in ("", "-tint"))
        write_atomically(grey, grey_png(plates, plate))
        write_atomically(tinted, tinted_png(plates, plate))
        mean = means[plate.short]
        reports.append(PlateReport(plate.name, mean, plate.is_blank, from_here(grey), from_here(tinted)))
    heat = stem.with_name(f"{stem.name}-heat.png")
    write_atomically(heat, heat_png(plates, ink))
    width, height = plates.size_mm
    return SeparatedPage(
        plates.page, (round(width, 2), round(height, 2)), plates.ppi, tuple(reports), _ink_report(ink, from_here(heat))
    )


def _ink_report(ink: InkMap, heat: str) -> InkReport:
    return InkReport(
        limit_percent=ink.limit,
        tolerance_percent=TOLERANCE,
        mean_percent=ink.mean,
        worst=_square(ink.worst),
        over=ink.is_over,
        over_mm2=round(ink.over_mm2, 2),
        places=tuple(_square(one) for one in ink.patches),
        histogram=ink.histogram,
        heat_map=heat,
    )


def _square(square: Square) -> SquareReport:
    return SquareReport(square.x_mm, square.y_mm, square.side_mm, square.percent, dict(square.parts))


def _stem(pdf: Path, plates: Plates) -> str:
    """What the names of a page's pictures begin with."""
    return pdf.stem if plates.pages == 1 else f"{pdf.stem}-p{plates.page:0{len(str(plates.pages))}}"


def _labels(plates: tuple[Plate, ...]) -> Iterator[str]:
    """C, M, Y, K, and what of a spot ink's name any disk takes; two that read alike are told apart by number."""
    taken: set[str] = set()
    for plate in plates:
        if plate.name in PROCESS:
            yield plate.short
            continue
        base = "spot-" + "".join(char if char.isalnum() else "_" for char in plate.name)[:_LONGEST]
        label, number = base, 1
        while label.casefold() in taken:
            number += 1
            label = f"{base}-{number}"
        taken.add(label.casefold())
        yield label


def _lines(page: SeparatedPage, console: Console) -> Iterator[str]:
    """A page as people read it: ink by plate, the worst square, and the files."""
    width, height = page.size_mm
    yield console.words(
        f"第 {page.page} 页  {width:g} × {height:g} 毫米，{page.ppi:g} ppi",
        f"page {page.page}  {width:g} × {height:g} mm, {page.ppi:g} ppi",
    )
    for plate in page.plates:
        mean = console.words("空版", "blank") if plate.blank else f"{plate.mean_percent:.1f}%"
        yield f"  {mean:>6}  {plate.name}  {plate.picture}"
    ink, worst = page.ink, page.ink.worst
    told = parts(Square(worst.x_mm, worst.y_mm, worst.side_mm, worst.percent, tuple(worst.plates.items())))
    yield console.words(
        f"  总墨量：平均 {ink.mean_percent:.1f}%，最高 {worst.percent:.1f}%（{told}），限 {ink.limit_percent:g}%；"
        f"最高处距左 {worst.x_mm:.1f}、距上 {worst.y_mm:.1f} 毫米",
        f"  total ink: {ink.mean_percent:.1f}% on average, {worst.percent:.1f}% at most ({told}), "
        f"of {ink.limit_percent:g}%; at {worst.x_mm:.1f} mm from the left, {worst.y_mm:.1f} mm from the top",
    )
    yield f"  {console.words('热图', 'heat map')}  {ink.heat_map}"
