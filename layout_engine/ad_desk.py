"""Advertisements at the press (广告上机): judged for its profile, their objects fetched, before the page is written."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.adverts.model import Advert, CopiedForm, CopiedObject
from layout_engine.base.diagnostics import Diagnostic
from layout_engine.base.marks import PlacedPage
from layout_engine.base.recall import Recall, on_disk
from layout_engine.pdf.forms import fetch_form
from layout_engine.pdf.judging import judge_advert
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import ScenePage


class AdvertsAtPress(msgspec.Struct, frozen=True):
    """A page's advertisements as forms by their keys; `judged` is what the profile makes of them, true of its press."""

    forms: dict[str, CopiedForm] = {}  # msgspec gives each its own
    judged: tuple[Diagnostic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def prepare_adverts(
    page: ScenePage,
    adverts: Mapping[str, Advert],
    issue_dir: Path,
    profile: Profile,
    cache: Path | None,
    recall: Recall,
) -> AdvertsAtPress:
    """The objects of each advertisement on the page, and whether the press may have it.

    One that cannot be fetched any more is there as a form that draws nothing; the page is then written nowhere.
    """
    forms: dict[str, CopiedForm] = {}
    judged: list[Diagnostic] = []
    found: list[Diagnostic] = []
    spots = frozenset(ink.spot for ink in page.inks.values() if ink.spot is not None)
    for placed in (item for region in page.regions for item in region.items if isinstance(item, PlacedPage)):
        advert = adverts[placed.key]
        judged += judge_advert(advert, placed, profile, spots)
        if placed.key not in forms:
            path = issue_dir / advert.file
            fetched = recall.get(
                ("advert form", placed.key),
                (advert, on_disk(path)),
                partial(fetch_form, path, advert, placed.span, cache),
            )
            forms[placed.key] = fetched.value or EMPTY_FORM
            found += fetched.diagnostics
    return AdvertsAtPress(forms, tuple(judged), tuple(found))


EMPTY_FORM: Final = CopiedForm(
    (CopiedObject((b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 1 1 ] /Length 0 >>",), b""),), False
)
