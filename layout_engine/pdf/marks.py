"""What stands on the sheet around the page (版外标记): crop and register marks, colour bar, slug.

Everything lies outside the bleed. Marks that every plate must show are in the ink `All`; the slug is in black, and the
name of each plate in that plate's own ink, so that a plate shows its own name and no other (PR-25).
"""

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.faces.face import Face
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.metadata import PRESS_HOUR, ZONE
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import Imprint, SceneItem, ScenePage
from layout_engine.scene.plain import set_plain
from layout_engine.spec.resolved import Ink

# PR-25, but for what is a matter of looks.
_ROOM: Final = mm(10)
_OFF_TRIM: Final = mm(3)
_OFF_BLEED: Final = mm(1) // 2
_LENGTH: Final = mm(5)
_WEIGHT: Final = SU_PER_PT // 4
_RADIUS: Final = mm(3) // 2  # of a register mark's circle
_PATCH: Final = mm(5)
_TYPE: Final = pt(13) // 2
_LEADING: Final = pt(8)
_GAP: Final = pt(8)  # between the parts of the slug

_ALL: Final = "sheet/all"  # a house's ink has no such name
_GREY: Final = "sheet/grey"
_SOLID: Final = 10_000
_HALF: Final = 5_000
_PLATES: Final = (
    Ink("Cyan", _SOLID, 0, 0, 0, False),
    Ink("Magenta", 0, _SOLID, 0, 0, False),
    Ink("Yellow", 0, 0, _SOLID, 0, False),
    Ink("Black", 0, 0, 0, _SOLID, overprint=True),  # PR-42: the slug is small type
)
_KEY: Final = "Black"


class Sheet(Struct, frozen=True):
    """The paper around a page's trim: its width on each side, what is printed on it, and the inks of that."""

    margin: int
    items: tuple[SceneItem, ...] = ()
    inks: dict[str, Ink] = {}


def lay_sheet(
    page: ScenePage, imprint: Imprint, profile: Profile, faces: Faces, foreign: Collection[str] = ()
) -> Sheet:
    """The sheet of a page, with the marks that the profile asks for; `foreign` are the spots of its advertisements."""
    if not profile.marks:
        return Sheet(max(profile.margin, page.bleed))
    plates = (*_PLATES, *(page.inks[key] for key in spots_in_use(page, foreign)))
    inks = {f"sheet/{plate.name}": plate for plate in plates}
    inks[_ALL] = Ink("All", _SOLID, _SOLID, _SOLID, _SOLID, False, "All")
    inks[_GREY] = Ink("Grey", 3_000, 2_200, 2_200, 0, False)
    artist = _Artist(page)
    items: list[SceneItem] = []
    if "crop" in profile.marks:
        items += artist.crop_marks()
    if "register" in profile.marks:
        items += artist.register_marks()
    if "bar" in profile.marks:
        items += artist.colour_bar([*(key for key in inks if key not in (_ALL, _GREY))])
    if "slug" in profile.marks:
        items += artist.slug(imprint, faces, plates)
    return Sheet(room_of_marks(page, profile), tuple(items), inks)


def room_of_marks(page: ScenePage, profile: Profile) -> int:
    """The paper on each side of the trim that the profile's marks take; 0 where it asks for none."""
    return max(profile.margin, page.bleed + _ROOM) if profile.marks else 0


def spots_in_use(page: ScenePage, foreign: Collection[str] = ()) -> list[str]:
    """The spot inks on the page by their keys, in the order of first use; last those of `foreign` names alone."""
    spots = {key for key, ink in page.inks.items() if ink.spot is not None}
    used = (item.ink for region in page.regions for item in region.items if not isinstance(item, Picture | PlacedPage))
    if not spots:
        return []
    own = dict.fromkeys(key for key in used if key in spots)
    names = {page.inks[key].spot for key in own}
    by_name: dict[str, str] = {}
    for key in sorted(spots):
        by_name.setdefault(page.inks[key].spot or "", key)
    return [*own, *(key for name, key in by_name.items() if name in foreign and name not in names)]


