"""How a press wants its pictures (图片规矩): the part of a `Profile` that says how they are separated."""

from typing import Final, Literal

import msgspec

PPI_LEAST: Final = 150  # PR-80: below it always fails
PPI_WANTED: Final = 200  # PR-80: twice the 100-line screen


class PictureRules(msgspec.Struct, frozen=True, kw_only=True):
    """图片规矩. What has no profile inside is taken as sRGB, as K, or as inks of the press itself.

    `tagged_cmyk`: a picture separated for another printing condition is converted to this one, or keeps its numbers.
    `heavy_cmyk`: one with more ink than the press takes is separated again where it has too much, or refused.
    """

    intent: Literal["relative", "perceptual"] = "relative"  # PR-84
    black_point: bool = True  # PR-84: the darkest of the picture becomes the darkest of the press
    sharpening: int = 80  # per cent of the finest detail, PR-84; 0 for none
    tagged_cmyk: Literal["convert", "keep"] = "convert"
    heavy_cmyk: Literal["separate", "refuse"] = "separate"

    @property
    def intent_in_words(self) -> str:
        """The rendering intent, as a report says it."""
        name = "relative colorimetric" if self.intent == "relative" else self.intent
        return f"{name}, black point compensated" if self.black_point else name
