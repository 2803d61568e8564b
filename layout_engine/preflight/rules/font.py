"""Fonts to the letter (字体): PR-60 to PR-67, PR-69, PR-70."""

import re
from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.document import Met
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.fonts import UNKNOWN, Font
from layout_engine.preflight.limits import MAX_SMALL_STREAM
from layout_engine.preflight.programs import Cff, Program, forbids_subsetting, licence_fault
from layout_engine.preflight.raw import entry, items, name, text, whole

_TAG: Final = re.compile(r"[A-Z]{6}\+.+")
_SYMBOLIC: Final = 1 << 2
_NONSYMBOLIC: Final = 1 << 5
_WIDTH_TOLERANCE: Final = 1.0  # thousandths of the em, PR-62
_DESCRIPTOR: Final = (  # PR-61
    "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV",
)  # fmt: skip
_KINDS: Final = {  # PR-61: by subtype, the programs that may stand under it
    "Type1": (("FontFile", None), ("FontFile3", "Type1C"), ("FontFile3", "OpenType")),
    "MMType1": (("FontFile", None), ("FontFile3", "Type1C")),
    "TrueType": (("FontFile2", None), ("FontFile3", "OpenType")),
    "CIDFontType0": (("FontFile3", "CIDFontType0C"), ("FontFile3", "OpenType")),
    "CIDFontType2": (("FontFile2", None), ("FontFile3", "OpenType")),
}
_FONTS: Final = frozenset(("Type0", "Type1", "MMType1", "TrueType", "Type3"))
_MAX_BLOCK: Final = 100  # PR-67
_CIDSET_BYTES: Final = 8192


def check_present(met: Met, found: Found) -> None:
    """PR-60: fonts that nobody draws with are looked at too: they are opened here and checked with the others."""
    is_font = "Subtype" in met.keys and name(entry(met.value, "/Type")) == "Font"
    if is_font and name(entry(met.value, "/Subtype")) in _FONTS:
        found.document.fonts.font(met.value)


def check_embedded(font: Font, found: Found) -> None:
    """PR-60: every font is in the file."""
    if font.is_type3:
        found.add_object("preflight/type3", font.object, font=_title(font))
    elif font.program_key is None:
        found.add_object("preflight/font-missing", font.object, font=_title(font))


def check_program(font: Font, found: Found) -> None:
    """PR-61: the program can be read and is what the dictionary says; the descriptor is whole."""
    if font.is_type3 or font.program_key is None:
        return
    if font.program_fault is not None:
        found.add_object("preflight/font-broken", font.object, font=_title(font), fault=font.program_fault)
    subtype = name(entry(font.owner, "/Subtype")) or "?"
    declared = (font.program_key, font.program_subtype if font.program_key == "FontFile3" else None)
    if declared not in _KINDS.get(subtype, ()):
        found.add_object(
            "preflight/font-kind",
            font.object,
            font=_title(font),
            kind=subtype,
            program="/".join(filter(None, declared)),
        )
    elif declared[1] == "OpenType" and found.standard == "X1a":
        found.add_object("preflight/font-kind", font.object, font=_title(font), kind=subtype, program="OpenType")
    missing = [key for key in _DESCRIPTOR if entry(font.descriptor, f"/{key}") is None]
    if missing:
        found.add_object("preflight/descriptor", font.object, font=_title(font), keys=", ".join(missing))
    flags = whole(entry(font.descriptor, "/Flags"))
    if flags is not None and bool(flags & _SYMBOLIC) == bool(flags & _NONSYMBOLIC):
        found.add_object("preflight/font-flags", font.object, font=_title(font))


def check_widths(font: Font, found: Found) -> None:
    """PR-62: the file and the program agree on every advance that is used."""
    if font.program is None:
        return
    wrong = []
    for code in sorted(font.used):
        gid = font.gid(code)
        own = font.program.advance(gid) if gid not in (UNKNOWN, 0) else None
        if own is not None and abs(own - font.width(code)) > _WIDTH_TOLERANCE:
            wrong.append((code, font.width(code), own))
    if wrong:
        code, says, has = wrong[0]
        found.add_object(
            "preflight/widths", font.object, font=_title(font), count=len(wrong), glyph=f"{code:04X}",
            says=f"{says:g}", has=f"{has:.4g}",
        )  # fmt: skip


