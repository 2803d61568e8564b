"""Can this page be printed as it is drawn (油墨与印刷适性)? Ink, type and rules against what the press holds.

Looked at is the Scene, before anything is written, so that each finding names the article and the region that it comes
from. What the writer keeps by construction is not asked again: white never overprints, overprint is said both ways,
nothing is in RGB (PR-41, PR-44, PR-45).
"""

from collections.abc import Mapping
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import format_mm, format_pt, mm, pt
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.inks import SOLID
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import GlyphRun, Scene, ScenePage
from layout_engine.spec.resolved import Ink

_SMALL_BLACK: Final = pt(12)  # PR-42
_RICH_KEY, _RICH_REST, _RICH_EACH = 6_000, 1_000, 6_000  # PR-43: hundredths of a per cent
_FINE_REVERSED: Final = pt(12)  # PR-50: faces with hairlines
_UNDER_BLACK, _UNDER_WHITE = 3_000, 6_000  # PR-50: K of a tint under type
_NARROWEST, _WIDEST = 80, 120  # 长扁, per cent, PR-72
_LIGHTEST: Final = 500  # PR-48: tints
_LONGEST_NAME: Final = 127  # bytes, PR-86
_SIZE_OFF: Final = mm(1) // 10  # PR-22
_AT_THE_EDGE: Final = mm(1)  # what comes so near to the trim was meant to bleed
_PLAIN: Final = 100  # per cent
_REGULAR, _BOLD = 400, 700  # OS/2 usWeightClass


def check_ink(
    scene: Scene, page: ScenePage, faces: Faces, profile: Profile, regions: Mapping[str, Span]
) -> tuple[Diagnostic, ...]:
    """What on the page the press of `profile` cannot hold; `regions` says where each region is written."""
    check = _Check(scene, page, faces, profile)
    check.format(regions)
    for region in page.regions:
        place = regions[region.id]
        for item in region.items:
            match item:
                case GlyphRun():
                    check.run(item, place)
                case Rule():
                    check.line(item.rect, item.ink, SOLID, place)
                case Fill():
                    check.fill(item, place)
                case Art():
                    check.art(item, place)
                case Picture():
                    check.ground(item.rect, place)
                case PlacedPage():
                    check.ground(item.clip, place)
    return tuple(dict.fromkeys(check.found.all()))


