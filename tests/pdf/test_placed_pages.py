"""A placed advertisement: where it stands, how it is drawn, and that its own bytes come through (PR-90, PR-92)."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from layout_engine.adverts.reading import copy_advert, read_advert
from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import mm
from layout_engine.checks.readback import check_round_trip
from layout_engine.pdf.forms import fetch_form
from layout_engine.pdf.write import write_page
from layout_engine.proof.raster import render_png
from tests.kit.adverts import add_resource, an_advert, image
from tests.pdf.scenes import (
    a_page,
    a_profile,
    a_region,
    a_run,
    a_scene,
    a_source,
    content_of,
    opened,
    real_faces,
    written,
)

ASKED_AT = Span("pages/01.yaml")
DPI = 50
Edit = Callable[[Pdf, Any], None]


class Placing:
    """A page with these advertisements, 60 × 40 mm each unless said otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._items: list[PlacedPage] = []
        self._forms: dict[str, Any] = {}

    def put(self, data: bytes, x: int, y: int, size: tuple[int, int] = (60, 40)) -> "Placing":
        key = f"ad-{len(self._items)}"
        path = self._folder / f"{key}.pdf"
        path.write_bytes(data)
        advert = read_advert(path, path.name, ASKED_AT).value
        assert advert is not None
        self._forms[key] = copy_advert(path, advert, ASKED_AT).value
        hole = Rect(mm(x), mm(y), mm(size[0]), mm(size[1]))
        natural = advert.frame.width, advert.frame.height
        rect = Rect(hole.x, hole.y, *natural)
        self._items.append(PlacedPage(rect, hole, natural, key, path.name, 1, "trim", ASKED_AT))
        return self

    def write(self) -> bytes:
        page = a_page(a_region("ads", *self._items), a_region("lead", a_run("样张")))
        return write_page(
            a_scene(page, {"copy": a_source("样张")}), page, real_faces(), a_profile(), {}, None, self._forms
        )


@pytest.fixture
def placing(tmp_path: Path) -> Placing:
    return Placing(tmp_path)


def colour_at(pdf: bytes, x: float, y: float) -> tuple[int, ...]:
    picture = Image.open(BytesIO(render_png(pdf, DPI))).convert("RGB")
    pixel = picture.getpixel((round(x / 25.4 * DPI), round(y / 25.4 * DPI)))
    assert isinstance(pixel, tuple)
    return pixel


WHITE = (255, 255, 255)
CORNER = b"0 0 0 1 k 0 0 40 40 re f"  # the lower left 14 mm in black


def black(colour: tuple[int, ...]) -> bool:
    return max(colour) < 80


@pytest.mark.parametrize(
    ("turn", "size", "at"),
    [(0, (60, 40), (25, 75)), (90, (40, 60), (25, 45)), (180, (60, 40), (75, 45)), (270, (40, 60), (55, 95))],
)
def test_it_stands_where_it_was_put_turned_as_one_sees_it(
    placing: Placing, turn: int, size: tuple[int, int], at: tuple[int, int]
) -> None:
    def edit(_: Pdf, page: Any) -> None:
        page.Rotate = turn

    pdf = placing.put(an_advert(CORNER, edit=edit), 20, 40, size).write()
    assert black(colour_at(pdf, *at))
    corners = [(25, 45), (20 + size[0] - 5, 45), (25, 40 + size[1] - 5), (20 + size[0] - 5, 40 + size[1] - 5)]
    assert [black(colour_at(pdf, *corner)) for corner in corners].count(True) == 1


def test_the_unit_of_its_page_counts(placing: Placing) -> None:
    def edit(_: Pdf, page: Any) -> None:
        page.UserUnit = 2

    pdf = placing.put(an_advert(CORNER, size=(30, 20), edit=edit), 20, 40).write()
    assert black(colour_at(pdf, 20 + 26, 80 - 26))
    assert colour_at(pdf, 20 + 31, 80 - 5) == WHITE


