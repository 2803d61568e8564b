"""The press as an advertisement's colours meet it (来件分色, PR-84, PR-91): converted as our own pictures are.

Relative colorimetric with black point as the profile says, greys in black alone, never more ink than the press takes.
"""

from collections.abc import Sequence
from typing import Any, Final

from PIL import Image

from layout_engine.pdf.color import GREY_MOST, Inks, Source, assumed_source, colourfulness, find_source
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.separations import FEW_COLOURS
from layout_engine.pdf.total_ink import FULL, hold_ink

_ROUND: Final = 0.5
_AB_MOST: Final = 127
_LIGHTEST: Final = 100

Amounts = tuple[float, float, float, float]


class AdvertInks:
    """The way into the inks of a profile; whatever has no profile of its own is sRGB."""

    def __init__(self, profile: Profile) -> None:
        self._inks = Inks(profile.icc, profile.pictures)
        self._total = profile.total_ink

    def colours(self, colours: Sequence[tuple[float, ...]], icc: bytes | None) -> list[Amounts]:
        """RGB in ink: greys in black alone."""
        octets = bytes(_octet(one * FULL) for colour in colours for one in colour)
        picture = Image.frombytes("RGB", (len(colours), 1), octets)
        return self._held(self._inks.separate_drawing(picture, _source(icc)))

    def lab_colours(self, colours: Sequence[tuple[float, ...]]) -> list[Amounts]:
        """Lab in ink; eight bits are as fine as a press is."""
        octets = bytes(
            one for light, a, b in colours for one in (_octet(light * FULL / _LIGHTEST), _signed(a), _signed(b))
        )
        picture = Image.frombytes("LAB", (len(colours), 1), octets)
        return self._held(self._inks.separate(picture, assumed_source("LAB")))

    def picture(self, picture: Any, icc: bytes | None) -> bytes:
        """An RGB picture as CMYK samples: drawings and greys with their blacks in black alone."""
        is_grey = colourfulness(picture).getextrema()[1] <= GREY_MOST  # type: ignore[operator]
        if is_grey:
            picture = Image.merge("RGB", (picture.convert("L"),) * 3)
        is_drawn = is_grey or picture.getcolors(FEW_COLOURS) is not None
        separate = self._inks.separate_drawing if is_drawn else self._inks.separate
        return hold_ink(separate(picture, _source(icc)), self._total).picture.tobytes()

    def _held(self, picture: Image.Image) -> list[Amounts]:
        data = hold_ink(picture, self._total).picture.tobytes()
        return [(data[at] / FULL, data[at + 1] / FULL, data[at + 2] / FULL, data[at + 3] / FULL)
                for at in range(0, len(data), 4)]  # fmt: skip


def _source(icc: bytes | None) -> Source:
    return find_source(icc, "RGB") or assumed_source("RGB")


def _octet(value: float) -> int:
    return min(FULL, max(0, int(value + _ROUND)))


def _signed(value: float) -> int:
    """a* and b* as Pillow has them: eight bits with a sign."""
    return round(min(_AB_MOST, max(-_AB_MOST, value))) & FULL
