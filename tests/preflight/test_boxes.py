"""PR-20 to PR-24, PR-47: boxes, and what stands where."""

from decimal import Decimal

import pikepdf
import pytest
from pikepdf import Array, Name

from layout_engine.base.units import mm
from tests.pdfx.clause import Fault
from tests.pdfx.faults import on_page
from tests.preflight.bad import Case, a_form, a_spot, both, codes, found, only, painting, sound, spoiled

MEDIA = [0, 0, Decimal("765.3543"), Decimal("1105.5118")]
TYPE = "BT /F0 9 Tf 0 0 0 1 k /Over gs 1 0 0 1 {x} {y} Tm <0001> Tj ET"
PAPER = on_page("MediaBox", Array([-50, -50, 815, 1155]))
SHEET = both(
    on_page("MediaBox", Array([-50, -50, 815, 1155])),
    on_page("BleedBox", Array([-8.5, -8.5, 773.9, 1114.1])),
    on_page("TrimBox", Array(MEDIA)),
)
ALL = {"Sp9": a_spot("All")}


def another_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(300, 300))


def on(sheet: Fault, code: str, **resources: dict[str, object]) -> Fault:
    return both(sheet, painting(code, **resources))


CASES = {
    "no TrimBox": Case("box-missing", on_page("TrimBox", None)),
    "TrimBox and ArtBox": Case("trim-and-art", on_page("ArtBox", Array([0, 0, 100, 100]))),
    "no BleedBox": Case("no-bleed-box", on_page("BleedBox", None)),
    "an empty box": Case("box-broken", on_page("TrimBox", Array([5, 5, 5, 5]))),
    "a box of three numbers": Case("box-broken", on_page("TrimBox", Array([5, 5, 5]))),
    "decimals without end": Case("box-decimals", on_page("TrimBox", Array([0, 0, Decimal("765.35433"), MEDIA[3]]))),
    "trim outside the paper": Case("box-nesting", on_page("TrimBox", Array([-10, 0, 500, 500]))),
    "a crop": Case("crop-box", on_page("CropBox", Array([10, 10, 500, 500])), on_page("CropBox", Array(MEDIA))),
    "a page on its side": Case("rotated", on_page("Rotate", 90), on_page("Rotate", 0)),
    "a unit of its own": Case("user-unit", on_page("UserUnit", 2)),
    "a page too large": Case("page-side", on_page("MediaBox", Array([0, 0, 20_000, 300]))),
    "pages of two sizes": Case("page-sizes", another_page),
    "a size that the press does not print": Case(
        "trim-size", on_page("TrimBox", Array([0, 0, 750, 1100])), numbers={"trims": ((mm(270), mm(390)),)}
    ),
    "a tenth of a millimetre too wide": Case(
        "trim-size",
        on_page("TrimBox", Array([0, 0, Decimal("764.9"), MEDIA[3]])),
        on_page("TrimBox", Array([0, 0, Decimal("765.1"), MEDIA[3]])),
        numbers={"trims": ((mm(350), mm(500)), (mm(270), mm(390)))},
    ),
    "several pages": Case("pages", another_page),
    "type cut by the knife": Case("text-cut", painting(TYPE.format(x=-4, y=300)), painting(TYPE.format(x=40, y=300))),
    "type near the cut": Case("text-near-cut", painting(TYPE.format(x=6, y=300)), painting(TYPE.format(x=40, y=300))),
    "type beside the page": Case(
        "text-outside",
        on(SHEET, TYPE.format(x=-40, y=300)),
        on(SHEET, "/Artifact BMC " + TYPE.format(x=-40, y=300) + " EMC"),
    ),
    "a panel over the edge": Case(
        "crosses-trim",
        both(PAPER, painting("0 0 0 1 k -9 300 99 99 re f")),
        both(PAPER, painting("q 0 0 765 1105 re W n 0 0 0 1 k -9 300 99 99 re f Q")),
    ),
    "a bleed that falls short": Case(
        "bleed-short", on(SHEET, "0 0 0 1 k -4 300 99 99 re f"), on(SHEET, "0 0 0 1 k -9 300 99 99 re f")
    ),
    "a page without the bleed that is wanted": Case("no-bleed", lambda _: None, SHEET, numbers={"bleed": mm(3)}),
    "all plates on the page": Case(
        "all-inside",
        on(SHEET, "/Sp9 cs 1 scn 300 300 9 9 re f", ColorSpace=ALL),
        on(SHEET, "/Sp9 cs 1 scn -40 300 9 9 re f", ColorSpace=ALL),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_the_boxes_is_found(case: Case) -> None:
    case.check()


def test_a_place_is_told_from_the_corner_of_the_trim() -> None:
    """A line whose upper left corner lies 20 mm from the left and 30 mm from the top."""
    x, top = 20 / 25.4 * 72, 1105.5118 - 30 / 25.4 * 72
    one = only("hairline", spoiled(painting(f"0 0 0 1 k {x:.4f} {top - 0.1:.4f} 200 0.1 re f")))
    assert (one.page, one.x_mm, one.y_mm) == (1, 20.0, 30.0)
    assert "20.0 mm from the left, 30.0 mm from the top" in one.diagnostic.message("en")
    assert "距左 20.0、距上 30.0 毫米" in one.diagnostic.message("zh")


def test_a_place_within_forms_is_told_where_it_shows() -> None:
    """Through two forms with matrices of their own: 100 + 2 × (10 + 3 × 5) = 150 pt."""
    inner = a_form("0 0 0 1 k 5 300 20 0.01 re f", Matrix=Array([3, 0, 0, 3, 10, 0]))
    outer = a_form(
        "q /In Do Q", Matrix=Array([2, 0, 0, 2, 0, -1000]),
        Resources=lambda pdf: pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner(pdf))),
    )  # fmt: skip
    data = spoiled(painting("q 1 0 0 1 100 0 cm /Out Do Q", XObject={"Out": outer}))
    one = only("hairline", data)
    assert one.x_mm == pytest.approx(150 / 72 * 25.4, abs=0.06)
    assert one.object is not None


def test_the_same_fault_again_is_counted() -> None:
    data = spoiled(painting(" ".join(f"0 0 0 1 k 300 {300 + 5 * at} 100 0.1 re f" for at in range(7))))
    assert only("hairline", data).times == 7


def test_findings_of_one_kind_do_not_bury_the_others() -> None:
    thin = " ".join(f"0 0 0 1 k 100 {100 + 5 * at} 100 {0.1 + at / 1000:.4f} re f" for at in range(70))
    told = found(spoiled(painting(thin)))
    assert sum(one.diagnostic.code == "preflight/hairline" for one in told) == 40
    assert [one.diagnostic.code for one in told if "30 more" in one.diagnostic.message("en")] == ["preflight/more"]


def test_boxes_may_be_inherited() -> None:
    def lift(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        pdf.Root.Pages[Name.MediaBox] = page.MediaBox
        del page[Name.MediaBox]

    assert "box-missing" not in codes(spoiled(lift))
    assert "box-missing" not in codes(sound())
