"""What lies under type and over it (文字的底): PR-71 covered or white on paper, PR-50 type on a tint."""

from collections.abc import Iterator
from typing import Final

import msgspec

from layout_engine.preflight.findings import Found
from layout_engine.preflight.limits import MAX_COMPARED
from layout_engine.preflight.painted import Image, Paint, Path, Shading, Text
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.plane import Box, common, holds
from layout_engine.preflight.rules.color import is_black
from layout_engine.preflight.rules.letters import letters

_LIGHTEST_UNDER_WHITE: Final = 0.6  # PR-50
_DARKEST_UNDER_BLACK: Final = 0.3  # PR-50
_ROUNDING: Final = 0.001
_LETTER: Final = 20  # comparisons of boxes that take as long as to place a letter
_ALIKE: Final = 0.02  # of ink on each plate: nobody sees the difference on newsprint


class Ground(msgspec.Struct, frozen=True, eq=False):
    """Something that paints an area. `covers` is what it hides, if it is known to hide all of it.

    What overprints hides only what lies on plates that it paints itself: `replaces` in the box `renews`.
    """

    shown: Box
    paint: Paint | None  # None for a picture or a gradient
    covers: Box | None
    renews: Box | None = None
    replaces: frozenset[str] = frozenset()


def check_covered(page: PaintedPage, found: Found) -> None:
    """PR-71: no letter lies under a later opaque object."""
    texts: list[Text] = []
    compared = 0
    for item in page.items:
        if isinstance(item, Text) and item.paint is not None and item.shown is not None:
            texts.append(item)
            continue
        ground = _ground(item)
        cover = None if ground is None else ground.covers or ground.renews
        if ground is None or cover is None:
            continue
        compared += len(texts)
        if compared > MAX_COMPARED:
            return
        touched = {
            at
            for at, one in enumerate(texts)
            if one.shown is not None and _shares(cover, one.shown) and (ground.covers or _is_renewed(one, ground))
        }
        hidden = {}
        for at in sorted(touched):
            compared += _LETTER * len(texts[at].codes)
            if compared > MAX_COMPARED:
                return
            box = _covered(texts[at], cover)
            if box is not None:
                hidden[at] = box
                found.add("preflight/hidden-text", texts[at].where, box, how_zh="被后来的图文盖住", how_en="covered")
        if hidden:
            texts = [one for at, one in enumerate(texts) if at not in hidden]


def check_white_on_paper(page: PaintedPage, found: Found) -> None:
    """PR-71: white type has something under it, and type of any colour a ground of another."""
    for text, grounds in _with_grounds(page):
        paint = text.paint
        if paint is None or paint.overprint:
            continue
        under = grounds[-1] if grounds else None
        if paint.color.is_white and not grounds:
            found.add("preflight/white-on-paper", text.where, text.box)
        elif under is not None and _is_lost(text, paint, under):
            found.add("preflight/hidden-text", text.where, text.box, how_zh="与底色相同", how_en="the same colour")


def check_tints(page: PaintedPage, found: Found) -> None:
    """PR-50: black type on a light tint, white type on a dark one."""
    for text, grounds in _with_grounds(page):
        top = grounds[-1] if grounds else None
        paint = text.paint
        if paint is None or top is None or top.paint is None or top.covers is None:
            continue
        color = top.paint.color
        if color.printing != 1 or not color.ink("Black") or not holds(top.covers, text.shown or text.box, 0.0):
            continue
        tint = color.ink("Black")
        if is_black(paint.color) and tint > _DARKEST_UNDER_BLACK + _ROUNDING:
            found.add("preflight/black-on-tint", text.where, text.box, tint=f"{tint * 100:.0f}")
        elif paint.color.is_white and tint < _LIGHTEST_UNDER_WHITE - _ROUNDING:
            found.add("preflight/white-on-tint", text.where, text.box, tint=f"{tint * 100:.0f}")


def panels(page: PaintedPage) -> Iterator[tuple[int, Ground]]:
    """What paints areas of the page, with its place in paint order."""
    for order, item in enumerate(page.items):
        ground = _ground(item)
        if ground is not None:
            yield order, ground


