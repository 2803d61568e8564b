"""A late page against the one that it replaces, as a value for programs (换版的机器可读形式)."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

if TYPE_CHECKING:  # `layout-engine schema` needs the declarations alone
    from layout_engine.final.replacing import Replaced


class DifferenceReport(msgspec.Struct, frozen=True):
    """What the press is set by and a late page has otherwise: `media`, `inks`, `icc` and the like."""

    fact: str
    old: str
    new: str


class ReplacesReport(msgspec.Struct, frozen=True):
    """换版: a page against the one that it replaces. The plates are null where it cannot take its place."""

    old: str
    plates_changed: Annotated[tuple[str, ...] | None, Meta(description="to be made again: C, M, Y, K, names of spots")]
    plates_same: tuple[str, ...] | None
    differences: tuple[DifferenceReport, ...]
    doubt: Annotated[str, Meta(description="why all plates count as changed; empty where they were compared")]


def replaces_report(one: "Replaced") -> ReplacesReport:
    """What was compared, with its plates."""
    return ReplacesReport(
        one.old.as_posix(),
        one.plates_changed,
        one.plates_same,
        tuple(DifferenceReport(each.fact, each.old, each.new) for each in one.differences),
        one.doubt,
    )
