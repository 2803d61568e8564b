"""Draws the nameplate (报头题字) 新即墨 once, from the brush face Ma Shan Zheng, into `nameplate.svg`.

Run by hand when the nameplate is to change; the engine reads only the SVG:

    npm pack @expo-google-fonts/ma-shan-zheng@0.4.3
    python make_nameplate.py expo-google-fonts-ma-shan-zheng-0.4.3.tgz

The characters are a type designer's, under the OFL, and no copy of the nameplate of any newspaper.
They are spaced by eye, not by their em boxes: the same clear distance between ink and ink,
and every character centred on the same height.
"""

import hashlib
import io
import sys
import tarfile
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

NAME = "新即墨"
MEMBER = "package/400Regular/MaShanZheng_400Regular.ttf"
FACE_SHA256 = "016752d5574878419a95d6e89304613a7bf8b44199ec0f25308d999dfd75c7de"
GAP = 44  # thousandths of an em of clear paper between two characters: they stand as one word
SUBUNITS = 2  # TrueType's implied points lie on halves: doubled, every coordinate is a whole number

Point = tuple[float, float]


class OutlinePen(BasePen):  # type: ignore[misc]
    """Writes an outline as absolute M L Q C Z, y downward, moved by whole units."""

    def __init__(self, glyphs: Any, dx: int, top: int) -> None:
        super().__init__(glyphs)
        self.dx, self.top = dx, top
        self.parts: list[str] = []

    def _add(self, command: str, *points: Point) -> None:
        numbers = []
        for x, y in points:
            for value in (SUBUNITS * (x + self.dx), SUBUNITS * (self.top - y)):
                if value != int(value):
                    raise ValueError(f"{value} is no whole number: raise SUBUNITS")
                numbers.append(str(int(value)))
        self.parts.append(" ".join([command, *numbers]))

    def _moveTo(self, pt: Point) -> None:
        self._add("M", pt)

    def _lineTo(self, pt: Point) -> None:
        self._add("L", pt)

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:
        self._add("Q", pt1, pt2)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:
        self._add("C", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self.parts.append("Z")


def draw_nameplate(face: bytes) -> str:
    """The SVG text: one path of plain absolute data in a viewBox that touches the ink on all four sides."""
    font = TTFont(io.BytesIO(face))
    glyphs = font.getGlyphSet()
    names = [font.getBestCmap()[ord(character)] for character in NAME]
    boxes = [_ink_box(glyphs, name) for name in names]
    gap = font["head"].unitsPerEm * GAP // 1000
    height = max(top - bottom for _, bottom, _, top in boxes)

    outlines: list[str] = []
    x = 0
    for name, (left, bottom, right, top) in zip(names, boxes, strict=True):
        pen = OutlinePen(glyphs, dx=x - left, top=top + (height - (top - bottom)) // 2)
        glyphs[name].draw(pen)
        outlines += pen.parts
        x += right - left + gap
    width = x - gap
    path = "\n".join(_wrapped(outlines))
    view = f"0 0 {SUBUNITS * width} {SUBUNITS * height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">\n'
        f'<path d="{path}"/>\n'
        "</svg>\n"
    )


def _ink_box(glyphs: Any, name: str) -> tuple[int, int, int, int]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    left, bottom, right, top = pen.bounds
    return int(left // 1), int(bottom // 1), int(-(-right // 1)), int(-(-top // 1))


def _wrapped(parts: list[str], width: int = 108) -> list[str]:
    """Lines of moderate length, so that a change of the art can be read in a diff."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + 1 + len(part) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
    return lines


def main() -> None:
    with tarfile.open(sys.argv[1]) as package:
        member = package.extractfile(MEMBER)
        face = member.read() if member else b""
    digest = hashlib.sha256(face).hexdigest()
    if digest != FACE_SHA256:
        raise SystemExit(f"another face than the nameplate was drawn from: sha256 {digest}")
    (Path(__file__).parent / "nameplate.svg").write_text(draw_nameplate(face), encoding="utf-8")


if __name__ == "__main__":
    main()
