"""Which regions lie on one another without leave (区域相压): overlap is an error unless one says `over:`."""

from collections.abc import Mapping

from layout_engine.base.diagnostics import Findings
from layout_engine.base.units import format_mm
from layout_engine.spec.model_regions import AdRegion, RegionSpec, RuleRegion
from layout_engine.spec.places import Place, Written, hangs_on


def check_overlaps(written: list[Written], places: Mapping[str, Place], found: Findings) -> None:
    """Report each pair of regions that share more than an edge, at the one written later."""
    placed = [one for one in written if one.spec.id in places]
    specs = {one.spec.id: one.spec for one in placed}
    for one in placed:
        _compare_frames(one, places[one.spec.id], found)
    for at, later in enumerate(placed):
        for earlier in placed[:at]:
            if not _may_touch(later.spec, earlier.spec, specs):
                _compare(later, earlier, places, found)
            elif isinstance(later.spec, AdRegion) and isinstance(earlier.spec, AdRegion):
                _compare_ads(later, earlier, places, found)


def _compare_frames(one: Written, place: Place, found: Findings) -> None:
    """The frames of one chain may not cover each other either."""
    for at, frame in enumerate(place.parts):
        for before, other in enumerate(place.parts[:at]):
            if frame.overlaps(other):
                span = one.span("chain", at)
                found.add("spec/frames-overlap", span, id=one.spec.id, frame=at + 1, other=before + 1)


def _compare_ads(later: Written, earlier: Written, places: Mapping[str, Place], found: Findings) -> None:
    """No advertisement lies on another, whatever `over` says (PR-90)."""
    if places[later.spec.id].rect.overlaps(places[earlier.spec.id].rect):
        span = later.span("id")
        found.add("ad/over-another", span, related=(earlier.span(),), region=later.spec.id, other=earlier.spec.id)


def over_of(spec: RegionSpec, specs: Mapping[str, RegionSpec]) -> tuple[str, ...]:
    """The regions that this one may cover: those it names, and those inside whose text it stands, one in another."""
    named = (spec.over,) if isinstance(spec.over, str) else spec.over if isinstance(spec.over, tuple) else ()
    hosts: dict[str, None] = {}
    host: object = spec.inside
    while isinstance(host, str) and host not in hosts:
        hosts[host] = None
        host = specs[host].inside if host in specs else None
    return (*named, *hosts)


def _may_touch(one: RegionSpec, other: RegionSpec, specs: Mapping[str, RegionSpec]) -> bool:
    """A rule may cross anything; else one of the two must say that it stands over the other.

    A region below an open one starts where that one turns out to end.
    """
    if isinstance(one, RuleRegion) or isinstance(other, RuleRegion):
        return True
    if other.id in over_of(one, specs) or one.id in over_of(other, specs):
        return True
    return hangs_on(one.id, other.id, specs) or hangs_on(other.id, one.id, specs)


def _compare(later: Written, earlier: Written, places: Mapping[str, Place], found: Findings) -> None:
    here, there = places[later.spec.id], places[earlier.spec.id]
    for part in here.parts:
        for other in there.parts:
            if part.overlaps(other):
                width = min(part.right, other.right) - max(part.x, other.x)
                height = min(part.bottom, other.bottom) - max(part.y, other.y)
                found.add(
                    "spec/overlap",
                    later.span("id"),
                    related=(earlier.span(),),
                    id=later.spec.id,
                    other=earlier.spec.id,
                    line=earlier.span().line,
                    width=format_mm(width),
                    height=format_mm(height),
                )
                return
