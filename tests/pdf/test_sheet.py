"""Boxes, and the marks on the sheet around the page (PR-20 to PR-25, PR-47)."""

import re
from typing import Any

import msgspec
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Fill
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.checks.readback import check_round_trip, read_regions
from layout_engine.pdf.marks import lay_sheet, spots_in_use
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import GlyphRun, ScenePage
from tests.pdf.scenes import (
    TRIM,
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

MARKS = ("crop", "register", "bar", "slug")
PAGE = a_page(a_region("lead", a_run("我市召开会议"), Fill(Rect(mm(50), mm(60), mm(40), mm(40)), "gold")))
DPI_SCALE = 2


def a_printer(**own: Any) -> Profile:
    return msgspec.structs.replace(a_profile(), **own)


def boxes(pdf: bytes) -> dict[str, list[float]]:
    with opened(pdf) as file:
        page = file.pages[0].obj
        return {key: [float(one) for one in page[key]] for key in page if key.endswith("Box")}


def drawn(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=DPI_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    return image


def of_box(image: Image.Image, sheet: list[float], box: list[float]) -> Image.Image:
    """The part of the picture that a box of the page takes."""
    left, bottom, right, top = (round(one * DPI_SCALE) for one in box)
    height = round(sheet[3] * DPI_SCALE)
    return image.crop((left, height - top, right, height - bottom))


@pytest.mark.parametrize("marks", [(), MARKS])
@pytest.mark.parametrize("bleed", [0, mm(3), mm(12)])
@pytest.mark.parametrize("margin", [0, mm(10), mm(15)])
def test_the_boxes_lie_in_each_other_and_the_trim_has_its_size(marks: tuple[str, ...], bleed: int, margin: int) -> None:
    page = msgspec.structs.replace(PAGE, bleed=bleed)
    found = boxes(written(page, profile=a_printer(marks=marks, margin=margin)))
    assert set(found) == {"/MediaBox", "/BleedBox", "/TrimBox"}
    media, bleeds, trim = found["/MediaBox"], found["/BleedBox"], found["/TrimBox"]
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((270 / 25.4 * 72, 390 / 25.4 * 72), abs=0.01)
    assert [one - other for one, other in zip(bleeds, trim, strict=True)] == pytest.approx(
        [-bleed / SU_PER_PT] * 2 + [bleed / SU_PER_PT] * 2, abs=0.01
    )
    around = max(margin, bleed + (mm(10) if marks else 0)) / SU_PER_PT
    assert media[:2] == [0, 0]
    assert trim[0] == pytest.approx(around, abs=0.01)
    assert media[2] - trim[2] == pytest.approx(around, abs=0.01)


def test_a_page_without_marks_has_nothing_around_it() -> None:
    assert "Artifact" not in content_of(written(PAGE))
    assert lay_sheet(PAGE, a_scene(PAGE).imprint, a_profile(), real_faces()).items == ()


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_lies_wholly_between_bleed_and_the_edge_of_the_sheet(mark: str) -> None:
    page = msgspec.structs.replace(PAGE, bleed=mm(3))
    sheet = lay_sheet(page, a_scene(page).imprint, a_printer(marks=(mark,)), real_faces())
    assert sheet.items
    for item in sheet.items:
        if isinstance(item, GlyphRun):
            rect = Rect(item.x, item.y - item.size, mm(1), item.size + item.size // 4)
        else:
            rect = item.rect
        outside = (
            rect.right < -mm(3) or rect.x > TRIM.right + mm(3) or rect.bottom < -mm(3) or rect.y > TRIM.bottom + mm(3)
        )
        assert outside, item
        assert min(rect.x, rect.y) >= -sheet.margin
        assert rect.right <= TRIM.right + sheet.margin
        assert rect.bottom <= TRIM.bottom + sheet.margin


def test_crop_marks_are_as_the_trade_draws_them() -> None:
    sheet = lay_sheet(PAGE, a_scene(PAGE).imprint, a_printer(marks=("crop",)), real_faces())
    sides = {(min(item.rect.width, item.rect.height), max(item.rect.width, item.rect.height)) for item in sheet.items}  # type: ignore[union-attr]
    assert sides == {(SU_PER_PT // 4, mm(5))}
    assert len(sheet.items) == 8
    edges = {item.rect.y + SU_PER_PT // 8 for item in sheet.items if item.rect.width == mm(5)}  # type: ignore[union-attr]
    assert edges == {0, TRIM.height}


def test_what_is_on_the_page_does_not_change_by_its_marks() -> None:
    plain, marked = written(PAGE), written(PAGE, profile=a_printer(marks=MARKS, margin=pt(40)))
    inside = of_box(drawn(marked), boxes(marked)["/MediaBox"], boxes(marked)["/TrimBox"])
    whole = drawn(plain)
    size = (min(inside.width, whole.width), min(inside.height, whole.height))
    same = ImageChops.difference(inside.crop((0, 0, *size)), whole.crop((0, 0, *size)))
    assert max(high for _, high in same.getextrema()) <= 60  # a hair of difference at the edges of glyphs
    assert same.convert("L").point(lambda one: 255 if one > 30 else 0).getbbox() is None


def test_marks_are_artifacts_behind_everything_that_the_page_says() -> None:
    content = content_of(written(PAGE, profile=a_printer(marks=MARKS)))
    assert len(re.findall(r"/Artifact BMC", content)) == 1
    assert content.index("/Artifact BMC") > content.rindex("/R0 BMC")
    assert content.rstrip().endswith("EMC")


def test_the_ink_of_all_plates_stands_in_the_marks_alone() -> None:
    pdf = written(PAGE, profile=a_printer(marks=MARKS))
    with opened(pdf) as file:
        spaces = file.pages[0].Resources.ColorSpace
        (name,) = [key for key, space in spaces.items() if space[1] == "/All"]
        kind, _, alternate, tint = spaces[name]
        assert (str(kind), str(alternate)) == ("/Separation", "/DeviceCMYK")
        assert [float(one) for one in tint.C1] == [1, 1, 1, 1]
    page, marks = content_of(pdf).split("/Artifact BMC")
    assert f"{name} cs" not in page
    assert f"{name} cs" in marks


def test_the_colour_bar_shows_each_ink_solid_and_at_a_half_and_the_grey_of_three() -> None:
    sheet = lay_sheet(PAGE, a_scene(PAGE).imprint, a_printer(marks=("bar",)), real_faces())
    shown = [(sheet.inks[item.ink], item.percent) for item in sheet.items if isinstance(item, Fill)]
    solid = [ink.spot or ink.name for ink, percent in shown if percent == 10_000]
    assert solid == ["Cyan", "Magenta", "Yellow", "Black", "专金", "Grey"]
    assert [ink.spot or ink.name for ink, percent in shown if percent == 5_000] == solid[:5]
    grey = shown[-1][0]
    assert (grey.c, grey.m, grey.y, grey.k) == (3_000, 2_200, 2_200, 0)


def test_the_slug_tells_file_issue_page_plates_version_and_hour() -> None:
    sheet = lay_sheet(PAGE, a_scene(PAGE).imprint, a_printer(marks=("slug",)), real_faces())
    texts = [item.text for item in sheet.items if isinstance(item, GlyphRun)]
    assert texts == [
        "test.pdf",
        "新即墨 2024-05-21 第1689期",
        "第1版 要闻",
        "Cyan",
        "Magenta",
        "Yellow",
        "Black",
        "专金",
        "v1",
        "2024-05-21 02:30:00 +08:00",
    ]


def test_each_plates_name_is_in_its_own_ink() -> None:
    sheet = lay_sheet(PAGE, a_scene(PAGE).imprint, a_printer(marks=("slug",)), real_faces())
    inks = {item.text: sheet.inks[item.ink] for item in sheet.items if isinstance(item, GlyphRun)}
    told = {
        name: (inks[name].c, inks[name].m, inks[name].y, inks[name].k)
        for name in ("Cyan", "Magenta", "Yellow", "Black")
    }
    assert told == {
        "Cyan": (10_000, 0, 0, 0),
        "Magenta": (0, 10_000, 0, 0),
        "Yellow": (0, 0, 10_000, 0),
        "Black": (0, 0, 0, 10_000),
    }
    assert inks["专金"].spot == "专金"


def test_a_slug_too_long_for_half_the_page_ends_before_the_register_mark() -> None:
    page = msgspec.structs.replace(PAGE, file_name="x" * 400)
    sheet = lay_sheet(page, a_scene(page).imprint, a_printer(marks=("slug",)), real_faces())
    assert all(item.y > TRIM.height + pt(14) for item in sheet.items if isinstance(item, GlyphRun))


def test_only_spots_that_are_used_are_plates() -> None:
    assert spots_in_use(PAGE) == ["gold"]
    assert spots_in_use(a_page(a_region("lead", a_run("字")))) == []


def test_the_page_reads_back_the_same_with_marks() -> None:
    pdf = written(PAGE, profile=a_printer(marks=MARKS))
    assert read_regions(pdf, PAGE) == {"lead": "我市召开会议"}
    assert check_round_trip(pdf, a_scene(PAGE, {"copy": a_source("我市召开会议")}), PAGE) == ()


def test_a_page_with_marks_and_a_font_of_its_own_for_them_is_sound() -> None:
    page: ScenePage = a_page(a_region("empty"))
    with opened(written(page, profile=a_printer(marks=MARKS))) as file:
        assert file.check_pdf_syntax() == []
        assert isinstance(file.pages[0].Resources.Font, pikepdf.Dictionary)


def test_a_spot_that_only_an_advertisement_uses_has_a_plate_too() -> None:
    page = a_page(a_region("lead", a_run("字")))
    spot = next(ink.spot for ink in page.inks.values() if ink.spot)
    assert spots_in_use(page, {spot, "Silver"}) == ["gold"]
    assert spots_in_use(PAGE, {spot}) == ["gold"]
