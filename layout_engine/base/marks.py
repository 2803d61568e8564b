"""What puts ink on the page besides text (线、底、图): rules, fills, pictures, vector art, placed PDF pages.

Layout places them and the Scene carries them on unchanged, so they are defined once, here. All in su on the page.
"""

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect


class Rule(msgspec.Struct, frozen=True, tag="rule"):
    """线: a drawn rule, as the rectangle that it covers; its weight is the shorter side."""

    rect: Rect
    ink: str


class Fill(msgspec.Struct, frozen=True, tag="fill"):
    """底: a rectangle of flat ink; `percent` is the tint in hundredths of a percent (10000 = solid)."""

    rect: Rect
    ink: str
    percent: int = 10_000


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """图: the part `crop` (pixels: left, top, right, bottom) of a picture file, scaled evenly to fill `rect`."""

    rect: Rect
    file: str  # as seen from the folder
    crop: tuple[int, int, int, int]
    span: Span  # where the spec asks for it


class Art(msgspec.Struct, frozen=True, tag="art"):
    """矢量图: outlines in one ink, scaled evenly from `view` (x, y, width, height) into `rect`.

    `path` is a sequence of (operator, numbers) with the operators M L Q C Z of SVG, absolute. `view` and `path`
    are in thousandths of an art unit.
    """

    rect: Rect
    ink: str
    view: tuple[int, int, int, int]
    path: tuple[tuple[str, tuple[int, ...]], ...]


class PlacedPage(msgspec.Struct, frozen=True, tag="placed-page"):
    """置入页: a page of a PDF that came from outside, scaled evenly from `size` to fill `rect`, cut off at `clip`.

    `key` is what the page is known by; `box` says which of its boxes was taken.
    """

    rect: Rect
    clip: Rect
    size: tuple[int, int]
    key: str
    file: str  # as seen from the folder
    page: int
    box: str
    span: Span  # where the spec asks for it
