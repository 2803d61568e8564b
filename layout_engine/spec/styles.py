"""Text styles and inks with their inheritance followed (文字样式、油墨): what a page finally uses.

A page's own style of the same name says only what differs from the house's; `extends` names the style that
holds where both say nothing.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import msgspec
from msgspec import UNSET

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.units import Length, LengthRange, format_pt, in_metal, pt, round_half_up
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec import model, model_styles
from layout_engine.spec.resolved import Ink, TextStyle
from layout_engine.spec.rule_styles import choose_rules

SMALLEST: Final = pt(Fraction(11, 2))  # PR-50: nothing under 七号
LARGEST: Final = pt(300)  # a letter as high as a quarter of a tabloid
DEFAULT_LEADING: Final = Fraction(6, 5)  # TY-96: the gap between lines of a headline is 1/8 to 1/4 of its size
DEFAULT_EMPHASIS: Final = "kai"
DEFAULT_STRONG: Final = "hei"
PROCESS_INKS: Final = frozenset(("cyan", "magenta", "yellow", "black", "all", "none"))


class Layer(msgspec.Struct, frozen=True):
    """The styles or inks of one file, and which of them are faulty already."""

    document: YamlDocument
    styles: Mapping[str, model_styles.TextStyle]
    inks: Mapping[str, model_styles.Ink]
    house: tuple[model.House, ...]  # what the house says of all styles; nothing in a page's layer
    left_out: frozenset[Path]

    def broken(self, kind: str) -> frozenset[str]:
        """Names under `kind` that something was left out of."""
        return frozenset(str(path[1]) for path in self.left_out if len(path) > 1 and path[0] == kind)


class StyleBook:
    """All styles that a page may use, its own before the house's."""

    __slots__ = ("_found", "_layers", "_metal", "_roles", "_row", "_rules")

    def __init__(self, layers: tuple[Layer, ...], roles: frozenset[str] | None, row: int, found: Findings) -> None:
        self._layers = layers
        self._roles = roles
        self._row = row
        self._rules = tuple(house.rules for layer in layers for house in layer.house)
        self._metal = any(house.size_names == "metal" for layer in layers for house in layer.house)
        self._found = found

    def names(self) -> list[str]:
        """The names, the house's order first."""
        return list(dict.fromkeys(name for layer in reversed(self._layers) for name in layer.styles))

    def resolve_all(self) -> dict[str, TextStyle]:
        """Every style that is whole, by name."""
        styles = {name: self.resolve(name) for name in self.names()}
        return {name: style for name, style in styles.items() if style is not None}

    def resolve(self, name: str) -> TextStyle | None:
        """One style with everything filled in; None, with the reason told, where it is not whole."""
        sources = self._ancestry(name)
        if sources is None:
            return None
        said = _Said(sources, metal=self._metal)
        span = said.span()
        if not self._whole(name, said, span):
            return None
        size = said.value("size")
        least, most = size.least.su(), size.most.su()
        if least > most:
            turned = f"{size.most.text}..{size.least.text}"
            value = f"{size.least.text}..{size.most.text}"
            self._found.add("spec/reversed", said.span("size"), key="size", value=value, turned=turned)
            least, most = most, least
        leading = self._length(said, "leading", most)
        if leading is None:
            leading = round_half_up(most * DEFAULT_LEADING)
        face, ink = said.value("face"), said.value("ink", "black")
        lines = self._range(said, "lines", (1, 99))
        tracking = self._range(said, "tracking", (0, 0))
        narrow = self._range(said, "narrow", (100, 100))
        rows = self._range(said, "rows", (1, 1))
        if not self._sensible(said, name, least, most, leading):
            return None
        return TextStyle(
            name=name,
            face=face,
            size_least=least,
            size_most=most,
            leading=leading,
            indent=self._length(said, "indent", most) or 0,
            ink=ink,
            align=said.value("align", "justify"),
            lines_least=lines[0],
            lines_most=lines[1],
            fit=said.value("fit", "none") == "width",
            tracking_least=tracking[0],
            tracking_most=tracking[1],
            narrow_least=narrow[0],
            narrow_most=narrow[1],
            emphasis=said.value("emphasis", self._role(DEFAULT_EMPHASIS, face)),
            strong=said.value("strong", self._role(DEFAULT_STRONG, face)),
            rows_least=rows[0],
            rows_most=rows[1],
            half_digits=said.value("digits", "half") == "half",
            span=span,
            origins=said.origins(),
            strong_dateline=said.value("dateline", "plain") == "strong",
            rules=choose_rules((*self._rules, *said.all("rules"))),
        )

    def _role(self, role: str, face: str) -> str:
        return face if self._roles is not None and role not in self._roles else role

    def _ancestry(self, name: str) -> "list[_Source] | None":
        """The style and all that it extends, nearest first; None where a name is unknown or a circle closes."""
        sources: list[_Source] = []
        seen: list[str] = []
        while True:
            if name in seen:
                self._report_circle(seen[seen.index(name) :])
                return None
            seen.append(name)
            here = [_Source(layer, name, layer.styles[name]) for layer in self._layers if name in layer.styles]
            if not here:
                return None  # told by check_names where `extends` stands
            sources += here
            extends = next((one.style.extends for one in here if one.style.extends is not UNSET), UNSET)
            if extends is UNSET:
                return sources
            name = str(extends)

    def _report_circle(self, circle: list[str]) -> None:
        first = circle.index(min(circle))
        circle = circle[first:] + circle[:first]
        layer = next(one for one in self._layers if circle[0] in one.styles)
        span = layer.document.span(("styles", circle[0], "extends"))
        self._found.add("spec/style-cycle", span, circle=" → ".join([*circle, circle[0]]))

    def _whole(self, name: str, said: "_Said", span: Span) -> bool:
        missing = [key for key in ("face", "size") if said.value(key, None) is None]
        if missing and not said.broken():
            for key in missing:
                self._found.add("spec/style-incomplete", span, name=name, key=key)
        size = said.value("size", None)
        for end in (size.least, size.most) if size is not None else ():
            if end.unit not in ("pt", "mm"):
                self._found.add("spec/size-unit", said.span("size"), name=name, size=end.text)
                return False
        return not missing

    def _sensible(self, said: "_Said", name: str, least: int, most: int, leading: int) -> bool:
        if least < SMALLEST or most > LARGEST:
            wrong = said.value("size").least if least < SMALLEST else said.value("size").most
            self._found.add(
                "spec/size-range",
                said.span("size"),
                name=name,
                size=wrong.text,
                least=format_pt(SMALLEST),
                most=format_pt(LARGEST),
            )
            return False
        if leading < most:
            inherited = said.inherited("leading")
            key, other = ("size", "leading") if inherited else ("leading", "size")
            self._found.add(
                "spec/leading-too-small",
                said.span(key),
                related=(said.span(other),),
                name=name,
                leading=f"{format_pt(leading)}pt",
                size=f"{format_pt(most)}pt",
                inherited=inherited,
            )
            return False
        return True

    def _length(self, said: "_Said", key: str, em: int) -> int | None:
        length: Length | None = said.value(key, None)
        return None if length is None else length.su(em, self._row)

    def _range(self, said: "_Said", key: str, default: tuple[int, int]) -> tuple[int, int]:
        value = said.value(key, None)
        if value is None:
            return default
        first, _, last = str(value).partition("..")
        least, most = int(first), int(last or first)
        if least > most:
            self._found.add("spec/reversed", said.span(key), key=key, value=value, turned=f"{most}..{least}")
            return most, least
        return least, most


