"""The signs of the five classes on paper (记号): for each a shape and an ink, so that colour alone never tells.

The same as in page/marks.js and page/report.css.
"""

from collections.abc import Iterator
from typing import Final

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art
from layout_engine.base.units import pt
from layout_engine.diff.model import ChangeClass
from layout_engine.faces.face import Face
from layout_engine.scene.items import SceneItem
from layout_engine.scene.plain import plain_width, set_plain
from layout_engine.spec.resolved import Ink

BLACK, GREY, PALE, WHITE = "report/black", "report/grey", "report/pale", "report/white"
GONE, COME = "report/gone", "report/come"  # words deleted, words inserted
INK_OF: Final[dict[ChangeClass, str]] = {
    "text": "report/text",
    "reflow": "report/reflow",
    "style": "report/style",
    "geometry": "report/geometry",
    "picture": "report/picture",
}
INKS: Final = {
    key: Ink(key, *cmyk, False)
    for key, cmyk in {
        BLACK: (0, 0, 0, 10_000),
        GREY: (0, 0, 0, 6_000),
        PALE: (0, 0, 0, 2_000),
        WHITE: (0, 0, 0, 0),
        GONE: (0, 8_500, 10_000, 3_000),
        COME: (10_000, 6_000, 0, 1_500),
        "report/text": (0, 7_500, 10_000, 2_000),
        "report/reflow": (4_500, 3_000, 2_000, 5_000),
        "report/style": (3_500, 9_000, 1_500, 2_000),
        "report/geometry": (9_500, 6_000, 0, 1_000),
        "report/picture": (8_500, 2_500, 7_500, 3_000),
    }.items()
}
RADIUS: Final = pt(11) // 2

_Outline = tuple[tuple[str, tuple[int, ...]], ...]
_K: Final = 552  # thousandths: the handles of a quarter of a circle
_VIEW: Final = (-1000, -1000, 2000, 2000)


def _polygon(*corners: tuple[int, int]) -> _Outline:
    first, *rest = corners
    return (("M", first), *(("L", corner) for corner in rest), ("Z", ()))


_SHAPES: Final[dict[ChangeClass, _Outline]] = {
    "text": (  # a disc
        ("M", (1000, 0)),
        ("C", (1000, _K, _K, 1000, 0, 1000)),
        ("C", (-_K, 1000, -1000, _K, -1000, 0)),
        ("C", (-1000, -_K, -_K, -1000, 0, -1000)),
        ("C", (_K, -1000, 1000, -_K, 1000, 0)),
        ("Z", ()),
    ),
    "reflow": _polygon((-1050, -850), (450, -850), (1200, 0), (450, 850), (-1050, 850)),  # an arrow
    "style": _polygon((0, -1250), (1250, 0), (0, 1250), (-1250, 0)),  # a diamond
    "geometry": _polygon((-950, -950), (950, -950), (950, 950), (-950, 950)),  # a square
    "picture": _polygon((-580, -1000), (580, -1000), (1150, 0), (580, 1000), (-580, 1000), (-1150, 0)),  # a hexagon
}
_SIZES: Final = (pt(7), pt(6), pt(5), pt(4))  # of a number of so many digits


def draw_sign(
    kind: ChangeClass, number: int, centre: tuple[int, int], letters: tuple[Face, ...]
) -> Iterator[SceneItem]:
    """The sign of a change, its number inside."""
    x, y = centre
    around = Rect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
    yield Art(around.inset(-pt(1)), WHITE, _VIEW, _SHAPES[kind])
    yield Art(around, INK_OF[kind], _VIEW, _SHAPES[kind])
    text = str(number)
    size = _SIZES[min(len(text), len(_SIZES)) - 1]
    width = plain_width(text, letters, size)
    yield from set_plain(text, letters, size, WHITE, (x - width // 2, y + size * 36 // 100))[0]
