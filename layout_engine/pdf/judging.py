"""Whether a press may have an advertisement (广告验收, PR-91): the facts of its page held against a profile.

Whatever a rule refuses is an error; what prints, but most likely not as it was meant, is a warning.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from layout_engine.adverts.model import OF_COLOUR, Advert, Choice, CopiedForm, Fact, FactKind
from layout_engine.base.diagnostics import Diagnostic
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import SU_PER_PT, format_pt, pt
from layout_engine.pdf.profile import Profile

_INK_MORE: Final = 5  # PR-91: per cent over the limit that an advertisement may have
_BLACK_MOST: Final = 95  # PR-48: per cent of black in a picture
_TYPE_LEAST: Final = pt(6)  # PR-91
_OPEN_TYPE_SINCE: Final = (1, 6)  # PDF
_LATE_FILTERS: Final = {"JPXDecode": (1, 5), "JBIG2Decode": (1, 5)}  # PR-05: not in X-1a, for all that 1.4 had JBIG2
_DEEP_SINCE: Final = (1, 5)  # samples of 16 bits
_DEVICE_COLOUR_ONLY: Final = "PDF/X-1a:2003"  # PR-40
_MOST_TOLD: Final = 6  # places of one kind in one finding

# Facts that are told together, with the words for each.
_GROUPED: Final[dict[FactKind, str]] = {
    "rgb": "ad/rgb",
    "managed-colour": "ad/managed-colour",
    "transparency": "ad/transparency",
    "filter": "ad/filter",
    "opentype-font": "ad/opentype-font",
    "spot": "ad/spot-ink",
    "all-inks": "ad/all-inks",
}


def judge_advert(advert: Advert, placed: PlacedPage, profile: Profile, spots: frozenset[str]) -> tuple[Diagnostic, ...]:
    """What the press of `profile` makes of the advertisement at its size on the page; `spots` are the house's inks."""
    inks = spots if profile.spots is None else frozenset(profile.spots)
    refused = [one for one in advert.facts if one.kind in _GROUPED and _is_refused(one, profile, inks)]
    converted = conversion_for(advert, profile, spots) is not None  # its colours are judged as they come out
    measured = [one for one in advert.facts if not (converted and one.kind in OF_COLOUR)]
    found = [*_grouped(refused, profile), *_numbers(measured, placed, profile)]
    return tuple(Diagnostic(code, placed.span, (("file", advert.file), *values)) for code, values in found)


def judge_form(form: CopiedForm, advert: Advert, placed: PlacedPage, profile: Profile) -> tuple[Diagnostic, ...]:
    """What the press makes of the advertisement as it is printed: its pictures, and the colours it was converted to."""
    found = _numbers(form.facts, placed, profile)
    return tuple(Diagnostic(code, placed.span, (("file", advert.file), *values)) for code, values in found)


def converts_rgb(profile: Profile) -> bool:
    """Whether RGB is converted: as the printer says, else for every press but X-1a's (PR-91)."""
    return (profile.adverts.rgb or ("refuse" if profile.conformance == _DEVICE_COLOUR_ONLY else "convert")) == "convert"


def conversion_for(advert: Advert, profile: Profile, spots: frozenset[str]) -> Choice | None:
    """What of the advertisement's colours is converted for the press; None where all of it comes as it is."""
    if profile.conformance is None:
        return None  # a proof shows the advertisement as it came
    kept = spots if profile.spots is None else frozenset(profile.spots)
    rgb = converts_rgb(profile) and any(one.kind == "rgb" for one in advert.facts)
    foreign = frozenset(one.what for one in advert.facts if one.kind == "spot") - kept
    if not rgb and not (foreign and profile.adverts.spots == "convert"):
        return None
    return Choice(rgb, kept if profile.adverts.spots == "convert" else kept | foreign)


_Found = tuple[str, tuple[tuple[str, str], ...]]  # code and values


