"""A page as it is shown in a report (版面): what lies inside its trim, without the marks of a proof."""

from io import BytesIO
from math import sqrt
from typing import Final

import msgspec
import pikepdf
import pypdfium2

from layout_engine.adverts.copying import content_streams, copy_form
from layout_engine.adverts.frames import read_frame
from layout_engine.adverts.limits import WRONG_KIND, BeyondLimitError, qpdf_bounded
from layout_engine.adverts.model import Advert, CopiedForm, Frame
from layout_engine.diff.model import Leaf
from layout_engine.pdf.page import LAYER
from layout_engine.proof.overlay import TITLE

_POINTS_PER_INCH: Final = 72
_QUALITY: Final = 68  # of WebP: small type stays clean, a tabloid page takes 400 kB
_EFFORT: Final = 2  # of 6; more saves 3 % and takes twice the time
_MARKS_BEGIN: Final = f"/OC /{LAYER} BDC\n".encode()
_MARKS_END: Final = b"\nEMC\n"
MOST_PIXELS: Final = 12_000_000  # of one picture; a hostile page may claim to be 10 m wide


class PagePicture(msgspec.Struct, frozen=True):
    """A picture of a page: WebP, and its size in pixels."""

    webp: bytes
    width: int
    height: int


class UnreadableLeafError(Exception):
    """The PDF cannot be opened, or has no page."""


def bare_leaf(leaf: Leaf) -> bytes:
    """The page as a PDF of the size of its trim, the layer of proof marks switched off. Raises UnreadableLeafError.

    A page that is turned is shown as it was written, for so its words were read.
    """
    written = BytesIO()
    try:
        with qpdf_bounded(), pikepdf.open(BytesIO(leaf.pdf), suppress_warnings=True) as opened:
            page = opened.pages[leaf.index]
            page.MediaBox = page.CropBox = page.trimbox
            page.Rotate = 0
            bare = pikepdf.new()
            _cut_marks(page)
            _hide_marks(opened)
            if "/OCProperties" in opened.Root:
                bare.Root.OCProperties = bare.copy_foreign(opened.make_indirect(opened.Root.OCProperties))
            bare.pages.append(page)
            bare.save(written, deterministic_id=True)
    except (pikepdf.PikepdfError, *WRONG_KIND) as fault:
        raise UnreadableLeafError from fault
    return written.getvalue()


def _cut_marks(page: pikepdf.Page) -> None:
    """Leave out what lies over the page of a proof of ours: the last thing in its content (pdf/page.py)."""
    properties = page.resources.get("/Properties")
    layer = properties.get(f"/{LAYER}") if properties is not None else None
    if layer is None or str(layer.get("/Name", "")) != TITLE:
        return
    for stream in content_streams(page.obj):
        data = stream.read_bytes()
        at = data.rfind(_MARKS_BEGIN)
        if at >= 0 and data.endswith(_MARKS_END):
            stream.write(data[:at])


def _hide_marks(opened: pikepdf.Pdf) -> None:
    layers = opened.Root.get("/OCProperties")
    if layers is None:
        return
    marks = [layer for layer in layers.get("/OCGs", []) if str(layer.get("/Name", "")) == TITLE]
    if marks:
        shown = layers.D
        shown.OFF = pikepdf.Array([*shown.get("/OFF", []), *marks])
        hidden = {layer.objgen for layer in marks}
        shown.ON = pikepdf.Array([layer for layer in shown.get("/ON", []) if layer.objgen not in hidden])


def form_of(leaf: bytes, live: bool) -> tuple[CopiedForm, Frame]:
    """The only page of `leaf` as something to be placed on another, and its frame. Raises UnreadableLeafError.

    `live`: it may be transparent, which one of our own is not.
    """
    try:
        with qpdf_bounded(), pikepdf.explicit_conversion(), pikepdf.open(BytesIO(leaf)) as opened:
            page = opened.pages[0].obj
            found = read_frame(page, "media")
            if found is None:
                raise UnreadableLeafError
            box, frame = found
            return copy_form(page, Advert("", "", 1, box, frame, (), live)), frame
    except (pikepdf.PikepdfError, BeyondLimitError, *WRONG_KIND) as fault:
        raise UnreadableLeafError from fault


def draw_leaf(leaf: bytes, dpi: float) -> PagePicture:
    """The only page of `leaf`, at a lower resolution where it would be too large. Raises UnreadableLeafError."""
    try:
        document = pypdfium2.PdfDocument(leaf)
    except pypdfium2.PdfiumError as fault:
        raise UnreadableLeafError from fault
    try:
        page = document[0]
        width, height = page.get_size()
        scale = min(dpi / _POINTS_PER_INCH, sqrt(MOST_PIXELS / max(1.0, width * height)))
        image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as fault:
        raise UnreadableLeafError from fault
    finally:
        document.close()
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=_EFFORT)
    return PagePicture(written.getvalue(), image.width, image.height)
