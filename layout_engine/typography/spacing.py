"""How wide is each cluster before fitting, and how far may it give (标点挤压与中西间距)?

The fixed squeeze of marks (TY-20..25), the quarter em between Chinese and western (TY-41..44), the cells of marks
and digits (TY-11..17), and what each may give or take when a line is fitted (TY-51, TY-52). All in su.
"""

from functools import cache
from typing import Final

import msgspec

from layout_engine.spec.resolved import LineRules
from layout_engine.typography import classes as k
from layout_engine.typography.classes import CELL_OWN, kind_table

# Rows of ShapedParagraph.shrinks: steps 2 to 6 of TY-51; step 1 is the trim of the line's edge.
FIRST_SHRINK_STEP: Final = 2
SHRINK_STEPS: Final = 5
_SHRINK_WORD_SPACE: Final = 0
_SHRINK_AUTOSPACE: Final = 3

_HAN: Final = frozenset((k.HAN, k.ITERATION))
_ALNUM: Final = frozenset((k.LETTER, k.DIGIT))
_BANGS: Final = frozenset((k.BANG, k.BANGS))
_POINTS: Final = frozenset((k.POINT, k.BANG, k.BANGS, k.COMMA, k.COLON))
_NO_RIGHT_BLANK: Final = frozenset((k.OPEN, k.INTERPUNCT, k.BANGS))  # so the opening mark after them gives its own
_RIGHT_BLANK: Final = frozenset((k.POINT, k.BANG, k.COMMA, k.COLON, k.CLOSE))
_WITH_BLANK: Final = _RIGHT_BLANK | {k.OPEN}
_STOPS: Final = frozenset((k.POINT, k.BANG))
_CLOSES_JOINT: Final = frozenset((k.OPEN, k.CLOSE, k.INTERPUNCT))
_SPACES: Final = frozenset((k.SPACE, k.FIXED_SPACE))
_WESTERN: Final = frozenset(
    (
        k.LETTER, k.DIGIT, k.WESTERN_OPEN, k.WESTERN_CLOSE, k.WESTERN_MARK, k.GLUE, k.WORD_HYPHEN,
        k.HYPHEN_OWN, k.PREFIX, k.POSTFIX,
    )
)  # fmt: skip
_SIGNS: Final = frozenset((k.PREFIX, k.POSTFIX))
_EDGE: Final = -1
_PARTS_OF_EM: Final = 24  # in which the rules give the autospace


class Setting(msgspec.Struct, frozen=True):
    """What the style asks of the spaces. Lengths in su, along the line."""

    em: int
    tracking: int
    typed_space: int  # TY-43: of a space between two Han
    rules: LineRules


class _Squeeze(msgspec.Struct, frozen=True):
    """What the rules say of marks, in kinds."""

    halved: frozenset[int]  # half an em wherever they stand
    opens_squeezed_after: frozenset[int]  # an opening mark gives its blank after these
    squeezable: frozenset[int]  # by 推入, TY-51
    trims_start: bool
    trims_end: bool


@cache
def _squeeze_by(rules: LineRules) -> _Squeeze:
    halved = {"full": frozenset[int](), "half-but-stops": _WITH_BLANK - _STOPS, "half": _WITH_BLANK}[rules.marks]
    held = {"all": frozenset[int](), "not-stops": _STOPS, "spaces": _WITH_BLANK}[rules.push_in]
    return _Squeeze(
        halved=halved,
        opens_squeezed_after=_NO_RIGHT_BLANK | _RIGHT_BLANK if rules.adjacent == "1.0" else _NO_RIGHT_BLANK,
        squeezable=_WITH_BLANK - held,
        trims_start=rules.line_start_open == "trim",
        trims_end=rules.line_end != "keep",
    )


class Spacing:
    """The columns of a paragraph that spacing fills in, one entry a cluster."""

    __slots__ = ("advances", "auto_stretch", "dx", "first", "last", "shrinks", "word_stretch")

    def __init__(self, count: int, setting: Setting) -> None:
        self.advances = [setting.em] * count
        self.dx = [0] * count
        self.first = [0] * count
        self.last = [0] * count
        self.shrinks = [[0] * count for _ in range(SHRINK_STEPS)]
        self.word_stretch = [0] * count
        self.auto_stretch = [0] * count


def space(kinds: bytes, own: list[int], pairs: frozenset[int], setting: Setting) -> Spacing:
    """Advances, trims and elasticity of clusters of these `kinds`, whose faces give them the advances `own`.

    `pairs` are the clusters that are a whole —— or …… by themselves.
    """
    spacing = Spacing(len(kinds), setting)
    special = [i for i, kind in enumerate(kinds) if kind or own[i] != setting.em]  # HAN is 0
    _set_cells(spacing, special, kinds, own, setting)
    for i in pairs:
        spacing.advances[i] = 2 * setting.em  # TY-12
        spacing.dx[i] = (2 * setting.em - own[i]) // 2
    _squeeze_marks(spacing, special, kinds, setting)
    if setting.rules.autospace:
        _space_western(spacing, special, kinds, setting)
    _set_typed_spaces(spacing, special, kinds, own, setting)
    if setting.tracking:
        _track(spacing, kinds, setting)
    return spacing


def _set_cells(spacing: Spacing, special: list[int], kinds: bytes, own: list[int], setting: Setting) -> None:
    """TY-11..18: a mark's cell is ours whatever the face says; its glyph stays at the side that its blank leaves."""
    rows = kind_table().kinds
    em, half = setting.em, setting.em // 2
    for i in special:
        kind = rows[kinds[i]]
        if kind.cell == CELL_OWN:
            spacing.advances[i] = own[i]  # digits too: shaping took the half-em ones of the face (TY-17)
            continue
        cell = em if kind.cell == 2 else half if kind.cell else 0
        spacing.advances[i] = cell
        if own[i] != cell and cell:
            room = cell - own[i]
            spacing.dx[i] = room if kind.blank == "left" else 0 if kind.blank else room // 2


