"""What became of an issue, as one JSON document for programs (机器可读的报告): `--json`.

The Structs are the declaration: `layout-engine schema report` publishes their JSON Schema.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.diagnostics import Lang
from layout_engine.base.units import SU_PER_PT
from layout_engine.cli.console import Console
from layout_engine.cli.json_finding import FindingReport, finding
from layout_engine.cli.json_fit import FitReport, fit_report
from layout_engine.cli.json_replaces import ReplacesReport, replaces_report
from layout_engine.cli.report import Origin
from layout_engine.scene.ledger import StoryTotal
from layout_engine.spec.resolved import IssueSpec

if TYPE_CHECKING:  # `layout-engine schema` needs the declarations and not the whole pipeline
    from layout_engine.ad_desk import PrintedAdvert
    from layout_engine.fit.model import StoryFit
    from layout_engine.page.spacing import PageSpacing, SpacedLine
    from layout_engine.pipeline import Build, BuiltPage
    from layout_engine.press import PrintedPicture

_MM_PER_SU = 25.4 / 72 / SU_PER_PT
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"


class IssueReport(msgspec.Struct, frozen=True):
    """一期: which issue this is."""

    folder: Annotated[str, Meta(description="as it was named on the command line")]
    paper: str
    date: str
    number: int


class OversetReport(msgspec.Struct, frozen=True):
    """溢文: what of a story finds no place."""

    story: str
    lines: int
    characters: int


class UndersetReport(msgspec.Struct, frozen=True):
    """缺文: what of a story's space stays empty; `characters` would fill it."""

    story: str
    rows: int
    characters: int


class SpacedLineReport(msgspec.Struct, frozen=True):
    """A line of a story: `line` counts its body lines on the page; what was added to each joint, below 0 if taken."""

    story: str
    line: int
    text: str
    place: str
    percent_of_em: float


class SpacingReport(msgspec.Struct, frozen=True):
    """字空 (TY-53): how evenly the filled body lines of a page are spaced, and the two extremes."""

    lines: int
    mean_percent_of_em: float
    above_an_eighth: int
    above_a_quarter: int
    loosest: SpacedLineReport | None
    tightest: SpacedLineReport | None


class PictureReport(msgspec.Struct, frozen=True):
    """图片制版 (PR-84): how a picture came into the inks of the press. `intent` is null where its numbers were kept."""

    file: str
    pixels: Annotated[tuple[int, int], Meta(description="width and height in the page's file")]
    ppi: Annotated[int, Meta(description="pixels to the inch in print")]
    plates: Annotated[str, Meta(description="CMYK, or K for grey and line art")]
    bits: Annotated[int, Meta(description="to a value: 1 for line art")]
    read_as: Annotated[str, Meta(description="the profile that its numbers were read by, or what they were taken for")]
    intent: str | None
    ink_before_percent: Annotated[int | None, Meta(description="the most on one spot; null for what was not CMYK")]
    ink_percent: Annotated[int, Meta(description="the most on one spot as it prints")]


class ChangeReport(msgspec.Struct, frozen=True):
    """What of an advertisement's colours was converted to the inks of the press."""

    kind: Annotated[str, Meta(description="colour (fills and strokes), picture, shading, group")]
    count: int


class AdvertReport(msgspec.Struct, frozen=True):
    """广告来件: a page of a PDF as it was placed."""

    file: str
    page: Annotated[int, Meta(description="of the file, from 1")]
    box: Annotated[str, Meta(description="which of its boxes was taken: trim, crop, bleed, media, art")]
    sha256: Annotated[str, Meta(description="of the file")]
    size_mm: Annotated[tuple[float, float], Meta(description="width and height in print")]
    scale_percent: float
    changes: Annotated[tuple[ChangeReport, ...], Meta(description="empty where its colours are printed as they came")]


class PageReport(msgspec.Struct, frozen=True):
    """一块版: its file, null where none was written."""

    page: int
    name: str
    pdf: str | None
    sha256: str | None
    size_mm: Annotated[tuple[float, float], Meta(description="trimmed width and height")]
    overset: tuple[OversetReport, ...]
    underset: tuple[UndersetReport, ...]
    spacing: SpacingReport | None
    pictures: tuple[PictureReport, ...]
    adverts: tuple[AdvertReport, ...]
    rejected: (
        Annotated[str, Meta(description="only of a final: the page that may not go out, to be looked at")] | UnsetType
    ) = UNSET


