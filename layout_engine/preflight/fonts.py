"""A font of a foreign file (文件中的字体): which glyph a code draws, how wide the file and the program say it is.

What a code means goes through three steps: code → CID or glyph name → glyph of the program. Any of them may be missing
or wrong; the rules ask here and say so.
"""

from functools import cached_property
from typing import Final, TypeAlias

import msgspec

from layout_engine.preflight import raw
from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.cmaps import CMap, read_cmap
from layout_engine.preflight.encodings import simple_glyphs
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.limits import MAX_SMALL_STREAM
from layout_engine.preflight.plane import Box, Matrix
from layout_engine.preflight.programs import EM, Cff, Program, open_program
from layout_engine.preflight.raw import Raw, entry, items, name, number, whole

_MAX_WIDTHS: Final = 70_000
_PROGRAMS: Final = ("FontFile", "FontFile2", "FontFile3")
_BOX: Final[Box] = (0.0, -200.0, 1000.0, 900.0)  # of a glyph whose ink is not known
_TYPE3_MATRIX: Final[Matrix] = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
_DEFAULT_DW2: Final = (880.0, -1000.0)  # ISO 32000-1, table 117

_READ_AGAIN: Final = ("program", "cmap", "to_unicode", "_widths", "_heights", "_cid_to_gid", "_simple", "_metrics")

UNKNOWN: Final = -1  # the glyph of a code of which nothing can be said


class Metrics(msgspec.Struct, frozen=True, eq=False):
    """One code's advance along the line and ink, in thousandths of the em from the glyph's origin in the line."""

    advance: float
    ink: Box | None


Widths: TypeAlias = dict[int, float]


class Allowance:
    """How many bytes of programs and CMaps the fonts of a file may still take."""

    def __init__(self, size: int) -> None:
        self.left = size

    def unpacked(self, stream: Raw) -> bytes:
        """The data of a stream, taken off. Raises as `raw.unpacked` does."""
        data = raw.unpacked(stream, min(MAX_SMALL_STREAM, self.left))
        self.left -= len(data)
        return data


