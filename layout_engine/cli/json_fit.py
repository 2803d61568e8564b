"""Fit advice as values for programs (凑版建议的机器可读形式): an option is applied without reading its text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.diagnostics import Lang
from layout_engine.cli.report import Origin

if TYPE_CHECKING:  # `layout-engine schema` needs the declarations alone
    from layout_engine.fit.model import Option, Step, StoryFit


class WriteReport(msgspec.Struct, frozen=True):
    """One value to write into a YAML file; where a key on the path is missing, it is added."""

    file: str
    path: Annotated[str, Meta(description="keys and places in lists (from 0), with dots between: regions.4.rows")]
    old: str | int | None
    new: str | int


class StepReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to do. `kind` says which of the other fields there are; those of copy name the paragraph's place."""

    kind: Literal[
        "cut",
        "drop",
        "add",
        "join",
        "split",
        "picture",
        "border",
        "headline-rows",
        "headline-lines",
        "crosshead-rows",
    ]
    paragraph: Annotated[int, Meta(description="from 1, crossheads not counted")] | UnsetType = UNSET
    characters: (
        Annotated[int, Meta(description="cut: the least to take out; add: to put in; drop: so long is the sentence")]
        | UnsetType
    ) = UNSET
    most: Annotated[int, Meta(description="cut: the most to take out; add: to put in")] | UnsetType = UNSET
    sentence: Annotated[int, Meta(description="drop: which; split: after which")] | UnsetType = UNSET
    file: str | UnsetType = UNSET
    line: (
        Annotated[int, Meta(description="where it begins; join: the second paragraph; split: the new one")] | UnsetType
    ) = UNSET
    column: int | UnsetType = UNSET
    begins: Annotated[str, Meta(description="the first words there")] | UnsetType = UNSET
    region: Annotated[str, Meta(description="picture, border: the other region")] | UnsetType = UNSET
    rows: (
        Annotated[int, Meta(description="picture: rows more or fewer; border: rows that the story gets; else in all")]
        | UnsetType
    ) = UNSET
    part: Literal["kicker", "headline", "deck", "note"] | UnsetType = UNSET
    lines: int | UnsetType = UNSET
    writes: tuple[WriteReport, ...] | UnsetType = UNSET


class OptionReport(msgspec.Struct, frozen=True):
    """方案: steps to take together, and how the story then stands, having been set again."""

    message: str
    steps: tuple[StepReport, ...]
    saves: Annotated[int, Meta(description="lines that the story gets shorter, or longer below zero")]
    lines_over: int
    rows_under: int


class FitReport(msgspec.Struct, frozen=True):
    """凑版: a story that is over or under, and what would make it fit, the least trouble first."""

    story: str
    page: int
    lines_over: int
    characters_over: int
    rows_under: int
    characters_under: int
    options: tuple[OptionReport, ...]
    closest: Annotated[OptionReport | None, Meta(description="where there is no option: what came nearest")]


def fit_report(fit: "StoryFit", origin: Origin, lang: Lang) -> FitReport:
    """One story's advice, with texts in `lang`."""
    return FitReport(
        fit.story,
        fit.page,
        fit.lines_over,
        fit.characters_over,
        fit.rows_under,
        fit.characters_under,
        tuple(_option(one, origin, lang) for one in fit.options),
        _option(fit.closest, origin, lang) if fit.closest else None,
    )


def _option(option: "Option", origin: Origin, lang: Lang) -> OptionReport:
    from layout_engine.cli.fit_lines import option_line  # `layout-engine schema` does without

    return OptionReport(
        option_line(option, lang),
        tuple(_step(one, origin) for one in option.steps),
        option.saves,
        option.verdict.lines_over,
        option.verdict.rows_under,
    )


def _step(step: "Step", origin: Origin) -> StepReport:
    """The step's own fields by their names; places and writes as a program takes them."""
    fields = {name: getattr(step, name) for name in step.__struct_fields__}
    span = fields.pop("span", None)
    if span is not None:
        fields |= {"file": _path(span.file, origin), "line": span.line, "column": span.column}
    if "writes" in fields:
        fields["writes"] = tuple(
            WriteReport(_path(one.file, origin), ".".join(map(str, one.path)), one.old, one.new)
            for one in fields["writes"]
        )
    return StepReport(kind=step.__struct_config__.tag, **fields)  # type: ignore[arg-type]


def _path(file: str, origin: Origin) -> str:
    return Path(origin.path(file)).as_posix()
