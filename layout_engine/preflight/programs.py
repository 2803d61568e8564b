"""What a font program really holds (字体程序): glyphs, their advances and ink, read from the program and nowhere else.

TrueType is read by its tables here, Type 1 in type1.py, CFF by fontTools. Lengths are thousandths of the em.
"""

import struct
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from logging import NullHandler, getLogger
from typing import Any, Final, TypeAlias

from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.charstrings import run_type2
from layout_engine.preflight.drawn_glyphs import DrawnGlyphs
from layout_engine.preflight.plane import Box
from layout_engine.preflight.type1 import Type1
from layout_engine.preflight.vertical import VerticalMeasures, read_vertical

EM: Final = 1000
getLogger("fontTools").addHandler(NullHandler())  # what it thinks of a foreign font is not for the user's terminal
_NEEDED: Final = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_MAX_TABLES: Final = 100
_MAX_PARTS_DEEP: Final = 8  # glyphs made of glyphs
_MAX_COMPONENTS: Final = 64
_RESTRICTED: Final = 0x0002
_PERMISSIONS: Final = 0x000E  # bit 0 is not used
_BITMAPS_ONLY: Final = 0x0200
_NO_SUBSETTING: Final = 0x0100
_FIRST_WITH_ALL_BITS: Final = 2  # the version of OS/2 from which bits 8 and 9 mean something


class TrueType:
    """Outlines of a TrueType font."""

    kind = "TrueType"

    def __init__(self, data: bytes) -> None:
        self.data: Final = data
        self._tables: Final = _directory(data)
        missing = [tag for tag in _NEEDED if tag not in self._tables]
        if missing:
            raise BrokenFontError(f"no {', '.join(missing)}")
        head, hhea = self._table("head", 54), self._table("hhea", 36)
        self.glyph_count: int = struct.unpack_from(">H", self._table("maxp", 6), 4)[0]
        self._upem: int = struct.unpack_from(">H", head, 18)[0]
        if not 16 <= self._upem <= 16384:
            raise BrokenFontError(f"{self._upem} units to the em")
        is_long = struct.unpack_from(">h", head, 50)[0]
        wanted = (4 if is_long else 2) * (self.glyph_count + 1)
        raw = self._table("loca", wanted)[:wanted]
        self._places: Final = (
            struct.unpack(f">{self.glyph_count + 1}L", raw)
            if is_long
            else tuple(2 * one for one in struct.unpack(f">{self.glyph_count + 1}H", raw))
        )
        long_metrics: int = struct.unpack_from(">H", hhea, 34)[0]
        if not 0 < long_metrics <= max(1, self.glyph_count):
            raise BrokenFontError("hhea and maxp disagree")
        self._advances: Final = struct.unpack(
            f">{2 * long_metrics}H", self._table("hmtx", 4 * long_metrics)[: 4 * long_metrics]
        )[::2]
        self.vertical: VerticalMeasures | None = read_vertical(data, self._tables, self._upem, self.glyph_count)
        self.name: str | None = None
        self.fs_type: int | None = _fs_type(data, self._tables)

    @property
    def has_characters(self) -> bool:
        """Whether it says which glyph is for which character."""
        return "cmap" in self._tables

    def advance(self, gid: int) -> float | None:
        if not 0 <= gid < self.glyph_count:
            return None
        units: int = self._advances[min(gid, len(self._advances) - 1)]
        return units * EM / self._upem

    def bounds(self, gid: int) -> Box | None:
        if not 0 <= gid < self.glyph_count:
            return None
        start, end = self._places[gid], self._places[gid + 1]
        offset, length = self._tables["glyf"]
        if end - start < 10 or end > length:
            return None
        box = struct.unpack_from(">4h", self.data, offset + start + 2)
        x0, y0, x1, y1 = (one * EM / self._upem for one in box)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def outline(self, gid: int, depth: int = 0) -> bytes | None:
        """What a glyph looks like, with its parts in it and no glyph's number: equal bytes draw the same."""
        if not 0 <= gid < self.glyph_count or depth > _MAX_PARTS_DEEP:
            return None
        start, end = self._places[gid], self._places[gid + 1]
        offset, length = self._tables["glyf"]
        if end <= start:
            return b""
        if end - start < 10 or end > length:
            return None
        data = self.data[offset + start : offset + end]
        head = struct.pack(">H", self._upem)
        if struct.unpack_from(">h", data)[0] >= 0:
            return head + data
        parts = _components(data)
        if parts is None:
            return None
        looks = [(how, self.outline(part, depth + 1)) for part, how in parts]
        if any(look is None for _, look in looks):
            return None
        return head + b"".join(how + sha256(look or b"").digest() for how, look in looks)

    def character_maps(self) -> Mapping[tuple[int, int], Mapping[int, int]]:
        """Glyph by character, for each of its cmap tables by platform and encoding."""
        try:
            font = TTFont(BytesIO(self.data), lazy=True)
            gids = font.getReverseGlyphMap()
            return {
                (one.platformID, one.platEncID): {code: gids[glyph] for code, glyph in one.cmap.items()}
                for one in font["cmap"].tables
                if hasattr(one, "cmap")
            }
        except Exception as error:  # fontTools promises nothing for a damaged table
            raise BrokenFontError("cmap cannot be read") from error

    def _table(self, tag: str, least: int) -> bytes:
        offset, length = self._tables[tag]
        if length < least:
            raise BrokenFontError(f"{tag} is too short")
        return self.data[offset : offset + length]


