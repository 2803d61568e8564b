"""Which glyphs do the characters become (字形), run by run? All that is asked of HarfBuzz.

Chinese and its marks are shaped as `Hani` in `zh-Hans` with every spacing feature off, because the spaces are ours
(TY-12, TY-18, TY-19); western words as `Latn`, with their kerning, and in vertical lines as they stand there (TY-83).
"""

from bisect import bisect_right
from typing import Final

import msgspec
import uharfbuzz as hb

from layout_engine.content.model import Part
from layout_engine.faces.face import NO_GLYPH, Face
from layout_engine.typography import classes as k
from layout_engine.typography.itemize import Run
from layout_engine.typography.model import Extra, Stance
from layout_engine.typography.vertical import fit_across, posture_of

_LANGUAGE: Final = "zh-Hans"
_SPACING_OFF: Final[dict[str, object]] = dict.fromkeys(
    ("kern", "vkrn", "palt", "vpal", "halt", "vhal", "chws", "vchw", "liga", "clig"), False
)
_LATIN: Final[dict[str, bool]] = {"liga": False, "clig": False}
_WESTERN_MARKS: Final = frozenset((k.WESTERN_OPEN, k.WESTERN_CLOSE, k.WESTERN_MARK, k.GLUE))
_DIGITS: Final = frozenset((k.DIGIT,))
_SOLIDUS: Final = frozenset((k.SOLIDUS,))
_FULL_SOLIDUS: Final = "／"
_SLASH: Final = "/"
_LONG_WORD: Final = 12  # letters; what is shorter fits any line of six em (TY-76)
_CAPITAL: Final = ord("H")  # whose height is that of the face's capitals and digits
GLYPHLESS: Final = frozenset((k.SPACE, k.CELL_SPACE, k.FIXED_SPACE, k.NEWLINE, k.BREAK_HERE, k.INVISIBLE))


