"""Colour spaces, spots, overprint (颜色): PR-40, 41, 44 to 46, 48."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.colors import ALL, NO_INK, PROCESS, Color, Space, read_space
from layout_engine.preflight.document import Met, PageView
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.icc import read_icc
from layout_engine.preflight.limits import MAX_SMALL_STREAM
from layout_engine.preflight.painted import Group, Image, Paint, Painted, Path, Shading, Text
from layout_engine.preflight.plane import MM_PER_PT, area
from layout_engine.preflight.raw import Raw, entry, items, name, object_number
from layout_engine.preflight.rules.intent import own_profiles

_WITHOUT_RGB: Final = frozenset(("DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Indexed", "Pattern"))
_COLORANTS: Final = {"X1a": 8, "X4": 32, "proof": 32}  # PR-40
_RGB_NAMES: Final = frozenset(("DeviceRGB", "CalRGB", "Lab"))
_ICC_KIND: Final = frozenset(("ICCBased", "CalGray"))  # CalRGB and Lab are told as such
_DEFAULTS: Final = frozenset(("DefaultGray", "DefaultRGB", "DefaultCMYK"))
_OVER: Final = 0.0075  # PR-48: what measuring may be off
_SMALL_MM2: Final = 1.0  # PR-48: the mean over a square millimetre

_HOW: Final = {
    "fill": ("填色", "fill"),
    "stroke": ("线条", "stroke"),
    "text": ("文字", "text"),
    "image": ("图片", "picture"),
    "shading": ("渐变", "shading"),
    "group": ("透明组", "transparency group"),
}


def spaces(one: Painted | Group) -> Iterator[tuple[str, Space]]:
    """The colour spaces that something is painted in, and how."""
    match one:
        case Text():
            if one.mode in (0, 2, 4, 6):
                yield "text", one.fill.color.space
            if one.mode in (1, 2, 5, 6):
                yield "text", one.stroke.color.space
        case Path():
            if one.fill is not None:
                yield "fill", one.fill.color.space
            if one.stroke is not None:
                yield "stroke", one.stroke.color.space
        case Image():
            if one.stencil:
                yield "fill", one.paint.color.space
            elif one.space is not None:
                yield "image", one.space
        case Shading():
            if one.space is not None:
                yield "shading", one.space
        case Group():
            if one.space is not None:
                yield "group", one.space


def paints(one: Painted) -> Iterator[Paint]:
    """How something is painted, of what has a colour of its own."""
    match one:
        case Text():
            if one.mode in (0, 2, 4, 6):
                yield one.fill
            if one.mode in (1, 2, 5, 6):
                yield one.stroke
        case Path():
            if one.fill is not None:
                yield one.fill
            if one.stroke is not None:
                yield one.stroke
        case Image():
            if one.stencil:
                yield one.paint
        case Shading():
            return


def check_rgb(one: Painted | Group, found: Found) -> None:
    """PR-41: nothing is painted in RGB or Lab, not even in a group or a soft mask."""
    for how, space in spaces(one):
        if space.is_rgb:
            zh, en = _HOW[how]
            found.add("preflight/rgb", one.where, one.box, space=space.title, how_zh=zh, how_en=en)


def check_page_group(page: PageView, found: Found) -> None:
    """PR-41: nor is the page as a whole composed in RGB."""
    space = read_space(entry(entry(page.raw, "/Group"), "/CS"), page.resources)
    if space is not None and space.is_rgb:
        zh, en = _HOW["group"]
        found.add("preflight/rgb", space=space.title, how_zh=zh, how_en=en)


def check_spaces(one: Painted | Group, found: Found) -> None:
    """PR-40: only spaces that the standard has."""
    for _, space in spaces(one):
        under = _root(space)
        if found.standard == "X1a" and under.family not in _WITHOUT_RGB and not under.is_rgb:
            found.add("preflight/color-space", one.where, one.box, space=under.title)
        if space.family == "DeviceN" and len(space.inks) > _COLORANTS[found.standard]:
            found.add("preflight/colorants", one.where, one.box, count=len(space.inks))


def check_rgb_anywhere(met: Met, found: Found) -> None:
    """PR-41: not even what is never painted: many RIPs look at its mere presence."""
    if found.has_told("preflight/rgb", met.object):
        return
    if raw.is_array(met.value):
        names = {name(one) for one in items(met.value, 40)}
    else:
        wanted = met.keys if met.parent == "ColorSpace" else met.keys & {"ColorSpace", "CS", "Alternate"}
        names = {name(entry(met.value, f"/{key}")) for key in wanted}
        if "N" in met.keys and raw.is_stream(met.value) and "FunctionType" not in met.keys and _is_rgb_icc(met.value):
            names.add("ICCBased (3)")
    for one in sorted(one for one in names if one and (one in _RGB_NAMES or one == "ICCBased (3)")):
        found.add_object("preflight/rgb-unused", met.object, space=one)


def check_spaces_anywhere(met: Met, found: Found) -> None:
    """PR-40: in X-1a no other space lies in the file, used or not."""
    first = name(next(iter(items(met.value, 1)), None)) if raw.is_array(met.value) else None
    if first in _ICC_KIND:
        found.add_object("preflight/color-space", met.object, space=first)


def check_defaults(met: Met, found: Found) -> None:
    """PR-40: X-1a knows no default spaces."""
    for key in sorted(met.keys & _DEFAULTS):
        found.add_object("preflight/default-space", met.object, space=key)


def check_profiles(met: Met, found: Found) -> None:
    """PR-40: an ICC space has as many channels as its profile, and is not the output condition's own."""
    parts = items(met.value, 2) if raw.is_array(met.value) else ()
    if len(parts) != 2 or name(parts[0]) != "ICCBased":
        return
    if not raw.is_stream(parts[1]):
        found.add_object("preflight/icc-broken", met.object)
        return
    number, channels = object_number(parts[1]), raw.whole(entry(parts[1], "/N"))
    try:
        data = raw.unpacked(parts[1], MAX_SMALL_STREAM)
    except (TooLargeError, DamagedError):
        found.add_object("preflight/icc-broken", number)
        return
    head = read_icc(data)
    if head is None or head.size != len(data):
        found.add_object("preflight/icc-broken", number)
    elif head.channels != channels:
        found.add_object("preflight/icc-channels", number, channels=channels, has=head.channels)
    if sha256(data).digest() in own_profiles(found.document):
        found.add_object("preflight/icc-own-condition", number)


