"""The pictures of an advertisement decoded (来件图片): as pixels to be converted, or measured for their ink.

Hostile until checked: no more samples are unpacked than the picture says it has, a JPEG's own size is held against
what the file says of it, and what is only measured is taken in bands of rows.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from layout_engine.adverts.rasters import Measured, Raster
from layout_engine.pdf.decode import DAMAGE
from layout_engine.pdf.total_ink import FEW_TONES, FULL, squares
from layout_engine.pdf.traps import find_trap

_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
_PNG_KINDS: Final = {1: (0, "L"), 2: (4, "LA"), 3: (2, "RGB"), 4: (6, "RGBA")}  # by channels: colour type, mode
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_BAND: Final = 4 << 20  # octets that are unpacked at a time
_DRAFTS: Final = (8, 4, 2)  # a JPEG's decoder gives means of so many pixels for less than the pixels themselves
_OCTET: Final = 8
_WORD: Final = 16


def open_picture(raster: Raster, needless: int = 1) -> Image.Image:
    """All its pixels, as L, RGB or CMYK; with so many `needless` ones to one that is printed, perhaps fewer.

    Raises ValueError where it is not what the file says of it.
    """
    mode = _MODES.get(raster.channels)
    if mode is None:
        raise ValueError(f"{raster.channels} channels")
    try:
        if raster.packing == "DCTDecode" and mode == "RGB" and not raster.decode and not raster.palette:
            picture = _jpeg(raster, needless)
            picture.load()
            return picture
        bands = [Image.merge(mode, planes) for planes in _planes(raster, 1)]
    except DAMAGE as error:
        raise ValueError(str(error)[:80] or type(error).__name__) from error
    if len(bands) == 1:
        return bands[0]
    whole = Image.new(mode, (raster.width, raster.height))
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole


def measure_picture(raster: Raster, light: bool, black: int | None, mm: tuple[float, float]) -> Measured:
    """The ink on its heaviest square millimetre (PR-48), `mm` being its size in print; `light` are greys.

    Squares are looked at in steps of half a millimetre; where a pixel is larger than that, each pixel is.
    """
    half = max(1, int(min(raster.width / mm[0], raster.height / mm[1]) / 2)) if min(mm) > 0 else 1
    try:
        rows: list[list[Image.Image]] = [[] for _ in range(raster.channels)]
        tones = [0] * (FULL + 1)
        for planes in _planes(raster, half):
            inks = [ImageChops.invert(one) for one in planes] if light else planes
            if black is not None:
                tones = [more + so_far for more, so_far in zip(inks[black].histogram(), tones, strict=True)]
            step = _step(raster, inks[0], half)
            for kept, ink in zip(rows, inks, strict=True):
                kept.append(ink.reduce(step) if step > 1 else ink)
    except DAMAGE as error:
        raise ValueError(str(error)[:80] or type(error).__name__) from error
    small = [_stacked(one) for one in rows]
    means = list(squares(small, 2 if half > 1 else 1))
    return Measured(
        _percent(max(max(map(sum, zip(*(ink.tobytes() for ink in inks), strict=True))) for inks in means)),
        0 if black is None else _percent(max(int(inks[black].getextrema()[1]) for inks in means)),  # type: ignore[arg-type]
        sum(1 for tone in tones if tone) > FEW_TONES,
    )


def _step(raster: Raster, plane: Image.Image, half: int) -> int:
    """How many pixels of the plane are half a millimetre: a JPEG may have been opened small."""
    return max(1, round(half * plane.width / raster.width))


def _stacked(bands: list[Image.Image]) -> Image.Image:
    if len(bands) == 1:
        return bands[0]
    return Image.frombytes(
        "L", (bands[0].width, sum(one.height for one in bands)), b"".join(one.tobytes() for one in bands)
    )


def _planes(raster: Raster, half: int) -> Iterator[list[Image.Image]]:
    """The channels, band after band from the top; all bands but the last have a multiple of `half` rows."""
    for stored in _as_stored(raster, half):
        planes = [_decoded(one, raster, at) for at, one in enumerate(stored)] if raster.decode else stored
        if raster.palette:
            colours = [raster.palette[channel :: raster.channels] for channel in range(raster.channels)]
            planes = [planes[0].point([*one, *one[-1:] * (FULL + 1 - len(one))]) for one in colours]
        yield planes


def _decoded(plane: Image.Image, raster: Raster, channel: int) -> Image.Image:
    """The samples as the file has them decoded: into shares of full, or into numbers of the palette."""
    low, high = raster.decode[2 * channel : 2 * channel + 2]
    most, full = ((1 << raster.bits) - 1, 1) if raster.palette else (FULL, FULL)
    return plane.point([max(0, min(FULL, round(full * (low + at * (high - low) / most)))) for at in range(FULL + 1)])


def _as_stored(raster: Raster, half: int) -> Iterator[list[Image.Image]]:
    if raster.packing == "DCTDecode":
        picture = _jpeg(raster, half)
        planes = list(picture.split())
        yield [ImageChops.invert(one) for one in planes] if picture.mode == "CMYK" else planes
    elif raster.packing == "JPXDecode":
        yield list(_sized(Jpeg2KImageFile(BytesIO(raster.data)), raster).split())
    elif raster.png_rows:
        yield _png(raster)
    else:
        yield from _plain(raster, half)


def _jpeg(raster: Raster, needless: int) -> Image.Image:
    """A JPEG, not decoded yet. Pillow turns every one in CMYK round; a reader of PDF does not."""
    trap = find_trap(raster.data)
    if trap is not None or not raster.data.startswith(b"\xff\xd8"):
        raise ValueError(trap or "JPEG")
    picture = JpegImageFile(BytesIO(raster.data))
    _sized(picture, raster)
    draft = next((one for one in _DRAFTS if one <= needless), 1)
    if draft > 1:
        picture.draft(picture.mode, (raster.width // draft, raster.height // draft))
    return picture


def _sized(picture: Image.Image, raster: Raster) -> Image.Image:
    """The picture, not decoded yet, if it is of the size and the channels that the file says."""
    if picture.size != (raster.width, raster.height) or len(picture.getbands()) != raster.stored:
        raise ValueError(f"{picture.width} × {picture.height} px {picture.mode}")
    return picture


def _png(raster: Raster) -> list[Image.Image]:
    """The rows are those of a PNG, whose decoder undoes their filters in C; only a head is missing."""
    kind, mode = _PNG_KINDS[raster.stored]
    size = raster.width.to_bytes(4) + raster.height.to_bytes(4)
    head = _chunk(b"IHDR", size + bytes((_OCTET, kind, 0, 0, 0)))
    picture = PngImageFile(BytesIO(_PNG_HEAD + head + _chunk(b"IDAT", raster.data) + _chunk(b"IEND", b"")))
    if picture.mode != mode:
        raise ValueError(picture.mode)
    return list(picture.split())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _plain(raster: Raster, half: int) -> Iterator[list[Image.Image]]:
    """Rows of samples, a band at a time."""
    stored = raster.stored
    if raster.bits < _OCTET and stored > 1:
        raise ValueError(f"{raster.bits} bit, {stored} channels")
    row = (raster.width * stored * raster.bits + _OCTET - 1) // _OCTET
    rows = max(half, _BAND // row // half * half)
    source = _Unpacked(raster)
    for top in range(0, raster.height, rows):
        count = min(rows, raster.height - top)
        data = source.read(count * row)
        if len(data) < count * row:
            raise ValueError(f"{top + len(data) // row} / {raster.height}")
        yield _split(data, (raster.width, count), stored, raster)


def _split(data: bytes, size: tuple[int, int], stored: int, raster: Raster) -> list[Image.Image]:
    if raster.bits < _OCTET:
        return [_widened(data, size, raster)]
    if raster.bits == _WORD:
        data = data[::2]  # eight bits are as fine as a press is
    return [Image.frombytes("L", size, data[channel::stored]) for channel in range(stored)]


def _widened(data: bytes, size: tuple[int, int], raster: Raster) -> Image.Image:
    """Samples of less than an octet: as numbers for a palette, else spread out to full."""
    if raster.palette:
        numbers = Image.frombytes("P", size, data, "raw", "P" if raster.bits == _OCTET else f"P;{raster.bits}")
        return Image.frombytes("L", size, numbers.tobytes())
    if raster.bits == 1:
        return Image.frombytes("1", size, data).convert("L")
    return Image.frombytes("L", size, data, "raw", f"L;{raster.bits}")


class _Unpacked:
    """The samples of a raster, unpacked as far as they are asked for."""

    def __init__(self, raster: Raster) -> None:
        self._packed = raster.data
        self._plain = None if raster.packing == "FlateDecode" else memoryview(raster.data)
        self._unpacker = zlib.decompressobj()

    def read(self, count: int) -> bytes:
        if self._plain is not None:
            data, self._plain = bytes(self._plain[:count]), self._plain[count:]
            return data
        parts: list[bytes] = []
        while count > 0 and not self._unpacker.eof:
            parts.append(self._unpacker.decompress(self._packed, count))
            self._packed = self._unpacker.unconsumed_tail
            count -= len(parts[-1])
            if not parts[-1] and not self._packed:
                break
        return b"".join(parts)


def _percent(level: int) -> int:
    return -(-level * 100 // FULL)
