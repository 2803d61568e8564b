"""Which regions stand inside a story's text (嵌在文中), so that its lines run around them."""

from collections.abc import Mapping, Sequence
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.base.units import Length
from layout_engine.spec.model_regions import ArticleRegion, RegionSpec, StoryRegion
from layout_engine.spec.places import Place, Written, beyond
from layout_engine.spec.resolved import Grid, Obstacle

_HOSTS: Final = (StoryRegion, ArticleRegion)  # the kinds whose text can run around something


def stand_inside(
    written: Sequence[Written], places: Mapping[str, Place], grid: Grid, found: Findings
) -> dict[str, tuple[Obstacle, ...]]:
    """For each region that others stand inside: what its lines run around. What cannot be meant is told."""
    specs = {one.spec.id: one.spec for one in written}
    obstacles: dict[str, tuple[Obstacle, ...]] = {}
    for one in written:
        gap = _gap(one, grid, found)
        if isinstance(one.spec.space, int) and not isinstance(one.spec.inside, str):
            found.add("spec/space-alone", one.span("space"), id=one.spec.id)
        host = one.spec.inside
        if isinstance(host, str) and _may_stand(one, host, specs, places, found):
            space = one.spec.space if isinstance(one.spec.space, int) else 0
            its = tuple(Obstacle(one.spec.id, part, gap, space) for part in places[one.spec.id].parts)
            obstacles[host] = (*obstacles.get(host, ()), *its)
    return obstacles


def _gap(one: Written, grid: Grid, found: Findings) -> int:
    """The distance to the text at its sides: an em where nothing is said; half an em to an em may be (TY-76)."""
    gap = one.spec.gap
    if not isinstance(gap, Length):
        return grid.em
    if not isinstance(one.spec.inside, str):
        found.add("spec/gap-alone", one.span("gap"), id=one.spec.id)
    elif not grid.em // 2 <= gap.su(grid.em, grid.row) <= grid.em:
        found.add("spec/gap", one.span("gap"), id=one.spec.id, gap=gap.text)
    else:
        return gap.su(grid.em, grid.row)
    return grid.em


def _may_stand(
    one: Written, host: str, specs: Mapping[str, RegionSpec], places: Mapping[str, Place], found: Findings
) -> bool:
    """Whether the region can be an obstacle in the text of its host."""
    spec = one.spec
    if host not in specs:
        return False  # told by check_names
    if host == spec.id or not isinstance(specs[host], _HOSTS):
        found.add("spec/inside-what", one.span("inside"), id=spec.id, other=host)
        return False
    if host not in places or spec.id not in places:
        return False  # told where it has no place
    floating = next((name for name in (spec.id, host) if _floats(name, specs, places, is_host=name == host)), "")
    if floating:
        found.add("spec/inside-floats", one.span("inside"), id=spec.id, other=host, floating=floating)
        return False
    bounds, rect = places[host].rect, places[spec.id].rect
    if not bounds.contains(rect):
        found.add(
            "spec/not-inside",
            one.span("inside"),
            id=spec.id,
            other=host,
            beyond_zh=beyond(rect, bounds, ("左", "上", "右", "下"), "、"),
            beyond_en=beyond(rect, bounds, ("left", "top", "right", "bottom"), ", "),
        )
        return False
    return True


def _floats(name: str, specs: Mapping[str, RegionSpec], places: Mapping[str, Place], *, is_host: bool) -> bool:
    """Whether the place of a region, a host's foot apart, is known only after text has been set."""
    if name in places and places[name].open_ended and not is_host:
        return True
    seen: set[str] = set()
    while isinstance(above := specs[name].below, str) and above in specs and above not in seen:
        if above in places and places[above].open_ended:
            return True
        seen.add(above)
        name = above
    return False
