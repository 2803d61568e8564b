"""From the colours of a picture to the inks of the press (分色): profiles, black point, the limit of total ink.

LittleCMS does the conversion, as Pillow's ImageCms.
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageCms

FULL: Final = 255  # a solid, in eight bits
_SRGB: Final = "sRGB"
_SPACES: Final = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY", "LAB": "Lab "}


class Inks:
    """The way to the press's inks: its profile, opened once for a picture."""

    __slots__ = ("_output",)

    def __init__(self, icc: bytes) -> None:
        self._output = ImageCms.ImageCmsProfile(BytesIO(icc))

    def separate(self, picture: Image.Image, embedded: bytes | None) -> tuple[Image.Image, str, bool]:
        """The picture in CMYK, relative colorimetric with black point compensation (PR-84).

        Also what it was converted from, and whether the embedded profile could be used; sRGB stands in for none.
        """
        source = open_profile(embedded, picture.mode)
        ignored = embedded is not None and source is None
        if source is None:
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if picture.mode == "LAB" else _SRGB))
            name = "Lab" if picture.mode == "LAB" else _SRGB
        else:
            name = (source.profile.profile_description or "").strip() or "RGB"
        transform = ImageCms.buildTransform(
            source,
            self._output,
            picture.mode,
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        separated = transform.apply(picture)
        return separated, name, ignored


def open_profile(icc: bytes | None, mode: str) -> ImageCms.ImageCmsProfile | None:
    """An embedded profile, if it is one and is for pictures of this mode."""
    if not icc:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    except OSError:
        return None
    return profile if profile.profile.xcolor_space == _SPACES.get(mode) else None


def max_ink_percent(picture: Image.Image) -> int:
    """The most ink that lies on one spot of a CMYK or grey (K) picture, in per cent, rounded up."""
    if picture.mode == "L":
        return _percent(FULL - _extrema(picture)[0])
    bands = picture.split()
    if max(_extrema(band)[1] for band in bands) <= 1:  # a trace that half sums would lose
        return _percent(sum(_extrema(band)[1] for band in bands))
    two, other_two = _half_sums(bands)
    above = _extrema(ImageChops.add(two, other_two, offset=-FULL))[1]
    halves = above + FULL if above else _extrema(ImageChops.add(two, other_two))[1]
    return _percent(2 * halves + _LOST_BITS)


def limit_ink(picture: Image.Image, percent: int) -> Image.Image:
    """No spot with more ink than `percent` (over 100): the excess goes out of C, M and Y alike, so grey stays grey.

    Black carries the drawing and is not touched (PR-48).
    """
    cyan, magenta, yellow, black = picture.split()
    allowed = (percent * FULL // 100 - _LOST_BITS) // 2
    for _ in range(_MAX_PASSES):
        excess = ImageChops.add(*_half_sums((cyan, magenta, yellow, black)), offset=-allowed)
        if not _extrema(excess)[1]:
            break
        share = excess.point(_THIRDS)
        cyan, magenta, yellow = (ImageChops.subtract(ink, share) for ink in (cyan, magenta, yellow))
    else:
        return picture
    return Image.merge("CMYK", (cyan, magenta, yellow, black))


# Sums of four inks do not fit in eight bits; half sums do, and lose one bit in each pair.
_LOST_BITS: Final = 2
# What each of C, M and Y gives of an excess counted in halves. Where only one of them is left, the excess shrinks
# by a third a pass: from 400 % to 100 % in fewer than twenty.
_THIRDS: Final = tuple(-(-2 * halves // 3) for halves in range(FULL + 1))
_MAX_PASSES: Final = 20


def _half_sums(inks: tuple[Image.Image, ...]) -> tuple[Image.Image, Image.Image]:
    cyan, magenta, yellow, black = inks
    return ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)


def _percent(value: int) -> int:
    return -(-value * 100 // FULL)


def _extrema(band: Image.Image) -> tuple[int, int]:
    low, high = band.getextrema()
    return int(low), int(high)  # type: ignore[arg-type]  # a single band has numbers
