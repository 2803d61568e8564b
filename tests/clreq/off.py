"""How single rules are switched off where no option of a style does it (关掉一条规则)."""

from typing import Any, Final

from layout_engine.typography import edges
from layout_engine.typography.spacing import Setting, Spacing
from tests.clreq.rule import Switch, nothing, patched

_SPACING: Final = "layout_engine.typography.spacing."
_JOINT_TABLE: Final = bytes([edges.ALLOWED | edges.OPENS << 3]) * (64 * 64)


_REAL_TABLE: Final = edges._joint_table


def _letters_held(level: str) -> bytes:
    """The joints as they are, but no place between letters is better than another."""
    return bytes(one & ~7 if one & 7 == edges.LAST_RESORT else one for one in _REAL_TABLE(level))


_HAN_TABLE: Final = _JOINT_TABLE[:1] + bytes(64 * 64 - 1)  # lines end between Han and nowhere else


def _own_widths(spacing: Spacing, special: list[int], kinds: bytes, own: list[int], setting: Setting) -> None:
    for i in special:
        spacing.advances[i] = own[i]


def _whole_cells(spacing: Spacing, special: list[int], kinds: bytes, own: list[int], setting: Setting) -> None:
    """Every mark, letter and digit one em."""


def _half_cells(spacing: Spacing, special: list[int], kinds: bytes, own: list[int], setting: Setting) -> None:
    for i in special:
        spacing.advances[i] = setting.em // 2


def _halves(spacing: Spacing, special: list[int], kinds: bytes, setting: Setting, *_: Any) -> None:
    for i in special:
        spacing.advances[i] = setting.em // 2


NO_SQUEEZE: Final = patched(f"{_SPACING}_squeeze_marks", nothing)  # TY-20 to TY-25
EVERY_MARK_HALF: Final = patched(f"{_SPACING}_squeeze_marks", _halves)
NO_CELLS: Final = patched(f"{_SPACING}_set_cells", _own_widths)  # TY-11 to TY-17: widths are the face's own
WHOLE_CELLS: Final = patched(f"{_SPACING}_set_cells", _whole_cells)
HALF_CELLS: Final = patched(f"{_SPACING}_set_cells", _half_cells)
NO_PAIRED_BANGS: Final = patched(f"{_SPACING}_pair_bangs", nothing)  # TY-14
NO_AUTOSPACE: Final = patched(f"{_SPACING}_space_western", nothing)  # TY-41
NO_TYPED_SPACES: Final = patched(f"{_SPACING}_set_typed_spaces", nothing)  # TY-43, TY-44
NO_PAIRS: Final = patched("layout_engine.typography.itemize._PAIRED", {})  # TY-12: two single signs
ANY_BREAK: Final = patched("layout_engine.typography.edges._joint_table", lambda *_: _JOINT_TABLE)  # TY-30 to TY-37
NOT_FILLED: Final = patched("layout_engine.typography.justify._stretch", nothing)  # TY-52
NOT_SQUEEZED: Final = patched("layout_engine.typography.justify._shrink", lambda *given: (0, given[5]))  # TY-51


HAN_ONLY: Final = patched("layout_engine.typography.edges._joint_table", lambda *_: _HAN_TABLE)  # TY-37
LETTERS_HELD: Final = patched("layout_engine.typography.edges._joint_table", _letters_held)  # TY-35
NO_TIES: Final = patched("layout_engine.typography.shape.keep_together", lambda *_, **__: {})  # TY-38
NOT_JOINED: Final = Switch(
    patches=(
        ("layout_engine.typography.glyphs._SPACING_OFF", {"ccmp": False, "liga": False}),
        ("layout_engine.typography.shape._join_dashes", nothing),
    )
)  # TY-12


def both(one: Switch, other: Switch) -> Switch:
    """Two rules off."""
    return one | other
