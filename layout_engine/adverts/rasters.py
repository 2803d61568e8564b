"""The samples of a picture as they lie in an advertiser's file (栅格), for whoever decodes them: the press."""

from typing import Any, Final, Literal, Protocol

import msgspec
import pikepdf

from layout_engine.adverts.colours import Space, space_of
from layout_engine.adverts.limits import MAX_PIXELS, BeyondLimitError

Packing = Literal["DCTDecode", "FlateDecode", "JPXDecode", ""]

LOSSY: Final = ("DCTDecode", "JPXDecode")

_OCTET: Final = 8
_DEPTHS: Final = (1, 2, 4, 8, 16)
_PNG_ROWS: Final = 10  # predictors from here on are those of PNG (ISO 32000-1, table 8)
_PNG_CHANNELS: Final = 4
_BILEVEL: Final = ("/CCITTFaxDecode", "/JBIG2Decode")
_PALETTE_MOST: Final = 256


class Raster(msgspec.Struct, frozen=True):
    """栅格: the packed data, and what it takes to make colours of it.

    `decode` are pairs for each channel, nothing where they are as usual. With a `palette` the samples are numbers of
    colours in it, of `channels` octets each. `png_rows`: each row begins with a filter of PNG.
    """

    width: int
    height: int
    bits: int
    channels: int
    packing: Packing
    data: bytes
    png_rows: bool = False
    decode: tuple[float, ...] = ()
    palette: bytes = b""

    @property
    def stored(self) -> int:
        """How many samples each pixel has."""
        return 1 if self.palette else self.channels


class DrawnPicture(msgspec.Struct, frozen=True):
    """A picture where it is drawn largest: its size in points, none where a pattern or a mask draws it."""

    image: Any
    named: Any  # the resources' own names for spaces
    size: tuple[float, float] | None
    where: str


class Measured(msgspec.Struct, frozen=True):
    """How much ink a picture lays on its heaviest square millimetre, and how much of that is black; per cent.

    `shaded`: it is no drawing, whose solids are meant.
    """

    ink: int
    black: int
    shaded: bool


class Gauge(Protocol):
    """Measures a picture whose channels are inks, `black` the place of black among them; `mm` its size in print.

    Raises ValueError where it cannot be decoded.
    """

    def __call__(self, raster: Raster, light: bool, black: int | None, mm: tuple[float, float]) -> Measured: ...


def raster_of(image: Any, named: Any = None) -> tuple[Raster, Space]:
    """The samples of an image XObject, and the space of its colours (of its palette, if it has one).

    Raises ValueError where nothing here decodes them, BeyondLimitError where there are too many.
    """
    width, height = int(image["/Width"]), int(image["/Height"])
    if min(width, height) < 1:
        raise ValueError("0 px")
    if width * height > MAX_PIXELS:
        raise BeyondLimitError("pixels", MAX_PIXELS)
    space = space_of(image.get("/ColorSpace"), named)
    bits = int(image.get("/BitsPerComponent", _OCTET))
    colours = space.printed()
    if bits not in _DEPTHS or not colours.components:
        raise ValueError(f"{bits} bit {space.name}")
    indexed = space.family == "indexed"
    stored = 1 if indexed else colours.components
    packing, data, png_rows = _packed(image, width, bits, stored)
    decode = tuple(float(one) for one in image.get("/Decode", ()))
    usual = (0.0, float((1 << bits) - 1)) if indexed else (0.0, 1.0) * stored
    return Raster(
        width,
        height,
        bits,
        colours.components,
        packing,
        data,
        png_rows,
        () if decode in ((), usual) else decode,
        _palette(image["/ColorSpace"], named, colours.components) if indexed else b"",
    ), colours


def _palette(space: Any, named: Any, components: int) -> bytes:
    if isinstance(space, pikepdf.Name):
        space = named[str(space)]
    table = space[3]
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    count = min(int(space[2]) + 1, _PALETTE_MOST, len(data) // components)
    if count < 1:
        raise ValueError("Indexed")
    return data[: count * components]


def _packed(image: Any, width: int, bits: int, channels: int) -> tuple[Packing, bytes, bool]:
    """The data as little unpacked as need be: large pictures are unpacked by whoever reads them, row by row."""
    filters, parms = _list(image.get("/Filter")), _list(image.get("/DecodeParms"))
    last = str(filters[-1]) if filters else ""
    if last in _BILEVEL:
        raise ValueError(last[1:])
    if last in ("/DCTDecode", "/DCT", "/JPXDecode"):
        packing: Packing = "JPXDecode" if last == "/JPXDecode" else "DCTDecode"
        return packing, image.read_raw_bytes() if len(filters) == 1 else _outer_unpacked(image, filters, parms), False
    if len(filters) == 1 and last in ("/FlateDecode", "/Fl"):
        rows = parms[0] if parms and isinstance(parms[0], pikepdf.Dictionary) else pikepdf.Dictionary()
        predictor = int(rows.get("/Predictor", 1))
        as_png = int(rows.get("/Colors", 1)), int(rows.get("/BitsPerComponent", 8)), int(rows.get("/Columns", 1))
        if predictor == 1:
            return "FlateDecode", image.read_raw_bytes(), False
        if (
            predictor >= _PNG_ROWS
            and as_png == (channels, bits, width)
            and bits == _OCTET
            and channels <= _PNG_CHANNELS
        ):
            return "FlateDecode", image.read_raw_bytes(), True
    return "", image.read_bytes(), False


def _outer_unpacked(image: Any, filters: list[Any], parms: list[Any]) -> bytes:
    """A JPEG that is packed once more, as ASCII or so."""
    if any(isinstance(one, pikepdf.Dictionary) for one in parms[:-1]):
        raise ValueError("DecodeParms")
    owner = pikepdf.new()  # must outlive what it owns
    outer = owner.make_stream(image.read_raw_bytes())
    outer["/Filter"] = pikepdf.Array([pikepdf.Name(str(one)) for one in filters[:-1]])
    data: bytes = outer.read_bytes()
    return data


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