def _squeeze_marks(spacing: Spacing, special: list[int], kinds: bytes, setting: Setting) -> None:
    """TY-21: a joint of two marks loses half an em; what blank is left may be trimmed at an edge or squeezed.

    Where the rules keep the cell of a mark at a line's edge, one that its neighbour has squeezed gets it back there:
    its trim is below 0.
    """
    rows = kind_table().kinds
    squeeze = _squeeze_by(setting.rules)
    half = setting.em // 2
    count = len(kinds)
    for i in special:
        one = kinds[i]
        kind = rows[one]
        if not kind.blank:
            continue
        before = kinds[i - 1] if i else _EDGE
        after = kinds[i + 1] if i + 1 < count else _EDGE
        if one in squeeze.halved:
            spacing.advances[i] -= half
            if kind.blank == "left":
                spacing.dx[i] -= half
            continue
        if kind.blank == "left":
            if before in squeeze.opens_squeezed_after or (before == k.BANG and i > 1 and kinds[i - 2] in _BANGS):
                spacing.advances[i] -= half
                spacing.dx[i] -= half
                if not squeeze.trims_start:
                    spacing.first[i] = -half
                continue
            if squeeze.trims_start:
                spacing.first[i] = half  # TY-24
        elif one == k.BANG and (before in _BANGS or after in _BANGS):
            if before not in _BANGS:
                _pair_bangs(spacing, kinds, i, half)
            continue
        elif after in _CLOSES_JOINT or (one == k.CLOSE and after in _POINTS):
            spacing.advances[i] -= half
            if not squeeze.trims_end:
                spacing.last[i] = -half
            continue
        elif squeeze.trims_end:
            spacing.last[i] = half  # TY-25
        if one in squeeze.squeezable:
            spacing.shrinks[kind.step - FIRST_SHRINK_STEP][i] = half


def _pair_bangs(spacing: Spacing, kinds: bytes, start: int, half: int) -> None:
    """TY-14: in a run of ？！ two take one em; the odd one at its end keeps its own."""
    end = start + 1
    while end < len(kinds) and kinds[end] in _BANGS:
        end += 1
    for i in range(start, end - (end - start) % 2):
        if kinds[i] == k.BANG:
            spacing.advances[i] -= half


def _space_western(spacing: Spacing, special: list[int], kinds: bytes, setting: Setting) -> None:
    """TY-41: a quarter em between Han and a western letter or digit; it belongs to the cluster on its left."""
    count = len(kinds)
    for i in special:
        if kinds[i] not in _ALNUM:
            continue
        if i and kinds[i - 1] in _HAN:
            _open_autospace(spacing, i - 1, setting)
        if i + 1 < count and kinds[i + 1] in _HAN:
            _open_autospace(spacing, i, setting)


def _open_autospace(spacing: Spacing, at: int, setting: Setting) -> None:
    natural, most, em = setting.rules.autospace, setting.rules.autospace_most, setting.em
    width = em * natural // _PARTS_OF_EM
    spacing.advances[at] += width
    spacing.last[at] += width  # TY-42: none at a line's end
    spacing.shrinks[_SHRINK_AUTOSPACE][at] = width - em // 8
    spacing.auto_stretch[at] = em * most // _PARTS_OF_EM - width


def _set_typed_spaces(spacing: Spacing, special: list[int], kinds: bytes, own: list[int], setting: Setting) -> None:
    """TY-43, TY-44: a typed space is the autospace, a word space, or a space that someone meant.

    Beside western, several spaces in a row are as one: the first takes the width.
    """
    em, count = setting.em, len(kinds)
    autospace = bool(setting.rules.autospace)
    for i in special:
        if kinds[i] not in _SPACES:
            continue
        before, after = kinds[i - 1] if i else _EDGE, kinds[i + 1] if i + 1 < count else _EDGE
        further = before in _SPACES
        if further or after in _SPACES:
            before, after = _beside_spaces(kinds, i)
        west = (before in _WESTERN) + (after in _WESTERN)
        if west and further:
            spacing.advances[i] = 0
        elif west == 2:
            width = min(max(own[i], em // 4), em // 3)
            spacing.advances[i] = width
            spacing.shrinks[_SHRINK_WORD_SPACE][i] = width - em // 4
            spacing.word_stretch[i] = em // 2 - width
        elif west and (before in _HAN or after in _HAN) and not (before in _SIGNS or after in _SIGNS):
            spacing.advances[i] = 0
            if autospace:
                _open_autospace(spacing, i, setting)
                spacing.last[i] = 0
        elif west:
            spacing.advances[i] = 0  # TY-42: beside a mark or a sign as without the space
        else:
            spacing.advances[i] = setting.typed_space


def _beside_spaces(kinds: bytes, at: int) -> tuple[int, int]:
    """What stands before and after a run of spaces."""
    low, high = at - 1, at + 1
    while low >= 0 and kinds[low] in _SPACES:
        low -= 1
    while high < len(kinds) and kinds[high] in _SPACES:
        high += 1
    return kinds[low] if low >= 0 else _EDGE, kinds[high] if high < len(kinds) else _EDGE


def _track(spacing: Spacing, kinds: bytes, setting: Setting) -> None:
    """TY-94: the same space after every cluster; the halves of —— and …… stay together, a line's end has none."""
    tracking = setting.tracking
    for i, after in enumerate((*kinds[1:], _EDGE)):
        if after not in (k.DASH_TAIL, k.ELLIPSIS_TAIL):
            spacing.advances[i] += tracking
            spacing.last[i] += tracking
