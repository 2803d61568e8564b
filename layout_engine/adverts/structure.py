"""What an advertiser's page is built from (结构): fonts, spaces, filters, transparency, and what may not come in.

Read from the dictionaries of everything that the page's resources lead to, drawn or not (PR-41: many presses look at
the mere presence).
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.colours import Space, space_of
from layout_engine.adverts.copying import uses_lzw
from layout_engine.adverts.model import Fact
from layout_engine.adverts.objects import is_layer, walk
from layout_engine.base.diagnostics import Findings, Span

_PLAIN_BLENDS: Final = frozenset(("/Normal", "/Compatible"))
_BLENDS: Final = _PLAIN_BLENDS | frozenset(
    ("/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn", "/HardLight",
     "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity")
)  # fmt: skip
# PR-06: what brings in data from elsewhere, or a program.
_FOREIGN_KEYS: Final = {"/OPI": "OPI", "/Ref": "Ref", "/PS": "PostScript", "/Alternates": "Alternates"}
_OUTSIDE_KEYS: Final = ("/F", "/FFilter", "/FDecodeParms")  # of a stream: PR-05
_DEVICE_STATE: Final = ("/TR", "/HTP", "/BG", "/UCR")  # PR-52
_DEVICE_STATE_2: Final = ("/TR2", "/BG2", "/UCR2")
_SIMPLE_FONTS: Final = frozenset(("/Type1", "/MMType1", "/TrueType"))
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_PACKED: Final = frozenset(("/JPXDecode", "/JBIG2Decode"))
_DEEP: Final = 16
_MOST_NAMED: Final = 8  # names in one finding


class Structure:
    """What was seen; `facts` for a profile to judge, `live` where something is transparent, `layers` those met."""

    def __init__(self, file: str, asked_at: Span, found: Findings) -> None:
        self._file = file
        self._asked_at = asked_at
        self._found = found
        self._facts: dict[Fact, None] = {}
        self._unembedded: dict[str, None] = {}
        self._forbidden: dict[str, None] = {}
        self._groups: list[Any] = []
        self.layers: list[Any] = []
        self.live = False
        self.lzw = False

    def look(self, page: Any, resources: Any) -> None:
        """Take in the page's own dictionary and all that its resources lead to."""
        if isinstance(page.get("/Group"), pikepdf.Dictionary):
            self._groups.append(page["/Group"])
        for under, one in walk(resources, "/Resources"):
            self._look_at(under, one)
        self._judge_groups()
        for what in self._forbidden:
            self._found.add("ad/forbidden", self._asked_at, file=self._file, what=what)
        if self._unembedded:
            names = list(self._unembedded)
            fonts = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
            self._found.add("ad/font-not-embedded", self._asked_at, file=self._file, fonts=fonts)

    def facts(self) -> Iterator[Fact]:
        yield from self._facts

    def _judge_groups(self) -> None:
        """Groups matter where something is transparent; else they stay behind, and with them their spaces."""
        if self._groups and not self.live:
            self._found.add("ad/groups-dropped", self._asked_at, file=self._file, count=len(self._groups))
            return
        for group in self._groups:
            if "/CS" in group:
                self._add_space(space_of(group["/CS"]), "Group")
        bare = sum("/CS" not in group for group in self._groups)
        if bare:
            self._found.add("ad/group-in-cmyk", self._asked_at, file=self._file, count=bare)

    def _look_at(self, under: str, one: Any) -> None:
        if isinstance(one, pikepdf.Stream):
            self._look_at_stream(one)
        subtype = str(one.get("/Subtype", ""))
        if str(one.get("/Type", "")) == "/Font" or subtype in _SIMPLE_FONTS or subtype.startswith("/CIDFontType"):
            self._look_at_font(one, subtype)
        elif subtype == "/Image":
            self._look_at_image(one)
        elif subtype == "/PS" or str(one.get("/Subtype2", "")) == "/PS":
            self._forbidden["PostScript"] = None
        if under not in _NAME_LISTS:
            self._look_at_keys(under, one)

    def _look_at_keys(self, under: str, one: Any) -> None:
        for key, what in _FOREIGN_KEYS.items():
            if key in one:
                self._forbidden[what] = None
        if is_layer(one.get("/OC")):
            self.layers.append(one["/OC"])
        if str(one.get("/S", "")) == "/Transparency":
            self._groups.append(one)
        if "/ShadingType" in one:
            self._add_space(space_of(one.get("/ColorSpace")), "Shading")
        if under == "/Resources":
            self._look_at_names(one)
        if any(key in one for key in ("/ca", "/CA", "/BM", "/SMask", "/AIS")) or any(
            key in one for key in (*_DEVICE_STATE, *_DEVICE_STATE_2)
        ):
            self._look_at_state(one)

    def _look_at_names(self, resources: Any) -> None:
        spaces = resources.get("/ColorSpace")
        if isinstance(spaces, pikepdf.Dictionary):
            for name, space in spaces.items():
                self._add_space(space_of(space), str(name)[1:])
        properties = resources.get("/Properties")
        if isinstance(properties, pikepdf.Dictionary):
            self.layers.extend(one for one in properties.values() if is_layer(one))

    def _look_at_state(self, state: Any) -> None:
        for key in ("/ca", "/CA"):
            alpha = state.get(key)
            if isinstance(alpha, (pikepdf.Integer, pikepdf.Real)) and float(alpha) < 1:
                self._add_live(f"{key[1:]} {float(alpha):g}")
        blend = state.get("/BM")
        modes = [str(one) for one in blend] if isinstance(blend, pikepdf.Array) else [str(blend)] if blend else []
        for mode in modes:
            if mode not in _BLENDS:
                self._forbidden[f"BM {mode}"] = None
            elif mode not in _PLAIN_BLENDS:
                self._add_live(f"BM {mode[1:]}")
        if isinstance(state.get("/SMask"), (pikepdf.Dictionary, pikepdf.Stream)):
            self._add_live("SMask")
        if "/G" in state:
            return  # a soft mask, whose /TR is its own
        for key in _DEVICE_STATE:
            if key in state and str(state[key]) != "/Identity":
                self._forbidden[key[1:]] = None
        for key in _DEVICE_STATE_2:
            if key in state and str(state[key]) not in ("/Default", "/Identity"):
                self._forbidden[key[1:]] = None

    def _look_at_image(self, image: Any) -> None:
        space = space_of(image.get("/ColorSpace"))
        is_mask = "/ImageMask" in image and bool(image["/ImageMask"])
        if "/JPXDecode" in _filters(image) and "/ColorSpace" not in image:
            self._facts[Fact("rgb", "Image: JPEG 2000 ?")] = None  # its colours stand in the picture alone
        elif not is_mask:
            self._add_space(space, "Image")
        if int(image.get("/BitsPerComponent", 8)) == _DEEP:
            self._facts[Fact("deep-samples")] = None
        if int(image.get("/SMaskInData", 0)) != 0:
            self._add_live("SMaskInData")

    def _look_at_stream(self, stream: Any) -> None:
        if any(key in stream for key in _OUTSIDE_KEYS):
            self._forbidden["external stream"] = None
        self.lzw |= uses_lzw(stream)
        for name in _filters(stream):
            if name in _PACKED:
                self._facts[Fact("filter", name[1:])] = None
            elif name == "/Crypt":
                self._forbidden["Crypt"] = None

    def _look_at_font(self, font: Any, subtype: str) -> None:
        if subtype == "/Type3" or subtype == "/Type0":
            return
        descriptor = font.get("/FontDescriptor")
        programs = [descriptor[key] for key in _PROGRAMS if key in descriptor] if descriptor is not None else []
        if not any(isinstance(one, pikepdf.Stream) for one in programs):
            self._unembedded[str(font.get("/BaseFont", "/?"))[1:]] = None
        elif any(str(one.get("/Subtype", "")) == "/OpenType" for one in programs):
            self._facts[Fact("opentype-font", str(font.get("/BaseFont", "/?"))[1:])] = None

    def _add_live(self, what: str) -> None:
        self.live = True
        self._facts[Fact("transparency", what)] = None

    def _add_space(self, space: Space, where: str) -> None:
        if space.printed().family == "unknown":
            self._forbidden[f"ColorSpace ({where})"] = None
        for fact in facts_of_space(space, where):
            self._facts[fact] = None


def facts_of_space(space: Space, where: str) -> Iterator[Fact]:
    """What a profile should know of a colour space that is used somewhere."""
    printed = space.printed()
    if printed.family == "rgb":
        yield Fact("rgb", f"{printed.name} ({where})")
    elif printed.family == "managed":
        yield Fact("managed-colour", f"{printed.name} ({where})")
    elif printed.family == "inks":
        for ink in printed.inks:
            if ink == "All":
                yield Fact("all-inks", where)
            elif ink not in _PROCESS_NAMES:
                yield Fact("spot", ink)
        if printed.base is not None:
            yield from facts_of_space(printed.base, f"{where}: {'/'.join(printed.inks)}"[:60])


_NAME_LISTS: Final = frozenset(("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Properties"))
_PROCESS_NAMES: Final = frozenset(("Cyan", "Magenta", "Yellow", "Black", "None"))


def _filters(stream: Any) -> list[str]:
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return [str(one) for one in filters]
    return [] if filters is None else [str(filters)]