class Report(msgspec.Struct, frozen=True):
    """The whole document. `issue` is null where not even the spec could be read."""

    issue: IssueReport | None
    pages: tuple[PageReport, ...]
    ledger: Annotated[
        dict[str, StoryTotal], Meta(description="characters of each story, of photos/NAME and of page-N/REGION")
    ]
    diagnostics: tuple[FindingReport, ...]
    timings_ms: Annotated[dict[str, float], Meta(description="by stage, in the order of work")]
    replaces: Annotated[ReplacesReport, Meta(description="only of a late page that was compared")] | UnsetType = UNSET
    fit: (
        Annotated[tuple[FitReport, ...], Meta(description="only where asked for: by `fit`, and by `check --fit`")]
        | UnsetType
    ) = UNSET


def json_report(built: "Build", origin: Origin, console: Console, fits: "Sequence[StoryFit] | None" = None) -> str:
    """The document as text; plain ASCII where the output is not UTF-8."""
    value = msgspec.to_builtins(report(built, origin, console.lang, fits))
    return json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2)


def report(built: "Build", origin: Origin, lang: Lang, fits: "Sequence[StoryFit] | None" = None) -> Report:
    """The document of `built`, its messages in `lang`; with fit advice if there is any to tell of."""
    return Report(
        issue=None if built.spec is None else _issue(built.spec, origin),
        pages=tuple(_page(page, origin) for page in built.pages),
        ledger=built.ledger.by_story(),
        diagnostics=tuple(finding(one, origin, lang) for one in built.diagnostics),
        timings_ms={stage: round(time, 3) for stage, time in built.timings_ms.items()},
        replaces=next((replaces_report(one) for page in built.pages if (one := page.replaced)), UNSET),
        fit=UNSET if fits is None else tuple(fit_report(one, origin, lang) for one in fits),
    )


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    _, definitions = msgspec.json.schema_components((Report,), ref_template=_REF)
    return {"$schema": _DIALECT, "title": "report", **definitions.pop("Report"), "$defs": definitions}


def _issue(spec: IssueSpec, origin: Origin) -> IssueReport:
    return IssueReport(origin.issue_dir, spec.house.paper, spec.issue.date, spec.issue.number)


def _page(page: "BuiltPage", origin: Origin) -> PageReport:
    return PageReport(
        page=page.number,
        name=page.name,
        pdf=page.pdf.as_posix() if page.pdf else None,
        sha256=page.sha256,
        size_mm=(round(page.width * _MM_PER_SU, 2), round(page.height * _MM_PER_SU, 2)),
        overset=tuple(
            OversetReport(one.story, one.lines_over, one.characters_over) for one in page.fullness if one.lines_over
        ),
        underset=tuple(
            UndersetReport(one.story, one.rows_under, one.characters_under) for one in page.fullness if one.rows_under
        ),
        spacing=_spacing(page.spacing, origin) if page.spacing else None,
        pictures=tuple(_picture(one) for one in page.pictures),
        adverts=tuple(_advert(one) for one in page.adverts),
        rejected=page.rejected.as_posix() if page.rejected else UNSET,
    )


def _advert(advert: "PrintedAdvert") -> AdvertReport:
    return AdvertReport(
        file=advert.file,
        page=advert.page,
        box=advert.box,
        sha256=advert.sha256,
        size_mm=(round(advert.size[0] * _MM_PER_SU, 2), round(advert.size[1] * _MM_PER_SU, 2)),
        scale_percent=round(100 * advert.size[0] / advert.natural[0], 2),
        changes=tuple(ChangeReport(kind, count) for kind, count in advert.changes),
    )


def _picture(picture: "PrintedPicture") -> PictureReport:
    return PictureReport(
        picture.file,
        picture.pixels,
        picture.ppi,
        picture.plates,
        picture.bits,
        picture.read_as,
        picture.intent,
        picture.ink_before,
        picture.ink,
    )


def _spacing(spacing: "PageSpacing", origin: Origin) -> SpacingReport:
    return SpacingReport(
        spacing.lines,
        spacing.mean_permille / 10,
        spacing.above_eighth,
        spacing.above_quarter,
        _spaced(spacing.loosest, origin),
        _spaced(spacing.tightest, origin),
    )


def _spaced(line: "SpacedLine | None", origin: Origin) -> SpacedLineReport | None:
    if line is None:
        return None
    return SpacedLineReport(line.story, line.number, line.text, origin.place(line.span), line.permille / 10)
