"""The plates of a file and their ink, as one JSON document for programs (分色报告): `separations --json`."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from layout_engine.cli.json_finding import FindingReport

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"


class PlateReport(msgspec.Struct, frozen=True):
    """一块分色版: an ink, and its pictures."""

    name: Annotated[str, Meta(description="as in the file: Cyan, Magenta, Yellow, Black, or a spot ink")]
    mean_percent: Annotated[float, Meta(description="ink on the whole page")]
    blank: Annotated[bool, Meta(description="nothing is printed by it")]
    picture: Annotated[str, Meta(description="PNG, grey: black is solid ink")]
    tinted: Annotated[str, Meta(description="PNG in the colour of the ink")]


class SquareReport(msgspec.Struct, frozen=True):
    """A square of the page: its left upper corner, from the trim's."""

    x_mm: float
    y_mm: float
    side_mm: int
    percent: Annotated[float, Meta(description="all inks together")]
    plates: Annotated[dict[str, float], Meta(description="per cent, by plate: C, M, Y, K, or the spot ink's name")]


class InkReport(msgspec.Struct, frozen=True):
    """总墨量 (PR-48): means over any square millimetre, in per cent."""

    limit_percent: float
    tolerance_percent: float
    mean_percent: float
    worst: SquareReport
    over: Annotated[bool, Meta(description="whether some square has more than the limit and the tolerance")]
    over_mm2: Annotated[float, Meta(description="area of all squares over the limit, taken together")]
    places: Annotated[tuple[SquareReport, ...], Meta(description="the worst square of each place over the limit")]
    histogram: Annotated[
        tuple[float, ...], Meta(description="per cent of all squares that have 0 to 10 % of ink, 10 to 20 % …")
    ]
    heat_map: Annotated[str, Meta(description="PNG: the page under a scale of colours")]


class SeparatedPage(msgspec.Struct, frozen=True):
    """一页的分色."""

    page: int
    size_mm: Annotated[tuple[float, float], Meta(description="of the trim")]
    ppi: Annotated[float, Meta(description="of the pictures: a whole number of pixels to the millimetre")]
    plates: tuple[PlateReport, ...]
    ink: InkReport


class Separations(msgspec.Struct, frozen=True):
    """The whole document. A page that gives no plates is in the findings alone."""

    source: Annotated[str, Meta(description="the file or the issue, as it was named on the command line")]
    profile: Annotated[str, Meta(description="empty where the issue could not be built")]
    pages: tuple[SeparatedPage, ...]
    findings: tuple[FindingReport, ...]


def separations_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    _, definitions = msgspec.json.schema_components((Separations,), ref_template=_REF)
    return {"$schema": _DIALECT, "title": "separations", **definitions.pop("Separations"), "$defs": definitions}
