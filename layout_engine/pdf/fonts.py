"""A face in the file (嵌入字体): one Type 0 font a face and direction, with the text that each glyph stands for.

A glyph's code is its number in the subset. The text of a code (ToUnicode) is taken from the runs and not from the
face, so that vertical forms, ligatures and alternates read back as what stands in the copy.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.faces.face import Face
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.document import Document, Reference, Value, name, pack, string
from layout_engine.pdf.subset import EM, Subset, cut_subset, subset_name
from layout_engine.scene.items import GlyphRun

_MAX_MAPPINGS: Final = 100  # in one block of a CMap (PR-67)
_LONGEST_ARRAY: Final = 8_191  # PR-86
_LONGEST_STRETCH: Final = _LONGEST_ARRAY // 3  # codes, with three numbers each in W2
_FIXED_ONE: Final = 0x10000
_DEFAULT_ORIGIN_Y: Final = 880  # ISO 32000-1, table 117: DW2 is [880 -1000]

# What a glyph reads as that has no text of its own, being a part of another: nothing to see for a reader who does
# not know ActualText, and a text all the same (PR-67).
_SILENT: Final = "\u200b"

_CMAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_FOOT: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class PageFont(msgspec.Struct, frozen=True):
    """A face as one page uses it. The dictionaries are by the face's own glyph numbers.

    `names` gives the font's resource name by direction, `texts` what a glyph reads back as, `codes` its code as
    four hex digits; `widths` and `drops` are its advances in thousandths of the em.
    """

    face: Face
    subset: Subset
    names: dict[str, str]
    texts: dict[int, str]
    codes: dict[int, str]
    widths: dict[int, int]
    drops: dict[int, int]

    def reads(self, gids: Iterable[int]) -> str:
        """What the glyphs read back as, one after another."""
        return "".join(map(self.texts.__getitem__, gids))


def gather_fonts(runs: Iterable[GlyphRun], faces: Faces, cache: Path | None) -> dict[str, PageFont]:
    """The faces that `runs` use, by key, with their subsets; in the order of first use."""
    texts: dict[str, dict[int, str]] = {}
    directions: dict[str, set[str]] = {}
    for run in runs:
        _gather_texts(run, texts.setdefault(run.face, {}))
        directions.setdefault(run.face, set()).add(run.origins)
    return {
        key: _page_font(number, faces.face(key), texts[key], directions[key], cache) for number, key in enumerate(texts)
    }


def embed_font(document: Document, font: PageFont, *, cid_sets: bool = False) -> None:
    """Put the font into the file: a Type 0 font a direction over one descendant, program and ToUnicode.

    With `cid_sets` the file says too which codes the program has (PR-66).
    """
    descendant = _descendant(document, font, cid_sets=cid_sets)
    words = pack(_to_unicode([font.texts.get(gid) for gid in font.subset.gids]))
    to_unicode = document.add_stream(words, {}, filter_name="FlateDecode")
    for direction, resource in font.names.items():
        encoding = "Identity-V" if direction == "vertical" else "Identity-H"
        base = _base_name(font)
        entries: dict[str, Value] = {
            "Type": name("Font"),
            "Subtype": name("Type0"),
            "BaseFont": name(f"{base}-{encoding}" if font.subset.kind == "cff" else base),  # PR-64
            "Encoding": name(encoding),
            "DescendantFonts": (descendant,),
            "ToUnicode": to_unicode,
        }
        document.add_font(resource, document.add(entries))


def _gather_texts(run: GlyphRun, texts: dict[int, str]) -> None:
    """Note what each glyph stands for: the first text that it has. Others are told in the content."""
    first = run.starts[0]
    for gid, start, end in zip(run.gids, run.starts, run.starts[1:], strict=False):
        if texts.get(gid, _SILENT) == _SILENT:
            texts[gid] = run.text[start - first : end - first] or _SILENT
    for _, gid, _, _ in run.marks:
        texts.setdefault(gid, _SILENT)


def _page_font(number: int, face: Face, texts: dict[int, str], directions: set[str], cache: Path | None) -> PageFont:
    subset = cut_subset(face, texts, cache)
    return PageFont(
        face=face,
        subset=subset,
        names={one: f"F{number}{'V' if one == 'vertical' else ''}" for one in sorted(directions)},
        texts=texts,
        codes={gid: f"{code:04x}" for code, gid in enumerate(subset.gids)},
        widths=dict(zip(subset.gids, subset.widths, strict=True)),
        drops=dict(zip(subset.gids, subset.drops, strict=True)),
    )


def _base_name(font: PageFont) -> str:
    return subset_name(font.subset.tag, font.face)


def _descendant(document: Document, font: PageFont, *, cid_sets: bool) -> Reference:
    subset = font.subset
    is_cff = subset.kind == "cff"
    entries: dict[str, Value] = {
        "Type": name("Font"),
        "Subtype": name("CIDFontType0" if is_cff else "CIDFontType2"),
        "BaseFont": name(_base_name(font)),
        "CIDSystemInfo": {"Registry": string("Adobe"), "Ordering": string("Identity"), "Supplement": 0},
        "FontDescriptor": _descriptor(document, font, cid_sets=cid_sets),
        "DW": EM,
        "W": _widths(subset),
    }
    if not is_cff:
        entries["CIDToGIDMap"] = name("Identity")  # PR-65
    if "vertical" in font.names:
        entries["DW2"] = (_DEFAULT_ORIGIN_Y, -EM)
        entries["W2"] = _heights(subset)
    return document.add(entries)


def _descriptor(document: Document, font: PageFont, *, cid_sets: bool) -> Reference:
    face, subset = font.face.descriptor, font.subset
    about: dict[str, Value]
    if subset.kind == "cff":
        key, about = "FontFile3", {"Subtype": name("CIDFontType0C")}
    else:
        key, about = "FontFile2", {"Length1": subset.length}
    program = document.add_stream(subset.program, about, filter_name="FlateDecode")
    entries: dict[str, Value] = {
        "Type": name("FontDescriptor"),
        "FontName": name(_base_name(font)),
        "Flags": face.flags,
        "FontBBox": _ink_box(font) if font.face.axes else face.bbox,
        "ItalicAngle": _decimal(face.italic_angle),
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.cap_height,
        "StemV": face.stem_v,
        key: program,
    }
    if cid_sets:
        entries["CIDSet"] = document.add_stream(pack(_cid_set(len(subset.gids))), {}, filter_name="FlateDecode")
    return document.add(entries)


def _ink_box(font: PageFont) -> tuple[int, int, int, int]:
    """The box around all glyphs of an instance, whose ink may go beyond what the tables say of the face."""
    upem = font.face.upem
    boxes = []
    for gid in font.subset.gids:
        ink = font.face.hb_font.get_glyph_extents(gid)
        boxes.append((ink.x_bearing, ink.y_bearing + ink.height, ink.x_bearing + ink.width, ink.y_bearing))
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left) * EM // upem, min(bottom) * EM // upem, -(-max(right) * EM // upem), -(-max(top) * EM // upem))


def _cid_set(count: int) -> bytes:
    """One bit for each code, the first in the highest bit: our programs have all codes up to their last."""
    spare = -count % 8
    return ((1 << count) - 1 << spare).to_bytes((count + spare) // 8)


def _decimal(fixed: int) -> str:
    """A 16.16 number with three decimals."""
    thousandths = round(fixed * 1000 / _FIXED_ONE)
    return f"{'-' if thousandths < 0 else ''}{abs(thousandths) // 1000}.{abs(thousandths) % 1000:03}"


def _widths(subset: Subset) -> str:
    """W: the advances that are not one em, in stretches of codes that follow each other (PR-62)."""
    return _stretches([(width != EM, f"{width}") for width in subset.widths])


def _heights(subset: Subset) -> str:
    """W2: downward advance and vertical origin where they differ from those of a full em (PR-62)."""
    columns = zip(subset.widths, subset.drops, subset.origin_x, subset.origin_y, strict=True)
    return _stretches(
        [(drop != EM or 2 * x != width or y != _DEFAULT_ORIGIN_Y, f"{-drop} {x} {y}") for width, drop, x, y in columns]
    )


def _stretches(codes: list[tuple[bool, str]]) -> str:
    """`[first [a b c] …]`, as W and W2 are written, of the codes that are marked: those that differ from the default.

    No array grows too long for an old reader: neither this one, where all codes are then told, nor those in it.
    """
    marked = [(code, text) for code, (differs, text) in enumerate(codes) if differs]
    groups = groupby(enumerate(marked), key=lambda one: one[1][0] - one[0])
    stretches = [[item for _, item in group] for _, group in groups]
    if 2 * len(stretches) > _LONGEST_ARRAY:
        stretches = [list(enumerate(text for _, text in codes))]
    parts = []
    for stretch in stretches:
        for at in range(0, len(stretch), _LONGEST_STRETCH):
            some = stretch[at : at + _LONGEST_STRETCH]
            parts.append(f"{some[0][0]} [{' '.join(map(itemgetter(1), some))}]")
    return f"[{' '.join(parts)}]"


def _to_unicode(texts: list[str | None]) -> bytes:
    """The CMap from codes to texts; .notdef and the parts of composite glyphs have none."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    parts = [_CMAP_HEAD]
    for at in range(0, len(lines), _MAX_MAPPINGS):
        block = lines[at : at + _MAX_MAPPINGS]
        parts.append(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n")
    parts.append(_CMAP_FOOT)
    return "".join(parts).encode("ascii")