class Font:
    """One font dictionary. `used` gathers the codes that were drawn.

    What its streams hold is read again when it is asked for after `let_go`.
    """

    def __init__(self, value: Raw, allowance: Allowance) -> None:
        self._allowance: Final = allowance
        self._paid: Final[set[int]] = set()  # streams that were taken off the allowance
        self.held = 0  # bytes of streams, unpacked, that are in memory now
        self.raw: Final = value
        self.object: Final = raw.object_number(value)
        self.subtype: Final = name(entry(value, "/Subtype")) or ""
        self.is_composite: Final = self.subtype == "Type0"
        self.is_type3: Final = self.subtype == "Type3"
        self.base_name: Final = name(entry(value, "/BaseFont")) or name(entry(value, "/Name")) or "?"
        descendants = items(entry(value, "/DescendantFonts"), 2)
        self.descendant: Final[Raw] = descendants[0] if descendants else None
        self.owner: Final[Raw] = self.descendant if self.is_composite else value
        self.descriptor: Final[Raw] = entry(self.owner, "/FontDescriptor")
        self.program_key: Final = next(
            (key for key in _PROGRAMS if entry(self.descriptor, f"/{key}") is not None), None
        )
        self.program_stream: Final[Raw] = entry(self.descriptor, f"/{self.program_key}")
        parts = (value, self.descendant, self.descriptor, self.program_stream)
        self.objects: Final = tuple(raw.object_number(one) for one in parts)
        self.program_subtype: Final = name(entry(self.program_stream, "/Subtype"))
        self.program_fault: str | None = None
        self._encoding: Final[Raw] = entry(value, "/Encoding")
        self.encoding_name: Final = name(self._encoding)
        self.is_identity: Final = self.encoding_name in ("Identity-H", "Identity-V")
        self.vertical: Final = self.is_composite and self._is_vertical()
        self.type3_matrix: Final = raw.matrix(entry(value, "/FontMatrix")) or _TYPE3_MATRIX
        self.used: set[int] = set()
        self._default: Final = self._default_width()
        dw2 = raw.numbers(entry(self.descendant, "/DW2"), 2)
        self._default_heights: Final = (dw2[0], dw2[1]) if dw2 else _DEFAULT_DW2
        _ = self.program  # whether it can be read is known from here on

    @cached_property
    def program(self) -> Program | None:
        """The embedded program; None where there is none, or none that can be read."""
        return self._open_program()

    @cached_property
    def cmap(self) -> CMap | None:
        """The embedded CMap from codes to CIDs."""
        return self._cmap(self._encoding) if self.is_composite else None

    @cached_property
    def to_unicode(self) -> CMap | None:
        """The CMap from codes to texts."""
        return self._cmap(entry(self.raw, "/ToUnicode"))

    def let_go(self) -> None:
        """Hold nothing more that can be read again; the codes that were drawn stay known."""
        for key in _READ_AGAIN:
            vars(self).pop(key, None)
        self.held = 0

    def read(self, data: bytes) -> list[int]:
        """The codes of a string."""
        if not self.is_composite:
            return list(data)
        if self.cmap is not None and self.cmap.spaces:
            return list(self.cmap.codes(data))
        return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]

    def cid(self, code: int) -> int:
        """The CID of a code of a composite font; of a simple one, the code itself."""
        if self.cmap is not None:
            return self.cmap.cids.get(code, 0 if self.cmap.cids else code)
        return code

    def gid(self, code: int) -> int:
        """The glyph that a code draws: 0 for `.notdef`, UNKNOWN where that cannot be told."""
        program = self.program
        if program is None:
            return UNKNOWN
        if not self.is_composite:
            return self._simple.get(code, 0)
        if not self.is_identity and self.cmap is None:
            return UNKNOWN  # a predefined CMap, which stands in no file
        cid = self.cid(code)
        if self._cid_to_gid is not None:
            return self._cid_to_gid[cid] if cid < len(self._cid_to_gid) else 0
        return program.gid_of_cid(cid) if isinstance(program, Cff) else cid

    def width(self, code: int) -> float:
        """The advance that the file says, in thousandths (of glyph space, for Type 3)."""
        key = self.cid(code) if self.is_composite else code
        return self._widths.get(key, self._default)

    def heights(self, code: int) -> tuple[float, float, float]:
        """Downward advance (negative) and the place of the vertical origin, in thousandths."""
        found = self._heights.get(self.cid(code))
        if found is not None:
            return found
        return self._default_heights[1], self.width(code) / 2, self._default_heights[0]

    def metrics(self, code: int) -> Metrics:
        """Advance along the line and ink of a code."""
        found = self._metrics.get(code)
        if found is None:
            found = self._metrics[code] = self._measure(code)
        return found

    def says(self, code: int) -> str | None:
        """What a code reads as, by ToUnicode."""
        return None if self.to_unicode is None else self.to_unicode.texts.get(code)

    def _measure(self, code: int) -> Metrics:
        self.used.add(code)
        ink: Box | None = None
        if not self.is_type3:
            gid = self.gid(code)
            if gid == UNKNOWN or self.program is None:
                ink = (0.0, _BOX[1], max(1.0, self.width(code)), _BOX[3])
            else:
                ink = self.program.bounds(gid)
        if not self.vertical:
            return Metrics(self.width(code), ink)
        down, x, y = self.heights(code)
        return Metrics(down, None if ink is None else (ink[0] - x, ink[1] - y, ink[2] - x, ink[3] - y))

    def _unpacked(self, stream: Raw) -> bytes:
        """The data of a stream, taken off the allowance the first time."""
        number = raw.object_number(stream) or 0
        data = raw.unpacked(stream, MAX_SMALL_STREAM) if number in self._paid else self._allowance.unpacked(stream)
        self._paid.add(number)
        self.held += len(data)
        return data

    def _open_program(self) -> Program | None:
        if self.program_fault is not None or not raw.is_stream(self.program_stream) or self.program_key is None:
            return None
        try:
            data = self._unpacked(self.program_stream)
            return open_program(data, self.program_key, self.program_subtype)
        except TooLargeError:
            enough = self._allowance.left >= MAX_SMALL_STREAM
            self.program_fault = f"larger than {MAX_SMALL_STREAM >> 20} MB" if enough else "too many large fonts"
        except DamagedError:
            self.program_fault = "cannot be unpacked"
        except BrokenFontError as error:
            self.program_fault = str(error)
        return None

    def _is_vertical(self) -> bool:
        if self.encoding_name is not None:
            return self.encoding_name.endswith("-V") or self.encoding_name == "V"
        return whole(entry(self._encoding, "/WMode")) == 1

    def _default_width(self) -> float:
        if self.is_composite:
            default = number(entry(self.descendant, "/DW"))
            return float(EM) if default is None else default
        return number(entry(self.descriptor, "/MissingWidth")) or 0.0

    @cached_property
    def _metrics(self) -> dict[int, Metrics]:
        return {}

    @cached_property
    def _simple(self) -> dict[int, int]:
        """Glyph by code of a simple font."""
        return {} if self.program is None else simple_glyphs(self.raw, self.descriptor, self.program)

    @cached_property
    def _widths(self) -> Widths:
        if self.is_composite:
            return _read_cid_widths(entry(self.descendant, "/W"))
        first = whole(entry(self.raw, "/FirstChar")) or 0
        listed = items(entry(self.raw, "/Widths"), 256)
        return {first + at: width for at, one in enumerate(listed) if (width := number(one)) is not None}

    @cached_property
    def _heights(self) -> dict[int, tuple[float, float, float]]:
        return _read_heights(entry(self.descendant, "/W2")) if self.vertical else {}

    @cached_property
    def _cid_to_gid(self) -> tuple[int, ...] | None:
        mapped = entry(self.descendant, "/CIDToGIDMap")
        if not raw.is_stream(mapped):
            return None
        try:
            data = raw.unpacked(mapped, 2 * 65_536)
        except (TooLargeError, DamagedError):
            return None
        return tuple(int.from_bytes(data[at : at + 2]) for at in range(0, len(data) - 1, 2))

    def _cmap(self, stream: Raw) -> CMap | None:
        if not raw.is_stream(stream):
            return None
        try:
            return read_cmap(self._unpacked(stream))
        except (TooLargeError, DamagedError):
            return None


