"""Picture files made here, byte by byte where no library would write them: the odd, the deep, and the hostile."""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

from PIL import Image

SHORT, LONG = 3, 4
DEFLATE: Final = 8
ADOBE_MARKER: Final = b"\xff\xee\x00\x0eAdobe"
_YCCK: Final = 2


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *before: tuple[bytes, bytes]) -> bytes:
    """A PNG of these rows (each with its filter byte), with the chunks `before` them."""
    head = struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", head), *before, (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def sixteen_bit_png(picture: Image.Image) -> bytes:
    """An RGB or grey picture with each value in sixteen bits."""
    bands = len(picture.getbands())
    raw, stride = picture.tobytes(), picture.width * bands
    rows = b"".join(
        b"\0" + b"".join(bytes((value, value)) for value in raw[at : at + stride])
        for at in range(0, len(raw), stride)
    )  # fmt: skip
    return png(*picture.size, 16, 2 if bands == 3 else 0, rows)


def tiff(
    size: tuple[int, int],
    tags: Mapping[int, Sequence[int]],
    pieces: Sequence[bytes],
    *,
    order: str = "<",
    tiled: bool = False,
    more: bool = False,
) -> bytes:
    """A TIFF whose strips or tiles are `pieces`; `more` promises another page."""
    places, body, at = [], b"", 8
    for piece in pieces:
        places.append(at + len(body))
        body += piece + bytes(len(piece) % 2)
    offsets, counts = (324, 325) if tiled else (273, 279)
    entries = {256: (size[0],), 257: (size[1],), offsets: places, counts: [len(one) for one in pieces], **tags}
    after = 8 + len(body)
    outside = after + 2 + 12 * len(entries) + 4
    directory, spilled = struct.pack(f"{order}H", len(entries)), b""
    for tag, values in sorted(entries.items()):
        packed = struct.pack(f"{order}{len(values)}L", *values)
        if len(packed) > 4:
            directory += struct.pack(f"{order}HHLL", tag, LONG, len(values), outside + len(spilled))
            spilled += packed
        else:
            directory += struct.pack(f"{order}HHL", tag, LONG, len(values)) + packed.ljust(4, b"\0")
    directory += struct.pack(f"{order}L", 8 if more else 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}L", after)
    return head + body + directory + spilled


def deep_tiff(picture: Image.Image, photometric: int, *, order: str = "<", packed: bool = False) -> bytes:
    """The picture with each value in sixteen bits, in strips of eight rows, deflated if `packed`."""
    bands = len(picture.getbands())
    raw, stride = picture.tobytes(), picture.width * bands * 8
    strips = [
        struct.pack(f"{order}{len(one)}H", *(value * 257 for value in one))
        for one in (raw[at : at + stride] for at in range(0, len(raw), stride))
    ]
    tags = {
        258: [16] * bands, 259: [DEFLATE if packed else 1], 262: [photometric], 277: [bands], 278: [8],
    }  # fmt: skip
    return tiff(picture.size, tags, [zlib.compress(one) for one in strips] if packed else strips, order=order)


def tiled_tiff(picture: Image.Image, side: int = 64) -> bytes:
    """The RGB or CMYK picture in deflated tiles; what lies outside it is padded."""
    across, down = -(-picture.width // side), -(-picture.height // side)
    paper = Image.new(picture.mode, (across * side, down * side))
    paper.paste(picture)
    tiles = [
        zlib.compress(paper.crop((x * side, y * side, (x + 1) * side, (y + 1) * side)).tobytes())
        for y in range(down) for x in range(across)
    ]  # fmt: skip
    bands = len(picture.getbands())
    tags = {258: [8] * bands, 259: [DEFLATE], 262: [5 if bands == 4 else 2], 277: [bands], 322: [side], 323: [side]}
    return tiff(picture.size, tags, tiles, tiled=True)


def ycck_jpeg(picture: Image.Image, **options: object) -> bytes:
    """A CMYK picture as Photoshop writes it when asked for a small file: C, M and Y as YCbCr, all upside down."""
    cyan, magenta, yellow, black = picture.split()
    stored = [*Image.merge("RGB", (cyan, magenta, yellow)).convert("YCbCr").split(), black]
    stored[:3] = [band.point(lambda value: 255 - value) for band in stored[:3]]  # Pillow turns all four round again
    stream = io.BytesIO()
    Image.merge("CMYK", tuple(stored)).save(stream, "JPEG", quality=100, subsampling=0, **options)
    data = bytearray(stream.getvalue())
    data[data.index(ADOBE_MARKER) + 15] = _YCCK
    return bytes(data)
