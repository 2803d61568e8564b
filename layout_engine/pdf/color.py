"""From the colours of a picture to the inks of the press (分色): profiles, rendering intent, black point.

LittleCMS does the conversion, as Pillow's ImageCms. Colour goes to four inks, grey to black alone by its lightness.
"""

from bisect import bisect_left
from io import BytesIO
from typing import Final

import msgspec
from PIL import Image, ImageChops, ImageCms

from layout_engine.base.picture_rules import PictureRules
from layout_engine.pdf.total_ink import FULL

_SPACES: Final = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY", "LAB": "Lab "}
GREY_MOST: Final = 3  # levels by which the channels of a grey may differ after JPEG
GREY_IN_DRAWING: Final = 1  # no JPEG has touched it, and a tint may be meant
LIGHTEST: Final = 100  # L* of paper
_CLASSES: Final = frozenset(("scnr", "mntr", "prtr", "spac"))  # profiles of pictures, not links and names of colours
_MAX_BYTES: Final = 4 << 20
_NAMES: Final = {"LAB": "Lab", "L": "grey", "CMYK": "CMYK"}

# LittleCMS's own intents: what is printed in black alone stays so, above all the type in an advertisement.
_KEEPING_BLACK: Final = {"relative": 11, "perceptual": 10}
_INTENTS: Final = {
    "relative": ImageCms.Intent.RELATIVE_COLORIMETRIC,
    "perceptual": ImageCms.Intent.PERCEPTUAL,
}


class Source(msgspec.Struct, frozen=True):
    """The profile that a picture's numbers are read by, its name, and the mode that it is for."""

    profile: ImageCms.ImageCmsProfile
    name: str
    mode: str


class Inks:
    """The way to the press's inks: its profile, opened once for a picture."""

    __slots__ = ("_flags", "_output", "_rules")

    def __init__(self, icc: bytes, rules: PictureRules) -> None:
        self._output = ImageCms.ImageCmsProfile(BytesIO(icc))
        self._rules = rules
        self._flags = ImageCms.Flags.BLACKPOINTCOMPENSATION if rules.black_point else ImageCms.Flags.NONE

    def separate(self, picture: Image.Image, source: Source) -> Image.Image:
        """The picture (RGB or LAB) in CMYK (PR-84)."""
        intent = _INTENTS[self._rules.intent]
        return ImageCms.buildTransform(
            source.profile, self._output, picture.mode, "CMYK", intent, self._flags
        ).apply(picture)  # fmt: skip

    def separate_drawing(self, picture: Image.Image, source: Source) -> Image.Image:
        """A drawing (RGB) in CMYK, its blacks and greys in black alone: hairlines in four inks never register."""
        grey = colourfulness(picture).point([0 if level > GREY_IN_DRAWING else FULL for level in range(FULL + 1)])
        black = picture.convert("L").point([FULL - level for level in self.black_for(source)])
        none = Image.new("L", picture.size)
        return Image.composite(Image.merge("CMYK", (none, none, none, black)), self.separate(picture, source), grey)

    def separate_again(self, picture: Image.Image, source: Source | None) -> Image.Image:
        """A CMYK picture in the inks of this press, from those that it was made for: this press's own if None.

        It looks the same, with as much black and as little colour as this press wants; black alone stays alone.
        """
        intent = _KEEPING_BLACK[self._rules.intent]
        return ImageCms.ImageCmsTransform(
            source.profile if source else self._output,
            self._output,
            "CMYK",
            "CMYK",
            intent,  # type: ignore[arg-type]  # LittleCMS knows more intents than the four of ICC
            flags=self._flags,
        ).apply(picture)

    def black_for(self, source: Source) -> list[int]:
        """For each of 256 greys of the source (L or RGB) the grey that, as K alone, prints as light as it looks.

        The darkest of the source becomes solid black: lightness is fitted in as black point compensation fits it.
        """
        ramp = Image.frombytes("L", (FULL + 1, 1), bytes(range(FULL + 1)))
        wanted = _luminances(source.profile, Image.merge("RGB", (ramp,) * 3) if source.mode == "RGB" else ramp)
        none = Image.new("L", ramp.size)
        printed = _luminances(self._output, Image.merge("CMYK", (none, none, none, ramp)))
        darkest, black = wanted[0], printed[-1]
        rising = printed[::-1]  # by what the grey is, not the ink
        table = []
        for luminance in wanted:
            if self._rules.black_point and darkest < 1:
                luminance = black + (luminance - darkest) * (1 - black) / (1 - darkest)
            above = min(FULL, bisect_left(rising, luminance))
            below = max(0, above - 1)
            table.append(above if rising[above] - luminance <= luminance - rising[below] else below)
        return table


def colourfulness(picture: Image.Image) -> Image.Image:
    """How far each pixel of an RGB picture is from grey: the greater difference of its channels' neighbours."""
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))


def find_source(embedded: bytes | None, mode: str) -> Source | None:
    """The profile inside a picture of this mode, if it is one and is for this mode.

    Some programs leave the profile for colour in a picture that they have made grey: it says what its greys mean.
    """
    if not embedded or len(embedded) > _MAX_BYTES:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(embedded))
    except OSError:
        return None
    read_as = "RGB" if mode == "L" and profile.profile.xcolor_space == _SPACES["RGB"] else mode
    if profile.profile.xcolor_space != _SPACES.get(read_as) or profile.profile.device_class.strip() not in _CLASSES:
        return None
    return Source(profile, (profile.profile.profile_description or "").strip() or _NAMES.get(mode, mode), read_as)


def assumed_source(mode: str) -> Source:
    """What a picture without a profile is taken for: sRGB, or Lab as it stands."""
    if mode == "LAB":
        return Source(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), _NAMES["LAB"], "LAB")
    return Source(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), "sRGB", "RGB")


def _luminances(profile: ImageCms.ImageCmsProfile, ramp: Image.Image) -> list[float]:
    """How light each step of a ramp is, paper 1, by CIE 1976 L*; never falling where a ramp of ink rises."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    shown = ImageCms.buildTransform(profile, lab, ramp.mode, "LAB", intent).apply(ramp)
    return [_luminance(step * LIGHTEST / FULL) for step in shown.getchannel("L").tobytes()]


def _luminance(lightness: float) -> float:
    """Y of L*: CIE 15, 8.2.1."""
    f = (lightness + 16) / 116
    return f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29)
