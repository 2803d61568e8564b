"""Type on the press (文字): PR-42, 43, 50 its inks and sizes; PR-71 nothing hidden; PR-72 no false styles; PR-78."""

from math import hypot
from typing import Final
from unicodedata import category

from layout_engine.base.units import SU_PER_PT
from layout_engine.preflight.colors import ALL, PROCESS, Color
from layout_engine.preflight.findings import Found
from layout_engine.preflight.painted import Text
from layout_engine.preflight.plane import common
from layout_engine.preflight.rules.color import is_black
from layout_engine.preflight.rules.cut import has_hairlines

_SMALL_BLACK: Final = 12.0  # pt, PR-42
_RICH_BLACK: Final = 0.6  # PR-43: K, or each of C, M and Y, from here on
_RICH_COLOUR: Final = 0.1  # PR-43: C + M + Y beside it
_SLANT: Final = 0.05  # PR-72: what is no rounding any more
_NARROWEST: Final = 0.8  # PR-72
_WIDEST: Final = 1.2
_DELICATE_BELOW: Final = 12.0  # pt, PR-50: in reverse
_EPSILON: Final = 0.005  # pt: sizes are written with few decimals
_HIDDEN_MODES: Final = (3, 7)
_DOUBLE_MODES: Final = (2, 6)
_ZERO_WIDTH: Final = "\u200b"  # stands for a glyph that is a part of another


def check_black(one: Text, found: Found) -> None:
    """PR-42: small black type overprints, so that no register shows white around it."""
    paint = one.paint
    if paint is None or one.size_pt > _SMALL_BLACK + _EPSILON or one.where.within == "mask":
        return
    if is_black(paint.color) and not (paint.overprint and paint.color.space.family != "DeviceGray"):
        found.add(
            "preflight/black-text-knocks-out", one.where, one.box, size=_points(one.size_pt),
            space=paint.color.space.title,
        )  # fmt: skip


def check_rich_black(one: Text, found: Found) -> None:
    """PR-43: no type in four blacks, at any size."""
    paint = one.paint
    if paint is None or one.where.within == "mask":
        return
    ink = [paint.color.ink(plate) for plate in PROCESS]
    dark = ink[3] >= _RICH_BLACK - 1e-6 and sum(ink[:3]) > _RICH_COLOUR + 1e-6
    if dark or min(ink[:3]) >= _RICH_BLACK - 1e-6:
        inks = " ".join(f"{plate}{amount * 100:.0f}" for plate, amount in zip("CMYK", ink, strict=True))
        found.add("preflight/rich-black-text", one.where, one.box, inks=inks)
    elif ALL in paint.color.space.inks and found.page and common(found.page.paper, one.box) is not None:
        found.add("preflight/rich-black-text", one.where, one.box, inks="All")


def check_sizes(one: Text, found: Found) -> None:
    """PR-50: nothing too small to be read, or for several inks or white to be printed."""
    paint = one.paint
    if paint is None or one.where.within == "mask" or one.shown is None:
        return
    least, mixed = found.profile.type_least / SU_PER_PT, found.profile.type_least_mixed / SU_PER_PT
    if one.size_pt < least - _EPSILON:
        found.add("preflight/type-small", one.where, one.box, size=_points(one.size_pt), least=f"{least:g}")
    elif one.size_pt < mixed - _EPSILON and _is_delicate(paint.color):
        found.add("preflight/type-small-mixed", one.where, one.box, size=_points(one.size_pt), least=f"{mixed:g}")


def check_reversed_faces(one: Text, found: Found) -> None:
    """PR-50: small white type is in a face whose strokes stay open: no light one, and no Song with its hairlines."""
    paint = one.paint
    if paint is None or one.where.within == "mask" or one.shown is None or not paint.color.is_white:
        return
    if one.size_pt < _DELICATE_BELOW - _EPSILON and has_hairlines(one.font):
        found.add(
            "preflight/reversed-face", one.where, one.box, font=one.font.base_name[:60], size=_points(one.size_pt),
            least=f"{_DELICATE_BELOW:g}",
        )  # fmt: skip


def check_hidden(one: Text, found: Found) -> None:
    """PR-71: every letter that is there is seen."""
    if one.where.within == "mask":
        return
    if one.mode in _HIDDEN_MODES:
        found.add("preflight/hidden-text", one.where, one.box, how_zh="不着墨", how_en="not painted")
    elif (paint := one.paint) is not None and paint.alpha <= 0:
        found.add("preflight/hidden-text", one.where, one.box, how_zh="全透明", how_en="wholly transparent")
    elif found.page and found.page.media and one.box[0] < one.box[2] and common(found.page.media, one.box) is None:
        found.add("preflight/hidden-text", one.where, one.box, how_zh="在纸外", how_en="off the sheet")
    elif one.shown is None and one.box != (0.0, 0.0, 0.0, 0.0) and one.box[0] < one.box[2]:
        found.add("preflight/hidden-text", one.where, one.box, how_zh="全被裁掉", how_en="clipped away")


def check_styles(one: Text, found: Found) -> None:
    """PR-72: bold, italic and narrow are cut in steel, not made by a matrix."""
    if one.paint is None or one.where.within == "mask":
        return
    if one.mode in _DOUBLE_MODES:
        found.add("preflight/false-bold", one.where, one.box)
    a, b, c, d = one.matrix[:4]
    across, up = hypot(a, b) * abs(one.stretch), hypot(c, d)
    if not across or not up:
        return
    if abs(a * c + b * d) > _SLANT * hypot(a, b) * up:
        found.add("preflight/false-italic", one.where, one.box)
    elif not _NARROWEST - 1e-3 <= across / up <= _WIDEST + 1e-3:
        found.add("preflight/stretched-type", one.where, one.box, percent=f"{across / up * 100:.0f}")


def check_characters(one: Text, found: Found) -> None:
    """PR-78: what is read out of the page is text and nothing else."""
    for code in one.codes:
        for character in one.font.says(code) or "":
            if _is_unclean(character):
                found.add("preflight/unclean-character", one.where, one.box, character=f"U+{ord(character):04X}")


def _is_delicate(color: Color) -> bool:
    """Whether register or dot gain fills the letters: white, or of several inks."""
    return color.is_white or color.printing > 1


def _is_unclean(character: str) -> bool:
    if character == _ZERO_WIDTH:
        return False
    kind = category(character)
    if kind in ("Co", "Cn", "Cs") or character == "\ufffd":
        return True
    return (kind == "Cc" and character not in "\t\n\r") or 0xF900 <= ord(character) <= 0xFAFF


def _points(size: float) -> str:
    return f"{size:.2f}".rstrip("0").rstrip(".")
