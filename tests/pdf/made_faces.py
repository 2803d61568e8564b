"""Faces made by hand (自制字体): every kind of outline, since the repository's own faces are all TrueType."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from layout_engine.base.diagnostics import Span
from layout_engine.faces.face import Face, FaceEntry
from layout_engine.faces.fallback import FaceChain, Faces

BOXES: Final = {"A": (0, 0, 400, 700), "B": (100, 0, 300, 700)}
NAME: Final = {"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"}
WIDTH: Final = 500


def a_face(folder: Path, data: bytes, axes: tuple[tuple[str, float], ...] = (), upem: int = 1000) -> Faces:
    """The face in `data` behind the key `song`."""
    path = folder / "made.otf"
    path.write_bytes(data)
    entry = FaceEntry(
        key="song", file="made.otf", licence="made by the test", credit="", span=Span("fonts.yaml"), axes=axes
    )
    return Faces([FaceChain("song", "宋", (Face(entry, path, upem),))])


def a_builder(*, is_true_type: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=is_true_type)
    builder.setupGlyphOrder([".notdef", *BOXES])
    builder.setupCharacterMap({ord(name): name for name in BOXES})
    return builder


def finished(builder: FontBuilder, widths: Mapping[str, int] | None = None) -> bytes:
    own = widths or {}
    builder.setupHorizontalMetrics({name: (own.get(name, WIDTH), 0) for name in (".notdef", *BOXES)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost()
    return saved(builder.font)


def saved(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def char_strings(*, cff2: bool = False) -> dict[str, object]:
    strings = {}
    for name, (left, bottom, right, top) in {".notdef": (0, 0, 100, 100), **BOXES}.items():
        pen = T2CharStringPen(None if cff2 else WIDTH, None, CFF2=cff2)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        strings[name] = pen.getCharString()
    return strings


def a_cff_face() -> bytes:
    builder = a_builder(is_true_type=False)
    builder.setupNameTable(NAME, mac=False)
    builder.setupCFF("Made-Regular", {}, char_strings(), {})
    return finished(builder)


def a_cid_keyed_face() -> bytes:
    """A CFF face that numbers its characters as Adobe-GB1-5 does: B is the CID 100, after A at 99."""
    builder = a_builder(is_true_type=False)
    builder.setupNameTable(NAME, mac=False)
    builder.setupCFF("Made-Regular", {}, char_strings(), {})
    top = builder.font["CFF "].cff[0]
    part = FontDict()
    part.Private = top.Private
    part.FontName = "Made-Regular-Part"
    top.FDArray = FDArrayIndex()
    top.FDArray.strings = None
    top.FDArray.append(part)
    top.FDSelect = FDSelect(format=3)
    top.FDSelect.gidArray = [0] * 3
    top.ROS = ("Adobe", "GB1", 5)
    top.CIDCount = 101
    names = {"A": "cid00099", "B": "cid00100"}
    top.charset = [names.get(one, one) for one in top.charset]
    top.CharStrings.charStrings = {names.get(key, key): at for key, at in top.CharStrings.charStrings.items()}
    for key in ("Private", "Encoding"):
        top.rawDict.pop(key, None)
        vars(top).pop(key, None)
    top.CharStrings.fdArray, top.CharStrings.fdSelect = top.FDArray, top.FDSelect
    builder.font.setGlyphOrder([".notdef", "cid00099", "cid00100"])
    builder.setupCharacterMap({ord(one): name for one, name in names.items()})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "cid00099", "cid00100"), (WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    return saved(builder.font)


def a_cff2_face() -> bytes:
    builder = a_builder(is_true_type=False)
    builder.setupNameTable(NAME, mac=False)
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    builder.setupCFF2(char_strings(cff2=True), regions=[{"wght": (0.0, 1.0, 1.0)}])
    return finished(builder)


def a_variable_face() -> bytes:
    """A TrueType face whose B grows by 400 units to the right over the weight axis, and its advance by 400 too."""
    builder = a_true_type()
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (400, 0), (400, 0), (0, 0), (400, 0), (0, 0), (0, 0)]
    builder.setupGvar({"A": [], "B": [TupleVariation({"wght": (0, 1, 1)}, wider)], ".notdef": []})
    return finished(builder)


def a_vertical_face() -> bytes:
    """A TrueType face with vertical measures of its own: A takes 700 downward, its origin is 810 up and 200 right."""
    builder = a_true_type()
    builder.setupVerticalHeader(ascent=500, descent=-500)
    builder.setupVerticalMetrics({".notdef": (1000, 0), "A": (700, 110), "B": (1000, 180)})
    return finished(builder, {"A": 400})


def a_true_type() -> FontBuilder:
    builder = a_builder(is_true_type=True)
    glyphs = {}
    for name, (left, bottom, right, top) in {".notdef": (0, 0, 100, 100), **BOXES}.items():
        pen = TTGlyphPen(None)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupNameTable(NAME, mac=False)
    return builder


def a_face_of_many(count: int) -> bytes:
    """A TrueType face of `count` characters from U+4E00 on, of which every second is narrow."""
    builder = FontBuilder(1000, isTTF=True)
    names = [f"g{number}" for number in range(count)]
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({0x4E00 + number: name for number, name in enumerate(names)})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (400, 500), (400, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys([".notdef", *names], box))
    builder.setupHorizontalMetrics(
        {name: (1000 if number % 2 else 500, 0) for number, name in enumerate([".notdef", *names])}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(NAME, mac=False)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    return saved(builder.font)


def a_face_without_vertical_tables() -> bytes:
    """A TrueType face whose line is 1,437 units high by its own account, and which says nothing of vertical setting."""
    builder = a_true_type()
    finished(builder)
    builder.setupHorizontalHeader(ascent=1151, descent=-286)
    return saved(builder.font)


def a_face_of_another_em(upem: int) -> bytes:
    """The TrueType face with `upem` units to the em, and widths that are no whole thousandths."""
    builder = a_true_type()
    finished(builder, {"A": 333, "B": 777})
    scale_upem(builder.font, upem)
    return saved(builder.font)


RULES_OF_FORMS: Final = """
feature liga { sub f f i by f_f_i; sub f i by f_i; } liga;
feature vert { sub comma by comma.vert; } vert;
"""


def a_face_of_many_forms() -> bytes:
    """A face with ligatures, a vertical comma, a variant by selector, a glyph for two characters, and a space."""
    names = ["f", "i", "f_i", "f_f_i", "comma", "comma.vert", "ge", "ge.variant", "A", "rare"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", *names])
    builder.setupCharacterMap(
        {0x20: "space", 0x3000: "space", ord("f"): "f", ord("i"): "i", 0xFF0C: "comma", ord("葛"): "ge", ord("A"): "A",
         0x0391: "A", 0x2000B: "rare"},
        uvs=[(ord("葛"), 0xE0100, None), (ord("葛"), 0xE0101, "ge.variant")],
    )  # fmt: skip
    glyphs = {"space": TTGlyphPen(None).glyph()}
    for number, name in enumerate([".notdef", *names]):
        pen = TTGlyphPen(None)
        pen.moveTo((40, 0))
        for corner in ((40, 700 - 10 * number), (360, 700 - 10 * number), (360, 0)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    widths = {name: 400 + 31 * number for number, name in enumerate(glyphs)}
    builder.setupHorizontalMetrics({name: (width, 40) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(NAME, mac=False)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    addOpenTypeFeaturesFromString(builder.font, RULES_OF_FORMS)
    return saved(builder.font)