def test_nothing_of_it_is_printed_outside_its_place(placing: Placing) -> None:
    pdf = placing.put(an_advert(b"0 0 0 1 k -900 -900 9000 9000 re f"), 20, 40, (50, 30)).write()
    assert black(colour_at(pdf, 69, 69))
    assert [colour_at(pdf, *at) for at in ((19, 50), (71, 50), (50, 39), (50, 71))] == [WHITE] * 4


def test_it_begins_in_the_state_of_a_fresh_page(placing: Placing) -> None:
    content = content_of(placing.put(an_advert(), 20, 40).write())
    line = next(line for line in content.splitlines() if "/Ad0 Do" in line)
    assert line.startswith("q ")
    assert line.endswith("/Ad0 Do Q")
    assert " re W n " in line
    assert "/Fresh gs 0 g 0 G 1 w 0 J 0 j 10 M [] 0 d 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts" in line
    with opened(placing.write()) as file:
        state = file.pages[0].Resources.ExtGState.Fresh
        assert (state.OP, state.op, state.OPM, state.ca, state.CA) == (False, False, 0, 1, 1)


def test_a_page_without_one_has_no_trace_of_it() -> None:
    with opened(written(a_page(a_region("lead", a_run("样张"))))) as file:
        assert set(file.pages[0].Resources.ExtGState.keys()) == {"/Knock", "/Over"}


def test_its_streams_come_through_byte_for_byte(placing: Placing) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "XObject", "Im1", image(pdf, 30, 20))

    data = an_advert(b"60 0 0 40 0 0 cm /Im1 Do", edit=edit)
    with opened(data) as before, opened(placing.put(data, 20, 40).write()) as after:
        form = after.pages[0].Resources.XObject.Ad0
        assert form.read_raw_bytes() == before.pages[0].Contents.read_raw_bytes()
        was, is_now = before.pages[0].Resources.XObject.Im1, form.Resources.XObject.Im1
        assert is_now.read_raw_bytes() == was.read_raw_bytes()
        assert {str(key): str(value) for key, value in is_now.items()} == {
            str(key): str(value) for key, value in was.items()
        }


def test_the_same_advertisement_gives_the_same_bytes(placing: Placing) -> None:
    placing.put(an_advert(), 20, 40).put(an_advert(CORNER), 100, 40)
    assert placing.write() == placing.write()


def test_another_advertisement_gives_another_identifier(tmp_path: Path) -> None:
    identifiers = []
    for content in (b"0 0 9 9 re f", b"0 0 8 9 re f"):
        with opened(Placing(tmp_path).put(an_advert(content), 20, 40).write()) as file:
            identifiers.append(bytes(file.trailer.ID[0]))
    assert identifiers[0] != identifiers[1]


def test_another_parser_finds_no_fault(placing: Placing) -> None:
    with opened(placing.put(an_advert(), 20, 40).write()) as file:
        assert file.check_pdf_syntax() == []


def test_what_two_advertisements_share_is_written_once(placing: Placing) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "XObject", "Im1", image(pdf, 30, 20))

    placing.put(an_advert(b"/Im1 Do", edit=edit), 20, 40).put(an_advert(b"/Im1 Do q Q", edit=edit), 100, 40)
    assert placing.write().count(b"/Subtype /Image") == 1


def test_an_object_that_leads_back_to_itself_is_copied_once(placing: Placing) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        one = pdf.make_indirect(Dictionary(Type=Name.Odd))
        two = pdf.make_indirect(Dictionary(Back=one))
        one.On = two
        page.Resources.Odd = one

    with opened(placing.put(an_advert(edit=edit), 20, 40).write()) as file:
        odd = file.pages[0].Resources.XObject.Ad0.Resources.Odd
        assert odd.On.Back.objgen == odd.objgen


