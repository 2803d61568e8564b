"""A face made in code (测试字体): every measure is a round number, and no real face has to be opened.

Han, kana and full-width signs are one em of 1,000 units, each a box that fills the em box but for a margin;
the ink of punctuation lies where a real face has it, so that squeezing has something to find. ASCII is half
an em. The face has glyphs of its own for vertical setting (`vert`), and the em box is 880/-120 as in every
face of ours.

    faces = open_kit_faces(tmp_path)                   # roles song, hei, kai …, all set in this face
    folder = write_kit_fonts(tmp_path, roles=("song",), characters="甲乙")
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces

UPEM: Final = 1000
EM_TOP: Final = 880
EM_BOTTOM: Final = -120
HALF_EM: Final = 500
MARGIN: Final = 50
RECORDED_AT: Final = 0  # seconds in `head`: the same bytes each time

Box = tuple[int, int, int, int]  # left, bottom, right, top

FULL: Final[Box] = (MARGIN, EM_BOTTOM + MARGIN, UPEM - MARGIN, EM_TOP - MARGIN)
HALF: Final[Box] = (MARGIN, 0, HALF_EM - MARGIN, 700)
LEFT: Final[Box] = (MARGIN, -70, 350, 230)  # ，。： stand left below
RIGHT_HALF: Final[Box] = (600, -70, UPEM - MARGIN, 830)
LEFT_HALF: Final[Box] = (MARGIN, -70, 400, 830)
CENTRE: Final[Box] = (400, 280, 600, 480)
BAR: Final[Box] = (0, 350, UPEM, 410)
TOP_RIGHT: Final[Box] = (650, 530, UPEM - MARGIN, 830)  # ，。 in vertical setting
TOP_HALF: Final[Box] = (MARGIN, 480, UPEM - MARGIN, 830)
BOTTOM_HALF: Final[Box] = (MARGIN, -70, UPEM - MARGIN, 280)
UPRIGHT_BAR: Final[Box] = (470, EM_BOTTOM, 530, EM_TOP)

PUNCTUATION: Final[dict[str, tuple[Box, Box]]] = {  # ink in horizontal and in vertical setting
    **dict.fromkeys("，。、；：！？", (LEFT, TOP_RIGHT)),
    **dict.fromkeys("“‘（《〈「『【〔", (RIGHT_HALF, BOTTOM_HALF)),
    **dict.fromkeys("”’）》〉」』】〕", (LEFT_HALF, TOP_HALF)),
    **dict.fromkeys("·", (CENTRE, CENTRE)),
    **dict.fromkeys("—…", (BAR, UPRIGHT_BAR)),
}
ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))
BLANKS: Final = {" ": HALF_EM, "\u00a0": HALF_EM, "\u3000": UPEM}
HAN: Final = "".join(map(chr, range(0x4E00, 0x9FA6)))  # the URO, all one glyph unless `characters` names them

KIT_ROLES: Final = ("song", "song-bold", "song-heavy", "hei", "hei-bold", "kai", "fangsong", "latin")


@cache
def kit_face(characters: str = "", family: str = "Kit Song", fs_type: int = 0) -> bytes:
    """The face as a TrueType file: ASCII, punctuation, all Han of the URO.

    Each of `characters` gets a glyph of its own; all other Han share one, which keeps the making quick. If
    a test needs a face that lacks something, it makes one with `plain_face`.
    """
    own = "".join(dict.fromkeys(characters))
    shared = {ord(c): "han" for c in HAN}
    return _build(f"{ASCII}{''.join(PUNCTUATION)}{own}", shared, family, fs_type)


@cache
def plain_face(characters: str, family: str = "Kit Plain", fs_type: int = 0) -> bytes:
    """A face that has these characters and nothing else."""
    return _build("".join(dict.fromkeys(characters)), {}, family, fs_type)


def write_kit_fonts(folder: Path, roles: Iterable[str] = KIT_ROLES, characters: str = "") -> Path:
    """A fonts folder under `folder` whose roles are all set in the kit's face; returns it."""
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    (fonts / "kit.ttf").write_bytes(kit_face(characters))
    entries = "\n".join(f"  {role}: {{title: {role}, faces: [kit]}}" for role in roles)
    catalog = f"faces:\n  kit: {{file: kit.ttf, licence: made by the test}}\nroles:\n{entries}\n"
    (fonts / "fonts.yaml").write_text(catalog, encoding="utf-8")
    return fonts


def open_kit_faces(folder: Path, roles: Iterable[str] = KIT_ROLES, characters: str = "") -> Faces:
    """The kit's face behind each of `roles`, opened."""
    roles = tuple(roles)
    outcome = open_faces(write_kit_fonts(folder, roles, characters), roles)
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    return outcome.value


def _build(characters: str, shared: dict[int, str], family: str, fs_type: int) -> bytes:
    boxes: dict[str, Box | None] = {".notdef": FULL, "han": FULL}
    advances = {".notdef": UPEM, "han": UPEM}
    cmap = dict(shared)
    turned = []
    for c in (*BLANKS, *characters):
        name = f"u{ord(c):04X}"
        horizontal, vertical = PUNCTUATION.get(c, (HALF if c in ASCII else FULL,) * 2)
        cmap[ord(c)] = name
        boxes[name] = None if c in BLANKS else horizontal
        advances[name] = BLANKS.get(c, HALF_EM if c in ASCII else UPEM)
        if vertical != horizontal:
            boxes[f"{name}.vert"], advances[f"{name}.vert"] = vertical, UPEM
            turned.append(f"sub {name} by {name}.vert;")

    builder = FontBuilder(UPEM, isTTF=True)
    builder.setupGlyphOrder(list(boxes))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: _outline(box) for name, box in boxes.items()})
    builder.setupHorizontalMetrics({name: (advances[name], box[0] if box else 0) for name, box in boxes.items()})
    builder.setupHorizontalHeader(ascent=1151, descent=-286)  # not the em box, as in real faces
    builder.setupVerticalMetrics({name: (UPEM, EM_TOP - box[3] if box else 0) for name, box in boxes.items()})
    builder.setupVerticalHeader(ascent=HALF_EM, descent=-HALF_EM)
    builder.setupOS2(
        sTypoAscender=EM_TOP, sTypoDescender=EM_BOTTOM, sCapHeight=HALF[3], fsType=fs_type, usWeightClass=400
    )
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": f"{family.replace(' ', '')}-Regular"},
        mac=False,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.setupHead(unitsPerEm=UPEM, created=RECORDED_AT, modified=RECORDED_AT)
    if turned:
        addOpenTypeFeaturesFromString(builder.font, f"feature vert {{ {' '.join(turned)} }} vert;")
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _outline(box: Box | None) -> Glyph:
    pen = TTGlyphPen(None)
    if box is not None:
        left, bottom, right, top = box
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
