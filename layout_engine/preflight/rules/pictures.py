"""Pictures (图片): PR-80 to PR-83. Fine enough, whole, and no finer than is of use."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

import msgspec

from layout_engine.preflight import raw
from layout_engine.preflight.colors import read_space
from layout_engine.preflight.document import Document, Met
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.limits import MAX_UNPACKED
from layout_engine.preflight.painted import Image
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.raw import Raw, entry, filters, items, name, whole

_WASTE_PPI: Final = 450  # PR-83
_PAGE_BYTES: Final = 20_000_000  # PR-83
_EPSILON: Final = 0.5  # ppi: whole pixels on lengths that are none
_BITS: Final = (1, 2, 4, 8, 16)
_SMALLEST_PT: Final = 2.0  # a picture so narrow is a line or a dot, and has no resolution
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF markers of JPEG


class JpegHead(msgspec.Struct, frozen=True):
    """What a JPEG says of itself. `adobe` is the colour transform of its Adobe marker, None without one."""

    width: int
    height: int
    components: int
    bits: int
    adobe: int | None
    whole: bool


def check_resolution(one: Image, found: Found) -> None:
    """PR-80: pixels enough at the size at which it is printed."""
    if one.where.within == "mask" or one.shown is None or not one.ppi or min(_sides(one)) < _SMALLEST_PT:
        return
    if one.bits == 1:
        return
    profile = found.profile
    ppi = f"{one.ppi:.0f}"
    if one.ppi < profile.picture_ppi_least - _EPSILON:
        found.add("preflight/ppi", one.where, one.box, ppi=ppi, least=profile.picture_ppi_least)
    elif one.ppi < profile.picture_ppi_wanted - _EPSILON:
        found.add("preflight/ppi-low", one.where, one.box, ppi=ppi, wanted=profile.picture_ppi_wanted)
    elif one.ppi > _WASTE_PPI:
        found.add("preflight/ppi-waste", one.where, one.box, ppi=ppi, most=_WASTE_PPI)


def check_line_art(one: Image, found: Found) -> None:
    """PR-81: one-bit pictures are finer: no screen softens their edges."""
    if one.bits != 1 or one.where.within == "mask" or one.shown is None or min(_sides(one)) < _SMALLEST_PT:
        return
    if one.ppi < found.profile.line_art_ppi_least - _EPSILON:
        found.add(
            "preflight/line-art-ppi", one.where, one.box, ppi=f"{one.ppi:.0f}", least=found.profile.line_art_ppi_least
        )


def check_inline(one: Image, found: Found) -> None:
    """PR-05: no pictures inside content streams."""
    if one.raw is None:
        found.add("preflight/inline-picture", one.where, one.box)


def check_data(met: Met, found: Found) -> None:
    """PR-82: the data is whole and is what the dictionary says."""
    if not raw.is_stream(met.value) or name(entry(met.value, "/Subtype")) != "Image":
        return
    width, height = whole(entry(met.value, "/Width")) or 0, whole(entry(met.value, "/Height")) or 0
    stencil = entry(met.value, "/ImageMask") is True
    bits = 1 if stencil else whole(entry(met.value, "/BitsPerComponent"))
    chain = filters(met.value)
    if width <= 0 or height <= 0 or (bits not in _BITS and "JPXDecode" not in chain):
        found.add_object("preflight/picture-dictionary", met.object)
        return
    if bits == 16 and found.standard == "X1a":
        found.add_object("preflight/picture-bits", met.object, bits=bits)
    if chain[-1:] == ("DCTDecode",):
        _check_jpeg(met, width, height, found)
    elif chain in ((), ("FlateDecode",)) and bits is not None:
        channels = 1 if stencil else _channels(entry(met.value, "/ColorSpace"))
        if channels is not None:
            _check_length(met, height * ((width * channels * bits + 7) // 8), found)


def _check_length(met: Met, wanted: int, found: Found) -> None:
    predicted = _predictor(met.value)
    height = whole(entry(met.value, "/Height")) or 0
    most = wanted + (height if predicted >= 10 else 0)  # PNG predictors put a byte before each row
    try:
        size = sum(map(len, raw.unpredicted(met.value, MAX_UNPACKED)))
    except TooLargeError:
        found.add_object("preflight/picture-data", met.object, fault="too large")
    except DamagedError:
        found.add_object("preflight/picture-data", met.object, fault="cannot be unpacked")
    else:
        if size < most:
            found.add_object("preflight/picture-data", met.object, fault=f"{size} of {most} bytes")


def _check_jpeg(met: Met, width: int, height: int, found: Found) -> None:
    if filters(met.value) != ("DCTDecode",):
        return
    try:
        head = read_jpeg(raw.packed(met.value))
    except (TooLargeError, DamagedError):
        head = None
    if head is None:
        found.add_object("preflight/picture-data", met.object, fault="no JPEG")
        return
    if not head.whole:
        found.add_object("preflight/picture-data", met.object, fault="a JPEG without its end")
    channels = _channels(entry(met.value, "/ColorSpace"))
    if (head.width, head.height, head.bits) != (width, height, 8) or (channels and head.components != channels):
        found.add_object("preflight/picture-differs", met.object, says=f"{width} × {height} × {channels or '?'}",
                         has=f"{head.width} × {head.height} × {head.components}")  # fmt: skip
    elif head.components == 4 and head.adobe is not None:
        decode = [raw.number(one) for one in items(entry(met.value, "/Decode"), 8)]
        if decode != [1, 0] * 4:
            found.add_object("preflight/negative", met.object)


def check_economy(document: Document, found: Found) -> None:
    """PR-83: no page of more than 20 MB."""
    if document.page_count and document.ends.size / document.page_count > _PAGE_BYTES:
        found.add_file("preflight/heavy", size=f"{document.ends.size / 1_000_000:.0f}")


def check_page_weight(page: PaintedPage, found: Found) -> None:
    """PR-83: of several pages no single one has more than 20 MB of its own."""
    if found.document.page_count < 2:
        return
    pictures = [one.raw for one in page.items if isinstance(one, Image) and one.raw is not None]
    streams = {raw.object_number(one): one for one in pictures}
    size = sum(whole(entry(one, "/Length")) or 0 for one in streams.values())
    if size > _PAGE_BYTES:
        found.add("preflight/heavy", size=f"{size / 1_000_000:.0f}")


def read_jpeg(data: bytes) -> JpegHead | None:
    """Frame and Adobe marker of a JPEG; None where there is no frame."""
    if data[:2] != b"\xff\xd8":
        return None
    frame: tuple[int, int, int, int] | None = None
    adobe: int | None = None
    for marker, at, length in _segments(data):
        if marker in _FRAMES and length >= 8:
            bits, height, width, components = unpack_from(">BHHB", data, at)
            frame = (width, height, components, bits)
        elif marker == 0xEE and data[at : at + 5] == b"Adobe" and length >= 14:
            adobe = data[at + 11]
    if frame is None:
        return None
    return JpegHead(*frame, adobe, b"\xff\xd9" in data[-1024:])


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, place and length of each segment before the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            return
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            return
        yield marker, at + 4, length
        at += 2 + length


def _channels(space: Raw) -> int | None:
    found = read_space(space, None)
    return found.components if found is not None and found.components else None


def _predictor(stream: Raw) -> int:
    parameters = entry(stream, "/DecodeParms")
    one = next(iter(items(parameters, 1)), None) if raw.is_array(parameters) else parameters
    return whole(entry(one, "/Predictor")) or 1


def _sides(one: Image) -> tuple[float, float]:
    return one.box[2] - one.box[0], one.box[3] - one.box[1]
