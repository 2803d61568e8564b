"""Clean content streams (内容流): PR-85, PR-86. What one RIP forgives another refuses."""

from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.document import Met
from layout_engine.preflight.findings import Found
from layout_engine.preflight.painted import ContentRead, Trouble

_MAX_Q: Final = 28  # PR-86
_MAX_STRING: Final = 32_767
_MAX_ARRAY: Final = 8_191
_MAX_NAME: Final = 127
_MAX_DECIMALS: Final = 5


def check_trouble(one: Trouble, found: Found) -> None:
    """PR-85: every operator known, every pair closed, every resource there."""
    match one.what:
        case "unknown-operator":
            found.add("preflight/unknown-operator", one.where, one.box, operator=one.detail)
        case "unbalanced":
            found.add("preflight/unbalanced", one.where, one.box, pair=one.detail)
        case "resource-missing":
            found.add("preflight/resource-missing", one.where, one.box, resource=one.detail)
        case "syntax":
            found.add("preflight/syntax", one.where, one.box, what=one.detail)
        case "damaged":
            found.add("preflight/content-damaged", one.where, one.box)
        case "loop":
            found.add("preflight/content-loop", one.where, one.box)
        case "too-deep":
            found.add("preflight/content-deep", one.where, one.box, most=one.detail)
        case "too-large":
            found.add("preflight/content-large", one.where, one.box, most=one.detail)


def check_arrays(met: Met, found: Found) -> None:
    """PR-86: no array of the file is longer than PDF 1.4 has it."""
    if raw.is_array(met.value) and len(met.value) > _MAX_ARRAY:
        found.add_object("preflight/limit", met.object, what="array", value=len(met.value), most=_MAX_ARRAY)


def check_limits(one: ContentRead, found: Found) -> None:
    """PR-86: within what every interpreter takes."""
    limits = [
        ("q", one.deepest_q, _MAX_Q),
        ("string", one.longest_string, _MAX_STRING),
        ("name", one.longest_name, _MAX_NAME),
    ]
    if found.standard == "X1a":
        limits.append(("array", one.longest_array, _MAX_ARRAY))
    for what, value, most in limits:
        if value > most:
            found.add("preflight/limit", one.where, None, what=what, value=value, most=most)
    if one.most_decimals > _MAX_DECIMALS:
        found.add("preflight/decimals", one.where, None, count=one.most_decimals, most=_MAX_DECIMALS)
