"""Colours of an advertisement into the inks of the press (来件转色, PR-46, PR-91): in place, before it is copied.

Only what must change is written anew: the operators that choose such a colour, the pictures and shadings in it.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pikepdf

from layout_engine.adverts.copying import content_streams, joined_content
from layout_engine.adverts.limits import MAX_COLOURS, BeyondLimitError
from layout_engine.adverts.model import Choice
from layout_engine.adverts.objects import inherited, walk
from layout_engine.adverts.rasters import raster_of
from layout_engine.adverts.tints import tint_function
from layout_engine.adverts.ways import Inks, Press, PrintedPicture, StuckError, Values, Way, find_way

_LEVEL: Final = 6  # PR-14: fixed
_STEPS: Final = 256  # of a shading, and of the tints of a picture
_FULL: Final = 255
_IN_STREAMS: Final = ("/Form",)
_WITH_FUNCTION_ALONE: Final = (2, 3)  # axial and radial shadings
_SETS: Final = {"cs": False, "CS": True, "sc": False, "scn": False, "SC": True, "SCN": True}
_DEVICE: Final = {"rg": ("/DeviceRGB", False), "RG": ("/DeviceRGB", True)}
# What an object of another kind than the format says makes a conversion fail with.
_WRONG: Final = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError, pikepdf.PdfError
)  # fmt: skip
_OTHER_DEVICE: Final = {"g": False, "k": False, "G": True, "K": True}


Size = tuple[float, float]


def convert_colours(
    pdf: pikepdf.Pdf, page: Any, press: Press, choice: Choice, sizes: Mapping[tuple[int, int], Size | None]
) -> tuple[tuple[str, int], ...]:
    """Convert what `choice` says, everywhere on the page; what was changed, and how often.

    `sizes` are those of pictures in print, in points, by the numbers of their objects, where they are known.

    Raises StuckError where something cannot be converted by rule.
    """
    resources = inherited(page, "/Resources")
    page["/Resources"] = resources if resources is not None else pikepdf.Dictionary()
    try:
        return _Conversion(pdf, press, choice, sizes).convert(page)
    except _WRONG as error:
        raise StuckError(str(error)[:80] or type(error).__name__) from error


class _Conversion:
    def __init__(
        self, pdf: pikepdf.Pdf, press: Press, choice: Choice, sizes: Mapping[tuple[int, int], Size | None]
    ) -> None:
        self._pdf = pdf
        self._press = press
        self._choice = choice
        self._changed: Counter[str] = Counter()
        self._sizes = sizes
        self._ways: dict[tuple[bytes, bytes], Way | None] = {}  # by how a space is written
        self._inks: dict[tuple[int, Values], Inks] = {}  # by a way, of those that are kept above, and its numbers

    def convert(self, page: Any) -> tuple[tuple[str, int], ...]:
        """Streams first: they are read by the names of their resources."""
        resources = page["/Resources"]
        met = list(walk(resources, "/Resources"))
        content = self._rewritten(self._pdf.make_stream(joined_content(content_streams(page))), resources)
        if content is not None:
            page["/Contents"] = self._pdf.make_stream(b"")
            _pack(page["/Contents"], content)
        for under, one in met:
            if isinstance(one, pikepdf.Stream) and self._draws(under, one):
                written = self._rewritten(one, one.get("/Resources", resources))
                if written is not None:
                    _pack(one, written)
        for under, one in met:
            self._convert_object(under, one, resources)
        for under, one in met:
            if under == "/ColorSpace" and isinstance(one, pikepdf.Dictionary):
                self._drop_spaces(one)
        if "/Group" in page:
            self._group(page["/Group"])
        return tuple(sorted(self._changed.items()))

    def _draws(self, under: str, one: Any) -> bool:
        return str(one.get("/Subtype", "")) in _IN_STREAMS or "/PatternType" in one or under == "/CharProcs"

    def _convert_object(self, under: str, one: Any, resources: Any) -> None:
        named = resources.get("/ColorSpace")
        if str(one.get("/Subtype", "")) == "/Image" and isinstance(one, pikepdf.Stream):
            self._picture(one, named)
        elif "/ShadingType" in one:
            self._shading(one, named)
        elif str(one.get("/S", "")) == "/Luminosity" and "/G" in one:
            group = one["/G"].get("/Group", pikepdf.Dictionary())
            if self._way(group.get("/CS"), named) is not None:
                raise StuckError("SMask RGB")  # its lightness is what it is for
        elif str(one.get("/S", "")) == "/Transparency":
            self._group(one)

    def _group(self, group: Any) -> None:
        if self._way(group.get("/CS"), None) is not None:
            group["/CS"] = pikepdf.Name.DeviceCMYK
            self._changed["group"] += 1

    def _drop_spaces(self, spaces: Any) -> None:
        for name in list(spaces.keys()):
            value = spaces[name]
            inner = value[1] if isinstance(value, pikepdf.Array) and len(value) > 1 else None
            is_index = inner is not None and str(value[0]) in ("/Indexed", "/Pattern")
            if self._way(inner if is_index else value, None) is not None:
                del spaces[name]

    def _way(self, space: Any, named: Any) -> Way | None:
        """The way for a space, one object for one space however often it is asked for."""
        if space is None:
            return None
        listed = named if isinstance(named, pikepdf.Dictionary) else pikepdf.Dictionary()
        if isinstance(space, pikepdf.Name) and str(space) in listed:
            space = listed[str(space)]
        key = space.unparse(resolved=True), listed["/DefaultRGB"].unparse() if "/DefaultRGB" in listed else b""
        if key not in self._ways:
            self._ways[key] = find_way(space, named, self._press, self._choice)
        return self._ways[key]

    # content streams

    def _rewritten(self, stream: Any, resources: Any) -> bytes | None:
        """The stream with its colours in ink, None where it needs no change."""
        named = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
        ways: tuple[Way | None, Way | None] = (None, None)  # of fills, of strokes
        saved: list[tuple[Way | None, Way | None]] = []
        chosen = False
        written: list[Any] = []
        asked: list[tuple[int, Way, Values, bool]] = []  # place in what is written, colour, whether of strokes
        for step in pikepdf.parse_content_stream(stream):
            operands: Any = step.operands
            operator = str(step.operator)
            new: tuple[Way, Values, bool] | None = None
            if operator == "q":
                saved.append(ways)
            elif operator == "Q" and saved:
                ways = saved.pop()
            elif operator in _DEVICE:
                chosen = True
                space, strokes = _DEVICE[operator]
                ways = _with(ways, None, strokes)
                way = self._way(pikepdf.Name(space), named)
                if way is not None:
                    new = way, _numbers(way, operands), strokes
            elif operator in _OTHER_DEVICE:
                chosen = True
                ways = _with(ways, None, _OTHER_DEVICE[operator])
            elif operator in ("cs", "CS"):
                chosen = True
                way = self._space(operands[0], named)
                ways = _with(ways, way, operator == "CS")
                if way is not None:
                    new = way, way.start, operator == "CS"
            elif operator in _SETS:
                if not chosen:
                    raise StuckError(f"{operator} without cs")  # in a space that another stream chose
                way = ways[_SETS[operator]]
                if way is not None:
                    new = way, _numbers(way, operands), _SETS[operator]
            elif operator == "INLINE IMAGE":
                space = operands[0].obj.get("/ColorSpace", operands[0].obj.get("/CS"))
                if self._way(space, named) is not None:
                    raise StuckError("inline image")
            if new is not None:
                asked.append((len(written), *new))
            written.append(step)
        if not asked:
            return None
        self._convert([(way, numbers) for _, way, numbers, _ in asked])
        for at, way, numbers, strokes in asked:
            inks = [_real(one) for one in self._inks[id(way), numbers]]
            written[at] = (inks, pikepdf.Operator("K" if strokes else "k"))
        self._changed["colour"] += len(asked)
        return pikepdf.unparse_content_stream(written)

    def _convert(self, colours: list[tuple[Way, Values]]) -> None:
        """Those colours that are new, all of one space at once: to begin a conversion costs more than to do it."""
        new: dict[int, tuple[Way, dict[Values, None]]] = {}
        for way, numbers in colours:
            if (id(way), numbers) not in self._inks:
                new.setdefault(id(way), (way, {}))[1][numbers] = None
        if len(self._inks) + sum(len(wanted) for _, wanted in new.values()) > MAX_COLOURS:
            raise BeyondLimitError("colours", MAX_COLOURS)
        for key, (way, wanted) in new.items():
            for numbers, inks in zip(wanted, way.convert(list(wanted)), strict=True):
                self._inks[key, numbers] = inks

    def _space(self, name: Any, named: Any) -> Way | None:
        value = named.get(str(name)) if isinstance(named, pikepdf.Dictionary) else None
        if isinstance(value, pikepdf.Array) and len(value) > 1 and str(value[0]) in ("/Indexed", "/Pattern"):
            if self._way(value[1], named) is not None:
                raise StuckError(f"{str(value[0])[1:]} cs")
            return None
        return self._way(name, named)

    # pictures and shadings

    def _picture(self, image: Any, named: Any) -> None:
        space = image.get("/ColorSpace")
        is_index = isinstance(space, pikepdf.Array) and str(space[0]) in ("/Indexed", "/I")
        way = self._way(space[1] if is_index and space is not None else space, named)
        if way is None:
            return
        if "/Mask" in image and isinstance(image["/Mask"], pikepdf.Array):
            raise StuckError("colour-key mask")
        if is_index:
            self._palette(image, space, way)
        elif way.components == 1:
            raster, _ = raster_of(image, named)
            inks = way.convert([(step / _FULL,) for step in range(_STEPS)])
            tables = [bytes(round(four[ink] * _FULL) for four in inks) for ink in range(4)]
            self._store(image, self._press.tinted(raster, tables))
        elif way.rgb:
            raster, _ = raster_of(image, named)
            matted = "/SMask" in image and "/Matte" in image["/SMask"]  # its mask has to have as many pixels
            self._store(image, self._press.picture(raster, way.icc, None if matted else self._sizes.get(image.objgen)))
        else:
            raise StuckError(f"picture in {way.what}")
        self._changed["picture"] += 1

    def _palette(self, image: Any, space: Any, way: Way) -> None:
        if way.what == "Lab":
            raise StuckError("Indexed Lab")
        table = space[3]
        data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
        count = min(int(space[2]) + 1, _STEPS, len(data) // way.components)
        each = way.components
        colours = [tuple(one / _FULL for one in data[at * each : (at + 1) * each]) for at in range(count)]
        inks = way.convert(colours)
        octets = bytes(round(one * _FULL) for four in inks for one in four)
        image["/ColorSpace"] = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceCMYK, count - 1, pikepdf.String(octets)]
        )

    def _store(self, image: Any, printed: PrintedPicture) -> None:
        image.write(printed.data, filter=pikepdf.Name("/" + printed.packing))
        image["/Width"], image["/Height"] = printed.width, printed.height
        image["/ColorSpace"] = pikepdf.Name.DeviceCMYK
        image["/BitsPerComponent"] = 8
        for key in ("/Decode", "/Intent", "/SMaskInData"):
            if key in image:
                del image[key]
        if printed.inverted:
            image["/Decode"] = pikepdf.Array([1, 0] * 4)

    def _shading(self, shading: Any, named: Any) -> None:
        """An axial or radial shading: its function as samples, each converted."""
        way = self._way(shading.get("/ColorSpace"), named)
        if way is None:
            return
        if int(shading["/ShadingType"]) not in _WITH_FUNCTION_ALONE or "/Function" not in shading:
            raise StuckError(f"ShadingType {int(shading['/ShadingType'])}")
        low, high = (float(one) for one in shading.get("/Domain", [0, 1]))
        function = tint_function(shading["/Function"])
        places = [low + (high - low) * step / (_STEPS - 1) for step in range(_STEPS)]
        inks = way.convert([tuple(function([one])) for one in places])
        samples = self._pdf.make_stream(b"")
        _pack(samples, bytes(round(one * _FULL) for four in inks for one in four))
        samples.update(
            pikepdf.Dictionary(
                FunctionType=0,
                Domain=pikepdf.Array([_real(low), _real(high)]),
                Range=pikepdf.Array([0, 1] * 4),
                Size=pikepdf.Array([_STEPS]),
                BitsPerSample=8,
            )
        )
        shading["/ColorSpace"] = pikepdf.Name.DeviceCMYK
        shading["/Function"] = samples
        if "/Background" in shading:
            background = way.convert([tuple(float(one) for one in shading["/Background"])])[0]
            shading["/Background"] = pikepdf.Array([_real(one) for one in background])
        self._changed["shading"] += 1


def _numbers(way: Way, operands: Any) -> Values:
    numbers = tuple(float(one) for one in operands)
    if len(numbers) != way.components:
        raise StuckError(way.what)
    return numbers


def _with(ways: tuple[Way | None, Way | None], way: Way | None, strokes: bool) -> tuple[Way | None, Way | None]:
    return (ways[0], way) if strokes else (way, ways[1])


def _pack(stream: Any, data: bytes) -> None:
    stream.write(zlib.compress(data, _LEVEL), filter=pikepdf.Name.FlateDecode)


def _real(value: float) -> Any:
    return pikepdf.Object.parse(f"{value:.4f}".rstrip("0").rstrip(".").encode() or b"0")