def _with_grounds(page: PaintedPage) -> Iterator[tuple[Text, list[Ground]]]:
    """Each text of the page itself that is seen, with what lies under some part of it, the topmost last."""
    grounds: list[Ground] = []
    compared = 0
    for item in page.items:
        if not isinstance(item, Text):
            ground = _ground(item)
            if ground is not None:
                grounds.append(ground)
        elif item.paint is not None and item.shown is not None and item.where.within in ("page", "form"):
            compared += len(grounds)
            if compared > MAX_COMPARED:
                return
            x0, y0, x1, y1 = item.shown
            yield (
                item,
                [
                    one
                    for one in grounds
                    if one.shown[0] <= x1 and one.shown[2] >= x0 and one.shown[1] <= y1 and one.shown[3] >= y0
                ],
            )


def _ground(item: object) -> Ground | None:
    """What an object paints on the page itself, if it is more than white paper."""
    match item:
        case Path() if item.fill is not None and item.shown is not None and item.where.within in ("page", "form"):
            if not item.is_rectangle or len(item.parts) != 1:
                return Ground(item.shown, item.fill, None)
            panel, replaces = common(item.parts[0], item.shown), _replaces(item.fill)
            return Ground(
                item.shown, item.fill, panel if _hides(item.fill) else None, panel if replaces else None, replaces
            )
        case Image() if item.shown is not None and item.where.within in ("page", "form"):
            if item.stencil or item.raw is None:
                return Ground(item.shown, None, None)
            whole = "/SMask" not in item.raw and "/Mask" not in item.raw and item.paint.is_opaque
            return Ground(item.shown, None, common(item.box, item.shown) if whole else None)
        case Shading() if item.shown is not None:
            return Ground(item.shown, None, None)
        case _:
            return None


def _covered(text: Text, cover: Box) -> Box | None:
    """What is hidden of a text: all of it, or its first letter that is; None where every letter shows in part."""
    if holds(cover, text.shown or text.box, 0.0):
        return text.box
    return next((ink for _, ink in letters(text) if holds(cover, ink, 0.0) and _shares(text.shown, ink)), None)


def _shares(one: Box | None, other: Box) -> bool:
    return one is not None and common(one, other) is not None


def _is_lost(text: Text, paint: Paint, under: Ground) -> bool:
    """Whether a text stands wholly on a ground of its own colour."""
    if under.covers is None or under.paint is None or not holds(under.covers, text.shown or text.box, 0.0):
        return False
    return _same(paint, under.paint)


def _same(one: Paint, other: Paint) -> bool:
    """Whether nobody can tell the two apart."""
    inks, under = one.color.plates, other.color.plates
    if inks is None or under is None or not (one.is_opaque and other.is_opaque):
        return False
    plates = {plate for plate, _ in (*inks, *under)}
    return all(abs(one.color.ink(plate) - other.color.ink(plate)) < _ALIKE for plate in plates)


def _hides(paint: Paint) -> bool:
    """Whether nothing shows through."""
    return paint.is_opaque and not paint.overprint and paint.color.pattern is None and paint.color.plates is not None


def _replaces(paint: Paint) -> frozenset[str]:
    """The plates on which an overprinting colour takes the place of what was there (ISO 32000-1, 11.7.4.5)."""
    plates = paint.color.plates
    if not (paint.overprint and paint.is_opaque and plates) or paint.color.pattern is not None:
        return frozenset()
    return frozenset(plate for plate, amount in plates if amount > 0)  # no more than that in either mode


def _is_renewed(text: Text, ground: Ground) -> bool:
    """Whether every plate that a text stands on is painted anew by what overprints it.

    Type that knocks out leaves its shape on the plates of what it stands on, so it is seen whatever comes on its own.
    """
    paint = text.paint
    if paint is None or not paint.overprint or (paint.color.space.family == "DeviceCMYK" and paint.mode != 1):
        return False
    plates = {plate for plate, amount in paint.color.plates or () if amount > 0}
    return bool(plates) and plates <= ground.replaces
