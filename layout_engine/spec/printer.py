"""For which printer is the issue made (印厂规格)? What the house says, and the file of a printer's own profile.

Three may speak, and the first that does is heard: a printer's file named on the command line, the house's `output:`,
and the printer's file that the house names. Printing condition and ICC profile are always taken from one of them
together.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, Final

from msgspec import UNSET, Struct

from layout_engine.base.advert_rules import AdvertRules
from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.picture_rules import PictureRules
from layout_engine.base.source import SourcedText, computed_at
from layout_engine.base.units import Length, format_mm, mm, pt
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec.files import IssueFolder, Within
from layout_engine.spec.grids import LARGEST_PAGE, SMALLEST_PAGE
from layout_engine.spec.model_printer import AdvertsSpec, OutputSpec, PictureLimits, PicturesSpec, PressSpec, Printer
from layout_engine.spec.model_values import Mark
from layout_engine.spec.resolved import Output, PrinterSays
from layout_engine.spec.styles import PROCESS_INKS
from layout_engine.spec.typed import convert_written

DEFAULT_NAME: Final = "{code}-{date:%Y%m%d}-{page:02}.pdf"  # PR-15
DEFAULT_INK: Final = 240.0  # PR-48
LEAST_MARGIN: Final = mm(10)  # PR-25
_FILE_ENDINGS: Final = (".yaml", ".yml")

# Lengths of a printer's file: where they stand, the field of PrinterSays, and what can be meant.
_LENGTHS: Final[tuple[tuple[tuple[str, str], str, int, int], ...]] = (
    (("limits", "rule"), "rule_least", 0, pt(6)),
    (("limits", "rule_mixed"), "rule_least_mixed", 0, pt(6)),
    (("limits", "type"), "type_least", 0, pt(24)),
    (("limits", "type_mixed"), "type_least_mixed", 0, pt(24)),
    (("boxes", "bleed"), "bleed", 0, mm(20)),
    (("boxes", "margin"), "margin", 0, mm(50)),
)
_RESOLUTIONS: Final = {
    "least": "picture_ppi_least",
    "wanted": "picture_ppi_wanted",
    "most": "picture_ppi_most",
    "line_art": "line_art_ppi_least",
}


class Said(Struct, frozen=True):
    """One of those who speak of the printer: what is written, and where in which file."""

    spec: PressSpec
    document: YamlDocument
    path: Path
    within: Within

    def span(self, *steps: str) -> Span:
        """Where a key of it stands, or all of it."""
        path = (*self.path, *steps)
        return self.document.span(path if self.document.has(path) else self.path)


def names_a_file(profile: str) -> bool:
    """Whether what is given as a profile is the file of a printer's own."""
    return profile.lower().endswith(_FILE_ENDINGS)


def resolve_output(
    house: OutputSpec, document: YamlDocument, asked: str | None, folder: IssueFolder, found: Findings
) -> Output:
    """The output of an issue of the house in `document`, with the profile or printer's file `asked` for, if one is."""
    of_house = Said(house, document, ("output",), "issues")
    said: list[Said] = [of_house]
    name, span = house.profile, of_house.span("profile")
    if names_a_file(name):
        name, own = _printer(folder.locate(name, document.file, span, "issues"), "issues", folder, found)
        said += own
    if asked is not None and names_a_file(asked):
        label = folder.locate_outside(asked)
        name, own = _printer(label, "beside", folder, found)
        said, span = [*own, *said], Span(label or asked)
    elif asked is not None:
        name, span = asked, Span(document.file)
    total_ink = _first(said, "total_ink", DEFAULT_INK)
    return Output(name, _says(said, folder, found), round(total_ink), _file_names(said, of_house), span)


def printer_alone(path: str, folder: IssueFolder, found: Findings) -> tuple[str, PrinterSays]:
    """The profile that the printer's file at `path` builds on, and what it says, with no house around it."""
    name, said = _printer(folder.locate_outside(path), "beside", folder, found)
    return name, _says(said, folder, found)


def _printer(label: str | None, within: Within, folder: IssueFolder, found: Findings) -> tuple[str, list[Said]]:
    """The profile that a printer's file builds on, and the file; what it builds on by default where it is faulty."""
    document = folder.read(label) if label else None
    written, _ = convert_written(document, (), document.value, Printer, found) if document else (None, ())
    if document is None or written is None:
        return Printer().builds_on, []
    return written.builds_on, [Said(written, document, (), within)]


def _says(said: Sequence[Said], folder: IssueFolder, found: Findings) -> PrinterSays:
    fields: dict[str, Any] = _condition(said, folder, found)
    for one in reversed(said):  # the first that speaks is heard, so it comes last
        if isinstance(one.spec, Printer):
            fields |= _numbers(one, one.spec, found)
        if one.spec.total_ink is not UNSET:
            fields["total_ink"] = round(one.spec.total_ink)
    margin = fields.setdefault("margin", LEAST_MARGIN if fields.get("marks") else 0)
    if fields.get("marks") and margin < LEAST_MARGIN:
        span = next(one.span("boxes", "margin") for one in said if _inner(one.spec, "boxes", "margin") is not UNSET)
        found.add("spec/margin", span, margin=format_mm(margin), least=format_mm(LEAST_MARGIN))
    return PrinterSays(**fields)


