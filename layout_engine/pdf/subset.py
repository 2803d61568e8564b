"""The program of a face with only the glyphs that a page uses (字体子集): cut by HarfBuzz, measured, packed.

Glyphs are numbered anew, densely. In the file the character code of a glyph is its new number (CID = GID).
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import msgspec
import uharfbuzz as hb

from layout_engine.faces.face import Face
from layout_engine.pdf.cff import renamed
from layout_engine.pdf.document import pack_outlines
from layout_engine.pdf.files import kept

EM: Final = 1000  # glyph space: thousandths of the em

_FORMAT: Final = "3"  # raise it when what is kept of a subset changes
_TAG_LENGTH: Final = 6  # ISO 32000-1, 9.6.4
_DIRECTORY_BYTES: Final = 4096  # holds the table directory, with a checksum for each table

# A PDF needs outlines and advances only. OpenType layout was applied when the text was shaped.
_DROPPED: Final = (
    *(b"GSUB", b"GPOS", b"GDEF", b"BASE", b"JSTF", b"VORG", b"vmtx", b"vhea", b"VVAR"),
    *(b"name", b"OS/2", b"post", b"STAT", b"cmap", b"meta", b"DSIG", b"gasp"),
)
_FLAGS: Final = (
    hb.SubsetFlags.NO_LAYOUT_CLOSURE  # no alternates that are not on the page
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.NO_HINTING  # of no use at the resolution of a plate
    | hb.SubsetFlags.CFF_IDENTITY_CHARSET  # CID = GID also in faces that number their characters otherwise
    | hb.SubsetFlags.DOWNGRADE_CFF2  # a PDF knows no CFF2
)


class Subset(msgspec.Struct, frozen=True):
    """One face's glyphs for one file. The columns are by new glyph number; lengths in thousandths of the em.

    A glyph's vertical origin lies `origin_x` to the right of its horizontal one and `origin_y` above it;
    `drops` are the advances downward.
    """

    tag: str
    kind: Literal["glyf", "cff"]
    program: bytes  # packed
    length: int  # of the program unpacked
    gids: tuple[int, ...]  # the face's own numbers
    widths: tuple[int, ...]
    drops: tuple[int, ...]
    origin_x: tuple[int, ...]
    origin_y: tuple[int, ...]


def cut_subset(face: Face, gids: Iterable[int], cache: Path | None) -> Subset:
    """The face's subset with `gids` (and .notdef, and the parts of composite glyphs), kept in `cache`."""
    wanted = sorted({0, *gids})
    made_from = f"{_FORMAT} {hb.version_string()} {_fingerprint(face)} {wanted}"
    key = f"subset-{sha256(made_from.encode()).hexdigest()}"
    made = kept(cache, key, lambda: msgspec.msgpack.encode(_cut(face, wanted)))
    return msgspec.msgpack.decode(made, type=Subset)


def subset_name(tag: str, face: Face) -> str:
    """The name that the subset has everywhere in the file (PR-69)."""
    return f"{tag}+{face.descriptor.postscript_name}"


def _fingerprint(face: Face) -> str:
    """What changes when the face does, without reading all of it: the file's size and time, its tables' checksums."""
    status = face.path.stat()
    with face.path.open("rb") as file:
        directory = sha256(file.read(_DIRECTORY_BYTES)).hexdigest()
    return f"{status.st_size} {status.st_mtime_ns} {directory} {face.index} {face.axes}"


def _cut(face: Face, gids: list[int]) -> Subset:
    order = hb.SubsetInput()
    order.glyph_set.update(gids)
    order.drop_table_tag_set.update(map(int.from_bytes, _DROPPED))
    order.flags = _FLAGS
    if face.hb_face.has_var_data:
        order.pin_all_axes_to_default(face.hb_face)
        for axis, value in face.axes:
            order.pin_axis_location(face.hb_face, axis, value)
    plan = hb.SubsetPlan(face.hb_face, order)
    cut = plan.execute()
    is_cff = "CFF " in cut.table_tags
    program = cut.reference_table("CFF ").data if is_cff else cut.blob.data
    tag = _tag(program)
    if is_cff:
        program = renamed(program, subset_name(tag, face))
    old_of = plan.new_to_old_glyph_mapping
    old = tuple(old_of[new] for new in range(len(old_of)))
    origins = [face.hb_font.get_glyph_v_origin(gid) for gid in old]
    return Subset(
        tag=tag,
        kind="cff" if is_cff else "glyf",
        program=pack_outlines(program),
        length=len(program),
        gids=old,
        widths=_scaled(map(face.hb_font.get_glyph_h_advance, old), face.upem),
        drops=_scaled((-face.hb_font.get_glyph_v_advance(gid) for gid in old), face.upem),
        origin_x=_scaled((x for x, _ in origins), face.upem),
        origin_y=_scaled((y for _, y in origins), face.upem),
    )


def _scaled(lengths: Iterable[int], upem: int) -> tuple[int, ...]:
    """Lengths of the face in thousandths of the em, to the nearest."""
    if upem == EM:
        return tuple(lengths)
    return tuple((2 * length * EM + upem) // (2 * upem) for length in lengths)


def _tag(program: bytes) -> str:
    """Six capitals that tell two subsets of a face apart (PR-69)."""
    number = int.from_bytes(sha256(program).digest()[:8])
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(_TAG_LENGTH))