class _Source(msgspec.Struct, frozen=True):
    """One place where a style is written."""

    layer: Layer
    name: str
    style: model_styles.TextStyle


class _Said:
    """What a style and its ancestors say, field by field: the nearest holds."""

    __slots__ = ("_metal", "_sources")

    def __init__(self, sources: list[_Source], *, metal: bool) -> None:
        self._sources = sources
        self._metal = metal

    def value(self, key: str, default: Any = None) -> Any:
        source = self._source(key)
        value = getattr(source.style, key) if source else default
        if self._metal and isinstance(value, Length):
            return in_metal(value)
        if self._metal and isinstance(value, LengthRange):
            return LengthRange(in_metal(value.least), in_metal(value.most))
        return value

    def all(self, key: str) -> Iterator[Any]:
        """What each of them says, the farthest first."""
        values = (getattr(one.style, key) for one in reversed(self._sources))
        return (value for value in values if value is not UNSET)

    def span(self, key: str = "") -> Span:
        source = (self._source(key) if key else None) or self._sources[0]
        document, path = source.layer.document, ("styles", source.name)
        return document.span((*path, key)) if key else document.key_span(path)

    def inherited(self, key: str) -> str:
        """The ancestor that says it, or nothing where the style itself does."""
        source = self._source(key)
        return source.name if source and source.name != self._sources[0].name else ""

    def broken(self) -> bool:
        return any(one.name in one.layer.broken("styles") for one in self._sources)

    def origins(self) -> dict[str, str]:
        """The style and the line that say each field that is said at all."""
        fields = (field for field in model_styles.TextStyle.__struct_fields__ if field != "extends")
        spans = {field: self.span(field) for field in fields if self._source(field)}
        return {field: f"{self.inherited(field)} {span.file}:{span.line}".strip() for field, span in spans.items()}

    def _source(self, key: str) -> _Source | None:
        return next((one for one in self._sources if getattr(one.style, key) is not UNSET), None)


def resolve_inks(layers: tuple[Layer, ...], total_ink: float, found: Findings) -> dict[str, Ink]:
    """Every ink that may be used, the page's before the house's, with no sum over what the paper takes."""
    inks: dict[str, Ink] = {}
    for layer in reversed(layers):
        for name, ink in layer.inks.items():
            span = layer.document.key_span(("inks", name))
            total = ink.c + ink.m + ink.y + ink.k
            spot = None if ink.spot is UNSET else str(ink.spot)
            if total > total_ink:
                found.add("spec/total-ink", span, name=name, total=f"{total:g}", most=f"{total_ink:g}")
            if spot is not None and (not spot.strip() or spot.strip().casefold() in PROCESS_INKS):
                found.add("spec/spot-name", layer.document.span(("inks", name, "spot")), name=spot)
            c, m, y, k = (round(part * 100) for part in (ink.c, ink.m, ink.y, ink.k))
            inks[name] = Ink(name, c, m, y, k, ink.overprint, spot)
    return inks


def body_metrics(style: TextStyle) -> tuple[int, int]:
    """The em and the row of the grid: the size and the leading of its body style."""
    return style.size_least, style.leading
