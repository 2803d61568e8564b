"""Each plate as a picture (分色预览): grey, as its ink lies, black for a solid; and tinted, in the ink's own colour."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageChops

from layout_engine.plates.model import FULL, Color, Plate, Plates

_PNG_LEVEL: Final = 6
_PAPER: Final[Color] = (FULL, FULL, FULL)
_LUMINANCE, _WHOLE = (299, 587, 114), 1000  # of red, green, blue, as television has them


def grey_png(plates: Plates, plate: Plate) -> bytes:
    """The plate with black where its ink is solid."""
    picture = _picture(plates, plate)
    return png(picture.point(range(FULL, -1, -1)), plates.ppi)


def tinted_png(plates: Plates, plate: Plate) -> bytes:
    """The plate in the colour of its ink on white."""
    picture = _picture(plates, plate)
    picture.putpalette(_shades(plate.color))
    return png(picture, plates.ppi)


def composite(plates: Plates) -> Image.Image:
    """The page in grey, as dark as all its plates together: to find one's way."""
    page = Image.new("L", (plates.width, plates.height), FULL)
    for plate in plates.plates:
        lightness = sum(weight * part for weight, part in zip(_LUMINANCE, plate.color, strict=True)) // _WHOLE
        shade = _picture(plates, plate).point([FULL - (FULL - lightness) * ink // FULL for ink in range(FULL + 1)])
        page = ImageChops.multiply(page, shade)
    return page


def png(picture: Image.Image, ppi: float) -> bytes:
    """A picture as PNG bytes, the same for the same picture."""
    written = BytesIO()
    picture.save(written, "PNG", dpi=(ppi, ppi), compress_level=_PNG_LEVEL)
    return written.getvalue()


def _picture(plates: Plates, plate: Plate) -> Image.Image:
    return Image.frombytes("L", (plates.width, plates.height), plate.ink)


def _shades(color: Color) -> list[int]:
    """From paper to the solid ink, in as many steps as a plate has."""
    return [
        white - (white - full) * ink // FULL
        for ink in range(FULL + 1)
        for white, full in zip(_PAPER, color, strict=True)
    ]
