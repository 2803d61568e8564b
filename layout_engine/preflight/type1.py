"""A Type 1 program (Type 1 字体程序), read as data: its PostScript is never run.

The clear part names the font and its encoding; the part that is enciphered holds the glyphs. Widths and ink come from
the glyphs alone (Adobe Type 1 Font Format, 1990).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.eexec import decrypt
from fontTools.misc.psCharStrings import T1CharString
from fontTools.pens.basePen import BasePen

from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.charstrings import run_type1
from layout_engine.preflight.drawn_glyphs import DrawnGlyphs

_EM: Final = 1000
_EEXEC_KEY: Final = 55_665
_CHARSTRING_KEY: Final = 4_330
_EEXEC_LEAD: Final = 4  # random bytes before the enciphered part
_LEN_IV: Final = 4  # and before each charstring, unless lenIV says otherwise
_MOST_GLYPHS: Final = 10_000
_MOST_SUBRS: Final = 70_000
_PFB: Final = 0x80

_START: Final = re.compile(rb"currentfile\s+eexec\s")
_NAME: Final = re.compile(rb"/FontName\s*/([^\s/\[\](){}<>%]{1,127})")
_MATRIX: Final = re.compile(rb"/FontMatrix\s*\[\s*([-+0-9.eE]{1,20})")
_FS_TYPE: Final = re.compile(rb"/FSType\s+(\d{1,5})\s")
_ENCODED: Final = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/\[\](){}<>%]{1,127})\s+put")
_STANDARD: Final = re.compile(rb"/Encoding\s+StandardEncoding\s+def")
_LEAD: Final = re.compile(rb"/lenIV\s+(-?\d{1,3})\s")
_SUBR: Final = re.compile(rb"dup\s+(\d{1,5})\s+(\d{1,5})\s+(?:RD|-\|)\s")
_GLYPH: Final = re.compile(rb"/([^\s/\[\](){}<>%]{1,127})\s+(\d{1,5})\s+(?:RD|-\|)\s")


class Type1(DrawnGlyphs):
    """A Type 1 font. Glyphs are numbered as they stand in it, `.notdef` as 0; `gids` leads from names to numbers."""

    kind = "Type 1"

    def __init__(self, data: bytes) -> None:
        super().__init__()
        clear, private = _parts(data)
        named = _NAME.search(clear)
        if named is None:
            raise BrokenFontError("no FontName")
        self.name: str | None = named[1].decode("latin-1")
        matrix = _MATRIX.search(clear)
        try:
            self._scale: float = float(matrix[1]) * _EM if matrix else 1.0
        except ValueError as error:
            raise BrokenFontError("a broken FontMatrix") from error
        bits = _FS_TYPE.search(clear)
        self.fs_type: int | None = int(bits[1]) if bits else None
        lead = _LEAD.search(private)
        self.vertical = None
        self._lead: int = int(lead[1]) if lead else _LEN_IV
        begin = private.find(b"/CharStrings")
        if begin < 0:
            raise BrokenFontError("no CharStrings")
        self._subrs: list[Any] = self._read_subrs(private[:begin])
        glyphs = dict(self._charstrings(_GLYPH, private, begin + len(b"/CharStrings"), _MOST_GLYPHS))
        if b".notdef" not in glyphs:
            raise BrokenFontError("no .notdef")
        names = [b".notdef", *(one for one in glyphs if one != b".notdef")]
        self._strings: Final = [glyphs[one] for one in names]
        self.glyph_names: Final = tuple(one.decode("latin-1") for one in names)
        self.glyph_count: int = len(names)
        self.gids: Final[Mapping[str, int]] = {one: gid for gid, one in enumerate(self.glyph_names)}
        self.encoding: Final = _encoding(clear)

    def gid_of_cid(self, cid: int) -> int:
        """Such a font has no CIDs."""
        return cid if cid < self.glyph_count else 0

    def _draw(self, gid: int, pen: BasePen) -> float:
        return run_type1(self._strings[gid], self._subrs, pen, self._calls)

    def _read_subrs(self, private: bytes) -> list[Any]:
        found = dict(self._charstrings(_SUBR, private, max(0, private.find(b"/Subrs")), _MOST_SUBRS))
        numbered = {int(key): one for key, one in found.items()}
        most = max(numbered, default=-1)
        nothing = T1CharString(b"\x0b")  # return
        return [numbered.get(number, nothing) for number in range(min(most + 1, _MOST_SUBRS))]

    def _charstrings(
        self, heading: re.Pattern[bytes], data: bytes, begin: int, most: int
    ) -> Iterator[tuple[bytes, Any]]:
        """What stands behind each heading, deciphered: its bytes are counted, and are never searched."""
        at = begin
        for _ in range(most):
            match = heading.search(data, at)
            if match is None:
                return
            at = match.end() + int(match[2])
            enciphered = data[match.end() : at]
            plain = enciphered if self._lead < 0 else decrypt(enciphered, _CHARSTRING_KEY)[0][self._lead :]
            yield match[1], T1CharString(plain)


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The clear part, and the other one deciphered."""
    if data[:1] == bytes((_PFB,)):
        data = b"".join(_segments(data))
    if data[:2] != b"%!":
        raise BrokenFontError("not a Type 1 program")
    start = _START.search(data)
    if start is None:
        raise BrokenFontError("no enciphered part")
    enciphered = data[start.end() :]
    head = enciphered[:4]
    if len(head) == 4 and all(one in b"0123456789abcdefABCDEF" for one in head):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", enciphered)
        enciphered = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    return data[: start.end()], decrypt(enciphered, _EEXEC_KEY)[0][_EEXEC_LEAD:]


def _segments(data: bytes) -> Iterator[bytes]:
    """The pieces of a program as Windows keeps it, which some writers embed as it is."""
    at = 0
    while at + 6 <= len(data) and data[at] == _PFB and data[at + 1] in (1, 2):
        length = int.from_bytes(data[at + 2 : at + 6], "little")
        yield data[at + 6 : at + 6 + length]
        at += 6 + length


def _encoding(clear: bytes) -> list[str]:
    if _STANDARD.search(clear):
        return list(StandardEncoding)
    found = [".notdef"] * 256
    for code, glyph in _ENCODED.findall(clear):
        if int(code) < len(found):
            found[int(code)] = glyph.decode("latin-1")
    return found
