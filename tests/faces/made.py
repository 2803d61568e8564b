"""Small faces of the kinds that users bring (用户字体): CFF, variable CFF2, collections."""

from io import BytesIO

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib import build as build_variable

UPEM = 1000


def cff_face(characters: str, width: int = UPEM) -> bytes:
    """A name-keyed CFF face of boxes, `width` units wide."""
    return _saved(_cff(characters, width))


def cff2_variable_face(characters: str) -> bytes:
    """A CFF2 face with a wght axis from 100 (600 units wide) to 900 (1,000 wide)."""
    design = DesignSpaceDocument()
    design.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=100, default=100, maximum=900))
    for weight, width in ((100, 600), (900, UPEM)):
        design.addSource(SourceDescriptor(font=_cff(characters, width), location={"Weight": weight}))
    font, _, _ = build_variable(design)
    return _saved(font)


def collection(*faces: bytes) -> bytes:
    """The faces as one collection file."""
    together = TTCollection()
    together.fonts = [TTFont(BytesIO(face), recalcTimestamp=False) for face in faces]
    out = BytesIO()
    together.save(out)
    return out.getvalue()


def _cff(characters: str, width: int) -> TTFont:
    names = [".notdef", *(f"u{ord(c):04X}" for c in characters)]
    builder = FontBuilder(UPEM, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in characters})
    builder.setupCFF("Made-Regular", {}, {name: _box(width) for name in names}, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"}, mac=False)
    builder.setupPost()
    builder.setupHead(unitsPerEm=UPEM, created=0, modified=0)
    builder.font.recalcTimestamp = False
    return builder.font


def _box(width: int) -> object:
    pen = T2CharStringPen(width, None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (width, 700), (width, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.getCharString()


def _saved(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()
