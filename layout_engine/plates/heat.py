"""Where the ink lies thick (墨量热图): the page, faded, under a scale of colours; what is over the limit glares.

Words on it are figures and Latin letters only, so that it reads the same everywhere.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageMath

from layout_engine.plates.ink import InkMap, Square, most_of, over, spread, sums_of
from layout_engine.plates.model import FULL, Color, Plates
from layout_engine.plates.pictures import composite, png

_Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont

# How much of the limit, in per cent, and the colour that it has there.
_SCALE: Final[tuple[tuple[int, Color], ...]] = (
    (0, (255, 255, 255)),
    (8, (228, 240, 248)),
    (25, (168, 209, 232)),
    (45, (118, 190, 178)),
    (65, (190, 214, 110)),
    (82, (255, 226, 96)),
    (100, (247, 148, 44)),
)
_GLARING: Final[Color] = (255, 0, 110)
_INK: Final[Color] = (20, 20, 20)
_WHITE: Final[Color] = (255, 255, 255)
_STEP: Final = 2  # per cent of ink that share a colour
_FADED: Final = 205  # how light the darkest part of the page is
_MARGIN: Final = 28
_LEGEND: Final = 150  # width of the column for the scale
_LEAST: Final = 440  # pixels, so that the scale has room beside a small page
_BAR: Final = 26
_TICK: Final = 6
_TYPE: Final = 15
_LEADING: Final = 20
_REACH: Final = 9  # from the worst square to its frame
_NUMBER_MOST: Final = 5  # patches that are framed beside the worst


def heat_png(plates: Plates, ink: InkMap) -> bytes:
    """The map of the page as PNG bytes: colours, scale, and the worst square framed and named."""
    page = _coloured(plates, ink)
    width = plates.width + 3 * _MARGIN + _LEGEND
    height = max(plates.height, _LEAST) + 2 * _MARGIN
    sheet = Image.new("RGB", (width, height), (244, 244, 242))
    sheet.paste(page, (_MARGIN, _MARGIN))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(_TYPE)
    draw.rectangle((_MARGIN - 1, _MARGIN - 1, _MARGIN + plates.width, _MARGIN + plates.height), outline=(150, 150, 150))
    length = max(_LEAST - 9 * _LEADING, plates.height // 3)
    _legend(draw, font, ink, (plates.width + 2 * _MARGIN, _MARGIN), length)
    others = [one for one in ink.patches if one != ink.worst][:_NUMBER_MOST]
    for square in (*others, ink.worst):
        _frame(draw, font, plates, square, is_worst=square == ink.worst)
    return png(sheet, plates.ppi)


def _coloured(plates: Plates, ink: InkMap) -> Image.Image:
    """The page under its colours: each pixel has that of the square about it."""
    sums = sums_of(ink)
    whole = FULL * ink.side * ink.side
    steps = ImageMath.lambda_eval(
        lambda given: given["convert"](given["min"](given["sums"] * 100 / (whole * _STEP), FULL), "L"), sums=sums
    )
    about = Image.new("L", (plates.width, plates.height))
    half = ink.side // 2
    about.paste(steps, (half, half))
    about.putpalette([part for step in range(FULL + 1) for part in _color(step * _STEP, ink.limit)])
    page = composite(plates).point([_FADED + (FULL - _FADED) * shade // FULL for shade in range(FULL + 1)])
    coloured = ImageChops.multiply(about.convert("RGB"), Image.merge("RGB", (page, page, page)))
    coloured.paste(_GLARING, (0, 0), spread(over(sums, most_of(ink.limit, ink.side)), ink.side))
    return coloured


def _color(percent: float, limit: float) -> Color:
    """The colour of so much ink, up to the limit."""
    share = 100 * percent / limit
    below, above = _SCALE[0], _SCALE[-1]
    for one, other in pairwise(_SCALE):
        if one[0] <= share <= other[0]:
            below, above = one, other
            break
    else:
        return above[1]
    weight = (share - below[0]) / (above[0] - below[0])
    red, green, blue = (round(low + (high - low) * weight) for low, high in zip(below[1], above[1], strict=True))
    return red, green, blue


def _legend(draw: ImageDraw.ImageDraw, font: _Font, ink: InkMap, left_upper: tuple[int, int], length: int) -> None:
    """The scale from the limit down to bare paper, and what was measured."""
    x, y = left_upper
    draw.text((x, y), "total ink, %", fill=_INK, font=font)
    top = y + 2 * _LEADING
    draw.rectangle((x, top, x + _BAR, top + _LEADING), fill=_GLARING, outline=_INK)
    draw.text((x + _BAR + 2 * _TICK, top), f"over {ink.limit:g}", fill=_INK, font=font)
    top += _LEADING + 4
    for row in range(length + 1):
        percent = ink.limit * (length - row) / length
        draw.line((x + 1, top + row, x + _BAR - 1, top + row), fill=_color(percent, ink.limit))
    draw.rectangle((x, top, x + _BAR, top + length), outline=_INK)
    for percent in (*range(0, int(ink.limit), 50), ink.limit):
        at = top + round(length * (1 - percent / ink.limit))
        if percent != ink.limit and ink.limit - percent < 25:
            continue
        draw.line((x + _BAR, at, x + _BAR + _TICK, at), fill=_INK)
        draw.text((x + _BAR + 2 * _TICK, at - _TYPE // 2 - 2), f"{percent:g}", fill=_INK, font=font)
    lines = (
        f"mean {ink.mean:.1f}",
        f"worst {ink.worst.percent:.1f}",
        *(f"  {name} {part:.0f}" for name, part in _shown(ink.worst)),
        f"over: {ink.over_mm2:.0f} sq mm" if ink.is_over else "nothing over",
    )
    for number, line in enumerate(lines):
        draw.text((x, top + length + _LEADING + number * _LEADING), line, fill=_INK, font=font)


def _frame(draw: ImageDraw.ImageDraw, font: _Font, plates: Plates, square: Square, *, is_worst: bool) -> None:
    """A frame around a square, and beside it how much ink it has and where it is."""
    x, y = (_MARGIN + round(at * plates.per_mm) for at in (square.x_mm, square.y_mm))
    side = round(square.side_mm * plates.per_mm)
    reach = _REACH if is_worst else _REACH // 2
    for grown, color, weight in ((reach + 2, _WHITE, 5), (reach, _INK, 2 if is_worst else 1)):
        box = x - grown, y - grown, x + side + grown - 1, y + side + grown - 1
        draw.rectangle(box, outline=color, width=weight)
    text = f"{square.percent:.1f} %" + (f"   x {square.x_mm:.1f}  y {square.y_mm:.1f} mm" if is_worst else "")
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    width, height = int(right - left) + 12, int(bottom - top) + 10
    beyond = x + side + reach + 8
    at_x = beyond if beyond + width < _MARGIN + plates.width else max(_MARGIN, x - reach - 8 - width)
    at_y = min(max(_MARGIN, y + side // 2 - height // 2), _MARGIN + plates.height - height)
    draw.rectangle((at_x, at_y, at_x + width, at_y + height), fill=_WHITE, outline=_INK, width=2 if is_worst else 1)
    draw.text((at_x + 6 - left, at_y + 5 - top), text, fill=_INK, font=font)


def _shown(square: Square) -> Sequence[tuple[str, float]]:
    """The inks on it; one whose name is not in Latin letters is a spot by its number."""
    return [
        (name if name.isascii() else f"spot {number}", part)
        for number, (name, part) in enumerate(square.parts, -3)
        if part > 0
    ]
