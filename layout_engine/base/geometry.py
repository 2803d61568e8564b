"""Rectangles on the page (几何): su from the trim's top left corner, x to the right, y downward."""

import msgspec


class Rect(msgspec.Struct, frozen=True):
    """A rectangle; `x`, `y` is its top left corner. All in su."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def contains(self, other: "Rect") -> bool:
        """Whether `other` lies wholly inside, edges included."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def inset(self, by: int) -> "Rect":
        """This rectangle with each edge moved inward by `by` (outward where it is negative)."""
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)
