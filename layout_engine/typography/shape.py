"""What does a paragraph look like before anyone knows how wide its column is (字形整形)?

Collect runs, shape each with HarfBuzz, space the clusters, find where lines may break. Chinese and its marks are
shaped as `Hani` in `zh-Hans` with every spacing feature off, because the spaces are ours (TY-12, TY-18, TY-19);
western words as `Latn`, with their kerning.
"""

from bisect import bisect_left, bisect_right
from typing import Final

import msgspec
import uharfbuzz as hb

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Part, PartKind
from layout_engine.faces.face import NO_GLYPH, Face
from layout_engine.faces.fallback import Faces
from layout_engine.spec.resolved import LineRules, TextStyle
from layout_engine.typography import classes as k
from layout_engine.typography.bylines import names_in, with_strong_dateline
from layout_engine.typography.classes import kind_table
from layout_engine.typography.edges import ADDRESS, FORBIDDEN, LAST_RESORT, find_joints
from layout_engine.typography.itemize import Run, itemize
from layout_engine.typography.kept import Clusters, keep_together
from layout_engine.typography.model import Direction, Extra, LineEnd, ShapedParagraph, Stance
from layout_engine.typography.spacing import Setting, Spacing, space
from layout_engine.typography.vertical import (
    CORNER_FIRST,
    DOUBLE_OUTSIDE,
    fit_across,
    heads,
    must_turn,
    posture_of,
    spaced_kinds,
    stances_of,
)

_LANGUAGE: Final = "zh-Hans"
_SPACING_OFF: Final[dict[str, object]] = dict.fromkeys(
    ("kern", "vkrn", "palt", "vpal", "halt", "vhal", "chws", "vchw", "liga", "clig"), False
)
_LATIN: Final[dict[str, bool]] = {"liga": False, "clig": False}
_HEADLINE_KINDS: Final[frozenset[PartKind]] = frozenset(("kicker", "headline", "deck", "note", "crosshead"))
_TURNING: Final = frozenset(
    (k.POINT, k.BANG, k.COMMA, k.COLON, k.OPEN, k.CLOSE, k.DASH, k.ELLIPSIS, k.LONG)
)  # TY-81, TY-82
_GLYPHLESS: Final = frozenset((k.SPACE, k.CELL_SPACE, k.FIXED_SPACE, k.NEWLINE, k.BREAK_HERE, k.INVISIBLE))
_WESTERN_MARKS: Final = frozenset((k.WESTERN_OPEN, k.WESTERN_CLOSE, k.WESTERN_MARK, k.GLUE))
_DIGITS: Final = frozenset((k.DIGIT,))
_SOLIDUS: Final = frozenset((k.SOLIDUS,))
_FULL_SOLIDUS: Final = "／"
_SLASH: Final = "/"
_LONG_DASH: Final = "⸺"
_LONG_WORD: Final = 12  # letters; what is shorter fits any line of six em (TY-76)
_CAPITAL: Final = ord("H")  # whose height is that of the face's capitals and digits
_TURNED: Final = Stance("turned")
_MAY_HANG: Final = frozenset((k.POINT, k.COMMA))  # TY-26: of these only
_HANGING: Final = frozenset("。，、")


class _Glyphs:
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


class _Scale(msgspec.Struct, frozen=True):
    """How a face's units become su: `em` along the line, `size` across."""

    em: int
    size: int
    vertical: bool
    half_digits: bool
    corners: dict[int, int]  # what quotation marks turn into (TY-82)


