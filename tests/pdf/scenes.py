"""Small scenes by hand (手工版面): runs shaped from text, a page of regions, a profile made in code.

page = a_page(a_region("lead", a_run("我市召开", x=mm(20), y=mm(30))))
pdf = written(page)
"""

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
import pikepdf
import uharfbuzz as hb

from layout_engine.base.geometry import Rect
from layout_engine.base.source import SourcedText, read_at
from layout_engine.base.units import mm, pt
from layout_engine.faces.face import Face
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.pdf.images import PreparedPicture
from layout_engine.pdf.profile import NEWSPRINT, Profile
from layout_engine.pdf.write import write_page
from layout_engine.scene.items import GlyphRun, Imprint, Scene, SceneItem, ScenePage, SceneRegion
from layout_engine.spec.resolved import Ink

ROOT: Final = Path(__file__).parents[2]
FONTS: Final = ROOT / "fonts"
TRIM: Final = Rect(0, 0, mm(270), mm(390))

INKS: Final = {
    "black": Ink("black", 0, 0, 0, 10_000, True),
    "red": Ink("red", 0, 10_000, 10_000, 0, False),
    "white": Ink("white", 0, 0, 0, 0, True),  # careless: white must never overprint
    "gold": Ink("gold", 0, 2_000, 6_000, 1_000, True, "专金"),
}
TAGS: Final = ("desc", "cprt", "wtpt", "A2B0", "A2B1", "B2A0", "B2A1")


@cache
def real_faces() -> Faces:
    """The faces of the repository that these tests use."""
    faces = open_faces(FONTS, ("song", "hei-bold", "kai")).value
    assert faces is not None
    return faces


def made_icc(tags: Iterable[str] = TAGS, kind: bytes = b"prtr", space: bytes = b"CMYK", version: int = 2) -> bytes:
    """An ICC profile that is sound on the outside and holds nothing."""
    tags = tuple(tags)
    start = 128 + 4 + 12 * len(tags)
    table = b"".join(struct.pack(">4sLL", tag.encode(), start, 8) for tag in tags)
    body = struct.pack(">L", len(tags)) + table + b"text\0\0\0\0"
    head = struct.pack(">L4sB3x4s4s4s12x4s88x", 128 + len(body), b"none", version, kind, space, b"Lab ", b"acsp")
    return head + body


def a_profile(conformance: str | None = "PDF/X-4") -> Profile:
    """The profile of these tests."""
    return Profile(name="test", conformance=conformance, condition=NEWSPRINT, icc_file=Path("made.icc"), icc=made_icc())


def an_x1a_profile() -> Profile:
    """The same press with an old RIP."""
    return msgspec.structs.replace(a_profile("PDF/X-1a:2003"), pdf_version=(1, 4), transparency=False, cid_sets=True)


def a_run(
    text: str,
    *,
    face: str = "song",
    size: int = pt(9),
    x: int = mm(20),
    y: int = mm(20),
    direction: str = "horizontal",
    narrow: int = 100,
    ink: str = "black",
    extra: int = 0,
    features: Mapping[str, bool] | None = None,
    faces: Faces | None = None,
    start: int = 0,
    key: str = "copy",
) -> GlyphRun:
    """`text` shaped as the engine shapes it, with `extra` su after each glyph."""
    opened = (faces or real_faces()).face(face)
    vertical = direction == "vertical"
    gids, pens, shifts, starts, pen = [], [], [], [], 0
    for gid, cluster, x_offset, y_offset, advance in _shaped(opened, text, vertical, features or {}):
        scale = size if vertical else size * narrow // 100
        along, across = (-y_offset, x_offset) if vertical else (x_offset, -y_offset)
        gids.append(gid)
        starts.append(start + cluster)
        pens.append(pen + along * scale // opened.upem)
        shifts.append(across * size // opened.upem)
        pen += advance * scale // opened.upem + extra
    return GlyphRun(
        key,
        face,
        size,
        narrow,
        ink,
        direction,  # type: ignore[arg-type]
        x,
        y,
        tuple(gids),
        tuple(pens),
        tuple(shifts) if any(shifts) else (),
        (*starts, start + len(text)),
        text,
    )


def _shaped(face: Face, text: str, vertical: bool, features: Mapping[str, bool]) -> list[tuple[int, ...]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "ttb" if vertical else "ltr"
    buffer.script, buffer.language = "Hani", "zh-Hans"
    hb.shape(face.hb_font, buffer, {"liga": False, **features})
    glyphs = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        origin = face.hb_font.get_glyph_v_origin(info.codepoint) if vertical else (0, 0)
        advance = -place.y_advance if vertical else place.x_advance
        glyphs.append((info.codepoint, info.cluster, place.x_offset + origin[0], place.y_offset + origin[1], advance))
    return glyphs


def a_picture(
    width_px: int, height_px: int, samples: bytes, *, components: int = 1, inverted: bool = False
) -> PreparedPicture:
    """A picture ready for the press, of these samples."""
    return PreparedPicture(
        width_px=width_px,
        height_px=height_px,
        components=components,
        data=zlib.compress(samples),
        filter="FlateDecode",
        inverted=inverted,
        source_sha256="",
        converted_from="",
        max_ink_percent=0,
    )


def a_region(id_: str, *items: SceneItem, rect: Rect = TRIM) -> SceneRegion:
    """A region with these items."""
    return SceneRegion(id_, "article", rect, items)


def a_page(*regions: SceneRegion, bleed: int = 0, inks: Mapping[str, Ink] = INKS) -> ScenePage:
    """A tabloid page with these regions."""
    return ScenePage(1, "要闻", "test.pdf", TRIM, bleed, dict(inks), regions)


def a_scene(page: ScenePage, sources: Mapping[str, SourcedText] | None = None) -> Scene:
    """An issue of that one page."""
    return Scene(Imprint("新即墨", "2024-05-21", 1689), (page,), dict(sources or {}))


def a_source(text: str) -> SourcedText:
    """The copy that `a_run` stands for: one line of an article."""
    return read_at(text, "articles/lead.md", 7, 1)


def written(
    page: ScenePage,
    *,
    faces: Faces | None = None,
    profile: Profile | None = None,
    pictures: Mapping[str, PreparedPicture] | None = None,
    folder: Path | None = None,
) -> bytes:
    """The page as a file."""
    return write_page(a_scene(page), page, faces or real_faces(), profile or a_profile(), pictures or {}, folder)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file, as another library sees it."""
    return pikepdf.open(BytesIO(pdf))


def content_of(pdf: bytes) -> str:
    """The page's content stream."""
    with opened(pdf) as file:
        return file.pages[0].Contents.read_bytes().decode("ascii")
