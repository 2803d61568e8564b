"""Ink as PDF operators (油墨): process colours, spots, tints, and what may overprint.

Nothing but CMYK and named spots can be written here (PR-41). Overprint is said both ways, always (PR-45).
"""

from typing import Final

from layout_engine.pdf.document import Value, name
from layout_engine.spec.resolved import Ink

SOLID: Final = 10_000  # hundredths of a percent

OVERPRINT: Final = "Over"
KNOCKOUT: Final = "Knock"

# PR-45: overprinting CMYK leaves the plates of zero inks alone only in mode 1.
STATES: Final[dict[str, Value]] = {
    OVERPRINT: {"Type": name("ExtGState"), "OP": "true", "op": "true", "OPM": 1},
    KNOCKOUT: {"Type": name("ExtGState"), "OP": "false", "op": "false", "OPM": 0},
}


def state_of(ink: Ink, percent: int) -> str:
    """Whether ink at this tint overprints: as it says, where solid; tints and white knock out (PR-44)."""
    is_white = ink.spot is None and not (ink.c or ink.m or ink.y or ink.k)
    return OVERPRINT if ink.overprint and percent == SOLID and not is_white else KNOCKOUT


def process_colour(ink: Ink, percent: int) -> str:
    """The operands and operator that fill with process ink at a tint."""
    parts = (_share(one * percent, SOLID * SOLID) for one in (ink.c, ink.m, ink.y, ink.k))
    return f"{' '.join(parts)} k"


def spot_colour(resource: str, percent: int) -> str:
    """The operators that fill with the spot colour space `resource` at a tint."""
    return f"/{resource} cs {_share(percent, SOLID)} scn"


def separation(ink: Ink) -> tuple[Value, ...]:
    """The colour space of a spot ink, with its process alternate."""
    assert ink.spot is not None
    full = tuple(_share(one, SOLID) for one in (ink.c, ink.m, ink.y, ink.k))
    tint: dict[str, Value] = {
        "FunctionType": 2,
        "Domain": (0, 1),
        "C0": (0, 0, 0, 0),
        "C1": full,
        "N": 1,
    }
    return (name("Separation"), name(ink.spot), name("DeviceCMYK"), tint)


def _share(part: int, whole: int) -> str:
    """part / whole (at most 1) with four decimals."""
    scaled = (2 * part * 10_000 + whole) // (2 * whole)
    return f"{scaled // 10_000}.{scaled % 10_000:04}".rstrip("0").rstrip(".")
