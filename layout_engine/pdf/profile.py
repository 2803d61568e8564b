"""For which press is this file (输出规格): PDF version, printing condition, ink limit and the numbers that follow.

A profile is data. The numbers are defaults for coldset newsprint; the printer's own numbers, in the house's spec,
win over them.
"""

from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.pdf.icc import MAX_BYTES, icc_fault

NO_REGISTRY: Final = "none"  # `registry: none` in the house's spec
ICC_REGISTRY: Final = "http://www.color.org"
MODEL_ICC: Final = Path(__file__).parent / "profiles" / "newsprint-model.icc"


class Condition(msgspec.Struct, frozen=True):
    """印刷条件: a printing condition by its name, in a registry if it is in one, and in words (PR-30)."""

    identifier: str
    registry: str | None
    info: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """输出规格. Lengths in su, ink and tints in whole percent, resolutions in pixels to the inch."""

    name: str
    pdf_version: tuple[int, int] = (1, 6)
    conformance: str | None
    condition: Condition
    icc_file: Path
    icc: bytes
    total_ink: int = 240  # PR-48
    rule_least: int = SU_PER_PT // 4  # PR-49: one solid ink
    rule_least_mixed: int = SU_PER_PT // 2  # PR-49: white, tinted or several inks
    type_least: int = pt(11) // 2  # PR-50: 七号
    type_least_mixed: int = pt(9)  # PR-50: reversed or several inks
    picture_ppi_least: int = 150  # PR-80: below it always fails
    picture_ppi_wanted: int = 200  # PR-80
    picture_ppi_most: int = 300  # PR-80: sampled down above it
    line_art_ppi_least: int = 600  # PR-81


class PrinterSays(msgspec.Struct, frozen=True):
    """What the house's spec says of its printer in place of the profile's own; None where it says nothing."""

    icc: Path | None = None
    condition: str | None = None
    registry: str | None = None
    total_ink: int | None = None


NEWSPRINT: Final = Condition(
    "IFRA26",
    ICC_REGISTRY,
    "Coldset newsprint, 26 % TVI; model profile, not a measured characterisation",
)
_CONFORMANCE: Final[dict[str, str | None]] = {"pdfx4": "PDF/X-4", "proof": None}
_LATER: Final = ("pdfx1a",)


def profile_names() -> tuple[str, ...]:
    """The profiles that can be asked for."""
    return tuple(_CONFORMANCE)


def find_profile(name: str, says: PrinterSays | None = None, span: Span | None = None) -> Outcome[Profile]:
    """The profile called `name` with what the printer says; `span` is where the spec asks for it.

    None where there is no such profile or its ICC profile cannot be used: nothing takes its place in silence.
    """
    says = says or PrinterSays()
    found = Findings()
    if name in _LATER:
        found.add("pdf/profile-later", span, profile=name, known=", ".join(profile_names()))
    elif name not in _CONFORMANCE:
        found.add("pdf/unknown-profile", span, profile=name, known=", ".join(profile_names()))
    if (says.icc is None) != (says.condition is None):
        found.add("pdf/condition-apart", span, given="icc" if says.condition is None else "condition")
    icc_file = says.icc or MODEL_ICC
    icc = _read_icc(icc_file, found, span)
    if name not in _CONFORMANCE or icc is None:
        return Outcome(None, found.all())
    profile = Profile(
        name=name,
        conformance=_CONFORMANCE[name],
        condition=_condition(says),
        icc_file=icc_file,
        icc=icc,
    )
    if says.total_ink is not None:
        profile = msgspec.structs.replace(profile, total_ink=says.total_ink)
    return Outcome(profile, found.all())


def _condition(says: PrinterSays) -> Condition:
    """The house's condition: registered if the house says so, else in words of its own."""
    if says.condition is None:
        return NEWSPRINT if says.icc is None else Condition("Custom", None, says.icc.name)
    registry = None if says.registry in (None, NO_REGISTRY) else says.registry
    return Condition(says.condition, registry, says.condition)


def _read_icc(file: Path, found: Findings, span: Span | None) -> bytes | None:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        found.add("pdf/icc-missing", span, file=file.name)
        return None
    fault = f"larger than {MAX_BYTES >> 20} MB" if len(data) > MAX_BYTES else icc_fault(data)
    if fault is not None:
        found.add("pdf/icc-unfit", span, file=file.name, reason=fault)
        return None
    return data
