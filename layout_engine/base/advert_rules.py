"""How a press takes the colours of advertisements (来件规矩): the part of a `Profile` that says what is converted."""

from typing import Literal

import msgspec


class AdvertRules(msgspec.Struct, frozen=True, kw_only=True):
    """来件规矩. `rgb`: RGB and Lab; None is what PR-91 says, converted but for X-1a.

    `spots`: inks that have no plate.
    """

    rgb: Literal["convert", "refuse"] | None = None
    spots: Literal["convert", "refuse"] = "convert"