def _condition(said: Sequence[Said], folder: IssueFolder, found: Findings) -> dict[str, Any]:
    """ICC profile, printing condition, registry and words, of the first who names one of the two former."""
    for one in said:
        spec = one.spec
        if spec.icc is UNSET and spec.condition is UNSET:
            continue
        fields: dict[str, Any] = {
            key: value for key in ("condition", "registry", "info") if (value := getattr(spec, key)) is not UNSET
        }
        if isinstance(spec.icc, str):
            label = folder.locate(spec.icc, one.document.file, one.span("icc"), one.within)
            if label is not None:
                fields["icc"] = FilePath(folder.root) / label
        return {**fields, "said_at": one.span("icc" if isinstance(spec.icc, str) else "condition")}
    return {}


def _numbers(one: Said, spec: Printer, found: Findings) -> dict[str, Any]:
    """What only a printer's file says."""
    fields: dict[str, Any] = {}
    for key in ("title", "spots"):
        if getattr(spec, key) is not UNSET:
            fields[key] = getattr(spec, key)
    for spot in fields.get("spots", ()):
        if not spot.strip() or spot.strip().casefold() in PROCESS_INKS:
            found.add("spec/spot-name", one.span("spots"), name=spot)
    if spec.marks is not UNSET:
        fields["marks"] = _each_once(spec.marks)
    trims = _inner(spec, "boxes", "trims")
    if trims is not UNSET:
        span, limits = one.span("boxes", "trims"), (SMALLEST_PAGE, LARGEST_PAGE)
        sides = [[_su(side, span, "boxes.trims", limits, found) for side in trim] for trim in trims]
        fields["trims"] = tuple((width, height) for width, height in sides if width and height)
    for (group, key), field, least, most in _LENGTHS:
        length = _inner(spec, group, key)
        if isinstance(length, Length):
            su = _su(length, one.span(group, key), f"{group}.{key}", (least, most), found)
            if su is not None:
                fields[field] = su
    if isinstance(spec.pictures, PicturesSpec):
        keys = PictureRules.__struct_fields__
        rules = {key: value for key in keys if (value := getattr(spec.pictures, key)) is not UNSET}
        fields["pictures"] = PictureRules(**rules)
    if isinstance(spec.adverts, AdvertsSpec):
        chosen = {key: value for key in ("rgb", "spots") if (value := getattr(spec.adverts, key)) is not UNSET}
        fields["adverts"] = AdvertRules(**chosen)
    ppi = _inner(spec, "limits", "picture_ppi")
    if isinstance(ppi, PictureLimits):
        for key, field in _RESOLUTIONS.items():
            if getattr(ppi, key) is not UNSET:
                fields[field] = getattr(ppi, key)
        _told_in_order(ppi, one, found)
    return fields


def _told_in_order(ppi: PictureLimits, one: Said, found: Findings) -> None:
    """No picture may be sampled down to less than the press wants, nor be wanted with less than it must have."""
    written = [(key, value) for key in ("least", "wanted", "most") if isinstance(value := getattr(ppi, key), int)]
    for (low, less), (high, more) in pairwise(written):
        if less > more:
            span = one.span("limits", "picture_ppi", high)
            found.add("spec/ppi-order", span, low=low, less=less, high=high, more=more)


def _su(length: Length, span: Span, key: str, limits: tuple[int, int], found: Findings) -> int | None:
    if length.unit not in ("pt", "mm"):
        found.add("spec/unit-not-here", span, key=key, value=length.text)
        return None
    su = length.su()
    if not limits[0] <= su <= limits[1]:
        least, most = (f"{format_mm(one)}mm" for one in limits)
        found.add("spec/out-of-range", span, key=key, value=length.text, least=least, most=most, only_least="")
        return None
    return su


def _each_once(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(marks))


def _inner(spec: PressSpec, group: str, key: str) -> Any:
    """`group.key` of what is written, or UNSET where either is not there."""
    held = getattr(spec, group, UNSET)
    return UNSET if held is UNSET else getattr(held, key)


def _first(said: Sequence[Said], key: str, default: float) -> float:
    return next((value for one in said if (value := getattr(one.spec, key)) is not UNSET), default)


def _file_names(said: Sequence[Said], of_house: Said) -> SourcedText:
    """The pattern of the files' names with the place of its every character."""
    one = next((one for one in said if isinstance(one.spec.name, str)), None)
    return one.document.text((*one.path, "name")) if one else computed_at(DEFAULT_NAME, of_house.span())
