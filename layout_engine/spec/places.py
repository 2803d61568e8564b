"""Where regions stand (区域的位置): columns and rows, millimetres, below and right of one another, in su."""

from collections.abc import Mapping

import msgspec
from msgspec import UNSET, UnsetType

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.units import Length, format_mm
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec.grids import PageArea
from layout_engine.spec.model_regions import ArticleRegion, RegionSpec, RuleRegion
from layout_engine.spec.resolved import Grid

Pair = tuple[int, int]


class Written(msgspec.Struct, frozen=True):
    """A region as it was written, and where in its page file; `faulty` where one of its keys was left out."""

    spec: RegionSpec
    document: YamlDocument
    path: Path
    faulty: bool = False

    def span(self, *field: str | int) -> Span:
        return self.document.span((*self.path, *field))


class Place(msgspec.Struct, frozen=True):
    """Where a region stands: its rectangle, and columns and rows unless it was placed in mm.

    `parts` are the rectangles that it really covers: the frames of a chain, or the one rectangle.
    """

    rect: Rect
    columns: Pair | None
    rows: Pair | None
    open_ended: bool
    parts: tuple[Rect, ...]


class _Span(msgspec.Struct, frozen=True):
    """Columns or rows as written: from `first` to `last` (None: as far as the content needs), or only a count."""

    first: int | None
    last: int | None
    count: int | None = None


def place_regions(written: list[Written], grid: Grid, area: PageArea, found: Findings) -> dict[str, Place]:
    """The place of every region that has one, by id; every other was told why not."""
    placer = _Placer(written, grid, area, found)
    for one in written:
        placer.place(one)
    return placer.with_open_ends(written)


