"""What a press cannot hold is found on the Scene, with its place in copy or spec (PR-24, PR-42 to PR-50, PR-71)."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Art, Fill, Picture, PlacedPage, Rule
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.checks.ink import check_ink
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import SceneItem
from layout_engine.spec.resolved import Ink
from tests.pdf.scenes import INKS, a_page, a_profile, a_region, a_run, a_scene, a_source, real_faces

BOX = Rect(mm(20), mm(20), mm(100), mm(40))
ON_BOX = {"x": mm(30), "y": mm(40)}
PLACE = Span("pages/01.yaml", 7, 3)
COPY = Span("articles/lead.md", 7, 1)

OWN = {
    **INKS,
    "plain-black": Ink("plain-black", 0, 0, 0, 10_000, False),
    "rich": Ink("rich", 6_000, 4_000, 4_000, 10_000, False),
    "bronze": Ink("bronze", 7_000, 7_000, 7_000, 0, False),
    "night": Ink("night", 8_000, 7_000, 5_000, 5_000, False),
    "gold-too": Ink("gold-too", 0, 3_000, 6_000, 1_000, True, "专金"),
}


def found(
    *items: SceneItem, inks: Mapping[str, Ink] = OWN, bleed: int = 0, profile: Profile | None = None, **own: Any
) -> list[Diagnostic]:
    page = a_page(a_region("lead", *items), inks=inks, bleed=bleed)
    scene = a_scene(page, {"copy": a_source("我市召开会议")})
    printer = msgspec.structs.replace(profile or a_profile(), **own)
    return list(check_ink(scene, page, real_faces(), printer, {"lead": PLACE}))


def codes(*items: SceneItem, **more: Any) -> list[str]:
    return [one.code for one in found(*items, **more)]


def test_a_plain_page_has_no_finding() -> None:
    assert (
        codes(a_run("我市"), Rule(Rect(mm(20), mm(50), mm(50), pt(1) // 2), "black"), Fill(BOX, "black", 2_000)) == []
    )


@pytest.mark.parametrize(
    ("weight", "ink", "percent", "told"),
    [
        (SU_PER_PT // 4, "black", 10_000, False),
        (SU_PER_PT // 5, "black", 10_000, True),
        (SU_PER_PT // 4, "red", 10_000, True),
        (SU_PER_PT // 2, "red", 10_000, False),
        (SU_PER_PT // 4, "white", 10_000, True),
        (SU_PER_PT // 4, "gold", 10_000, False),
        (SU_PER_PT // 4, "black", 5_000, True),
    ],
)
def test_a_hairline_is_told_by_what_its_plates_hold(weight: int, ink: str, percent: int, told: bool) -> None:
    fill = Fill(Rect(mm(20), mm(20), mm(50), weight), ink, percent)
    assert codes(fill) == ["ink/hairline"] * told
    if percent == 10_000:
        assert codes(Rule(fill.rect, ink)) == ["ink/hairline"] * told


def test_the_printers_own_limits_hold() -> None:
    rule = Rule(Rect(mm(20), mm(20), mm(50), SU_PER_PT // 2), "black")
    assert codes(rule, rule_least=SU_PER_PT) == ["ink/hairline"]
    assert codes(a_run("我", size=pt(6)), type_least=pt(7)) == ["ink/small-type"]


@pytest.mark.parametrize(
    ("size", "ink", "told"),
    [
        (pt(11) // 2, "black", False),
        (pt(5), "black", True),
        (pt(8), "red", True),
        (pt(9), "red", False),
        (pt(6), "gold", False),
    ],
)
def test_small_type_is_told_at_its_place_in_the_article(size: int, ink: str, told: bool) -> None:
    findings = found(a_run("我市", size=size, ink=ink, start=2))
    assert [one.code for one in findings] == ["ink/small-type"] * told
    if told:
        assert findings[0].span == Span(COPY.file, 7, 3)


@pytest.mark.parametrize("ink", ["rich", "bronze"])
@pytest.mark.parametrize("size", [pt(9), pt(60)])
def test_rich_black_type_is_told_at_any_size(ink: str, size: int) -> None:
    assert codes(a_run("我市", size=size, ink=ink)) == ["ink/rich-type"]


def test_a_rich_black_field_is_no_fault() -> None:
    assert codes(Fill(BOX, "rich")) == []


@pytest.mark.parametrize(("size", "told"), [(pt(12), True), (pt(13), False)])
def test_small_black_type_that_knocks_out_is_told(size: int, told: bool) -> None:
    assert codes(a_run("我市", size=size, ink="plain-black")) == ["ink/black-knocks-out"] * told


def test_more_ink_than_this_press_takes_is_told_in_type_fields_and_art() -> None:
    art = Art(BOX, "night", (0, 0, 1, 1), ())
    assert codes(Fill(BOX, "night"), total_ink=240) == ["ink/too-much"]
    assert codes(Fill(BOX, "night", 9_000), total_ink=240) == []
    assert codes(art, total_ink=240) == ["ink/too-much"]
    assert codes(Fill(BOX, "night"), total_ink=250) == []
    (finding,) = found(Fill(BOX, "night"), total_ink=240)
    assert finding.span == PLACE
    assert dict(finding.values) == {"ink": "night", "total": "250", "most": "240"}


@pytest.mark.parametrize(("percent", "told"), [(499, True), (500, False)])
def test_a_tint_too_light_to_print_is_told(percent: int, told: bool) -> None:
    assert codes(Fill(BOX, "black", percent)) == ["ink/too-light"] * told


def test_white_type_on_bare_paper_is_told() -> None:
    assert codes(a_run("我市", ink="white", size=pt(20))) == ["ink/white-on-paper"]


@pytest.mark.parametrize(
    ("ink", "percent", "expected"),
    [
        ("black", 10_000, []),
        ("black", 5_900, ["ink/white-on-light"]),
        ("red", 10_000, []),
        ("red", 4_000, ["ink/white-on-light"]),
    ],
)
def test_white_type_wants_a_dark_ground(ink: str, percent: int, expected: list[str]) -> None:
    assert (
        codes(Fill(BOX, ink, percent), a_run("我市", ink="white", size=pt(20), face="hei-bold", **ON_BOX)) == expected
    )


def test_white_type_that_leaves_its_ground_is_told() -> None:
    inside = a_run("我市", ink="white", size=pt(20), face="hei-bold", **ON_BOX)
    outside = a_run("召开", ink="white", size=pt(20), face="hei-bold", x=mm(30), y=mm(90), start=2)
    (finding,) = found(Fill(BOX, "black"), inside, outside)
    assert (finding.code, finding.span) == ("ink/white-on-paper", Span(COPY.file, 7, 3))


@pytest.mark.parametrize(
    ("face", "size", "expected"),
    [
        ("song", pt(9), ["ink/fine-reversed"]),
        ("song", pt(12), []),
        ("hei-bold", pt(9), []),
        ("hei-bold", pt(8), ["ink/small-type"]),
    ],
)
def test_reversed_type_wants_strokes_that_stay_open(face: str, size: int, expected: list[str]) -> None:
    assert codes(Fill(BOX, "black"), a_run("我市", ink="white", size=size, face=face, **ON_BOX)) == expected


@pytest.mark.parametrize(("percent", "told"), [(3_000, False), (3_100, True)])
def test_black_type_wants_a_light_ground(percent: int, told: bool) -> None:
    assert codes(Fill(BOX, "black", percent), a_run("我市", **ON_BOX)) == ["ink/black-on-dark"] * told


def test_only_what_lies_on_top_is_the_ground() -> None:
    dark, light = Fill(BOX, "black"), Fill(BOX, "black", 1_000)
    assert codes(dark, light, a_run("我市", **ON_BOX)) == []
    assert codes(light, dark, a_run("我市", **ON_BOX)) == ["ink/black-on-dark"]


def test_white_type_on_a_picture_is_for_people_to_judge() -> None:
    picture = Picture(BOX, "photos/a.jpg", (0, 0, 1, 1), PLACE)
    assert codes(picture, a_run("我市", ink="white", size=pt(20), face="hei-bold", **ON_BOX)) == []


@pytest.mark.parametrize(("spots", "told"), [(None, False), (("专金",), False), ((), True), (("专银",), True)])
def test_a_spot_that_this_press_does_not_print_is_told(spots: tuple[str, ...] | None, told: bool) -> None:
    assert codes(Fill(BOX, "gold"), spots=spots) == ["ink/spot-not-printed"] * told


def test_one_spot_has_one_recipe() -> None:
    assert codes(Fill(BOX, "gold"), Fill(BOX, "gold-too")) == ["ink/spot-twice"]


def test_a_spot_name_fits_into_a_pdf() -> None:
    inks = {"long": Ink("long", 0, 0, 5_000, 0, False, "金" * 43)}
    assert codes(Fill(BOX, "long"), inks=inks) == ["ink/spot-name-too-long"]


@pytest.mark.parametrize(
    ("trims", "told"),
    [
        (None, False),
        (((mm(360), mm(546)), (mm(270), mm(390))), False),
        (((mm(270) + mm(1) // 11, mm(390)),), False),
        (((mm(270) + mm(1) // 5, mm(390)),), True),
        (((mm(390), mm(270)),), True),
        ((), True),
    ],
)
def test_a_page_has_a_size_that_the_press_prints(trims: tuple[tuple[int, int], ...] | None, told: bool) -> None:
    findings = found(profile=msgspec.structs.replace(a_profile(), trims=trims))
    assert [one.code for one in findings] == ["ink/page-size"] * told
    assert all(one.span == Span(PLACE.file) for one in findings)


@pytest.mark.parametrize(
    ("wanted", "bleed", "told"), [(None, mm(3), False), (mm(3), mm(3), False), (mm(3), 0, True), (0, mm(3), True)]
)
def test_a_page_bleeds_as_the_printer_wants(wanted: int | None, bleed: int, told: bool) -> None:
    assert codes(bleed=bleed, profile=msgspec.structs.replace(a_profile(), bleed=wanted)) == ["ink/bleed"] * told


@pytest.mark.parametrize(
    ("rect", "told"),
    [
        (Rect(-mm(3), -mm(3), mm(276), mm(100)), False),
        (Rect(0, 0, mm(270), mm(100)), True),
        (Rect(-mm(3), -mm(2), mm(276), mm(100)), True),
        (Rect(mm(15), mm(20), mm(100), mm(100)), False),
    ],
)
def test_what_comes_to_the_trim_goes_on_to_the_end_of_the_bleed(rect: Rect, told: bool) -> None:
    assert codes(Fill(rect, "red"), bleed=mm(3)) == ["ink/short-of-bleed"] * told
    assert codes(Fill(rect, "red")) == []


@pytest.mark.parametrize(("narrow", "told"), [(79, True), (80, False), (120, False), (121, True)])
def test_type_that_is_drawn_too_narrow_or_too_wide_is_told(narrow: int, told: bool) -> None:
    assert codes(a_run("我市"), a_run("召开", narrow=narrow)) == ["ink/distorted"] * told


def test_an_advertisement_is_a_ground_that_nobody_knows() -> None:
    placed = PlacedPage(BOX, BOX, (1, 1), "key", "ads/tea.pdf", 1, "trim", PLACE)
    assert codes(placed, a_run("我市", ink="white", size=pt(20), face="hei-bold", **ON_BOX)) == []


def test_one_fault_in_many_lines_of_a_part_is_one_finding() -> None:
    assert codes(*(a_run("我市", size=pt(5), y=mm(20 + line)) for line in range(30))) == ["ink/small-type"]
