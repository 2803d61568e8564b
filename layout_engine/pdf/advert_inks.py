"""The press as an advertisement's colours meet it (来件分色, PR-84, PR-91): converted as our own pictures are.

Relative colorimetric with black point as the profile says, greys in black alone, never more ink than the press takes.
"""

import zlib
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Final

from PIL import Image
from PIL.ImageCms import PyCMSError

from layout_engine.adverts.rasters import LOSSY, Raster
from layout_engine.adverts.ways import PrintedPicture
from layout_engine.pdf.advert_pictures import open_picture
from layout_engine.pdf.color import GREY_MOST, Inks, Source, assumed_source, colourfulness, find_source
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.separations import FEW_COLOURS, JPEG_QUALITY, RINGING
from layout_engine.pdf.total_ink import FEW_TONES, FULL, hold_black, hold_ink

_ROUND: Final = 0.5
_AB_MOST: Final = 127
_LIGHTEST: Final = 100
_LEVEL: Final = 6  # PR-14: fixed
_PT_PER_INCH: Final = 72
_UNUSABLE: Final = (PyCMSError, ValueError, OSError)  # a profile that LittleCMS can open but not convert by

Amounts = tuple[float, float, float, float]


class AdvertInks:
    """The way into the inks of a profile; whatever has no profile of its own, or none of use, is sRGB."""

    def __init__(self, profile: Profile) -> None:
        self._inks = Inks(profile.icc, profile.pictures)
        self._total = profile.total_ink
        self._most_ppi = profile.picture_ppi_most
        self._ignored: set[bytes] = set()

    @property
    def ignored(self) -> int:
        """How many profiles could not be converted by."""
        return len(self._ignored)

    def colours(self, colours: Sequence[tuple[float, ...]], icc: bytes | None) -> list[Amounts]:
        """RGB in ink: greys in black alone."""
        octets = bytes(_octet(one * FULL) for colour in colours for one in colour)
        picture = Image.frombytes("RGB", (len(colours), 1), octets)
        return self._held(self._by(icc, lambda source: self._inks.separate_drawing(picture, source)))

    def lab_colours(self, colours: Sequence[tuple[float, ...]]) -> list[Amounts]:
        """Lab in ink; eight bits are as fine as a press is."""
        octets = bytes(
            one for light, a, b in colours for one in (_octet(light * FULL / _LIGHTEST), _signed(a), _signed(b))
        )
        picture = Image.frombytes("LAB", (len(colours), 1), octets)
        return self._held(self._inks.separate(picture, assumed_source("LAB")))

    def picture(self, raster: Raster, icc: bytes | None, size: tuple[float, float] | None) -> PrintedPicture:
        """An RGB picture in ink, of no more pixels than `size` in points asks for (PR-80).

        Drawings and greys have their blacks in black alone. A JPEG stays one, all else is packed without loss.
        """
        shrink = self._shrink(raster, size)
        picture = open_picture(raster, int(1 / (2 * shrink)))  # twice the pixels wanted, for the filter to weigh
        wanted = max(1, round(raster.width * shrink)), max(1, round(raster.height * shrink))
        if picture.size != wanted:
            picture = picture.resize(wanted, Image.Resampling.LANCZOS)
        is_grey = colourfulness(picture).getextrema()[1] <= GREY_MOST  # type: ignore[operator]
        if is_grey:
            picture = Image.merge("RGB", (picture.convert("L"),) * 3)
        is_drawn = picture.getcolors(FEW_TONES if is_grey else FEW_COLOURS) is not None
        separate = self._inks.separate_drawing if is_drawn or is_grey else self._inks.separate
        inked = self._by(icc, lambda source: separate(picture, source))
        return self._packed(inked if is_drawn else hold_black(inked), lossy=raster.packing in LOSSY)

    def tinted(self, raster: Raster, tables: Sequence[bytes]) -> PrintedPicture:
        """A picture in one ink, of whose amounts `tables` say how much of C, M, Y and K each is."""
        amounts = open_picture(raster)
        inked = Image.merge("CMYK", [amounts.point(list(table)) for table in tables])
        return self._packed(inked, lossy=raster.packing in LOSSY)

    def _shrink(self, raster: Raster, size: tuple[float, float] | None) -> float:
        if size is None or min(size) <= 0:
            return 1.0
        wanted = (side * self._most_ppi / _PT_PER_INCH for side in size)
        return min(1.0, max(most / side for most, side in zip(wanted, (raster.width, raster.height), strict=True)))

    def _packed(self, inked: Image.Image, *, lossy: bool) -> PrintedPicture:
        held = hold_ink(inked, self._total - (RINGING if lossy else 0)).picture
        if not lossy:
            return PrintedPicture(*held.size, zlib.compress(held.tobytes(), _LEVEL), "FlateDecode", inverted=False)
        stream = BytesIO()
        held.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return PrintedPicture(*held.size, stream.getvalue(), "DCTDecode", inverted=True)

    def _by(self, icc: bytes | None, convert: Callable[[Source], Image.Image]) -> Image.Image:
        """Converted by a profile of the file; where it is of no use, by sRGB, which is remembered."""
        source = find_source(icc, "RGB")
        if source is not None:
            try:
                return convert(source)
            except _UNUSABLE:
                source = None
        if icc is not None:
            self._ignored.add(sha256(icc).digest())
        try:
            return convert(assumed_source("RGB"))
        except PyCMSError as error:
            raise ValueError(str(error)) from error

    def _held(self, picture: Image.Image) -> list[Amounts]:
        data = hold_ink(picture, self._total).picture.tobytes()
        return [(data[at] / FULL, data[at + 1] / FULL, data[at + 2] / FULL, data[at + 3] / FULL)
                for at in range(0, len(data), 4)]  # fmt: skip


def _octet(value: float) -> int:
    return min(FULL, max(0, int(value + _ROUND)))


def _signed(value: float) -> int:
    """a* and b* as Pillow has them: eight bits with a sign."""
    return round(min(_AB_MOST, max(-_AB_MOST, value))) & FULL
