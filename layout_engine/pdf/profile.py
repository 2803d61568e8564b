"""For which press is this file (输出规格): PDF version, printing condition, ink limit and the numbers that follow.

A profile is data. The numbers are defaults for coldset newsprint; the printer's own numbers, in the house's spec,
win over them.
"""

from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.advert_rules import AdvertRules
from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.picture_rules import PPI_LEAST, PPI_WANTED, PictureRules
from layout_engine.base.units import SU_PER_PT, pt
from layout_engine.pdf.icc import MAX_BYTES, icc_fault
from layout_engine.spec.model_values import Mark
from layout_engine.spec.resolved import PrinterSays

NO_REGISTRY: Final = "none"  # `registry: none` in the house's spec
THE_ICC: Final = "icc"  # `registry: icc`
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
    pdf_version: tuple[int, int] = (1, 6)  # PR-01
    conformance: str | None  # the PDF/X version that the file claims, PR-10
    transparency: bool = True  # allowed in what is placed; our own pages have none, PR-51
    cid_sets: bool = False  # PR-66
    condition: Condition
    icc_file: Path  # what pictures are separated by
    icc: bytes
    embeds_icc: bool = True  # PR-30: X-1a may name a registered condition instead
    total_ink: int = 240  # PR-48
    spots: tuple[str, ...] | None = None  # the spot inks that are printed; None: those that the house names, PR-46
    rule_least: int = SU_PER_PT // 4  # PR-49: one solid ink
    rule_least_mixed: int = SU_PER_PT // 2  # PR-49: white, tinted or several inks
    type_least: int = pt(11) // 2  # PR-50: 七号
    type_least_mixed: int = pt(9)  # PR-50: reversed or several inks
    picture_ppi_least: int = PPI_LEAST  # PR-80
    picture_ppi_wanted: int = PPI_WANTED  # PR-80
    picture_ppi_most: int = 300  # PR-80: sampled down above it
    line_art_ppi_least: int = 600  # PR-81
    pictures: PictureRules = PictureRules()  # PR-48, PR-84
    adverts: AdvertRules = AdvertRules()  # PR-46, PR-91
    trims: tuple[tuple[int, int], ...] | None = None  # the sizes of page that are printed; None: any, PR-22
    bleed: int | None = None  # 出血 that the printer wants of every page; None: what the format says, PR-24
    margin: int = 0  # paper around the trim, for marks, PR-25
    marks: tuple[Mark, ...] = ()  # PR-25: many plate-setters place their own


NEWSPRINT: Final = Condition(
    "IFRA26",
    ICC_REGISTRY,
    "Coldset newsprint, 26 % TVI; model profile, not a measured characterisation",
)


class _Standard(msgspec.Struct, frozen=True):
    """What a standard asks of the file, whoever prints it."""

    conformance: str | None
    pdf_version: tuple[int, int] = (1, 6)
    transparency: bool = True
    cid_sets: bool = False
    icc_versions: tuple[int, ...] = (2, 4)  # PR-31
    takes_registered_names: bool = False  # PR-30: instead of an embedded ICC profile


_STANDARDS: Final[dict[str, _Standard]] = {
    "pdfx4": _Standard("PDF/X-4"),
    "pdfx1a": _Standard(
        "PDF/X-1a:2003", (1, 4), transparency=False, cid_sets=True, icc_versions=(2,), takes_registered_names=True
    ),
    "proof": _Standard(None),
}


def profile_names() -> tuple[str, ...]:
    """The profiles that can be asked for by name, and that a printer's own builds on."""
    return tuple(_STANDARDS)


def find_profile(name: str, says: PrinterSays | None = None, span: Span | None = None) -> Outcome[Profile]:
    """The profile called `name` with what the printer says; `span` is where the spec asks for it.

    None where there is no such profile or its ICC profile cannot be used: nothing takes its place in silence.
    """
    says = says or PrinterSays()
    found = Findings()
    standard = _STANDARDS.get(name)
    if standard is None:
        found.add("pdf/unknown-profile", span, profile=name, known=", ".join(profile_names()))
    said_at = says.said_at or span
    _check_condition(says, standard, said_at, found)
    icc_file = says.icc or MODEL_ICC
    icc = _read_icc(icc_file, standard.icc_versions if standard else (2, 4), found, said_at)
    if standard is None or icc is None:
        return Outcome(None, found.all())
    profile = Profile(
        name=says.title or name,
        pdf_version=standard.pdf_version,
        conformance=standard.conformance,
        transparency=standard.transparency,
        cid_sets=standard.cid_sets,
        condition=_condition(says),
        icc_file=icc_file,
        icc=icc,
        embeds_icc=says.icc is not None or _condition(says).identifier == NEWSPRINT.identifier,
    )
    own = {key: value for key in _OWN_NUMBERS if (value := getattr(says, key)) is not None}
    profile = msgspec.structs.replace(profile, **own) if own else profile
    if says.icc is not None:
        _check_ink(profile, found, said_at)
    return Outcome(profile, found.all())


_OWN_NUMBERS: Final = tuple(
    key for key in PrinterSays.__struct_fields__ if key in Profile.__struct_fields__ and key not in ("icc", "condition")
)


def _check_condition(says: PrinterSays, standard: _Standard | None, span: Span | None, found: Findings) -> None:
    """Condition and ICC profile go together (PR-32); a registered name alone is enough where the standard says so."""
    if says.icc is not None and says.condition is None:
        found.add("pdf/condition-apart", span, given="icc")
    elif says.icc is None and says.condition not in (None, NEWSPRINT.identifier):
        by_name = standard is not None and standard.takes_registered_names and _registry(says) is not None
        code = "pdf/separated-by-model" if by_name or _claims_nothing(standard) else "pdf/icc-wanted"
        found.add(code, span, condition=says.condition)


def _check_ink(profile: Profile, found: Findings, span: Span | None) -> None:
    """The ink limit and the ICC profile go together (PR-32): its separation is meant for what the press takes."""
    from layout_engine.pdf.icc_ink import own_ink_limit  # noqa: PLC0415  # start-up: only a printer's own ICC asks

    own = own_ink_limit(profile.icc)
    if own is not None and own > profile.total_ink + _INK_TOLERANCE:
        found.add("pdf/icc-too-inky", span, file=profile.icc_file.name, ink=own, limit=profile.total_ink)


_INK_TOLERANCE: Final = 1  # per cent: eight bits in four inks, PR-48


def _claims_nothing(standard: _Standard | None) -> bool:
    return standard is not None and standard.conformance is None


def _condition(says: PrinterSays) -> Condition:
    """The house's condition: registered if the house says so, else in words of its own."""
    if says.condition is None:
        return NEWSPRINT if says.icc is None else Condition("Custom", None, says.info or says.icc.name)
    if says.condition == NEWSPRINT.identifier and says.icc is None:
        return NEWSPRINT
    return Condition(says.condition, _registry(says), says.info or says.condition)


def _registry(says: PrinterSays) -> str | None:
    """The address of the registry that has the condition's name; None where it is in none."""
    return {None: None, NO_REGISTRY: None, THE_ICC: ICC_REGISTRY}.get(says.registry, says.registry)


def _read_icc(file: Path, versions: tuple[int, ...], found: Findings, span: Span | None) -> bytes | None:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        found.add("pdf/icc-missing", span, file=file.name)
        return None
    fault = f"larger than {MAX_BYTES >> 20} MB" if len(data) > MAX_BYTES else icc_fault(data, versions)
    if fault is not None:
        found.add("pdf/icc-unfit", span, file=file.name, reason=fault)
        return None
    return data