def _is_refused(fact: Fact, profile: Profile, inks: frozenset[str]) -> bool:
    version = profile.pdf_version
    match fact.kind:
        case "transparency":
            return not profile.transparency
        case "managed-colour":
            return True
        case "filter":
            return version < _LATE_FILTERS.get(fact.what, (1, 0))
        case "opentype-font":
            return version < _OPEN_TYPE_SINCE
        case "spot":
            return fact.what not in inks
    return True


def _grouped(facts: Iterable[Fact], profile: Profile) -> Iterator[_Found]:
    by_kind: dict[FactKind, dict[str, None]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, {})[fact.what] = None
    for kind, whats in by_kind.items():
        told = ", ".join(list(whats)[:_MOST_TOLD]) + (" …" if len(whats) > _MOST_TOLD else "")
        yield _code(kind, profile), _values(what=told)


def _code(kind: FactKind, profile: Profile) -> str:
    if kind == "managed-colour" and profile.conformance != _DEVICE_COLOUR_ONLY:
        return "ad/converted-late"
    if kind == "rgb" and converts_rgb(profile):
        return "ad/rgb-converted"
    if kind == "spot" and profile.adverts.spots == "convert":
        return "ad/spot-converted"
    return _GROUPED[kind]


def _numbers(facts: Iterable[Fact], placed: PlacedPage, profile: Profile) -> Iterator[_Found]:
    """What is measured; the advertisement may be scaled a little where it stands."""
    across, natural = placed.rect.width, placed.size[0]
    for fact in facts:
        size = fact.measure * across // natural
        ppi = fact.measure * natural // across
        match fact.kind:
            case "version" if fact.measure > 10 * profile.pdf_version[0] + profile.pdf_version[1]:
                most = ".".join(map(str, profile.pdf_version))
                yield "ad/version", _values(version=fact.what, most=most, profile=profile.name)
            case "deep-samples" if profile.pdf_version < _DEEP_SINCE:
                yield "ad/deep-samples", ()
            case "condition" if fact.what != profile.condition.identifier:
                yield "ad/other-condition", _values(condition=fact.what, wanted=profile.condition.identifier)
            case "ink" if fact.measure > profile.total_ink + _INK_MORE:
                yield "ad/too-much-ink", _values(ink=fact.measure, most=profile.total_ink)
            case "resolution" if ppi < profile.picture_ppi_wanted:
                code = "ad/too-coarse" if ppi < profile.picture_ppi_least else "ad/coarse"
                yield code, _values(what=fact.what, ppi=ppi, least=profile.picture_ppi_wanted)
            case "line-art" if ppi < profile.line_art_ppi_least:
                yield "ad/coarse-line-art", _values(what=fact.what, ppi=ppi, least=profile.line_art_ppi_least)
            case "small-type" if size < _TYPE_LEAST:
                yield "ad/small-type", _values(size=format_pt(size, 1), least=_TYPE_LEAST // SU_PER_PT)
            case "hairline":
                least = profile.rule_least_mixed if fact.what else profile.rule_least
                if size < least:
                    yield "ad/hairline", _values(weight=format_pt(size, 2), least=format_pt(least, 2))
            case "rich-black-text":
                yield "ad/rich-black-text", _values(ink=fact.measure)
            case "white-overprint":
                yield "ad/white-overprints", ()
            case "black-knock-out":
                yield "ad/black-knocks-out", ()
            case "picture-ink" if fact.measure > profile.total_ink + _INK_MORE:
                yield "ad/picture-ink", _values(what=fact.what, ink=fact.measure, most=profile.total_ink)
            case "picture-black" if fact.measure > _BLACK_MOST:
                yield "ad/picture-black", _values(what=fact.what, black=fact.measure, most=_BLACK_MOST)
            case "picture-unmeasured":
                yield "ad/picture-unmeasured", _values(what=fact.what)
            case "profile-ignored":
                yield "ad/profile-ignored", _values(count=fact.measure)


def _values(**values: str | int) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())
