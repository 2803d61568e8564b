"""At which size, tracking and width of the glyphs do a headline's lines fit (标题凑字号)? TY-94, by arithmetic alone.

A headline is shaped once; widths at every other setting follow from that, so that all settings and all divisions
into lines can be weighed.
"""

from typing import Final

import msgspec

from layout_engine.base.units import SU_PER_PT
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography.divide import LOPSIDED, Division, Pieces, Ruler, divide, divide_as_written

SIZE_STEP: Final = SU_PER_PT // 2
NATURAL_TRACKING: Final = 0
NATURAL_WIDTH: Final = 100


class Setting(msgspec.Struct, frozen=True):
    """What fitting may change: the size (su), the tracking and the width of the glyphs (percent)."""

    size: int
    tracking: int
    narrow: int


class Plan(msgspec.Struct, frozen=True):
    """Which lines at which setting."""

    division: Division
    setting: Setting


def plan_headline(pieces: Pieces, style: TextStyle, width: int) -> Plan | None:
    """The best lines and setting of a headline in `width` su; None where nothing within the style's limits fits."""
    if not len(pieces):
        return Plan(Division((), 0), Setting(style.size_most, _natural_tracking(style), _natural_width(style)))
    tight = Ruler(pieces, style.tracking_least, style.narrow_least)
    room = tight.room(width, style.size_least)
    best: tuple[tuple[int, ...], Plan] | None = None
    for count in _line_counts(pieces, style):
        division = _divide(pieces, count, tight, room)
        setting = None if division is None else _setting_for(division, pieces, style, width)
        if division is None or setting is None:
            continue
        rank = (division.cost // LOPSIDED, -setting.size, -setting.tracking, -setting.narrow, count)
        if best is None or rank < best[0]:
            best = rank, Plan(division, setting)
        if rank[:2] == (0, -style.size_most):
            break  # more lines can only be as good
    return None if best is None else _even_out(best[1], pieces, style, width)


def _line_counts(pieces: Pieces, style: TextStyle) -> range:
    if pieces.explicit:
        return range(len(pieces), len(pieces) + 1)
    least = min(max(style.lines_least, 1), len(pieces))
    return range(least, max(least, min(style.lines_most, len(pieces))) + 1)


def _divide(pieces: Pieces, count: int, ruler: Ruler, room: int, *, even: bool = False) -> Division | None:
    if pieces.explicit:
        division = divide_as_written(pieces, ruler, room)
        return None if division.overrun else division
    return divide(pieces, count, ruler, room, even=even)


def _even_out(plan: Plan, pieces: Pieces, style: TextStyle, width: int) -> Plan:
    """At the setting that was found there may be lines of more even width; and a single line may be opened to fill."""
    setting = plan.setting
    ruler = Ruler(pieces, setting.tracking, setting.narrow)
    count = len(plan.division.stops)
    division = _divide(pieces, count, ruler, ruler.room(width, setting.size), even=True) or plan.division
    if style.fit and count == 1 and setting.tracking == _natural_tracking(style):
        setting = _open(division, setting, pieces, style, width)
    return Plan(division, setting)


def _open(division: Division, setting: Setting, pieces: Pieces, style: TextStyle, width: int) -> Setting:
    for tracking in range(style.tracking_most, setting.tracking, -1):
        ruler = Ruler(pieces, tracking, setting.narrow)
        if ruler.widest(division) <= ruler.room(width, setting.size):
            return Setting(setting.size, tracking, setting.narrow)
    return setting


def plan_overrun(pieces: Pieces, style: TextStyle, width: int) -> Plan:
    """The lines that overrun least, at the least setting."""
    setting = Setting(style.size_least, style.tracking_least, style.narrow_least)
    ruler = Ruler(pieces, setting.tracking, setting.narrow)
    room = ruler.room(width, setting.size)
    if pieces.explicit:
        return Plan(divide_as_written(pieces, ruler, room), setting)
    division = divide(pieces, _line_counts(pieces, style)[-1], ruler, room, overrun=True)
    return Plan(division or divide_as_written(pieces, ruler, room), setting)


def _setting_for(division: Division, pieces: Pieces, style: TextStyle, width: int) -> Setting | None:
    """The first setting in the order of TY-94 at which all lines fit: size, then tracking, then narrower glyphs."""
    tracking, narrow = _natural_tracking(style), _natural_width(style)
    ruler = Ruler(pieces, tracking, narrow)
    size = _size_within(style, ruler.size_for(width, ruler.widest(division)))
    if size is not None:
        return Setting(size, tracking, narrow)
    setting = step_down(style, Setting(style.size_least, tracking, narrow))
    while setting is not None:
        ruler = Ruler(pieces, setting.tracking, setting.narrow)
        if ruler.widest(division) <= ruler.room(width, setting.size):
            return setting
        setting = step_down(style, setting)
    return None


def step_down(style: TextStyle, setting: Setting) -> Setting | None:
    """The next tighter setting within the style's limits (TY-94)."""
    size, tracking, narrow = setting.size, setting.tracking, setting.narrow
    if tracking > _natural_tracking(style):
        return Setting(size, tracking - 1, narrow)
    if size > style.size_least:
        return Setting(_size_within(style, size - 1) or style.size_least, tracking, narrow)
    if tracking > style.tracking_least:
        return Setting(size, tracking - 1, narrow)
    if narrow > style.narrow_least:
        return Setting(size, tracking, narrow - 1)
    return None


def _size_within(style: TextStyle, most: int) -> int | None:
    """The largest size of the style up to `most`: half points, and the ends themselves."""
    if most >= style.size_most:
        return style.size_most
    if most < style.size_least:
        return None
    return max(most // SIZE_STEP * SIZE_STEP, style.size_least)


def _natural_tracking(style: TextStyle) -> int:
    return min(max(NATURAL_TRACKING, style.tracking_least), style.tracking_most)


def _natural_width(style: TextStyle) -> int:
    return min(max(NATURAL_WIDTH, style.narrow_least), style.narrow_most)