def test_only_readers_words_stay_behind(placing: Placing) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="gold"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())
        page.Resources.Properties = Dictionary(MC0=layer)
        picture = image(pdf, 9, 9, OC=layer, Metadata=pdf.make_stream(b"<x/>"), StructParent=3)
        add_resource(pdf, page, "XObject", "P", picture)  # names that are words of the format elsewhere
        add_resource(pdf, page, "XObject", "OC", image(pdf, 8, 9))

    data = placing.put(an_advert(b"/OC /MC0 BDC /P Do /OC Do EMC", edit=edit), 20, 40).write()
    assert b"OCG" not in data
    assert b"<x/>" not in data
    with opened(data) as file:
        resources = file.pages[0].Resources.XObject.Ad0.Resources
        assert set(resources.XObject.keys()) == {"/P", "/OC"}
        assert {"/OC", "/Metadata", "/StructParent"}.isdisjoint(resources.XObject["/P"].keys())
        assert dict(resources.Properties.MC0) == {}


def test_lzw_is_packed_anew_and_holds_the_same(placing: Placing) -> None:
    packed = bytes([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01])  # the example of ISO 32000-1, 7.4.4.2

    def edit(pdf: Pdf, page: Any) -> None:
        picture = image(pdf, 3, 3, space=Name.DeviceGray)
        picture.write(packed, filter=Name.LZWDecode)
        add_resource(pdf, page, "XObject", "Im1", picture)

    data = an_advert(b"/Im1 Do", edit=edit, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert b"LZWDecode" in data
    result = placing.put(data, 20, 40).write()
    assert b"LZWDecode" not in result
    with opened(result) as file:
        picture = file.pages[0].Resources.XObject.Ad0.Resources.XObject.Im1
        assert picture.read_bytes() == bytes([45, 45, 45, 45, 45, 65, 45, 45, 45, 66])


def transparent(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, ca=0.5))
    inner = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    inner.Group = Dictionary(Type=Name.Group, S=Name.Transparency, I=True)
    add_resource(pdf, page, "XObject", "X1", inner)


def test_live_transparency_composites_in_cmyk(placing: Placing) -> None:
    with opened(placing.put(an_advert(b"/G1 gs /X1 Do", edit=transparent), 20, 40).write()) as file:
        page = file.pages[0]
        form = page.Resources.XObject.Ad0
        assert page.Group.CS == form.Group.CS == form.Resources.XObject.X1.Group.CS == Name.DeviceCMYK
        assert form.Resources.XObject.X1.Group.I


def test_groups_without_transparency_stay_behind(placing: Placing) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        transparent(pdf, page)
        page.Resources.ExtGState.G1.ca = 1
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    data = placing.put(an_advert(b"/G1 gs /X1 Do", edit=edit), 20, 40).write()
    assert b"/Group" not in data


def test_its_own_text_is_not_taken_for_ours(placing: Placing, tmp_path: Path) -> None:
    ours = written(a_page(a_region("lead", a_run("广告的字"))))
    page = a_page(a_region("ads"), a_region("lead", a_run("样张")))
    with opened(ours) as file:
        file.pages[0].TrimBox = Array([0, 0, 170, 113])
        out = BytesIO()
        file.save(out)
    data = placing.put(out.getvalue(), 20, 40).write()
    assert check_round_trip(data, a_scene(page, {"copy": a_source("样张")}), page) == ()


def test_what_could_not_be_fetched_is_fetched_once_it_can(tmp_path: Path) -> None:
    path, cache = tmp_path / "ad.pdf", tmp_path / "cache"
    path.write_bytes(an_advert())
    advert = read_advert(path, "ad.pdf", ASKED_AT).value
    assert advert is not None
    path.write_bytes(an_advert(CORNER))
    failed = fetch_form(path, advert, ASKED_AT, a_profile(), None, cache)
    assert ([one.code for one in failed.diagnostics], failed.value) == (["ad/changed"], None)
    path.write_bytes(an_advert())
    fetched = fetch_form(path, advert, ASKED_AT, a_profile(), None, cache)
    path.unlink()
    assert fetch_form(path, advert, ASKED_AT, a_profile(), None, cache) == fetched
    assert fetched.value is not None
