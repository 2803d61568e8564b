"""A written page as a picture for the eye (版面图): drawn by PDFium, an unrelated reader, at a chosen resolution."""

from io import BytesIO
from typing import Final

import pypdfium2

MAX_PIXELS: Final = (
    200_000_000  # a broadsheet at some 600 dpi; more is a slip of the pen, and would not fit into memory
)

_POINTS_PER_INCH: Final = 72
_PNG_LEVEL: Final = 6


class TooLargeError(Exception):
    """The picture would have more than MAX_PIXELS pixels."""


def render_png(pdf: bytes, dpi: int) -> bytes:
    """The first page of `pdf` as PNG bytes, the same for the same page. Raises TooLargeError.

    It shows what a screen shows: inks in sRGB without the press's profile, no overprint.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = dpi / _POINTS_PER_INCH
        width, height = page.get_size()
        if width * height * scale * scale > MAX_PIXELS:
            raise TooLargeError
        image = page.render(scale=scale).to_pil()
    finally:
        document.close()
    written = BytesIO()
    image.save(written, "PNG", dpi=(dpi, dpi), compress_level=_PNG_LEVEL)
    return written.getvalue()
