"""Transparency and what a device decides for itself (透明与设备状态): PR-51, PR-52."""

from collections.abc import Iterator
from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.colors import read_space
from layout_engine.preflight.document import Met
from layout_engine.preflight.findings import Found
from layout_engine.preflight.painted import Group, Image, Trouble
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.raw import Raw, entries, entry, is_array, items, name, number
from layout_engine.preflight.rules.color import paints
from layout_engine.preflight.run_state import INTENTS

_PLAIN_BLENDS: Final = frozenset(("Normal", "Compatible"))
_BLENDS: Final = _PLAIN_BLENDS | frozenset(
    (
        *("Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight", "SoftLight"),
        *("Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
)
_CMYK: Final = 4
_FORBIDDEN: Final = ("TR", "HTP", "BG", "UCR")
_DEFAULT_ONLY: Final = ("TR2", "BG2", "UCR2")
_HALFTONES: Final = (1, 5)


def check_flat(met: Met, found: Found) -> None:
    """PR-51: X-1a has no transparency, used or not."""
    if raw.is_array(met.value):
        return
    if name(entry(entry(met.value, "/Group"), "/S")) == "Transparency":
        found.add_object("preflight/transparency", met.object, what="Group")
    if "SMask" in met.keys and name(entry(met.value, "/SMask")) != "None":
        found.add_object("preflight/transparency", met.object, what="SMask")
    for key, state in _states(met):
        for alpha in ("ca", "CA"):
            if (value := number(entry(state, f"/{alpha}"))) is not None and value != 1:
                found.add_object("preflight/transparency", met.object, what=f"{key} {alpha} {value:g}")
        for blend in _blends(state):
            if blend not in _PLAIN_BLENDS:
                found.add_object("preflight/transparency", met.object, what=f"{key} BM {blend}")


def check_blends(met: Met, found: Found) -> None:
    """PR-51: only blend modes that PDF knows."""
    for _, state in _states(met):
        for blend in _blends(state):
            if blend not in _BLENDS:
                found.add_object("preflight/blend-mode", met.object, mode=blend[:40])


def check_group(one: Group, found: Found) -> None:
    """PR-51: groups are composed in CMYK."""
    if one.space is not None and not one.space.is_rgb and one.space.components != _CMYK:
        found.add("preflight/group-space", one.where, one.box, space=one.space.title)


def check_page_group(page: PaintedPage, found: Found) -> None:
    """PR-51: a page with live transparency says in which space it is composed."""
    view = page.view
    group = entry(view.raw, "/Group")
    space = read_space(entry(group, "/CS"), view.resources)
    if space is not None and not space.is_rgb and space.components != _CMYK:
        found.add("preflight/group-space", space=space.title)
    elif space is None and any(_is_transparent(item) for item in page.items if item.where.within != "annotation"):
        found.add("preflight/page-group")


def check_device(met: Met, found: Found) -> None:
    """PR-52: curves and screens are the plate-setter's business."""
    for _, state in _states(met):
        for key in _FORBIDDEN:
            if entry(state, f"/{key}") is not None:
                found.add_object("preflight/device-state", met.object, key=key)
        for key in _DEFAULT_ONLY:
            if entry(state, f"/{key}") is not None and name(entry(state, f"/{key}")) != "Default":
                found.add_object("preflight/device-state", met.object, key=key)
        intent = name(entry(state, "/RI"))
        if intent is not None and intent not in INTENTS:
            found.add_object("preflight/rendering-intent", met.object, intent=intent[:40])
    kind = raw.whole(entry(met.value, "/HalftoneType"))
    if kind is not None and (kind not in _HALFTONES or "HalftoneName" in met.keys or met.keys & {"TransferFunction"}):
        found.add_object("preflight/halftone", met.object, kind=kind)
    intent = name(entry(met.value, "/Intent"))
    if intent is not None and name(entry(met.value, "/Subtype")) == "Image" and intent not in INTENTS:
        found.add_object("preflight/rendering-intent", met.object, intent=intent[:40])


def check_intent(one: Trouble, found: Found) -> None:
    """PR-52: nor does a content stream name another rendering intent."""
    if one.what == "rendering-intent":
        found.add("preflight/rendering-intent", one.where, one.box, intent=one.detail)


def _states(met: Met) -> Iterator[tuple[str, Raw]]:
    """The graphics states that a resource dictionary names, and the dictionary itself where it is one."""
    if "ExtGState" in met.keys:
        yield from (
            (key, one) for key, one in entries(entry(met.value, "/ExtGState")) if raw.dictionary(one) is not None
        )
    elif name(entry(met.value, "/Type")) == "ExtGState" and not met.parent:
        yield "ExtGState", met.value


def _blends(state: Raw) -> tuple[str, ...]:
    value = entry(state, "/BM")
    named = items(value, 20) if is_array(value) else (value,)
    return tuple(known for one in named if (known := name(one)) is not None)


def _is_transparent(item: object) -> bool:
    match item:
        case Group():
            return True
        case Image() if item.raw is not None and raw.is_stream(entry(item.raw, "/SMask")):
            return True
        case _:
            return any(not paint.is_opaque for paint in paints(item))  # type: ignore[arg-type]
