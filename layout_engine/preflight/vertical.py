"""How far a glyph goes down the line, and where it hangs (直排尺寸): vhea, vmtx and VORG of a font program."""

import struct
from collections.abc import Mapping
from typing import Final

_EM: Final = 1000
_VORG_ENTRY: Final = 4


class VerticalMeasures:
    """The vertical tables of an sfnt, in thousandths of the em."""

    def __init__(self, upem: int, advances: tuple[int, ...], bearings: tuple[int, ...]) -> None:
        self._upem: Final = upem
        self._advances: Final = advances
        self._bearings: Final = bearings
        self._origins: dict[int, int] | None = None
        self._default_origin = 0

    def read_origins(self, data: bytes) -> None:
        """Take the origins from a VORG table."""
        if len(data) < 8:
            return
        self._default_origin, count = struct.unpack_from(">hH", data, 4)
        count = min(count, (len(data) - 8) // _VORG_ENTRY)
        self._origins = {}
        for at in range(count):
            gid, y = struct.unpack_from(">Hh", data, 8 + _VORG_ENTRY * at)
            self._origins[gid] = y

    def advance(self, gid: int) -> float:
        """Downward, as a positive number."""
        return self._advances[min(gid, len(self._advances) - 1)] * _EM / self._upem

    def origin(self, gid: int, top: float | None) -> float | None:
        """Its height over the base line; `top` is that of the ink. None where neither table nor ink tells it."""
        if self._origins is not None:
            return self._origins.get(gid, self._default_origin) * _EM / self._upem
        if top is None or gid >= len(self._bearings):
            return None
        return top + self._bearings[gid] * _EM / self._upem


def read_vertical(
    data: bytes, tables: Mapping[str, tuple[int, int]], upem: int, glyph_count: int
) -> VerticalMeasures | None:
    """The vertical measures of a program; None where it has none, or broken ones."""
    if "vhea" not in tables or "vmtx" not in tables:
        return None
    (head, head_size), (offset, size) = tables["vhea"], tables["vmtx"]
    if head_size < 36:
        return None
    (count,) = struct.unpack_from(">H", data, head + 34)
    if not 0 < count <= max(1, glyph_count) or size < 4 * count:
        return None
    pairs = struct.unpack_from(f">{'Hh' * count}", data, offset)
    rest = min(glyph_count - count, (size - 4 * count) // 2)
    more = struct.unpack_from(f">{max(0, rest)}h", data, offset + 4 * count)
    made = VerticalMeasures(upem, pairs[::2], (*pairs[1::2], *more))
    if "VORG" in tables:
        offset, size = tables["VORG"]
        made.read_origins(data[offset : offset + size])
    return made
