"""A path while it is being built (路径): its box, and those of its straight pieces, for thin fills and hairlines."""

from itertools import pairwise
from typing import Final, TypeAlias

from layout_engine.preflight.plane import Box, Matrix, joined, moved, place

_MAX_PARTS: Final = 20_000

Points: TypeAlias = tuple[float, ...]  # x y x y …, on the page


class PathBuilder:
    """Points are handed in as written; everything kept is in page points."""

    __slots__ = ("_curved", "_points", "_rectangles", "box", "others", "outline", "parts")

    def __init__(self, keeps_outline: bool = False) -> None:
        self.outline: list[tuple[str, Points]] | None = [] if keeps_outline else None
        self.box: Box | None = None
        self.parts: list[Box] = []  # of finished straight subpaths
        self.others = 0  # subpaths that are curved or slanted
        self._points: list[tuple[float, float]] = []
        self._curved = False
        self._rectangles = 0

    @property
    def is_rectangle(self) -> bool:
        """Whether all of it is upright rectangles."""
        return bool(self._rectangles) and self._rectangles == len(self.parts) and not self.others

    def move(self, matrix: Matrix, x: float, y: float) -> None:
        self._finish()
        self._draw("m", matrix, (x, y))

    def line(self, matrix: Matrix, x: float, y: float) -> None:
        self._draw("l", matrix, (x, y))

    def curve(self, matrix: Matrix, points: tuple[float, ...]) -> None:
        """A Bézier curve; its box is that of its control points."""
        self._curved = True
        self._draw("c" if len(points) == 6 else "short", matrix, points)

    def rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        self._finish()
        x1, y1 = x + width, y + height
        box = place(matrix, (min(x, x1), min(y, y1), max(x, x1), max(y, y1)))
        self.box = joined(self.box, box)
        if self.outline is not None:
            corners = (x, y, x1, y, x1, y1, x, y1)
            on_page = (moved(matrix, *corners[at : at + 2])[4:] for at in (0, 2, 4, 6))
            self.outline.append(("re", tuple(number for point in on_page for number in point)))
        if (matrix[1] or matrix[2]) and (matrix[0] or matrix[3]):
            self.others += 1
        elif len(self.parts) < _MAX_PARTS:
            self.parts.append(box)
            self._rectangles += 1

    def finish(self) -> None:
        """The path is painted: close the count of its pieces."""
        self._finish()

    def _draw(self, operator: str, matrix: Matrix, points: Points) -> None:
        first = len(self._points)
        for at in range(0, len(points) - 1, 2):
            self._add(matrix, points[at], points[at + 1])
        if self.outline is not None:
            self.outline.append((operator, tuple(number for point in self._points[first:] for number in point)))

    def _add(self, matrix: Matrix, x: float, y: float) -> None:
        a, b, c, d, e, f = matrix
        px, py = a * x + c * y + e, b * x + d * y + f
        self._points.append((px, py))
        self.box = joined(self.box, (px, py, px, py))

    def _finish(self) -> None:
        points, self._points = self._points, []
        curved, self._curved = self._curved, False
        if len(points) < 2:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        upright = all(abs(one[0] - other[0]) < 1e-6 or abs(one[1] - other[1]) < 1e-6 for one, other in pairwise(points))
        if curved or not upright:
            self.others += 1
        elif len(self.parts) < _MAX_PARTS:
            self.parts.append((min(xs), min(ys), max(xs), max(ys)))
            corners = points[:-1] if points[0] == points[-1] else points
            self._rectangles += len(corners) == 4
