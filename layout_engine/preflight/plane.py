"""Places on the page in points (坐标): boxes and matrices, as a PDF has them."""

from collections.abc import Iterable
from math import hypot, sqrt
from typing import Final, TypeAlias

# x0 y0 x1 y1 with x0 <= x1 and y0 <= y1; a b c d e f of ISO 32000-1, 8.3.3.
Box: TypeAlias = tuple[float, float, float, float]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Final[Box] = (-1e9, -1e9, 1e9, 1e9)
MM_PER_PT: Final = 25.4 / 72


def after(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(matrix: Matrix, x: float, y: float) -> Matrix:
    """`matrix` with its origin at (x, y) of its own plane."""
    a, b, c, d, e, f = matrix
    return (a, b, c, d, x * a + y * c + e, x * b + y * d + f)


def place(matrix: Matrix, box: Box) -> Box:
    """The box around `box` after `matrix`."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    if not b and not c:
        left, right, low, high = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return (min(left, right), min(low, high), max(left, right), max(low, high))
    return around((a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def around(points: Iterable[tuple[float, float]]) -> Box:
    """The smallest box that holds all points; there must be one at least."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share; None where they are apart. An edge may be shared."""
    x0, y0 = max(one[0], other[0]), max(one[1], other[1])
    x1, y1 = min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def joined(one: Box | None, other: Box) -> Box:
    """The box around both."""
    if one is None:
        return other
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def holds(outer: Box, inner: Box, tolerance: float) -> bool:
    """Whether `inner` lies inside `outer`."""
    return (
        inner[0] >= outer[0] - tolerance
        and inner[1] >= outer[1] - tolerance
        and inner[2] <= outer[2] + tolerance
        and inner[3] <= outer[3] + tolerance
    )


def area(box: Box) -> float:
    """In square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def even_scale(matrix: Matrix) -> float:
    """√|det|: the size of what is one point large before the matrix."""
    return sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def sides(matrix: Matrix) -> tuple[float, float]:
    """The lengths of the two unit vectors."""
    return hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])


def least_scale(matrix: Matrix) -> float:
    """By how much the matrix scales in the direction in which it does so least: its smaller singular value."""
    a, b, c, d = matrix[:4]
    whole = a * a + b * b + c * c + d * d
    apart = sqrt(max(0.0, whole * whole - 4 * (a * d - b * c) ** 2))
    return sqrt(max(0.0, (whole - apart) / 2))