class _Artist:
    """Draws around one page. Coordinates are the page's: its trim begins at 0, 0."""

    def __init__(self, page: ScenePage) -> None:
        self._page = page
        self._width, self._height = page.trim.width, page.trim.height
        self._off = max(_OFF_TRIM, page.bleed + _OFF_BLEED)  # the nearest that a mark comes to the trim

    def crop_marks(self) -> Iterator[SceneItem]:
        """Two lines at each corner, along the edges of the trim."""
        half = _WEIGHT // 2
        for y in (0, self._height):
            for x in (-self._off - _LENGTH, self._width + self._off):
                yield Rule(Rect(x, y - half, _LENGTH, _WEIGHT), _ALL)
        for x in (0, self._width):
            for y in (-self._off - _LENGTH, self._height + self._off):
                yield Rule(Rect(x - half, y, _WEIGHT, _LENGTH), _ALL)

    def register_marks(self) -> Iterator[SceneItem]:
        """A cross in a circle in the middle of each side."""
        far = self._off + _LENGTH // 2
        middle_x, middle_y = self._width // 2, self._height // 2
        for x, y in (
            (middle_x, -far),
            (middle_x, self._height + far),
            (-far, middle_y),
            (self._width + far, middle_y),
        ):
            yield Rule(Rect(x - _LENGTH // 2, y - _WEIGHT // 2, _LENGTH, _WEIGHT), _ALL)
            yield Rule(Rect(x - _WEIGHT // 2, y - _LENGTH // 2, _WEIGHT, _LENGTH), _ALL)
            yield Art(Rect(x - _RADIUS, y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS), _ALL, *_RING)

    def colour_bar(self, plates: list[str]) -> Iterator[SceneItem]:
        """Above the page: each ink solid and at a half, and the grey of three inks."""
        patches = [*((key, _SOLID) for key in plates), *((key, _HALF) for key in plates), (_GREY, _SOLID)]
        x, y = _LENGTH, -self._off - _PATCH
        for key, percent in patches:
            yield Fill(Rect(x, y, _PATCH, _PATCH), key, percent)
            x += _PATCH

    def slug(self, imprint: Imprint, faces: Faces, plates: tuple[Ink, ...]) -> Iterator[SceneItem]:
        """Below the page: file, paper, page, and for which night; under it the plates by their names."""
        page = self._page
        first = (
            page.file_name,
            f"{imprint.paper} {imprint.date} 第{imprint.issue_number}期",
            f"第{page.number}版 {page.name}".rstrip(),
        )
        night = (f"v{imprint.version}", f"{imprint.date} {PRESS_HOUR} {ZONE}")
        y = self._height + self._off + _TYPE
        yield from self._line([(text, f"sheet/{_KEY}") for text in first], y, faces)
        names = [(plate.spot or plate.name, f"sheet/{plate.name}") for plate in plates]
        yield from self._line([*names, *((text, f"sheet/{_KEY}") for text in night)], y + _LEADING, faces)

    def _line(self, parts: list[tuple[str, str]], y: int, faces: Faces) -> Iterator[SceneItem]:
        """Texts, each in an ink, one after another; the line ends where it would come to the middle of the page."""
        face = _face_for("".join(text for text, _ in parts), faces)
        if face is None:
            return
        x, end = _LENGTH, self._width // 2 - _LENGTH
        for text, ink in parts:
            runs, width = set_plain(text, (face,), _TYPE, ink, (x, y))
            if x + width > end:
                return
            if runs:
                yield from runs
                x += width + _GAP


def _face_for(text: str, faces: Faces) -> Face | None:
    """The face that has the most of the characters, and of those the first; a page without type has none."""
    return max(faces.all(), key=lambda face: sum(1 for c in set(text) if face.glyph(ord(c))), default=None)


def _ring(radius: int, weight: int) -> tuple[tuple[int, int, int, int], tuple[tuple[str, tuple[int, ...]], ...]]:
    """The view and the outline of a circle: an outer one, and an inner one drawn the other way round."""
    outer, inner = radius, radius - weight
    path: list[tuple[str, tuple[int, ...]]] = []
    for r, turn in ((outer, 1), (inner, -1)):
        k = r * 5_523 // 10_000  # the usual control points of a quarter circle
        corners = ((r, 0), (0, r * turn), (-r, 0), (0, -r * turn), (r, 0))
        path.append(("M", tuple(radius + one for one in corners[0])))
        for (x0, y0), (x1, y1) in pairwise(corners):
            one = (x0 + (k if x1 > 0 else -k if x1 < 0 else 0), y0 + (k if y1 > 0 else -k if y1 < 0 else 0))
            two = (x1 + (k if x0 > 0 else -k if x0 < 0 else 0), y1 + (k if y0 > 0 else -k if y0 < 0 else 0))
            path.append(("C", tuple(radius + number for number in (*one, *two, x1, y1))))
        path.append(("Z", ()))
    return (0, 0, 2 * radius, 2 * radius), tuple(path)


_RING: Final = _ring(_RADIUS, _WEIGHT)
