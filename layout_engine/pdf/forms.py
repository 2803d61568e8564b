"""Placed pages of other PDFs as Form XObjects (置入页): fetched once, put among our objects as they came.

Objects are fetched by `adverts` and kept in the cache by the hash of the file that they come from.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from layout_engine.adverts.model import Advert, Choice, CopiedForm
from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import SU_PER_PT, format_pt
from layout_engine.pdf.document import Value, name
from layout_engine.pdf.files import kept
from layout_engine.pdf.profile import Profile

if TYPE_CHECKING:  # start-up time: pikepdf
    from layout_engine.adverts.rasters import Measured, Raster

VERSION: Final = 3  # part of every key in the cache: raise it whenever results change

FRESH: Final = "Fresh"
# PR-92: a form inherits what was set before it; the numbers are those that a page begins with.
FRESH_STATE: Final[dict[str, Value]] = {
    FRESH: {"Type": name("ExtGState"), "OP": "false", "op": "false", "OPM": 0, "ca": 1, "CA": 1}
}
_FRESH_OPERATORS: Final = f"/{FRESH} gs 0 g 0 G 1 w 0 J 0 j 10 M [] 0 d 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts"
_SCALE_DIGITS: Final = 5  # PR-86


def draw_form(placed: PlacedPage, resource: str, corner: Callable[..., str]) -> str:
    """The operators that draw a placed page: in a state of its own, cut off at its hole (PR-90, PR-92)."""
    clip = f"{corner(placed.clip)} {format_pt(placed.clip.width)} {format_pt(placed.clip.height)} re W n"
    across = _ratio(placed.rect.width, placed.size[0])
    upward = _ratio(placed.rect.height, placed.size[1])
    return f"q {clip} {across} 0 0 {upward} {corner(placed.rect)} cm {_FRESH_OPERATORS} /{resource} Do Q"


def _ratio(part: int, whole: int) -> str:
    return format_pt(part * SU_PER_PT // whole, _SCALE_DIGITS)


def fetch_form(
    path: Path, advert: Advert, asked_at: Span, profile: Profile, choice: Choice | None, cache: Path | None
) -> Outcome[CopiedForm]:
    """The page of `advert` as a form, from the cache if it was fetched before. What fails is not kept.

    With a `choice`, its colours are converted to the inks of `profile` as it says.
    """
    from importlib.metadata import version  # noqa: PLC0415  # start-up time: only pages with a PDF come here

    made_from = (VERSION, version("pikepdf"), version("pillow"), advert, *_converted_by(profile, choice))
    key = f"advert-{sha256(msgspec.msgpack.encode(made_from)).hexdigest()}"
    try:
        data = kept(cache, key, lambda: _fetch(path, advert, asked_at, profile, choice))
    except _NotFetchedError as error:
        return Outcome(None, error.told)
    form = msgspec.msgpack.decode(data, type=CopiedForm)
    if not form.changes:
        return Outcome(form)
    changed = ", ".join(f"{what} {count}" for what, count in form.changes)
    told = diagnose("ad/colours-changed", asked_at, file=advert.file, changed=changed, by=profile.condition.identifier)
    return Outcome(form, (told,))


def _converted_by(profile: Profile, choice: Choice | None) -> tuple[object, ...]:
    """Whatever the numbers of converted colours and pictures follow from."""
    if choice is None:
        return ()
    kept_inks = sorted(choice.kept)
    numbers = profile.total_ink, profile.pictures, profile.picture_ppi_most
    return sha256(profile.icc).hexdigest(), *numbers, choice.rgb, kept_inks


class _NotFetchedError(Exception):
    """The page cannot be fetched, as `told`."""

    def __init__(self, told: tuple[Diagnostic, ...]) -> None:
        super().__init__()
        self.told = told


def _measure(raster: "Raster", light: bool, black: int | None, mm: tuple[float, float]) -> "Measured":
    from layout_engine.pdf.advert_pictures import measure_picture  # noqa: PLC0415  # start-up time: Pillow

    return measure_picture(raster, light, black, mm)


def _fetch(path: Path, advert: Advert, asked_at: Span, profile: Profile, choice: Choice | None) -> bytes:
    from layout_engine.adverts.reading import copy_advert  # noqa: PLC0415  # start-up time: pikepdf

    if choice is None:
        copied = copy_advert(path, advert, asked_at, gauge=_measure)
    else:
        from layout_engine.pdf.advert_inks import AdvertInks  # noqa: PLC0415  # start-up time: LittleCMS

        copied = copy_advert(path, advert, asked_at, AdvertInks(profile), choice, _measure)
    if copied.value is None:
        raise _NotFetchedError(copied.diagnostics)
    return msgspec.msgpack.encode(copied.value)