class Glyphs:
    """The clusters of a part as HarfBuzz gives them, before spacing; `own` are the faces' advances in su."""

    __slots__ = ("asides", "extras", "faces", "gids", "kerned", "own", "shifts", "stances", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.gids: list[int] = []
        self.own: list[int] = []
        self.shifts: dict[int, int] = {}  # where the face moves a glyph along the line
        self.kerned: dict[int, int] = {}  # how much kerning adds after a glyph, in words that may have to be divided
        self.asides: dict[int, int] = {}  # across it
        self.stances: dict[int, Stance] = {}  # of clusters that do not stand upright
        self.extras: dict[int, tuple[Extra, ...]] = {}
        self.faces: list[tuple[int, str]] = []


class Scale(msgspec.Struct, frozen=True):
    """How a face's units become su: `em` along the line, `size` across."""

    em: int
    size: int
    vertical: bool
    half_digits: bool
    corners: dict[int, int]  # what quotation marks turn into (TY-82)


def shape_runs(part: Part, runs: tuple[Run, ...], kinds: bytes, scale: Scale) -> Glyphs:
    clusters = Glyphs()
    text = part.text.replace("\n", " ")  # a line break has no glyph
    face: Face | None = None
    for run in runs:
        if run.face is not face:
            face = run.face
            clusters.faces.append((len(clusters.gids), face.key))
        if scale.vertical and run.latin:
            _shape_western(text, run, kinds, scale, clusters)
        else:
            _shape_run(text, run, kinds, scale, clusters)
    return clusters


def _shape_western(text: str, run: Run, kinds: bytes, scale: Scale, clusters: Glyphs) -> None:
    """TY-83: a western word in a vertical line: upright, turned, or across in one em."""
    posture = posture_of(text[run.start : run.end])
    if posture == "upright":
        _shape_run(text, run, kinds, scale, clusters)
        return
    first = len(clusters.gids)
    level = msgspec.structs.replace(scale, vertical=False, half_digits=scale.half_digits or posture == "across")
    _shape_run(text, run, kinds, level, clusters)
    clusters_of_run = range(first, len(clusters.gids))
    across = fit_across(clusters.own[first:], scale.em) if posture == "across" else None
    middle = _capital_height(run.face, scale.em) // 2
    stance = Stance("turned") if across is None else Stance("across", across.narrow)
    for i in clusters_of_run:
        clusters.stances[i] = stance
        clusters.asides[i] = -middle if across is None else across.asides[i - first]
        if across is not None:
            clusters.shifts[i] = scale.em // 2 + middle
            clusters.own[i] = scale.em if i == clusters_of_run[-1] else 0
        if i in clusters.extras:  # what is downward in the word is to the left in the line
            clusters.extras[i] = tuple(Extra(one.gid, one.dx, -one.dy) for one in clusters.extras[i])


def _capital_height(face: Face, em: int) -> int:
    return int(face.hb_font.get_glyph_extents(face.glyph(_CAPITAL)).y_bearing) * em // face.upem


def _shape_run(text: str, run: Run, kinds: bytes, scale: Scale, clusters: Glyphs) -> None:
    """One call of HarfBuzz; its clusters are appended."""
    buffer = hb.Buffer()
    shown = text[run.start : run.end]
    if scale.vertical and not run.latin:
        shown = _with_corners(shown, run.face, scale.corners)
    if _FULL_SOLIDUS in shown and not _has_narrow_solidus(run.face):
        shown = shown.replace(_FULL_SOLIDUS, _SLASH)
    buffer.add_str(shown)
    buffer.direction = "ttb" if scale.vertical else "ltr"
    buffer.script = "Latn" if run.latin else "Hani"
    buffer.language = _LANGUAGE
    hb.shape(run.face.hb_font, buffer, _features(run, kinds, scale))
    infos = buffer.glyph_infos
    positions = buffer.glyph_positions
    starts = [info.cluster + run.start for info in infos]
    if scale.vertical:
        advances = [-position.y_advance for position in positions]
    else:
        advances = [position.x_advance for position in positions]
    first = len(clusters.gids)
    upem = run.face.upem
    if any(info.codepoint == NO_GLYPH for info in infos):
        for i, info in enumerate(infos):
            if info.codepoint == NO_GLYPH and kinds[starts[i]] not in GLYPHLESS:
                advances[i] = upem  # TY-115: the proof shows a marked box of one em
    if len(set(starts)) == len(starts):
        clusters.starts += starts
        clusters.gids += [info.codepoint for info in infos]
        if run.latin and not scale.vertical:
            if len(starts) >= _LONG_WORD:
                _note_kerning(run.face, infos, advances, scale, clusters)
            clusters.shifts.update(
                (first + i, one.x_offset * scale.em // upem) for i, one in enumerate(positions) if one.x_offset
            )
    else:
        advances = _gather(infos, positions, starts, advances, run.face, scale, clusters)
    scaled = {one: (2 * one * scale.em + upem) // (2 * upem) for one in set(advances)}
    clusters.own += [scaled[one] for one in advances]


def _note_kerning(face: Face, infos: list[hb.GlyphInfo], advances: list[int], scale: Scale, clusters: Glyphs) -> None:
    first = len(clusters.gids) - len(infos)
    for i, (info, advance) in enumerate(zip(infos, advances, strict=True)):
        kerning = advance - face.hb_font.get_glyph_h_advance(info.codepoint)
        if kerning:
            clusters.kerned[first + i] = kerning * scale.em // face.upem


def _with_corners(text: str, face: Face, corners: dict[int, int]) -> str:
    """TY-82: “” as 『』, by glyph: what is shaped is the corner mark, what the glyph stands for is the copy's."""
    if corners.keys().isdisjoint(map(ord, text)):
        return text
    return text.translate({mark: corner for mark, corner in corners.items() if face.glyph(corner) != NO_GLYPH})


def _has_narrow_solidus(face: Face) -> bool:
    """TY-16: whether the face has a ／ for half an em; one of an em would cross its neighbours, so / is drawn then."""
    buffer = hb.Buffer()
    buffer.add_str(_FULL_SOLIDUS)
    buffer.guess_segment_properties()
    hb.shape(face.hb_font, buffer, {"hwid": True})
    return int(buffer.glyph_positions[0].x_advance) * 2 <= face.upem or face.glyph(ord(_SLASH)) == NO_GLYPH


def _features(run: Run, kinds: bytes, scale: Scale) -> dict[str, object]:
    """What is on and off in this run: digits in half an em where the style asks for it (TY-17), narrow western quotes
    (TY-18), a narrow ／ (TY-16)."""
    if not run.latin:
        narrow = _stretches(kinds, run, _SOLIDUS) if kinds.find(k.SOLIDUS, run.start, run.end) >= 0 else []
        return {**_SPACING_OFF, "hwid": narrow} if narrow else _SPACING_OFF
    features: dict[str, object] = dict(_LATIN)
    marks = _stretches(kinds, run, _WESTERN_MARKS)
    if marks:
        features["pwid"] = marks
    digits = _stretches(kinds, run, _DIGITS) if scale.half_digits and not scale.vertical else []
    if digits:
        features["hwid"] = digits
    return features


def _stretches(kinds: bytes, run: Run, wanted: frozenset[int]) -> list[tuple[int, int, bool]]:
    """Where in the run the clusters of the wanted kinds stand, as HarfBuzz takes the range of a feature."""
    found: list[tuple[int, int, bool]] = []
    for i, kind in enumerate(kinds[run.start : run.end]):
        if kind in wanted:
            start = found.pop()[0] if found and found[-1][1] == i else i
            found.append((start, i + 1, True))
    return found


def _gather(
    infos: list[hb.GlyphInfo],
    positions: list[hb.GlyphPosition],
    starts: list[int],
    advances: list[int],
    face: Face,
    scale: Scale,
    clusters: Glyphs,
) -> list[int]:
    """Append clusters of several glyphs: the first glyph is the cluster's, the rest are placed from its pen."""
    widths: list[int] = []
    i, count = 0, len(starts)
    while i < count:
        end = i + 1
        while end < count and starts[end] == starts[i]:
            end += 1
        at = len(clusters.gids)
        clusters.starts.append(starts[i])
        clusters.gids.append(infos[i].codepoint)
        extras = []
        for j in range(i + 1, end):
            gid = infos[j].codepoint
            if advances[j] == 0 and face.hb_font.get_glyph_extents(gid).width == 0:
                continue  # a selector that HarfBuzz has used up
            extras.append(_extra(gid, sum(advances[i:j]), positions[i], positions[j], face.upem, scale))
        if extras:
            clusters.extras[at] = tuple(extras)
        widths.append(sum(advances[i:end]))
        i = end
    return widths


def _extra(gid: int, along: int, base: hb.GlyphPosition, mark: hb.GlyphPosition, upem: int, scale: Scale) -> Extra:
    if scale.vertical:
        dx = along + base.y_offset - mark.y_offset
        dy = mark.x_offset - base.x_offset
    else:
        dx = along + mark.x_offset - base.x_offset
        dy = base.y_offset - mark.y_offset
    return Extra(gid, dx * scale.em // upem, dy * scale.size // upem)


def face_at(runs: tuple[Run, ...], at: int) -> Face:
    return runs[bisect_right(runs, at, key=lambda run: run.start) - 1].face
