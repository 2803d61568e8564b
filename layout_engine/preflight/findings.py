"""What the check finds (检查所得): each with its rule, page, object and place in mm from the trim's top left.

What is wrong in the same way many times on a page is one finding with its first place and a count, and of one kind no
more than MAX_PLACES are kept: a file of an hour's faults must not take an hour to read.
"""

from typing import Final, Literal, TypeAlias

import msgspec

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.pdf.profile import Profile
from layout_engine.preflight.document import Document, PageView
from layout_engine.preflight.limits import MAX_PLACES
from layout_engine.preflight.painted import Where
from layout_engine.preflight.plane import MM_PER_PT, Box

Standard: TypeAlias = Literal["X4", "X1a", "proof"]

_MORE: Final = "preflight/more"


class Finding(msgspec.Struct, frozen=True):
    """One finding. `x_mm` and `y_mm` are its left upper corner; `times` how often it occurs on the page.

    `spot` says more closely what is meant, for who knows the page: of a finding without a place, but with an object,
    where that object is first painted.
    """

    rule: str
    page: int | None
    object: int | None
    x_mm: float | None
    y_mm: float | None
    times: int
    diagnostic: Diagnostic
    spot: "Spot | None" = None


class Spot(msgspec.Struct, frozen=True):
    """A place on a page (from 1): left, top, right and bottom in mm from the trim's left upper corner."""

    page: int
    box: Box


class Tally:
    """Gathers findings: the same ones together, with how often they occur."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], list[object]] = {}
        self._kinds: dict[str, int] = {}
        self._left_out: dict[tuple[str, str], int] = {}
        self.reported: Final[set[tuple[str, int | None]]] = set()  # code and object
        self.painted: Final[dict[int, Spot]] = {}  # where an object is first painted

    def add(
        self, rule: str, code: str, page: int | None, object_number: int | None, place: Box | None,
        values: dict[str, object],
    ) -> None:  # fmt: skip
        """Note one. The same code, page and values are one finding."""
        self.reported.add((code, object_number))
        key = (code, page, None if place else object_number, *sorted((name, str(one)) for name, one in values.items()))
        known = self._found.get(key)
        if known is not None:
            known[-1] = int(str(known[-1])) + 1
            return
        count = self._kinds[code] = self._kinds.get(code, 0) + 1
        if count > MAX_PLACES:
            self._left_out[rule, code] = self._left_out.get((rule, code), 0) + 1
            return
        self._found[key] = [rule, code, page, object_number, place, values, 1]

    def all(self) -> tuple[Finding, ...]:
        """Everything found: by page, the file's own first, and in the order of the rules."""
        found = [self._with_spot(_finding(*kept)) for kept in self._found.values()]  # type: ignore[arg-type]
        found.sort(key=lambda one: (one.page or 0, _number(one.rule), one.diagnostic.code))
        more = [
            _finding(rule, _MORE, None, None, None, {"kind": code, "count": count}, 1)
            for (rule, code), count in sorted(self._left_out.items())
        ]
        return (*found, *more)

    def _with_spot(self, one: Finding) -> Finding:
        spot = self.painted.get(one.object) if one.object is not None and one.spot is None else None
        return one if spot is None else msgspec.structs.replace(one, spot=spot)


class Found:
    """What a rule's function is given: where to tell its findings, and what it may ask."""

    def __init__(self, rule: str, tally: Tally, document: Document, profile: Profile, standard: Standard) -> None:
        self.rule: Final = rule
        self.document: Final = document
        self.profile: Final = profile
        self.standard: Final = standard
        self.page: PageView | None = None
        self.memory: Final[dict[str, bytes]] = {}  # what the rule must remember from one object to the next
        self._tally: Final = tally

    def add(self, code: str, where: Where | None = None, box: Box | None = None, **values: object) -> None:
        """Something on the page, or on the page as a whole."""
        page = where.page if where else self.page.number if self.page else None
        number = where.object if where else self.page.object if self.page else None
        self._tally.add(self.rule, code, page, number, self._place(box), values)

    def add_object(self, code: str, object_number: int | None, **values: object) -> None:
        """Something in an object of the file, wherever it is used."""
        self._tally.add(self.rule, code, None, object_number, None, values)

    def add_file(self, code: str, **values: object) -> None:
        """Something of the file as a whole."""
        self._tally.add(self.rule, code, None, None, None, values)

    def has_told(self, code: str, object_number: int | None) -> bool:
        """Whether this was told of the object already."""
        return (code, object_number) in self._tally.reported

    def _place(self, box: Box | None) -> Box | None:
        return None if box is None or self.page is None else from_trim(box, self.page)


def from_trim(box: Box, page: PageView) -> Box:
    """A box of the page's own points in mm from the trim's left upper corner."""
    left, _, _, top = page.paper
    x0, y0, x1, y1 = box
    return ((x0 - left) * MM_PER_PT, (top - y1) * MM_PER_PT, (x1 - left) * MM_PER_PT, (top - y0) * MM_PER_PT)


def _finding(
    rule: str, code: str, page: int | None, object_number: int | None, place: Box | None, values: dict[str, object],
    times: int,
) -> Finding:  # fmt: skip
    x, y = (None, None) if place is None else (round(place[0], 1) + 0.0, round(place[1], 1) + 0.0)
    spot = None if place is None or page is None else Spot(page, place)
    zh, en = [rule], [rule]
    if page is not None:
        zh.append(f"第 {page} 页")
        en.append(f"page {page}")
    if place is not None:
        zh.append(f"距左 {x}、距上 {y} 毫米")
        en.append(f"{x} mm from the left, {y} mm from the top")
    if object_number is not None:
        zh.append(f"对象 {object_number}")
        en.append(f"object {object_number}")
    if times > 1:
        zh.append(f"共 {times} 处")
        en.append(f"{times} times")
    told = {**values, "at_zh": f"（{'，'.join(zh)}）", "at_en": f" ({', '.join(en)})"}
    diagnostic = Diagnostic(code, None, tuple((name, str(value)) for name, value in told.items()))
    return Finding(rule, page, object_number, x, y, times, diagnostic, spot)


def _number(rule: str) -> int:
    return int(rule.removeprefix("PR-"))