def check_heights(font: Font, found: Found) -> None:
    """PR-62: in vertical fonts the drop and the origin of every glyph used are the program's, if it has them."""
    measures = font.program.vertical if font.program is not None and font.vertical else None
    if measures is None or font.program is None:
        return
    wrong = []
    for code in sorted(font.used):
        gid = font.gid(code)
        if not 0 < gid < font.program.glyph_count:
            continue
        down, _, top = font.heights(code)
        ink = font.program.bounds(gid)
        origin = measures.origin(gid, None if ink is None else ink[3])
        says, has = (-down, top), (measures.advance(gid), top if origin is None else origin)
        if any(abs(one - other) > _WIDTH_TOLERANCE for one, other in zip(says, has, strict=True)):
            wrong.append((code, says, has))
    if wrong:
        code, says, has = wrong[0]
        found.add_object(
            "preflight/heights", font.object, font=_title(font), count=len(wrong), glyph=f"{code:04X}",
            says=f"{says[0]:.4g}/{says[1]:.4g}", has=f"{has[0]:.4g}/{has[1]:.4g}",
        )  # fmt: skip


def check_glyphs(font: Font, found: Found) -> None:
    """PR-63: every code drawn has a glyph, and `.notdef` is none."""
    if font.program is None:
        return
    gids = {code: font.gid(code) for code in sorted(font.used)}
    blank = [code for code, gid in gids.items() if gid == 0]
    beyond = [code for code, gid in gids.items() if gid >= font.program.glyph_count]
    if blank:
        found.add_object("preflight/notdef", font.object, font=_title(font), count=len(blank), glyph=f"{blank[0]:04X}")
    if beyond:
        found.add_object(
            "preflight/no-glyph", font.object, font=_title(font), count=len(beyond), glyph=f"{beyond[0]:04X}"
        )


def check_composite(font: Font, found: Found) -> None:
    """PR-64: one descendant, and all that says which characters are meant agrees."""
    if not font.is_composite:
        return
    faults = []
    if len(items(entry(font.raw, "/DescendantFonts"), 3)) != 1:
        faults.append("DescendantFonts")
    about = entry(font.descendant, "/CIDSystemInfo")
    registry, ordering = text(entry(about, "/Registry")), text(entry(about, "/Ordering"))
    if not registry or not ordering or whole(entry(about, "/Supplement")) is None:
        faults.append("CIDSystemInfo")
    program = font.program
    if isinstance(program, Cff) and program.ros is not None and registry and program.ros[:2] != (registry, ordering):
        faults.append(f"CIDSystemInfo {registry}-{ordering}, ROS {program.ros[0]}-{program.ros[1]}")
    encoding = entry(font.raw, "/Encoding")
    if raw.is_stream(encoding) and font.cmap is not None:
        if (whole(entry(encoding, "/WMode")) or 0) != int(font.cmap.vertical):
            faults.append("WMode")
        if font.cmap.ordering and ordering and font.cmap.ordering != ordering:
            faults.append(f"Ordering {font.cmap.ordering}, {ordering}")
    elif font.encoding_name is None:
        faults.append("Encoding")
    base, own = font.base_name, name(entry(font.descendant, "/BaseFont"))
    if own is None or not (
        base == own or (base.startswith(f"{own}-") and name(entry(font.owner, "/Subtype")) == "CIDFontType0")
    ):
        faults.append(f"BaseFont {base}, {own}")
    for fault in faults:
        found.add_object("preflight/composite-font", font.object, font=_title(font), fault=fault[:80])