def shape_part(
    part: Part,
    style: TextStyle,
    size: int,
    faces: Faces,
    findings: Findings,
    *,
    direction: Direction = "horizontal",
    narrow: int = 100,
    tracking: int = 0,
    names: tuple[str, ...] = (),
) -> ShapedParagraph:
    """A part at one size (su), for any measure; `narrow` and `tracking` are percents, of the width and of the size.

    `names` are the people and places of the house's list, which a line's end should not part.
    A character that no face of its role has keeps glyph 0 and one em, and is an error (TY-115).
    """
    vertical = direction == "vertical"
    em = size if vertical else size * narrow // 100
    if style.strong_dateline and part.kind == "body":
        part = with_strong_dateline(part)
    items = itemize(part, style, faces, findings)
    corners = CORNER_FIRST if style.rules.vertical_quotes == "corner-first" else DOUBLE_OUTSIDE
    clusters = _shape_runs(part, items.runs, items.kinds, _Scale(em, size, vertical, style.half_digits, corners))
    kinds = bytes([items.kinds[start] for start in clusters.starts])
    _check_glyphs(part, items.runs, clusters, kinds, vertical, findings)
    setting = Setting(
        em=em,
        tracking=size * tracking // 100,
        typed_space=em if part.kind in _HEADLINE_KINDS else em // 2,  # TY-43
        rules=_trimmed(style.rules) if part.kind in _HEADLINE_KINDS else style.rules,
    )
    spaced = spaced_kinds(kinds, part.text, clusters.starts, clusters.stances) if vertical else kinds
    clusters.starts.append(len(part.text))
    spacing = space(spaced, clusters.own, _whole_pairs(part.text, clusters.starts, kinds), setting)
    for at, shift in clusters.shifts.items():
        spacing.dx[at] += shift
    if vertical:
        _stand(spacing, clusters, kinds, items.runs, em)
    elif k.DASH in kinds:
        _join_dashes(spacing, clusters, kinds, items.runs, em)
    joints = find_joints(part.text, clusters.starts, kinds, style.rules.level)
    for at, kerning in clusters.kerned.items():
        if joints.breaks[at] in (ADDRESS, LAST_RESORT):
            spacing.last[at] += kerning  # a line's last letter has nothing after it to be kerned with
    harms = keep_together(Clusters(part.text, clusters.starts, kinds, spacing.advances, em), joints.breaks, names)
    opens, opens_last = _leave_filled_joints(spacing, joints.opens, joints.opens_last)
    if part.kind == "byline":
        held = _keep_names_whole(part.text, clusters.starts, spacing, joints.breaks, em)
        opens, opens_last = (tuple(0 if i in held else one for i, one in enumerate(row)) for row in (opens, opens_last))
    return ShapedParagraph(
        key=part.key,
        kind=part.kind,
        copy=part.copy,
        style=style.name,
        size=size,
        direction=direction,
        narrow=narrow,
        starts=tuple(clusters.starts),
        gids=tuple(clusters.gids),
        advances=tuple(spacing.advances),
        dx=tuple(spacing.dx),
        dy=tuple(clusters.asides.get(i, 0) for i in range(len(kinds))) if clusters.asides else (),
        extras=clusters.extras,
        faces=tuple(clusters.faces),
        classes=kinds.translate(kind_table().class_of),
        breaks=bytes(joints.breaks),
        shrinks=tuple(map(tuple, spacing.shrinks)),
        stretches=(tuple(spacing.word_stretch), tuple(spacing.auto_stretch), opens, opens_last),
        edge=tuple(zip(spacing.first, spacing.last, strict=True)),
        line_end=_line_end(style.rules),
        hangs=_hangs(part.text, clusters.starts, kinds) if style.rules.hanging != "off" else b"",
        stances=stances_of(clusters.stances, len(kinds)),
        avoids_runts=style.rules.avoids_runts,
        harms=harms,
    )


def _trimmed(rules: LineRules) -> LineRules:
    """TY-95: the blanks at a headline's edges are always taken away, so that its ink is centred; they look huge."""
    if rules.line_start_open == "trim" and rules.line_end != "keep":
        return rules
    return msgspec.structs.replace(rules, line_start_open="trim", line_end="half")


def _line_end(rules: LineRules) -> LineEnd:
    """What else a mark may do at a line's end; hanging comes before keeping a cell."""
    if rules.hanging != "off":
        return "hang"
    return "grid" if rules.line_end == "grid" else "half"


def _hangs(text: str, starts: list[int], kinds: bytes) -> bytes:
    return bytes(kind in _MAY_HANG and text[start] in _HANGING for start, kind in zip(starts, kinds, strict=False))


def _join_dashes(spacing: Spacing, clusters: _Glyphs, kinds: bytes, runs: tuple[Run, ...], em: int) -> None:
    """TY-12: where the face does not join the pair ——, the two strokes are moved until they touch."""
    for i in range(len(kinds) - 1):
        if kinds[i] == k.DASH and kinds[i + 1] == k.DASH_TAIL:
            face = _face_at(runs, clusters.starts[i])
            stroke = face.hb_font.get_glyph_extents(clusters.gids[i])
            spacing.dx[i] = em - (stroke.x_bearing + stroke.width) * em // face.upem
            spacing.dx[i + 1] = -stroke.x_bearing * em // face.upem


def _whole_pairs(text: str, starts: list[int], kinds: bytes) -> frozenset[int]:
    """The clusters that are —— or …… in one glyph, or ⸺."""
    if k.DASH not in kinds and k.ELLIPSIS not in kinds:
        return frozenset()
    return frozenset(
        i
        for i, kind in enumerate(kinds)
        if kind in (k.DASH, k.ELLIPSIS) and (starts[i + 1] - starts[i] == 2 or text[starts[i]] == _LONG_DASH)
    )