def _read_cid_widths(value: Raw) -> Widths:
    """W: `first [w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    found: Widths = {}
    parts = items(value, _MAX_WIDTHS)
    at = 0
    while at + 1 < len(parts):
        first = whole(parts[at])
        if first is None:
            break
        if raw.is_array(parts[at + 1]):
            for offset, one in enumerate(items(parts[at + 1], _MAX_WIDTHS)):
                width = number(one)
                if width is not None:
                    found[first + offset] = width
            at += 2
            continue
        last, width = whole(parts[at + 1]), number(parts[at + 2]) if at + 2 < len(parts) else None
        if last is None or width is None:
            break
        for cid in range(first, min(last, first + _MAX_WIDTHS - len(found)) + 1):
            found[cid] = width
        at += 3
    return found


def _read_heights(value: Raw) -> dict[int, tuple[float, float, float]]:
    """W2: `first [w1 vx vy …]` or `first last w1 vx vy`."""
    found: dict[int, tuple[float, float, float]] = {}
    parts = items(value, _MAX_WIDTHS)
    at = 0
    while at + 1 < len(parts):
        first = whole(parts[at])
        if first is None:
            break
        if raw.is_array(parts[at + 1]):
            listed = [number(one) or 0.0 for one in items(parts[at + 1], 3 * _MAX_WIDTHS)]
            for offset in range(len(listed) // 3):
                found[first + offset] = (listed[3 * offset], listed[3 * offset + 1], listed[3 * offset + 2])
            at += 2
            continue
        last = whole(parts[at + 1])
        three = [number(one) for one in parts[at + 2 : at + 5]]
        down, x, y = three if len(three) == 3 else (None, None, None)
        if last is None or down is None or x is None or y is None:
            break
        for cid in range(first, min(last, first + _MAX_WIDTHS - len(found)) + 1):
            found[cid] = (down, x, y)
        at += 5
    return found
