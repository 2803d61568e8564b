"""Every kind of advertisement that cannot be placed is told by what is wrong with it; a sound one is told nothing."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout_engine.adverts import limits
from layout_engine.adverts.model import Advert
from layout_engine.adverts.reading import read_advert
from layout_engine.base.diagnostics import Outcome, Span
from layout_engine.base.units import mm
from tests.kit.adverts import add_resource, an_advert, image, write_advert

ASKED_AT = Span("pages/01.yaml", 7, 12)
CHANGES = ("ad/annotations", "ad/left-behind", "ad/layers-merged", "ad/groups-dropped", "ad/group-in-cmyk")
Edit = Callable[[Pdf, Any], None]


def read(folder: Path, data: bytes, name: str = "ads/lock.pdf", **kwargs: Any) -> Outcome[Advert]:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return read_advert(path, name, ASKED_AT, **kwargs)


def codes(read: Outcome[Advert]) -> list[str]:
    assert all(one.span == ASKED_AT for one in read.diagnostics)
    return [one.code for one in read.diagnostics]


def test_a_sound_advertisement_is_told_nothing(tmp_path: Path) -> None:
    outcome = read(tmp_path, an_advert())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert (outcome.value.box, outcome.value.page) == ("trim", 1)
    assert outcome.value.frame.width == pytest.approx(mm(60), abs=10)
    assert outcome.value.frame.height == pytest.approx(mm(40), abs=10)


def test_the_same_file_reads_the_same_twice(tmp_path: Path) -> None:
    assert read(tmp_path, an_advert()) == read(tmp_path, an_advert())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "ads/lock.eps", "ad/postscript"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "ads/lock.pdf", "ad/postscript"),
        (b"\xc5\xd0\xd3\xc6\x20\0\0\0", "ads/lock.eps", "ad/postscript"),
        (an_advert(), "ads/lock.ai", "ad/illustrator"),
        (b"\xff\xd8\xff\xe0", "ads/lock.pdf", "ad/not-pdf"),
        (b"", "ads/lock.pdf", "ad/not-pdf"),
        (an_advert()[:400], "ads/lock.pdf", "ad/broken"),
        (b"%PDF-1.4\nnothing more", "ads/lock.pdf", "ad/broken"),
        (
            an_advert(version="1.6", encryption=pikepdf.Encryption(owner="o", user="u", R=4)),
            "ads/lock.pdf",
            "ad/encrypted",
        ),
        (
            an_advert(version="1.6", encryption=pikepdf.Encryption(owner="o", user="", R=4)),
            "ads/lock.pdf",
            "ad/encrypted",
        ),
    ],
)
def test_what_is_no_sound_pdf_is_refused(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    outcome = read(tmp_path, data, name)
    assert (outcome.value, codes(outcome)) == (None, [code])


def test_the_reason_of_a_damaged_file_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = (read(tmp_path, an_advert()[:400]).diagnostics for _ in range(2))
    assert first == second
    assert "BytesIO" not in str(first)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert codes(read_advert(tmp_path / "lock.pdf", "ads/lock.pdf", ASKED_AT)) == ["ad/unreadable"]


def test_a_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.adverts.opening.MAX_BYTES", 100)
    assert codes(read(tmp_path, an_advert())) == ["ad/too-large"]


def two_pages(pdf: Pdf, _: Any) -> None:
    pdf.add_blank_page(page_size=(100, 200))


def test_of_several_pages_one_must_be_named(tmp_path: Path) -> None:
    data = an_advert(edit=two_pages)
    assert codes(read(tmp_path, data)) == ["ad/which-page"]
    assert codes(read(tmp_path, data, page=3)) == ["ad/no-such-page"]
    second = read(tmp_path, data, page=2).value
    assert second is not None
    assert (second.page, second.box, second.frame.width) == (2, "crop", 100 * 65536)


def boxes(pdf: Pdf, page: Any) -> None:
    page.MediaBox = Array([0, 0, 300, 300])
    page.CropBox = Array([280, 290, 10, 20])  # from the other corner
    page.TrimBox = Array([30, 40, 130, 90])


@pytest.mark.parametrize(
    ("box", "size"), [(None, (100, 50)), ("trim", (100, 50)), ("crop", (270, 270)), ("media", (300, 300))]
)
def test_the_box_is_the_one_asked_for(tmp_path: Path, box: str | None, size: tuple[int, int]) -> None:
    advert = read(tmp_path, an_advert(edit=boxes), box=box).value
    assert advert is not None
    assert (advert.frame.width, advert.frame.height) == (size[0] * 65536, size[1] * 65536)


def test_a_box_that_is_not_there_is_not_replaced_by_another(tmp_path: Path) -> None:
    assert codes(read(tmp_path, an_advert(edit=boxes), box="art")) == ["ad/no-box"]


@pytest.mark.parametrize(
    ("edges", "code"),
    [
        ([0, 0, 0, 50], "ad/no-box"),
        ([0, 0, 20000, 50], "ad/no-box"),
        ([0, 0, 50], "ad/broken"),
        (["a", 0, 1, 1], "ad/broken"),
    ],
)
def test_a_box_that_is_no_size_of_paper_is_refused(tmp_path: Path, edges: list[Any], code: str) -> None:
    def edit(_: Pdf, page: Any) -> None:
        page.MediaBox = Array([String(one) if isinstance(one, str) else one for one in edges])
        del page.TrimBox

    assert codes(read(tmp_path, an_advert(edit=edit))) == [code]


@pytest.mark.parametrize(("turn", "turned"), [(0, False), (90, True), (180, False), (-90, True), (450, True)])
def test_a_turned_page_measures_as_one_sees_it(tmp_path: Path, turn: int, turned: bool) -> None:
    def edit(_: Pdf, page: Any) -> None:
        page.Rotate = turn

    advert = read(tmp_path, an_advert(edit=edit)).value
    assert advert is not None
    wanted = (mm(40), mm(60)) if turned else (mm(60), mm(40))
    assert (advert.frame.width, advert.frame.height) == pytest.approx(wanted, abs=10)


def test_attributes_are_inherited_from_the_page_tree(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        parent = pdf.Root.Pages
        parent.MediaBox, parent.Rotate, parent.Resources = page.MediaBox, 90, page.Resources
        del page.MediaBox, page.Resources

    advert = read(tmp_path, an_advert(edit=edit)).value
    assert advert is not None
    assert advert.frame.turn == 90


def helvetica(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "Font", "F1", Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def script_in_catalogue(pdf: Pdf, _: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('!')"))


def script_in_tree(pdf: Pdf, _: Any) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def script_in_field(pdf: Pdf, page: Any) -> None:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        Rect=[0, 0, 9, 9],
        AA=Dictionary(K=Dictionary(S=Name.JavaScript)),
    )
    page.Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=page.Annots)


def stamp(pdf: Pdf, page: Any) -> None:
    page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9]))])


def link(pdf: Pdf, page: Any) -> None:
    page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9]))])


def attachment(pdf: Pdf, _: Any) -> None:
    pdf.attachments["note.txt"] = b"hello"


def postscript(pdf: Pdf, page: Any) -> None:
    program = pdf.make_stream(b"showpage")
    program.Type, program.Subtype = Name.XObject, Name.PS
    add_resource(pdf, page, "XObject", "X0", program)


def opi(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "XObject", "X0", image(pdf, 4, 4, OPI=Dictionary()))


def data_outside(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "XObject", "X0", image(pdf, 4, 4, F=String("elsewhere.dat")))


def transfer_function(pdf: Pdf, page: Any) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    add_resource(pdf, page, "ExtGState", "G0", Dictionary(Type=Name.ExtGState, TR=function))


def unknown_blend(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ExtGState", "G0", Dictionary(Type=Name.ExtGState, BM=Name.Sparkle))


def layered(pdf: Pdf, page: Any, *, hidden: bool) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("old price")))
    page.Resources.Properties = Dictionary(MC0=layer)
    off = Array([layer] if hidden else [])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=off))


def hidden_layer(pdf: Pdf, page: Any) -> None:
    layered(pdf, page, hidden=True)


def shown_layer(pdf: Pdf, page: Any) -> None:
    layered(pdf, page, hidden=False)


def flat_group(_: Pdf, page: Any) -> None:
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def live_group_without_space(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ExtGState", "G0", Dictionary(Type=Name.ExtGState, ca=0.5))
    page.Group = Dictionary(S=Name.Transparency)


def space_of_no_kind(pdf: Pdf, page: Any) -> None:
    add_resource(pdf, page, "ColorSpace", "C0", Array([Name.Rainbow, 7]))


def picture_without_space(pdf: Pdf, page: Any) -> None:
    picture = image(pdf, 4, 4)
    del picture.ColorSpace
    add_resource(pdf, page, "XObject", "X0", picture)


def picture_in_a_broken_profile(pdf: Pdf, page: Any) -> None:
    space = Array([Name.ICCBased, pdf.make_stream(b"", N=7)])
    add_resource(pdf, page, "XObject", "X0", image(pdf, 4, 4, space=space))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (flat_group, "ad/groups-dropped"),
        (live_group_without_space, "ad/group-in-cmyk"),
        (space_of_no_kind, "ad/forbidden"),
        (picture_without_space, "ad/forbidden"),
        (picture_in_a_broken_profile, "ad/forbidden"),
        (helvetica, "ad/font-not-embedded"),
        (script_in_catalogue, "ad/javascript"),
        (script_in_tree, "ad/javascript"),
        (script_in_field, "ad/javascript"),
        (stamp, "ad/annotations"),
        (link, "ad/left-behind"),
        (attachment, "ad/left-behind"),
        (postscript, "ad/forbidden"),
        (opi, "ad/forbidden"),
        (data_outside, "ad/forbidden"),
        (transfer_function, "ad/forbidden"),
        (unknown_blend, "ad/forbidden"),
        (hidden_layer, "ad/hidden-layer"),
        (shown_layer, "ad/layers-merged"),
    ],
)
def test_what_may_not_come_in_is_told(tmp_path: Path, edit: Edit, code: str) -> None:
    outcome = read(tmp_path, an_advert(edit=edit))
    assert code in codes(outcome)
    assert (outcome.value is None) == any(one.severity == "error" for one in outcome.diagnostics)
    assert (outcome.value is None) == (code not in CHANGES)


def test_several_streams_become_one_and_that_is_told(tmp_path: Path) -> None:
    def edit(pdf: Pdf, page: Any) -> None:
        page.Contents = Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")])

    assert codes(read(tmp_path, an_advert(edit=edit))) == ["ad/content-joined"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"q q Q", "ad/unbalanced"),
        (b"Q", "ad/unbalanced"),
        (b"/Im9 Do", "ad/missing-resource"),
        (b"BT /F9 9 Tf ET", "ad/missing-resource"),
        (b"BX 1 2 foo EX", "ad/unknown-operator"),
        (b"/C9 cs", "ad/missing-resource"),
    ],
)
def test_what_no_reader_could_draw_for_sure_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert codes(read(tmp_path, an_advert(content))) == [code]


def test_objects_of_another_kind_than_they_should_be_are_damage(tmp_path: Path) -> None:
    def short(pdf: Pdf, page: Any) -> None:
        add_resource(pdf, page, "ColorSpace", "C0", Array([Name.Separation, Name.Gold]))

    def number(_: Pdf, page: Any) -> None:
        page.Resources.Font = Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, FontDescriptor=7))

    for edit in (short, number):
        assert codes(read(tmp_path, an_advert(edit=edit))) == ["ad/broken"]


def bomb(pdf: Pdf, page: Any) -> None:
    packed = zlib.compress(bytes(300_000_000), 9)
    page.Contents = pdf.make_indirect(pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode))


def circle(pdf: Pdf, page: Any) -> None:
    form = pdf.make_stream(b"/X0 Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(X0=form))
    page.Resources = Dictionary(XObject=Dictionary(X0=form))
    page.Contents = pdf.make_stream(b"/X0 Do")


def doubling(pdf: Pdf, page: Any) -> None:
    """Twenty forms, each of which draws the next ten times."""
    inner = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(20):
        outer = pdf.make_stream(b"/X0 Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        outer.Resources = Dictionary(XObject=Dictionary(X0=inner))
        inner = outer
    page.Resources = Dictionary(XObject=Dictionary(X0=inner))
    page.Contents = pdf.make_stream(b"/X0 Do")


def deep(pdf: Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(b"[" * 5000)


def saved_without_end(pdf: Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(b"q " * 5000)


def numbers_without_end(pdf: Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(b"1 " * 200_000)


@pytest.mark.parametrize("edit", [bomb, circle, doubling, deep, saved_without_end, numbers_without_end])
def test_a_hostile_file_is_refused_in_bounded_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Edit) -> None:
    monkeypatch.setattr("layout_engine.adverts.painting.MAX_OPERATORS", 20_000)
    outcome = read(tmp_path, an_advert(edit=edit))
    assert outcome.value is None
    assert codes(outcome) == (["ad/broken"] if edit is bomb else ["ad/beyond-limit"])


def test_too_many_objects_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout_engine.adverts.opening.MAX_OBJECTS", 3)
    assert codes(read(tmp_path, an_advert())) == ["ad/beyond-limit"]


def test_the_limits_of_the_library_are_left_as_they_were(tmp_path: Path) -> None:
    before = pikepdf.settings.get_qpdf_limits()
    write_advert(tmp_path / "a.pdf")
    read_advert(tmp_path / "a.pdf", "a.pdf", ASKED_AT)
    assert pikepdf.settings.get_qpdf_limits() == before
    assert limits.MAX_UNPACKED > 0
