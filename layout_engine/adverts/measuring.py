"""How much ink the pictures of an advertisement lay on the paper (图片墨量, PR-48, PR-91): each that is drawn."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.colours import Colour, Space
from layout_engine.adverts.limits import BeyondLimitError
from layout_engine.adverts.model import Fact
from layout_engine.adverts.rasters import DrawnPicture, Gauge, Measured, raster_of

_MM_PER_PT: Final = 25.4 / 72
_BILEVEL: Final = ("/CCITTFaxDecode", "/JBIG2Decode")
_KEY: Final = "Black"


def measured_pictures(pictures: Iterable[DrawnPicture], gauge: Gauge) -> Iterator[Fact]:
    """The facts of each: its most ink, its most black if it is no drawing; or that it cannot be measured.

    Pictures in colours that are no ink are left out, and so are those of one bit, which are solid or nothing.
    """
    for drawn in pictures:
        what = f"{int(drawn.image.get('/Width', 0))} × {int(drawn.image.get('/Height', 0))} px, {drawn.where}"
        try:
            measured = _measured(drawn, gauge)
        except BeyondLimitError as beyond:
            yield Fact("picture-unmeasured", f"{what}: > {beyond.most} {beyond.what}")
        except (ValueError, LookupError, TypeError, pikepdf.PdfError, NotImplementedError) as error:
            yield Fact("picture-unmeasured", f"{what}: {str(error)[:60] or type(error).__name__}")
        else:
            if measured is not None:
                yield Fact("picture-ink", what, measured.ink)
                if measured.shaded:
                    yield Fact("picture-black", what, measured.black)


def _measured(drawn: DrawnPicture, gauge: Gauge) -> Measured | None:
    image: Any = drawn.image
    filters = image.get("/Filter")
    if str(filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters) in _BILEVEL:
        return None
    raster, space = raster_of(image, drawn.named)
    plates = list(Colour(space, (1.0,) * space.components).plates())
    if not plates or (raster.bits == 1 and not raster.palette):
        return None
    wide, high = drawn.size or (0.0, 0.0)
    black = plates.index(_KEY) if _KEY in plates else None
    return gauge(raster, _is_light(space), black, (wide * _MM_PER_PT, high * _MM_PER_PT))


def _is_light(space: Space) -> bool:
    """Whether its numbers say how light a colour is, as greys do."""
    return space.family in ("gray", "managed") and space.components == 1
