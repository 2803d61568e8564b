"""Advertisements at the press (广告上机): judged for its profile, their objects fetched, before the page is written."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.adverts.model import Advert, CopiedForm, CopiedObject
from layout_engine.base.diagnostics import Diagnostic
from layout_engine.base.marks import PlacedPage
from layout_engine.base.recall import Recall, on_disk
from layout_engine.pdf.forms import fetch_form
from layout_engine.pdf.judging import conversion_for, judge_advert, judge_form
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import ScenePage


class PrintedAdvert(msgspec.Struct, frozen=True):
    """What became of an advertisement: which page of which file, and its size on paper in su."""

    file: str
    page: int
    box: str
    sha256: str
    size: tuple[int, int]
    natural: tuple[int, int]  # before it was scaled
    changes: tuple[tuple[str, int], ...] = ()  # what of its colours was converted, and how often


def judge_adverts(page: ScenePage, adverts: Mapping[str, Advert], profile: Profile) -> tuple[Diagnostic, ...]:
    """What the press makes of each advertisement on the page."""
    spots = _house_spots(page)
    return tuple(
        found for placed in _placed(page) for found in judge_advert(adverts[placed.key], placed, profile, spots)
    )


def fetch_adverts(
    page: ScenePage,
    adverts: Mapping[str, Advert],
    issue_dir: Path,
    profile: Profile,
    cache: Path | None,
    recall: Recall,
) -> tuple[dict[str, CopiedForm], tuple[Diagnostic, ...]]:
    """The advertisements on the page as forms by their keys, and what went wrong.

    One that cannot be fetched any more is there as a form that draws nothing; the page is then written nowhere.
    """
    forms: dict[str, CopiedForm] = {}
    found: list[Diagnostic] = []
    for placed in _placed(page):
        if placed.key in forms:
            continue
        advert, path = adverts[placed.key], issue_dir / placed.file
        choice = conversion_for(advert, profile, _house_spots(page))
        fetched = recall.get(
            ("advert form", placed.key),
            (advert, on_disk(path), choice, profile),
            partial(fetch_form, path, advert, placed.span, profile, choice, cache),
        )
        forms[placed.key] = fetched.value or EMPTY_FORM
        found += fetched.diagnostics
    return forms, tuple(found)


def judge_forms(
    page: ScenePage, adverts: Mapping[str, Advert], forms: Mapping[str, CopiedForm], profile: Profile
) -> tuple[Diagnostic, ...]:
    """What the press makes of each advertisement as it is printed, its pictures measured."""
    return tuple(
        found
        for placed in _placed(page)
        for found in judge_form(forms[placed.key], adverts[placed.key], placed, profile)
    )


def printed_adverts(
    page: ScenePage, adverts: Mapping[str, Advert], forms: Mapping[str, CopiedForm]
) -> tuple[PrintedAdvert, ...]:
    """What became of each advertisement on the page."""
    return tuple(
        PrintedAdvert(
            one.file,
            one.page,
            one.box,
            adverts[one.key].sha256,
            (one.rect.width, one.rect.height),
            one.size,
            forms[one.key].changes,
        )
        for one in _placed(page)
    )


def _house_spots(page: ScenePage) -> frozenset[str]:
    return frozenset(ink.spot for ink in page.inks.values() if ink.spot is not None)


def _placed(page: ScenePage) -> Iterator[PlacedPage]:
    return (item for region in page.regions for item in region.items if isinstance(item, PlacedPage))


EMPTY_FORM: Final = CopiedForm(
    (CopiedObject((b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 1 1 ] /Length 0 >>",), b""),), False
)