class _Placer:
    """Places regions one after another, those first that others refer to."""

    __slots__ = ("_area", "_by_id", "_found", "_grid", "_on_the_way", "_places")

    def __init__(self, written: list[Written], grid: Grid, area: PageArea, found: Findings) -> None:
        self._grid = grid
        self._area = area
        self._found = found
        self._by_id = {one.spec.id: one for one in reversed(written)}
        self._places: dict[str, Place | None] = {}
        self._on_the_way: list[str] = []

    def place(self, one: Written) -> Place | None:
        """The region's place, found once."""
        name = one.spec.id
        if name not in self._places:
            self._on_the_way.append(name)
            place = self._find(one)
            self._on_the_way.pop()
            self._places.setdefault(name, place)
        return self._places[name]

    def with_open_ends(self, written: list[Written]) -> dict[str, Place]:
        """All places, each open one reaching down to the next region under it or to the foot of the grid."""
        places = {name: place for name, place in self._places.items() if place is not None}
        return {name: _closed(name, places, self._by_id, self._grid) for name in places}

    def _find(self, one: Written) -> Place | None:
        spec = one.spec
        if one.faulty and not (_has(spec, "columns", "rows") or _has(spec, "at", "size")):
            return None  # what is missing may be what was faulty
        if isinstance(spec, ArticleRegion) and spec.chain is not UNSET:
            return self._chain(one, spec)
        if spec.at is not UNSET or spec.size is not UNSET:
            return self._in_mm(one)
        if isinstance(spec, RuleRegion) and spec.after_column is not UNSET:
            return self._in_gutter(one, spec, int(spec.after_column))
        return self._on_grid(one)

    def _in_mm(self, one: Written) -> Place | None:
        spec = one.spec
        for other in ("columns", "rows", "below", "right_of"):
            if getattr(spec, other) is not UNSET:
                self._found.add("spec/place-twice", one.span(other), id=spec.id, key=other, other="at, size")
                return None
        if isinstance(spec.at, UnsetType) or isinstance(spec.size, UnsetType):
            given, missing = ("size", "at") if isinstance(spec.at, UnsetType) else ("at", "size")
            self._found.add("spec/place-incomplete", one.span(given), id=spec.id, given=given, missing=missing)
            return None
        x, y = (self._su(one) for one in spec.at)
        width, height = (self._su(one) for one in spec.size)
        rect, bleed = Rect(x, y, width, height), self._area.bleed
        if width <= 0 or height <= 0:
            self._found.add("spec/no-size", one.span("size"), id=spec.id)
            return None
        if not self._area.trim.inset(-bleed).contains(rect):
            trim = self._area.trim
            self._found.add(
                "spec/off-page",
                one.span("at"),
                id=spec.id,
                beyond_zh=beyond(rect, trim, ("左", "上", "右", "下"), "、"),
                beyond_en=beyond(rect, trim, ("left", "top", "right", "bottom"), ", "),
                width=format_mm(trim.width),
                height=format_mm(trim.height),
            )
            return None
        return Place(rect, None, None, False, (rect,))

    def _in_gutter(self, one: Written, spec: RuleRegion, column: int) -> Place | None:
        if column >= self._grid.columns:
            self._outside(one, "columns", "after_column", column, self._grid.columns - 1)
            return None
        rows = self._lines(one, "rows", spec.rows, spec.below)
        if rows is None:
            return None
        x, width = self._grid.columns_rect(column, column)
        y, height = self._grid.rows_rect(*rows[0])
        rect = Rect(x + width, y, self._grid.gutter, height)
        return Place(rect, None, rows[0], rows[1], (rect,))

    def _on_grid(self, one: Written) -> Place | None:
        spec = one.spec
        missing = [
            key
            for key, other in (("columns", "below"), ("rows", "right_of"))
            if getattr(spec, key) is UNSET and spec.below is UNSET and spec.right_of is UNSET
        ]
        if missing:
            self._found.add("spec/no-place", one.span(), id=spec.id, missing=", ".join(missing))
            return None
        columns = self._lines(one, "columns", spec.columns, spec.right_of)
        rows = self._lines(one, "rows", spec.rows, spec.below)
        if columns is None or rows is None:
            return None
        return self._gridded(columns[0], rows[0], rows[1])

    def _gridded(self, columns: Pair, rows: Pair, open_ended: bool) -> Place:
        x, width = self._grid.columns_rect(*columns)
        y, height = self._grid.rows_rect(*rows)
        rect = Rect(x, y, width, height)
        return Place(rect, columns, rows, open_ended, (rect,))

    def _chain(self, one: Written, spec: ArticleRegion) -> Place | None:
        for other in ("columns", "rows", "at", "size", "below", "right_of"):
            if getattr(spec, other) is not UNSET:
                self._found.add("spec/place-twice", one.span(other), id=spec.id, key=other, other="chain")
                return None
        frames: list[Place] = []
        for at, frame in enumerate(spec.chain if not isinstance(spec.chain, UnsetType) else ()):
            link = Written(spec, one.document, (*one.path, "chain", at))
            columns = self._lines(link, "columns", frame.columns, UNSET)
            rows = self._lines(link, "rows", frame.rows, UNSET)
            if columns is not None and rows is not None:
                if rows[1]:
                    self._found.add("spec/open-end-in-chain", link.span("rows"), id=spec.id)
                frames.append(self._gridded(columns[0], rows[0], False))
        if not frames:
            if not spec.chain:
                self._found.add("spec/no-place", one.span("chain"), id=spec.id, missing="chain")
            return None
        hull_columns = _hull([frame.columns for frame in frames if frame.columns])
        hull_rows = _hull([frame.rows for frame in frames if frame.rows])
        hull = self._gridded(hull_columns, hull_rows, False)
        return msgspec.structs.replace(hull, parts=tuple(frame.rect for frame in frames))

    def _lines(
        self, one: Written, axis: str, written: int | str | UnsetType, after: str | UnsetType
    ) -> tuple[Pair, bool] | None:
        """First and last column or row of a region, and whether the last is left open."""
        most = self._grid.columns if axis == "columns" else self._grid.rows
        said = None if isinstance(written, UnsetType) else _read_span(written)
        start = None
        if not isinstance(after, UnsetType):
            start = self._start_after(one, axis, after)
            if start is None:
                return None
            if said is not None and said.count is None:
                key = "below" if axis == "rows" else "right_of"
                self._found.add("spec/place-twice", one.span(axis), id=one.spec.id, key=axis, other=key)
                return None
        elif said is None:
            return self._like_neighbour(one, axis)
        elif said.count is not None:
            key = "below" if axis == "rows" else "right_of"
            self._found.add("spec/count-without-start", one.span(axis), id=one.spec.id, value=written, key=key)
            return None
        first, last, open_ended = _ends(said, start, most)
        return self._checked(one, axis, first, last, open_ended, most)

    def _checked(
        self, one: Written, axis: str, first: int, last: int, open_ended: bool, most: int
    ) -> tuple[Pair, bool] | None:
        if first > last and not open_ended and last >= 1:
            value, turned = f"{first}-{last}", f"{last}-{first}"
            self._found.add("spec/reversed", one.span(axis), key=axis, value=value, turned=turned)
            return None
        if first < 1 or max(first, last) > most:
            self._outside(one, axis, axis, first if first < 1 or first > most else last, most)
            return None
        return (first, last), open_ended

    def _outside(self, one: Written, axis: str, key: str, value: int, most: int) -> None:
        code = "spec/columns-outside" if axis == "columns" else "spec/rows-outside"
        self._found.add(code, one.span(key), id=one.spec.id, value=value, most=most)

    def _like_neighbour(self, one: Written, axis: str) -> tuple[Pair, bool] | None:
        """Where nothing is said: the columns of the region above, the rows of the region to the left."""
        neighbour = one.spec.below if axis == "columns" else one.spec.right_of
        place = self._other(one, "below" if axis == "columns" else "right_of", str(neighbour))
        if place is None:
            return None
        pair = place.columns if axis == "columns" else place.rows
        if pair is None:
            self._found.add("spec/no-place", one.span(), id=one.spec.id, missing=axis)
            return None
        return pair, place.open_ended and axis == "rows"

    def _start_after(self, one: Written, axis: str, name: str) -> int | None:
        """The first column or row free after another region."""
        place = self._other(one, "below" if axis == "rows" else "right_of", name)
        if place is None:
            return None
        grid = self._grid
        if axis == "rows":
            if place.rows is not None:
                return (place.rows[0] if place.open_ended else place.rows[1]) + 1
            return -(-(place.rect.bottom - grid.type_area.y) // grid.row) + 1
        if place.columns is not None:
            return place.columns[1] + 1
        return -(-(place.rect.right - grid.type_area.x) // (grid.measure + grid.gutter)) + 1

    def _other(self, one: Written, key: str, name: str) -> Place | None:
        other = self._by_id.get(name)
        if other is None:
            return None  # told by check_names
        if name in self._on_the_way:
            circle = self._on_the_way[self._on_the_way.index(name) :]
            self._found.add("spec/place-cycle", one.span(key), circle=" → ".join([*circle, name]))
            for each in circle:
                self._places[each] = None
            return None
        return self.place(other)

    def _su(self, length: Length) -> int:
        return length.su(self._grid.em, self._grid.row)


def _has(spec: RegionSpec, *keys: str) -> bool:
    return all(getattr(spec, key) is not UNSET for key in keys)


def _read_span(written: int | str) -> _Span:
    """`3`, `1-3`, `10+` or `+12`, as the schema lets them through."""
    text = str(written)
    if text.startswith("+"):
        return _Span(None, None, int(text[1:]))
    if text.endswith("+"):
        return _Span(int(text[:-1]), None)
    first, _, last = text.partition("-")
    return _Span(int(first), int(last or first))


def _ends(said: _Span | None, start: int | None, most: int) -> tuple[int, int, bool]:
    """First, last, and whether the last is left open."""
    if start is not None:
        count = said.count if said is not None else None
        return (start, most, True) if count is None else (start, start + count - 1, False)
    if said is None or said.first is None:
        return 1, most, True
    return (said.first, most, True) if said.last is None else (said.first, said.last, False)


def _closed(name: str, places: dict[str, Place], by_id: dict[str, Written], grid: Grid) -> Place:
    """The place of a region, its open end reaching down to the next region under it."""
    place = places[name]
    if not place.open_ended or place.rows is None:
        return place
    specs = {each: one.spec for each, one in by_id.items()}
    below = [
        other.rect.y
        for other_name, other in places.items()
        if other_name != name
        and not hangs_on(other_name, name, specs)
        and not isinstance(specs[other_name], RuleRegion)
        and specs[other_name].inside != name
        and other.rect.y > place.rect.y
        and other.rect.x < place.rect.right
        and place.rect.x < other.rect.right
    ]
    last = place.rows[1]
    if below:
        last = min(last, (min(below) - grid.type_area.y) // grid.row)
    rows = (place.rows[0], max(last, place.rows[0]))
    y, height = grid.rows_rect(*rows)
    rect = Rect(place.rect.x, y, place.rect.width, height)
    return Place(rect, place.columns, rows, True, (rect,))


def hangs_on(name: str, above: str, specs: Mapping[str, RegionSpec]) -> bool:
    """Whether the region stands below the other, or below one that does: then it moves with that one's end."""
    seen: set[str] = set()
    while name in specs and name not in seen:
        seen.add(name)
        below = specs[name].below
        if below == above:
            return True
        name = below if isinstance(below, str) else ""
    return False


def _hull(pairs: list[Pair]) -> Pair:
    return min(first for first, _ in pairs), max(last for _, last in pairs)


def beyond(rect: Rect, bounds: Rect, sides: tuple[str, str, str, str], comma: str) -> str:
    """By how much `rect` reaches out of `bounds`, in words for the left, upper, right and lower side."""
    over = (bounds.x - rect.x, bounds.y - rect.y, rect.right - bounds.right, rect.bottom - bounds.bottom)
    return comma.join(f"{side} {format_mm(by)} mm" for side, by in zip(sides, over, strict=True) if by > 0)
