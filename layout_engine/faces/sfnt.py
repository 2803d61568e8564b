"""What does a face say of itself: em, permission to embed, names, measures (字体表)? Read from its tables.

Only the few bytes asked for are read, so that opening a face of many megabytes costs microseconds. Every
offset is checked against the file: a face is input like any other.
Source of the layouts: OpenType 1.9 (ISO/IEC 14496-22), chapters otff, head, hhea, OS/2, post, name, fvar.
"""

import struct
from mmap import mmap

from msgspec import Struct

Data = bytes | mmap

COLLECTION = b"ttcf"
SINGLE = (b"\x00\x01\x00\x00", b"OTTO", b"true")
NEEDED = (("cmap", 4), ("head", 54), ("hhea", 36), ("hmtx", 4), ("maxp", 6))  # table and its least length
OPTIONAL = (("OS/2", 78), ("post", 32))
OUTLINES = ("glyf", "CFF ", "CFF2")

# OS/2 fsType. Of several permissions the least restrictive holds.
_USAGE = 0x000E  # bit 0 is not used
_RESTRICTED = 0x0002
_NO_SUBSETTING = 0x0100
_BITMAP_ONLY = 0x0200
_FIRST_WITH_ALL_BITS = 2  # the version of OS/2 from which bits 8 and 9 mean something

# ISO 32000-1, table 123: flags of a font descriptor
_FIXED_PITCH, _SERIF, _SYMBOLIC, _ITALIC = 1 << 0, 1 << 1, 1 << 2, 1 << 6

_SERIF_CLASSES = range(1, 8)  # OS/2 sFamilyClass 1 to 5 and 7 are faces with serifs, 6 is not used
_LATIN_TEXT, _SERIF_STYLES = 2, range(2, 11)  # OS/2 panose: bFamilyType, and bSerifStyle from cove to triangle
_PER_MILLE = 1000  # the PDF's glyph space
_FIXED_ONE = 0x10000
_DEFAULT_WEIGHT = 400
_WEIGHT_AXIS, _SLANT_AXIS = "wght", "slnt"  # OpenType: the weight class, and degrees counter-clockwise
_LONGEST_NAME = 63  # Adobe technical note 5902; a PDF name takes 127 bytes in all, PR-86


class BadFaceError(Exception):
    """The file is no face, or is damaged; the text says where."""


class Axis(Struct, frozen=True):
    """One axis of a variable face (可变轴)."""

    tag: str
    least: float
    most: float


class Header(Struct, frozen=True):
    """What must be known of a face before it is used."""

    upem: int
    fs_type: int
    outlines: str  # one of OUTLINES
    axes: tuple[Axis, ...]

    @property
    def may_be_embedded(self) -> bool:
        """Whether the face's own permission (fsType) allows a subset in a PDF."""
        restricted = self.fs_type & _USAGE == _RESTRICTED
        return not restricted and not self.fs_type & (_NO_SUBSETTING | _BITMAP_ONLY)


class Descriptor(Struct, frozen=True):
    """A face as a PDF font descriptor wants it; lengths in thousandths of the em, angle in 1/65536 degree."""

    postscript_name: str
    family: str
    flags: int
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: int
    stem_v: int
    weight: int
    has_serifs: bool = False  # thin strokes beside thick ones, as Song has


class Tables:
    """The table directory of one face in a file (表目录)."""

    __slots__ = ("_data", "_places")

    def __init__(self, data: Data, index: int = 0) -> None:
        self._data = data
        self._places = _directory(data, _start(data, index))

    def __contains__(self, tag: str) -> bool:
        return tag in self._places

    def read(self, tag: str, layout: str, at: int = 0) -> tuple[int, ...]:
        """The numbers of `layout` (struct, big-endian) at byte `at` of a table."""
        offset, length = self._place(tag)
        if at + struct.calcsize(layout) > length:
            raise BadFaceError(f"{tag.strip()} ends early")
        return struct.unpack_from(layout, self._data, offset + at)

    def bytes(self, tag: str, at: int, length: int) -> bytes:
        """A stretch of a table."""
        offset, size = self._place(tag)
        if at + length > size:
            raise BadFaceError(f"{tag.strip()} ends early")
        return self._data[offset + at : offset + at + length]

    def length(self, tag: str) -> int:
        """The table's length in bytes."""
        return self._place(tag)[1]

    def _place(self, tag: str) -> tuple[int, int]:
        place = self._places.get(tag)
        if place is None:
            raise BadFaceError(f"no {tag.strip()} table")
        return place


