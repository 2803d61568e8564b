"""What does a paragraph look like before anyone knows how wide its column is (字形整形)?

Collect runs, have their glyphs made (glyphs.py), space the clusters, find where lines may break.
"""

from bisect import bisect_left
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Part, PartKind
from layout_engine.faces.face import NO_GLYPH
from layout_engine.faces.fallback import Faces
from layout_engine.spec.resolved import LineRules, TextStyle
from layout_engine.typography import classes as k
from layout_engine.typography.bylines import names_in, with_strong_dateline
from layout_engine.typography.classes import kind_table
from layout_engine.typography.edges import ADDRESS, FORBIDDEN, LAST_RESORT, find_joints
from layout_engine.typography.glyphs import GLYPHLESS, Glyphs, Scale, face_at, shape_runs
from layout_engine.typography.itemize import Run, itemize
from layout_engine.typography.kept import Clusters, keep_together
from layout_engine.typography.model import Direction, LineEnd, ShapedParagraph, Stance
from layout_engine.typography.spacing import Setting, Spacing, space
from layout_engine.typography.vertical import (
    CORNER_FIRST,
    DOUBLE_OUTSIDE,
    heads,
    must_turn,
    spaced_kinds,
    stances_of,
)

_HEADLINE_KINDS: Final[frozenset[PartKind]] = frozenset(("kicker", "headline", "deck", "note", "crosshead"))
_TURNING: Final = frozenset(
    (k.POINT, k.BANG, k.COMMA, k.COLON, k.OPEN, k.CLOSE, k.DASH, k.ELLIPSIS, k.LONG)
)  # TY-81, TY-82
_LONG_DASH: Final = "⸺"
_TURNED: Final = Stance("turned")
_MAY_HANG: Final = frozenset((k.POINT, k.COMMA))  # TY-26: of these only
_HANGING: Final = frozenset("。，、")


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
    clusters = shape_runs(part, items.runs, items.kinds, Scale(em, size, vertical, style.half_digits, corners))
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


def _join_dashes(spacing: Spacing, clusters: Glyphs, kinds: bytes, runs: tuple[Run, ...], em: int) -> None:
    """TY-12: where the face does not join the pair ——, the two strokes are moved until they touch."""
    for i in range(len(kinds) - 1):
        if kinds[i] == k.DASH and kinds[i + 1] == k.DASH_TAIL:
            face = face_at(runs, clusters.starts[i])
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


def _stand(spacing: Spacing, clusters: Glyphs, kinds: bytes, runs: tuple[Run, ...], em: int) -> None:
    """What spacing cannot know of a vertical line: digits that share one em, marks that are turned by us."""
    for i in heads(clusters.stances):
        spacing.advances[i] = spacing.last[i] = 0
    for i in must_turn(kinds):
        face = face_at(runs, clusters.starts[i])
        if clusters.gids[i] == NO_GLYPH:
            continue
        ink = face.hb_font.get_glyph_extents(clusters.gids[i])
        clusters.stances[i] = _TURNED
        clusters.asides[i] = -(ink.y_bearing + ink.height // 2) * em // face.upem
        spacing.dx[i] = em // 4 - (ink.x_bearing + ink.width // 2) * em // face.upem


def _check_glyphs(
    part: Part, runs: tuple[Run, ...], clusters: Glyphs, kinds: bytes, vertical: bool, findings: Findings
) -> None:
    """TY-115 by the glyph as shaped; TY-82, TY-83 in vertical setting."""
    if NO_GLYPH in clusters.gids:
        for i, gid in enumerate(clusters.gids):
            if gid == NO_GLYPH and kinds[i] not in GLYPHLESS:
                c = part.text[clusters.starts[i]]
                face = face_at(runs, clusters.starts[i])
                if face.glyph(ord(c)) != NO_GLYPH:  # else the chain of faces has said so already
                    findings.add("type/missing-glyph", part.copy.span(clusters.starts[i]), text=c,
                                 codepoints=f"U+{ord(c):04X}", face=face.key)  # fmt: skip
    if vertical:
        _check_vertical(part, runs, clusters, kinds, findings)


def _check_vertical(part: Part, runs: tuple[Run, ...], clusters: Glyphs, kinds: bytes, findings: Findings) -> None:
    for i, kind in enumerate(kinds):
        if kind not in _TURNING:
            continue
        at = clusters.starts[i]
        face = face_at(runs, at)
        mark = ord(part.text[at])
        flat = {face.glyph(one) for one in (mark, DOUBLE_OUTSIDE.get(mark, mark), CORNER_FIRST.get(mark, mark))}
        if clusters.gids[i] != NO_GLYPH and clusters.gids[i] in flat:
            findings.add("type/no-vertical-form", part.copy.span(at), text=part.text[at], face=face.key)