def _keep_names_whole(text: str, starts: list[int], spacing: Spacing, breaks: bytearray, em: int) -> frozenset[int]:
    """TY-64: no line ends inside a name, a short one has an em in its middle. The clusters before such a joint."""
    held: set[int] = set()
    for name in names_in(text):
        first, last = bisect_left(starts, name.start), bisect_left(starts, name.end)
        held.update(range(first, last - 1))
        if name.padded:
            spacing.advances[first] += em
    for at in held:
        breaks[at] = FORBIDDEN
    return frozenset(held)


def _leave_filled_joints(spacing: Spacing, opens: bytes, opens_last: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """TY-52: a joint that word spaces or autospace have filled takes no more."""
    taken = [i for i, one in enumerate(map(max, spacing.word_stretch, spacing.auto_stretch)) if one]
    rows = (list(opens), list(opens_last))
    for at in taken:
        rows[0][at] = rows[1][at] = 0
    return tuple(rows[0]), tuple(rows[1])


def _shape_runs(part: Part, runs: tuple[Run, ...], kinds: bytes, scale: _Scale) -> _Glyphs:
    clusters = _Glyphs()
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


def _shape_western(text: str, run: Run, kinds: bytes, scale: _Scale, clusters: _Glyphs) -> None:
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


def _stand(spacing: Spacing, clusters: _Glyphs, kinds: bytes, runs: tuple[Run, ...], em: int) -> None:
    """What spacing cannot know of a vertical line: digits that share one em, marks that are turned by us."""
    for i in heads(clusters.stances):
        spacing.advances[i] = spacing.last[i] = 0
    for i in must_turn(kinds):
        face = _face_at(runs, clusters.starts[i])
        if clusters.gids[i] == NO_GLYPH:
            continue
        ink = face.hb_font.get_glyph_extents(clusters.gids[i])
        clusters.stances[i] = _TURNED
        clusters.asides[i] = -(ink.y_bearing + ink.height // 2) * em // face.upem
        spacing.dx[i] = em // 4 - (ink.x_bearing + ink.width // 2) * em // face.upem


def _shape_run(text: str, run: Run, kinds: bytes, scale: _Scale, clusters: _Glyphs) -> None:
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
            if info.codepoint == NO_GLYPH and kinds[starts[i]] not in _GLYPHLESS:
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


def _note_kerning(face: Face, infos: list[hb.GlyphInfo], advances: list[int], scale: _Scale, clusters: _Glyphs) -> None:
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


def _features(run: Run, kinds: bytes, scale: _Scale) -> dict[str, object]:
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
    scale: _Scale,
    clusters: _Glyphs,
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


def _extra(gid: int, along: int, base: hb.GlyphPosition, mark: hb.GlyphPosition, upem: int, scale: _Scale) -> Extra:
    if scale.vertical:
        dx = along + base.y_offset - mark.y_offset
        dy = mark.x_offset - base.x_offset
    else:
        dx = along + mark.x_offset - base.x_offset
        dy = base.y_offset - mark.y_offset
    return Extra(gid, dx * scale.em // upem, dy * scale.size // upem)


def _check_glyphs(
    part: Part, runs: tuple[Run, ...], clusters: _Glyphs, kinds: bytes, vertical: bool, findings: Findings
) -> None:
    """TY-115 by the glyph as shaped; TY-82, TY-83 in vertical setting."""
    if NO_GLYPH in clusters.gids:
        for i, gid in enumerate(clusters.gids):
            if gid == NO_GLYPH and kinds[i] not in _GLYPHLESS:
                c = part.text[clusters.starts[i]]
                face = _face_at(runs, clusters.starts[i])
                if face.glyph(ord(c)) != NO_GLYPH:  # else the chain of faces has said so already
                    findings.add("type/missing-glyph", part.copy.span(clusters.starts[i]), text=c,
                                 codepoints=f"U+{ord(c):04X}", face=face.key)  # fmt: skip
    if vertical:
        _check_vertical(part, runs, clusters, kinds, findings)


def _check_vertical(part: Part, runs: tuple[Run, ...], clusters: _Glyphs, kinds: bytes, findings: Findings) -> None:
    for i, kind in enumerate(kinds):
        if kind not in _TURNING:
            continue
        at = clusters.starts[i]
        face = _face_at(runs, at)
        mark = ord(part.text[at])
        flat = {face.glyph(one) for one in (mark, DOUBLE_OUTSIDE.get(mark, mark), CORNER_FIRST.get(mark, mark))}
        if clusters.gids[i] != NO_GLYPH and clusters.gids[i] in flat:
            findings.add("type/no-vertical-form", part.copy.span(at), text=part.text[at], face=face.key)


def _face_at(runs: tuple[Run, ...], at: int) -> Face:
    return runs[bisect_right(runs, at, key=lambda run: run.start) - 1].face