def face_count(data: Data) -> int:
    """How many faces the file holds: 1, or those of a collection (字体集)."""
    if data[:4] != COLLECTION:
        return 1
    (count,) = _unpack(data, ">L", 8)
    return count


def read_header(tables: Tables) -> Header:
    """The face's em, permission, kind of outlines and axes. Raises BadFaceError."""
    for tag, least in (*NEEDED, *(one for one in OPTIONAL if one[0] in tables)):
        if tables.length(tag) < least:
            raise BadFaceError(f"{tag} ends early")
    outlines = next((tag for tag in OUTLINES if tag in tables), None)
    if outlines is None:
        raise BadFaceError("no outlines")
    (upem,) = tables.read("head", ">H", 18)
    if not 16 <= upem <= 16384:  # OpenType, head
        raise BadFaceError(f"{upem} units to the em")
    return Header(upem, _fs_type(tables), outlines, _axes(tables))


def _fs_type(tables: Tables) -> int:
    """The permission to embed; of a face that says nothing of it, 0."""
    if "OS/2" not in tables:
        return 0
    (version,), (bits,) = tables.read("OS/2", ">H"), tables.read("OS/2", ">H", 8)
    return bits if version >= _FIRST_WITH_ALL_BITS else bits & _USAGE


def read_descriptor(tables: Tables, axes: tuple[tuple[str, float], ...] = ()) -> Descriptor:
    """The face as the PDF's font descriptor wants it; a face pinned to `axes` bears them in its name.

    Raises BadFaceError.
    """
    (upem,) = tables.read("head", ">H", 18)

    def scaled(value: int) -> int:
        return (2 * value * _PER_MILLE + upem) // (2 * upem)

    x_min, y_min, x_max, y_max = tables.read("head", ">4h", 36)
    ascent, descent = tables.read("hhea", ">2h", 4)
    weight, family_class, cap_height = _DEFAULT_WEIGHT, 0, 0
    kind = serif_style = 0
    if "OS/2" in tables:
        version = tables.read("OS/2", ">H")[0]
        weight = tables.read("OS/2", ">H", 4)[0]
        family_class = tables.read("OS/2", ">h", 30)[0] >> 8
        kind, serif_style = tables.read("OS/2", ">2B", 32)
        ascent, descent = tables.read("OS/2", ">2h", 68)
        cap_height = tables.read("OS/2", ">h", 88)[0] if version >= 2 and tables.length("OS/2") >= 90 else 0
    italic_angle, fixed_pitch = (tables.read("post", ">l4xL", 4)) if "post" in tables else (0, 0)
    pinned = dict(axes)  # what the tables say is true of the face where all axes stand at their defaults
    weight = round(pinned.get(_WEIGHT_AXIS, weight))
    italic_angle = round(pinned[_SLANT_AXIS] * _FIXED_ONE) if _SLANT_AXIS in pinned else italic_angle

    flags = _SYMBOLIC
    if fixed_pitch:
        flags |= _FIXED_PITCH
    if family_class in _SERIF_CLASSES:
        flags |= _SERIF
    if italic_angle:
        flags |= _ITALIC

    names = _names(tables)
    family = names.get(16) or names.get(1) or ""
    return Descriptor(
        postscript_name=_postscript_name(names, family, axes),
        family=family,
        flags=flags,
        bbox=(scaled(x_min), scaled(y_min), scaled(x_max), scaled(y_max)),
        ascent=scaled(ascent),
        descent=scaled(descent),
        cap_height=scaled(cap_height or ascent),
        italic_angle=italic_angle,
        stem_v=_stem(weight),
        weight=weight,
        has_serifs=family_class in _SERIF_CLASSES or (kind == _LATIN_TEXT and serif_style in _SERIF_STYLES),
    )


