"""Which glyph a one-byte code draws (单字节编码): of simple fonts, by encoding, differences and the program's own."""

from typing import Final

from fontTools.agl import AGL2UV, UV2AGL
from fontTools.encodings.StandardEncoding import StandardEncoding

from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.programs import Cff, Program, TrueType
from layout_engine.preflight.raw import Raw, entry, items, name, whole
from layout_engine.preflight.type1 import Type1

_SYMBOLIC: Final = 1 << 2
_SYMBOL_PAGE: Final = 0xF000
_MAX_DIFFERENCES: Final = 600  # entries: 256 codes, each with its name
_CODECS: Final = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}


def simple_glyphs(font: Raw, descriptor: Raw, program: Program) -> dict[int, int]:
    """Glyph by code, for the codes that have one."""
    names = _names(font)
    if isinstance(program, Cff | Type1):
        return _of_names(names, program)
    flags = whole(entry(descriptor, "/Flags")) or 0
    return _of_truetype(names, bool(flags & _SYMBOLIC), program)


def _names(font: Raw) -> dict[int, str]:
    """The glyph names that the file's encoding gives; empty where it leaves them to the program."""
    encoding = entry(font, "/Encoding")
    base = name(encoding) or name(entry(encoding, "/BaseEncoding"))
    found: dict[int, str] = {}
    if base in _CODECS:
        for code in range(256):
            character = bytes((code,)).decode(_CODECS[base], errors="replace")
            if ord(character) in UV2AGL:
                found[code] = UV2AGL[ord(character)]
        found.setdefault(0xA0, "space")
        found.setdefault(0xAD, "hyphen")
    elif base == "StandardEncoding":
        found = {code: one for code, one in enumerate(StandardEncoding) if one != ".notdef"}
    found |= differences(encoding)
    return found


def differences(encoding: Raw) -> dict[int, str]:
    """The glyph names that an encoding gives by itself: `code name name … code name …`."""
    found: dict[int, str] = {}
    code = 0
    for one in items(entry(encoding, "/Differences"), _MAX_DIFFERENCES):
        position = whole(one)
        if position is not None:
            code = position
        elif (glyph := name(one)) is not None:
            found[code] = glyph
            code += 1
    return found


def _of_names(names: dict[int, str], program: Cff | Type1) -> dict[int, int]:
    own = program.encoding
    if own == "StandardEncoding":
        listed = dict(enumerate(StandardEncoding))
    else:
        listed = dict(enumerate(own)) if isinstance(own, list) else {}
    glyphs = {code: program.gids.get(names.get(code, listed.get(code, "")), 0) for code in range(256)}
    return {code: gid for code, gid in glyphs.items() if gid}


def _of_truetype(names: dict[int, str], symbolic: bool, program: TrueType) -> dict[int, int]:
    """ISO 32000-1, 9.6.6.4."""
    try:
        maps = program.character_maps()
    except BrokenFontError:
        return {}
    found: dict[int, int] = {}
    unicode = maps.get((3, 1)) or maps.get((0, 3)) or maps.get((0, 1)) or {}
    symbol, roman = maps.get((3, 0)) or {}, maps.get((1, 0)) or {}
    for code in range(256):
        gid: int | None = None
        if not symbolic or names:
            character = AGL2UV.get(names.get(code, StandardEncoding[code]))
            gid = unicode.get(character) if character is not None else None
        gid = gid or symbol.get(_SYMBOL_PAGE + code) or symbol.get(code) or roman.get(code)
        if gid:
            found[code] = gid
    return found
