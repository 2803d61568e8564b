"""The annotations of a page (批注), whatever viewer wrote them: what kind, where, whose, and what they say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec
import pikepdf

from layout_engine.adverts.limits import WRONG_KIND

Kind: TypeAlias = Literal["highlight", "underline", "squiggly", "strike-out", "caret", "note", "text", "ink", "shape"]
Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top, in points of the file

_KINDS: Final[dict[str, Kind]] = {
    "/Highlight": "highlight",
    "/Underline": "underline",
    "/Squiggly": "squiggly",
    "/StrikeOut": "strike-out",
    "/Caret": "caret",
    "/Text": "note",
    "/FreeText": "text",
    "/Ink": "ink",
    "/Square": "shape",
    "/Circle": "shape",
    "/Polygon": "shape",
    "/PolyLine": "shape",
    "/Line": "shape",
    "/Stamp": "shape",
}
_QUAD: Final = 8
MAX_ANNOTATIONS: Final = 2_000
MAX_BOXES: Final = 10_000  # of all annotations together; a dense page has some hundred lines
_MAX_NUMBERS: Final = 16_000
_FARTHEST: Final = 1e6  # points from the origin
_MAX_TEXT: Final = 20_000
_MAX_NAME: Final = 200
_WRONG_KIND: Final = (*WRONG_KIND, pikepdf.PdfError)


class Annotation(msgspec.Struct, frozen=True):
    """One annotation. `boxes` are its marked stretches; of anything but marked text its one rectangle.

    `answers` is the number of the annotation that it replies to, in the page's order; `grouped`: that it is one with,
    as a caret with the words struck out before it.
    """

    kind: Kind
    boxes: tuple[Box, ...]
    says: str
    by: str
    at: str  # as the viewer wrote it
    answers: int | None = None
    grouped: bool = False


def annotations_of(page: Any) -> list[Annotation | None]:
    """The page's annotations in its order; None for one that is no remark (a link, a window) or cannot be read."""
    listed = page.obj.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return []
    entries = [listed[at] for at in range(min(len(listed), MAX_ANNOTATIONS))]
    numbers = {_number(entry): number for number, entry in enumerate(entries) if _number(entry) is not None}
    return [_safely(entry, numbers) for entry in entries]


def _number(entry: Any) -> tuple[int, int] | None:
    """The object number by which an answer names its annotation."""
    return entry.objgen if isinstance(entry, pikepdf.Dictionary) and entry.is_indirect else None


def _safely(entry: Any, numbers: Mapping[tuple[int, int] | None, int]) -> Annotation | None:
    try:
        return _annotation(entry, numbers)
    except _WRONG_KIND:
        return None


def _annotation(entry: Any, numbers: Mapping[tuple[int, int] | None, int]) -> Annotation | None:
    kind = _KINDS.get(str(entry.get("/Subtype", "")))
    if kind is None or "/StateModel" in entry:  # what a viewer notes of a remark: accepted, done
        return None
    parent = entry.get("/IRT")
    return Annotation(
        kind,
        tuple(_boxes(entry, kind)),
        _text(entry.get("/Contents"), _MAX_TEXT),
        _text(entry.get("/T"), _MAX_NAME),
        _text(entry.get("/M"), _MAX_NAME),
        numbers.get(_number(parent)) if parent is not None else None,
        parent is not None and str(entry.get("/RT", "")) == "/Group",
    )


def _boxes(entry: Any, kind: Kind) -> Iterator[Box]:
    if kind in ("highlight", "underline", "squiggly", "strike-out"):
        points = _numbers(entry.get("/QuadPoints", ()))
        for at in range(0, len(points) - _QUAD + 1, _QUAD):
            yield _around(points[at : at + _QUAD])
        if len(points) >= _QUAD:
            return
    if kind == "ink":
        strokes = entry.get("/InkList", ())
        for number in range(min(len(strokes), MAX_ANNOTATIONS)):
            points = _numbers(strokes[number])
            if len(points) > 1:
                yield _around(points[: len(points) // 2 * 2])
        return
    yield _around(_numbers(entry.Rect)[:4])


def _numbers(array: Any) -> list[float]:
    if len(array) > _MAX_NUMBERS:
        raise ValueError("too many points")
    numbers = [float(array[at]) for at in range(len(array))]
    if not all(-_FARTHEST <= one <= _FARTHEST for one in numbers):
        raise ValueError("far off the page")
    return numbers


def _around(points: list[float]) -> Box:
    xs, ys = points[::2], points[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _text(value: Any, most: int) -> str:
    """A text string without what no text has: control characters but for line ends."""
    text = "" if value is None else str(value)[:most].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c == "\n" or c.isprintable() or c == "　").strip()
