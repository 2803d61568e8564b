"""The inks of two editions (油墨): which name stands for the same, and which is mixed otherwise now."""

from collections.abc import Mapping

import msgspec

from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.diff.model import Change, Edition, Fact, Place, Side
from layout_engine.spec.resolved import Ink


class Inks(msgspec.Struct, frozen=True):
    """For each page of an edition and each key of an ink there, what the ink is called in both editions.

    `mixed` are inks that kept their name and are another mixture now: told once, and not wherever they are used.
    """

    old_keys: Mapping[int, Mapping[str, str]]
    new_keys: Mapping[int, Mapping[str, str]]
    mixed: Mapping[str, tuple[Ink, Ink]]


def compare_inks(old: Edition, new: Edition) -> Inks:
    """Look at the inks of all pages."""
    before, after = _inks(old), _inks(new)
    mixed = {
        key: (before[key], after[key])
        for key in before.keys() & after.keys()
        if len(_mixtures(old, key)) == len(_mixtures(new, key)) == 1 and mixture(before[key]) != mixture(after[key])
    }
    return Inks(_names(old, mixed), _names(new, mixed), {key: mixed[key] for key in sorted(mixed)})


def _inks(edition: Edition) -> dict[str, Ink]:
    return {key: ink for record in edition.pages for key, ink in record.page.inks.items()}


def _mixtures(edition: Edition, key: str) -> set[str]:
    return {mixture(record.page.inks[key]) for record in edition.pages if key in record.page.inks}


def _names(edition: Edition, mixed: Mapping[str, object]) -> dict[int, dict[str, str]]:
    return {
        record.page.number: {key: f"{key}:" if key in mixed else mixture(ink) for key, ink in record.page.inks.items()}
        for record in edition.pages
    }


def mixture(ink: Ink) -> str:
    """The ink as the press sees it: `C0 M100 Y100 K0`, a spot by its name."""
    parts = " ".join(
        f"{letter}{value / 100:g}" for letter, value in zip("CMYK", (ink.c, ink.m, ink.y, ink.k), strict=True)
    )
    named = f"{ink.spot} ({parts})" if ink.spot else parts
    return f"{named} overprint" if ink.overprint else named


def mixed_changes(inks: Inks, old: Edition, new: Edition) -> list[Change]:
    """A change for each ink that is another mixture now and is used."""
    changes = []
    for key, (before, after) in inks.mixed.items():
        was, is_now = _used(old, key), _used(new, key)
        if was and is_now:
            fact = Fact("ink", f"{key} {mixture(before)}", f"{key} {mixture(after)}")
            changes.append(Change("style", "replace", Side("", places=was), Side("", places=is_now), (fact,)))
    return changes


def _used(edition: Edition, key: str) -> tuple[Place, ...]:
    """The regions in which something is printed in this ink."""
    return tuple(
        Place(record.page.number, region.id, (region.rect,))
        for record in edition.pages
        for region in record.page.regions
        if any(not isinstance(item, Picture | PlacedPage) and item.ink == key for item in region.items)
    )
