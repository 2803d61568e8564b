"""Is what a glyph reads as what it shows (字形与文字相符)? PR-68, as far as the file itself can answer.

An embedded program may say which character a glyph is for: by its `cmap`, or by the glyph's name. And a face that is
embedded more than once must not read the same Han outline in two ways. What none of these tells stays unknown.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from unicodedata import category, normalize

from fontTools import agl

from layout_engine.preflight.broken_font import BrokenFontError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.fonts import Font
from layout_engine.preflight.programs import Cff, TrueType
from layout_engine.preflight.type1 import Type1

_UNICODE_MAPS: Final = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))
_HAN: Final = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))


def check_meaning(font: Font, found: Found) -> None:
    """PR-68: cmap and glyph names agree with ToUnicode."""
    if font.program is None or font.to_unicode is None or font.is_type3:
        return
    wrong = []
    meant = _meanings(font)
    for code in sorted(font.used):
        said, gid = font.says(code), font.gid(code)
        wanted = meant.get(gid) if gid > 0 else None
        if said and wanted and _plain(said) not in wanted:
            wrong.append((code, said, sorted(wanted)[0]))
    if wrong:
        code, said, wanted_text = wrong[0]
        found.add_object(
            "preflight/false-text", font.object, font=font.base_name[:60], count=len(wrong), glyph=f"{code:04X}",
            says=_shown(said), has=_shown(wanted_text),
        )  # fmt: skip


def check_one_meaning(font: Font, found: Found) -> None:
    """PR-68: wherever a face is embedded, one Han outline reads as one character."""
    if font.program is None or font.to_unicode is None or font.is_type3:
        return
    face = font.base_name.partition("+")[2] or font.base_name
    for code in sorted(font.used):
        said, gid = _plain(font.says(code) or ""), font.gid(code)
        look = font.program.outline(gid) if gid > 0 and _is_han(said) else None
        if not look:
            continue
        known = found.memory.setdefault(f"{face} {sha256(look).hexdigest()}", said.encode()).decode()
        if known != said:
            found.add_object(
                "preflight/two-texts",
                font.object,
                font=font.base_name[:60],
                glyph=f"{code:04X}",
                says=said,
                other=known,
            )
            return


def _meanings(font: Font) -> Mapping[int, frozenset[str]]:
    """Which texts a glyph may stand for, by its number; nothing for glyphs of which the program does not tell."""
    program = font.program
    found: dict[int, set[str]] = {}
    if isinstance(program, TrueType):
        for character, gid in _characters(program).items():
            if category(chr(character)) not in ("Co", "Cn", "Cs"):
                found.setdefault(gid, set()).add(_plain(chr(character)))
    elif isinstance(program, Type1) or (isinstance(program, Cff) and program.ros is None):
        for gid, glyph in enumerate(program.glyph_names):
            if text := agl.toUnicode(glyph):
                found[gid] = {_plain(text)}
    return {gid: frozenset(texts) for gid, texts in found.items()}


def _characters(program: TrueType) -> Mapping[int, int]:
    if not program.has_characters:
        return {}
    try:
        maps = program.character_maps()
    except BrokenFontError:
        return {}
    return next((maps[one] for one in _UNICODE_MAPS if one in maps), {})


def _plain(text: str) -> str:
    """Without what is a form of the same character: vertical forms, full width, ligatures, radicals."""
    return normalize("NFKC", text).strip()


def _is_han(text: str) -> bool:
    return len(text) == 1 and any(low <= ord(text) <= high for low, high in _HAN)


def _shown(text: str) -> str:
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in text[:8])