class Cff(DrawnGlyphs):
    """A bare CFF font. `gids` leads from a CID, or a glyph's name, to the glyph."""

    kind = "CFF"

    def __init__(self, data: bytes) -> None:
        super().__init__()
        try:
            fonts = CFFFontSet()
            fonts.decompile(BytesIO(data), None, isCFF2=False)
            top: Any = fonts.topDictIndex[0]
            self._strings: Any = top.CharStrings
            charset: list[str] = list(top.charset)
            self.name: str | None = fonts.fontNames[0]
            self._scale: float = float(getattr(top, "FontMatrix", (0.001,))[0]) * EM or 1.0
            ros = getattr(top, "ROS", None)
            self.encoding: Any = None if ros else top.Encoding
        except Exception as error:  # fontTools promises nothing for a damaged program
            raise BrokenFontError(f"{type(error).__name__} while reading it") from error
        self.ros: tuple[str, str, int] | None = ros
        self.glyph_names: Final = tuple(charset)
        self.glyph_count: int = len(charset)
        self.fs_type: int | None = None
        self.vertical: VerticalMeasures | None = None
        self.gids: Final[Mapping[str, int]] = {one: gid for gid, one in enumerate(charset)}

    def gid_of_cid(self, cid: int) -> int:
        """The glyph of a CID; 0, `.notdef`, where the font has none. A font without CIDs counts glyphs (PR-65)."""
        if self.ros is None:
            return cid if cid < self.glyph_count else 0
        return self.gids.get(f"cid{cid:05d}", 0)

    def _draw(self, gid: int, pen: BasePen) -> float:
        return run_type2(self._strings[self.glyph_names[gid]], pen, self._calls)



Program: TypeAlias = TrueType | Cff | Type1


def open_program(data: bytes, key: str, subtype: str | None) -> Program | None:
    """The program under `key` of a descriptor; None for a kind that is unknown."""
    if key == "FontFile":
        return Type1(data)
    if key == "FontFile2":
        if data[:4] == b"OTTO":
            raise BrokenFontError("OpenType with CFF where TrueType is declared")
        return TrueType(data)
    if key == "FontFile3" and subtype in ("Type1C", "CIDFontType0C"):
        if data[:1] != b"\x01":
            raise BrokenFontError("not a CFF program")
        return Cff(data)
    if key == "FontFile3" and subtype == "OpenType":
        tables = _directory(data)
        if "CFF " in tables:
            return _open_type_cff(data, tables)
        return TrueType(data)
    return None


def _open_type_cff(data: bytes, tables: dict[str, tuple[int, int]]) -> Cff:
    """The outlines of an OpenType font with what its other tables say of them."""
    offset, length = tables["CFF "]
    made = Cff(data[offset : offset + length])
    head = tables.get("head", (0, 0))
    if head[1] >= 20 and (upem := struct.unpack_from(">H", data, head[0] + 18)[0]):
        made.vertical = read_vertical(data, tables, upem, made.glyph_count)
    made.fs_type = _fs_type(data, tables)
    return made


def _fs_type(data: bytes, tables: dict[str, tuple[int, int]]) -> int | None:
    """The permission to embed (OS/2); None where nothing is said."""
    offset, length = tables.get("OS/2", (0, 0))
    if length < 10:
        return None
    version, bits = struct.unpack_from(">H6xH", data, offset)
    return int(bits if version >= _FIRST_WITH_ALL_BITS else bits & _PERMISSIONS)


def licence_fault(fs_type: int) -> str | None:
    """What the embedding bits forbid (PR-70); None where they permit."""
    if fs_type & _PERMISSIONS == _RESTRICTED:
        return "restricted licence"
    return "bitmaps only" if fs_type & _BITMAPS_ONLY else None


def forbids_subsetting(fs_type: int) -> bool:
    """Whether bit 8 is set (PR-70)."""
    return bool(fs_type & _NO_SUBSETTING)


def _directory(data: bytes) -> dict[str, tuple[int, int]]:
    """Place and length of each table of an sfnt."""
    if len(data) < 12 or data[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
        raise BrokenFontError("not an OpenType program")
    count: int = struct.unpack_from(">H", data, 4)[0]
    if count > _MAX_TABLES or len(data) < 12 + 16 * count:
        raise BrokenFontError("a broken table directory")
    tables = {}
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        if offset + length > len(data):
            raise BrokenFontError(f"the table {tag.decode('latin-1').strip()} reaches past the end")
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def _components(data: bytes) -> list[tuple[int, bytes]] | None:
    """The glyphs of which one is made (OpenType, glyf), each with how it is placed; None where that is broken."""
    found: list[tuple[int, bytes]] = []
    at, more = 10, True
    while more:
        if at + 4 > len(data) or len(found) >= _MAX_COMPONENTS:
            return None
        flags, gid = struct.unpack_from(">HH", data, at)
        size = 4 if flags & 0x0001 else 2
        size += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        found.append((gid, data[at : at + 2] + data[at + 4 : at + 4 + size]))
        at, more = at + 4 + size, bool(flags & 0x0020)
    return found