def _stem(weight: int) -> int:
    """A stem's width for a weight class: no table has it, and only a face not embedded would need it."""
    return 50 + weight * weight // 4225  # (weight / 65)², the usual estimate


def _postscript_name(names: dict[int, str], family: str, axes: tuple[tuple[str, float], ...]) -> str:
    name = names.get(6) or family
    if axes:  # Adobe technical note 5902: a pinned face bears its place on the axes
        name = (names.get(25) or name) + "".join(f"_{value:g}{tag}" for tag, value in axes)
    return "".join(c for c in name if "!" <= c <= "~" and c not in "[](){}<>/%#")[:_LONGEST_NAME] or "Face"


def _start(data: Data, index: int) -> int:
    if data[:4] != COLLECTION:
        if index:
            raise BadFaceError(f"no face {index}")
        return 0
    if not 0 <= index < face_count(data):
        raise BadFaceError(f"no face {index}")
    (offset,) = _unpack(data, ">L", 12 + 4 * index)
    return offset


def _directory(data: Data, start: int) -> dict[str, tuple[int, int]]:
    if data[start : start + 4] not in SINGLE:
        raise BadFaceError("not a TrueType or OpenType file")
    (count,) = _unpack(data, ">H", start + 4)
    places = {}
    for number in range(count):
        at = start + 12 + 16 * number
        offset, length = _unpack(data, ">8x2L", at)
        if offset + length > len(data):
            raise BadFaceError("cut off: a table reaches past the end of the file")
        places[data[at : at + 4].decode("latin-1")] = (offset, length)
    return places


def _unpack(data: Data, layout: str, at: int) -> tuple[int, ...]:
    if at + struct.calcsize(layout) > len(data):
        raise BadFaceError("cut off")
    return struct.unpack_from(layout, data, at)


def _axes(tables: Tables) -> tuple[Axis, ...]:
    if "fvar" not in tables:
        return ()
    first, _, count, size = tables.read("fvar", ">4H", 4)
    axes = []
    for at in range(first, first + count * size, size or 1):
        tag = tables.bytes("fvar", at, 4).decode("latin-1")
        least, _, most = tables.read("fvar", ">3l", at + 4)
        axes.append(Axis(tag, least / _FIXED_ONE, most / _FIXED_ONE))
    return tuple(axes)


def _names(tables: Tables) -> dict[int, str]:
    """Name id → text: English on Windows before any other language there, that before the Macintosh's.

    A name that is damaged is passed over: a face can be printed without one.
    """
    size = tables.length("name") if "name" in tables else 0
    if size < 6:
        return {}
    count, strings = tables.read("name", ">2H", 2)
    count = min(count, (size - 6) // 12)
    best: dict[int, tuple[int, str]] = {}
    for number in range(count):
        platform, encoding, language, name_id, length, offset = tables.read("name", ">6H", 6 + 12 * number)
        if name_id not in (1, 6, 16, 25) or strings + offset + length > size:
            continue
        if platform == 3 and encoding in (1, 10):
            rank, codec = (3 if language == 0x409 else 2), "utf-16-be"
        elif platform == 1 and encoding == 0:
            rank, codec = 1, "mac-roman"
        else:
            continue
        if rank > best.get(name_id, (0, ""))[0]:
            text = tables.bytes("name", strings + offset, length).decode(codec, errors="replace")
            best[name_id] = (rank, text)
    return {name_id: text for name_id, (_, text) in best.items()}