def check_cid_to_gid(font: Font, found: Found) -> None:
    """PR-65: a map from CIDs to glyphs for TrueType, and for TrueType alone."""
    if not font.is_composite:
        return
    mapped, subtype = entry(font.descendant, "/CIDToGIDMap"), name(entry(font.descendant, "/Subtype"))
    if subtype == "CIDFontType2" and font.program_key is not None:
        if mapped is None or (not raw.is_stream(mapped) and name(mapped) != "Identity"):
            found.add_object("preflight/cid-to-gid", font.object, font=_title(font))
    elif subtype == "CIDFontType0" and mapped is not None:
        found.add_object("preflight/cid-to-gid", font.object, font=_title(font))


def check_cid_set(font: Font, found: Found) -> None:
    """PR-66: a CIDSet is exactly what the program has; written in X-1a, left out in X-4."""
    if not font.is_composite or font.program is None:
        return
    stream = entry(font.descriptor, "/CIDSet")
    if stream is None:
        if found.standard == "X1a":
            found.add_object("preflight/cid-set-missing", font.object, font=_title(font))
        return
    if found.standard == "X4":
        found.add_object("preflight/cid-set-written", font.object, font=_title(font))
    if not raw.is_stream(stream):
        return
    try:
        bits = raw.unpacked(stream, _CIDSET_BYTES)
    except (TooLargeError, DamagedError):
        bits = b""
    listed = {8 * at + bit for at, byte in enumerate(bits) for bit in range(8) if byte & 0x80 >> bit}
    if listed != _cids_of(font, font.program):
        found.add_object("preflight/cid-set", font.object, font=_title(font))


def check_to_unicode(font: Font, found: Found) -> None:
    """PR-67: every glyph that is used says what it reads as."""
    if not font.used or font.is_type3 or not font.is_composite:
        return
    if font.to_unicode is None:
        found.add_object("preflight/no-text", font.object, font=_title(font))
        return
    silent = [code for code in sorted(font.used) if not font.says(code)]
    if silent:
        found.add_object(
            "preflight/glyph-without-text", font.object, font=_title(font), count=len(silent), glyph=f"{silent[0]:04X}"
        )
    if font.to_unicode.longest_block > _MAX_BLOCK or font.to_unicode.overfull:
        found.add_object("preflight/long-block", font.object, font=_title(font))


def check_names(font: Font, found: Found) -> None:
    """PR-69: a subset has its tag, and the same name everywhere."""
    if font.program_key is None or font.is_type3:
        return
    owner, descriptor = name(entry(font.owner, "/BaseFont")), name(entry(font.descriptor, "/FontName"))
    own = font.program.name if font.program is not None else None
    if owner != descriptor:
        found.add_object("preflight/font-names", font.object, font=_title(font), one=owner, other=descriptor)
    elif own and owner and own not in (owner, owner[7:] if _TAG.fullmatch(owner) else owner):
        found.add_object("preflight/font-names", font.object, font=_title(font), one=owner, other=own[:60])


def check_licence(font: Font, found: Found) -> None:
    """PR-70: the face may be embedded, as far as it says so itself."""
    bits = font.program.fs_type if font.program is not None else None
    if bits is None:
        return
    fault = licence_fault(bits)
    if fault is None and forbids_subsetting(bits) and _TAG.fullmatch(font.base_name):
        fault = "no subsetting"
    if fault is not None:
        found.add_object("preflight/font-licence", font.object, font=_title(font), fault=fault)


def _cids_of(font: Font, program: Program) -> set[int]:
    if isinstance(program, Cff) and program.ros is not None:
        return {int(one[3:]) if one.startswith("cid") else 0 for one in program.glyph_names}
    mapped = entry(font.descendant, "/CIDToGIDMap")
    if raw.is_stream(mapped):
        try:
            data = raw.unpacked(mapped, min(MAX_SMALL_STREAM, 131_072))
        except (TooLargeError, DamagedError):
            return set()
        return {0} | {at // 2 for at in range(0, len(data) - 1, 2) if data[at] or data[at + 1]}
    return set(range(program.glyph_count))


def _title(font: Font) -> str:
    return font.base_name[:60]