def check_white(one: Painted, found: Found) -> None:
    """PR-44: white in overprint is nothing at all."""
    for paint in paints(one):
        if paint.overprint and paint.color.is_white:
            found.add("preflight/white-overprint", one.where, one.box)


def check_overprint(one: Painted, found: Found) -> None:
    """PR-45: overprint where it works."""
    for paint in paints(one):
        if not paint.overprint:
            continue
        space = paint.color.space
        if space.family == "DeviceCMYK" and not paint.mode:
            found.add("preflight/overprint-mode", one.where, one.box)
        elif space.family == "DeviceGray":
            found.add("preflight/gray-overprint", one.where, one.box)
        elif space.family == "ICCBased" and space.components == len(PROCESS):
            found.add("preflight/icc-overprint", one.where, one.box)


def check_ink(one: Path, found: Found) -> None:
    """PR-48: no fill has more ink than the press takes. Pictures, and what lies on what, are measured on the plates."""
    paint = one.fill
    if paint is None or one.shown is None or one.where.within == "mask" or paint.alpha <= 0:
        return
    limit = found.profile.total_ink / 100
    is_mark = ALL in paint.color.space.inks
    if paint.color.total > limit + _OVER and not is_mark and area(one.shown) * MM_PER_PT**2 >= _SMALL_MM2:
        found.add("preflight/ink", one.where, one.box, ink=f"{paint.color.total * 100:.0f}", limit=f"{limit * 100:.0f}")


def check_spots(met: Met, found: Found) -> None:
    """PR-46: only inks that are printed, each under its one name."""
    if not raw.is_array(met.value):
        return
    parts = items(met.value, 3)
    if not parts or name(parts[0]) not in ("Separation", "DeviceN") or len(parts) < 3:
        return
    inks = [name(parts[1])] if name(parts[0]) == "Separation" else [name(one) for one in items(parts[1], 40)]
    for ink in inks:
        if ink is None or ink in (ALL, NO_INK, *PROCESS):
            continue
        if ink.lower() in _PROCESS_LOWER:
            found.add_object("preflight/process-name", met.object, ink=ink[:60])
        elif found.profile.spots is None:
            found.add_object("preflight/spot", met.object, ink=ink[:60])
        elif ink not in found.profile.spots:
            found.add_object("preflight/spot-unordered", met.object, ink=ink[:60])


_PROCESS_LOWER: Final = frozenset(one.lower() for one in PROCESS)


def check_one_definition(met: Met, found: Found) -> None:
    """PR-46: one name, one definition."""
    parts = items(met.value, 4) if raw.is_array(met.value) else ()
    if len(parts) < 4 or name(parts[0]) != "Separation" or (ink := name(parts[1])) is None:
        return
    definition = sha256(_written(parts[2]) + b" " + _written(parts[3])).digest()
    if found.memory.setdefault(ink, definition) != definition:
        found.add_object("preflight/spot-twice", met.object, ink=ink[:60])


def check_alternates(one: Painted, found: Found) -> None:
    """PR-40: in X-1a a spot or DeviceN has CMYK or grey to fall back on."""
    for _, space in spaces(one):
        root = space.base if space.family in ("Indexed", "Pattern") and space.base else space
        if root.family in ("Separation", "DeviceN") and (
            root.base is None or root.base.family not in ("DeviceCMYK", "DeviceGray")
        ):
            found.add("preflight/alternate", one.where, one.box, space=root.title)


def is_black(color: Color) -> bool:
    """Full black and nothing else."""
    return color.plates is not None and color.ink("Black") >= 1 and color.printing == 1


def _root(space: Space) -> Space:
    """Under Indexed and Pattern, the space that the colours are in."""
    while space.family in ("Indexed", "Pattern") and space.base is not None:
        space = space.base
    return space


def _is_rgb_icc(stream: Raw) -> bool:
    if raw.whole(entry(stream, "/N")) != 3 or name(entry(stream, "/Type")) is not None:
        return False
    try:
        head = read_icc(raw.unpacked(stream, MAX_SMALL_STREAM))
    except (TooLargeError, DamagedError):
        return False
    return head is not None


def _written(value: Raw) -> bytes:
    """A value as it would be written, so that two can be compared."""
    if raw.is_stream(value):
        try:
            return _written(value.stream_dict) + raw.unpacked(value, MAX_SMALL_STREAM)
        except (TooLargeError, DamagedError):
            return b""
    return bytes(value.unparse(resolved=True)) if hasattr(value, "unparse") else repr(value).encode()