class _Check:
    """Goes through one page in paint order, and remembers what lies under the type that is to come."""

    def __init__(self, scene: Scene, page: ScenePage, faces: Faces, profile: Profile) -> None:
        self.found = Findings()
        self._scene = scene
        self._page = page
        self._faces = faces
        self._profile = profile
        self._under: list[tuple[Rect, Ink | None, int]] = []  # fields of ink; pictures have none that is known
        self._sound: set[tuple[str, int]] = set()  # ink and size of type, ink and tint of a mark
        self._judged: set[tuple[str, str, int, int, str]] = set()  # part, ink, size, width, face: told once
        self._spots: dict[str, Ink] = {}

    def run(self, run: GlyphRun, place: Span) -> None:
        """Type: its ink, its size, and what lies under it."""
        ink = self._page.inks[run.ink]
        if not self._under and not _is_white(ink) and (run.ink, run.size) in self._sound and run.narrow == _PLAIN:
            return
        key = (run.key, run.ink, run.size, run.narrow, run.face)
        if key in self._judged:
            return
        before = len(self.found)
        source = self._scene.sources.get(run.key)
        span = source.span(run.starts[0]) if source else place
        self.ink(run.ink, SOLID, span)
        self._type(run, ink, span)
        if self._under or _is_white(ink):
            self._type_on_something(run, ink, span)
        if len(self.found) == before:
            self._sound.add((run.ink, run.size))
        if len(self.found) > before or not _is_white(ink):  # white type may leave its ground farther on
            self._judged.add(key)

    def line(self, rect: Rect, key: str, percent: int, place: Span) -> None:
        """A rule, or a field as thin as one (PR-49)."""
        ink = self._page.inks[key]
        least = self._profile.rule_least if _is_one_solid(ink, percent) else self._profile.rule_least_mixed
        weight = min(rect.width, rect.height)
        if weight < least:
            self.found.add(
                "ink/hairline", place, weight=format_pt(weight, 2), least=format_pt(least, 2), ink=_told(ink, percent)
            )
        self.ink(key, percent, place)

    def fill(self, fill: Fill, place: Span) -> None:
        """A field: as a line where it is thin, else a ground for what comes."""
        self.line(fill.rect, fill.ink, fill.percent, place)
        self._under.append((fill.rect, self._page.inks[fill.ink], fill.percent))
        self._to_the_bleed(fill.rect, place)

    def ground(self, rect: Rect, place: Span) -> None:
        """A picture or an advertisement: nobody knows how dark it is under the type that it may bear."""
        self._under.append((rect, None, SOLID))
        self._to_the_bleed(rect, place)

    def art(self, art: Art, place: Span) -> None:
        self.ink(art.ink, SOLID, place)
        self._under.append((art.rect, None, SOLID))

    def ink(self, key: str, percent: int, place: Span) -> None:
        """An ink at a tint: what it comes to, and whether the press has it (PR-46, PR-48)."""
        if percent == SOLID and (key, SOLID) in self._sound:
            return
        before = len(self.found)
        ink = self._page.inks[key]
        if ink.spot is not None:
            self._spot(ink, ink.spot, place)
        else:
            total = _total(ink) * percent // SOLID
            if total > self._profile.total_ink * 100:
                self.found.add("ink/too-much", place, ink=ink.name, total=_percent(total), most=self._profile.total_ink)
            parts = [part * percent // SOLID for part in (ink.c, ink.m, ink.y, ink.k) if part]
            if parts and max(parts) < _LIGHTEST:
                self.found.add("ink/too-light", place, ink=_told(ink, percent), least=_percent(_LIGHTEST))
        if percent == SOLID and len(self.found) == before:
            self._sound.add((key, SOLID))

    def format(self, regions: Mapping[str, Span]) -> None:
        """Whether the page has a size that this press prints, and bleeds as the printer wants it to (PR-22, PR-24)."""
        place = Span(next(iter(regions.values()), Span(self._page.file_name)).file)
        trims, trim = self._profile.trims, self._page.trim
        if trims is not None and not any(_is_near((trim.width, trim.height), one) for one in trims):
            size, known = _size(trim.width, trim.height), ", ".join(_size(*one) for one in trims)
            self.found.add("ink/page-size", place, size=size, printer=self._profile.name, known=known)
        wanted = self._profile.bleed
        if wanted is not None and wanted != self._page.bleed:
            bleed, printer = format_mm(self._page.bleed), format_mm(wanted)
            self.found.add("ink/bleed", place, bleed=bleed, wanted=printer, printer=self._profile.name)

    def _type(self, run: GlyphRun, ink: Ink, span: Span) -> None:
        mixed = not _is_one_solid(ink, SOLID)
        least = self._profile.type_least_mixed if mixed else self._profile.type_least
        if run.size < least:
            size = format_pt(run.size, 2)
            self.found.add("ink/small-type", span, size=size, least=format_pt(least, 2), ink=_told(ink, SOLID))
        if run.posture == "upright" and not _NARROWEST <= run.narrow <= _WIDEST:
            self.found.add("ink/distorted", span, narrow=run.narrow, least=_NARROWEST, most=_WIDEST)
        if ink.spot is None and _is_rich(ink):
            self.found.add("ink/rich-type", span, ink=ink.name, parts=_parts(ink))
        if ink.spot is None and _total(ink) == ink.k == SOLID and not ink.overprint and run.size <= _SMALL_BLACK:
            self.found.add("ink/black-knocks-out", span, ink=ink.name)

    def _type_on_something(self, run: GlyphRun, ink: Ink, span: Span) -> None:
        """White type needs a dark ground, and black type a light one (PR-50, PR-71)."""
        white = _is_white(ink)
        ground = self._ground(run)
        if ground is None:
            if white:
                self.found.add("ink/white-on-paper", span)
            return
        below, percent = ground
        if white:
            self._fine_strokes(run, span)
        if below is None or below.spot is not None:
            return
        depth = max(below.k, (below.c + below.m + below.y) // 3, max(below.c, below.m) // 2) * percent // SOLID
        if white and depth < _UNDER_WHITE:
            self.found.add("ink/white-on-light", span, ground=_told(below, percent), least=_percent(_UNDER_WHITE))
        if _total(ink) == ink.k == SOLID and below.k * percent // SOLID > _UNDER_BLACK:
            self.found.add("ink/black-on-dark", span, ground=_told(below, percent), most=_percent(_UNDER_BLACK))

    def _fine_strokes(self, run: GlyphRun, span: Span) -> None:
        face = self._faces.face(run.face).descriptor
        if run.size < _FINE_REVERSED and (face.weight < _REGULAR or (face.has_serifs and face.weight < _BOLD)):
            size, least = format_pt(run.size, 2), format_pt(_FINE_REVERSED, 2)
            self.found.add("ink/fine-reversed", span, face=run.face, size=size, least=least)

    def _ground(self, run: GlyphRun) -> tuple[Ink | None, int] | None:
        """What was painted last under the run's beginning."""
        half = run.size // 2
        x, y = (run.x + half, run.y - half) if run.direction == "horizontal" else (run.x, run.y + half)
        point = Rect(x, y, 0, 0)
        return next(((ink, tint) for rect, ink, tint in reversed(self._under) if rect.contains(point)), None)

    def _spot(self, ink: Ink, name: str, place: Span) -> None:
        taken = self._profile.spots
        if taken is not None and name not in taken:
            known = "、".join(taken)
            self.found.add("ink/spot-not-printed", place, spot=name, printer=self._profile.name, known=known)
        if len(name.encode()) > _LONGEST_NAME:
            self.found.add("ink/spot-name-too-long", place, spot=name[:20], most=_LONGEST_NAME)
        first = self._spots.setdefault(name, ink)
        if (first.c, first.m, first.y, first.k) != (ink.c, ink.m, ink.y, ink.k):
            self.found.add("ink/spot-twice", place, spot=name, first=first.name, second=ink.name)

    def _to_the_bleed(self, rect: Rect, place: Span) -> None:
        """What comes to the trim or crosses it goes on to the end of the bleed, or a white edge may show (PR-24)."""
        if not self._page.bleed:
            return
        trim, bleed = self._page.trim, self._page.bleed
        for beyond in (trim.x - rect.x, trim.y - rect.y, rect.right - trim.right, rect.bottom - trim.bottom):
            if -_AT_THE_EDGE < beyond < bleed:
                self.found.add("ink/short-of-bleed", place, reach=format_mm(beyond), bleed=format_mm(bleed))
                return


def _is_near(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    return all(abs(one - other) <= _SIZE_OFF for one, other in zip(size, wanted, strict=True))


def _size(width: int, height: int) -> str:
    return f"{format_mm(width)} × {format_mm(height)} mm"


def _is_white(ink: Ink) -> bool:
    return ink.spot is None and not _total(ink)


def _is_one_solid(ink: Ink, percent: int) -> bool:
    """Whether one plate prints it, and that without a screen."""
    if ink.spot is not None:
        return percent == SOLID
    return percent == SOLID and sorted((ink.c, ink.m, ink.y, ink.k)) == [0, 0, 0, SOLID]


def _is_rich(ink: Ink) -> bool:
    rest = ink.c + ink.m + ink.y
    return (ink.k >= _RICH_KEY and rest > _RICH_REST) or min(ink.c, ink.m, ink.y) >= _RICH_EACH


def _total(ink: Ink) -> int:
    return ink.c + ink.m + ink.y + ink.k


def _told(ink: Ink, percent: int) -> str:
    """The ink by its name, and its tint where it is not solid."""
    return ink.name if percent == SOLID else f"{ink.name} {_percent(percent)}%"


def _parts(ink: Ink) -> str:
    named = zip("CMYK", (ink.c, ink.m, ink.y, ink.k), strict=True)
    return " ".join(f"{plate}{_percent(part)}" for plate, part in named if part)


def _percent(hundredths: int) -> str:
    return f"{hundredths / 100:g}"
